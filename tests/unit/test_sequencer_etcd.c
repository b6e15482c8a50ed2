/* Goal: the order of a cluster keeps the contract of node/sequencer.h over a map that loses
 * questions and answers, is wiped, restored, full, or tells nothing.
 * Method: two nodes over one map in memory; every slot before, at and behind the one in question;
 * and a random walk of three nodes against what an order must be: each slot decided once.
 */
#include "ledger/base/crypto.h"
#include "node/order_keys.h"
#include "node/sequencer_etcd_internal.h"
#include "tests/support/map_memory.h"

#include <check.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

enum { NODES = 3, BATCH_MAX = 4096, ARENA_BYTES = 1 << 20, WALK_STEPS = 600, SLOTS_MAX = 400 };

static const struct id ledger = { .bytes = { 7 } };
static const char *const names[NODES] = { "phnom-penh", "kampot", "kep" };
static struct map_memory servers;
static struct sequencer *nodes[NODES];
static struct buf batch;
static struct detail detail;
static struct arena arena;

static struct sequencer *node_new(const char *name, uint8_t key, uint64_t kept)
{
	struct sequencer_etcd_options options = {
		.ledger = ledger,
		.name = name,
		.address = "127.0.0.1:1",
		.key = { .key = { key }, .name = { key } },
		.kept = kept,
	};
	struct sequencer *node;

	for (size_t i = 0; i < ORDER_MAPS; i++) {
		options.maps[i] = map_memory_connect(&servers);
	}
	ck_assert_int_eq(sequencer_etcd_new(&node, &options, &detail), STATUS_OK);
	return node;
}

static void set(struct bytes key, struct bytes value)
{
	struct ordered_map *map = map_memory_connect(&servers);
	const struct map_change change = { .puts = { { .key = key, .value = value } },
		                           .puts_count = 1 };
	struct map_outcome outcome;

	ck_assert_int_eq(map_change(map, &outcome, &arena, &change, &detail), STATUS_OK);
	map_free(map);
}

static void begin_order(uint8_t generation, uint64_t begin)
{
	const struct order_root root = { .generation = { generation }, .begin = begin };
	const struct order_tail tail = { .number = begin };

	set(order_key(&arena, &ledger, "order"), order_root_bytes(&arena, &root));
	set(order_key(&arena, &ledger, "tail"), order_tail_bytes(&arena, &tail));
	for (size_t i = 0; i < NODES; i++) {
		const struct order_node node = { .address = "127.0.0.1:1" };

		set(order_key_of_node(&arena, &ledger, names[i]), order_node_bytes(&arena, &node));
	}
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	map_memory_init(&servers);
	arena_init(&arena, ARENA_BYTES);
	buf_init(&batch, BATCH_MAX);
}

static void teardown(void)
{
	for (size_t i = 0; i < NODES; i++) {
		sequencer_free(nodes[i]);
		nodes[i] = NULL;
	}
	buf_fini(&batch);
	arena_fini(&arena);
	map_memory_fini(&servers);
}

static uint64_t newest(size_t node)
{
	uint64_t number = 0;

	ck_assert_int_eq(sequencer_confirm(nodes[node], &number, &detail), STATUS_OK);
	return number;
}

/* An order of two nodes, which both know it. */
static void setup_two(void)
{
	setup();
	begin_order(1, 0);
	for (size_t i = 0; i < 2; i++) {
		nodes[i] = node_new(names[i], 9, 0);
		ck_assert_uint_eq(newest(i), 0);
	}
}

static enum status append(size_t node, uint64_t number, const char *text)
{
	return sequencer_append(nodes[node], number, bytes_of_string(text), &detail);
}

static enum status next(size_t node, uint64_t number)
{
	/* Asking first makes the node know of the slot; its own news may be on the way. */
	(void)newest(node);
	return sequencer_next(nodes[node], number, &batch, &detail);
}

static void ck_assert_slot(size_t node, uint64_t number, const char *text)
{
	ck_assert_int_eq(next(node, number), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&batch), bytes_of_string(text)));
}

