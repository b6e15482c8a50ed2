/* Goal: who may live in a unit, or be in a family book, is found without reading anybody's history;
 * once each, in order of id, a page at a time.
 * Method: the ground of a register and three persons who come and go; what the index says, and what
 * their states say. */
#include "ledger/index_people.h"

#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define MALE CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id persons[3]; /* ascending */
static struct id unit;

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct id));
}

static void setup(void)
{
	static const char *const names[] = { "វុទ្ធី", "សុខ", "ដារ៉ា" };

	reg = reg_begin();
	ground_lay(reg);
	for (size_t i = 0; i < 3; i++) {
		persons[i] = reg_paper_person(reg, MALE, names[i], "1975-06-15", "070803");
	}
	qsort(persons, 3, sizeof(persons[0]), compare_ids);
	unit = reg_unit(reg, "07080301", "2020-02-10");
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static void arrive(const struct id *person)
{
	const struct reg_part resident[] = { { ROLE(RESIDENT), person }, { 0, NULL } };
	Civil__V1__Content *content = reg_arrival(reg, "2026-06-10", &unit, NULL);

	content->residence_arrival->reason = reg_text(reg, "first_entry");
	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_RESIDENCE_ARRIVAL, resident, content), "");
}

/* Reads a page and checks that it holds these persons. */
static void ck_assert_found(struct bytes asked, const struct id *after, size_t limit,
                            const struct id *expected, size_t expected_count)
{
	struct ledger_view view;
	struct id *found = NULL;
	size_t count;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(view_residents(&view.view, &found, &count, asked, after, limit),
	                 STATUS_OK);
	ck_assert_uint_eq(count, expected_count);
	for (size_t i = 0; i < count; i++) {
		ck_assert_mem_eq(&found[i], &expected[i], sizeof(found[i]));
	}
	ledger_view_end(&view);
}

START_TEST(residents_are_found_once_in_order_of_id)
{
	arrive(&persons[2]);
	arrive(&persons[0]);
	arrive(&persons[1]);
	ck_assert_found(bytes_of_id(&unit), NULL, 100, persons, 3);
}
END_TEST

START_TEST(a_page_goes_on_behind_the_last_person)
{
	for (size_t i = 0; i < 3; i++) {
		arrive(&persons[i]);
	}
	ck_assert_found(bytes_of_id(&unit), NULL, 2, persons, 2);
	ck_assert_found(bytes_of_id(&unit), &persons[1], 2, &persons[2], 1);
	ck_assert_found(bytes_of_id(&unit), &persons[2], 2, NULL, 0);
}
END_TEST

START_TEST(a_unit_that_nobody_entered_has_nobody)
{
	ck_assert_found(bytes_of_id(&unit), NULL, 100, NULL, 0);
	ck_assert_found(bytes_of_id(&persons[0]), NULL, 100, NULL, 0);
	ck_assert_found(bytes_of(unit.bytes, 15), NULL, 100, NULL, 0);
}
END_TEST

START_TEST(what_is_not_16_bytes_or_no_number_has_nobody)
{
	struct ledger_view view;
	struct id *found;
	size_t count;
	char longest[600];

	memset(longest, '7', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(view_book_members(&view.view, &found, &count, longest, NULL, 9),
	                 STATUS_OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(view_book_members(&view.view, &found, &count, "FB-1", NULL, 9), STATUS_OK);
	ck_assert_uint_eq(count, 0);
	ledger_view_end(&view);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("index_people");
	TCase *tcase = tcase_create("index_people");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, residents_are_found_once_in_order_of_id);
	tcase_add_test(tcase, a_page_goes_on_behind_the_last_person);
	tcase_add_test(tcase, a_unit_that_nobody_entered_has_nobody);
	tcase_add_test(tcase, what_is_not_16_bytes_or_no_number_has_nobody);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
