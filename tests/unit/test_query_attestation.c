/* Goal: statements and presented values are answered yes, no or unknown exactly as the catalogue's
 * section G says, and a wedding is free when no rule of marriage would break on that day.
 * Method: a woman known by the year of birth only, asked about every attribute, comparison and edge
 * day; the family's couple asked about weddings before and after theirs. */
#include "ledger/query/list_impediments.h"
#include "ledger/query/match_attributes.h"
#include "ledger/query/verify_attributes.h"

#include "tests/support/family.h"

#include <check.h>
#include <stdlib.h>

#define COMPARISON(name) CIVIL__V1__COMPARISON__COMPARISON_##name
#define ATTRIBUTE(name)  CIVIL__V1__STATEMENT__ATTRIBUTE_##name
#define ANSWER(name)     CIVIL__V1__ANSWER__ANSWER_##name
#define FIELD(name)      CIVIL__V1__MATCH_FIELD__MATCH_FIELD_##name
#define MATCH(name)      CIVIL__V1__MATCH_ANSWER__MATCH_ANSWER_##name
#define SEX(name)        CIVIL__V1__SEX__SEX_##name

static struct family family;
static struct id sina; /* born some day of 1968, lives in 25010101 */
static int32_t today;

static void setup(void)
{
	const struct life_birth birth = {
		.name = "Sina", .sex = SEX(FEMALE), .date = "1968", .address = "25010101"
	};

	family_begin(&family);
	today = life_day("2026-07-01");
	(void)life_birth(&family.life, &sina, &birth);
}

static void teardown(void)
{
	family_end(&family);
}

static Civil__V1__PersonReference *reference(struct id *person)
{
	Civil__V1__PersonReference *made = arena_alloc(&family.life.arena, sizeof(*made));

	ck_assert_ptr_nonnull(made);
	civil__v1__person_reference__init(made);
	made->person_case = CIVIL__V1__PERSON_REFERENCE__PERSON_PERSON_ID;
	made->person_id = (ProtobufCBinaryData){ .data = person->bytes, .len = ID_BYTES };
	return made;
}

static enum status ask(Civil__V1__Answer *answer, struct id *person,
                       const Civil__V1__Statement *statement, const char *day)
{
	static struct view view;
	Civil__V1__Statement copy = *statement;
	Civil__V1__Statement *statements[] = { &copy };
	Civil__V1__VerifyAttributesRequest request;
	Civil__V1__VerifyAttributesResponse *response;

	civil__v1__verify_attributes_request__init(&request);
	request.person = reference(person);
	request.statements = statements;
	request.n_statements = 1;
	request.valid = life_date(&family.life, day);
	view = life_view(&family.life);
	enum status status = query_verify_attributes(&view, &response, &request, today);
	if (status == STATUS_OK) {
		ck_assert_uint_eq(response->n_answers, 1);
		ck_assert_ptr_nonnull(response->position);
		*answer = response->answers[0];
	}
	return status;
}

static Civil__V1__Statement about(Civil__V1__Statement__AttributeCase attribute,
                                  Civil__V1__Comparison comparison)
{
	Civil__V1__Statement statement;

	civil__v1__statement__init(&statement);
	statement.attribute_case = attribute;
	statement.comparison = comparison;
	return statement;
}

static Civil__V1__Answer answer(const Civil__V1__Statement *statement, const char *day)
{
	Civil__V1__Answer given = ANSWER(UNSPECIFIED);

	ck_assert_int_eq(ask(&given, &sina, statement, day), STATUS_OK);
	return given;
}

static const struct {
	Civil__V1__Comparison comparison;
	int32_t age;
	Civil__V1__Answer answer;
} ages[] = {
	{ COMPARISON(AT_LEAST), 50, ANSWER(YES) },
	{ COMPARISON(AT_LEAST), 57, ANSWER(YES) },
	{ COMPARISON(AT_LEAST), 58, ANSWER(UNKNOWN) },
	{ COMPARISON(AT_LEAST), 59, ANSWER(NO) },
	{ COMPARISON(LESS), 57, ANSWER(NO) },
	{ COMPARISON(LESS), 58, ANSWER(UNKNOWN) },
	{ COMPARISON(LESS), 59, ANSWER(YES) },
	{ COMPARISON(MORE), 56, ANSWER(YES) },
	{ COMPARISON(MORE), 57, ANSWER(UNKNOWN) },
	{ COMPARISON(MORE), 58, ANSWER(NO) },
	{ COMPARISON(AT_MOST), 58, ANSWER(YES) },
	{ COMPARISON(AT_MOST), 57, ANSWER(UNKNOWN) },
	{ COMPARISON(AT_MOST), 56, ANSWER(NO) },
	{ COMPARISON(EQUAL), 57, ANSWER(UNKNOWN) },
	{ COMPARISON(EQUAL), 56, ANSWER(NO) },
	{ COMPARISON(EQUAL), 59, ANSWER(NO) },
	{ COMPARISON(NOT_EQUAL), 59, ANSWER(YES) },
	{ COMPARISON(NOT_EQUAL), 58, ANSWER(UNKNOWN) },
};

