/* Goal: a reading knows whom it was about: each person noted, once, all parties of an act; and says
 * when it could not keep them. Method: persons one after the other into a list in an arena, also
 * into one that is too small. */
#include "ledger/concerned.h"

#include "ledger/sealing.h"

#include <check.h>
#include <stdlib.h>

enum { MANY = 500 };

static struct arena arena;
static struct concerned concerned;
static struct reader reader;
static struct view view;

static void setup(void)
{
	arena_init(&arena, 1 << 20);
	concerned = (struct concerned){ .arena = &arena };
	reader = (struct reader){ .concerned = &concerned };
	view = (struct view){ .reader = &reader };
}

static void teardown(void)
{
	arena_fini(&arena);
}

static struct id person_of(size_t n)
{
	struct id person = { { 0 } };

	bytes_write_u64(person.bytes, n);
	return person;
}

START_TEST(everybody_is_noted_and_a_run_of_one_person_once)
{
	for (size_t n = 0; n < MANY; n++) {
		struct id person = person_of(n);

		concerned_note(&view, &person);
		concerned_note(&view, &person);
	}
	ck_assert_uint_eq(concerned.count, MANY);
	ck_assert(!concerned.failed);
	for (size_t n = 0; n < MANY; n++) {
		struct id person = person_of(n);

		ck_assert(id_equal(&concerned.persons[n], &person));
	}
}
END_TEST

START_TEST(all_parties_of_an_act_are_noted)
{
	Civil__V1__Subject subjects[3];
	Civil__V1__Subject *list[3];
	Civil__V1__EventHeader header;
	struct id persons[3];
	struct event event = { .header = &header };

	civil__v1__event_header__init(&header);
	for (size_t i = 0; i < 3; i++) {
		persons[i] = person_of(i + 7);
		civil__v1__subject__init(&subjects[i]);
		subjects[i].person_id =
		        (ProtobufCBinaryData){ .data = persons[i].bytes, .len = ID_BYTES };
		list[i] = &subjects[i];
	}
	header.subjects = list;
	header.n_subjects = 3;
	concerned_note_all(&view, &event);
	ck_assert_uint_eq(concerned.count, 3);
	ck_assert(id_equal(&concerned.persons[2], &persons[2]));
}
END_TEST

START_TEST(who_comes_again_later_is_noted_once)
{
	for (size_t n = 0; n < MANY; n++) {
		struct id person = person_of(n % 3);

		concerned_note(&view, &person);
	}
	ck_assert_uint_eq(concerned.count, 3);
}
END_TEST

START_TEST(nobody_is_noted_where_nobody_asks)
{
	struct id person = person_of(1);

	reader.concerned = NULL;
	concerned_note(&view, &person);
	view.reader = NULL;
	concerned_note(&view, &person);
	ck_assert_uint_eq(concerned.count, 0);
}
END_TEST

START_TEST(a_list_that_finds_no_memory_says_so)
{
	arena_fini(&arena);
	arena_init(&arena, 256);
	for (size_t n = 0; n < MANY; n++) {
		struct id person = person_of(n);

		concerned_note(&view, &person);
	}
	ck_assert(concerned.failed);
	ck_assert_uint_gt(concerned.count, 0);
	ck_assert_uint_lt(concerned.count, MANY);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("concerned");
	TCase *tcase = tcase_create("concerned");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, everybody_is_noted_and_a_run_of_one_person_once);
	tcase_add_test(tcase, all_parties_of_an_act_are_noted);
	tcase_add_test(tcase, who_comes_again_later_is_noted_once);
	tcase_add_test(tcase, nobody_is_noted_where_nobody_asks);
	tcase_add_test(tcase, a_list_that_finds_no_memory_says_so);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
