/* One event being judged: what it says, and what the ledger says about it.
 *
 * judgement_begin reads what every rule needs: signers, case, declaration. The rest is loaded by
 * the first rule that asks and kept: a state is read once however many rules look at it.
 *
 * Trouble of the store is sticky: the first bad status stays in `status`, everything asked later
 * answers as if absent, and rules_judge gives the status back instead of a verdict. So rules read
 * like predicates and only the loop around them asks for trouble.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_JUDGEMENT_H
#define LEDGER_RULES_JUDGEMENT_H

#include "ledger/authority/authority.h"
#include "ledger/authority/law.h"
#include "ledger/base/date.h"
#include "ledger/base/limits.h"
#include "ledger/event/constraint.h"
#include "ledger/person/acts.h"
#include "ledger/rules/rule.h"
#include "ledger/rules/rules.h"

#define STEP(name)         CIVIL__V1__EVENT_STEP__EVENT_STEP_##name
#define SUBJECT(name)      CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define OFFICER(name)      CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_##name
#define OUTCOME(name)      CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_##name
#define STRENGTH(name)     CIVIL__V1__RULE_STRENGTH__RULE_STRENGTH_##name
#define CONTENT_CASE(name) CIVIL__V1__CONTENT__KIND_##name

enum {
	PATH_MAX_BYTES = 160,
	BIRTHS_MAX = 256, /* deliveries of one mother that are compared, registered and declared */
};

/* What a signature is good for at this step. */
enum signer_part {
	SIGNER_STRANGER, /* for nothing: S01 or S02 */
	SIGNER_SEAT,     /* fills a seat of the step */
	SIGNER_SECOND,   /* plausibility second or approver: entitled at another step of the kind */
};

struct signer {
	struct bytes public_key;
	bool enrolled; /* else what follows is unset */
	bool active;
	bool founder; /* named by the genesis being judged */
	struct officer_key key;
	bool office_known;
	struct office office;
	enum signer_part part;
	enum reach reach; /* of the seat, or of the area when none */
	const char *path; /* "signatures[0]" */
	bool rate_loaded;
	size_t rate; /* REGISTERED events by this key in the hour before; rules P10, W02 */
};

/* A subject of a header. */
struct party {
	struct id id;
	Civil__V1__SubjectRole role;
	const char *path; /* role name, with a number when × n */
	uint64_t expected_version;
	bool created;                           /* by this event, or the newborn of its case */
	const Civil__V1__NewPerson *new_person; /* of a paper or passport, else NULL */
	bool loaded;
	const Civil__V1__PersonState *state; /* NULL: no REGISTERED act */
};

/* An act whose content is judged: the event's own (the newest DECLARED at later steps), the target
 * of a correction with its new values, or the act that a reinstatement brings back. */
struct matter {
	const struct kind *kind;         /* effective kind: birth for a linked paper birth */
	const ProtobufCMessage *message; /* NULL when the content carries no act */
	const Civil__V1__Content *content;
	const Civil__V1__EventHeader *header;
	struct party *parties;
	size_t party_count;
	bool dated; /* has a valid date */
	struct interval valid;
	bool declared;          /* has a date of declaration */
	int32_t declared_day;   /* or the day of recording */
	int32_t registered_day; /* date_of_registration, or the day of recording */
	bool from_paper;        /* legacy_linked */
	bool corrected;         /* target of a correction, or of a reinstatement */
	bool is_act;            /* on the ledger already: a target, or a later act */
	uint64_t index;         /* of that act */
	struct hash event_id;   /* of that act */
	struct bytes case_id;   /* of the act: its own records are no others */
	bool laws_loaded;
	const Civil__V1__RuleSet **laws; /* of the valid date, oldest first */
	size_t law_count;
};

/* A birth of a mother, registered or declared in an open case. */
struct known_birth {
	uint64_t index; /* record of the content */
	struct id child;
	struct interval date;
	struct bytes name_key;
	struct bytes delivery_id;
	Civil__V1__Plurality plurality;
	int32_t birth_order;
	bool has_mother;
	struct id mother;
	const char *office;
	bool registered;
	bool open; /* declared, neither registered nor ended */
};

/* A court decision that the event cites. */
struct cited_decision {
	struct bytes event_id;
	const Civil__V1__CourtDecision *decision; /* NULL: no such record, or another kind */
	const char *office;                       /* the court; NULL like the decision */
	bool in_force;                            /* final, not stayed, not revoked */
};

struct finding_list {
	Civil__V1__RuleFinding *item[FINDINGS_MAX];
	enum rule_id rule[FINDINGS_MAX];
	struct matter *matter[FINDINGS_MAX]; /* that it was found on */
	size_t count;
};

struct judgement {
	struct view *view;
	const struct event *event;
	int64_t recorded_at_ms;
	int32_t recorded_day; /* in Phnom Penh */
	enum status status;   /* sticky trouble */

	Civil__V1__EventStep step;
	const struct kind *kind; /* row of the event or of its case; NULL when none is known */

	struct signer *signers;
	size_t signer_count;
	bool commune_concerned; /* a governance act is about an officer of a commune's office */

