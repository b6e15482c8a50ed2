/* Goal: an act counts once in its cell, by the day it happened and by the day it was registered,
 * moves with its corrections as a revision, and stays where it was for whoever asks about before;
 * few are not told; and the feed names every act once.
 * Method: births, deaths, weddings and divorces by hand, counted after each step and again at every
 * earlier position; then corrections that move an act to another year and out of a cell. */
#include "ledger/query/count_acts.h"
#include "ledger/query/list_feed.h"

#include "tests/support/family.h"

#include <check.h>
#include <stdlib.h>

#define KIND(name)  CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_##name
#define BASIS(name) CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_##name
#define LEVEL(name) CIVIL__V1__PLACE_LEVEL__PLACE_LEVEL_##name
#define DELAY(name) CIVIL__V1__REGISTRATION_DELAY__REGISTRATION_DELAY_##name
#define SEX(name)   CIVIL__V1__SEX__SEX_##name
#define CLASS(name) CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name

static struct family family; /* a woman of 1987, a man of 1985, a child of 2020-01-01 */

static void setup(void)
{
	family_begin(&family);
	family.life.recorded_on = "2020-02-01";
}

static void teardown(void)
{
	family_end(&family);
}

static Civil__V1__YearMonth *month_of(int32_t year, int32_t month)
{
	Civil__V1__YearMonth *made = arena_alloc(&family.life.arena, sizeof(*made));

	ck_assert_ptr_nonnull(made);
	civil__v1__year_month__init(made);
	made->year = year;
	made->month = month;
	return made;
}

/* Of a whole year. */
static Civil__V1__CountActsRequest year_of(Civil__V1__StatisticKind kind,
                                           Civil__V1__StatisticBasis basis, int32_t year)
{
	Civil__V1__CountActsRequest request;

	civil__v1__count_acts_request__init(&request);
	request.kind = kind;
	request.basis = basis;
	request.from = month_of(year, 0);
	request.to = month_of(year, 0);
	request.exact = true;
	return request;
}

static enum status ask(Civil__V1__CountActsResponse **response,
                       const Civil__V1__CountActsRequest *request)
{
	static struct view view;

	view = life_view(&family.life);
	return query_count_acts(&view, response, request);
}

static Civil__V1__CountActsResponse *count(const Civil__V1__CountActsRequest *request)
{
	Civil__V1__CountActsResponse *response;

	ck_assert_int_eq(ask(&response, request), STATUS_OK);
	return response;
}

static uint64_t births_in(int32_t year)
{
	const Civil__V1__CountActsRequest request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), year);

	return count(&request)->total;
}

START_TEST(a_birth_counts_by_its_day_and_by_its_registration)
{
	Civil__V1__CountActsRequest request = year_of(KIND(BIRTHS), BASIS(REGISTRATION), 2020);

	ck_assert_uint_eq(births_in(2020), 1);
	ck_assert_uint_eq(births_in(1987), 1);
	ck_assert_uint_eq(births_in(1985), 1);
	ck_assert_uint_eq(births_in(2019), 0);
	ck_assert_uint_eq(count(&request)->total, 3);
	request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 2020);
	request.by_month = true;
	request.by_delay = true;
	request.by_age = true;
	request.level = LEVEL(COMMUNE);
	Civil__V1__CountActsResponse *response = count(&request);

	ck_assert_uint_eq(response->n_cells, 1);
	ck_assert_int_eq(response->cells[0]->period->month, 1);
	ck_assert_str_eq(response->cells[0]->area, "070801");
	ck_assert_int_eq(response->cells[0]->delay, DELAY(DAYS_30));
	ck_assert_int_eq(response->cells[0]->age_from, 30); /* the mother's 32 years */
	ck_assert_int_eq(response->cells[0]->revision, 0);
	ck_assert_int_eq(response->timely_permille, 1000);
}
END_TEST

START_TEST(a_year_known_alone_counts_in_no_month)
{
	const struct life_birth birth = { .name = "Sina", .date = "1968" };
	struct id sina;

	(void)life_birth(&family.life, &sina, &birth);
	ck_assert_uint_eq(births_in(1968), 1);
	Civil__V1__CountActsRequest request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 1968);

	request.by_month = true;
	request.by_delay = true;
	ck_assert_int_eq(count(&request)->cells[0]->period->month, 0);
	ck_assert_int_eq(count(&request)->cells[0]->delay, DELAY(MORE));
	request.from->month = 1;
	ck_assert_uint_eq(count(&request)->total, 0);
	request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 1960);
	request.to->year = 1969;
	ck_assert_uint_eq(count(&request)->total, 1);
}
END_TEST

