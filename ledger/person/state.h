/* The state of a person: the fold of the acts, in the message that the API returns.
 *
 *   state(person, valid, known) = fold(step, empty, acts of the person below known whose earliest
 *                                      day <= valid, in order)
 * `step` is one pure function per kind (table in ledger/person/step.c). The cached state is the
 * same fold over all acts, kept incrementally: when a new act sorts last, one step; else a fresh
 * fold. Where the cached state holds for the asked position and day, state_at uses it.
 *
 * A state changes by acts of the person alone. What changes without one is added by a read:
 * successors of places and expiry by state_resolve, `disputed` by state_at.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_STATE_H
#define LEDGER_PERSON_STATE_H

#include "ledger/person/acts.h"

/* Day after which no act can lie: folds everything. */
#define STATE_VALID_ALL INT32_MAX

/* Folds the state at (valid_day, view->size).
 * STATUS_OK; STATUS_NOT_FOUND when no REGISTERED act of the person is visible, or valid_day lies
 * before the earliest day of birth. */
enum status state_at(struct view *view, Civil__V1__PersonState **out, const struct id *person,
                     int32_t valid_day) NODISCARD;

/* The cached state over all acts at the newest position; a view that sees less gets a fold of what
 * it sees. Cached, it carries no `disputed` mark of a compromised key: who calls it so names no
 * person. For reading: what it points to may be shared with later calls. Same statuses. */
enum status state_cached(struct view *view, Civil__V1__PersonState **out,
                         const struct id *person) NODISCARD;

/* The state over all acts as it would be if `next` were the newest record: for rules that look
 * ahead. Carries no `disputed` mark of a compromised key, and no comparison of documents. Statuses
 * of state_at. */
enum status state_with(struct view *view, Civil__V1__PersonState **out, const struct id *person,
                       const struct stored_record *next) NODISCARD;

/* Adds to a state what a read derives and no act changes: the codes that places have `today`, and
 * `expired` for live documents whose last day lies before valid_day; what such a document prints
 * is no inconsistency any more. A stay elsewhere, or a protection of the address, that is past its
 * last day is left out. STATUS_OK; trouble of the store. */
enum status state_resolve(struct view *view, Civil__V1__PersonState *state, int32_t valid_day,
                          int32_t today) NODISCARD;

/* Writes code_now of one residence, which may be NULL, as of `today`. STATUS_OK; trouble of the
 * store. */
enum status state_resolve_residence(struct view *view, Civil__V1__PersonResidence *residence,
                                    int32_t today) NODISCARD;

/* Writes the cached states of all persons that the record just put into the batch changes (index =
 * view->size - 1, the view being the batch's). Called once per accepted event. */
enum status state_update(struct view *view, struct store_batch *batch,
                         const struct stored_record *record) NODISCARD;

/* SHA-256("civil-ledger/person-state/v1\n" || packed state). */
struct hash state_hash(const Civil__V1__PersonState *state, struct arena *arena);

/* One path in which two states differ, with both values as JSON text; "" when absent. */
struct state_difference {
	const char *path;
	const char *before;
	const char *after;
};

/* All differences, ordered by path. Either state may be NULL (absent). */
enum status state_compare(struct state_difference **out, size_t *count,
                          const Civil__V1__PersonState *before, const Civil__V1__PersonState *after,
                          struct arena *arena) NODISCARD;

#endif
