/* Goal: offices merge, officers move, change keys and leave.
 * Method: each kind refused in one respect and then accepted, and what officers may sign on the
 * days before and after. */
#include "ledger/authority/scope.h"
#include "ledger/base/limits.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MALE    CIVIL__V1__SEX__SEX_MALE
#define CASE(n) CIVIL__V1__CONTENT__KIND_##n
#define MAKE(kind_, field, message)                                                                \
	Civil__V1__Content *content = reg_content(reg);                                            \
	content->kind_case = CASE(kind_);                                                          \
	content->field = reg_new(reg, &civil__v1__##field##__descriptor);                          \
	message = content->field

static struct reg *reg;
static struct id man;
static struct reg_part subject[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	subject[0] = (struct reg_part){ ROLE(SUBJECT), &man };
	reg_on(reg, "2026-06-01");
}

static void teardown(void)
{
	reg_end(reg);
}

/* Public key of an officer by name, enrolled or not. */
static ProtobufCBinaryData key_of(const char *officer)
{
	struct compose_key keys[SIGNATURES_MAX];
	char office[OFFICE_ID_MAX + 1];

	ck_assert_uint_eq(ground_keys(keys, office, officer), 1);
	return reg_bytes(reg, bytes_of(keys[0].public_key, PUBLIC_KEY_BYTES));
}

/* Something that registrars and commune police may sign anywhere: a proof of life. */
static const char *prove(const char *signer, const char *office)
{
	Civil__V1__ProofOfLife *act;
	MAKE(PROOF_OF_LIFE, proof_of_life, act);

	act->date = reg_date(reg, reg->today);
	act->how = CIVIL__V1__LIFE_PROOF__LIFE_PROOF_VISIT;
	act->office_id = reg_text(reg, office);
	reg->office = office;
	return reg_act(reg, signer, KIND_PROOF_OF_LIFE, subject, content);
}

static const char *merge(const char *signers, const char *office, const char *into)
{
	Civil__V1__OfficeMerged *act;
	MAKE(OFFICE_MERGED, office_merged, act);

	act->office_id = reg_text(reg, office);
	act->into = reg_text(reg, into);
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, signers, KIND_OFFICE_MERGED, NULL, content);
}

static const char *change(const char *signers, const char *officer, Civil__V1__OfficerRole role,
                          const char *office, const char *from, const char *until)
{
	Civil__V1__OfficerScopeChanged *act;
	MAKE(OFFICER_SCOPE_CHANGED, officer_scope_changed, act);

	act->public_key = key_of(officer);
	act->roles = arena_array(&reg->arena, 1, sizeof(*act->roles));
	act->roles[0] = role;
	act->n_roles = 1;
	act->office_id = reg_text(reg, office);
	act->from = reg_date(reg, from);
	act->until = until == NULL ? NULL : reg_date(reg, until);
	return reg_act(reg, signers, KIND_OFFICER_SCOPE_CHANGED, NULL, content);
}

#define REGISTRAR CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_REGISTRAR
#define CLERK     CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_CLERK

static const char *rotate(const char *signers, const char *officer, const char *new_key,
                          const char *on)
{
	Civil__V1__OfficerKeyRotated *act;
	MAKE(OFFICER_KEY_ROTATED, officer_key_rotated, act);

	act->public_key = key_of(officer);
	act->new_public_key = key_of(new_key);
	act->date = reg_date(reg, on);
	return reg_act(reg, signers, KIND_OFFICER_KEY_ROTATED, NULL, content);
}

static const char *retire(const char *signers, const char *officer, const char *on)
{
	Civil__V1__OfficerRetired *act;
	MAKE(OFFICER_RETIRED, officer_retired, act);

	act->public_key = key_of(officer);
	act->date = reg_date(reg, on);
	return reg_act(reg, signers, KIND_OFFICER_RETIRED, NULL, content);
}

START_TEST(an_office_joins_another_of_its_sort_once)
{
	ck_assert_str_eq(merge("G1", "070801", "070803"), "S05");
	ck_assert_str_eq(merge("G1+G2", "070801", "070801"), "S07");
	ck_assert_str_eq(merge("G1+G2", "nowhere", "070803"), "S12");
	ck_assert_str_eq(merge("G1+G2", "070801", "0708"), "S13");
	ck_assert_str_eq(merge("G1+G2", "070801", "070803"), "");
	ck_assert_str_eq(merge("G1+G2", "070801", "140101"), "S14");
	ck_assert_str_eq(merge("G1+G2", "140101", "070801"), "S14");
}
END_TEST

