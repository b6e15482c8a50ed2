#include "node/page_internal.h"

#include "ledger/base/assert.h"

/* A result that ledger_apply never gives: it had not come to that event. */
#define NOT_REACHED STATUS_TIMEOUT

/* Records that were recorded at one time, and fit one batch. */
static size_t group_at(const struct page *page, size_t first, size_t end)
{
	size_t next = first + 1;

	while (next < end && next - first < BATCH_EVENTS_MAX &&
	       page->records[next].record->recorded_at_ms ==
	               page->records[first].record->recorded_at_ms) {
		next++;
	}
	return next - first;
}

static enum status apply_group(struct page *page, struct ledger *ledger, size_t first, size_t count,
                               enum store_durability durability)
{
	struct bytes events[BATCH_EVENTS_MAX];
	const struct event *admitted[BATCH_EVENTS_MAX];
	struct hash expected[BATCH_EVENTS_MAX];
	const struct ledger_batch batch = {
		.number = ledger_head(ledger).batch + 1,
		.recorded_at_ms = page->records[first].record->recorded_at_ms,
		.events = events,
		.count = count,
		.admitted = admitted,
		.expected = expected,
	};

	for (size_t i = 0; i < count; i++) {
		const struct page_record *record = &page->records[first + i];

		events[i] = record->signed_event;
		admitted[i] = &record->event;
		expected[i] = record->hash;
		page->results[i].status = NOT_REACHED;
	}
	return ledger_apply(ledger, page->results, &batch, durability);
}

/* The event that did not become what it should: the last one that was reached. */
static size_t last_reached(const struct page *page, size_t count)
{
	size_t last = 0;

	for (size_t i = 1; i < count && page->results[i].status != NOT_REACHED; i++) {
		last = i;
	}
	return last;
}

/* Why it did not, in one sentence. */
static void explain(const struct ledger_result *result, uint64_t index, struct detail *detail)
{
	const char *rule = result->status == STATUS_REFUSED && result->verdict.finding_count > 0
	                           ? result->verdict.findings[0]->rule
	                           : "";
	const char *what = "becomes another record here";

	if (result->status == STATUS_REFUSED) {
		what = "is refused here by rule ";
	} else if (result->status == STATUS_INVALID) {
		what = result->detail.text;
	} else if (result->status == STATUS_EXISTS || result->repeated) {
		what = "was recorded before";
	}
	detail_set(detail, "", "record %llu %s%s", (unsigned long long)index, what, rule);
}

enum status page_apply(struct page *page, struct page_finding *finding, struct ledger *ledger,
                       size_t count, enum store_durability durability, struct detail *detail)
{
	size_t group;

	ASSERT(count <= page->good);
	ASSERT(ledger_head(ledger).size == page->from);
	for (size_t first = 0; first < count; first += group) {
		group = group_at(page, first, count);
		enum status status = apply_group(page, ledger, first, group, durability);

		if (status == STATUS_DIVERGED) {
			size_t bad = last_reached(page, group);

			page_find(page, finding, first + bad, PAGE_RECORD_WRONG);
			explain(&page->results[bad], page->from + first + bad, detail);
			status = bad == 0 ? STATUS_OK
			                  : apply_group(page, ledger, first, bad, durability);
			return status == STATUS_OK ? STATUS_INVALID : status;
		}
		if (status != STATUS_OK) {
			return status;
		}
	}
	ASSERT(ledger_head(ledger).size == page->from + count);
	return STATUS_OK;
}
