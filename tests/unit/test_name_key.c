/* Goal: two names have one key when nobody sees a difference, and only then.
 * Method: names with and without invisible characters, shifted between parts, and near misses. */
#include "ledger/event/name_key.h"

#include <check.h>
#include <stdlib.h>

#define DARA "\xe1\x9e\x8a\xe1\x9e\xb6\xe1\x9e\x9a\xe1\x9e\xb6"
#define SOK  "\xe1\x9e\x9f\xe1\x9e\xbb\xe1\x9e\x81"

static struct arena arena;

static void setup(void)
{
	arena_init(&arena, 64 * 1024);
}

static void teardown(void)
{
	arena_fini(&arena);
}

static struct bytes key_of(const char *surname, const char *given)
{
	Civil__V1__Name name;

	civil__v1__name__init(&name);
	name.km_surname = arena_string(&arena, surname);
	name.km_given = arena_string(&arena, given);
	return name_key(&name, &arena);
}

START_TEST(a_key_is_both_parts_with_a_nul_between)
{
	ck_assert(bytes_equal(key_of("a", "b"), bytes_of("a\0b", 3)));
	ck_assert(bytes_equal(key_of("", "b"), bytes_of("\0b", 2)));
}
END_TEST

START_TEST(invisible_characters_make_no_difference)
{
	const struct bytes plain = key_of(SOK, DARA);

	ck_assert(bytes_equal(plain, key_of(SOK "\xe2\x80\x8b", DARA)));
	ck_assert(bytes_equal(plain, key_of("\xe2\x80\x8c" SOK, "\xe2\x80\x8d" DARA)));
}
END_TEST

START_TEST(what_is_seen_makes_a_difference)
{
	const struct bytes plain = key_of(SOK, DARA);

	ck_assert(!bytes_equal(plain, key_of(DARA, SOK)));
	ck_assert(!bytes_equal(plain, key_of(SOK DARA, "")));
	ck_assert(!bytes_equal(plain, key_of(SOK, DARA "\xe2\x80\x8a"))); /* a hair space */
	ck_assert(!bytes_equal(plain, key_of(SOK, DARA "\xe2\x80\x8e"))); /* a direction mark */
}
END_TEST

START_TEST(no_name_and_no_memory_have_no_key)
{
	struct arena none;
	Civil__V1__Name name;

	civil__v1__name__init(&name);
	arena_init(&none, 0);
	ck_assert_uint_eq(name_key(NULL, &arena).size, 0);
	ck_assert_uint_eq(name_key(&name, &none).size, 0);
	arena_fini(&none);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("name_key");
	TCase *tcase = tcase_create("name_key");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_key_is_both_parts_with_a_nul_between);
	tcase_add_test(tcase, invisible_characters_make_no_difference);
	tcase_add_test(tcase, what_is_seen_makes_a_difference);
	tcase_add_test(tcase, no_name_and_no_memory_have_no_key);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
