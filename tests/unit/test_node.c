/* Goal: a node opens what it wrote, and refuses to start over anything else.
 * Method: a folder formatted and filled; then each of its witnesses changed alone. */
#include "node/node.h"

#include "tests/support/folder.h"
#include "tests/support/founding.h"

#include <check.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

enum { EVENTS = 8, ARENA_MAX = 1 << 22 };

static struct folder folder;
static char data[FOLDER_PATH_MAX];
static struct node_options options;
static struct node *node;
static struct detail detail;
static const uint8_t seed[32] = { 9 };
static sem_t answered;

static enum status format(void)
{
	struct identity identity = { .node = "solo", .origin = "ledger.example/solo" };

	identity.ledger = founding_ledger;
	return node_format(data, &identity, seed, &detail);
}

static void setup(void)
{
	founding_make(EVENTS);
	folder_new(&folder);
	folder_file(data, &folder, "data");
	options = (struct node_options){
		.folder = data, .cache_bytes = 8 << 20, .workers = 1, .clock = &founding_clock
	};
	ck_assert_int_eq(sem_init(&answered, 0, 0), 0);
	ck_assert_int_eq(format(), STATUS_OK);
}

static void teardown(void)
{
	(void)sem_destroy(&answered);
	folder_remove(&folder);
	founding_free();
}

static void done(struct submission *submission)
{
	(void)submission;
	ck_assert_int_eq(sem_post(&answered), 0);
}

static enum status open_node(void)
{
	node = NULL;
	return node_open(&node, &options, &detail);
}

/* Submits the founding and waits for the answer. */
static enum status submit(void)
{
	struct ledger_result results[EVENTS];
	struct submission submission = {
		.events = founding_events, .count = EVENTS, .results = results, .done = done
	};

	arena_init(&submission.arena, ARENA_MAX);
	enum status status = node_submit(node, &submission);
	if (status == STATUS_OK) {
		ck_assert_int_eq(sem_wait(&answered), 0);
		ck_assert_int_eq(results[EVENTS - 1].status, STATUS_OK);
	}
	arena_fini(&submission.arena);
	return status;
}

static void fill(void)
{
	ck_assert_int_eq(open_node(), STATUS_OK);
	ck_assert_int_eq(submit(), STATUS_OK);
	node_close(node);
}

START_TEST(a_node_opens_where_it_closed)
{
	fill();
	ck_assert_int_eq(open_node(), STATUS_OK);
	ck_assert_uint_eq(node_size(node), EVENTS);
	ck_assert_uint_eq(node_checkpoint_size(node), EVENTS);
	ck_assert_uint_eq(node_status(node).head.size, EVENTS);
	ck_assert_str_eq(node_identity(node)->node, "solo");
	node_close(node);
	node_close(NULL);
}
END_TEST

START_TEST(a_folder_is_formatted_once)
{
	ck_assert_int_eq(format(), STATUS_EXISTS);
}
END_TEST

START_TEST(a_folder_that_is_not_formatted_is_not_found)
{
	options.folder = folder.path;
	ck_assert_int_eq(open_node(), STATUS_NOT_FOUND);
	ck_assert_ptr_null(node);
}
END_TEST

START_TEST(a_node_is_open_once)
{
	struct node *second = NULL;

	ck_assert_int_eq(open_node(), STATUS_OK);
	ck_assert_int_eq(node_open(&second, &options, &detail), STATUS_BUSY);
	node_close(node);
}
END_TEST

START_TEST(a_ledger_below_its_floor_is_refused_with_both_numbers)
{
	struct floor floor;
	struct floor_state state = { .batch = 900, .size = 7000 };
	char path[2 * FOLDER_PATH_MAX];

	fill();
	(void)snprintf(path, sizeof(path), "%s/floor", data);
	ck_assert_int_eq(floor_open(&floor, path, &detail), STATUS_OK);
	ck_assert_int_eq(floor_raise(&floor, &state, &detail), STATUS_OK);
	floor_close(&floor);
	ck_assert_int_eq(open_node(), STATUS_OUT_OF_RANGE);
	ck_assert_ptr_nonnull(strstr(detail.text, "7000"));
	ck_assert_ptr_nonnull(strstr(detail.text, "8 records"));
}
END_TEST

START_TEST(a_full_disk_takes_nothing_and_answers_questions)
{
	struct ledger_view view;

	fill();
	options.disk_reserve_bytes = UINT64_MAX;
	ck_assert_int_eq(open_node(), STATUS_OK);
	ck_assert_int_eq(submit(), STATUS_DISK_FULL);
	ck_assert(node_status(node).disk_full);
	ck_assert_int_eq(node_view(node, &view), STATUS_OK);
	ck_assert_uint_eq(view.head.size, EVENTS);
	ledger_view_end(&view);
	node_close(node);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("node");
	TCase *tcase = tcase_create("node");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_node_opens_where_it_closed);
	tcase_add_test(tcase, a_folder_is_formatted_once);
	tcase_add_test(tcase, a_folder_that_is_not_formatted_is_not_found);
	tcase_add_test(tcase, a_node_is_open_once);
	tcase_add_test(tcase, a_ledger_below_its_floor_is_refused_with_both_numbers);
	tcase_add_test(tcase, a_full_disk_takes_nothing_and_answers_questions);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
