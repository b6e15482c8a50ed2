/* Goal: every live document of a person is compared with the register and with every other, and no
 * dead one; the worst difference is told.
 * Method: cards and passports that print what was registered, or something else, asked on days
 * before and after corrections, replacement and expiry. */
#include "ledger/query/compare_documents.h"

#include "tests/support/family.h"

#include <check.h>
#include <stdlib.h>

#define LIKENESS(name) CIVIL__V1__LIKENESS__LIKENESS_##name

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

static ProtobufCBinaryData id_field(struct id *id)
{
	return (ProtobufCBinaryData){ .data = id->bytes, .len = ID_BYTES };
}

static enum status ask(Civil__V1__CompareDocumentsResponse **response, const char *day)
{
	static struct view view;
	Civil__V1__CompareDocumentsRequest request;

	view = life_view(&family.life);
	civil__v1__compare_documents_request__init(&request);
	request.person_case = CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__PERSON_PERSON_ID;
	request.person_id = id_field(&family.man);
	request.valid = life_date(&family.life, day);
	return query_compare_documents(&view, response, &request, today);
}

/* Likeness of a field in the nth comparison; unspecified when it is not compared. */
static Civil__V1__Likeness field(const Civil__V1__CompareDocumentsResponse *response, size_t nth,
                                 const char *name)
{
	ck_assert_uint_lt(nth, response->n_comparisons);
	for (size_t i = 0; i < response->comparisons[nth]->n_fields; i++) {
		if (strcmp(response->comparisons[nth]->fields[i]->field, name) == 0) {
			return response->comparisons[nth]->fields[i]->likeness;
		}
	}
	return LIKENESS(UNSPECIFIED);
}

START_TEST(a_card_that_prints_the_register_is_equal)
{
	Civil__V1__CompareDocumentsResponse *response;

	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985-03-03");
	ck_assert_int_eq(ask(&response, "2020-02-01"), STATUS_OK);
	ck_assert_uint_eq(response->n_comparisons, 1);
	ck_assert_str_eq(response->comparisons[0]->document_class, "id_card");
	ck_assert_str_eq(response->comparisons[0]->document_number, "c1");
	ck_assert_str_eq(response->comparisons[0]->other_number, "");
	ck_assert_int_eq(field(response, 0, "birth"), LIKENESS(EQUAL));
	ck_assert_int_eq(field(response, 0, "nationality"), LIKENESS(EQUAL));
	ck_assert_int_eq(field(response, 0, "name"), LIKENESS(UNSPECIFIED)); /* not printed */
	ck_assert_int_eq(response->worst, LIKENESS(EQUAL));
	ck_assert_ptr_nonnull(response->position);
}
END_TEST

START_TEST(papers_are_compared_with_each_other_too)
{
	Civil__V1__CompareDocumentsResponse *response;

	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985-03-04");
	(void)life_card(&family.life, &family.man, "c2", "2016-02-10", "2026-02-09", "1985-04-03");
	ck_assert_int_eq(ask(&response, "2020-02-01"), STATUS_OK);
	ck_assert_uint_eq(response->n_comparisons, 3);
	ck_assert_int_eq(field(response, 0, "birth"), LIKENESS(MINOR));
	ck_assert_int_eq(field(response, 1, "birth"), LIKENESS(MINOR));
	ck_assert_int_eq(field(response, 2, "birth"), LIKENESS(MINOR)); /* 4 March, 3 April */
	ck_assert_str_eq(response->comparisons[2]->document_number, "c1");
	ck_assert_str_eq(response->comparisons[2]->other_number, "c2");
	ck_assert_str_eq(response->comparisons[2]->fields[0]->in_document, "1985-03-04");
	ck_assert_str_eq(response->comparisons[2]->fields[0]->in_other, "1985-04-03");
	ck_assert_int_eq(response->worst, LIKENESS(MINOR));
}
END_TEST

START_TEST(one_conflict_is_the_worst_of_all)
{
	Civil__V1__CompareDocumentsResponse *response;

	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985");
	(void)life_card(&family.life, &family.man, "c2", "2016-02-10", "2026-02-09", "1958-03-03");
	ck_assert_int_eq(ask(&response, "2020-02-01"), STATUS_OK);
	ck_assert_int_eq(field(response, 0, "birth"), LIKENESS(EQUIVALENT));
	ck_assert_int_eq(response->comparisons[0]->worst, LIKENESS(EQUIVALENT));
	ck_assert_int_eq(field(response, 1, "birth"), LIKENESS(CONFLICT));
	ck_assert_int_eq(response->worst, LIKENESS(CONFLICT));
}
END_TEST

START_TEST(papers_out_of_use_are_not_compared)
{
	Civil__V1__CompareDocumentsResponse *response;

	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2025-02-09", "1985-03-03");
	(void)life_card_renewed(&family.life, &family.man, "c1", "c2", "2018-01-01", "1985-03-03");
	ck_assert_int_eq(ask(&response, "2015-02-09"), STATUS_OK);
	ck_assert_uint_eq(response->n_comparisons, 0);
	ck_assert_int_eq(response->worst, LIKENESS(UNSPECIFIED));
	ck_assert_int_eq(ask(&response, "2016-01-01"), STATUS_OK);
	ck_assert_uint_eq(response->n_comparisons, 1);
	ck_assert_str_eq(response->comparisons[0]->document_number, "c1");
	ck_assert_int_eq(ask(&response, "2020-02-01"), STATUS_OK);
	ck_assert_uint_eq(response->n_comparisons, 1);
	ck_assert_str_eq(response->comparisons[0]->document_number, "c2");
}
END_TEST

START_TEST(a_card_past_its_last_day_is_not_compared)
{
	Civil__V1__CompareDocumentsResponse *response;

	(void)life_card(&family.life, &family.man, "c1", "2015-02-10", "2019-02-09", "1985-03-03");
	ck_assert_int_eq(ask(&response, "2019-02-09"), STATUS_OK);
	ck_assert_uint_eq(response->n_comparisons, 1);
	ck_assert_int_eq(ask(&response, "2019-02-10"), STATUS_OK);
	ck_assert_uint_eq(response->n_comparisons, 0);
}
END_TEST

START_TEST(questions_that_cannot_be_answered_are_refused)
{
	struct view view = life_view(&family.life);
	Civil__V1__CompareDocumentsRequest request;
	Civil__V1__CompareDocumentsResponse *response;
	struct id nobody = { { 9 } };

	civil__v1__compare_documents_request__init(&request);
	ck_assert_int_eq(query_compare_documents(&view, &response, &request, today),
	                 STATUS_INVALID);
	request.person_case = CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__PERSON_PERSON_ID;
	request.person_id = id_field(&nobody);
	ck_assert_int_eq(query_compare_documents(&view, &response, &request, today),
	                 STATUS_NOT_FOUND);
	request.person_id = id_field(&family.man);
	request.known_case = CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = view.size + 1;
	ck_assert_int_eq(query_compare_documents(&view, &response, &request, today),
	                 STATUS_OUT_OF_RANGE);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("compare_documents");
	TCase *tcase = tcase_create("compare_documents");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_card_that_prints_the_register_is_equal);
	tcase_add_test(tcase, papers_are_compared_with_each_other_too);
	tcase_add_test(tcase, one_conflict_is_the_worst_of_all);
	tcase_add_test(tcase, papers_out_of_use_are_not_compared);
	tcase_add_test(tcase, a_card_past_its_last_day_is_not_compared);
	tcase_add_test(tcase, questions_that_cannot_be_answered_are_refused);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