START_TEST(who_goes_on_covers_the_areas_of_both)
{
	const char *opened = "2026-06-02";
	Civil__V1__Content *unit = reg_content(reg);
	Civil__V1__ResidenceUnitOpened *act =
	        reg_new(reg, &civil__v1__residence_unit_opened__descriptor);
	static const struct reg_part nobody[] = { { 0, NULL } };

	unit->kind_case = CASE(RESIDENCE_UNIT_OPENED);
	unit->residence_unit_opened = act;
	act->address = reg_address(reg, "07080101", "KH-2014");
	act->sort = CIVIL__V1__RESIDENCE_UNIT_SORT__RESIDENCE_UNIT_SORT_PRIVATE;
	act->date = reg_date(reg, "2026-06-01");
	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_RESIDENCE_UNIT_OPENED, nobody, unit),
	                 "S03");
	ck_assert_str_eq(merge("G1+G2", "070801", "070803"), "");
	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_RESIDENCE_UNIT_OPENED, nobody, unit), "");
	reg_on(reg, opened);
	ck_assert_str_eq(prove("R.070801", "070801"), "S18"); /* closed since yesterday */
	ck_assert_str_eq(change("P.07+V.0708", "R.070801", REGISTRAR, "070803", opened, NULL), "");
	ck_assert_str_eq(prove("R.070801", "070803"), "");
}
END_TEST

START_TEST(a_delegation_ends_and_the_scope_from_before_returns)
{
	ck_assert_str_eq(prove("K.070803", "070803"), "S02");
	ck_assert_str_eq(
	        change("P.07", "K.070803", REGISTRAR, "070803", "2026-06-02", "2026-06-03"), "S05");
	ck_assert_str_eq(
	        change("P.07+V.0708", "K.070803", REGISTRAR, "070803", "2026-06-02", "2026-06-03"),
	        "");
	ck_assert_str_eq(prove("K.070803", "070803"), "S02");
	reg_on(reg, "2026-06-02");
	ck_assert_str_eq(prove("K.070803", "070803"), "");
	reg_on(reg, "2026-06-03");
	ck_assert_str_eq(prove("K.070803", "070803"), "");
	reg_on(reg, "2026-06-04");
	ck_assert_str_eq(prove("K.070803", "070803"), "S02");
}
END_TEST

START_TEST(of_changes_that_hold_the_newest_counts)
{
	ck_assert_str_eq(change("G1+G2", "K.070803", REGISTRAR, "070801", "2026-06-01", NULL), "");
	ck_assert_str_eq(prove("K.070803", "070803"), "S02"); /* of that office no more */
	ck_assert_str_eq(prove("K.070803", "070801"), "");
	ck_assert_str_eq(change("G1+G2", "K.070803", CLERK, "070803", "2026-06-01", NULL), "");
	ck_assert_str_eq(prove("K.070803", "070803"), "S02");
	ck_assert_str_eq(reg_officer(reg, "K.070803").office, "070803"); /* as enrolled */
}
END_TEST

START_TEST(only_the_nation_moves_an_officer_out_of_the_province_or_up)
{
	const Civil__V1__OfficerRole verifier = CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_VERIFIER;

	ck_assert_str_eq(change("P.07+V.0708", "R.070803", REGISTRAR, "140101", "2026-06-01", NULL),
	                 "S02");
	ck_assert_str_eq(change("P.07+V.0708", "R.070803", verifier, "0708", "2026-06-01", NULL),
	                 "S02");
	ck_assert_str_eq(change("G1+G2", "R.070803", REGISTRAR, "140101", "2026-06-01", NULL), "");
	ck_assert_str_eq(prove("R.070803", "140101"), "");
}
END_TEST

START_TEST(a_scope_is_of_a_known_key_an_open_office_and_roles_that_fit)
{
	const Civil__V1__OfficerRole node = CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_NODE;

	ck_assert_str_eq(change("G1+G2", "R9.070803", REGISTRAR, "070803", "2026-06-01", NULL),
	                 "S12");
	ck_assert_str_eq(change("G1+G2", "R.070803", REGISTRAR, "nowhere", "2026-06-01", NULL),
	                 "S12");
	ck_assert_str_eq(change("G1+G2", "R.070803", node, "070803", "2026-06-01", NULL), "S07");
}
END_TEST

