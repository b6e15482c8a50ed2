/* Goal: offices, keys, areas and law are what the governance records below the known position say.
 * Method: the ground of the register fixture, asked at the newest position and at every earlier
 * one; borders of dates from both sides. */
#include "ledger/authority/authority_value.h"
#include "ledger/authority/gazetteer.h"
#include "ledger/authority/law.h"
#include "ledger/authority/reference.h"
#include "tests/support/register_ground.h"

#include <stdlib.h>

static struct reg *reg;
static struct ledger_view now;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &now), STATUS_OK);
}

static void teardown(void)
{
	ledger_view_end(&now);
	reg_end(reg);
}

static int32_t day(int32_t year, int32_t month, int32_t of_month)
{
	return date_to_day((struct civil_date){ year, month, of_month });
}

START_TEST(an_office_is_there_from_the_record_that_opened_it)
{
	struct office office;

	ck_assert_int_eq(authority_office(&now.view, &office, "070803"), STATUS_OK);
	ck_assert_uint_eq(office.area_count, 1);
	ck_assert_str_eq(office.areas[0], "070803");
	ck_assert_int_eq(office.closed_day, INT32_MAX);
	uint64_t opened = office.index;
	now.view.size = opened;
	ck_assert_int_eq(authority_office(&now.view, &office, "070803"), STATUS_NOT_FOUND);
	now.view.size = opened + 1;
	ck_assert_int_eq(authority_office(&now.view, &office, "070803"), STATUS_OK);
	ck_assert_int_eq(authority_office(&now.view, &office, "nowhere"), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(values_of_offices_and_keys_read_back_and_cut_ones_do_not)
{
	const char *areas[] = { "07", "070803" };
	const struct office office = { .id = "x1",
		                       .sort = 3,
		                       .areas = areas,
		                       .area_count = 2,
		                       .opened_day = -5,
		                       .closed_day = INT32_MAX,
		                       .index = 7 };
	const struct officer_key key = { .office = "x1",
		                         .roles = 9,
		                         .from_day = INT32_MIN,
		                         .until_day = 4,
		                         .enrolled_index = 1,
		                         .suspended_index = UINT64_MAX,
		                         .compromised_index = 3 };
	struct officer_key key_back;
	struct office office_back;
	struct buf value;

	buf_init(&value, 4096);
	authority_office_encode(&value, &office);
	ck_assert_int_eq(
	        authority_office_decode(&office_back, buf_bytes(&value), "x1", now.view.arena),
	        STATUS_OK);
	ck_assert_str_eq(office_back.areas[1], "070803");
	ck_assert_int_eq(office_back.opened_day, -5);
	for (size_t size = 0; size < value.size; size++) {
		ck_assert_int_eq(authority_office_decode(&office_back, bytes_of(value.data, size),
		                                         "x1", now.view.arena),
		                 STATUS_CORRUPT);
	}
	buf_reset(&value);
	authority_key_encode(&value, &key);
	struct bytes public_key = bytes_of(key.public_key, PUBLIC_KEY_BYTES);
	ck_assert_int_eq(authority_key_decode(&key_back, buf_bytes(&value), public_key), STATUS_OK);
	ck_assert_mem_eq(&key_back, &key, sizeof(key));
	ck_assert_int_eq(authority_key_decode(&key_back, bytes_of(value.data, 20), public_key),
	                 STATUS_CORRUPT);
	buf_fini(&value);
}
END_TEST

START_TEST(a_key_is_active_between_its_days_unless_taken_away)
{
	struct officer_key key = { .from_day = 10,
		                   .until_day = 20,
		                   .suspended_index = UINT64_MAX,
		                   .compromised_index = UINT64_MAX };

	ck_assert(!authority_key_active(&key, 9));
	ck_assert(authority_key_active(&key, 10));
	ck_assert(authority_key_active(&key, 20));
	ck_assert(!authority_key_active(&key, 21));
	key.suspended_index = 5;
	ck_assert(!authority_key_active(&key, 15));
	key.suspended_index = UINT64_MAX;
	key.compromised_index = 5;
	ck_assert(!authority_key_active(&key, 15));
}
END_TEST

START_TEST(an_unknown_key_is_nobodys)
{
	struct officer_key key;
	uint8_t unknown[PUBLIC_KEY_BYTES] = { 1 };

	ck_assert_int_eq(authority_key(&now.view, &key, bytes_of(unknown, sizeof(unknown))),
	                 STATUS_NOT_FOUND);
	ck_assert_int_eq(authority_key(&now.view, &key, bytes_of(unknown, 31)), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_gazetteer_is_in_force_until_the_day_before_the_next)
{
	enum ternary in_force;
	char version[33];
	const struct interval spanning = { day(2013, 12, 1), day(2014, 1, 5) };

	ck_assert_int_eq(gazetteer_on(&now.view, version, day(2013, 12, 31)), STATUS_OK);
	ck_assert_str_eq(version, "KH-H");
	ck_assert_int_eq(gazetteer_on(&now.view, version, day(2014, 1, 1)), STATUS_OK);
	ck_assert_str_eq(version, "KH-2014");
	ck_assert_int_eq(gazetteer_in_force(&now.view, &in_force, "KH-H",
	                                    interval_of_day(day(2013, 12, 31))),
	                 STATUS_OK);
	ck_assert_int_eq(in_force, TERNARY_YES);
	ck_assert_int_eq(
	        gazetteer_in_force(&now.view, &in_force, "KH-H", interval_of_day(day(2014, 1, 1))),
	        STATUS_OK);
	ck_assert_int_eq(in_force, TERNARY_NO);
	ck_assert_int_eq(gazetteer_in_force(&now.view, &in_force, "KH-2014", spanning), STATUS_OK);
	ck_assert_int_eq(in_force, TERNARY_UNKNOWN);
	ck_assert_int_eq(gazetteer_in_force(&now.view, &in_force, "KH-X", spanning), STATUS_OK);
	ck_assert_int_eq(in_force, TERNARY_NO);
}
END_TEST

START_TEST(an_area_has_its_names_in_its_version_alone)
{
	struct area area;

	ck_assert_int_eq(gazetteer_area(&now.view, &area, "KH-H", "030401"), STATUS_OK);
	ck_assert_str_ne(area.km, "");
	ck_assert_str_ne(area.latin, "");
	ck_assert_int_eq(gazetteer_area(&now.view, &area, "KH-2014", "030401"), STATUS_NOT_FOUND);
	ck_assert_int_eq(gazetteer_area(&now.view, &area, "KH-2014", "250101"), STATUS_OK);
	ck_assert_int_eq(gazetteer_area(&now.view, &area, "KH-2014", "25010"), STATUS_NOT_FOUND);
	ck_assert_int_eq(gazetteer_area(&now.view, &area, "KH-X", "250101"), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_renumbered_area_is_its_successor_from_the_day_on)
{
	char code[AREA_CODE_MAX + 1];

	ck_assert_int_eq(gazetteer_successor(&now.view, code, "KH-H", "030401", day(2013, 12, 31)),
	                 STATUS_OK);
	ck_assert_str_eq(code, "030401");
	ck_assert_int_eq(gazetteer_successor(&now.view, code, "KH-H", "030401", day(2014, 1, 1)),
	                 STATUS_OK);
	ck_assert_str_eq(code, "250101");
	ck_assert_int_eq(gazetteer_successor(&now.view, code, "KH-2014", "250101", day(2026, 1, 1)),
	                 STATUS_OK);
	ck_assert_str_eq(code, "250101");
	ck_assert(gazetteer_contains("25", "250101"));
	ck_assert(!gazetteer_contains("250101", "25"));
}
END_TEST

START_TEST(the_law_changes_on_its_day)
{
	static const struct {
		struct civil_date date;
		const char *version;
	} laws[] = {
		{ { 1900, 1, 1 }, "KH-0" },      { { 1989, 7, 25 }, "KH-0" },
		{ { 1989, 7, 26 }, "KH-1989" },  { { 2011, 12, 20 }, "KH-1989" },
		{ { 2011, 12, 21 }, "KH-2011" }, { { 2024, 6, 30 }, "KH-2011" },
		{ { 2024, 7, 1 }, "KH-2024" },   { { 2199, 1, 1 }, "KH-2024" },
	};
	const Civil__V1__RuleSet **sets;
	const Civil__V1__RuleSet *law;
	size_t count;

	for (size_t i = 0; i < sizeof(laws) / sizeof(laws[0]); i++) {
		ck_assert_int_eq(law_on(&now.view, &law, date_to_day(laws[i].date)), STATUS_OK);
		ck_assert_str_eq(law->version, laws[i].version);
	}
	const struct interval two = { day(2011, 12, 1), day(2012, 1, 1) };
	ck_assert_int_eq(law_spanning(&now.view, &sets, &count, two), STATUS_OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(sets[0]->version, "KH-1989");
	ck_assert_int_eq(law_sets(&now.view, &sets, &count), STATUS_OK);
	ck_assert_uint_eq(count, 4);
}
END_TEST

START_TEST(before_genesis_there_is_no_law)
{
	const Civil__V1__RuleSet *law;
	const struct reference *reference;

	now.view.size = 0;
	ck_assert_int_eq(reference_of(&now.view, &reference), STATUS_OK);
	ck_assert_uint_eq(reference->rule_set_count, 0);
	ck_assert_uint_eq(reference->version_count, 0);
	ck_assert_int_eq(law_on(&now.view, &law, day(2020, 1, 1)), STATUS_NOT_FOUND);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("authority");
	TCase *tcase = tcase_create("authority");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_office_is_there_from_the_record_that_opened_it);
	tcase_add_test(tcase, values_of_offices_and_keys_read_back_and_cut_ones_do_not);
	tcase_add_test(tcase, a_key_is_active_between_its_days_unless_taken_away);
	tcase_add_test(tcase, an_unknown_key_is_nobodys);
	tcase_add_test(tcase, a_gazetteer_is_in_force_until_the_day_before_the_next);
	tcase_add_test(tcase, an_area_has_its_names_in_its_version_alone);
	tcase_add_test(tcase, a_renumbered_area_is_its_successor_from_the_day_on);
	tcase_add_test(tcase, the_law_changes_on_its_day);
	tcase_add_test(tcase, before_genesis_there_is_no_law);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
