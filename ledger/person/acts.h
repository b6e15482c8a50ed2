/* The acts of a person: what the records below a known position say was done, each read with the
 * corrections that are in force.
 *
 * A case with steps gives one act: the REGISTERED record brings the content of the newest DECLARED
 * into force. legacy_linked gives an act of the kind on the paper. Steps that only prepare give
 * none, nor do corrections, revocations and reinstatements: they change how others read
 * (ledger/person/amend.h). An act whose effect was taken away stays apart from those in force.
 *
 * Order (catalogue D4): earliest day of the valid date, then index of the record in force.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_ACTS_H
#define LEDGER_PERSON_ACTS_H

#include "ledger/base/date.h"
#include "ledger/view.h"

#include "civil/v1/person.pb-c.h"

/* A field that a correction in force has changed. */
struct act_change {
	const char *field; /* of the kind's message: "date_of_birth", "name" */
	uint64_t index;    /* of the correction */
	bool court;        /* ordered by a court */
	bool disputed;     /* signed by a key now known to be compromised */
};

/* How an act's effect was taken away. */
enum act_void_sort {
	ACT_VOID_NOT,    /* it was not: the act is in force */
	ACT_VOID_NEVER,  /* revoked ex tunc: as if it had never been */
	ACT_VOID_UNTRUE, /* a death that never was */
	ACT_VOID_FROM,   /* revoked ex nunc: its effects end on `day` */
};

/* The revocation or death_revoked that did it. */
struct act_void {
	enum act_void_sort sort;
	uint64_t index;
	struct hash event_id;
	const char *law_version;     /* that judged it */
	const Civil__V1__Date *date; /* its valid date */
	int32_t day;                 /* the same */
};

struct act {
	uint64_t index;   /* record that brought it into force: REGISTERED, joint or single */
	uint64_t source;  /* record whose content states it: DECLARED, or index itself */
	uint64_t amended; /* index of the last that corrected, coded, ended, returned it, else 0 */
	const struct act_change *changes; /* in order of index */
	size_t change_count;
	int64_t recorded_at_ms;  /* of `index` */
	struct hash event_id;    /* of `index`: what later acts target */
	const struct kind *kind; /* effective kind: birth for a linked paper birth */
	const Civil__V1__EventHeader
	        *header; /* of `index`; merged ids read as whom they stand for */
	struct id named; /* by which id the act names the person; acts_load */
	/* The header as signed, when ids in it are read as others; else NULL. */
	const Civil__V1__EventHeader *signed_header;
	struct bytes content_bytes;                  /* of `source`, as signed */
	const Civil__V1__Content *content;           /* of `source`, corrections applied */
	const ProtobufCMessage *message;             /* the kind's message inside content */
	const Civil__V1__Registration *registration; /* NULL for acts without steps */
	const Civil__V1__LegacyLinked *legacy;       /* NULL unless from paper */
	const char *law_version;                     /* that judged `index` */
	Civil__V1__AllocatedNumber *const *numbers;  /* given in the case */
	size_t number_count;
	uint64_t numbers_index; /* record that gave them; 0 when there are none */
	struct interval valid;  /* valid date after corrections */
	int32_t declared_day;
	int32_t registered_day; /* date_of_registration, or the day of recording */
	bool verified;          /* profile V: a VERIFIED of the declaration is there */
	bool disputed;  /* contested, or a key that signed a record of it is known as compromised */
	bool contested; /* a dispute_opened that names it is not closed */
	bool veiled;    /* what a reader sees of a full adoption: ledger/person/veil.h */
	struct act_void voided;             /* sort ACT_VOID_NOT while it is in force */
	const Civil__V1__CauseCoded *cause; /* of a death: the newest coding, else NULL */
};

struct acts {
	struct act *act; /* in force, or revoked from a day on */
	size_t count;
	struct act *voided; /* without effect on any day; in fold order too */
	size_t voided_count;
};

/* Loads the acts of a person as known at view->size, in fold order.
 * STATUS_OK (count may be 0); STATUS_OUT_OF_RANGE beyond HISTORY_ACTS_MAX records. */
enum status acts_load(struct view *view, struct acts *out, const struct id *person) NODISCARD;

/* The one act that record `event_id` brought into force, with its corrections; look at `voided`.
 * STATUS_NOT_FOUND when there is no such record or it brings no act into force. */
enum status acts_find(struct view *view, struct act *out, struct bytes event_id) NODISCARD;

/* A correction, revocation or reinstatement in the shape of an act: header, ids, kind and content,
 * and what took its effect away. STATUS_NOT_FOUND when the record is none. */
enum status acts_find_amendment(struct view *view, struct act *out,
                                struct bytes event_id) NODISCARD;

/* Whether the effect of a REGISTERED record, act or amendment, stands: sort ACT_VOID_NOT, or what
 * took it away. Trouble of the store. */
enum status acts_voided(struct view *view, struct act_void *out,
                        const struct stored_record *record) NODISCARD;

/* True when the record amends the one with this event id: a correction, revocation, reinstatement,
 * death_revoked, dispute or coding that targets it. */
bool acts_amends(const struct stored_record *record, struct bytes event_id);

/* True while the act has an effect on some day: never revoked, or revoked ex nunc. */
bool act_has_effect(const struct act *act);

/* The act with this event id among those in force; NULL when there is none. */
const struct act *acts_by_event(const struct acts *acts, struct bytes event_id);

/* Role of the person in the act; SUBJECT_ROLE_UNSPECIFIED when not named. */
Civil__V1__SubjectRole act_role(const struct act *act, const struct id *person);

/* Person of the nth subject with this role; false when there is none. */
bool act_person(const struct act *act, struct id *out, Civil__V1__SubjectRole role, size_t nth);

#endif
