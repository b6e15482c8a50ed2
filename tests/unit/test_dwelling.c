/* Goal: stays elsewhere, new addresses, hidden addresses, life abroad, and the end of a dwelling;
 * rules L15, L23, S19 of these kinds.
 * Method: one man of one dwelling; each act refused in one respect and then accepted; his state on
 * the days before and after, and as a read resolves it. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"
#include "tests/support/register_household.h"

#include <check.h>
#include <stdlib.h>

#define MALE    CIVIL__V1__SEX__SEX_MALE
#define CASE(n) CIVIL__V1__CONTENT__KIND_##n

static struct reg *reg;
static struct id man;
static struct id home;
static struct id other;
static struct reg_part resident[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	home = reg_reside(reg, &man, "07080301", "2020-02-10");
	other = reg_unit(reg, "07080101", "2020-02-10");
	resident[0] = (struct reg_part){ ROLE(RESIDENT), &man };
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static const Civil__V1__PersonState *on(const char *date)
{
	return reg_state_at(reg, &man, date, UINT64_MAX);
}

static Civil__V1__Content *closed(const struct id *unit, const char *date)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ResidenceUnitClosed *act =
	        reg_new(reg, &civil__v1__residence_unit_closed__descriptor);

	content->kind_case = CASE(RESIDENCE_UNIT_CLOSED);
	content->residence_unit_closed = act;
	act->unit = reg_bytes(reg, bytes_of_id(unit));
	act->reason = reg_text(reg, "pulled_down");
	act->date = reg_date(reg, date);
	return content;
}

static const char *closes(const char *signers, const struct id *unit, const char *date)
{
	return reg_act(reg, signers, KIND_RESIDENCE_UNIT_CLOSED, NULL, closed(unit, date));
}

static const char *stays(const char *signers, const char *from, const char *until)
{
	return reg_act(reg, signers, KIND_TEMPORARY_RESIDENCE, resident,
	               reg_stay(reg, &other, from, until));
}

static const char *renamed(const char *signers, const Civil__V1__Address *old, const char *village,
                           const char *date)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__AddressChanged *act = reg_new(reg, &civil__v1__address_changed__descriptor);

	content->kind_case = CASE(ADDRESS_CHANGED);
	content->address_changed = act;
	act->old_address = arena_alloc(&reg->arena, sizeof(*old));
	*act->old_address = *old;
	act->new_address = reg_address(reg, village, "KH-2014");
	act->new_address->house = reg_text(reg, "17B");
	act->cause = CIVIL__V1__ADDRESS_CHANGE_CAUSE__ADDRESS_CHANGE_CAUSE_RENUMBERING;
	act->effective_on = reg_date(reg, date);
	return reg_act(reg, signers, KIND_ADDRESS_CHANGED, resident, content);
}

static const char *protects(const char *signers, const char *from, const char *until)
{
	return reg_act(reg, signers, KIND_ADDRESS_PROTECTION_SET, resident,
	               reg_hidden(reg, from, until));
}

static const char *unprotects(const char *signers, const char *from)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__AddressProtectionLifted *act =
	        reg_new(reg, &civil__v1__address_protection_lifted__descriptor);

	content->kind_case = CASE(ADDRESS_PROTECTION_LIFTED);
	content->address_protection_lifted = act;
	act->authority = reg_text(reg, "court of Kandal, 30/2026");
	act->from = reg_date(reg, from);
	return reg_act(reg, signers, KIND_ADDRESS_PROTECTION_LIFTED, resident, content);
}

static const char *emigrates(const char *signers, const char *date)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Emigration *act = reg_new(reg, &civil__v1__emigration__descriptor);

	content->kind_case = CASE(EMIGRATION);
	content->emigration = act;
	act->country = reg_text(reg, "THA");
	act->date = reg_date(reg, date);
	act->basis = reg_text(reg, "work");
	return reg_act(reg, signers, KIND_EMIGRATION, resident, content);
}

static const char *returns(const char *signers, const char *date)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ImmigrationReturn *act =
	        reg_new(reg, &civil__v1__immigration_return__descriptor);

	content->kind_case = CASE(IMMIGRATION_RETURN);
	content->immigration_return = act;
	act->country = reg_text(reg, "THA");
	act->date = reg_date(reg, date);
	act->basis = reg_text(reg, "home");
	return reg_act(reg, signers, KIND_IMMIGRATION_RETURN, resident, content);
}

static void dies(const char *date)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), &man }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, deceased);

	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, date)), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803+V.0708"), "");
}

START_TEST(an_empty_unit_is_closed_once_by_the_police_of_its_place)
{
	ck_assert_str_eq(closes("PC.070803", &other, "2026-06-10"), "S03");
	ck_assert_str_eq(closes("R.070801", &other, "2026-06-10"), "S02");
	ck_assert_str_eq(closes("PC.070801", &other, "2026-06-10"), "");
	ck_assert_str_eq(closes("PC.070801", &other, "2026-06-10"), "L15");
}
END_TEST

START_TEST(l15_no_unit_is_closed_while_somebody_lives_in_it)
{
	ck_assert_str_eq(closes("PC.070803", &home, "2026-06-10"), "L15");
	ck_assert_str_eq(closes("PC.070803", &home, "2020-02-09"), "L15");
	ck_assert_str_eq(closes("PC.070803+PD.0708", &home, "2026-06-10"), "");
}
END_TEST

START_TEST(l15_nor_while_somebody_stays_in_it)
{
	ck_assert_str_eq(stays("PC.070801", "2026-03-01", "2026-06-10"), "");
	ck_assert_str_eq(closes("PC.070801", &other, "2026-06-10"), "L15");
	ck_assert_str_eq(closes("PC.070801", &other, "2026-06-11"), "");
}
END_TEST

START_TEST(l15_a_closed_unit_is_entered_no_more)
{
	ck_assert_str_eq(closes("PC.070801", &other, "2026-06-10"), "");
	Civil__V1__Content *arrival = reg_arrival(reg, "2026-06-10", &other, NULL);

	ck_assert_str_eq(
	        reg_act(reg, "PC.070801+PD.0708", KIND_RESIDENCE_ARRIVAL, resident, arrival),
	        ""); /* the district police let it pass */
	ck_assert_str_eq(stays("PC.070801", "2026-06-10", "2026-06-12"), "L15");
	ck_assert_str_eq(stays("PC.070801", "2026-06-09", "2026-06-12"), "");
}
END_TEST

