/* Goal: an office sees exactly the cases that wait for a step, as they were at any position, with
 * what is due, expired or can be appealed; and what ended is counted once.
 * Method: birth cases left at every step by two offices of one district, asked by the commune, the
 * district and page by page while cases go on and end in between. */
#include "ledger/query/get_performance.h"
#include "ledger/query/list_cases.h"

#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define FILTER(name) CIVIL__V1__CASE_FILTER__CASE_FILTER_##name
#define STEP(name)   CIVIL__V1__EVENT_STEP__EVENT_STEP_##name
#define CLASS(name)  CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name
#define STATE(name)  CIVIL__V1__CASE_STATUS__CASE_STATUS_##name

static struct life life;

static void open_office(const char *id, const char *area)
{
	Civil__V1__Content *content = life_content(&life);
	Civil__V1__OfficeOpened opened;
	char *areas[] = { arena_string(&life.arena, area) };

	civil__v1__office_opened__init(&opened);
	opened.office_id = arena_string(&life.arena, id);
	opened.areas = areas;
	opened.n_areas = area[0] == '\0' ? 0 : 1;
	opened.date = life_date(&life, "2020-01-01");
	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICE_OPENED;
	content->office_opened = &opened;
	(void)life_act(&life, CLASS(GOVERNANCE), NULL, 0, content);
}

static void setup(void)
{
	life_begin(&life);
	open_office("070803", "070803");
	open_office("0708", "0708");
	open_office("1401", "1401");
	open_office("nation", "");
	life.recorded_on = "2020-02-01";
}

static void teardown(void)
{
	life_end(&life);
}

static struct life_case_open declare(const char *name)
{
	const struct life_birth birth = { .name = name, .date = "2020-01-15" };

	return life_birth_declared(&life, &birth);
}

static void end_case(const struct life_case_open *open, Civil__V1__EventStep step)
{
	Civil__V1__Content *content = life_content(&life);
	Civil__V1__Refusal refusal;
	Civil__V1__Withdrawal withdrawal;

	civil__v1__refusal__init(&refusal);
	civil__v1__withdrawal__init(&withdrawal);
	if (step == STEP(REFUSED)) {
		refusal.reason = arena_string(&life.arena, "no_proof_of_birth");
		refusal.appeal_until = life_date(&life, "2020-03-01");
		content->kind_case = CIVIL__V1__CONTENT__KIND_REFUSAL;
		content->refusal = &refusal;
	} else {
		withdrawal.by = arena_string(&life.arena, "mother");
		content->kind_case = CIVIL__V1__CONTENT__KIND_WITHDRAWAL;
		content->withdrawal = &withdrawal;
	}
	(void)life_put(&life, CLASS(BIRTH), step, &open->case_id, NULL, 0, content);
}

static Civil__V1__ListCasesRequest request_of(const char *office, Civil__V1__CaseFilter filter,
                                              const char *day)
{
	Civil__V1__ListCasesRequest request;

	civil__v1__list_cases_request__init(&request);
	request.office_id = arena_string(&life.arena, office);
	request.filter = filter;
	request.day = life_date(&life, day);
	return request;
}

static enum status ask(Civil__V1__ListCasesResponse **response,
                       const Civil__V1__ListCasesRequest *request)
{
	static struct view view;

	view = life_view(&life);
	return query_list_cases(&view, response, request, life_day("2020-02-01"));
}

static Civil__V1__ListCasesResponse *cases(const char *office, Civil__V1__CaseFilter filter,
                                           const char *day)
{
	const Civil__V1__ListCasesRequest request = request_of(office, filter, day);
	Civil__V1__ListCasesResponse *response;

	ck_assert_int_eq(ask(&response, &request), STATUS_OK);
	return response;
}

static size_t count_at(const char *office, uint64_t known)
{
	Civil__V1__ListCasesRequest request = request_of(office, FILTER(OPEN), "2020-02-01");
	Civil__V1__ListCasesResponse *response;

	request.known_case = CIVIL__V1__LIST_CASES_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = known;
	ck_assert_int_eq(ask(&response, &request), STATUS_OK);
	return response->n_cases;
}

