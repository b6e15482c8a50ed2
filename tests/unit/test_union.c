/* Goal: rules L04 to L08: who may marry whom, when, and after which notice.
 * Method: weddings of two people at the exact borders of age, waiting and notice; late weddings
 * under the law of their own day; kin of every degree to the border. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id groom;
static struct id bride;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	groom = reg_paper_person(reg, MALE, "វុទ្ធី", "1996-01-20", "070803");
	bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	(void)reg_reside(reg, &groom, "07080301", "2020-02-10");
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

#define CIVIL_FORM CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CIVIL
#define CUSTOMARY  CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY

static const struct reg_part *couple(const struct id *a, const struct id *b)
{
	static struct reg_part parts[3];

	parts[0] = (struct reg_part){ ROLE(SPOUSE_A), a };
	parts[1] = (struct reg_part){ ROLE(SPOUSE_B), b };
	return parts;
}

static const char *notice(const struct id *a, const struct id *b, const char *posted)
{
	reg_on(reg, posted);
	return reg_act(reg, "R.070803", KIND_MARRIAGE_NOTICE, couple(a, b),
	               reg_notice(reg, posted));
}

/* Declares a customary wedding, which takes no notice. */
static const char *wed(const struct id *a, const struct id *b, const char *date)
{
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, couple(a, b));

	return reg_declare(reg, &c, "K.070803", reg_marriage(reg, CUSTOMARY, date, "070803"));
}

START_TEST(l04_who_is_married_does_not_marry)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1997-01-01", "070803");

	(void)reg_paper_marriage(reg, &groom, &bride, "2018-11-05", "070803");
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(wed(&groom, &other, "2026-06-10"), "L04");
	ck_assert_str_eq(reg->result.verdict.findings[0]->path, "spouse_a");
	ck_assert_uint_eq(reg->result.verdict.findings[0]->n_facts, 0);
	ck_assert_str_eq(notice(&groom, &other, "2026-06-20"), "L04");
	ck_assert_str_eq(notice(&groom, &bride, "2026-06-20"), "L04");
	ck_assert_uint_eq(reg->result.verdict.finding_count, 2);
}
END_TEST

START_TEST(l04_an_earlier_wedding_without_an_end_meets_the_later_marriage)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1997-01-01", "070803");

	(void)reg_paper_marriage(reg, &groom, &bride, "2018-11-05", "070803");
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(wed(&groom, &other, "2017-06-10"), "L04");
}
END_TEST

START_TEST(l04_marriages_may_touch_on_the_day_of_a_divorce)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1997-01-01", "070803");
	struct hash wedding = reg_paper_marriage(reg, &groom, &bride, "2018-11-05", "070803");

	reg_on(reg, "2026-06-20");
	struct hash decision = reg_decided(reg, "2026-06-10", "divorce", &groom, &bride, &wedding);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple(&groom, &bride),
	                         reg_divorce(reg, &wedding, &decision, "2026-06-10")),
	                 "");
	ck_assert_str_eq(wed(&groom, &other, "2026-06-09"), "L04");
	ck_assert_str_eq(wed(&groom, &other, "2026-06-10"), "");
	reg_on(reg, "2026-07-05");
	ck_assert_str_eq(wed(&groom, &other, "2026-06"), "L04?");
}
END_TEST

START_TEST(l04_passes_when_a_court_orders_this_marriage)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1997-01-01", "070803");
	struct reg_case c;
	Civil__V1__Content *content;

	(void)reg_paper_marriage(reg, &groom, &bride, "2018-11-05", "070803");
	reg_on(reg, "2026-06-20");
	struct hash wrong = reg_decided(reg, "2026-06-10", "marriage", &groom, &bride, NULL);
	struct hash right = reg_decided(reg, "2026-06-10", "marriage", &groom, &other, NULL);

	c = reg_case_begin(reg, KIND_MARRIAGE, couple(&groom, &other));
	content = reg_marriage(reg, CUSTOMARY, "2026-06-10", "070803");
	reg_cite(reg, content, &right);
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L04");
	reg_override(reg, content, "L04");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "");
	content = reg_marriage(reg, CUSTOMARY, "2026-06-10", "070803");
	reg_override(reg, content, "L04");
	reg_cite(reg, content, &wrong);
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L04");
}
END_TEST

