/* Goal: the order of judgement, as whole lives show it: births plain, late and doubled, a court's
 * correction, an attempt at bigamy, old weddings.
 * Method: the acts of the acceptance stories 1, 2, 3, 5, 7 and 8 in their order, each with the
 * exact rules that refuse it. */
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
}

static void teardown(void)
{
	reg_end(reg);
}

/* Gazetteer and code of commune 250101 before 2014, where the old couples married. */
static struct id of_dambae(Civil__V1__Sex sex, const char *name, const char *date)
{
	return reg_paper_person(reg, sex, name, date, "250101");
}

static const char *declares(struct reg_case *c, const char *signers, const char *name,
                            const char *date)
{
	return reg_declare(reg, c, signers, reg_birth(reg, name, date));
}

START_TEST(a_plain_birth_takes_two_keys)
{
	struct id mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	struct id father = reg_paper_person(reg, MALE, "វុទ្ធី", "1996-01-20", "070803");
	struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                    { ROLE(MOTHER), &mother },
		                    { ROLE(FATHER), &father },
		                    { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_BIRTH, parts);
	struct reg_case again = reg_case_begin(reg, KIND_BIRTH, parts);

	(void)reg_reside(reg, &mother, "07080301", "2020-02-10");
	(void)reg_reside(reg, &father, "07080301", "2020-02-10");
	(void)reg_paper_marriage(reg, &father, &mother, "2018-11-05", "070803");
	reg_on(reg, "2026-03-02");
	ck_assert_str_eq(reg_notify(reg, &c, "N.hosp-0708", "2026-03-02", "070801"), "");
	reg_on(reg, "2026-03-05");
	ck_assert_str_eq(declares(&c, "K.070803", "សុភា", "2026-03-02"), "");
	ck_assert_ptr_null(reg_state(reg, &c.created));
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "S22");
	reg_on(reg, "2026-03-06");
	ck_assert_str_eq(reg_verify(reg, &c, "R.070803"), "S02");
	reg_on(reg, "2026-03-07");
	ck_assert_str_eq(reg_verify(reg, &c, "V.1401"), "S03");
	ck_assert_str_eq(reg_verify(reg, &c, "V.0708"), "");
	ck_assert_uint_eq(reg->result.receipt->n_numbers, 1);
	reg_on(reg, "2026-03-11");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	reg_on(reg, "2026-03-12");
	ck_assert_str_eq(declares(&again, "K.070803", "សុភា", "2026-03-02"), "P03 P05");
	ck_assert_str_eq(declares(&again, "K.070803", "ដារា", "2026-03-13"), "S09");
}
END_TEST

START_TEST(a_very_late_birth_of_which_the_year_alone_is_known)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_BIRTH, parts);
	struct reg_case other = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content;

	reg_on(reg, "2026-03-10");
	content = reg_birth(reg, "ស៊ីណា", "1968");
	content->birth->sex = FEMALE;
	content->birth->place_of_birth = reg_place(reg, "030401", "KH-H");
	content->birth->mother_residence = reg_place(reg, "030401", "KH-H");
	content->birth->child_address = reg_address(reg, "25010101", "KH-2014");
	content->birth->late->n_witnesses = 0;
	reg_mother_told(reg, content->birth, "1940");
	ck_assert_str_eq(reg_declare(reg, &c, "K.250101", content), "");
	content->birth->place_of_birth = reg_place(reg, "250101", "KH-2014");
	ck_assert_str_eq(reg_declare(reg, &other, "K.250101", content), "S10");
	content->birth->place_of_birth = reg_place(reg, "030401", "KH-H");
	reg_on(reg, "2026-03-12");
	ck_assert_str_eq(reg_verify(reg, &c, "V.2501"), "");
	char *number = reg_text(reg, reg->result.receipt->numbers[0]->number);

	reg_on(reg, "2026-03-13");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101"), "L11");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+P.25"), "L11");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+P.14"), "S03");
	reg_on(reg, "2026-03-14");
	content->birth->late->n_witnesses = 2;
	content->common->date_of_declaration = reg_date(reg, "2026-03-14");
	ck_assert_str_eq(reg_declare(reg, &c, "K.250101", content), "");
	reg_on(reg, "2026-03-15");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+P.25"), "S22");
	reg_on(reg, "2026-03-16");
	ck_assert_str_eq(reg_verify(reg, &c, "V.2501"), "");
	ck_assert_str_eq(reg->result.receipt->numbers[0]->number, number);
	reg_on(reg, "2026-03-18");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+P.25"), "");
}
END_TEST