	struct stored_record *case_records;
	size_t case_count;
	const struct stored_record *first_declared;
	const struct stored_record *declared; /* newest DECLARED */
	const struct stored_record *verified; /* newest VERIFIED of that declaration */
	const struct stored_record *registered;
	const struct stored_record *ended; /* REFUSED or WITHDRAWN */

	struct matter own;
	struct matter target_corrected; /* kind NULL unless such a target could be read */
	struct matter *matter;          /* which of the two the present rule judges */

	bool target_loaded;
	bool target_found;
	struct act target;
	size_t change_refused; /* 1 + position of a change that the target cannot take */

	const Civil__V1__RuleSet *law_registered; /* of the registration day */
	const struct matter *births_of;           /* whose mother's births were loaded */
	struct known_birth *births;
	size_t birth_count;
	bool decisions_loaded;
	struct cited_decision decisions[REFERENCES_MAX];
	size_t decision_count;

	bool violations_loaded;
	struct constraint_violation *violations; /* of rules S07 and S08 */
	size_t violation_count;

	const Civil__V1__PersonState **states_then; /* of the parties, if the event were recorded */
	bool later_loaded;
	struct later_act *later; /* other acts of the persons named: ledger/rules/timeline.c */
	size_t later_count;

	const struct rule *rule; /* being judged */
	struct finding_list findings;
};

/* Reads signers, case and declaration. Trouble goes into j->status. */
void judgement_begin(struct judgement *j, struct view *view, const struct event *event,
                     int64_t recorded_at_ms);

/* True when `status` is OK or NOT_FOUND; anything else becomes the judgement's trouble. */
bool judgement_settle(struct judgement *j, enum status status);

/* State of a party as known, all acts folded; NULL when the person has no REGISTERED act. */
const Civil__V1__PersonState *party_state(struct judgement *j, struct party *party);

/* The same as of a day: refolded only when the state knows of something later. */
const Civil__V1__PersonState *party_state_on(struct judgement *j, struct party *party, int32_t day);

/* Birth of a party: registered, or told by the paper that creates the person. False: unknown. */
bool party_birth(struct judgement *j, struct party *party, struct interval *birth);

/* Fills kind, message, declaration and valid date of a matter from a content. */
void matter_set_content(struct judgement *j, struct matter *matter, const struct kind *kind,
                        const Civil__V1__Content *content);

/* The party of the matter with this role, or NULL. */
struct party *matter_party(struct matter *matter, Civil__V1__SubjectRole role);

/* Laws of the matter's valid date; one unless a partial date spans two. */
size_t matter_laws(struct judgement *j, const Civil__V1__RuleSet ***laws);

/* Law of the registration day: steps and late classes. NULL on an empty ledger. */
const Civil__V1__RuleSet *judgement_law_registered(struct judgement *j);

/* The act, or the amendment, that the content targets (court_target), with what took its effect
 * away; of an amendment only header, ids, kind, content and `voided` are set. False when there is
 * none. */
bool judgement_target(struct judgement *j, const struct act **target);

/* Registered and openly declared births of the mother of the matter. */
size_t judgement_births(struct judgement *j, const struct known_birth **births);

/* The other births of a delivery, whoever the mother. */
size_t judgement_delivery(struct judgement *j, struct bytes delivery_id,
                          const struct known_birth **births);

/* Decisions that the content, its legal basis or its overrides cite. */
size_t judgement_decisions(struct judgement *j, const struct cited_decision **decisions);

/* True when a decision in force orders `kind` for all parties of the matter, or for `target`. */
bool judgement_ordered(struct judgement *j, const char *kind, struct bytes target);

/* The same of the decisions of one court (NULL: of any). */
bool judgement_ordered_by(struct judgement *j, const char *office, const char *kind,
                          struct bytes target);

/* Path of a field of the act that the content carries: "content.birth.date_of_birth", or
 * "content.legacy_linked.birth.date_of_birth"; for a corrected target "content.correction". */
const char *matter_path(struct judgement *j, const char *field);

/* Path of its valid date. */
const char *matter_date_path(struct judgement *j);

/* Answers of several laws as one: the common answer, UNKNOWN when they differ. Begin with
 * `answered` false. */
struct law_answer {
	bool answered;
	enum ternary value;
};
void law_answer_add(struct law_answer *answer, enum ternary value);

/* Reads the target of a correction and applies its changes, or the act that a reinstatement brings
 * back: fills j->target_corrected. For other contents, and without such an act, nothing happens. */
void judgement_correct(struct judgement *j);

/* The act that a court's order for this content names as its target; empty when none. */
struct bytes court_target(const Civil__V1__Content *content);

/* Findings of the rule being judged. `path` must outlive the verdict. */
Civil__V1__RuleFinding *finding_broken(struct judgement *j, const char *path);
Civil__V1__RuleFinding *finding_undecided(struct judgement *j, const char *path);

/* Nothing for YES (and NULL), UNDECIDED for UNKNOWN, BROKEN for NO. */
Civil__V1__RuleFinding *finding_unless(struct judgement *j, enum ternary holds, const char *path);

/* Adds a fact that the submitter may know. `finding` may be NULL. */
void finding_fact(struct judgement *j, Civil__V1__RuleFinding *finding, const char *name,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* "mother", "spouse_a": the name of a role in paths. Total. */
const char *role_name(Civil__V1__SubjectRole role);

#endif