START_TEST(l05_full_age_is_that_of_the_law_of_the_day)
{
	struct id man = reg_paper_person(reg, MALE, "ដារា", "1970-08-01", "070803");
	struct id woman = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1971-09-01", "070803");

	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(wed(&man, &woman, "1989-07-25"), "");    /* KH-0: no age */
	ck_assert_str_eq(wed(&man, &woman, "1989-07-26"), "L05"); /* groom 18, bride 17 */
	ck_assert_str_eq(reg->result.verdict.findings[0]->facts[0]->value, "KH-1989");
	ck_assert_str_eq(wed(&man, &woman, "1990-07-31"), "L05");
	ck_assert_uint_eq(reg->result.verdict.finding_count, 1); /* the bride is 18 */
	ck_assert_str_eq(wed(&man, &woman, "1990-08-01"), "");
}
END_TEST

START_TEST(l05_a_date_that_spans_two_laws_is_undecided_when_they_differ)
{
	struct id man = reg_paper_person(reg, MALE, "ដារា", "1960-08-01", "070803");
	struct id woman = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1972-09-01", "070803");

	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(wed(&man, &woman, "1989"), "L05?");
	ck_assert_str_eq(wed(&man, &bride, "1989"), "S21");
	woman = reg_paper_person(reg, FEMALE, "ចាន់", "1965-09-01", "070803");
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(wed(&man, &woman, "1989"), "");
}
END_TEST

START_TEST(l05_under_the_old_law_a_court_lets_it_pass)
{
	struct id man = reg_paper_person(reg, MALE, "ដារា", "1973-09-03", "070803");
	struct id woman = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1977-06-15", "070803");
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, couple(&man, &woman));
	Civil__V1__Content *content;

	reg_on(reg, "2026-06-20");
	struct hash decision = reg_decided(reg, "2026-06-10", "marriage", &man, &woman, NULL);

	content = reg_marriage(reg, CUSTOMARY, "1995-02", "070803");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L05");
	reg_override(reg, content, "L05");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803+V.0708", content), "L05");
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "L11");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803+V.0708"), "L11");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803+P.07"), "");
}
END_TEST

START_TEST(l05_under_the_new_law_consent_serves_from_16_on)
{
	struct id young = reg_paper_person(reg, FEMALE, "ក្មេង", "2010-06-10", "070803");
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, couple(&groom, &young));
	Civil__V1__Content *content;

	reg_on(reg, "2026-06-20");
	content = reg_marriage(reg, CUSTOMARY, "2026-06-10", "070803");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L05");
	reg_document_shown(reg, content, "consent");
	content->marriage->guardian_consent =
	        reg_new(reg, &civil__v1__guardian_consent__descriptor);
	content->marriage->guardian_consent->document = content->common->documents[0];
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "");
	content->marriage->date_of_marriage = reg_partial(reg, "2026-06-09"); /* 15 */
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L05");
}
END_TEST

START_TEST(l06_kin_to_the_third_degree_do_not_marry)
{
	struct id grandmother = reg_paper_person(reg, FEMALE, "ជីដូន", "1950-01-01", "070803");
	struct id uncle = reg_paper_child(reg, MALE, "ពូ", "1975-01-01", "070803", &grandmother);
	struct id sister = reg_paper_child(reg, FEMALE, "បង", "1972-01-01", "070803", &grandmother);
	struct id aunt = reg_paper_child(reg, FEMALE, "មីង", "1978-01-01", "070803", &grandmother);
	struct id niece = reg_paper_child(reg, FEMALE, "ក្មួយ", "1999-01-01", "070803", &sister);
	struct id cousin = reg_paper_child(reg, MALE, "ជីដូនមួយ", "2000-01-01", "070803", &aunt);

	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(wed(&uncle, &sister, "2026-06-10"), "L06");
	ck_assert_str_eq(reg->result.verdict.findings[0]->path, "");
	ck_assert_str_eq(wed(&uncle, &niece, "2026-06-10"), "L06");
	ck_assert_str_eq(wed(&uncle, &grandmother, "2026-06-10"), "L06");
	ck_assert_str_eq(wed(&cousin, &niece, "2026-06-10"), "");
}
END_TEST

START_TEST(l07_a_bride_waits_120_days)
{
	struct hash wedding = reg_paper_marriage(reg, &groom, &bride, "2018-11-05", "070803");
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1990-01-01", "070803");
	struct id another = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1997-01-01", "070803");

	reg_on(reg, "2026-06-20");
	struct hash decision = reg_decided(reg, "2026-06-01", "divorce", &groom, &bride, &wedding);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple(&groom, &bride),
	                         reg_divorce(reg, &wedding, &decision, "2026-06-01")),
	                 "");
	reg_on(reg, "2026-10-01");
	ck_assert_str_eq(wed(&other, &bride, "2026-09-28"), "L07"); /* 119 */
	ck_assert_str_eq(wed(&other, &bride, "2026-09-29"), "");    /* 120 */
	ck_assert_str_eq(wed(&groom, &another, "2026-06-02"), "");  /* the groom need not wait */
}
END_TEST

