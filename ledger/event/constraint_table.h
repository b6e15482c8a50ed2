/* The table behind ledger/event/constraint.h: for every message of signed content one row per
 * field, in the order of the fields.
 *
 * The order lets the walk go through rows and fields side by side, without look-ups by name; a unit
 * test holds both to the same names. Private to the files constraint*.c.
 *
 * Thread: constant tables. Memory: static; a walk's findings live in its arena. */
#ifndef LEDGER_EVENT_CONSTRAINT_TABLE_H
#define LEDGER_EVENT_CONSTRAINT_TABLE_H

#include "ledger/base/limits.h"
#include "ledger/event/constraint.h"
#include "ledger/event/position.h"

/* What a value must look like. */
enum form {
	FORM_MESSAGE,         /* a message with a table of its own */
	FORM_FLAG,            /* yes or no */
	FORM_ENUM,            /* one of the enum, not UNSPECIFIED */
	FORM_NUMBER,          /* minimum to maximum */
	FORM_INSTANT,         /* milliseconds since 1970, positive */
	FORM_DATE,            /* Date: a real day */
	FORM_PARTIAL_DATE,    /* PartialDate: well formed */
	FORM_TEXT,            /* any text of at most `maximum` code points */
	FORM_NAME_KHMER,      /* part of a name, section H */
	FORM_NAME_LATIN,      /* the same */
	FORM_NAME_OTHER,      /* the same */
	FORM_CODE,            /* word of a code list */
	FORM_AREA,            /* area code of 2 to 8 digits */
	FORM_VILLAGE,         /* area code of 8 digits */
	FORM_OFFICE,          /* office id */
	FORM_COUNTRY,         /* ISO 3166-1 alpha-3 */
	FORM_TIME,            /* hh:mm */
	FORM_VERSION,         /* name of a law or a gazetteer: 1 to 32 of A-Z, a-z, 0-9, ., -, _ */
	FORM_DOCUMENT_NUMBER, /* number of a document or book */
	FORM_PERSONAL_NUMBER, /* digits with their check digit */
	FORM_REGISTER,        /* register of an office: 1 to 4 of A-Z */
	FORM_ICD,             /* A00 to Z99, then . and 1 to 4 of 0-9, A-Z */
	FORM_CAUSE_LINE,      /* a, b, c, d or 2 */
	FORM_RULE,            /* rule id: S, L or P and two digits */
	FORM_PATH,            /* field path of a correction */
	FORM_MRZ,             /* line of a machine readable zone */
	FORM_ID,              /* 16 bytes */
	FORM_HASH,            /* 32 bytes */
	FORM_ACT,             /* 32 bytes: event id that the header references */
	FORM_KEY,             /* 32 bytes: Ed25519 public key of the prime-order group */
	FORM_IDENTIFIER,      /* 16 or 32 bytes */
	FORM_CONTENT,         /* bytes of a Content, in its one form */
};

struct table;

/* One field. Its name is written again only so that the test can compare it. */
struct field_row {
	const char *field;
	enum form form;
	bool needed;     /* must be there; a repeated field: `minimum` elements at least */
	int64_t minimum; /* FORM_NUMBER: value; repeated: elements */
	int64_t maximum; /* FORM_NUMBER: value; FORM_TEXT: code points */
	const struct table *table; /* FORM_MESSAGE */
};

/* One walk. `arena` is NULL when only references are wanted. */
struct checking {
	const Civil__V1__EventHeader *header; /* NULL when a message is checked alone */
	struct arena *arena;
	struct constraint_violation *violations;
	size_t violation_count;
	bool failed; /* the arena was exhausted */
	struct bytes acts[REFERENCES_MAX];
	size_t act_count; /* distinct; those beyond the array are counted, not kept */
};

/* All there is to check about one message. */
struct table {
	const ProtobufCMessageDescriptor *descriptor;
	const struct field_row *rows;
	size_t row_count;
	/* What depends on more than one field; NULL when nothing does. */
	void (*check)(struct checking *checking, const struct position *position,
	              const ProtobufCMessage *message);
};

#define TABLE(message, rows_, check_)                                                              \
	{                                                                                          \
		.descriptor = &civil__v1__##message##__descriptor, .rows = (rows_),                \
		.row_count = sizeof(rows_) / sizeof((rows_)[0]), .check = (check_),                \
	}