START_TEST(twins_and_children_who_look_like_duplicates)
{
	struct id mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1995-02-01", "070803");
	struct reg_part parts[] = { { ROLE(CHILD), NULL }, { ROLE(MOTHER), &mother }, { 0, NULL } };
	struct reg_case c[6];
	Civil__V1__Content *content;

	for (size_t i = 0; i < 6; i++) {
		c[i] = reg_case_begin(reg, KIND_BIRTH, parts);
	}
	reg_on(reg, "2026-04-10");
	for (size_t i = 0; i < 2; i++) {
		content = reg_birth(reg, i == 0 ? "សុខា" : "សុខារ", "2026-04-08");
		reg_of_delivery(reg, content, "D", (int32_t)i + 1);
		ck_assert_str_eq(reg_declare(reg, &c[i], "K.070803", content), "");
	}
	reg_on(reg, "2026-04-12");
	for (size_t i = 0; i < 2; i++) {
		ck_assert_str_eq(reg_verify(reg, &c[i], "V.0708"), "");
		ck_assert_str_eq(reg_register(reg, &c[i], "R.070803"), "");
	}
	reg_on(reg, "2026-04-13");
	content = reg_birth(reg, "បី", "2026-04-12");
	reg_of_delivery(reg, content, "D", 3);
	ck_assert_str_eq(reg_declare(reg, &c[2], "K.070803", content), "S24");
	reg_on(reg, "2026-08-10");
	content = reg_birth(reg, "ម៉ាលា", "2026-08-06");
	ck_assert_str_eq(reg_declare(reg, &c[3], "K.070803", content), "P03");
	reg_override(reg, content, "P03");
	ck_assert_str_eq(reg_declare(reg, &c[3], "K.070803+V2.0708", content), "");
	reg_on(reg, "2026-08-11");
	ck_assert_str_eq(reg_refuse(reg, &c[3], "R.070803"), "");
	ck_assert_str_eq(reg_verify(reg, &c[3], "V.0708"), "S06");
	reg_on(reg, "2029-03-25");
	content = reg_birth(reg, "សុខា", "2029-03-20");
	ck_assert_str_eq(reg_declare(reg, &c[4], "K.070803", content), "P05");
	reg_override(reg, content, "P05");
	ck_assert_str_eq(reg_declare(reg, &c[4], "K.070803+V2.0708", content), "");
	reg_on(reg, "2029-03-27");
	ck_assert_str_eq(reg_verify(reg, &c[4], "V2.0708"), "S05");
	ck_assert_str_eq(reg_verify(reg, &c[4], "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &c[4], "R.070803"), "");
}
END_TEST

START_TEST(a_wrong_birth_date_is_corrected_by_a_court)
{
	struct id person = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "140101");
	struct reg_part child[] = { { ROLE(CHILD), &person }, { 0, NULL } };
	struct reg_part holder[] = { { ROLE(HOLDER), &person }, { 0, NULL } };
	struct hash act = { { 0 } };
	Civil__V1__Content *content;

	memcpy(act.bytes, reg_state(reg, &person)->birth->act.data, HASH_BYTES);
	reg_on(reg, "2025-02-10");
	(void)reg_card(reg, &person, "c1", "2025-02-10");
	reg_on(reg, "2026-04-20");
	content = reg_correction(reg, &act, false);
	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "1975-06-15"),
	           reg_value_date(reg, "1957-06-15"));
	ck_assert_str_eq(reg_act(reg, "R.140101+V.1401", KIND_CORRECTION, child, content), "L10");
	reg_on(reg, "2026-04-21");
	content = reg_correction(reg, &act, true);
	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "1975-06-15"),
	           reg_value_date(reg, "1957-06-15"));
	ck_assert_str_eq(reg_act(reg, "R.140101+V.1401", KIND_CORRECTION, child, content), "L09");
	content->correction->changes[0]->old_value = reg_value_date(reg, "1975-06-16");
	ck_assert_str_eq(reg_act(reg, "R.140101+V.1401", KIND_CORRECTION, child, content), "S19");
	reg_on(reg, "2026-05-08");
	struct hash decision = reg_decided(reg, "2026-05-08", "correction", &person, NULL, &act);

	reg_on(reg, "2026-05-10");
	content->correction->changes[0]->old_value = reg_value_date(reg, "1975-06-15");
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_CORRECTION, child, content), "S05");
	ck_assert_str_eq(reg_act(reg, "R.140101+V.1401", KIND_CORRECTION, child, content), "");
	reg_on(reg, "2026-06-01");
	ck_assert_str_eq(reg_act(reg, "PD.1401", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-06-01")),
	                 "");
	struct hash application = reg_event(reg);

	content = reg_card_renewed(reg, &person, &application, "c2", "2026-06-01", "c1");
	content->document_renewed->issue->snapshot->birth = reg_partial(reg, "1975-06-15");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_RENEWED, holder, content), "P11");
	content->document_renewed->issue->snapshot->birth = reg_partial(reg, "1957-06-15");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_RENEWED, holder, content), "");
}
END_TEST

