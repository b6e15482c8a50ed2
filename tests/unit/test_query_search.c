/* Goal: who has or had a name is found under it, in either script, however it is typed, and nobody
 * else is; what else is said must fit or not be known; too many are not told at all.
 * Method: persons that differ in one respect in a register. The index itself: test_index_names.c.
 * What is erased or sealed: test_query_search_hidden.c.
 */
#include "ledger/event/name_fold.h"
#include "ledger/event/partial_date.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"
#include "tests/support/searching.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define MALE   CIVIL__V1__SEX__SEX_MALE
#define FEMALE CIVIL__V1__SEX__SEX_FEMALE

START_TEST(a_name_is_found_however_it_is_typed)
{
	searching_begin();
	struct id person = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1976-06-15", "070803");
	struct id other = reg_paper_person(searching.reg, MALE, "វុទ្ធា", "1976-06-15", "070803");

	ask_anew("");
	ck_assert(finds(&person, "វុទ្ធី"));
	ck_assert(finds(&person, "វុទ្\xe2\x80\x8bធី"));
	ck_assert(finds(&person, " វុទ្-ធី"));
	ck_assert(!finds(&other, "វុទ្ធី"));
	ck_assert(finds(&other, "វុទ្ធា"));
	ck_assert(!finds(&person, "វុទ្"));
	searching_end();
}
END_TEST

START_TEST(latin_letters_are_folded)
{
	struct arena arena;
	struct bytes folded;

	arena_init(&arena, 4096);
	ck_assert(name_fold(&folded, "O'Neil-van  DER\xe2\x80\x99s", &arena));
	ck_assert(bytes_equal(folded, bytes_of_string("oneilvanders")));
	ck_assert(name_fold(&folded, "", &arena));
	ck_assert_uint_eq(folded.size, 0);
	ck_assert_uint_eq(name_fold_hash(folded), 0);
	arena_fini(&arena);
}
END_TEST

START_TEST(what_is_said_must_fit_or_not_be_known)
{
	searching_begin();
	struct id person = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1976-06-15", "070803");
	struct id vague = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1976", "140101");

	ask_anew("វុទ្ធី");
	searching.request.born_from = reg_date(searching.reg, "1976-06-15");
	searching.request.born_to = reg_date(searching.reg, "1976-06-15");
	ck_assert(finds(&person, "វុទ្ធី") && finds(&vague, "វុទ្ធី"));
	searching.request.born_to = reg_date(searching.reg, "1976-06-16");
	searching.request.born_from = reg_date(searching.reg, "1976-06-16");
	ck_assert(!finds(&person, "វុទ្ធី") && finds(&vague, "វុទ្ធី"));
	searching.request.born_from = reg_date(searching.reg, "1977-01-01");
	searching.request.born_to = NULL;
	ck_assert(!finds(&vague, "វុទ្ធី"));
	ask_anew("វុទ្ធី");
	searching.request.sex = FEMALE;
	ck_assert(!finds(&person, "វុទ្ធី"));
	searching.request.sex = MALE;
	ck_assert(finds(&person, "វុទ្ធី"));
	searching.request.mother_given = (char *)(uintptr_t) "ម្តាយ";
	ck_assert(finds(&person, "វុទ្ធី")); /* no mother is known */

	struct id mother = reg_paper_person(searching.reg, FEMALE, "ស្រីពៅ", "1980-01-01", "070803");
	struct id child =
	        reg_paper_child(searching.reg, MALE, "វុទ្ធី", "2005-06-15", "070803", &mother);
	ck_assert(!finds(&child, "វុទ្ធី"));
	searching.request.mother_given = (char *)(uintptr_t) "ស្រីពៅ";
	ck_assert(finds(&child, "វុទ្ធី"));
	searching_end();
}
END_TEST

START_TEST(an_area_of_birth_is_found_by_its_code_then_and_now)
{
	searching_begin();
	struct id person = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1990-06-15", "250101");

	ask_anew("វុទ្ធី");
	searching.request.birth_area = (char *)(uintptr_t) "0304"; /* until 2013 */
	ck_assert(finds(&person, "វុទ្ធី"));
	searching.request.birth_area = (char *)(uintptr_t) "2501";
	ck_assert(finds(&person, "វុទ្ធី"));
	searching.request.birth_area = (char *)(uintptr_t) "2502";
	ck_assert(!finds(&person, "វុទ្ធី"));
	searching_end();
}
END_TEST

