/* Executing events again: A6. */
#include "ledger/base/limits.h"
#include "tools/civilctl/audit_internal.h"

_Static_assert((int)AUDIT_CHUNK_RECORDS <= (int)BATCH_EVENTS_MAX, "a chunk fits a batch");

/* "S02 SIGNER_NOT_AUTHORISED" of the first finding that refuses. */
static void blame_rules(struct audit *audit, uint64_t index, const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->finding_count; i++) {
		const Civil__V1__RuleFinding *finding = verdict->findings[i];

		if (finding->outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_BROKEN ||
		    finding->outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_UNDECIDED) {
			audit_blame(audit, index, "breaks rule %s %s when executed again",
			            finding->rule, finding->reason);
			return;
		}
	}
	audit_blame(audit, index, "breaks a rule when executed again");
}

/* True when the execution made this very record. */
static bool compare(struct audit *audit, const struct audit_record *record,
                    const struct ledger_result *result)
{
	if (result->status == STATUS_REFUSED) {
		blame_rules(audit, record->index, &result->verdict);
		return false;
	}
	if (result->status != STATUS_OK) {
		audit_blame(audit, record->index, "its event is not admitted: %s %s",
		            result->detail.path, result->detail.text);
		return false;
	}
	if (result->repeated) {
		audit_blame(audit, record->index, "its event was recorded before");
		return false;
	}
	const Civil__V1__Receipt *receipt = result->receipt;
	if (receipt->index != record->index ||
	    !bytes_equal(bytes_of(receipt->record_hash.data, receipt->record_hash.len),
	                 bytes_of_hash(&record->leaf))) {
		audit_blame(audit, record->index,
		            "is not the record that its event makes when executed again");
		return false;
	}
	return true;
}

/* Records of one time: what was one batch, or several that cannot be told apart. */
static bool execute_run(struct audit *audit, size_t first, size_t count)
{
	static struct ledger_result results[AUDIT_CHUNK_RECORDS]; /* too large for the stack */
	struct bytes events[AUDIT_CHUNK_RECORDS];
	const struct ledger_batch batch = {
		.number = audit->batch + 1,
		.recorded_at_ms = audit->records[first].recorded_at_ms,
		.events = events,
		.count = count,
	};

	for (size_t i = 0; i < count; i++) {
		events[i] = audit->records[first + i].event;
	}
	enum status status = ledger_apply(audit->ledger, results, &batch, STORE_UNSYNCED);
	if (status != STATUS_OK) {
		audit->trouble = status;
		return false;
	}
	audit->batch++;
	for (size_t i = 0; i < count; i++) {
		if (!compare(audit, &audit->records[first + i], &results[i])) {
			return false;
		}
		audit->result.executed++;
	}
	return true;
}

void audit_execute(struct audit *audit)
{
	size_t first = 0;

	while (first < audit->count && audit->records[first].event.size > 0) {
		size_t count = 1;

		while (first + count < audit->count &&
		       audit->records[first + count].event.size > 0 &&
		       audit->records[first + count].recorded_at_ms ==
		               audit->records[first].recorded_at_ms) {
			count++;
		}
		if (!execute_run(audit, first, count)) {
			audit->executes = false;
			return;
		}
		first += count;
	}
}
