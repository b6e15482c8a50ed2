/* The table of kinds: one row says all that the mechanism needs to know of a kind of act.
 *
 * A kind is one protobuf message, one row here, its field rows in ledger/event/constraint.c and one
 * step function in ledger/person/. Nothing else branches on the kind.
 *
 * Source: the catalogue of events, sections B (profiles), C (kinds) and E (roles).
 * Thread: constant tables, any thread. Memory: static. */
#ifndef LEDGER_EVENT_KIND_H
#define LEDGER_EVENT_KIND_H

#include "ledger/base/date.h"
#include "ledger/base/status.h"
#include "ledger/event/rule_id.h"

#include "civil/v1/content.pb-c.h"
#include "civil/v1/event.pb-c.h"

/* Every kind of this ledger. The order is that of the table. */
enum kind_id {
	KIND_BIRTH,
	KIND_FOETAL_DEATH,
	KIND_DEATH,
	KIND_DEATH_REVOKED,
	KIND_CAUSE_CODED,
	KIND_DISAPPEARANCE,
	KIND_PRESUMED_DEATH,
	KIND_MARRIAGE_NOTICE,
	KIND_MARRIAGE,
	KIND_DIVORCE,
	KIND_OBJECTION,
	KIND_OBJECTION_RESOLVED,
	KIND_ANNULMENT,
	KIND_SEPARATION,
	KIND_RECONCILIATION,
	KIND_MARRIAGE_RESOLVED,
	KIND_RECOGNITION,
	KIND_PARENTAGE_DISPUTED,
	KIND_PARENTAGE_SET,
	KIND_LEGITIMATION,
	KIND_ADOPTION,
	KIND_ADOPTION_REVOKED,
	KIND_GUARDIANSHIP_SET,
	KIND_GUARDIANSHIP_ENDED,
	KIND_CAPACITY_SET,
	KIND_NAME_CHANGE,
	KIND_RESIDENCE_UNIT_OPENED,
	KIND_RESIDENCE_DEPARTURE,
	KIND_RESIDENCE_ARRIVAL,
	KIND_RESIDENCE_UNIT_CLOSED,
	KIND_TEMPORARY_RESIDENCE,
	KIND_ADDRESS_CHANGED,
	KIND_ADDRESS_PROTECTION_SET,
	KIND_ADDRESS_PROTECTION_LIFTED,
	KIND_EMIGRATION,
	KIND_IMMIGRATION_RETURN,
	KIND_FAMILY_BOOK_OPENED,
	KIND_FAMILY_BOOK_MEMBER_ADDED,
	KIND_FAMILY_BOOK_MEMBER_REMOVED,
	KIND_FAMILY_BOOK_HEAD_CHANGED,
	KIND_FAMILY_BOOK_SPLIT,
	KIND_FAMILY_BOOK_MERGED,
	KIND_FAMILY_BOOK_REPLACED,
	KIND_FAMILY_BOOK_CLOSED,
	KIND_NUMBER_ALLOCATED,
	KIND_NUMBER_CLOSED,
	KIND_BLOCK_RESERVED,
	KIND_BLOCK_RETURNED,
	KIND_ID_CARD_APPLIED,
	KIND_ID_CARD_ISSUED,
	KIND_ID_CARD_DELIVERED,
	KIND_ID_CARD_RENEWED,
	KIND_ID_CARD_REPLACED,
	KIND_ID_CARD_LOST,
	KIND_ID_CARD_STOLEN,
	KIND_ID_CARD_FOUND,
	KIND_ID_CARD_SUSPENDED,
	KIND_ID_CARD_RESUMED,
	KIND_ID_CARD_REVOKED,
	KIND_PASSPORT_APPLIED,
	KIND_PASSPORT_ISSUED,
	KIND_PASSPORT_DELIVERED,
	KIND_PASSPORT_RENEWED,
	KIND_PASSPORT_REPLACED,
	KIND_PASSPORT_LOST,
	KIND_PASSPORT_STOLEN,
	KIND_PASSPORT_FOUND,
	KIND_PASSPORT_SUSPENDED,
	KIND_PASSPORT_RESUMED,
	KIND_PASSPORT_REVOKED,
	KIND_PERMIT_APPLIED,
	KIND_PERMIT_ISSUED,
	KIND_PERMIT_DELIVERED,
	KIND_PERMIT_RENEWED,
	KIND_PERMIT_REPLACED,
	KIND_PERMIT_LOST,
	KIND_PERMIT_STOLEN,
	KIND_PERMIT_FOUND,
	KIND_PERMIT_SUSPENDED,
	KIND_PERMIT_RESUMED,
	KIND_PERMIT_REVOKED,
	KIND_CERTIFICATE_ISSUED,
	KIND_CERTIFICATE_WITHDRAWN,
	KIND_NATIONALITY_ACQUIRED,
	KIND_NATIONALITY_RENOUNCED,
	KIND_NATIONALITY_LOST,
	KIND_NATIONALITY_RESTORED,
	KIND_STATELESSNESS_FOUND,
	KIND_CORRECTION,
	KIND_REVOCATION,
	KIND_REINSTATEMENT,
	KIND_COURT_DECISION,
	KIND_DISPUTE_OPENED,
	KIND_DISPUTE_CLOSED,
	KIND_LEGAL_HOLD_SET,
	KIND_LEGAL_HOLD_LIFTED,
	KIND_SEAL,
	KIND_UNSEAL,
	KIND_SEAL_OPENED,
	KIND_CONTENT_ERASED,
	KIND_LEGACY_DIGITISED,
	KIND_LEGACY_VERIFIED,
	KIND_LEGACY_LINKED,
	KIND_MERGE,
	KIND_UNMERGE,
	KIND_DUPLICATE_SUSPECTED,
	KIND_DUPLICATE_CLEARED,
	KIND_LEGACY_REJECTED,
	KIND_FOREIGNER_ENROLLED,
	KIND_FALSE_IDENTITY,
	KIND_PROOF_OF_LIFE,
	KIND_APPLICATION_SUBMITTED,
	KIND_APPLICATION_PROCESSING,
	KIND_APPLICATION_READY,
	KIND_APPLICATION_DELIVERED,
	KIND_APPLICATION_REFUSED,
	KIND_APPLICATION_WITHDRAWN,
	KIND_GENESIS,
	KIND_OFFICE_OPENED,
	KIND_OFFICE_CLOSED,
	KIND_OFFICER_ENROLLED,
	KIND_OFFICER_SUSPENDED,
	KIND_OFFICER_KEY_COMPROMISED,
	KIND_OFFICE_MERGED,
	KIND_OFFICER_SCOPE_CHANGED,
	KIND_OFFICER_KEY_ROTATED,
	KIND_OFFICER_RETIRED,
	KIND_INSTITUTION_AUTHORISED,
	KIND_INSTITUTION_REVOKED,
	KIND_CODELIST_PUBLISHED,
	KIND_NODE_ADMITTED,
	KIND_NODE_RETIRED,
	KIND_ACCESS_ANCHOR,
	KIND_CHECKPOINT_EPOCH,
	KIND_DISCLOSURE,
	KIND_GAZETTEER_PUBLISHED,
	KIND_RULESET_PUBLISHED,
};
enum { KINDS = KIND_RULESET_PUBLISHED + 1 };

