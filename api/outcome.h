/* What the ledger said of an event, in the messages and errors of the API.
 *
 * Thread: pure functions. Memory: the arena given; strings of the result are borrowed. */
#ifndef API_OUTCOME_H
#define API_OUTCOME_H

#include "api/status_map.h"
#include "ledger/ledger.h"

#include "civil/v1/registration_service.pb-c.h"

enum { OUTCOME_VIOLATIONS_MAX = FINDINGS_MAX };

/* An error for a result that is not OK, and what it borrows. */
struct outcome_failure {
	struct failure failure;
	struct violation violations[OUTCOME_VIOLATIONS_MAX];
	char first_event_id[2 * HASH_BYTES + 1];
	struct detail detail;
};

/* True when the finding is why an event was refused: broken or undecided, and no mere watching. */
bool outcome_is_refusing(const Civil__V1__RuleFinding *finding);

/* Fills an error from a result whose status is not OK. */
void outcome_fail(struct outcome_failure *out, const struct ledger_result *result,
                  struct arena *arena);

/* The refusal message of a result whose status is not OK. NULL when memory is exhausted. */
Civil__V1__SubmitRefusal *outcome_refusal(const struct ledger_result *result, struct arena *arena);

/* Receipt or refusal. NULL when memory is exhausted. */
Civil__V1__SubmitOutcome *outcome_of(const struct ledger_result *result, struct arena *arena);

/* protobuf-c's messages hold plain pointers, the ledger's results const ones; packing only reads.
 */
Civil__V1__Receipt *outcome_receipt(const Civil__V1__Receipt *receipt);

#endif
