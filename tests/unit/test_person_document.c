/* Goal: a document is in the state that the acts about it say, a death cancels it on the day of
 * registration and not before, and what it prints is compared with the register after every act.
 * Method: one holder, one card, every verb; then acts elsewhere in the life that touch documents;
 * then each printed field against a register that agrees, differs, or has nothing. */
#include "ledger/person/inconsistency.h"
#include "ledger/person/state.h"
#include "ledger/person/step.h"

#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define DOCUMENT(name) CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_##name
#define VERB(name)     CIVIL__V1__CONTENT__KIND_DOCUMENT_##name

static struct life life;
static struct id holder;
static struct hash birth_act;

static void setup(void)
{
	const struct life_birth birth = { .name = "Vuthy",
		                          .sex = CIVIL__V1__SEX__SEX_MALE,
		                          .date = "1975-06-15",
		                          .address = "07080301" };

	life_begin(&life);
	birth_act = life_legacy_birth(&life, &holder, &birth);
	(void)life_card(&life, &holder, "c1", "2015-02-10", "2025-02-09", "1975-06-15");
}

static void teardown(void)
{
	life_end(&life);
}

static Civil__V1__PersonState *state_on(const char *day)
{
	struct view view = life_view(&life);
	Civil__V1__PersonState *state;

	ck_assert_int_eq(state_at(&view, &state, &holder, life_day(day)), STATUS_OK);
	return state;
}

static void ck_assert_card(const char *day, size_t n, Civil__V1__DocumentStatus status)
{
	const Civil__V1__PersonState *state = state_on(day);

	ck_assert_uint_gt(state->n_documents, n);
	ck_assert_int_eq(state->documents[n]->status, status);
}

START_TEST(a_card_is_applied_for_then_live)
{
	const Civil__V1__PersonDocument *card = state_on(NULL)->documents[0];

	ck_assert_uint_eq(state_on(NULL)->n_documents, 1);
	ck_assert_uint_eq(state_on("2015-02-09")->n_documents, 0);
	ck_assert_int_eq(card->status, DOCUMENT(LIVE));
	ck_assert_str_eq(card->number, "c1");
	ck_assert_str_eq(card->sort, "ordinary");
	ck_assert_str_eq(card->document_class, "id_card");
	ck_assert_int_eq(card->expires_on->year, 2025);
	ck_assert_uint_eq(card->snapshot_digest.len, HASH_BYTES);
}
END_TEST

static const struct {
	Civil__V1__Content__KindCase verb;
	Civil__V1__DocumentStatus status;
} verbs[] = {
	{ VERB(DELIVERED), DOCUMENT(DELIVERED) }, { VERB(LOST), DOCUMENT(LOST) },
	{ VERB(STOLEN), DOCUMENT(STOLEN) },       { VERB(FOUND), DOCUMENT(FOUND) },
	{ VERB(SUSPENDED), DOCUMENT(SUSPENDED) }, { VERB(RESUMED), DOCUMENT(LIVE) },
	{ VERB(REVOKED), DOCUMENT(REVOKED) },
};

START_TEST(each_verb_leads_to_its_state_on_its_day) /* loop test: verbs */
{
	(void)life_card_verb(&life, &holder, verbs[_i].verb, "c1", "2016-01-10");
	ck_assert_card("2016-01-09", 0, DOCUMENT(LIVE));
	ck_assert_card("2016-01-10", 0, verbs[_i].status);
	ck_assert_int_eq(state_on(NULL)->documents[0]->status_since->day, 10);
}
END_TEST

START_TEST(a_verb_about_another_number_changes_nothing)
{
	(void)life_card_verb(&life, &holder, VERB(REVOKED), "c10", "2016-01-10");
	(void)life_card_verb(&life, &holder, VERB(REVOKED), "", "2016-01-10");
	ck_assert_card(NULL, 0, DOCUMENT(LIVE));
	ck_assert_uint_eq(state_on(NULL)->n_documents, 1);
}
END_TEST

START_TEST(a_loss_in_the_year_of_issue_comes_after_the_issue)
{
	(void)life_card_verb(&life, &holder, VERB(LOST), "c1", "2015");
	ck_assert_card("2015-02-10", 0, DOCUMENT(LOST));
	ck_assert_int_eq(state_on(NULL)->documents[0]->status_since->month, 2);
	ck_assert(state_on("2015-06-01")->documents[0]->provenance->uncertain_at_valid);
	ck_assert(!state_on("2015-12-31")->documents[0]->provenance->uncertain_at_valid);
}
END_TEST