START_TEST(an_age_is_known_as_far_as_the_birth_is) /* loop test: ages */
{
	Civil__V1__Statement statement = about(ATTRIBUTE(AGE), ages[_i].comparison);

	statement.age = ages[_i].age;
	ck_assert_int_eq(answer(&statement, "2026-07-01"), ages[_i].answer);
}
END_TEST

static const struct {
	Civil__V1__Comparison comparison;
	const char *day;
	Civil__V1__Answer answer;
} births[] = {
	{ COMPARISON(LESS), "1968-07-01", ANSWER(UNKNOWN) },
	{ COMPARISON(LESS), "1969-01-01", ANSWER(YES) },
	{ COMPARISON(LESS), "1968-12-31", ANSWER(UNKNOWN) },
	{ COMPARISON(LESS), "1968-01-01", ANSWER(NO) },
	{ COMPARISON(AT_MOST), "1968-12-31", ANSWER(YES) },
	{ COMPARISON(AT_LEAST), "1968-01-01", ANSWER(YES) },
	{ COMPARISON(MORE), "1968-12-31", ANSWER(NO) },
	{ COMPARISON(EQUAL), "1968-05-01", ANSWER(UNKNOWN) },
	{ COMPARISON(EQUAL), "1969-05-01", ANSWER(NO) },
	{ COMPARISON(UNSPECIFIED), "1967-12-31", ANSWER(NO) },
};

START_TEST(a_birth_is_compared_as_the_interval_it_is) /* loop test: births */
{
	Civil__V1__Statement statement = about(ATTRIBUTE(BIRTH), births[_i].comparison);

	statement.birth = life_date(&family.life, births[_i].day);
	ck_assert_int_eq(answer(&statement, "2026-07-01"), births[_i].answer);
}
END_TEST

START_TEST(alive_is_open_in_the_year_of_birth_and_no_after_death)
{
	Civil__V1__Statement statement = about(ATTRIBUTE(ALIVE), COMPARISON(EQUAL));
	Civil__V1__Answer given;

	statement.alive = true;
	ck_assert_int_eq(answer(&statement, "2026-07-01"), ANSWER(YES));
	ck_assert_int_eq(answer(&statement, "1968-06-01"), ANSWER(UNKNOWN));
	ck_assert_int_eq(ask(&given, &sina, &statement, "1967-12-31"), STATUS_NOT_FOUND);
	(void)life_death(&family.life, &sina, NULL, "2026-03-01");
	ck_assert_int_eq(answer(&statement, "2026-02-28"), ANSWER(YES));
	ck_assert_int_eq(answer(&statement, "2026-07-01"), ANSWER(NO));
	statement.alive = false;
	ck_assert_int_eq(answer(&statement, "2026-07-01"), ANSWER(YES));
	statement.comparison = COMPARISON(NOT_EQUAL);
	ck_assert_int_eq(answer(&statement, "2026-07-01"), ANSWER(NO));
}
END_TEST

START_TEST(a_wedding_known_by_its_month_leaves_the_status_open_in_it)
{
	Civil__V1__Statement statement = about(ATTRIBUTE(CIVIL_STATUS), COMPARISON(EQUAL));

	(void)life_marriage(&family.life, &family.man, &sina, "2015-02", NULL);
	statement.civil_status = CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_MARRIED;
	ck_assert_int_eq(answer(&statement, "2015-01-31"), ANSWER(NO));
	ck_assert_int_eq(answer(&statement, "2015-02-15"), ANSWER(UNKNOWN));
	ck_assert_int_eq(answer(&statement, "2015-03-01"), ANSWER(YES));
}
END_TEST

