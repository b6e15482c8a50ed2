/* Goal: a foreigner gets a history without a birth act; an identity found false keeps no document
 * in use; a proof of life holds for a year and answers P07; a rejected paper is closed.
 * Method: each kind refused in one respect and then accepted; states on the days around it. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MALE      CIVIL__V1__SEX__SEX_MALE
#define FEMALE    CIVIL__V1__SEX__SEX_FEMALE
#define CASE(n)   CIVIL__V1__CONTENT__KIND_##n
#define STATUS(n) CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_##n
#define KNOWN     CIVIL__V1__TRUE_IDENTITY__TRUE_IDENTITY_KNOWN
#define UNKNOWN   CIVIL__V1__TRUE_IDENTITY__TRUE_IDENTITY_UNKNOWN

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

static Civil__V1__Content *foreigner(const char *country, const char *born)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ForeignerEnrolled *act =
	        reg_new(reg, &civil__v1__foreigner_enrolled__descriptor);

	content->kind_case = CASE(FOREIGNER_ENROLLED);
	content->foreigner_enrolled = act;
	act->person = reg_new(reg, &civil__v1__new_person__descriptor);
	act->person->role = ROLE(SUBJECT);
	act->person->name = reg_name(reg, "អាន", "Anh");
	act->person->sex = FEMALE;
	act->person->birth = reg_partial(reg, born);
	act->nationalities = arena_array(&reg->arena, 1, sizeof(*act->nationalities));
	act->nationalities[0] = reg_text(reg, country);
	act->n_nationalities = 1;
	act->passport_number = reg_text(reg, "B1234567");
	act->country = reg_text(reg, "VNM");
	act->address = reg_address(reg, "07080301", "KH-2014");
	act->date = reg_date(reg, reg->today);
	return content;
}

static const char *enrol(const char *signers, Civil__V1__Content *content)
{
	static const struct reg_part new_subject[] = { { ROLE(SUBJECT), NULL }, { 0, NULL } };

	return reg_act(reg, signers, KIND_FOREIGNER_ENROLLED, new_subject, content);
}

START_TEST(a_foreigner_gets_a_history_without_a_birth_act)
{
	ck_assert_str_eq(enrol("IM.immigration", foreigner("VNM", "1990")), "S05");
	ck_assert_str_eq(enrol("IM.immigration+R.140101", foreigner("VNM", "1990")), "S03");
	ck_assert_str_eq(enrol("IM.immigration+R.070803", foreigner("VNM", "1990")), "");
	struct id woman = reg_created(reg);
	const Civil__V1__PersonState *state = reg_state(reg, &woman);

	ck_assert_str_eq(state->names[0]->name->latin_given, "Anh");
	ck_assert_int_eq(state->sex->sex, FEMALE);
	ck_assert_int_eq(state->birth->date->year, 1990);
	ck_assert_uint_eq(state->birth->act.len, 0);
	ck_assert_int_eq(state->life->status, CIVIL__V1__LIFE_STATUS__LIFE_STATUS_ALIVE);
	ck_assert_uint_eq(state->n_nationalities, 1);
	ck_assert_str_eq(state->nationalities[0]->country, "VNM");
	ck_assert_str_eq(state->nationalities[0]->basis, "passport");
	ck_assert_int_eq(state->nationalities[0]->provenance->valid_from->year, 2026);
	ck_assert_uint_eq(state->n_numbers, 0);
}
END_TEST

START_TEST(a_birth_registered_later_takes_the_place_of_the_passport)
{
	ck_assert_str_eq(enrol("IM.immigration+R.070803", foreigner("VNM", "1990-02-03")), "");
	struct id woman = reg_created(reg);
	const struct reg_part child[] = { { ROLE(CHILD), &woman }, { 0, NULL } };
	struct hash paper = reg_paper(reg, "070803");
	Civil__V1__Content *content = reg_linked(reg, &paper);

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = reg_birth(reg, "អាន", "1990-03-03")->birth;
	reg_mother_told(reg, content->legacy_linked->birth, "1965");
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, child, content), "");
	const Civil__V1__PersonState *state = reg_state(reg, &woman);

	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_int_eq(state->birth->date->month, 3);
	ck_assert_uint_eq(state->birth->act.len, HASH_BYTES);
	ck_assert_uint_eq(state->n_nationalities, 2); /* of the birth, and of the passport */
}
END_TEST

START_TEST(s07_who_is_on_the_register_or_of_this_country_is_not_enrolled)
{
	Civil__V1__Content *content = foreigner("VNM", "1990");

	ck_assert_str_eq(enrol("IM.immigration+R.070803", foreigner("KHM", "1990")), "S07");
	content->foreigner_enrolled->person->role = ROLE(CHILD);
	ck_assert_str_eq(enrol("IM.immigration+R.070803", content), "S07");
	ck_assert_str_eq(reg_act(reg, "IM.immigration+R.070803", KIND_FOREIGNER_ENROLLED, subject,
	                         foreigner("VNM", "1990")),
	                 "S07");
}
END_TEST

