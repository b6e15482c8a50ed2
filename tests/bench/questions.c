/* Questions that grow: an office with many open cases, statistics of many acts, a mother of 15, kin
 * through 4 degrees, a person with 500 acts on a day in the midst of them, a household of 60.
 *
 *   questions COUNT
 * writes COUNT open cases and COUNT births into a ledger in memory, unjudged, asks, and prints
 * lines "name value": microseconds of processor time of one question, each the mean of several; the
 * same at half the COUNT with "half_" before the name, so that growth can be seen. */
#include "ledger/query/count_acts.h"
#include "ledger/query/get_person.h"
#include "ledger/query/list_cases.h"
#include "ledger/query/list_household.h"
#include "ledger/query/list_kin.h"
#include "ledger/rules/impediments.h"

#include "tests/support/life_act.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOVES = 500, DWELLERS = 60 };
enum { REPEATS = 5, CHILDREN = 15, GENERATIONS = 6, RESET_EVERY = 500, COUNT_MIN = 1000 };

static struct life life;
static struct id mother;
static struct id youngest;
static struct id mover;
static struct id dwelling;
static int moved; /* how often, so far */

static double processor_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void must(enum status status, const char *what)
{
	if (status != STATUS_OK) {
		(void)fprintf(stderr, "questions: %s: %s\n", what, status_name(status));
		exit(EXIT_FAILURE);
	}
}

static void open_office(void)
{
	Civil__V1__Content *content = life_content(&life);
	Civil__V1__OfficeOpened opened;
	char id[] = "070803";
	char *areas[] = { id };

	civil__v1__office_opened__init(&opened);
	opened.office_id = id;
	opened.areas = areas;
	opened.n_areas = 1;
	opened.date = life_date(&life, "2020-01-01");
	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICE_OPENED;
	content->office_opened = &opened;
	(void)life_act(&life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE, NULL, 0, content);
}

static void born(struct id *child, const char *date, const struct id *of_mother)
{
	const struct life_birth birth = { .name = "Child",
		                          .sex = CIVIL__V1__SEX__SEX_FEMALE,
		                          .date = date,
		                          .mother = of_mother };

	(void)life_birth(&life, child, &birth);
}

/* A line of mothers, each with 15 children. */
static void write_family(void)
{
	static const char *const years[GENERATIONS] = { "1870", "1890", "1910",
		                                        "1930", "1950", "1970" };

	born(&mother, years[0], NULL);
	for (size_t g = 1; g < GENERATIONS; g++) {
		struct id child;

		for (size_t i = 0; i < CHILDREN; i++) {
			born(&child, years[g], &mother);
		}
		mother = child;
	}
	for (size_t i = 0; i < CHILDREN; i++) {
		born(&youngest, "1990", &mother);
	}
}

static void write_many(size_t count)
{
	const struct life_birth birth = { .name = "Open", .date = "2020-01-15" };
	struct id child;

	for (size_t i = 0; i < count; i++) {
		(void)life_birth_declared(&life, &birth);
		born(&child, "2020-01-15", NULL);
		if (i % RESET_EVERY == 0) {
			life_view_drop(&life);
			arena_reset(&life.arena); /* nothing in it is needed any more */
		}
	}
}

/* Moves between two dwellings, a day after the other; and people who come to stay in one of them.
 */
static void write_moves(size_t moves, size_t dwellers)
{
	static struct id units[2];
	char day[32];

	if (moved == 0) {
		born(&mover, "1980-01-01", NULL);
		(void)life_unit(&life, &units[0], "07080301");
		(void)life_unit(&life, &units[1], "07080301");
		(void)life_unit(&life, &dwelling, "07080301");
	}
	for (size_t i = 0; i < moves; i++, moved++) {
		(void)snprintf(day, sizeof(day), "%04d-%02d-%02d", 2000 + moved / 336,
		               1 + moved / 28 % 12, 1 + moved % 28);
		(void)life_arrival(&life, &mover, &units[moved % 2], day);
	}
	for (size_t i = 0; i < dwellers; i++) {
		struct id person;

		born(&person, "1980-01-01", NULL);
		(void)life_arrival(&life, &person, &dwelling, "2001-01-01");
	}
}