START_TEST(l07_a_certificate_of_not_being_pregnant_shortens_it)
{
	struct hash wedding = reg_paper_marriage(reg, &groom, &bride, "2018-11-05", "070803");
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1990-01-01", "070803");
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, couple(&other, &bride));
	Civil__V1__Content *content;

	reg_on(reg, "2026-06-20");
	struct hash decision = reg_decided(reg, "2026-06-01", "divorce", &groom, &bride, &wedding);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple(&groom, &bride),
	                         reg_divorce(reg, &wedding, &decision, "2026-06-01")),
	                 "");
	c = reg_case_begin(reg, KIND_MARRIAGE, couple(&other, &bride));
	content = reg_marriage(reg, CUSTOMARY, "2026-06-20", "070803");
	reg_override(reg, content, "L07");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L07");
	reg_document_shown(reg, content, "not_pregnant");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "");
}
END_TEST

START_TEST(l08_a_civil_wedding_is_announced_10_days)
{
	struct reg_case c;
	Civil__V1__Content *content;

	ck_assert_str_eq(notice(&groom, &bride, "2026-06-20"), "");
	struct hash posted = reg_event(reg);

	reg_on(reg, "2026-07-01");
	c = reg_case_begin(reg, KIND_MARRIAGE, couple(&groom, &bride));
	content = reg_marriage(reg, CIVIL_FORM, "2026-06-30", "070803");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L08");
	content->marriage->notice = reg_bytes(reg, bytes_of_hash(&posted));
	content->marriage->date_of_marriage = reg_partial(reg, "2026-06-29"); /* 9 */
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L08");
	content->marriage->date_of_marriage = reg_partial(reg, "2026-06-30"); /* 10 */
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
}
END_TEST

START_TEST(l08_the_notice_is_of_both_spouses)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1997-01-01", "070803");
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, couple(&groom, &bride));
	Civil__V1__Content *content;

	ck_assert_str_eq(notice(&groom, &other, "2026-06-20"), "");
	struct hash posted = reg_event(reg);

	reg_on(reg, "2026-08-01");
	c = reg_case_begin(reg, KIND_MARRIAGE, couple(&groom, &bride));
	content = reg_marriage(reg, CIVIL_FORM, "2026-08-01", "070803");
	content->marriage->notice = reg_bytes(reg, bytes_of_hash(&posted));
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "L08");
}
END_TEST

START_TEST(l08_a_notice_holds_whoever_stood_first_in_it)
{
	struct reg_case c;
	Civil__V1__Content *content;

	ck_assert_str_eq(notice(&groom, &bride, "2026-06-20"), "");
	struct hash posted = reg_event(reg);

	reg_on(reg, "2026-08-01");
	c = reg_case_begin(reg, KIND_MARRIAGE, couple(&bride, &groom));
	content = reg_marriage(reg, CIVIL_FORM, "2026-08-01", "070803");
	content->marriage->notice = reg_bytes(reg, bytes_of_hash(&posted));
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L04, RULE_L05, RULE_L06,
		                              RULE_L07, RULE_L08, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("union");
	TCase *tcase = tcase_create("union");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l04_who_is_married_does_not_marry);
	tcase_add_test(tcase, l04_an_earlier_wedding_without_an_end_meets_the_later_marriage);
	tcase_add_test(tcase, l04_marriages_may_touch_on_the_day_of_a_divorce);
	tcase_add_test(tcase, l04_passes_when_a_court_orders_this_marriage);
	tcase_add_test(tcase, l05_full_age_is_that_of_the_law_of_the_day);
	tcase_add_test(tcase, l05_a_date_that_spans_two_laws_is_undecided_when_they_differ);
	tcase_add_test(tcase, l05_under_the_old_law_a_court_lets_it_pass);
	tcase_add_test(tcase, l05_under_the_new_law_consent_serves_from_16_on);
	tcase_add_test(tcase, l06_kin_to_the_third_degree_do_not_marry);
	tcase_add_test(tcase, l07_a_bride_waits_120_days);
	tcase_add_test(tcase, l07_a_certificate_of_not_being_pregnant_shortens_it);
	tcase_add_test(tcase, l08_a_civil_wedding_is_announced_10_days);
	tcase_add_test(tcase, l08_the_notice_is_of_both_spouses);
	tcase_add_test(tcase, l08_a_notice_holds_whoever_stood_first_in_it);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
