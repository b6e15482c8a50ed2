/* Goal: nobody is answered before the log holds the entry, each is answered once, in the order in
 * which they came, also those that only wait their turn; a log that cannot be trusted stops the
 * node.
 * Method: four threads add items; each kept() looks the entry up in the store. A head is damaged.
 */
#include "node/access_writer.h"

#include "ledger/store/keys.h"

#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { THREADS = 4, EACH = 500 };

static struct store *store;
static struct access_writer *writer;
static struct detail detail;
static atomic_size_t kept_count;
static atomic_size_t missing;
static atomic_size_t out_of_turn;

struct asked {
	struct access_item item;
	struct access_draft draft;
	Civil__V1__AccessEntry entry;
	size_t thread;
	size_t nth;
};

static struct asked asked[THREADS][EACH];
static size_t next_of[THREADS]; /* the writer's thread */

static void kept(struct access_item *item)
{
	const struct asked *mine = item->context;
	struct store_view *view = store_view_begin(store);
	struct access_head head;

	if (mine->nth != next_of[mine->thread]) {
		atomic_fetch_add(&out_of_turn, 1);
	}
	next_of[mine->thread]++;
	if (item->count > 0 && (access_log_head(view, &head, &detail) != STATUS_OK ||
	                        head.count <= mine->entry.index)) {
		atomic_fetch_add(&missing, 1);
	}
	store_view_end(view);
	atomic_fetch_add(&kept_count, 1);
}

static _Noreturn void fatal(void *context, enum status status, const struct detail *why)
{
	(void)context;
	(void)why;
	exit(status == STATUS_IO ? 3 : 4);
}

static void start(void)
{
	const struct access_writer_options options = { .store = store, .fatal = fatal };

	ck_assert_int_eq(access_writer_start(&writer, &options, &detail), STATUS_OK);
}

static void *ask(void *argument)
{
	size_t thread = *(const size_t *)argument;

	for (size_t i = 0; i < EACH; i++) {
		struct asked *mine = &asked[thread][i];

		civil__v1__access_entry__init(&mine->entry);
		mine->thread = thread;
		mine->nth = i;
		mine->draft.entry = &mine->entry;
		mine->item = (struct access_item){ .drafts = &mine->draft,
			                           .count = i % 3 == 0 ? 0 : 1,
			                           .kept = kept,
			                           .context = mine };
		access_writer_add(writer, &mine->item);
	}
	return NULL;
}

START_TEST(everybody_is_answered_once_in_turn_and_after_the_entry_is_there)
{
	pthread_t threads[THREADS];
	size_t numbers[THREADS];
	struct access_head head;

	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	start();
	for (size_t i = 0; i < THREADS; i++) {
		numbers[i] = i;
		ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, &numbers[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
	}
	access_writer_stop(writer); /* keeps what was added */
	ck_assert_uint_eq(atomic_load(&kept_count), THREADS * EACH);
	ck_assert_uint_eq(atomic_load(&missing), 0);
	ck_assert_uint_eq(atomic_load(&out_of_turn), 0);
	struct store_view *view = store_view_begin(store);
	ck_assert_int_eq(access_log_head(view, &head, &detail), STATUS_OK);
	ck_assert_uint_eq(head.count, THREADS * (EACH - (EACH + 2) / 3));
	store_view_end(view);
	store_close(store);
}
END_TEST

START_TEST(a_log_goes_on_where_it_ended)
{
	struct asked *mine = &asked[0][0];

	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	for (uint64_t round = 0; round < 3; round++) {
		start();
		civil__v1__access_entry__init(&mine->entry);
		next_of[0] = 0;
		mine->draft.entry = &mine->entry;
		mine->item = (struct access_item){
			.drafts = &mine->draft, .count = 1, .kept = kept, .context = mine
		};
		access_writer_add(writer, &mine->item);
		access_writer_stop(writer);
		ck_assert_uint_eq(mine->entry.index, round);
	}
	ck_assert_uint_eq(atomic_load(&missing), 0);
	store_close(store);
}
END_TEST

START_TEST(a_head_without_its_entry_does_not_start)
{
	const struct access_writer_options options = { .fatal = fatal };
	struct access_writer_options with = options;
	uint8_t value[8 + HASH_BYTES] = { 0 };
	struct key key;

	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	struct store_batch *batch = store_batch_begin(store);
	value[7] = 9; /* entries */
	key_meta(&key, "head");
	store_batch_put(batch, STORE_META, key_bytes(&key), bytes_of(value, sizeof(value)));
	ck_assert_int_eq(store_batch_commit(batch, STORE_SYNCED), STATUS_OK);
	store_batch_end(batch);
	with.store = store;
	ck_assert_int_eq(access_writer_start(&writer, &with, &detail), STATUS_CORRUPT);
	store_close(store);
}
END_TEST

START_TEST(an_entry_that_cannot_be_written_ends_the_process)
{
	struct asked *mine = &asked[0][0];

	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	start();
	civil__v1__access_entry__init(&mine->entry);
	mine->entry.purpose = calloc(ACCESS_ENTRY_BYTES_MAX + 1, 1);
	memset(mine->entry.purpose, 'x', ACCESS_ENTRY_BYTES_MAX);
	mine->draft.entry = &mine->entry;
	mine->item = (struct access_item){
		.drafts = &mine->draft, .count = 1, .kept = kept, .context = mine
	};
	access_writer_add(writer, &mine->item);
	access_writer_stop(writer); /* not reached: fatal() exits */
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("access_writer");
	TCase *tcase = tcase_create("access_writer");

	tcase_add_test(tcase, everybody_is_answered_once_in_turn_and_after_the_entry_is_there);
	tcase_add_test(tcase, a_log_goes_on_where_it_ended);
	tcase_add_test(tcase, a_head_without_its_entry_does_not_start);
	tcase_add_exit_test(tcase, an_entry_that_cannot_be_written_ends_the_process, 4);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