static void ask_person(struct view *view)
{
	Civil__V1__GetPersonRequest request;
	Civil__V1__GetPersonResponse *response;

	civil__v1__get_person_request__init(&request);
	request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_PERSON_ID;
	request.person_id = (ProtobufCBinaryData){ .data = mover.bytes, .len = ID_BYTES };
	request.valid = life_date(&life, moved > MOVES / 2 ? "2000-09-01" : "2000-05-01");
	must(query_get_person(view, &response, &request, life_day("2020-02-01")), "person");
}

static void ask_household(struct view *view)
{
	Civil__V1__ListResidentsRequest request;
	Civil__V1__ListResidentsResponse *response;

	civil__v1__list_residents_request__init(&request);
	request.unit = (ProtobufCBinaryData){ .data = dwelling.bytes, .len = ID_BYTES };
	request.page_size = DWELLERS;
	must(query_list_residents(view, &response, &request, life_day("2020-02-01")), "household");
}

static void ask_cases(struct view *view)
{
	Civil__V1__ListCasesRequest request;
	Civil__V1__ListCasesResponse *response;

	civil__v1__list_cases_request__init(&request);
	request.office_id = arena_string(view->arena, "070803");
	must(query_list_cases(view, &response, &request, life_day("2020-02-01")), "cases");
}

static void ask_statistics(struct view *view)
{
	Civil__V1__CountActsRequest request;
	Civil__V1__CountActsResponse *response;
	Civil__V1__YearMonth year;

	civil__v1__count_acts_request__init(&request);
	civil__v1__year_month__init(&year);
	year.year = 2020;
	request.kind = CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_BIRTHS;
	request.from = &year;
	request.to = &year;
	request.level = CIVIL__V1__PLACE_LEVEL__PLACE_LEVEL_COMMUNE;
	request.by_month = true;
	request.by_sex = true;
	request.by_age = true;
	request.by_delay = true;
	must(query_count_acts(view, &response, &request), "statistics");
}

static void ask_kin(struct view *view)
{
	Civil__V1__ListKinRequest request;
	Civil__V1__ListKinResponse *response;
	Civil__V1__PersonReference person;

	civil__v1__list_kin_request__init(&request);
	civil__v1__person_reference__init(&person);
	person.person_case = CIVIL__V1__PERSON_REFERENCE__PERSON_PERSON_ID;
	person.person_id = (ProtobufCBinaryData){ .data = youngest.bytes, .len = ID_BYTES };
	request.person = &person;
	request.degree = 4;
	must(query_list_kin(view, &response, &request, life_day("2020-02-01")), "kin");
}

static void ask_impediments(struct view *view)
{
	struct impediments found;

	must(rules_impediments(view, &found, &youngest, &mother, life_day("2020-02-01")),
	     "impediments");
}

/* Prints the mean of one question. */
static void measure(const char *prefix, const char *name, void (*ask)(struct view *view))
{
	struct arena arena;
	double spent = 0;

	arena_init(&arena, (size_t)1 << 30);
	for (size_t i = 0; i <= REPEATS; i++) {
		struct view view = life_view(&life);

		view.arena = &arena;
		double begun = processor_us();

		ask(&view);
		spent += i == 0 ? 0 : processor_us() - begun; /* a node's memory is warm */
		arena_reset(&arena);
	}
	arena_fini(&arena);
	(void)printf("%s%s %.0f\n", prefix, name, spent / REPEATS);
}

static void measure_all(const char *prefix)
{
	measure(prefix, "cases_page", ask_cases);
	measure(prefix, "statistics_year", ask_statistics);
	measure(prefix, "kin_4_degrees", ask_kin);
	measure(prefix, "impediments", ask_impediments);
	measure(prefix, "person_500_acts", ask_person);
	measure(prefix, "household_60", ask_household);
}

static size_t count;

/* The lives of tests/support assert, so they are written inside of a test. */
START_TEST(questions)
{
	life_begin(&life);
	open_office();
	write_family();
	write_many(count / 2);
	write_moves(MOVES / 2, DWELLERS / 2);
	measure_all("half_");
	write_many(count - count / 2);
	write_moves(MOVES / 2, DWELLERS / 2);
	measure_all("");
	life_end(&life);
}
END_TEST

int main(int argc, char **argv)
{
	Suite *suite = suite_create("questions");
	TCase *tests = tcase_create("questions");

	count = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
	if (count < COUNT_MIN) {
		(void)fprintf(stderr, "usage: questions COUNT, at least %d\n", COUNT_MIN);
		return EXIT_FAILURE;
	}
	tcase_add_test(tests, questions);
	tcase_set_timeout(tests, 0);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);

	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_SILENT);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