START_TEST(without_an_order_nothing_goes_and_the_way_out_is_named)
{
	uint64_t number;

	setup();
	nodes[0] = node_new(names[0], 9, 0);
	ck_assert_int_eq(sequencer_confirm(nodes[0], &number, &detail), STATUS_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(detail.text, "civilctl cluster init"));
	ck_assert_int_eq(append(0, 1, "a"), STATUS_UNAVAILABLE);
	ck_assert_int_eq(sequencer_next(nodes[0], 1, &batch, &detail), STATUS_UNAVAILABLE);
	teardown();
}
END_TEST

START_TEST(names_that_are_too_long_are_refused)
{
	char name[SEQUENCER_NAME_MAX + 2];
	struct sequencer_etcd_options options = { .name = name, .address = "a" };
	struct sequencer *node;

	setup();
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	for (size_t i = 0; i < ORDER_MAPS; i++) {
		options.maps[i] = map_memory_connect(&servers);
	}
	ck_assert_int_eq(sequencer_etcd_new(&node, &options, &detail), STATUS_INVALID);
	teardown();
}
END_TEST

START_TEST(what_one_appends_the_others_get)
{
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_slot(1, 1, "one");
	ck_assert_int_eq(append(1, 2, "two"), STATUS_OK);
	ck_assert_slot(0, 1, "one");
	ck_assert_slot(0, 2, "two");
	ck_assert_int_eq(next(0, 3), STATUS_NOT_FOUND);
	ck_assert_int_eq(next(0, 0), STATUS_OUT_OF_RANGE);
}
END_TEST

START_TEST(a_slot_is_decided_once)
{
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_int_eq(append(1, 1, "other"), STATUS_EXISTS);
	ck_assert_slot(1, 1, "one");
}
END_TEST

START_TEST(no_slot_is_left_out)
{
	ck_assert_int_eq(append(0, 2, "two"), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_int_eq(append(0, 3, "three"), STATUS_OUT_OF_RANGE);
	/* The other node has not seen slot 1: numbers alone would let it append. */
	ck_assert_int_eq(append(1, 2, "two"), STATUS_OUT_OF_RANGE);
	ck_assert_slot(1, 1, "one");
	ck_assert_int_eq(append(1, 2, "two"), STATUS_OK);
}
END_TEST

START_TEST(a_lost_question_can_be_asked_again)
{
	/* More than the keeper can use up meanwhile. */
	map_memory_break(&servers, (struct map_memory_faults){ .questions_lost = 100 });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_TIMEOUT);
	map_memory_break(&servers, (struct map_memory_faults){ .full = false });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_slot(1, 1, "one");
	ck_assert_uint_eq(newest(1), 1);
}
END_TEST

START_TEST(a_lost_answer_does_not_double)
{
	map_memory_break(&servers, (struct map_memory_faults){ .answers_lost = 100 });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_TIMEOUT);
	map_memory_break(&servers, (struct map_memory_faults){ .full = false });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_int_eq(append(0, 2, "two"), STATUS_OK);
	ck_assert_uint_eq(newest(1), 2);
	ck_assert_slot(1, 1, "one");
	ck_assert_slot(1, 2, "two");
}
END_TEST

START_TEST(who_loses_a_race_in_the_dark_learns_it)
{
	map_memory_break(&servers, (struct map_memory_faults){ .questions_lost = 100 });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_TIMEOUT);
	map_memory_break(&servers, (struct map_memory_faults){ .full = false });
	ck_assert_int_eq(append(1, 1, "other"), STATUS_OK);
	ck_assert_int_eq(append(0, 1, "one"), STATUS_EXISTS);
	ck_assert_slot(0, 1, "other");
}
END_TEST

