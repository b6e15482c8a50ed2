/* Records that change how an earlier act is read. Internal to ledger/person.
 *
 *   correction                 sets fields of its target
 *   revocation, death_revoked  take the effect of their target away
 *   reinstatement              takes the effect of a revocation away
 *   dispute_opened, _closed    say whether their targets deserve trust
 *   cause_coded                adds the cause to a death
 *   content_erased             leaves a residue of its target, which was written in its place when
 *                              it was applied (ledger/erase.h): here there is nothing left to do
 *
 * None of them has a place in the order of acts: all are applied to their targets first (catalogue
 * D4). A record takes an effect away only while its own stands. Its target is always older, so one
 * walk from the newest record to the oldest settles all of them:
 *
 *   voided(r) = some younger record v that is not voided takes the effect of r away
 *
 * Corrections of one act apply in order of index, each setting its new values whatever stands (the
 * old values were compared when it was admitted); a voided one is left out and the others stay. The
 * act then reads as corrected: content, message and valid date.
 *
 * Whoever amends an act names all its subjects, so that the records of any one of them have it
 * all; only cause_coded names the deceased alone. Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_AMEND_H
#define LEDGER_PERSON_AMEND_H

#include "ledger/person/acts.h"

/* One record whose effect was taken away. */
struct amend_void {
	struct bytes target; /* its event id */
	struct act_void by;
};

/* What the records of one person amend. */
struct amendments {
	struct stored_record *records; /* those that amend, ascending */
	size_t count;
	struct bytes
	        *roots; /* event id of the act that each changes, if through others; or empty */
	struct amend_void *voids;
	size_t void_count;
};

/* True when the record amends another. */
bool amend_amends(const struct stored_record *record);

/* True when the record amends and does nothing else: a correction, revocation or reinstatement is
 * no act of its own. */
bool amend_is_no_act(const struct stored_record *record);

/* Collects what `records` (ascending, of one person) amend. STATUS_OK; STATUS_NO_MEMORY. */
enum status amend_collect(struct view *view, struct amendments *out,
                          const struct stored_record *records, size_t count) NODISCARD;

/* What took the effect of the record with this event id away; NULL while it stands. */
const struct act_void *amend_voided(const struct amendments *amendments, struct bytes event_id);

/* Whether the record's dispute is open, and the index of the last closing that affirmed it (0:
 * none). */
struct amend_dispute {
	bool open;
	uint64_t affirmed;
};
struct amend_dispute amend_dispute_of(const struct amendments *amendments, struct bytes event_id);

/* Applies everything that amends the act. A change whose path or value does not fit changes
 * nothing. `trust` as for join_act, for the changes. STATUS_OK; STATUS_NO_MEMORY. */
enum status amend_act(struct view *view, struct act *act, const struct amendments *amendments,
                      bool trust) NODISCARD;

#endif