START_TEST(sex_nationality_residence_and_number_are_equal_or_not)
{
	Civil__V1__Statement sex = about(ATTRIBUTE(SEX), COMPARISON(EQUAL));
	Civil__V1__Statement country = about(ATTRIBUTE(NATIONALITY), COMPARISON(EQUAL));
	Civil__V1__Statement area = about(ATTRIBUTE(RESIDENCE), COMPARISON(EQUAL));
	Civil__V1__Statement number = about(ATTRIBUTE(NUMBER), COMPARISON(EQUAL));
	char khm[] = "KHM";
	char vnm[] = "VNM";
	char province[] = "25";
	char other[] = "07";
	char wrong[] = "000000000000";

	sex.sex = SEX(FEMALE);
	ck_assert_int_eq(answer(&sex, "2026-07-01"), ANSWER(YES));
	sex.sex = SEX(MALE);
	ck_assert_int_eq(answer(&sex, "2026-07-01"), ANSWER(NO));
	country.nationality = khm;
	ck_assert_int_ne(answer(&country, "2026-07-01"), ANSWER(NO));
	country.nationality = vnm;
	ck_assert_int_ne(answer(&country, "2026-07-01"), ANSWER(YES));
	area.residence = province;
	ck_assert_int_eq(answer(&area, "2026-07-01"), ANSWER(YES));
	area.residence = other;
	ck_assert_int_eq(answer(&area, "2026-07-01"), ANSWER(NO));
	number.number = wrong;
	ck_assert_int_eq(answer(&number, "2026-07-01"), ANSWER(NO));
}
END_TEST

START_TEST(an_absent_attribute_is_unknown)
{
	Civil__V1__Statement area = about(ATTRIBUTE(RESIDENCE), COMPARISON(NOT_EQUAL));
	char other[] = "07";
	Civil__V1__Answer given;

	area.residence = other;
	ck_assert_int_eq(ask(&given, &family.man, &area, "2026-07-01"), STATUS_OK);
	ck_assert_int_eq(given, ANSWER(UNKNOWN));
}
END_TEST

START_TEST(a_statement_that_says_nothing_is_invalid)
{
	Civil__V1__Statement statement =
	        about(CIVIL__V1__STATEMENT__ATTRIBUTE__NOT_SET, COMPARISON(EQUAL));
	Civil__V1__Answer given;

	ck_assert_int_eq(ask(&given, &sina, &statement, "2026-07-01"), STATUS_INVALID);
	statement = about(ATTRIBUTE(SEX), COMPARISON(LESS)); /* no order */
	ck_assert_int_eq(ask(&given, &sina, &statement, "2026-07-01"), STATUS_INVALID);
	statement = about(ATTRIBUTE(AGE), COMPARISON(EQUAL));
	statement.age = -1;
	ck_assert_int_eq(ask(&given, &sina, &statement, "2026-07-01"), STATUS_INVALID);
	statement = about(ATTRIBUTE(AGE), (Civil__V1__Comparison)99);
	ck_assert_int_eq(ask(&given, &sina, &statement, "2026-07-01"), STATUS_INVALID);
	statement = about(ATTRIBUTE(BIRTH), COMPARISON(LESS));
	ck_assert_int_eq(ask(&given, &sina, &statement, "2026-07-01"), STATUS_INVALID);
}
END_TEST

static enum status match(Civil__V1__MatchAttributesResponse **response,
                         Civil__V1__MatchAttributesRequest *request)
{
	static struct view view;

	request->person = reference(&sina);
	view = life_view(&family.life);
	return query_match_attributes(&view, response, request, today);
}

START_TEST(presented_values_match_field_by_field)
{
	Civil__V1__MatchAttributesRequest request;
	Civil__V1__MatchAttributesResponse *response;
	char place[] = "2501";

	civil__v1__match_attributes_request__init(&request);
	ck_assert_int_eq(match(&response, &request), STATUS_INVALID); /* nothing presented */
	request.name = life_name(&family.life, "Sina");
	request.birth = life_partial(&family.life, "1968-03-01");
	request.sex = SEX(MALE);
	request.residence = place;
	ck_assert_int_eq(match(&response, &request), STATUS_OK);
	ck_assert_uint_eq(response->fields[0]->field, FIELD(NAME_KM));
	ck_assert_int_eq(response->fields[0]->answer, MATCH(SAME));
	ck_assert_uint_eq(response->fields[response->n_fields - 3]->field, FIELD(BIRTH));
	ck_assert_int_eq(response->fields[response->n_fields - 3]->answer, MATCH(UNKNOWN));
	ck_assert_int_eq(response->fields[response->n_fields - 2]->answer, MATCH(DIFFERENT));
	ck_assert_int_eq(response->fields[response->n_fields - 1]->answer, MATCH(SAME));
	request.name = life_name(&family.life, "Sino");
	request.birth = life_partial(&family.life, "1969");
	ck_assert_int_eq(match(&response, &request), STATUS_OK);
	ck_assert_int_eq(response->fields[1]->field, FIELD(NAME_LATIN));
	ck_assert_int_eq(response->fields[1]->answer, MATCH(DIFFERENT));
	ck_assert_int_eq(response->fields[response->n_fields - 3]->answer, MATCH(DIFFERENT));
}
END_TEST

