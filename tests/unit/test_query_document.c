/* Goal: a document answers what its state and the day say, and nothing else.
 * Method: one card, each verb, on both sides of each day; replacement, death, a compromised key. */
#include "ledger/query/document_status.h"

#include "tests/support/family.h"

#include <check.h>
#include <stdlib.h>

#define ANSWER(name) CIVIL__V1__DOCUMENT_ANSWER__DOCUMENT_ANSWER_##name
#define VERB(name)   CIVIL__V1__CONTENT__KIND_DOCUMENT_##name

static struct family family;
static int32_t today;

static void setup(void)
{
	family_begin(&family);
	today = life_day("2020-02-01");
}

static void teardown(void)
{
	family_end(&family);
}

static Civil__V1__DocumentAnswer document_on(const char *number, const char *day)
{
	struct view view = life_view(&family.life);
	Civil__V1__GetDocumentStatusRequest request;
	Civil__V1__GetDocumentStatusResponse *response;

	civil__v1__get_document_status_request__init(&request);
	request.document_class = arena_string(&family.life.arena, "id_card");
	request.number = arena_string(&family.life.arena, number);
	request.valid = life_date(&family.life, day);
	ck_assert_int_eq(query_document_status(&view, &response, &request, today), STATUS_OK);
	return response->answer;
}

START_TEST(a_document_answers_by_day)
{
	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985-03-03");

	ck_assert_int_eq(document_on("c1", "2015-02-09"), ANSWER(UNKNOWN));
	ck_assert_int_eq(document_on("c1", "2015-02-10"), ANSWER(VALID));
	ck_assert_int_eq(document_on("c1", "2025-02-09"), ANSWER(VALID));
	ck_assert_int_eq(document_on("c1", "2025-02-10"), ANSWER(EXPIRED));
	ck_assert_int_eq(document_on("c2", "2025-02-10"), ANSWER(UNKNOWN));
	ck_assert_int_eq(document_on("", "2025-02-10"), ANSWER(UNKNOWN));
}
END_TEST

static const struct {
	Civil__V1__Content__KindCase verb;
	Civil__V1__DocumentAnswer answer;
} verbs[] = {
	{ VERB(DELIVERED), ANSWER(VALID) },     { VERB(LOST), ANSWER(LOST) },
	{ VERB(STOLEN), ANSWER(LOST) },         { VERB(FOUND), ANSWER(VALID) },
	{ VERB(SUSPENDED), ANSWER(SUSPENDED) }, { VERB(RESUMED), ANSWER(VALID) },
	{ VERB(REVOKED), ANSWER(REVOKED) },
};

START_TEST(a_document_answers_by_its_last_verb) /* loop test: verbs */
{
	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985-03-03");
	(void)life_card_verb(&family.life, &family.man, verbs[_i].verb, "c1", "2016-01-01");
	ck_assert_int_eq(document_on("c1", "2015-12-31"), ANSWER(VALID));
	ck_assert_int_eq(document_on("c1", "2016-01-01"), verbs[_i].answer);
}
END_TEST

START_TEST(replaced_cards_are_superseded_and_those_of_the_dead_revoked)
{
	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985-03-03");
	(void)life_card_renewed(&family.life, &family.man, "c1", "c2", "2018-01-01", "1985-03-03");
	ck_assert_int_eq(document_on("c1", "2018-01-01"), ANSWER(SUPERSEDED));
	ck_assert_int_eq(document_on("c2", "2018-01-01"), ANSWER(VALID));
	family.life.recorded_on = "2020-01-20";
	(void)life_death(&family.life, &family.man, NULL, "2020-01-10");
	ck_assert_int_eq(document_on("c2", "2020-01-19"), ANSWER(VALID));
	ck_assert_int_eq(document_on("c2", "2020-01-20"), ANSWER(REVOKED));
}
END_TEST

START_TEST(a_card_of_a_disputed_birth_answers_suspended)
{
	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985-03-03");
	family_compromise(&family);
	ck_assert_int_eq(document_on("c1", "2016-01-01"), ANSWER(SUSPENDED));
	ck_assert_int_eq(document_on("c1", "2025-02-10"), ANSWER(EXPIRED));
}
END_TEST

START_TEST(an_unknown_class_of_document_is_invalid)
{
	struct view view = life_view(&family.life);
	Civil__V1__GetDocumentStatusRequest request;
	Civil__V1__GetDocumentStatusResponse *response;

	civil__v1__get_document_status_request__init(&request);
	ck_assert_int_eq(query_document_status(&view, &response, &request, today), STATUS_INVALID);
	request.document_class = arena_string(&family.life.arena, "passport");
	request.known_case = CIVIL__V1__GET_DOCUMENT_STATUS_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = family.life.head.size + 1;
	ck_assert_int_eq(query_document_status(&view, &response, &request, today),
	                 STATUS_OUT_OF_RANGE);
}
END_TEST

static Suite *query_document_suite(void)
{
	Suite *suite = suite_create("query_document");
	TCase *tests = tcase_create("questions");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_document_answers_by_day);
	tcase_add_loop_test(tests, a_document_answers_by_its_last_verb, 0,
	                    (int)(sizeof(verbs) / sizeof(verbs[0])));
	tcase_add_test(tests, replaced_cards_are_superseded_and_those_of_the_dead_revoked);
	tcase_add_test(tests, a_card_of_a_disputed_birth_answers_suspended);
	tcase_add_test(tests, an_unknown_class_of_document_is_invalid);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(query_document_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