START_TEST(an_attempt_at_bigamy)
{
	struct id h = reg_paper_person(reg, MALE, "វុទ្ធី", "1985-03-03", "140101");
	struct id w = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1987-07-07", "140101");
	struct id b = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1996-05-05", "230201");
	struct hash wedding = reg_paper_marriage(reg, &h, &w, "2010-12-20", "140101");
	struct reg_part hb[] = { { ROLE(SPOUSE_A), &h }, { ROLE(SPOUSE_B), &b }, { 0, NULL } };
	struct reg_part hw[] = { { ROLE(SPOUSE_A), &h }, { ROLE(SPOUSE_B), &w }, { 0, NULL } };
	struct reg_part alone[] = { { ROLE(SPOUSE_A), &h }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, hb);
	struct hash birth = { { 0 } };
	Civil__V1__Content *content;

	(void)reg_reside(reg, &b, "23020101", "2020-02-10");
	(void)reg_reside(reg, &h, "14010101", "2020-02-10");
	(void)reg_reside(reg, &w, "14010101", "2020-02-10");
	memcpy(birth.bytes, reg_state(reg, &h)->birth->act.data, HASH_BYTES);
	reg_on(reg, "2026-02-20");
	ck_assert_str_eq(
	        reg_act(reg, "R.230201", KIND_MARRIAGE_NOTICE, hb, reg_notice(reg, "2026-02-20")),
	        "L04");
	ck_assert_str_eq(reg->result.verdict.findings[0]->path, "spouse_a");
	ck_assert_uint_eq(reg->result.verdict.findings[0]->n_facts, 0);
	reg_on(reg, "2026-03-10");
	content = reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_RELIGIOUS, "2026-03-08",
	                       "230201");
	ck_assert_str_eq(reg_declare(reg, &c, "K.230201", content), "L04");
	reg_on(reg, "2026-06-01");
	struct hash decision = reg_decided(reg, "2026-06-01", "divorce", &h, &w, &wedding);

	reg_on(reg, "2026-06-05");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_DIVORCE, hw,
	                         reg_divorce(reg, &birth, &decision, "2026-06-01")),
	                 "S13");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_DIVORCE, alone,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-01")),
	                 "S16");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_DIVORCE, hw,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-01")),
	                 "");
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(
	        reg_act(reg, "R.230201", KIND_MARRIAGE_NOTICE, hb, reg_notice(reg, "2026-06-20")),
	        "");
	struct hash notice = reg_event(reg);

	reg_on(reg, "2026-06-29");
	content = reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CIVIL, "2026-06-29",
	                       "230201");
	content->marriage->notice = reg_bytes(reg, bytes_of_hash(&notice));
	ck_assert_str_eq(reg_declare(reg, &c, "K.230201", content), "L08");
	reg_on(reg, "2026-07-01");
	content = reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CIVIL, "2026-07-01",
	                       "230201");
	content->marriage->notice = reg_bytes(reg, bytes_of_hash(&notice));
	ck_assert_str_eq(reg_declare(reg, &c, "K.230201", content), "");
	reg_on(reg, "2026-07-02");
	ck_assert_str_eq(reg_register(reg, &c, "K.230201"), "S02 S05");
	ck_assert_str_eq(reg_register(reg, &c, "R.230201"), "");
}
END_TEST

START_TEST(a_divorced_bride_waits_120_days)
{
	struct id h = reg_paper_person(reg, MALE, "វុទ្ធី", "1985-03-03", "140101");
	struct id w = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1987-07-07", "140101");
	struct id g = reg_paper_person(reg, MALE, "ដារា", "1984-04-04", "140101");
	struct hash wedding = reg_paper_marriage(reg, &h, &w, "2010-12-20", "140101");
	struct reg_part hw[] = { { ROLE(SPOUSE_A), &h }, { ROLE(SPOUSE_B), &w }, { 0, NULL } };
	struct reg_part gw[] = { { ROLE(SPOUSE_A), &g }, { ROLE(SPOUSE_B), &w }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, gw);
	Civil__V1__Content *content;

	(void)reg_reside(reg, &w, "14010101", "2020-02-10");
	reg_on(reg, "2026-06-05");
	struct hash decision = reg_decided(reg, "2026-06-01", "divorce", &h, &w, &wedding);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_DIVORCE, hw,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-01")),
	                 "");
	reg_on(reg, "2026-08-15");
	ck_assert_str_eq(
	        reg_act(reg, "R.140101", KIND_MARRIAGE_NOTICE, gw, reg_notice(reg, "2026-08-15")),
	        "");
	struct hash notice = reg_event(reg);
	static const struct {
		const char *day;
		const char *answer;
	} weddings[] = { { "2026-08-30", "L07" }, { "2026-09-28", "L07" }, { "2026-09-29", "" } };

	for (size_t i = 0; i < 3; i++) {
		reg_on(reg, weddings[i].day);
		content = reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CIVIL,
		                       weddings[i].day, "140101");
		content->marriage->notice = reg_bytes(reg, bytes_of_hash(&notice));
		ck_assert_str_eq(reg_declare(reg, &c, "K.140101", content), weddings[i].answer);
	}
	reg_on(reg, "2026-09-30");
	ck_assert_str_eq(reg_register(reg, &c, "R.140101"), "");
}
END_TEST