static enum status impediments(Civil__V1__ListImpedimentsResponse **response, struct id *person,
                               struct id *other, const char *day)
{
	static struct view view;
	Civil__V1__ListImpedimentsRequest request;

	civil__v1__list_impediments_request__init(&request);
	request.person = reference(person);
	request.other = other == NULL ? NULL : reference(other);
	request.day = life_date(&family.life, day);
	view = life_view(&family.life);
	return query_list_impediments(&view, response, &request, today);
}

START_TEST(a_person_is_free_until_married)
{
	Civil__V1__ListImpedimentsResponse *response;

	ck_assert_int_eq(impediments(&response, &sina, NULL, "2010-01-01"), STATUS_OK);
	ck_assert(response->free);
	ck_assert_str_eq(response->law_version, "KH-0");
	ck_assert_int_eq(response->role, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_B);
	(void)life_marriage(&family.life, &family.man, &sina, "2015-02-01", NULL);
	ck_assert_int_eq(impediments(&response, &sina, NULL, "2016-01-01"), STATUS_OK);
	ck_assert(!response->free);
	ck_assert_uint_eq(response->n_impediments, 1);
	ck_assert_str_eq(response->impediments[0]->rule, "L04");
	ck_assert_str_eq(response->impediments[0]->reason, "SPOUSE_ALREADY_MARRIED");
	ck_assert_str_eq(response->impediments[0]->role, "spouse_b");
	ck_assert_int_eq(impediments(&response, &family.man, &sina, "2016-01-01"), STATUS_OK);
	ck_assert_uint_eq(response->n_impediments, 2);
}
END_TEST

START_TEST(kin_are_an_impediment_only_when_the_other_is_named)
{
	Civil__V1__ListImpedimentsResponse *response;

	ck_assert_int_eq(impediments(&response, &family.child, &family.man, "2050-01-01"),
	                 STATUS_OK);
	ck_assert_uint_eq(response->n_impediments, 1);
	ck_assert_str_eq(response->impediments[0]->rule, "L06");
	ck_assert_str_eq(response->impediments[0]->role, "");
	ck_assert_int_eq(impediments(&response, &family.child, NULL, "2050-01-01"), STATUS_OK);
	ck_assert(response->free);
	ck_assert_int_eq(impediments(&response, &family.child, &family.child, "2050-01-01"),
	                 STATUS_INVALID);
}
END_TEST

START_TEST(the_dead_do_not_marry)
{
	Civil__V1__ListImpedimentsResponse *response;
	struct id nobody = { { 9 } };

	(void)life_death(&family.life, &sina, NULL, "2020-01-15");
	ck_assert_int_eq(impediments(&response, &sina, NULL, "2020-01-16"), STATUS_OK);
	ck_assert_str_eq(response->impediments[0]->rule, "L03");
	ck_assert_int_eq(impediments(&response, &nobody, NULL, "2020-01-16"), STATUS_NOT_FOUND);
	ck_assert_int_eq(impediments(&response, &sina, &nobody, "2020-01-16"), STATUS_NOT_FOUND);
}
END_TEST

static Suite *attestation_suite(void)
{
	Suite *suite = suite_create("query_attestation");
	TCase *tests = tcase_create("attestation");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, an_age_is_known_as_far_as_the_birth_is, 0,
	                    (int)(sizeof(ages) / sizeof(ages[0])));
	tcase_add_loop_test(tests, a_birth_is_compared_as_the_interval_it_is, 0,
	                    (int)(sizeof(births) / sizeof(births[0])));
	tcase_add_test(tests, alive_is_open_in_the_year_of_birth_and_no_after_death);
	tcase_add_test(tests, a_wedding_known_by_its_month_leaves_the_status_open_in_it);
	tcase_add_test(tests, sex_nationality_residence_and_number_are_equal_or_not);
	tcase_add_test(tests, an_absent_attribute_is_unknown);
	tcase_add_test(tests, a_statement_that_says_nothing_is_invalid);
	tcase_add_test(tests, presented_values_match_field_by_field);
	tcase_add_test(tests, a_person_is_free_until_married);
	tcase_add_test(tests, kin_are_an_impediment_only_when_the_other_is_named);
	tcase_add_test(tests, the_dead_do_not_marry);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(attestation_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