START_TEST(a_case_waits_for_its_next_step_until_it_ends)
{
	struct life_case_open open = declare("Sophea");
	Civil__V1__ListCasesResponse *response = cases("070803", FILTER(OPEN), "2020-02-01");

	ck_assert_uint_eq(response->n_cases, 1);
	const Civil__V1__CaseSummary *summary = response->cases[0];

	ck_assert_mem_eq(summary->case_id.data, open.case_id.bytes, ID_BYTES);
	ck_assert_str_eq(summary->office_id, "070803");
	ck_assert_str_eq(summary->kind, "birth");
	ck_assert_int_eq(summary->event_class, CLASS(BIRTH));
	ck_assert_int_eq(summary->status, STATE(OPEN));
	ck_assert_int_eq(summary->newest_step, STEP(DECLARED));
	ck_assert_int_eq(summary->next_step, STEP(VERIFIED));
	ck_assert_mem_eq(summary->declaration.data, open.declared.bytes, HASH_BYTES);
	ck_assert_int_eq(summary->due_on->month, 3); /* 30 days later */
	ck_assert(!summary->overdue);
	ck_assert_uint_eq(cases("070803", FILTER(TO_VERIFY), "2020-02-01")->n_cases, 1);
	ck_assert_uint_eq(cases("070803", FILTER(TO_REGISTER), "2020-02-01")->n_cases, 0);
	struct hash verified = life_verified(&life, &open);
	ck_assert_uint_eq(cases("070803", FILTER(TO_VERIFY), "2020-02-01")->n_cases, 0);
	ck_assert_uint_eq(cases("070803", FILTER(TO_REGISTER), "2020-02-01")->n_cases, 1);
	(void)life_registered(&life, &open, &verified, "B", 1);
	ck_assert_uint_eq(cases("070803", FILTER(OPEN), "2020-02-01")->n_cases, 0);
	response = cases("070803", FILTER(ENDED), "2020-02-01");
	ck_assert_uint_eq(response->n_cases, 1);
	ck_assert_int_eq(response->cases[0]->status, STATE(REGISTERED));
	ck_assert_int_eq(response->cases[0]->next_step, STEP(UNSPECIFIED));
}
END_TEST

START_TEST(a_provisional_birth_waits_for_its_verification)
{
	struct life_case_open open = declare("Sophea");

	(void)life_registered(&life, &open, NULL, "B", 1);
	Civil__V1__ListCasesResponse *response = cases("0708", FILTER(TO_VERIFY), "2020-02-01");

	ck_assert_uint_eq(response->n_cases, 1);
	ck_assert(response->cases[0]->provisional);
	ck_assert_int_eq(response->cases[0]->status, STATE(REGISTERED));
	ck_assert_uint_eq(cases("0708", FILTER(OVERDUE), "2020-03-02")->n_cases, 0);
	ck_assert_uint_eq(cases("0708", FILTER(OVERDUE), "2020-03-03")->n_cases, 1);
	(void)life_verified(&life, &open);
	ck_assert_uint_eq(cases("0708", FILTER(OPEN), "2020-02-01")->n_cases, 0);
}
END_TEST

START_TEST(a_case_expires_a_year_after_its_last_step)
{
	(void)declare("Sophea");
	ck_assert_uint_eq(cases("070803", FILTER(EXPIRED), "2021-01-31")->n_cases, 0);
	ck_assert_uint_eq(cases("070803", FILTER(EXPIRED), "2021-02-01")->n_cases, 1);
}
END_TEST

START_TEST(a_refusal_can_be_appealed_to_its_last_day)
{
	struct life_case_open open = declare("Sophea");

	end_case(&open, STEP(REFUSED));
	ck_assert_uint_eq(cases("070803", FILTER(OPEN), "2020-02-01")->n_cases, 0);
	Civil__V1__ListCasesResponse *response = cases("0708", FILTER(APPEALABLE), "2020-03-01");

	ck_assert_uint_eq(response->n_cases, 1);
	ck_assert_str_eq(response->cases[0]->refusal_reason, "no_proof_of_birth");
	ck_assert_int_eq(response->cases[0]->appeal_until->day, 1);
	ck_assert_uint_eq(cases("0708", FILTER(APPEALABLE), "2020-03-02")->n_cases, 0);
	struct life_case_open other = declare("Other");

	end_case(&other, STEP(WITHDRAWN));
	ck_assert_uint_eq(cases("0708", FILTER(APPEALABLE), "2020-03-01")->n_cases, 1);
	ck_assert_uint_eq(cases("0708", FILTER(ENDED), "2020-03-01")->n_cases, 2);
}
END_TEST

START_TEST(each_office_sees_the_cases_of_its_areas)
{
	(void)declare("Sophea");
	ck_assert_uint_eq(cases("0708", FILTER(OPEN), "2020-02-01")->n_cases, 1);
	ck_assert_uint_eq(cases("nation", FILTER(OPEN), "2020-02-01")->n_cases, 1);
	ck_assert_uint_eq(cases("1401", FILTER(OPEN), "2020-02-01")->n_cases, 0);
	Civil__V1__ListCasesRequest request = request_of("0708", FILTER(OPEN), "2020-02-01");
	Civil__V1__ListCasesResponse *response;

	request.own = true;
	ck_assert_int_eq(ask(&response, &request), STATUS_OK);
	ck_assert_uint_eq(response->n_cases, 0);
	request.own = false;
	request.event_class = CLASS(DEATH);
	ck_assert_int_eq(ask(&response, &request), STATUS_OK);
	ck_assert_uint_eq(response->n_cases, 0);
	request = request_of("nowhere", FILTER(OPEN), "2020-02-01");
	ck_assert_int_eq(ask(&response, &request), STATUS_NOT_FOUND);
	request = request_of("0708", (Civil__V1__CaseFilter)99, "2020-02-01");
	ck_assert_int_eq(ask(&response, &request), STATUS_INVALID);
}
END_TEST