START_TEST(s21_nobody_is_enrolled_before_birth)
{
	ck_assert_str_eq(enrol("IM.immigration+R.070803", foreigner("VNM", "2026-06-02")), "S21");
	ck_assert_str_eq(enrol("IM.immigration+R.070803", foreigner("VNM", "2026")), "S21?");
	ck_assert_str_eq(enrol("IM.immigration+R.070803", foreigner("VNM", "2026-06-01")), "");
}
END_TEST

static Civil__V1__Content *false_one(Civil__V1__TrueIdentity identity, const struct id *person)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__FalseIdentity *act = reg_new(reg, &civil__v1__false_identity__descriptor);

	content->kind_case = CASE(FALSE_IDENTITY);
	content->false_identity = act;
	act->true_identity = identity;
	if (person != NULL) {
		act->true_person = reg_bytes(reg, bytes_of_id(person));
	}
	act->date = reg_date(reg, "2026-05-20");
	return content;
}

static const char *unmask(const char *signers, Civil__V1__Content *content)
{
	return reg_act(reg, signers, KIND_FALSE_IDENTITY, subject, content);
}

START_TEST(documents_of_a_false_identity_are_suspended_when_it_is_found)
{
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1980-01-01", "070803");

	reg_on(reg, "2026-05-01");
	(void)reg_card(reg, &man, "C1", "2026-05-01");
	reg_on(reg, "2026-06-01");
	ck_assert_str_eq(unmask("G1", false_one(UNKNOWN, NULL)), "S05");
	ck_assert_str_eq(unmask("G1+G2", false_one(UNKNOWN, NULL)), "S05");
	ck_assert_str_eq(unmask("G1+CC.court-07", false_one(KNOWN, &other)), "");
	const Civil__V1__PersonState *state = reg_state(reg, &man);

	ck_assert_int_eq(state->false_identity->true_identity, KNOWN);
	ck_assert_mem_eq(state->false_identity->true_person.data, other.bytes, ID_BYTES);
	ck_assert_int_eq(state->documents[0]->status, STATUS(SUSPENDED));
	ck_assert_int_eq(state->documents[0]->status_since->month, 6); /* not the valid date */
	ck_assert_ptr_null(reg_state(reg, &other)->false_identity);
}
END_TEST

START_TEST(s07_and_s11_the_true_person_is_another_one_of_the_register)
{
	struct id nobody = reg_fresh_id(reg);

	ck_assert_str_eq(unmask("G1+P.07", false_one(KNOWN, &man)), "S07");
	ck_assert_str_eq(unmask("G1+P.07", false_one(KNOWN, &nobody)), "S11");
	ck_assert_str_eq(unmask("G1+P.07", false_one(UNKNOWN, &nobody)), "S07 S11");
	ck_assert_str_eq(unmask("G1+P.07", false_one(UNKNOWN, NULL)), "");
}
END_TEST

static Civil__V1__Content *proof(const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ProofOfLife *act = reg_new(reg, &civil__v1__proof_of_life__descriptor);

	content->kind_case = CASE(PROOF_OF_LIFE);
	content->proof_of_life = act;
	act->date = reg_date(reg, on);
	act->how = CIVIL__V1__LIFE_PROOF__LIFE_PROOF_IN_PERSON;
	act->office_id = reg_text(reg, "070803");
	return content;
}

static const char *prove(const char *signers, const char *on)
{
	return reg_act(reg, signers, KIND_PROOF_OF_LIFE, subject, proof(on));
}

START_TEST(a_proof_of_life_holds_for_a_year)
{
	ck_assert_str_eq(prove("K.070803", "2026-05-31"), "S02");
	ck_assert_str_eq(prove("PC.140101", "2024-02-29"), "");
	const Civil__V1__Date *until = reg_state(reg, &man)->proof_of_life->until;

	ck_assert_int_eq(until->year * 10000 + until->month * 100 + until->day, 20250228);
	ck_assert_str_eq(prove("R.070803", "2026-05-31"), "");
	until = reg_state(reg, &man)->proof_of_life->until;
	ck_assert_int_eq(until->year * 10000 + until->month * 100 + until->day, 20270531);
	ck_assert_str_eq(prove("R.070803", "2025-05-31"), ""); /* an earlier one changes nothing */
	until = reg_state(reg, &man)->proof_of_life->until;
	ck_assert_int_eq(until->year, 2027);
}
END_TEST