/* Which steps a kind goes through. */
enum profile {
	PROFILE_VERIFIED, /* V: [NOTIFIED] DECLARED VERIFIED REGISTERED */
	PROFILE_DECLARED, /* D: [NOTIFIED] DECLARED REGISTERED */
	PROFILE_SINGLE,   /* 1: REGISTERED; one seat */
	PROFILE_JOINT,    /* 2: REGISTERED; a seat for each of two distinct officers */
};

/* Bit of an OfficerRole in a set of roles. */
#define ROLE_BIT(role) (UINT32_C(1) << (role))

/* How far a seat reaches. */
enum reach {
	REACH_AREA,   /* an area of the officer's office must contain a tested place */
	REACH_NATION, /* anywhere */
};

/* Some steps can be filled in two ways; each way is a variant of its seats. */
enum seat_variant {
	SEAT_ALWAYS,         /* the step has one way only */
	SEAT_ADMINISTRATIVE, /* correction whose path is administrative */
	SEAT_COURT,          /* correction whose path is court */
	SEAT_POLICE, /* where police of the place or a clerk of any court may sign: police */
	SEAT_CLERK_OF_COURT, /* the same: the clerk */
	SEAT_EXTRACT,        /* a certificate: any registrar gives extracts of any act */
	SEAT_NATIONALITY,    /* a certificate of nationality */
	SEAT_CERTIFICATE,    /* any other certificate */
	SEAT_E_SERVICE,      /* an application: the e-service desk, where it signs */
	SEAT_OF_OFFICE,      /* an application: else an officer of the office that handles it */
	SEAT_PROVINCE,       /* governance of officers of a commune's office, by its province */
	SEAT_NATIONAL,       /* governance of officers, by the national office */
};

