#include "tests/support/founding.h"

#include "ledger/base/crypto.h"
#include "tools/populate/country.h"

#include <check.h>
#include <stdlib.h>

struct bytes founding_events[FOUNDING_EVENTS_MAX];
size_t founding_count;
struct id founding_ledger;
static int64_t recorded_at_ms;

static int64_t now_ms(void *context)
{
	(void)context;
	return recorded_at_ms;
}

static int64_t monotonic_ns(void *context)
{
	(void)context;
	return clock_monotonic_ns(clock_system());
}

const struct clock founding_clock = { .now_ms = now_ms, .monotonic_ns = monotonic_ns };

static bool keep(void *context, struct bytes event, int64_t at_ms, const char *expected)
{
	(void)context;
	(void)expected;
	ck_assert_uint_lt(founding_count, FOUNDING_EVENTS_MAX);
	uint8_t *copy = malloc(event.size);
	ck_assert_ptr_nonnull(copy);
	memcpy(copy, event.data, event.size);
	founding_events[founding_count] = bytes_of(copy, event.size);
	founding_count++;
	if (founding_count == 1) {
		recorded_at_ms = at_ms;
	}
	return true;
}

void founding_make(size_t limit)
{
	const struct writer_sink sink = { .event = keep };
	struct country *country = NULL;
	struct detail detail = { "", "" };
	struct writer writer;

	ck_assert_int_eq(crypto_init(), STATUS_OK);
	ck_assert_int_eq(country_new(&country, "tools/data/gazetteer.tsv", 2, 1, &detail),
	                 STATUS_OK);
	founding_count = 0;
	writer_init(&writer, 1, &sink);
	writer.limit = limit;
	writer.now_ms = 1893456000000; /* 2030-01-01 */
	founding_ledger = writer.ledger;
	country_found(country, &writer);
	writer_fini(&writer);
	country_free(country);
}

void founding_free(void)
{
	for (size_t i = 0; i < founding_count; i++) {
		union {
			const uint8_t *in;
			uint8_t *out;
		} pointer = { .in = founding_events[i].data };

		free(pointer.out);
	}
	founding_count = 0;
}