START_TEST(whoever_goes_on_with_another_key_signs_with_the_old_one)
{
	ck_assert_str_eq(rotate("P.07+V.0708", "R.070803", "R9.070803", "2026-06-02"), "S05");
	ck_assert_str_eq(rotate("P.07+R.070803", "R.070803", "R9.070803", "2026-06-02"), "S05");
	ck_assert_str_eq(rotate("P.07+V.0708+K.070803", "R.070803", "R9.070803", "2026-06-02"),
	                 "S02 S05");
	ck_assert_str_eq(rotate("P.07+V.0708+R.070803", "R.070803", "PC.070803", "2026-06-02"),
	                 "S15");
	ck_assert_str_eq(rotate("P.07+V.0708+R.070803", "R.070803", "R9.070803", "2026-06-02"), "");
	ck_assert_str_eq(prove("R.070803", "070803"), "");
	ck_assert_str_eq(prove("R9.070803", "070803"), "S01");
	reg_on(reg, "2026-06-02");
	ck_assert_str_eq(prove("R.070803", "070803"), "S01");
	ck_assert_str_eq(prove("R9.070803", "070803"), "");
	struct officer_key old = reg_officer(reg, "R.070803");
	struct officer_key new = reg_officer(reg, "R9.070803");
	ck_assert(id_equal(&old.officer, &new.officer));
	ck_assert_str_eq(rotate("P.07+V.0708+R.070803", "R.070803", "R8.070803", "2026-06-02"),
	                 "S01 S14");
}
END_TEST

START_TEST(a_national_registrar_rotates_beside_one_other)
{
	ck_assert_str_eq(rotate("G1+G2", "G1", "G9", "2026-06-02"), "");
	reg_on(reg, "2026-06-02");
	ck_assert_str_eq(merge("G1+G2", "070801", "070803"), "S01");
	ck_assert_str_eq(merge("G9+G2", "070801", "070803"), "");
}
END_TEST

START_TEST(a_delegation_goes_over_to_the_new_key)
{
	ck_assert_str_eq(
	        change("P.07+V.0708", "K.070803", REGISTRAR, "070803", "2026-06-01", "2026-06-03"),
	        "");
	ck_assert_str_eq(rotate("P.07+V.0708+K.070803", "K.070803", "K9.070803", "2026-06-02"), "");
	reg_on(reg, "2026-06-03");
	ck_assert_str_eq(prove("K9.070803", "070803"), "");
	reg_on(reg, "2026-06-04");
	ck_assert_str_eq(prove("K9.070803", "070803"), "S02");
}
END_TEST

START_TEST(who_has_left_signs_no_more_and_does_not_return)
{
	ck_assert_str_eq(retire("P.07", "R.070803", "2026-06-01"), "S05");
	ck_assert_str_eq(retire("P.07+V.0708", "R.070803", "2026-06-01"), "");
	ck_assert_str_eq(prove("R.070803", "070803"), "");
	reg_on(reg, "2026-06-02");
	ck_assert_str_eq(prove("R.070803", "070803"), "S01");
	ck_assert_str_eq(retire("P.07+V.0708", "R.070803", "2026-06-03"), "S14");
	ck_assert_str_eq(change("G1+G2", "R.070803", REGISTRAR, "070803", "2026-06-02", NULL),
	                 "S14");
}
END_TEST

START_TEST(a_key_keeps_its_newest_changes)
{
	struct officer_key key = { .office = "a1", .roles = 4, .until_day = 100000, .known = 5000 };
	struct scope_change one = { .roles = 8, .office = "a2" };
	struct arena arena;

	arena_init(&arena, 64 * 1024 * 1024);
	for (int32_t i = 0; i < 400; i++) {
		one.index = (uint64_t)i;
		one.from_day = i;
		one.until_day = i;
		ck_assert_int_eq(scope_add(&key, &one, &arena), STATUS_OK);
		ck_assert_uint_le(key.changes.size, SCOPE_BYTES_MAX + 64);
	}
	struct officer_key first = key;
	struct officer_key last = key;
	scope_on(&first, 0);
	scope_on(&last, 399);
	ck_assert_str_eq(first.office, "a1");
	ck_assert_str_eq(last.office, "a2");
	last = key;
	last.known = 399;
	scope_on(&last, 399);
	ck_assert_str_eq(last.office, "a1"); /* not known yet */
	arena_fini(&arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("office_acts");
	TCase *tcase = tcase_create("office_acts");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_office_joins_another_of_its_sort_once);
	tcase_add_test(tcase, who_goes_on_covers_the_areas_of_both);
	tcase_add_test(tcase, a_delegation_ends_and_the_scope_from_before_returns);
	tcase_add_test(tcase, of_changes_that_hold_the_newest_counts);
	tcase_add_test(tcase, only_the_nation_moves_an_officer_out_of_the_province_or_up);
	tcase_add_test(tcase, a_scope_is_of_a_known_key_an_open_office_and_roles_that_fit);
	tcase_add_test(tcase, whoever_goes_on_with_another_key_signs_with_the_old_one);
	tcase_add_test(tcase, a_national_registrar_rotates_beside_one_other);
	tcase_add_test(tcase, a_delegation_goes_over_to_the_new_key);
	tcase_add_test(tcase, who_has_left_signs_no_more_and_does_not_return);
	tcase_add_test(tcase, a_key_keeps_its_newest_changes);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