START_TEST(l03_the_dead_prove_nothing)
{
	const struct reg_part parts[] = { { ROLE(DECEASED), &man }, { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, parts);

	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-05-30")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "");
	ck_assert_str_eq(prove("R.070803", "2026-05-31"), "L03");
	ck_assert_str_eq(prove("R.070803", "2026-05-30"), "");
}
END_TEST

START_TEST(p07_whoever_is_proved_to_live_may_be_over_110)
{
	struct id old = reg_paper_person(reg, MALE, "ចាស់", "1915-03-05", "070803");
	struct id bride = reg_paper_person(reg, FEMALE, "ធីតា", "1960-03-05", "070803");
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), &old },
		                           { ROLE(SPOUSE_B), &bride },
		                           { 0, NULL } };
	struct reg_case wedding = reg_case_begin(reg, KIND_MARRIAGE, couple);
	const Civil__V1__MarriageForm form = CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_RELIGIOUS;

	ck_assert_str_eq(reg_declare(reg, &wedding, "K.070803",
	                             reg_marriage(reg, form, "2026-05-31", "070803")),
	                 "P07");
	subject[0].person = &old;
	ck_assert_str_eq(prove("R.070803", "2025-05-30"), ""); /* until 2026-05-30 */
	ck_assert_str_eq(reg_declare(reg, &wedding, "K.070803",
	                             reg_marriage(reg, form, "2026-05-31", "070803")),
	                 "P07");
	ck_assert_str_eq(prove("R.070803", "2026-06-01"), ""); /* after the wedding */
	ck_assert_str_eq(reg_declare(reg, &wedding, "K.070803",
	                             reg_marriage(reg, form, "2026-05-31", "070803")),
	                 "P07");
	ck_assert_str_eq(prove("R.070803", "2025-05-31"), "");
	ck_assert_str_eq(reg_declare(reg, &wedding, "K.070803",
	                             reg_marriage(reg, form, "2026-05-31", "070803")),
	                 "");
}
END_TEST

static const char *reject(const char *signers, const struct hash *paper)
{
	static const struct reg_part nobody[] = { { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__LegacyRejected *act = reg_new(reg, &civil__v1__legacy_rejected__descriptor);

	content->kind_case = CASE(LEGACY_REJECTED);
	content->legacy_rejected = act;
	act->act = reg_bytes(reg, bytes_of_hash(paper));
	act->reason = reg_text(reg, "illegible");
	act->date = reg_date(reg, "2026-06-01");
	return reg_act(reg, signers, KIND_LEGACY_REJECTED, nobody, content);
}

static const char *link_birth(const struct hash *paper)
{
	static const struct reg_part child[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	Civil__V1__Content *content = reg_linked(reg, paper);

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = reg_birth(reg, "សុខា", "1999-03-03")->birth;
	reg_mother_told(reg, content->legacy_linked->birth, "1970");
	return reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, child, content);
}

START_TEST(s14_a_rejected_paper_is_closed)
{
	struct hash paper = reg_paper(reg, "070803");
	struct hash kept = reg_paper(reg, "070803");

	ck_assert_str_eq(reject("K.070803", &paper), "S02");
	ck_assert_str_eq(reject("V.0708", &paper), "");
	ck_assert_str_eq(reject("V.0708", &paper), "S14");
	ck_assert_str_eq(link_birth(&paper), "S14");
	ck_assert_str_eq(link_birth(&kept), "");
}
END_TEST

START_TEST(s14_what_was_verified_falls_with_the_image)
{
	struct hash verified = reg_paper(reg, "070803");
	struct hash digitised = { { 0 } };
	const Civil__V1__Content *content = NULL;
	struct ledger_view view;
	struct stored_record record;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(view_record_by_event(&view.view, &record, bytes_of_hash(&verified)),
	                 STATUS_OK);
	content = record.event.content;
	memcpy(digitised.bytes, content->legacy_verified->digitised.data, HASH_BYTES);
	ledger_view_end(&view);
	ck_assert_str_eq(reject("V.0708", &digitised), "");
	ck_assert_str_eq(reg_paper_verified(reg, "V.0708", &digitised), "S14");
	ck_assert_str_eq(reject("V.0708", &verified), "S14");
	ck_assert_str_eq(link_birth(&verified), "S14");
}
END_TEST

START_TEST(s12_and_s13_what_is_rejected_is_a_paper)
{
	struct hash nothing = { { 9 } };
	struct hash card = reg_card(reg, &man, "C1", "2026-06-01");

	ck_assert_str_eq(reject("V.0708", &nothing), "S12");
	ck_assert_str_eq(reject("V.0708", &card), "S13");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("identity");
	TCase *tcase = tcase_create("identity");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_foreigner_gets_a_history_without_a_birth_act);
	tcase_add_test(tcase, a_birth_registered_later_takes_the_place_of_the_passport);
	tcase_add_test(tcase, s07_who_is_on_the_register_or_of_this_country_is_not_enrolled);
	tcase_add_test(tcase, s21_nobody_is_enrolled_before_birth);
	tcase_add_test(tcase, documents_of_a_false_identity_are_suspended_when_it_is_found);
	tcase_add_test(tcase, s07_and_s11_the_true_person_is_another_one_of_the_register);
	tcase_add_test(tcase, a_proof_of_life_holds_for_a_year);
	tcase_add_test(tcase, l03_the_dead_prove_nothing);
	tcase_add_test(tcase, p07_whoever_is_proved_to_live_may_be_over_110);
	tcase_add_test(tcase, s14_a_rejected_paper_is_closed);
	tcase_add_test(tcase, s14_what_was_verified_falls_with_the_image);
	tcase_add_test(tcase, s12_and_s13_what_is_rejected_is_a_paper);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
