/* Goal: no question tells where a person lives whose address is protected, whatever day or position
 * is asked about, unless the reading belongs to a case.
 * Method: one man with a home and a stay, before, during and after a protection. */
#include "ledger/query/protection.h"

#include "ledger/event/partial_date.h"
#include "ledger/query/compare_known.h"
#include "ledger/query/get_history.h"
#include "ledger/query/get_person.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"
#include "tests/support/register_household.h"

#include <check.h>
#include <stdlib.h>

#define MALE CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct ledger_view view;
static bool viewing;
static struct id man;
static struct reg_part resident[2];
static uint64_t before; /* records before the protection */

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	resident[0] = (struct reg_part){ ROLE(RESIDENT), &man };
	struct id home = reg_reside(reg, &man, "07080301", "2020-02-10");

	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_TEMPORARY_RESIDENCE, resident,
	                         reg_stay(reg, &home, "2026-05-01", "2026-08-01")),
	                 "");
	before = reg_size(reg);
	ck_assert_str_eq(reg_act(reg, "PD.0708", KIND_ADDRESS_PROTECTION_SET, resident,
	                         reg_hidden(reg, "2026-06-10", "2026-06-25")),
	                 "");
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	viewing = true;
}

static void teardown(void)
{
	if (viewing) {
		ledger_view_end(&view);
	}
	reg_end(reg);
}

static int32_t day(const char *date)
{
	int32_t number;

	ck_assert(partial_date_day(&number, reg_date(reg, date)));
	return number;
}

static const Civil__V1__PersonState *asked(const char *valid, uint64_t known, const char *today,
                                           const char *case_reference)
{
	Civil__V1__GetPersonResponse *response = NULL;
	Civil__V1__GetPersonRequest request;
	Civil__V1__ReadContext context;

	civil__v1__read_context__init(&context);
	context.case_reference = reg_text(reg, case_reference);
	civil__v1__get_person_request__init(&request);
	request.context = &context;
	request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_PERSON_ID;
	request.person_id = reg_bytes(reg, bytes_of_id(&man));
	request.valid = reg_date(reg, valid);
	if (known > 0) {
		request.known_case = CIVIL__V1__GET_PERSON_REQUEST__KNOWN_KNOWN_SIZE;
		request.known_size = known;
	}
	ck_assert_int_eq(query_get_person(&view.view, &response, &request, day(today)), STATUS_OK);
	return response->state;
}

static bool tells(const Civil__V1__PersonState *state)
{
	return state->residence != NULL || state->n_former_residences > 0 ||
	       state->temporary_residence != NULL || state->address_protection != NULL;
}

START_TEST(a_protected_address_is_as_absent)
{
	ck_assert(!tells(asked("2026-06-20", 0, "2026-06-20", "")));
	ck_assert_uint_gt(asked("2026-06-20", 0, "2026-06-20", "")->n_names, 0);
}
END_TEST

START_TEST(neither_another_day_nor_another_position_tells_it)
{
	ck_assert(!tells(asked("2026-06-01", 0, "2026-06-20", "")));
	ck_assert(!tells(asked("2026-06-01", before, "2026-06-20", "")));
	ck_assert(!tells(asked("2026-07-01", 0, "2026-06-25", "")));
}
END_TEST

START_TEST(a_protection_ends_with_its_last_day)
{
	ck_assert(tells(asked("2026-06-26", 0, "2026-06-26", "")));
	ck_assert(tells(asked("2026-06-01", 0, "2026-06-26", "")));
	/* what it hid then stays hidden */
	ck_assert(!tells(asked("2026-06-20", 0, "2026-06-26", "")));
}
END_TEST

START_TEST(a_case_sees_it)
{
	const Civil__V1__PersonState *state = asked("2026-06-20", 0, "2026-06-20", "warrant 1");

	ck_assert(tells(state));
	ck_assert_ptr_nonnull(state->address_protection);
	ck_assert_ptr_nonnull(state->residence);
}
END_TEST

START_TEST(a_comparison_of_positions_tells_nothing_either)
{
	Civil__V1__CompareKnownResponse *response = NULL;
	Civil__V1__CompareKnownRequest request;

	civil__v1__compare_known_request__init(&request);
	request.person_case = CIVIL__V1__COMPARE_KNOWN_REQUEST__PERSON_PERSON_ID;
	request.person_id = reg_bytes(reg, bytes_of_id(&man));
	request.known_from = before;
	ck_assert_int_eq(query_compare_known(&view.view, &response, &request, day("2026-06-20")),
	                 STATUS_OK);
	for (size_t i = 0; i < response->n_changes; i++) {
		ck_assert_ptr_null(strstr(response->changes[i]->path, "residence"));
		ck_assert_ptr_null(strstr(response->changes[i]->path, "address"));
	}
}
END_TEST

/* Entries of the history whose content is shown, and whether one of them tells of a home. */
static size_t entries_shown(const char *today)
{
	Civil__V1__GetHistoryResponse *response = NULL;
	Civil__V1__GetHistoryRequest request;
	size_t shown = 0;

	civil__v1__get_history_request__init(&request);
	request.person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	request.person_id = reg_bytes(reg, bytes_of_id(&man));
	ck_assert_int_eq(query_get_history(&view.view, &response, &request, day(today)), STATUS_OK);
	for (size_t i = 0; i < response->n_entries; i++) {
		const Civil__V1__Content *content = response->entries[i]->content;

		shown += content != NULL;
		if (content != NULL &&
		    content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_LINKED) {
			ck_assert_int_eq(content->legacy_linked->birth->child_address == NULL,
			                 strcmp(today, "2026-06-20") == 0);
		}
	}
	return shown;
}

START_TEST(a_history_tells_of_acts_and_of_no_home)
{
	ck_assert_uint_eq(entries_shown("2026-06-26"), entries_shown("2026-06-20") + 3);
}
END_TEST

START_TEST(who_has_no_protection_is_not_hidden)
{
	struct query query;
	Civil__V1__PersonState state;
	bool hidden = true;

	ck_assert_int_eq(query_begin(&query, &view.view, true, before), STATUS_OK);
	civil__v1__person_state__init(&state);
	ck_assert_int_eq(protection_applies(&query, &hidden, &state, 0, NULL, 0), STATUS_OK);
	ck_assert(!hidden); /* nobody */
	state.person_id = reg_bytes(reg, bytes_of_id(&man));
	ck_assert_int_eq(protection_applies(&query, &hidden, &state, 0, NULL, day("2026-06-20")),
	                 STATUS_OK);
	ck_assert(hidden);
	ck_assert_int_eq(protection_applies(&query, &hidden, &state, 0, NULL, day("2026-06-09")),
	                 STATUS_OK);
	ck_assert(!hidden);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("protection");
	TCase *tcase = tcase_create("protection");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_protected_address_is_as_absent);
	tcase_add_test(tcase, neither_another_day_nor_another_position_tells_it);
	tcase_add_test(tcase, a_protection_ends_with_its_last_day);
	tcase_add_test(tcase, a_case_sees_it);
	tcase_add_test(tcase, a_comparison_of_positions_tells_nothing_either);
	tcase_add_test(tcase, a_history_tells_of_acts_and_of_no_home);
	tcase_add_test(tcase, who_has_no_protection_is_not_hidden);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
