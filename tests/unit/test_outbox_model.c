/* Goal: no power cut loses or doubles what an office was told is queued.
 * Method: thousands of random steps beside a plain list that says what must be there, with a disk
 * that fails at a random write and a restart after it.
 */
#include "node/outbox.h"

#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/store/store_memory.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { MODEL_MAX = 64, STEPS = 4000, EVENT_MAX = 64 };

/* What must be there. */
struct expected {
	struct outbox_entry entry;
	unsigned event;
};

static struct store *store;
static struct outbox *outbox;
static struct detail detail;
static struct expected model[MODEL_MAX];
static size_t model_count;
static uint64_t model_next;
static uint64_t random_state;

static void reopen(void)
{
	outbox_close(outbox);
	outbox = NULL;
	ck_assert_int_eq(outbox_open(&outbox, store, &detail), STATUS_OK);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	store_memory_simulate(store);
	reopen();
	model_count = 0;
	model_next = 1;
}

static void teardown(void)
{
	outbox_close(outbox);
	outbox = NULL;
	store_close(store);
}

/* Event number n, its bytes, and the ids that go with them. */
static struct outbox_event event(unsigned n)
{
	static char text[EVENT_MAX][32];
	struct outbox_event made;
	char *bytes = text[n % EVENT_MAX];

	int size = snprintf(bytes, sizeof(text[0]), "event %u", n);
	made.signed_event = bytes_of(bytes, (size_t)size);
	made.event_id = crypto_sha256(made.signed_event);
	memcpy(made.request_id.bytes, made.event_id.bytes, ID_BYTES);
	return made;
}

static enum status add(struct outbox_entry *entry, const struct outbox_event *made, int64_t now_ms)
{
	size_t which = 99;

	return outbox_add(outbox, entry, made, 1, now_ms, &which, &detail);
}

static void ck_assert_entry(const struct outbox_entry *a, const struct outbox_entry *b)
{
	ck_assert_uint_eq(a->number, b->number);
	ck_assert_int_eq(a->queued_at_ms, b->queued_at_ms);
	ck_assert(hash_equal(&a->event_id, &b->event_id));
	ck_assert(id_equal(&a->request_id, &b->request_id));
	ck_assert_uint_eq(a->bytes, b->bytes);
	ck_assert_int_eq((int)a->state, (int)b->state);
}

static void ck_assert_event(uint64_t number, unsigned n)
{
	struct outbox_event made = event(n);
	struct buf bytes;

	buf_init(&bytes, SIGNED_EVENT_BYTES_MAX);
	ck_assert_int_eq(outbox_read(outbox, number, &bytes, NULL), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&bytes), made.signed_event));
	buf_fini(&bytes);
}

static void ck_assert_refusal(uint64_t number, const char *text)
{
	struct buf bytes;

	buf_init(&bytes, OUTBOX_REFUSAL_BYTES_MAX);
	ck_assert_int_eq(outbox_read(outbox, number, NULL, &bytes), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&bytes), bytes_of_string(text)));
	buf_fini(&bytes);
}

static unsigned next_random(unsigned below)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(random_state >> 33) % below;
}

static struct expected *expected_of(uint64_t number)
{
	for (size_t i = 0; i < model_count; i++) {
		if (model[i].entry.number == number) {
			return &model[i];
		}
	}
	return NULL;
}

static void forget_expected(struct expected *gone)
{
	size_t i = (size_t)(gone - model);

	model_count--;
	memmove(gone, gone + 1, (model_count - i) * sizeof(*gone));
}

static void ck_assert_model(void)
{
	struct outbox_entry entries[MODEL_MAX + 1];
	struct outbox_counts counts = outbox_counts(outbox);
	size_t waiting = 0;

	ck_assert_uint_eq(outbox_list(outbox, entries, MODEL_MAX + 1, 0), model_count);
	for (size_t i = 0; i < model_count; i++) {
		ck_assert_entry(&entries[i], &model[i].entry);
		ck_assert_event(entries[i].number, model[i].event);
		ck_assert_refusal(entries[i].number,
		                  entries[i].state == OUTBOX_REFUSED ? "no" : "");
		waiting += entries[i].state == OUTBOX_WAITING;
	}
	ck_assert_uint_eq(counts.waiting, waiting);
	ck_assert_uint_eq(counts.refused, model_count - waiting);
}

/* One step on the outbox, and on the model when it says that it was done. */
static enum status add_some(unsigned n)
{
	struct outbox_event made = event(n);
	struct outbox_entry entry;
	enum status status = add(&entry, &made, (int64_t)random_state & 0xffffff);

	for (size_t i = 0; status == STATUS_OK && i < model_count; i++) {
		if (model[i].event == n) {
			model[i].entry.state = OUTBOX_WAITING;
			ck_assert_entry(&entry, &model[i].entry);
			return status;
		}
	}
	if (status == STATUS_OK) {
		ck_assert_uint_eq(entry.number, model_next);
		model[model_count] = (struct expected){ .entry = entry, .event = n };
		model_count++;
		model_next++;
	}
	return status;
}

static enum status change_some(unsigned what, uint64_t number)
{
	struct expected *known = expected_of(number);
	bool refused = known != NULL && known->entry.state == OUTBOX_REFUSED;
	enum status absent = known == NULL ? STATUS_NOT_FOUND : STATUS_OK;
	enum status status;

	if (what == 0) {
		status = outbox_refuse(outbox, number, bytes_of_string("no"));
	} else if (what == 1) {
		status = outbox_remove(outbox, number);
	} else {
		status = outbox_dismiss(outbox, number);
		absent = known != NULL && !refused ? STATUS_REFUSED : absent;
	}
	if (status == STATUS_IO) {
		return status;
	}
	ck_assert_int_eq(status, absent);
	if (status == STATUS_OK && what == 0) {
		known->entry.state = OUTBOX_REFUSED;
	} else if (status == STATUS_OK) {
		forget_expected(known);
	}
	return STATUS_OK;
}

START_TEST(no_power_cut_loses_or_doubles_what_was_answered) /* loop test: seeds */
{
	random_state = (uint64_t)_i;
	for (unsigned step = 0; step < STEPS; step++) {
		unsigned action = next_random(8);
		enum status status;

		if (next_random(10) == 0) {
			store_memory_fail_after(store, next_random(3));
		}
		if (action < 4) {
			status = add_some(next_random(MODEL_MAX - 1));
		} else {
			uint64_t near = model_next > 20 ? model_next - 20 : 0;

			status = change_some(action % 3, near + next_random(22));
		}
		if (status != STATUS_OK || next_random(50) == 0) {
			store_memory_crash(store,
			                   next_random((unsigned)store_memory_unsynced(store) + 1));
			reopen();
		}
		ck_assert(status == STATUS_OK || status == STATUS_IO);
		ck_assert_model();
	}
	ck_assert_uint_gt(model_next, STEPS / 20);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("outbox_model");
	TCase *cases = tcase_create("model");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, no_power_cut_loses_or_doubles_what_was_answered, 1, 9);
	tcase_set_timeout(cases, 60);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