START_TEST(the_queue_of_any_position_is_what_it_was_then)
{
	uint64_t none = life.head.size;
	struct life_case_open first = declare("First");
	uint64_t one = life.head.size;
	struct life_case_open second = declare("Second");
	uint64_t two = life.head.size;

	end_case(&first, STEP(WITHDRAWN));
	uint64_t rest = life.head.size;

	end_case(&second, STEP(REFUSED));
	(void)declare("Third");
	ck_assert_uint_eq(count_at("0708", none), 0);
	ck_assert_uint_eq(count_at("0708", one), 1);
	ck_assert_uint_eq(count_at("0708", two), 2);
	ck_assert_uint_eq(count_at("0708", rest), 1);
	ck_assert_uint_eq(count_at("0708", life.head.size), 1);
}
END_TEST

START_TEST(pages_give_every_case_once_while_cases_come_and_go)
{
	enum { CASES = 7 };
	struct life_case_open open[CASES];
	Civil__V1__ListCasesRequest request = request_of("0708", FILTER(OPEN), "2020-02-01");
	Civil__V1__ListCasesResponse *response;
	size_t seen = 0;

	for (size_t i = 0; i < CASES; i++) {
		open[i] = declare("Case");
	}
	request.page_size = 2;
	for (size_t page = 0; page < 4; page++) {
		ck_assert_int_eq(ask(&response, &request), STATUS_OK);
		for (size_t i = 0; i < response->n_cases; i++) {
			ck_assert_mem_eq(response->cases[i]->case_id.data, open[seen].case_id.bytes,
			                 ID_BYTES);
			seen++;
		}
		request.page_token = arena_string(&life.arena, response->next_page_token);
		end_case(&open[page], STEP(WITHDRAWN));             /* seen already */
		end_case(&open[CASES - 1 - page], STEP(WITHDRAWN)); /* still to come */
		(void)declare("New");
		if (page == 2) {
			break;
		}
	}
	ck_assert_int_eq(ask(&response, &request), STATUS_OK);
	ck_assert_uint_eq(response->n_cases, 1);
	ck_assert_uint_eq(seen + 1, CASES);
	ck_assert_str_eq(response->next_page_token, "");
}
END_TEST

static const Civil__V1__ClassPerformance *performance(const char *office,
                                                      Civil__V1__EventClass event_class,
                                                      const char *from, const char *to)
{
	static struct view view;
	Civil__V1__GetPerformanceRequest request;
	Civil__V1__GetPerformanceResponse *response;

	civil__v1__get_performance_request__init(&request);
	request.office_id = arena_string(&life.arena, office);
	request.from = life_date(&life, from);
	request.to = life_date(&life, to);
	view = life_view(&life);
	ck_assert_int_eq(query_get_performance(&view, &response, &request), STATUS_OK);
	for (size_t i = 0; i < response->n_classes; i++) {
		if (response->classes[i]->event_class == event_class) {
			return response->classes[i];
		}
	}
	return NULL;
}

START_TEST(performance_counts_what_ended_in_the_period_and_what_waits)
{
	const struct life_birth late = { .name = "Late", .date = "2018-01-15" };
	struct life_case_open open = declare("Sophea");
	struct id child;

	(void)declare("Waits");
	life.recorded_on = "2020-02-11";
	struct hash verified = life_verified(&life, &open);

	(void)life_registered(&life, &open, &verified, "B", 1);
	(void)life_birth(&life, &child, &late);
	struct life_case_open refused = declare("Refused");

	end_case(&refused, STEP(REFUSED));
	const Civil__V1__ClassPerformance *births =
	        performance("0708", CLASS(BIRTH), "2020-02-01", "2020-02-29");

	ck_assert_uint_eq(births->registered, 2);
	ck_assert_uint_eq(births->late, 1);
	ck_assert_uint_eq(births->refused, 1);
	ck_assert_uint_eq(births->withdrawn, 0);
	ck_assert_uint_eq(births->processing_days, 10);
	ck_assert_uint_eq(births->processing_days_max, 10);
	ck_assert_uint_eq(births->pending, 1);
	ck_assert_uint_eq(births->pending_verifications, 1);
	ck_assert_uint_eq(births->overdue_verifications, 0);
	births = performance("0708", CLASS(BIRTH), "2020-03-01", "2020-03-31");
	ck_assert_uint_eq(births->registered, 0);
	ck_assert_uint_eq(births->overdue_verifications, 1);
	ck_assert_ptr_null(performance("1401", CLASS(BIRTH), "2020-02-01", "2020-02-29"));
}
END_TEST

static Suite *office_suite(void)
{
	Suite *suite = suite_create("query_office");
	TCase *tests = tcase_create("office");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_case_waits_for_its_next_step_until_it_ends);
	tcase_add_test(tests, a_provisional_birth_waits_for_its_verification);
	tcase_add_test(tests, a_case_expires_a_year_after_its_last_step);
	tcase_add_test(tests, a_refusal_can_be_appealed_to_its_last_day);
	tcase_add_test(tests, each_office_sees_the_cases_of_its_areas);
	tcase_add_test(tests, the_queue_of_any_position_is_what_it_was_then);
	tcase_add_test(tests, pages_give_every_case_once_while_cases_come_and_go);
	tcase_add_test(tests, performance_counts_what_ended_in_the_period_and_what_waits);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(office_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