START_TEST(a_renewed_card_takes_the_place_of_the_old)
{
	(void)life_card_renewed(&life, &holder, "c1", "c2", "2019-06-01", "1975-06-15");
	ck_assert_card("2019-05-31", 0, DOCUMENT(LIVE));
	ck_assert_card("2019-06-01", 0, DOCUMENT(REPLACED));
	ck_assert_card(NULL, 1, DOCUMENT(LIVE));
	ck_assert_str_eq(state_on(NULL)->documents[0]->replaced_by, "c2");
	ck_assert_str_eq(state_on(NULL)->documents[1]->number, "c2");
}
END_TEST

START_TEST(a_death_cancels_live_documents_from_its_registration)
{
	(void)life_card_verb(&life, &holder, VERB(DELIVERED), "c1", "2015-03-01");
	life.recorded_on = "2020-06-10";
	(void)life_death(&life, &holder, NULL, "2020-03-01");
	ck_assert_card("2020-03-01", 0, DOCUMENT(DELIVERED));
	ck_assert_card("2020-06-09", 0, DOCUMENT(DELIVERED));
	ck_assert_card("2020-06-10", 0, DOCUMENT(CANCELLED));
	ck_assert_int_eq(state_on("2020-03-01")->life->status,
	                 CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD);
}
END_TEST

START_TEST(a_death_cancels_a_card_issued_between_death_and_registration)
{
	(void)life_card(&life, &holder, "c2", "2020-04-01", "2030-04-01", "1975-06-15");
	life.recorded_on = "2020-06-10";
	(void)life_death(&life, &holder, NULL, "2020-03-01");
	ck_assert_card("2020-06-09", 1, DOCUMENT(LIVE));
	ck_assert_card(NULL, 1, DOCUMENT(CANCELLED));
}
END_TEST

START_TEST(a_death_leaves_suspended_and_pending_documents)
{
	(void)life_card_verb(&life, &holder, VERB(SUSPENDED), "c1", "2016-01-10");
	(void)life_card_applied(&life, &holder, "2017-01-01");
	life.recorded_on = "2020-06-10";
	(void)life_death(&life, &holder, NULL, "2020-03-01");
	ck_assert_card(NULL, 0, DOCUMENT(SUSPENDED));
	ck_assert_card(NULL, 1, DOCUMENT(APPLIED));
}
END_TEST

START_TEST(a_death_leaves_lost_and_replaced_documents_as_they_are)
{
	(void)life_card_verb(&life, &holder, VERB(LOST), "c1", "2016-01-10");
	(void)life_death(&life, &holder, NULL, "2019-03-01");
	ck_assert_card(NULL, 0, DOCUMENT(LOST));
}
END_TEST

START_TEST(expiry_is_derived_at_read_from_the_day_after_the_last)
{
	Civil__V1__PersonState *state = state_on(NULL);
	struct view view = life_view(&life);
	int32_t last = life_day("2025-02-09");

	ck_assert_int_eq(state->documents[0]->status, DOCUMENT(LIVE));
	ck_assert_int_eq(state_resolve(&view, state, last, last), STATUS_OK);
	ck_assert_int_eq(state->documents[0]->status, DOCUMENT(LIVE));
	ck_assert_int_eq(state_resolve(&view, state, last + 1, last), STATUS_OK);
	ck_assert_int_eq(state->documents[0]->status, DOCUMENT(EXPIRED));
}
END_TEST

START_TEST(a_correction_makes_the_card_inconsistent_until_it_is_renewed)
{
	const struct part parts[] = { { &holder, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD } };

	ck_assert_uint_eq(state_on(NULL)->n_inconsistencies, 0);
	(void)life_correction(&life, parts, 1, &birth_act, "birth.date_of_birth",
	                      life_value_date(&life, "1957-06-15"), true);
	ck_assert_uint_eq(state_on(NULL)->n_inconsistencies, 1);
	const Civil__V1__PersonInconsistency *found = state_on(NULL)->inconsistencies[0];

	ck_assert_str_eq(found->document_class, "id_card");
	ck_assert_str_eq(found->document_number, "c1");
	ck_assert_str_eq(found->field, "birth");
	ck_assert_str_eq(found->in_document, "1975-06-15");
	ck_assert_str_eq(found->in_register, "1957-06-15");
	(void)life_card_renewed(&life, &holder, "c1", "c2", "2019-06-01", "1957-06-15");
	ck_assert_uint_eq(state_on(NULL)->n_inconsistencies, 0);
	ck_assert_uint_eq(state_on("2019-05-31")->n_inconsistencies, 1);
}
END_TEST

