/* Goal: two statements about one person are as like each other as the table of likeness.h says,
 * whichever comes first.
 * Method: pairs on both sides of every border, each asked in both directions. */
#include "ledger/query/likeness.h"

#include "ledger/base/limits.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define EQUAL      CIVIL__V1__LIKENESS__LIKENESS_EQUAL
#define EQUIVALENT CIVIL__V1__LIKENESS__LIKENESS_EQUIVALENT
#define MINOR      CIVIL__V1__LIKENESS__LIKENESS_MINOR
#define CONFLICT   CIVIL__V1__LIKENESS__LIKENESS_CONFLICT

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))

/* Khmer surname and given name, Latin surname and given name. */
struct name {
	const char *part[4];
};

static Civil__V1__Name name_of(const struct name *name, char copy[4][NAME_BYTES_MAX + 1])
{
	Civil__V1__Name out;

	civil__v1__name__init(&out);
	for (size_t i = 0; i < 4; i++) {
		const char *text = name->part[i] == NULL ? "" : name->part[i];

		ck_assert_uint_le(strlen(text), NAME_BYTES_MAX);
		memcpy(copy[i], text, strlen(text) + 1);
	}
	out.km_surname = copy[0];
	out.km_given = copy[1];
	out.latin_surname = copy[2];
	out.latin_given = copy[3];
	return out;
}

static void expect_names(const struct name *a, const struct name *b, Civil__V1__Likeness likeness)
{
	char copies[2][4][NAME_BYTES_MAX + 1];
	Civil__V1__Name first = name_of(a, copies[0]);
	Civil__V1__Name second = name_of(b, copies[1]);

	ck_assert_int_eq(likeness_of_names(&first, &second), likeness);
	ck_assert_int_eq(likeness_of_names(&second, &first), likeness);
}

START_TEST(names_are_compared_part_by_part)
{
	static const struct {
		struct name a;
		struct name b;
		Civil__V1__Likeness likeness;
	} pairs[] = {
		{ { { "សុខ", "ដារា", "Sok", "Dara" } }, { { "សុខ", "ដារា", "Sok", "Dara" } }, EQUAL },
		{ { { "សុខ", "ដា\u200bរា", "Sok", "Dara" } },
		  { { "សុខ", "ដារា", "Sok", "Dara" } },
		  EQUIVALENT },
		{ { { "សុខ", "ដារា", "SOK", "Dara-Rith" } },
		  { { "សុខ", "ដារា", "Sok", "Dara Rith" } },
		  EQUIVALENT },
		{ { { "សុខ", "ដារា", "Sok", "D\u2019ara" } },
		  { { "សុខ", "ដារា", "Sok", "D'ara" } },
		  EQUIVALENT },
		{ { { "សុខ", "ដារា", "Sok", "Dara" } }, { { "សុខ", "ដារា", "", "" } }, EQUIVALENT },
		{ { { "សុខ", "ដារា", "Sok", "Dara" } }, { { "សុខ", "ដារ៉ា", "Sok", "Dara" } }, MINOR },
		{ { { "សុខ", "ដារា", "Sok", "Sophea" } },
		  { { "សុខ", "ដារា", "Sok", "Sophear" } },
		  MINOR },
		{ { { "សុខ", "ដារា", "Sok", "Dara" } }, { { "ដារា", "សុខ", "Dara", "Sok" } }, MINOR },
		{ { { "សុខ", "ដារា", "Sok", "Dara" } },
		  { { "សុខ", "វុទ្ធី", "Sok", "Dara" } },
		  CONFLICT },
		{ { { "សុខ", "ដារា", "Sok", "Dara" } },
		  { { "សុខ", "ដារា", "Sok", "Vuthy" } },
		  CONFLICT },
		{ { { "", "ដារា", "", "" } }, { { "សុខ", "ដារា", "", "" } }, CONFLICT },
	};

	for (size_t i = 0; i < LENGTH(pairs); i++) {
		expect_names(&pairs[i].a, &pairs[i].b, pairs[i].likeness);
	}
}
END_TEST

START_TEST(a_name_against_none_is_a_conflict)
{
	Civil__V1__Name name;

	civil__v1__name__init(&name);
	ck_assert_int_eq(likeness_of_names(&name, NULL), CONFLICT);
	ck_assert_int_eq(likeness_of_names(NULL, &name), CONFLICT);
}
END_TEST