START_TEST(a_death_counts_by_sex_and_age)
{
	Civil__V1__CountActsRequest request = year_of(KIND(DEATHS), BASIS(OCCURRENCE), 2020);

	(void)life_death(&family.life, &family.child, NULL, "2020-01-20");
	(void)life_death(&family.life, &family.woman, NULL, "2020-01");
	request.by_age = true;
	Civil__V1__CountActsResponse *response = count(&request);

	ck_assert_uint_eq(response->n_cells, 2);
	ck_assert_int_eq(response->cells[0]->age_from, 0);
	ck_assert_int_eq(response->cells[1]->age_from, 30);
	request.by_age = false;
	request.area = arena_string(&family.life.arena, "14");
	ck_assert_uint_eq(count(&request)->total, 0);
	request.area = arena_string(&family.life.arena, "0708");
	ck_assert_uint_eq(count(&request)->total, 2);
}
END_TEST

START_TEST(a_wedding_counts_once_or_for_each_spouse)
{
	Civil__V1__CountActsRequest request = year_of(KIND(MARRIAGES), BASIS(OCCURRENCE), 2010);
	struct hash wedding =
	        life_marriage(&family.life, &family.man, &family.woman, "2010-05-01", NULL);

	ck_assert_uint_eq(count(&request)->total, 1);
	request.by_sex = true;
	request.by_age = true;
	Civil__V1__CountActsResponse *response = count(&request);

	ck_assert_uint_eq(response->n_cells, 2);
	ck_assert_int_eq(response->cells[0]->sex, SEX(MALE));
	ck_assert_int_eq(response->cells[0]->age_from, 25);
	ck_assert_int_eq(response->cells[1]->sex, SEX(FEMALE));
	ck_assert_int_eq(response->cells[1]->age_from, 20);
	request = year_of(KIND(DIVORCES), BASIS(OCCURRENCE), 2015);
	ck_assert_uint_eq(count(&request)->total, 0);
	(void)life_divorce(&family.life, &family.man, &family.woman, &wedding, "2015-03-01");
	ck_assert_uint_eq(count(&request)->total, 1);
	request = year_of(KIND(MARRIAGES), BASIS(OCCURRENCE), 2010);
	ck_assert_uint_eq(count(&request)->total, 1); /* it was a wedding all the same */
}
END_TEST

START_TEST(a_correction_moves_an_act_as_a_revision)
{
	Civil__V1__CountActsRequest old = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 2020);
	Civil__V1__CountActsRequest new = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 2018);
	uint64_t before = family.life.head.size;
	struct part parts[3];

	family_birth_parts(&family, parts);
	old.by_delay = true;
	new.by_delay = true;
	(void)life_correction(&family.life, parts, 3, &family.birth, "birth.date_of_birth",
	                      life_value_date(&family.life, "2018-01-01"), true);
	Civil__V1__CountActsResponse *response = count(&old);

	ck_assert_uint_eq(response->total, 0);
	ck_assert_uint_eq(response->n_cells, 1);
	ck_assert_int_eq(response->cells[0]->revision, -1);
	response = count(&new);
	ck_assert_uint_eq(response->total, 1);
	ck_assert_int_eq(response->cells[0]->revision, 1);
	ck_assert_int_eq(response->cells[0]->delay, DELAY(YEARS_5));
	old.known_case = CIVIL__V1__COUNT_ACTS_REQUEST__KNOWN_KNOWN_SIZE;
	old.known_size = before;
	response = count(&old);
	ck_assert_uint_eq(response->total, 1);
	ck_assert_int_eq(response->cells[0]->revision, 0);
	ck_assert_int_eq(response->cells[0]->delay, DELAY(DAYS_30));
}
END_TEST

START_TEST(a_corrected_birth_moves_the_age_of_the_dead)
{
	Civil__V1__CountActsRequest request = year_of(KIND(DEATHS), BASIS(OCCURRENCE), 2020);
	struct part parts[3];

	(void)life_death(&family.life, &family.child, NULL, "2020-01-20");
	family_birth_parts(&family, parts);
	(void)life_correction(&family.life, parts, 3, &family.birth, "birth.date_of_birth",
	                      life_value_date(&family.life, "2018-01-01"), true);
	request.by_age = true;
	Civil__V1__CountActsResponse *response = count(&request);

	ck_assert_uint_eq(response->total, 1);
	ck_assert_uint_eq(response->n_cells, 2);
	ck_assert_int_eq(response->cells[0]->age_from, 0);
	ck_assert_int_eq(response->cells[0]->revision, -1);
	ck_assert_int_eq(response->cells[1]->age_from, 1);
	ck_assert_int_eq(response->cells[1]->revision, 1);
}
END_TEST