START_TEST(l23_a_stay_lasts_six_months_at_most)
{
	ck_assert_str_eq(stays("PC.070801", "2026-01-15", "2026-07-16"), "L23");
	ck_assert_str_eq(stays("PC.070801", "2026-01-15", "2026-07-15"), "");
	ck_assert_str_eq(stays("PC.070801", "2025-08-31", "2026-03-01"), "L23");
	ck_assert_str_eq(stays("PC.070801", "2025-08-31", "2026-02-28"), "");
	ck_assert_str_eq(stays("PC.070801+PD.0708", "2026-01-15", "2026-12-15"), "");
	ck_assert_str_eq(stays("PC.070801", "2026-01-15", "2026-01-14"), "S07");
}
END_TEST

START_TEST(the_newest_stay_stands_beside_the_home)
{
	const Civil__V1__PersonState *state;

	ck_assert_str_eq(stays("PC.070801", "2026-03-01", "2026-06-10"), "");
	state = on("2026-03-01");
	ck_assert_mem_eq(state->temporary_residence->unit_id.data, other.bytes, ID_BYTES);
	ck_assert_str_eq(state->temporary_residence->address->code, "07080101");
	ck_assert_str_eq(state->temporary_residence->host, "the brother");
	ck_assert_mem_eq(state->residence->unit_id.data, home.bytes, ID_BYTES);
	ck_assert_ptr_null(on("2026-02-28")->temporary_residence);
	dies("2026-05-01");
	ck_assert_ptr_null(on("2026-05-01")->temporary_residence);
	ck_assert_str_eq(stays("PC.070801", "2026-06-01", "2026-06-10"), "L03");
}
END_TEST

START_TEST(s19_an_address_is_renamed_from_what_it_is)
{
	const Civil__V1__Address *now = on("2026-06-01")->residence->address;
	Civil__V1__Address wrong = *now;

	wrong.house = reg_text(reg, "no such");
	ck_assert_str_eq(renamed("PC.070803", &wrong, "07080302", "2026-06-10"), "S19");
	ck_assert_str_eq(renamed("PC.140101", now, "07080302", "2026-06-10"), "S03");
	ck_assert_str_eq(renamed("PC.070803", now, "07080302", "2026-06-10"), "");
	ck_assert_str_eq(renamed("PC.070803", now, "07080302", "2026-06-10"), "S19");
	const Civil__V1__PersonState *state = on("2026-06-10");

	ck_assert_str_eq(state->residence->address->code, "07080302");
	ck_assert_str_eq(state->residence->address->house, "17B");
	ck_assert_mem_eq(state->residence->unit_id.data, home.bytes, ID_BYTES);
	ck_assert_str_eq(on("2026-06-09")->residence->address->code, "07080301");
	ck_assert_str_eq(renamed("G1", state->residence->address, "07080301", "2026-06-15"), "");
}
END_TEST