/* Rows: NEEDED and OPTIONAL fields; the same for messages, numbers and texts. */
#define NEEDED(name, form_)                                                                        \
	{                                                                                          \
		.field = (name), .form = (form_), .needed = true                                   \
	}
#define OPTIONAL(name, form_)                                                                      \
	{                                                                                          \
		.field = (name), .form = (form_)                                                   \
	}
#define NEEDED_MESSAGE(name, table_)                                                               \
	{                                                                                          \
		.field = (name), .needed = true, .table = (table_)                                 \
	}
#define OPTIONAL_MESSAGE(name, table_)                                                             \
	{                                                                                          \
		.field = (name), .table = (table_)                                                 \
	}
#define MESSAGES(name, least, table_)                                                              \
	{                                                                                          \
		.field = (name), .needed = (least) > 0, .minimum = (least), .table = (table_)      \
	}
#define NEEDED_NUMBER(name, least, most)                                                           \
	{                                                                                          \
		.field = (name), .form = FORM_NUMBER, .needed = true, .minimum = (least),          \
		.maximum = (most),                                                                 \
	}
#define OPTIONAL_NUMBER(name, least, most)                                                         \
	{                                                                                          \
		.field = (name), .form = FORM_NUMBER, .minimum = (least), .maximum = (most)        \
	}
#define NEEDED_TEXT(name, most)                                                                    \
	{                                                                                          \
		.field = (name), .form = FORM_TEXT, .needed = true, .maximum = (most)              \
	}
#define OPTIONAL_TEXT(name, most)                                                                  \
	{                                                                                          \
		.field = (name), .form = FORM_TEXT, .maximum = (most)                              \
	}

/* Code points of a text that names something, and of one that tells something. */
enum { TEXT_LINE_MAX = 120, TEXT_REASON_MAX = 300, TEXT_STORY_MAX = 500 };
_Static_assert(TEXT_STORY_MAX * 4 <= TEXT_BYTES_MAX, "a story of four-byte code points must fit");

extern const struct table table_certificate_issued; /* constraint_certificate.c */
extern const struct table table_certificate_withdrawn;
extern const struct table table_nationality_acquired; /* constraint_nationality.c */
extern const struct table table_nationality_renounced;
extern const struct table table_nationality_lost;
extern const struct table table_nationality_restored;
extern const struct table table_statelessness_found;
extern const struct table table_merge; /* constraint_merge.c */
extern const struct table table_unmerge;
extern const struct table table_duplicate_suspected;
extern const struct table table_duplicate_cleared;
extern const struct table table_content;

extern const struct table table_common; /* constraint_shared.c */
extern const struct table table_name;
extern const struct table table_place;
extern const struct table table_address;
extern const struct table table_registration_number;
extern const struct table table_paper_reference;
extern const struct table table_informant;
extern const struct table table_supporting_document;

extern const struct table table_notification; /* constraint_vital.c */
extern const struct table table_verification;
extern const struct table table_registration;
extern const struct table table_refusal;
extern const struct table table_withdrawal;
extern const struct table table_birth;
extern const struct table table_foetal_death;
extern const struct table table_death;

extern const struct table table_late_declaration; /* constraint_union.c */
extern const struct table table_witness;
extern const struct table table_marriage_notice;
extern const struct table table_marriage;
extern const struct table table_divorce;
extern const struct table table_objection;
extern const struct table table_objection_resolved;
extern const struct table table_annulment;
extern const struct table table_separation;
extern const struct table table_reconciliation;
extern const struct table table_marriage_resolved;

extern const struct table table_recognition; /* constraint_filiation.c */
extern const struct table table_parentage_disputed;
extern const struct table table_parentage_set;
extern const struct table table_legitimation;
extern const struct table table_adoption;
extern const struct table table_adoption_revoked;
extern const struct table table_guardianship_set;
extern const struct table table_guardianship_ended;
extern const struct table table_capacity_set;
extern const struct table table_name_change;

