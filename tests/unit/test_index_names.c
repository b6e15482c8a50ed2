/* Goal: the index of names misses nobody: whoever holds a name at some position and day is found by
 * it, in either script, and exactly those who hold it are.
 * Method: every name of every person of a made-up country, which has corrections, merges, changed
 * names and papers, against a walk over all states.
 */
#include "ledger/index_names.h"

#include "ledger/ledger.h"
#include "ledger/person/state.h"
#include "ledger/query/search_person.h"
#include "tools/populate/family.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { EVENTS = 700, PEOPLE_MAX = 400 };

static struct ledger *ledger;
static struct ledger_view view;
static Civil__V1__SearchPersonRequest request;
static int32_t today;

/* Who is found: how many, and whether this one is. */
static size_t found(const struct id *person, bool *is_there)
{
	Civil__V1__SearchPersonResponse *response = NULL;

	ledger_view_end(&view);
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	ck_assert_int_eq(query_search_person(&view.view, &response, &request, today), STATUS_OK);
	ck_assert(!response->refine);
	*is_there = false;
	for (size_t i = 0; i < response->n_hits; i++) {
		*is_there = *is_there ||
		            memcmp(response->hits[i]->person_id.data, person->bytes, ID_BYTES) == 0;
	}
	return response->n_hits;
}

/* A made-up country. */
struct made {
	struct store *store;
	struct bytes events[EVENTS];
	size_t count;
	struct id people[PEOPLE_MAX];
	size_t people_count;
};
static struct made made;

static bool collect(void *context, struct bytes signed_event, int64_t recorded_at_ms,
                    const char *rules)
{
	uint8_t *copy = malloc(signed_event.size);

	(void)context;
	(void)recorded_at_ms;
	(void)rules;
	memcpy(copy, signed_event.data, signed_event.size);
	made.events[made.count] = bytes_of(copy, signed_event.size);
	made.count++;
	return made.count < EVENTS;
}

static struct id make_country(void)
{
	const struct writer_sink sink = { .event = collect };
	struct country *country;
	struct writer writer;
	uint64_t serial = 24;

	ck_assert_int_eq(country_new(&country, "tools/data/gazetteer.tsv", 2, 5, NULL), STATUS_OK);
	writer_init(&writer, 5, &sink);
	struct id name = writer.ledger;
	country_found(country, &writer);
	while (!writer.stopped) {
		struct family family = {
			.country = country, .writer = &writer, .serial = &serial, .refused = 10
		};

		family_live(&family);
	}
	writer_fini(&writer);
	country_free(country);
	return name;
}

static void apply_country(void)
{
	for (size_t i = 0; i < made.count; i++) {
		struct ledger_result result;
		const struct ledger_batch batch = {
			.number = i + 1,
			.recorded_at_ms = INT64_C(1790000000000),
			.events = &made.events[i],
			.count = 1,
		};

		ck_assert_int_eq(ledger_apply(ledger, &result, &batch, STORE_UNSYNCED), STATUS_OK);
	}
}

/* Everybody whom a state is kept of. */
static void list_people(void)
{
	struct store_view *rows = store_view_begin(made.store);
	struct store_cursor *cursor =
	        store_cursor_open(rows, STORE_PERSON, bytes_of(NULL, 0), bytes_of(NULL, 0));

	for (; store_cursor_valid(cursor) && made.people_count < PEOPLE_MAX;
	     store_cursor_next(cursor)) {
		struct bytes key = store_cursor_key(cursor);

		ck_assert_uint_eq(key.size, ID_BYTES);
		memcpy(made.people[made.people_count].bytes, key.data, ID_BYTES);
		made.people_count++;
	}
	store_cursor_close(cursor);
	store_view_end(rows);
}

/* How many states hold the name, by a walk over all. */
static size_t count_holders(const char *given, const char *surname)
{
	size_t holders = 0;

	for (size_t i = 0; i < made.people_count; i++) {
		Civil__V1__PersonState *state;
		bool holds = false;

		if (state_at(&view.view, &state, &made.people[i], today) != STATUS_OK ||
		    memcmp(state->person_id.data, made.people[i].bytes, ID_BYTES) != 0) {
			continue; /* merged: counted as whom the id stands for */
		}
		for (size_t j = 0; j < state->n_names; j++) {
			const Civil__V1__Name *name = state->names[j]->name;

			holds = holds || (strcmp(name->km_given, given) == 0 &&
			                  strcmp(name->km_surname, surname) == 0);
		}
		holders += holds ? 1 : 0;
	}
	return holders;
}

START_TEST(every_name_of_everybody_finds_those_who_hold_it)
{
	struct id name = make_country();
	size_t asked = 0;

	ck_assert_int_eq(store_memory_open(&made.store), STATUS_OK);
	ck_assert_int_eq(ledger_format(made.store, &name, NULL), STATUS_OK);
	ck_assert_int_eq(ledger_open(&ledger, made.store, NULL), STATUS_OK);
	apply_country();
	list_people();
	ck_assert_uint_gt(made.people_count, 50);
	ck_assert(date_parse(&today, "2040-01-01"));
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	for (size_t i = 0; i < made.people_count; i++) {
		Civil__V1__PersonState *state;
		bool is_there;

		if (state_at(&view.view, &state, &made.people[i], today) != STATUS_OK) {
			continue;
		}
		struct id person;
		memcpy(person.bytes, state->person_id.data, ID_BYTES);
		for (size_t j = 0; j < state->n_names; j++) {
			char given[1024];
			char surname[1024];

			(void)snprintf(given, sizeof(given), "%s", state->names[j]->name->km_given);
			(void)snprintf(surname, sizeof(surname), "%s",
			               state->names[j]->name->km_surname);
			civil__v1__search_person_request__init(&request);
			request.given = given;
			request.surname = surname;
			size_t count = found(&person, &is_there);
			ck_assert_msg(is_there, "person %zu is not found by name %zu", i, j);
			size_t holders = surname[0] == '\0' ? count : count_holders(given, surname);
			ck_assert_uint_eq(count, holders);
			asked++;
			ck_assert_int_eq(state_at(&view.view, &state, &made.people[i], today),
			                 STATUS_OK); /* the view before is gone */
		}
	}
	ck_assert_uint_gt(asked, 60);
	ledger_view_end(&view);
	ledger_close(ledger);
	store_close(made.store);
	for (size_t i = 0; i < made.count; i++) {
		free((void *)(uintptr_t)made.events[i].data);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("index_names");
	TCase *tcase = tcase_create("index_names");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_name_of_everybody_finds_those_who_hold_it);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