/* A register and a print that agree in every field. */
static Civil__V1__PersonState *register_state(void)
{
	(void)life_number(&life, &holder, "2018-01-01");
	return state_on(NULL);
}

static Civil__V1__DocumentSnapshot agreeing_print(const Civil__V1__PersonState *state)
{
	Civil__V1__DocumentSnapshot print;

	civil__v1__document_snapshot__init(&print);
	print.name = state->names[0]->name;
	print.sex = state->sex->sex;
	print.birth = state->birth->date;
	print.nationality = state->nationalities[0]->country;
	print.address = state->residence->address;
	print.number = state->numbers[0]->number;
	return print;
}

static size_t differences(struct inconsistency found[INCONSISTENCY_FIELDS],
                          const Civil__V1__DocumentSnapshot *print,
                          const Civil__V1__PersonState *state)
{
	size_t count;

	ck_assert_int_eq(inconsistency_find(found, &count, print, state, &life.arena), STATUS_OK);
	return count;
}

START_TEST(a_print_that_agrees_or_shows_nothing_is_consistent)
{
	const Civil__V1__PersonState *state = register_state();
	Civil__V1__DocumentSnapshot print = agreeing_print(state);
	struct inconsistency found[INCONSISTENCY_FIELDS];

	ck_assert_uint_eq(differences(found, &print, state), 0);
	civil__v1__document_snapshot__init(&print);
	ck_assert_uint_eq(differences(found, &print, state), 0);
}
END_TEST

START_TEST(every_field_that_differs_is_named_in_order)
{
	const Civil__V1__PersonState *state = register_state();
	Civil__V1__DocumentSnapshot print;
	struct inconsistency found[INCONSISTENCY_FIELDS];
	char other[] = "VNM";
	char number[] = "12345678901";

	civil__v1__document_snapshot__init(&print);
	print.name = life_name(&life, "Vuthi");
	print.sex = CIVIL__V1__SEX__SEX_FEMALE;
	print.birth = life_partial(&life, "1975");
	print.nationality = other;
	print.address = life_address(&life, "07080302");
	print.number = number;
	ck_assert_uint_eq(differences(found, &print, state), INCONSISTENCY_FIELDS);
	ck_assert_str_eq(found[0].field, "name");
	ck_assert_str_eq(found[1].in_register, "male");
	ck_assert_str_eq(found[2].in_document, "1975");
	ck_assert_str_eq(found[3].in_register, "KHM");
	ck_assert_str_eq(found[4].in_document, "07080302");
	ck_assert_str_eq(found[5].field, "number");
}
END_TEST

START_TEST(a_register_without_the_field_differs_from_a_print_that_has_it)
{
	const Civil__V1__PersonState *state = register_state();
	Civil__V1__DocumentSnapshot print = agreeing_print(state);
	struct inconsistency found[INCONSISTENCY_FIELDS];
	Civil__V1__PersonState empty;

	civil__v1__person_state__init(&empty);
	ck_assert_uint_eq(differences(found, &print, &empty), INCONSISTENCY_FIELDS);
	for (size_t i = 0; i < INCONSISTENCY_FIELDS; i++) {
		ck_assert_str_eq(found[i].in_register, "");
	}
}
END_TEST

static Suite *document_suite(void)
{
	Suite *suite = suite_create("person_document");
	TCase *tests = tcase_create("documents");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_card_is_applied_for_then_live);
	tcase_add_loop_test(tests, each_verb_leads_to_its_state_on_its_day, 0,
	                    (int)(sizeof(verbs) / sizeof(verbs[0])));
	tcase_add_test(tests, a_verb_about_another_number_changes_nothing);
	tcase_add_test(tests, a_loss_in_the_year_of_issue_comes_after_the_issue);
	tcase_add_test(tests, a_renewed_card_takes_the_place_of_the_old);
	tcase_add_test(tests, a_death_cancels_live_documents_from_its_registration);
	tcase_add_test(tests, a_death_cancels_a_card_issued_between_death_and_registration);
	tcase_add_test(tests, a_death_leaves_suspended_and_pending_documents);
	tcase_add_test(tests, a_death_leaves_lost_and_replaced_documents_as_they_are);
	tcase_add_test(tests, expiry_is_derived_at_read_from_the_day_after_the_last);
	tcase_add_test(tests, a_correction_makes_the_card_inconsistent_until_it_is_renewed);
	tcase_add_test(tests, a_print_that_agrees_or_shows_nothing_is_consistent);
	tcase_add_test(tests, every_field_that_differs_is_named_in_order);
	tcase_add_test(tests, a_register_without_the_field_differs_from_a_print_that_has_it);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(document_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