START_TEST(an_address_of_birth_is_renamed_too_and_the_dead_have_none)
{
	const Civil__V1__Address *now = on("2026-06-01")->residence->address;
	struct id newcomer = reg_paper_person(reg, MALE, "សុខ", "1975-06-15", "070803");

	dies("2026-05-01");
	ck_assert_str_eq(renamed("PC.070803", now, "07080302", "2026-06-10"), "S19");
	resident[0].person = &newcomer;
	ck_assert_str_eq(renamed("PC.070803", now, "07080302", "2026-06-10"), "");
}
END_TEST

START_TEST(an_address_is_hidden_by_the_police_of_its_district_or_a_court)
{
	const Civil__V1__PersonState *state;

	ck_assert_str_eq(protects("PD.1401", "2026-06-10", NULL), "S03");
	ck_assert_str_eq(protects("PC.070803", "2026-06-10", NULL), "S02");
	ck_assert_str_eq(protects("PD.0708", "2026-06-10", "2026-06-09"), "S07");
	ck_assert_str_eq(protects("PD.0708", "2026-06-10", "2026-06-12"), "");
	state = on("2026-06-10");
	ck_assert_int_eq(state->address_protection->level,
	                 CIVIL__V1__ADDRESS_PROTECTION_LEVEL__ADDRESS_PROTECTION_LEVEL_HIDDEN);
	ck_assert_ptr_null(on("2026-06-09")->address_protection);
	ck_assert_str_eq(protects("CC.court-14", "2026-06-11", NULL), "");
	ck_assert_ptr_null(on("2026-06-11")->address_protection->until);
	ck_assert_str_eq(unprotects("PD.1401", "2026-06-15"), "S03");
	ck_assert_str_eq(unprotects("CC.court-07", "2026-06-15"), "");
	ck_assert_ptr_null(on("2026-06-15")->address_protection);
	dies("2026-06-16");
	ck_assert_str_eq(protects("CC.court-14", "2026-06-17", NULL), "L03");
	ck_assert_str_eq(unprotects("CC.court-14", "2026-06-17"), "L03");
}
END_TEST

START_TEST(who_emigrates_keeps_home_and_life)
{
	ck_assert_str_eq(emigrates("PC.070803", "2026-05-01"), "S02");
	ck_assert_str_eq(emigrates("IM.immigration", "2026-05-01"), "");
	const Civil__V1__PersonState *state = on("2026-05-01");

	ck_assert_str_eq(state->abroad->country, "THA");
	ck_assert_mem_eq(state->residence->unit_id.data, home.bytes, ID_BYTES);
	ck_assert_ptr_null(on("2026-04-30")->abroad);
	ck_assert_str_eq(returns("IM.immigration", "2026-06-01"), "");
	ck_assert_ptr_null(on("2026-06-01")->abroad);
	ck_assert_ptr_nonnull(on("2026-05-31")->abroad);
	dies("2026-06-10");
	ck_assert_str_eq(emigrates("IM.immigration", "2026-06-11"), "L03");
	ck_assert_str_eq(returns("IM.immigration", "2026-06-11"), "L03");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L15, RULE_L23, RULE_S19, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dwelling");
	TCase *tcase = tcase_create("dwelling");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_empty_unit_is_closed_once_by_the_police_of_its_place);
	tcase_add_test(tcase, l15_no_unit_is_closed_while_somebody_lives_in_it);
	tcase_add_test(tcase, l15_nor_while_somebody_stays_in_it);
	tcase_add_test(tcase, l15_a_closed_unit_is_entered_no_more);
	tcase_add_test(tcase, l23_a_stay_lasts_six_months_at_most);
	tcase_add_test(tcase, the_newest_stay_stands_beside_the_home);
	tcase_add_test(tcase, s19_an_address_is_renamed_from_what_it_is);
	tcase_add_test(tcase, an_address_of_birth_is_renamed_too_and_the_dead_have_none);
	tcase_add_test(tcase, an_address_is_hidden_by_the_police_of_its_district_or_a_court);
	tcase_add_test(tcase, who_emigrates_keeps_home_and_life);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