/* One signature that a step needs. A step is filled when every seat of one of its variants is
 * filled by an officer of its own: two seats need two distinct officers. The seats, not the
 * profile, say how many sign. REFUSED and WITHDRAWN have no seats: one signature by whoever may
 * fill a seat of the step that would be next. */
struct kind_seat {
	Civil__V1__EventStep step;
	uint32_t roles; /* set of ROLE_BIT: any of them fills the seat */
	enum reach reach;
	enum seat_variant variant;
};

/* One role of the header's subjects. */
struct kind_subject {
	Civil__V1__SubjectRole role;
	uint8_t min;
	uint8_t max;
	bool may_be_new; /* the event may create this person */
};

enum {
	KIND_SEATS_MAX = 8,
	KIND_SUBJECTS_MAX = 4,
	KIND_RULES_MAX = 24,
	KIND_PLACES_MAX = 4,
	KIND_DATES_MAX = 3,
};

struct kind {
	enum kind_id id;
	const char *name; /* "birth", "id_card_issued": in notifications, court orders, answers */
	Civil__V1__EventClass event_class;
	Civil__V1__Content__KindCase content_case;
	enum profile profile;
	struct kind_subject subjects[KIND_SUBJECTS_MAX + 1]; /* ends with role 0 */
	struct kind_seat seats[KIND_SEATS_MAX + 1];          /* ends with step 0 */
	enum rule_id rules[KIND_RULES_MAX + 1]; /* beyond the common ones; ends with RULE_NONE */
	bool distinct_offices; /* joint officers must belong to different offices */
	/* Subjects are those of the act that the content targets; `subjects` is empty. */
	bool subjects_of_target;
	/* Subjects are those of the act that the content carries (kind_effective), each of which
	 * may be new; `subjects` is empty. */
	bool subjects_of_effective;
	/* Paths within the message; the valid date is the first that is there. Ends with NULL. */
	const char *valid_dates[KIND_DATES_MAX + 1];
	/* Paths of tested places that stand in the content, from "content". Ends with NULL. */
	const char *places[KIND_PLACES_MAX + 1];
};

/* Row of an id. Total. */
const struct kind *kind_of_id(enum kind_id id);

/* Row whose class and content fit; NULL when no row does, or for contents of steps. */
const struct kind *kind_of_content(Civil__V1__EventClass event_class,
                                   Civil__V1__Content__KindCase content_case);

/* Row by name; NULL when there is none. */
const struct kind *kind_of_name(const char *name);

/* True for the contents notification, verification, registration, refusal, withdrawal. */
bool kind_is_step_content(Civil__V1__Content__KindCase content_case);

/* The kind's message inside the content (the member of the oneof); NULL when none is set. */
const ProtobufCMessage *kind_message(const Civil__V1__Content *content);

/* For legacy_linked: row and message of the act that the paper records (birth, death, marriage);
 * for every other kind its own. NULL when a linked content names no act. */
const struct kind *kind_effective(const ProtobufCMessage **message, const struct kind *kind,
                                  const Civil__V1__Content *content);

/* The valid date of an act: the bold field of its row, as an interval of days. An unknown date ends
 * on `declared_day`. False when the field is absent or malformed (S07 says so). */
bool kind_valid_date(struct interval *out, const struct kind *kind, const ProtobufCMessage *message,
                     int32_t declared_day);

/* A place that rule S03 tests. */
struct kind_place {
	const char *code;
	const char *gazetteer;
	const char *path; /* field path, for messages */
};

/* The tested places that stand in the content (italics of the row); returns how many, at most
 * KIND_PLACES_MAX. Absent places and places abroad are left out. For the content of a NOTIFIED
 * pass its message: the place notified. Places of persons, units, offices and target acts are
 * added by the rule. */
size_t kind_tested_places(struct kind_place out[KIND_PLACES_MAX], const struct kind *kind,
                          const ProtobufCMessage *message);

#endif