START_TEST(those_of_whom_more_fits_come_first)
{
	searching_begin();
	Civil__V1__SearchPersonResponse *response = NULL;
	struct id vague = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1976", "070803");
	struct id exact = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1976-06-15", "070803");

	ask_anew("វុទ្ធី");
	searching.request.born_from = reg_date(searching.reg, "1976-06-01");
	searching.request.born_to = reg_date(searching.reg, "1976-06-30");
	ck_assert_int_eq(search(&response), STATUS_OK);
	ck_assert_uint_eq(response->n_hits, 2);
	ck_assert_mem_eq(response->hits[0]->person_id.data, exact.bytes, ID_BYTES);
	ck_assert_mem_eq(response->hits[1]->person_id.data, vague.bytes, ID_BYTES);
	ck_assert_uint_eq(response->hits[0]->n_fits, 2);
	ck_assert_str_eq(response->hits[0]->fits[1], "birth");
	ck_assert_uint_eq(response->hits[1]->n_fits, 1);
	searching_end();
}
END_TEST

START_TEST(more_than_fifty_are_not_told)
{
	searching_begin();
	Civil__V1__SearchPersonResponse *response = NULL;
	struct id person;

	for (int i = 0; i < SEARCH_HITS_MAX; i++) {
		char day[16];

		(void)snprintf(day, sizeof(day), "1976-%02d-%02d", 1 + i / 28, 1 + i % 28);
		person = reg_paper_person(searching.reg, MALE, "វុទ្ធី", day, "070803");
	}
	ask_anew("វុទ្ធី");
	ck_assert_int_eq(search(&response), STATUS_OK);
	ck_assert_uint_eq(response->n_hits, SEARCH_HITS_MAX);
	ck_assert(!response->refine);
	person = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1976-05-05", "070803");
	ck_assert_int_eq(search(&response), STATUS_OK);
	ck_assert_uint_eq(response->n_hits, 0);
	ck_assert(response->refine);
	searching.request.born_from = reg_date(searching.reg, "1976-05-05");
	ck_assert(finds(&person, "វុទ្ធី"));
	searching_end();
}
END_TEST

START_TEST(a_request_says_a_given_name_and_days_and_codes_that_are_some)
{
	searching_begin();
	Civil__V1__SearchPersonResponse *response = NULL;
	struct {
		const char *given;
		const char *from;
		const char *to;
		const char *area;
		const char *mother_surname;
	} bad[] = {
		{ "", NULL, NULL, "", "" },
		{ " -'", NULL, NULL, "", "" },
		{ "a", "1976-01-02", "1976-01-01", "", "" },
		{ "a", NULL, NULL, "07080", "" },
		{ "a", NULL, NULL, "0708030101", "" },
		{ "a", NULL, NULL, "07 8", "" },
		{ "a", NULL, NULL, "", "b" },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ask_anew(bad[i].given);
		searching.request.born_from =
		        bad[i].from == NULL ? NULL : reg_date(searching.reg, bad[i].from);
		searching.request.born_to =
		        bad[i].to == NULL ? NULL : reg_date(searching.reg, bad[i].to);
		searching.request.birth_area = (char *)(uintptr_t)bad[i].area;
		searching.request.mother_surname = (char *)(uintptr_t)bad[i].mother_surname;
		ck_assert_msg(search(&response) == STATUS_INVALID, "request %zu", i);
	}
	ask_anew("a");
	searching.request.born_to = reg_date(searching.reg, "1976-02-28");
	searching.request.born_to->day = 30;
	ck_assert_int_eq(search(&response), STATUS_INVALID);
	ask_anew("a");
	searching.request.known_case = CIVIL__V1__SEARCH_PERSON_REQUEST__KNOWN_KNOWN_SIZE;
	searching.request.known_size = UINT64_MAX;
	ck_assert_int_eq(search(&response), STATUS_OUT_OF_RANGE);
	searching_end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query_search");
	TCase *tcase = tcase_create("query_search");

	tcase_add_test(tcase, a_name_is_found_however_it_is_typed);
	tcase_add_test(tcase, latin_letters_are_folded);
	tcase_add_test(tcase, what_is_said_must_fit_or_not_be_known);
	tcase_add_test(tcase, an_area_of_birth_is_found_by_its_code_then_and_now);
	tcase_add_test(tcase, those_of_whom_more_fits_come_first);
	tcase_add_test(tcase, more_than_fifty_are_not_told);
	tcase_add_test(tcase, a_request_says_a_given_name_and_days_and_codes_that_are_some);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
