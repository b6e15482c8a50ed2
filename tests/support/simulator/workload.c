#include "tests/support/simulator/workload.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/event/event.h"
#include "tools/populate/country.h"
#include "tools/populate/family.h"

#include <stdlib.h>

enum { COMMUNES = 1, REFUSED_PERCENT = 12 };
#define FOUNDED_AT_MS INT64_C(1790000000000)

/* Where the events of the country go while it is made. */
struct collector {
	struct workload *workload;
	struct ledger *ledger; /* while it is founded; NULL afterwards */
	size_t lane;
	size_t count; /* events of this lane */
};

static struct bytes copy(struct bytes bytes)
{
	uint8_t *data = malloc(bytes.size);

	ASSERT(data != NULL);
	memcpy(data, bytes.data, bytes.size);
	return bytes_of(data, bytes.size);
}

static void found_one(struct ledger *ledger, struct bytes signed_event)
{
	struct ledger_result result;
	const struct ledger_batch batch = { .number = ledger_head(ledger).batch + 1,
		                            .recorded_at_ms = FOUNDED_AT_MS,
		                            .events = &signed_event,
		                            .count = 1 };
	enum status status = ledger_apply(ledger, &result, &batch, STORE_SYNCED);

	ASSERT(status == STATUS_OK);
	ASSERT(result.status == STATUS_OK);
}

static bool collect(void *context, struct bytes signed_event, int64_t recorded_at_ms,
                    const char *expected)
{
	struct collector *collector = context;
	struct workload *workload = collector->workload;
	struct arena arena;
	struct event event;

	(void)recorded_at_ms;
	(void)expected;
	if (collector->ledger != NULL) {
		found_one(collector->ledger, signed_event);
		return true;
	}
	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	enum status status = event_admit(&event, signed_event, &arena, NULL);
	ASSERT(status == STATUS_OK);
	workload->lanes[collector->lane][collector->count] = copy(signed_event);
	workload->ids[collector->lane][collector->count] = event.id;
	arena_fini(&arena);
	collector->count++;
	return collector->count < WORKLOAD_LANE_EVENTS;
}

static void found(struct collector *collector, struct writer *writer, struct country *country)
{
	struct workload *workload = collector->workload;
	enum status status = store_memory_open(&workload->founded);

	workload->ledger = writer->ledger;
	if (status == STATUS_OK) {
		status = ledger_format(workload->founded, &workload->ledger, NULL);
	}
	if (status == STATUS_OK) {
		status = ledger_open(&collector->ledger, workload->founded, NULL);
	}
	ASSERT(status == STATUS_OK);
	country_found(country, writer);
	workload->head = ledger_head(collector->ledger);
	ledger_close(collector->ledger);
	collector->ledger = NULL;
}

enum status workload_new(struct workload **out, uint64_t seed)
{
	struct workload *workload = calloc(1, sizeof(*workload));
	struct collector collector = { .workload = workload };
	const struct writer_sink sink = { .event = collect, .context = &collector };
	struct country *country;
	struct writer writer;
	uint64_t serial = seed;

	ASSERT(workload != NULL);
	enum status status =
	        country_new(&country, "tools/data/gazetteer.tsv", COMMUNES, seed, NULL);
	if (status != STATUS_OK) {
		free(workload);
		return status;
	}
	writer_init(&writer, seed, &sink);
	found(&collector, &writer, country);
	for (collector.lane = 0; collector.lane < WORKLOAD_LANES; collector.lane++) {
		collector.count = 0;
		while (collector.count < WORKLOAD_LANE_EVENTS) {
			struct family family = { .country = country,
				                 .writer = &writer,
				                 .serial = &serial,
				                 .refused = REFUSED_PERCENT };

			writer.stopped = false;
			family_live(&family);
		}
	}
	writer_fini(&writer);
	country_free(country);
	*out = workload;
	return STATUS_OK;
}

void workload_free(struct workload *workload)
{
	for (size_t lane = 0; lane < WORKLOAD_LANES; lane++) {
		for (size_t i = 0; i < WORKLOAD_LANE_EVENTS; i++) {
			union {
				const uint8_t *in;
				uint8_t *out;
			} pointer = { .in = workload->lanes[lane][i].data };

			free(pointer.out);
		}
	}
	store_close(workload->founded);
	free(workload);
}