START_TEST(cells_of_fewer_than_five_are_not_told)
{
	Civil__V1__CountActsRequest request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 2020);
	const struct life_birth birth = { .name = "One", .date = "2020-01-10" };
	struct id child;

	request.exact = false;
	request.expected = 10;
	for (size_t births = 1; births <= 4; births++) {
		Civil__V1__CountActsResponse *few = count(&request);

		ck_assert_uint_eq(few->n_cells, 1);
		ck_assert(few->cells[0]->suppressed);
		ck_assert_uint_eq(few->cells[0]->count, 0);
		ck_assert_uint_eq(few->total, 0);
		ck_assert_uint_eq(few->suppressed, 1);
		(void)life_birth(&family.life, &child, &birth);
	}
	Civil__V1__CountActsResponse *response = count(&request);

	ck_assert(!response->cells[0]->suppressed);
	ck_assert_uint_eq(response->cells[0]->count, 5);
	ck_assert_int_eq(response->completeness_permille, 500);
}
END_TEST

START_TEST(what_cannot_be_counted_is_refused)
{
	Civil__V1__CountActsRequest request = year_of(KIND(UNSPECIFIED), BASIS(OCCURRENCE), 2020);
	Civil__V1__CountActsResponse *response;

	ck_assert_int_eq(ask(&response, &request), STATUS_INVALID);
	request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 1849);
	ck_assert_int_eq(ask(&response, &request), STATUS_INVALID);
	request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 2020);
	request.to->month = 13;
	ck_assert_int_eq(ask(&response, &request), STATUS_INVALID);
	request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 2020);
	request.area = arena_string(&family.life.arena, "07080101");
	ck_assert_int_eq(ask(&response, &request), STATUS_INVALID);
	request = year_of(KIND(BIRTHS), BASIS(OCCURRENCE), 2020);
	request.known_case = CIVIL__V1__COUNT_ACTS_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = family.life.head.size + 1;
	ck_assert_int_eq(ask(&response, &request), STATUS_OUT_OF_RANGE);
}
END_TEST

static enum status feed(Civil__V1__ListFeedResponse **response, uint64_t from,
                        Civil__V1__EventClass event_class, int32_t page_size)
{
	static struct view view;
	Civil__V1__EventClass classes[] = { event_class };
	Civil__V1__ListFeedRequest request;

	civil__v1__list_feed_request__init(&request);
	request.from_index = from;
	request.classes = classes;
	request.n_classes = event_class == CLASS(UNSPECIFIED) ? 0 : 1;
	request.page_size = page_size;
	view = life_view(&family.life);
	return query_list_feed(&view, response, &request);
}

START_TEST(the_feed_names_every_act_once)
{
	Civil__V1__ListFeedResponse *response;
	uint64_t before = family.life.head.size;

	(void)life_marriage(&family.life, &family.man, &family.woman, "2010-05-01", NULL);
	(void)life_death(&family.life, &family.man, &family.woman, "2020-01-10");
	ck_assert_int_eq(feed(&response, before, CLASS(UNSPECIFIED), 0), STATUS_OK);
	ck_assert_uint_eq(response->n_entries, 2); /* declarations are no acts */
	ck_assert_str_eq(response->entries[0]->kind, "marriage");
	ck_assert_uint_eq(response->entries[0]->n_subjects, 2);
	ck_assert(!response->entries[0]->urgent);
	ck_assert_uint_eq(response->next_index, family.life.head.size);
	ck_assert_int_eq(feed(&response, before, CLASS(UNSPECIFIED), 1), STATUS_OK);
	ck_assert_uint_eq(response->n_entries, 1);
	ck_assert_int_eq(feed(&response, response->next_index, CLASS(UNSPECIFIED), 1), STATUS_OK);
	ck_assert_str_eq(response->entries[0]->kind, "death");
	ck_assert_int_eq(feed(&response, before, CLASS(DEATH), 0), STATUS_OK);
	ck_assert_uint_eq(response->n_entries, 1);
	ck_assert_int_eq(feed(&response, family.life.head.size, CLASS(DEATH), 0), STATUS_OK);
	ck_assert_uint_eq(response->n_entries, 0);
	ck_assert_int_eq(feed(&response, family.life.head.size + 1, CLASS(DEATH), 0),
	                 STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(feed(&response, 0, CLASS(DEATH), -1), STATUS_INVALID);
}
END_TEST

static Suite *statistics_suite(void)
{
	Suite *suite = suite_create("query_statistics");
	TCase *tests = tcase_create("statistics");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_birth_counts_by_its_day_and_by_its_registration);
	tcase_add_test(tests, a_year_known_alone_counts_in_no_month);
	tcase_add_test(tests, a_death_counts_by_sex_and_age);
	tcase_add_test(tests, a_wedding_counts_once_or_for_each_spouse);
	tcase_add_test(tests, a_correction_moves_an_act_as_a_revision);
	tcase_add_test(tests, a_corrected_birth_moves_the_age_of_the_dead);
	tcase_add_test(tests, cells_of_fewer_than_five_are_not_told);
	tcase_add_test(tests, what_cannot_be_counted_is_refused);
	tcase_add_test(tests, the_feed_names_every_act_once);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(statistics_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