START_TEST(an_order_from_an_old_backup_is_not_built_upon)
{
	static struct map_memory_copy copy;

	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_slot(1, 1, "one");
	map_memory_save(&servers, &copy);
	ck_assert_int_eq(append(0, 2, "two"), STATUS_OK);
	map_memory_restore(&servers, &copy);
	/* Slot 2 is free again; the node that gave its promise for it does not go on behind. */
	ck_assert_int_eq(append(0, 3, "three"), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(append(1, 2, "other"), STATUS_OK);
	ck_assert_int_eq(append(0, 3, "three"), STATUS_OUT_OF_RANGE);
	map_memory_forget(&copy);
}
END_TEST

START_TEST(a_wiped_order_stops_who_knew_it)
{
	static const struct map_memory_copy empty;
	uint64_t number;

	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	map_memory_restore(&servers, &empty);
	ck_assert_int_eq(append(0, 2, "two"), STATUS_DIVERGED);
	ck_assert_int_eq(sequencer_confirm(nodes[0], &number, &detail), STATUS_DIVERGED);
	ck_assert_ptr_nonnull(strstr(detail.text, "reseed"));
}
END_TEST

START_TEST(a_node_that_only_waits_learns_that_its_order_is_gone)
{
	static const struct map_memory_copy empty;

	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	map_memory_restore(&servers, &empty);
	map_memory_end_watches(&servers);
	while (sequencer_next(nodes[0], 2, &batch, &detail) == STATUS_NOT_FOUND) {
		(void)sched_yield();
	}
	ck_assert_int_eq(sequencer_next(nodes[0], 2, &batch, &detail), STATUS_DIVERGED);
	ck_assert_ptr_nonnull(strstr(detail.text, "reseed"));
	ck_assert_int_eq(append(0, 2, "two"), STATUS_DIVERGED);
}
END_TEST

START_TEST(an_order_that_forgot_a_slot_is_seen_by_all_who_knew_of_it)
{
	static struct map_memory_copy copy;
	uint64_t number = 0;

	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	map_memory_save(&servers, &copy);
	ck_assert_int_eq(append(0, 2, "two"), STATUS_OK);
	ck_assert_uint_eq(newest(1), 2);
	map_memory_restore(&servers, &copy);
	ck_assert_int_eq(sequencer_confirm(nodes[1], &number, &detail), STATUS_DIVERGED);
	ck_assert_ptr_nonnull(strstr(detail.text, "old backup"));
	/* It never took slot 2, and does not fill it with another batch. */
	ck_assert_int_eq(append(1, 2, "other"), STATUS_DIVERGED);
	ck_assert_int_eq(sequencer_next(nodes[1], 1, &batch, &detail), STATUS_DIVERGED);
	map_memory_forget(&copy);
}
END_TEST

START_TEST(another_order_stops_who_knew_the_first)
{
	uint64_t number;

	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	begin_order(2, 1);
	ck_assert_int_eq(append(0, 2, "two"), STATUS_DIVERGED);
	ck_assert_int_eq(sequencer_confirm(nodes[0], &number, &detail), STATUS_DIVERGED);
}
END_TEST

START_TEST(who_is_none_of_the_cluster_appends_nothing)
{
	nodes[2] = node_new("stranger", 9, 0);
	(void)newest(2);
	ck_assert_int_eq(append(2, 1, "one"), STATUS_DENIED);
	ck_assert_ptr_nonnull(strstr(detail.text, "add-node"));
	ck_assert_int_eq(next(1, 1), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_full_map_is_said_and_nothing_happened)
{
	map_memory_break(&servers, (struct map_memory_faults){ .full = true });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_BUSY);
	ck_assert(sequencer_state(nodes[0]).full);
	map_memory_break(&servers, (struct map_memory_faults){ .full = false });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_slot(1, 1, "one");
}
END_TEST

START_TEST(who_is_not_reached_is_not_believed_to_be)
{
	uint64_t number;

	map_memory_break(&servers, (struct map_memory_faults){ .unreachable = true });
	ck_assert_int_eq(sequencer_confirm(nodes[0], &number, &detail), STATUS_UNAVAILABLE);
	ck_assert(!sequencer_state(nodes[0]).reachable);
	map_memory_break(&servers, (struct map_memory_faults){ .unreachable = false });
	(void)newest(0);
	ck_assert(sequencer_state(nodes[0]).reachable);
}
END_TEST

START_TEST(a_slot_that_was_told_to_nobody_is_read)
{
	map_memory_break(&servers, (struct map_memory_faults){ .deaf = true });
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	ck_assert_slot(1, 1, "one");
}
END_TEST

START_TEST(a_slot_comes_by_itself)
{
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	while (sequencer_next(nodes[1], 1, &batch, &detail) == STATUS_NOT_FOUND) {
		(void)sched_yield();
	}
	ck_assert(bytes_equal(buf_bytes(&batch), bytes_of_string("one")));
}
END_TEST

START_TEST(one_leads_and_another_when_its_lease_ends)
{
	char leader[SEQUENCER_NAME_MAX + 1];
	struct sequencer_state state;

	do {
		(void)sched_yield();
		state = sequencer_state(nodes[0]);
	} while (state.leader[0] == '\0');
	(void)snprintf(leader, sizeof(leader), "%s", state.leader);
	size_t first = strcmp(leader, names[0]) == 0 ? 0 : 1;
	sequencer_free(nodes[first]); /* gives its lease back */
	nodes[first] = NULL;
	while (!sequencer_state(nodes[1 - first]).leading) {
		(void)sched_yield();
	}
	ck_assert_str_eq(sequencer_state(nodes[1 - first]).leader, names[1 - first]);
	/* A lease that ends unasked: it does not lead until it has another. */
	map_memory_end_leases(&servers);
	while (sequencer_state(nodes[1 - first]).leading) {
		(void)sched_yield();
	}
	while (!sequencer_state(nodes[1 - first]).leading) {
		(void)sched_yield();
	}
}
END_TEST

static struct sequencer_state note_leader(const char *name, int64_t revision)
{
	struct sequencer_etcd *order = sequencer_etcd_of(nodes[0]);
	const struct map_entry entry = { .value = order_leader_bytes(&arena, name, "a"),
		                         .lease = 77 };

	(void)pthread_mutex_lock(&order->lock);
	order_note_leader(order, name[0] == '\0' ? NULL : &entry, revision);
	struct sequencer_state state = order->state;
	(void)pthread_mutex_unlock(&order->lock);
	return state;
}

START_TEST(an_older_answer_does_not_undo_newer_news)
{
	const int64_t late = INT64_C(1) << 40; /* beyond what the servers come to here */

	ck_assert_str_eq(note_leader("kampot", late).leader, "kampot");
	ck_assert_str_eq(note_leader("kep", late - 1).leader, "kampot");
	ck_assert_str_eq(note_leader("", late - 1).leader, "kampot");
	ck_assert_str_eq(note_leader("", late).leader, "");
	ck_assert_str_eq(note_leader("kampot", late - 1).leader, "");
	ck_assert_str_eq(note_leader("kep", late + 1).leader, "kep");
}
END_TEST

START_TEST(another_key_and_changed_bytes_are_told_apart)
{
	ck_assert_int_eq(append(0, 1, "one"), STATUS_OK);
	nodes[2] = node_new(names[2], 10, 0);
	ck_assert_int_eq(next(2, 1), STATUS_DENIED);
	set(order_key_of_slot(&arena, &ledger, 1), bytes_of_string("not a batch"));
	sequencer_free(nodes[1]);
	nodes[1] = node_new(names[1], 9, 0); /* nothing in its window */
	ck_assert_int_eq(next(1, 1), STATUS_CORRUPT);
}
END_TEST

static void set_durable(uint64_t numbers[NODES])
{
	for (size_t i = 0; i < NODES; i++) {
		const struct order_node node = { .address = "127.0.0.1:1",
			                         .position = { .durable = numbers[i] } };

		set(order_key_of_node(&arena, &ledger, names[i]), order_node_bytes(&arena, &node));
	}
}

START_TEST(slots_are_removed_when_all_hold_them)
{
	uint64_t durable[NODES] = { 9, 7, 8 };

	for (uint64_t number = 1; number <= 10; number++) {
		ck_assert_int_eq(append(0, number, "x"), STATUS_OK);
	}
	sequencer_free(nodes[0]);
	sequencer_free(nodes[1]);
	nodes[1] = NULL;
	set_durable(durable);
	nodes[0] = node_new(names[0], 9, 2);
	while (sequencer_state(nodes[0]).oldest < 8) {
		(void)sched_yield();
	}
	/* 7 is what all hold; two would have been kept, but one node is behind. */
	ck_assert_uint_eq(sequencer_state(nodes[0]).oldest, 8);
	ck_assert_int_eq(next(0, 7), STATUS_OUT_OF_RANGE);
	ck_assert_slot(0, 8, "x");
}
END_TEST

/* The walk: what each slot held when it was first seen. */
static char decided[SLOTS_MAX][16];

static void note_decided(uint64_t number, struct bytes bytes)
{
	ck_assert_uint_lt(number, SLOTS_MAX);
	ck_assert_uint_lt(bytes.size, sizeof(decided[0]));
	if (decided[number][0] != '\0') {
		ck_assert(bytes_equal(bytes, bytes_of_string(decided[number])));
		return;
	}
	memcpy(decided[number], bytes.data, bytes.size);
}

/* One node tries to append where it stands, or takes the slot that stands there. */
static void walk_step(size_t node, uint64_t *at, uint64_t step, uint64_t random)
{
	char text[16];

	(void)snprintf(text, sizeof(text), "%zu/%llu", node, (unsigned long long)step);
	map_memory_break(&servers, (struct map_memory_faults){ .questions_lost = random % 5 == 0,
	                                                       .answers_lost = random % 7 == 0,
	                                                       .deaf = random % 3 == 0 });
	enum status status = append(node, *at + 1, text);

	if (status == STATUS_TIMEOUT) {
		status = append(node, *at + 1, text); /* I3: the same bytes again */
	}
	if (status == STATUS_OK) {
		(*at)++;
		note_decided(*at, bytes_of_string(text));
	} else if (status == STATUS_EXISTS) {
		ck_assert_int_eq(next(node, *at + 1), STATUS_OK);
		(*at)++;
		note_decided(*at, buf_bytes(&batch));
	} else {
		ck_assert_int_eq(status, STATUS_TIMEOUT);
		/* Unknown: whatever stands there is what it is. */
		if (next(node, *at + 1) == STATUS_OK) {
			(*at)++;
			note_decided(*at, buf_bytes(&batch));
		}
	}
}

START_TEST(whatever_is_lost_each_slot_is_decided_once)
{
	uint64_t at[NODES] = { 0 };
	uint64_t random = 88172645463325252;

	nodes[2] = node_new(names[2], 9, 0);
	(void)newest(2);
	for (uint64_t step = 0; step < WALK_STEPS; step++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		size_t node = random % NODES;

		if (at[node] + 1 < SLOTS_MAX) {
			walk_step(node, &at[node], step, random >> 8);
		}
	}
	map_memory_break(&servers, (struct map_memory_faults){ .deaf = false });
	uint64_t end = newest(0);
	ck_assert_uint_gt(end, 50);
	for (size_t i = 0; i < NODES; i++) {
		for (uint64_t number = 1; number <= end; number++) {
			ck_assert_int_eq(next(i, number), STATUS_OK);
			note_decided(number, buf_bytes(&batch));
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sequencer_etcd");
	TCase *alone = tcase_create("alone");
	TCase *two = tcase_create("two");

	tcase_set_timeout(two, 60);
	tcase_add_test(alone, without_an_order_nothing_goes_and_the_way_out_is_named);
	tcase_add_test(alone, names_that_are_too_long_are_refused);
	suite_add_tcase(suite, alone);
	tcase_add_checked_fixture(two, setup_two, teardown);
	tcase_add_test(two, what_one_appends_the_others_get);
	tcase_add_test(two, a_slot_is_decided_once);
	tcase_add_test(two, no_slot_is_left_out);
	tcase_add_test(two, a_lost_question_can_be_asked_again);
	tcase_add_test(two, a_lost_answer_does_not_double);
	tcase_add_test(two, who_loses_a_race_in_the_dark_learns_it);
	tcase_add_test(two, an_order_from_an_old_backup_is_not_built_upon);
	tcase_add_test(two, a_wiped_order_stops_who_knew_it);
	tcase_add_test(two, a_node_that_only_waits_learns_that_its_order_is_gone);
	tcase_add_test(two, an_order_that_forgot_a_slot_is_seen_by_all_who_knew_of_it);
	tcase_add_test(two, another_order_stops_who_knew_the_first);
	tcase_add_test(two, who_is_none_of_the_cluster_appends_nothing);
	tcase_add_test(two, a_full_map_is_said_and_nothing_happened);
	tcase_add_test(two, who_is_not_reached_is_not_believed_to_be);
	tcase_add_test(two, a_slot_that_was_told_to_nobody_is_read);
	tcase_add_test(two, a_slot_comes_by_itself);
	tcase_add_test(two, one_leads_and_another_when_its_lease_ends);
	tcase_add_test(two, an_older_answer_does_not_undo_newer_news);
	tcase_add_test(two, another_key_and_changed_bytes_are_told_apart);
	tcase_add_test(two, slots_are_removed_when_all_hold_them);
	tcase_add_test(two, whatever_is_lost_each_slot_is_decided_once);
	suite_add_tcase(suite, two);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