/* year, month, day; 0 leaves them out. */
static Civil__V1__PartialDate date_of(const int32_t part[3])
{
	Civil__V1__PartialDate date;

	civil__v1__partial_date__init(&date);
	date.year = part[0];
	date.month = part[1];
	date.day = part[2];
	date.precision = part[2] != 0   ? CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY
	                 : part[1] != 0 ? CIVIL__V1__DATE_PRECISION__DATE_PRECISION_MONTH
	                                : CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR;
	return date;
}

START_TEST(births_are_compared_as_days_that_they_may_mean)
{
	static const struct {
		int32_t a[3];
		int32_t b[3];
		Civil__V1__Likeness likeness;
	} pairs[] = {
		{ { 1975, 6, 15 }, { 1975, 6, 15 }, EQUAL },
		{ { 1975, 0, 0 }, { 1975, 0, 0 }, EQUAL },
		{ { 1975, 0, 0 }, { 1975, 6, 15 }, EQUIVALENT },
		{ { 1975, 6, 0 }, { 1975, 0, 0 }, EQUIVALENT },
		{ { 1975, 0, 0 }, { 1976, 1, 1 }, CONFLICT },
		{ { 1975, 6, 0 }, { 1975, 7, 1 }, CONFLICT },
		{ { 1975, 6, 15 }, { 1975, 6, 16 }, MINOR },
		{ { 1975, 6, 15 }, { 1975, 11, 15 }, MINOR },
		{ { 1975, 6, 15 }, { 1957, 6, 15 }, CONFLICT },
		{ { 1975, 6, 7 }, { 1975, 7, 6 }, MINOR },
		{ { 1975, 6, 15 }, { 1975, 7, 16 }, CONFLICT },
		{ { 1975, 6, 15 }, { 1957, 6, 16 }, CONFLICT },
	};

	for (size_t i = 0; i < LENGTH(pairs); i++) {
		Civil__V1__PartialDate a = date_of(pairs[i].a);
		Civil__V1__PartialDate b = date_of(pairs[i].b);

		ck_assert_int_eq(likeness_of_births(&a, &b), pairs[i].likeness);
		ck_assert_int_eq(likeness_of_births(&b, &a), pairs[i].likeness);
	}
	Civil__V1__PartialDate known = date_of(pairs[0].a);
	ck_assert_int_eq(likeness_of_births(&known, NULL), CONFLICT);
}
END_TEST

struct address {
	const char *code;
	const char *house;
	const char *street;
};

/* The generated message has fields that may be written to; nobody here does. */
static Civil__V1__Address address_of(struct arena *arena, const struct address *from)
{
	Civil__V1__Address address;

	civil__v1__address__init(&address);
	address.code = arena_string(arena, from->code);
	address.house = arena_string(arena, from->house);
	address.street = arena_string(arena, from->street);
	return address;
}

static void expect_addresses(const struct address *a, const struct address *b,
                             Civil__V1__Likeness likeness)
{
	struct arena arena;

	arena_init(&arena, 1 << 16);
	Civil__V1__Address first = address_of(&arena, a);
	Civil__V1__Address second = address_of(&arena, b);

	ck_assert_int_eq(likeness_of_addresses(&first, &second), likeness);
	ck_assert_int_eq(likeness_of_addresses(&second, &first), likeness);
	ck_assert_int_eq(likeness_of_addresses(&first, NULL), CONFLICT);
	arena_fini(&arena);
}

START_TEST(addresses_of_one_commune_are_near)
{
	static const struct address home = { "14010101", "12a", "Street 5" };
	static const struct address same = { "14010101", "12A", "street5" };
	static const struct address next = { "14010101", "14", "Street 5" };
	static const struct address village = { "14010102", "12a", "Street 5" };
	static const struct address commune = { "14010201", "12a", "Street 5" };
	static const struct address province = { "14", "", "" };

	expect_addresses(&home, &home, EQUAL);
	expect_addresses(&home, &same, EQUIVALENT);
	expect_addresses(&home, &next, MINOR);
	expect_addresses(&home, &village, MINOR);
	expect_addresses(&home, &commune, CONFLICT);
	expect_addresses(&home, &province, CONFLICT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("likeness");
	TCase *tcase = tcase_create("likeness");

	tcase_add_test(tcase, names_are_compared_part_by_part);
	tcase_add_test(tcase, a_name_against_none_is_a_conflict);
	tcase_add_test(tcase, births_are_compared_as_days_that_they_may_mean);
	tcase_add_test(tcase, addresses_of_one_commune_are_near);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