extern const struct table table_residence_unit_opened; /* constraint_document.c */
extern const struct table table_residence_departure;
extern const struct table table_residence_arrival;
extern const struct table table_number_allocated;
extern const struct table table_number_closed;
extern const struct table table_block_reserved;
extern const struct table table_block_returned;
extern const struct table table_document_applied;
extern const struct table table_document_issued;
extern const struct table table_document_delivered;
extern const struct table table_document_renewed;
extern const struct table table_document_replaced;
extern const struct table table_document_lost;
extern const struct table table_document_stolen;
extern const struct table table_document_found;
extern const struct table table_document_suspended;
extern const struct table table_document_resumed;
extern const struct table table_document_revoked;

extern const struct table table_residence_unit_closed; /* constraint_residence.c */
extern const struct table table_temporary_residence;
extern const struct table table_address_changed;
extern const struct table table_address_protection_set;
extern const struct table table_address_protection_lifted;
extern const struct table table_emigration;
extern const struct table table_immigration_return;
extern const struct table table_application_submitted;
extern const struct table table_application_processing;
extern const struct table table_application_ready;
extern const struct table table_application_delivered;
extern const struct table table_application_refused;
extern const struct table table_application_withdrawn;

extern const struct table table_family_book_opened; /* constraint_household.c */
extern const struct table table_family_book_member_added;
extern const struct table table_family_book_member_removed;
extern const struct table table_family_book_head_changed;
extern const struct table table_family_book_split;
extern const struct table table_family_book_merged;
extern const struct table table_family_book_replaced;
extern const struct table table_family_book_closed;

extern const struct table table_correction; /* constraint_later.c */
extern const struct table table_court_decision;
extern const struct table table_legacy_digitised;
extern const struct table table_legacy_verified;
extern const struct table table_legacy_linked;
extern const struct table table_new_person;

extern const struct table table_foreigner_enrolled; /* constraint_identity.c */
extern const struct table table_false_identity;
extern const struct table table_legacy_rejected;
extern const struct table table_proof_of_life;

extern const struct table table_death_revoked; /* constraint_amendment.c */
extern const struct table table_cause_coded;
extern const struct table table_disappearance;
extern const struct table table_presumed_death;
extern const struct table table_revocation;
extern const struct table table_reinstatement;
extern const struct table table_dispute_opened;
extern const struct table table_dispute_closed;
extern const struct table table_legal_hold_set;
extern const struct table table_legal_hold_lifted;
extern const struct table table_seal; /* constraint_seal.c */
extern const struct table table_unseal;
extern const struct table table_seal_opened;
extern const struct table table_content_erased;

extern const struct table table_genesis; /* constraint_governance.c */
extern const struct table table_office_opened;
extern const struct table table_office_closed;
extern const struct table table_officer_enrolled;
extern const struct table table_officer_suspended;
extern const struct table table_officer_key_compromised;
extern const struct table table_gazetteer_published;
extern const struct table table_ruleset_published;

extern const struct table table_office_merged; /* constraint_office.c */
extern const struct table table_officer_scope_changed;
extern const struct table table_officer_key_rotated;
extern const struct table table_officer_retired;
extern const struct table table_institution_authorised;
extern const struct table table_institution_revoked;
extern const struct table table_codelist_published;
extern const struct table table_node_admitted;
extern const struct table table_node_retired;
extern const struct table table_access_anchor;
extern const struct table table_checkpoint_epoch;
extern const struct table table_disclosure;

/* Reports roles that no officer may hold together: who verifies must not be who declares or
 * registers, not even in another hat; and nodes are no officers. */
void constraint_officer_roles(struct checking *checking, const struct position *position,
                              const Civil__V1__OfficerRole *roles, size_t count);

/* Reports `until` when it lies before `from`. A date that is malformed has its own report. */
void constraint_until(struct checking *checking, const struct position *position,
                      const Civil__V1__Date *from, const Civil__V1__Date *until);

/* Reports a violation at `field` of the message at `position`; "" is the message itself. */
void constraint_report(struct checking *checking, const struct position *position,
                       const char *field, enum rule_id rule, const char *format, ...)
        __attribute__((format(printf, 5, 6)));

/* Checks one value that is there, and reports what is wrong with it. */
void constraint_check_value(struct checking *checking, const struct position *position,
                            const struct field_row *row, const ProtobufCMessage *message,
                            const ProtobufCFieldDescriptor *field, size_t i);

#endif