static Civil__V1__Content *old_wedding(void)
{
	return reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY, "1995-02",
	                    "030401");
}

START_TEST(old_weddings_are_registered_late_under_the_law_of_their_day)
{
	struct id a = of_dambae(FEMALE, "ម៉ាលា", "1977-06-15");
	struct id b = of_dambae(MALE, "វុទ្ធី", "1973-09-03");
	struct id cc = of_dambae(FEMALE, "ស៊ីណា", "1977-01-20");
	struct id d = of_dambae(MALE, "ដារា", "1974-12-01");
	struct id e = of_dambae(FEMALE, "ចាន់", "1977");
	struct id f = of_dambae(MALE, "សុខ", "1970-02-02");
	const struct id *all[] = { &a, &b, &cc, &d, &e, &f };
	struct reg_part ba[] = { { ROLE(SPOUSE_A), &b }, { ROLE(SPOUSE_B), &a }, { 0, NULL } };
	struct reg_part dc[] = { { ROLE(SPOUSE_A), &d }, { ROLE(SPOUSE_B), &cc }, { 0, NULL } };
	struct reg_part fe[] = { { ROLE(SPOUSE_A), &f }, { ROLE(SPOUSE_B), &e }, { 0, NULL } };
	struct reg_part de[] = { { ROLE(SPOUSE_A), &d }, { ROLE(SPOUSE_B), &e }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, ba);
	Civil__V1__Content *content;

	for (size_t i = 0; i < 6; i++) {
		(void)reg_reside(reg, all[i], "25010101", "2020-02-10");
	}
	reg_on(reg, "2026-05-04");
	ck_assert_str_eq(reg_declare(reg, &c, "K.250101", old_wedding()), "L05");
	ck_assert_uint_eq(reg->result.verdict.finding_count, 1); /* the groom is 21 */
	ck_assert_str_eq(reg->result.verdict.findings[0]->path, "spouse_b");
	reg_on(reg, "2026-05-20");
	struct hash decision = reg_decided(reg, "2026-05-20", "marriage", &a, &b, NULL);

	reg_on(reg, "2026-05-22");
	content = old_wedding();
	reg_override(reg, content, "L05");
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_declare(reg, &c, "K.250101", content), "");
	ck_assert_str_eq(reg->result.receipt->law_version, "KH-1989");
	reg_on(reg, "2026-05-23");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101"), "L11");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+V.2501"), "L11");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+P.25"), "");
	reg_on(reg, "2026-05-24");
	c = reg_case_begin(reg, KIND_MARRIAGE, dc);
	ck_assert_str_eq(reg_declare(reg, &c, "K.250101", old_wedding()), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+P.25"), "");
	reg_on(reg, "2026-05-26");
	c = reg_case_begin(reg, KIND_MARRIAGE, fe);
	ck_assert_str_eq(reg_declare(reg, &c, "K.250101", old_wedding()), "L05?");
	content = old_wedding();
	reg_override(reg, content, "L05");
	ck_assert_str_eq(reg_declare(reg, &c, "K.250101+V.2501", content), "");
	reg_on(reg, "2026-05-27");
	ck_assert_str_eq(reg_register(reg, &c, "R.250101+P.25"), "");
	reg_on(reg, "2026-06-01");
	ck_assert_str_eq(
	        reg_act(reg, "R.250101", KIND_MARRIAGE_NOTICE, de, reg_notice(reg, "2026-06-01")),
	        "L04");
	ck_assert_uint_eq(reg->result.verdict.finding_count, 2);
	reg_on(reg, "2026-06-02");
	c = reg_case_begin(reg, KIND_MARRIAGE, de);
	ck_assert_str_eq(
	        reg_declare(reg, &c, "K.250101",
	                    reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                 "2026-06-02", "250101")),
	        "L04");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("judge");
	TCase *tcase = tcase_create("judge");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_plain_birth_takes_two_keys);
	tcase_add_test(tcase, a_very_late_birth_of_which_the_year_alone_is_known);
	tcase_add_test(tcase, twins_and_children_who_look_like_duplicates);
	tcase_add_test(tcase, a_wrong_birth_date_is_corrected_by_a_court);
	tcase_add_test(tcase, an_attempt_at_bigamy);
	tcase_add_test(tcase, a_divorced_bride_waits_120_days);
	tcase_add_test(tcase, old_weddings_are_registered_late_under_the_law_of_their_day);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
