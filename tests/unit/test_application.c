/* Goal: an application goes from desk to delivery in the order of its verbs, by the e-service desk
 * or the office that handles it.
 * Method: one man and his son; each verb refused in one respect and then accepted. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define MALE      CIVIL__V1__SEX__SEX_MALE
#define CASE(n)   CIVIL__V1__CONTENT__KIND_##n
#define STATUS(n) CIVIL__V1__APPLICATION_STATUS__APPLICATION_STATUS_##n
#define DESK      "ES.e-service"

static struct reg *reg;
static struct id man;
static struct id son;
static struct reg_part parts[3];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	son = reg_paper_person(reg, MALE, "សុខ", "1999-06-15", "070803");
	parts[0] = (struct reg_part){ ROLE(APPLICANT), &man };
	parts[1] = (struct reg_part){ ROLE(HOLDER), &son };
	parts[2] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *submits(const char *signers, const char *office, const char *date)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ApplicationSubmitted *act =
	        reg_new(reg, &civil__v1__application_submitted__descriptor);

	content->kind_case = CASE(APPLICATION_SUBMITTED);
	content->application_submitted = act;
	act->for_kind = reg_text(reg, "certificate_issued");
	act->application_number = reg_text(reg, "A-1");
	act->channel = CIVIL__V1__APPLICATION_CHANNEL__APPLICATION_CHANNEL_ONLINE;
	act->delivery = CIVIL__V1__APPLICATION_DELIVERY__APPLICATION_DELIVERY_HOME;
	act->date = reg_date(reg, date);
	act->office_id = reg_text(reg, office);
	return reg_act(reg, signers, KIND_APPLICATION_SUBMITTED, parts, content);
}

#define VERB(lower, UPPER)                                                                         \
	content->kind_case = CASE(APPLICATION_##UPPER);                                            \
	content->application_##lower =                                                             \
	        reg_new(reg, &civil__v1__application_##lower##__descriptor);                       \
	content->application_##lower->application = reg_bytes(reg, bytes_of_hash(application));    \
	content->application_##lower->date = reg_date(reg, date)

static const char *moves(const char *signers, enum kind_id kind, const struct hash *application,
                         const char *date)
{
	Civil__V1__Content *content = reg_content(reg);

	switch ((int)kind) {
	case KIND_APPLICATION_PROCESSING:
		VERB(processing, PROCESSING);
		break;
	case KIND_APPLICATION_READY:
		VERB(ready, READY);
		break;
	case KIND_APPLICATION_DELIVERED:
		VERB(delivered, DELIVERED);
		content->application_delivered->delivered_how = reg_text(reg, "post");
		break;
	case KIND_APPLICATION_REFUSED:
		VERB(refused, REFUSED);
		content->application_refused->reason = reg_text(reg, "no_record");
		content->application_refused->appeal_until = reg_date(reg, "2026-08-01");
		break;
	case KIND_APPLICATION_WITHDRAWN:
		VERB(withdrawn, WITHDRAWN);
		break;
	default:
		ck_abort_msg("no verb");
	}
	return reg_act(reg, signers, kind, parts, content);
}

static struct hash submitted(void)
{
	ck_assert_str_eq(submits(DESK, "070803", "2026-06-01"), "");
	return reg_event(reg);
}

static const Civil__V1__PersonApplication *of(const struct id *person, const char *date)
{
	const Civil__V1__PersonState *state = reg_state_at(reg, person, date, UINT64_MAX);

	ck_assert_uint_gt(state->n_applications, 0);
	return state->applications[0];
}

START_TEST(an_application_goes_to_applicant_and_holder)
{
	(void)submitted();
	ck_assert_uint_eq(reg_state_at(reg, &man, "2026-05-31", UINT64_MAX)->n_applications, 0);
	ck_assert_int_eq(of(&man, "2026-06-01")->status, STATUS(SUBMITTED));
	ck_assert_str_eq(of(&son, "2026-06-01")->for_kind, "certificate_issued");
	parts[0].role = 0;
	ck_assert_str_eq(submits(DESK, "070803", "2026-06-01"), "S16");
}
END_TEST

START_TEST(the_desk_signs_anywhere_and_else_the_office_that_handles_it)
{
	ck_assert_str_eq(submits("R.070801", "070803", "2026-06-01"), "S03");
	ck_assert_str_eq(submits("IC.id-cards", "070803", "2026-06-01"), "S03");
	ck_assert_str_eq(submits("V.0708", "070803", "2026-06-01"), "S02");
	ck_assert_str_eq(submits("R.070803", "070803", "2026-06-01"), "");
	struct hash application = reg_event(reg);

	ck_assert_str_eq(moves("R.070801", KIND_APPLICATION_PROCESSING, &application, "2026-06-02"),
	                 "S03");
	ck_assert_str_eq(moves("K.070803", KIND_APPLICATION_PROCESSING, &application, "2026-06-02"),
	                 "");
	ck_assert_str_eq(submits("IC.id-cards", "id-cards", "2026-06-01"), "");
}
END_TEST

START_TEST(s14_the_verbs_come_in_their_order)
{
	struct hash application = submitted();
	const Civil__V1__PersonApplication *now;

	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_READY, &application, "2026-06-05"), "S14");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_DELIVERED, &application, "2026-06-05"),
	                 "S14");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_PROCESSING, &application, "2026-05-31"),
	                 "S14");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_PROCESSING, &application, "2026-06-05"), "");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_PROCESSING, &application, "2026-06-06"),
	                 "S14");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_READY, &application, "2026-06-04"), "S14");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_READY, &application, "2026-06-10"), "");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_WITHDRAWN, &application, "2026-06-09"),
	                 "S14");
	now = of(&son, "2026-06-10");
	ck_assert_int_eq(now->status, STATUS(READY));
	ck_assert_int_eq(now->status_since->day, 10);
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_WITHDRAWN, &application, "2026-06-12"), "");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_DELIVERED, &application, "2026-06-12"),
	                 "S14");
}
END_TEST

START_TEST(what_is_delivered_is_done_with)
{
	struct hash application = submitted();

	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_PROCESSING, &application, "2026-06-05"), "");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_READY, &application, "2026-06-06"), "");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_REFUSED, &application, "2026-06-07"), "S14");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_DELIVERED, &application, "2026-06-07"), "");
	ck_assert_str_eq(of(&son, "2026-06-07")->delivered_how, "post");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_WITHDRAWN, &application, "2026-06-08"),
	                 "S14");
}
END_TEST

START_TEST(a_refusal_says_why_and_until_when_to_appeal)
{
	struct hash application = submitted();
	const Civil__V1__PersonApplication *now;

	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_REFUSED, &application, "2026-06-05"), "");
	now = of(&man, "2026-06-05");
	ck_assert_int_eq(now->status, STATUS(REFUSED));
	ck_assert_str_eq(now->reason, "no_record");
	ck_assert_int_eq(now->appeal_until->month, 8);
}
END_TEST

START_TEST(a_verb_names_an_application_and_all_its_persons)
{
	struct hash application = submitted();
	struct hash nothing = { { 7 } };

	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_PROCESSING, &nothing, "2026-06-05"), "S12");
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_PROCESSING, &application, "2026-06-05"), "");
	struct hash verb = reg_event(reg);

	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_READY, &verb, "2026-06-06"), "S13");
	parts[1].role = 0;
	ck_assert_str_eq(moves(DESK, KIND_APPLICATION_READY, &application, "2026-06-06"), "S16");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S03, RULE_S12, RULE_S13,
		                              RULE_S14, RULE_S16, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("application");
	TCase *tcase = tcase_create("application");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_application_goes_to_applicant_and_holder);
	tcase_add_test(tcase, the_desk_signs_anywhere_and_else_the_office_that_handles_it);
	tcase_add_test(tcase, s14_the_verbs_come_in_their_order);
	tcase_add_test(tcase, what_is_delivered_is_done_with);
	tcase_add_test(tcase, a_refusal_says_why_and_until_when_to_appeal);
	tcase_add_test(tcase, a_verb_names_an_application_and_all_its_persons);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
