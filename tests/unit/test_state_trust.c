/* Goal: what a compromised key has signed is disputed once that is known and not before, and who is
 * not touched by it is still read from what is kept.
 * Method: one key that signs one step of an act, or a correction, and is called compromised;
 * persons with records before, within and behind the time in which it was lost. A check build
 * compares each answer from what is kept with a fold that asks for every signature. */
#include "ledger/authority/authority.h"
#include "ledger/person/state.h"
#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define SEX(name)  CIVIL__V1__SEX__SEX_##name

static struct life life;
static struct id man;

static void setup(void)
{
	const struct life_birth him = { .name = "Him", .sex = SEX(MALE), .date = "1985-03-03" };

	life_begin(&life);
	(void)life_legacy_birth(&life, &man, &him);
}

static void teardown(void)
{
	life_end(&life);
}

/* State at (valid, known); NULL when NOT_FOUND. */
static Civil__V1__PersonState *state_known(const struct id *person, const char *valid,
                                           uint64_t known)
{
	struct view view = life_view_at(&life, known);
	Civil__V1__PersonState *state = NULL;
	enum status status = state_at(&view, &state, person, life_day(valid));

	ck_assert_msg(status == STATUS_OK || status == STATUS_NOT_FOUND, "%s", status_name(status));
	return status == STATUS_OK ? state : NULL;
}

static Civil__V1__PersonState *state_on(const struct id *person, const char *valid)
{
	Civil__V1__PersonState *state = state_known(person, valid, life.head.size);

	ck_assert_ptr_nonnull(state);
	return state;
}

/* Enrols key 7 and says that it was compromised from the beginning. */
static void enrol_thief(void)
{
	uint8_t key[PUBLIC_KEY_BYTES] = { 7 };
	Civil__V1__Content *content = life_content(&life);
	Civil__V1__OfficerEnrolled officer;

	civil__v1__officer_enrolled__init(&officer);
	officer.public_key = (ProtobufCBinaryData){ .len = sizeof(key), .data = key };
	officer.from = life_date(&life, "2020-01-01");
	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_ENROLLED;
	content->officer_enrolled = &officer;
	(void)life_act(&life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE, NULL, 0, content);
}

static void uncover_thief_since(int64_t since_ms)
{
	uint8_t key[PUBLIC_KEY_BYTES] = { 7 };
	Civil__V1__Content *content = life_content(&life);
	Civil__V1__OfficerKeyCompromised compromised;

	civil__v1__officer_key_compromised__init(&compromised);
	compromised.public_key = (ProtobufCBinaryData){ .len = sizeof(key), .data = key };
	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_KEY_COMPROMISED;
	compromised.since_ms = since_ms;
	content->officer_key_compromised = &compromised;
	(void)life_act(&life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE, NULL, 0, content);
}

static void uncover_thief(void)
{
	uncover_thief_since(0);
}

START_TEST(a_compromised_key_disputes_its_acts_once_it_is_known) /* loop test: which step */
{
	const struct life_birth birth = { .name = "A", .sex = SEX(MALE), .date = "2019-12-30" };
	struct life_case_open open;
	struct hash verified;

	enrol_thief();
	life.signer = _i == 0 ? 7 : 1;
	open = life_birth_declared(&life, &birth);
	life.signer = _i == 1 ? 7 : 1;
	verified = life_verified(&life, &open);
	life.signer = _i == 2 ? 7 : 1;
	(void)life_registered(&life, &open, &verified, "B", 1);
	life.signer = 1;
	uint64_t before = life.head.size;

	uncover_thief();
	ck_assert(state_on(&open.child, NULL)->birth->provenance->disputed);
	ck_assert(!state_known(&open.child, NULL, before)->birth->provenance->disputed);
	ck_assert(!state_on(&man, NULL)->birth->provenance->disputed);
}
END_TEST

START_TEST(a_correction_by_a_compromised_key_disputes_what_it_changed)
{
	const struct life_birth birth = { .name = "A", .sex = SEX(MALE), .date = "2019-12-30" };
	struct id person;
	struct hash act = life_legacy_birth(&life, &person, &birth);
	const struct part parts[] = { { &person, ROLE(CHILD) } };

	enrol_thief();
	life.signer = 7;
	(void)life_correction(&life, parts, 1, &act, "birth.date_of_birth",
	                      life_value_date(&life, "2001-12-30"), true);
	life.signer = 1;
	uncover_thief();
	ck_assert(state_on(&person, NULL)->birth->provenance->disputed);
	ck_assert(!state_on(&person, NULL)->sex->provenance->disputed);
}
END_TEST

static bool may_be_disputed(const struct id *person)
{
	struct view view = life_view(&life);
	bool may;

	ck_assert_int_eq(authority_may_dispute(&view, &may, person), STATUS_OK);
	return may;
}

START_TEST(only_records_from_the_loss_of_a_key_to_its_discovery_may_be_disputed)
{
	const struct life_birth birth = { .name = "A", .sex = SEX(MALE), .date = "2019-12-30" };
	struct id before;
	struct id within;
	struct id behind;

	(void)life_birth(&life, &before, &birth);
	enrol_thief();
	ck_assert(!may_be_disputed(&before));
	life.recorded_on = "2021-05-01";
	(void)life_birth(&life, &within, &birth);
	uncover_thief_since(date_instant_of(life_day("2021-05-01")));
	life.recorded_on = "2021-06-01";
	(void)life_birth(&life, &behind, &birth);
	ck_assert(!may_be_disputed(&before));
	ck_assert(may_be_disputed(&within));
	ck_assert(!may_be_disputed(&behind));
	uncover_thief_since(date_instant_of(life_day("2021-05-02"))); /* another, narrower */
	ck_assert(may_be_disputed(&within));
	ck_assert(may_be_disputed(&behind));
	ck_assert(!may_be_disputed(&before));
	uncover_thief_since(0);
	ck_assert(may_be_disputed(&before));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("state_trust");
	TCase *tests = tcase_create("state_trust");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, a_compromised_key_disputes_its_acts_once_it_is_known, 0, 3);
	tcase_add_test(tests, a_correction_by_a_compromised_key_disputes_what_it_changed);
	tcase_add_test(tests, only_records_from_the_loss_of_a_key_to_its_discovery_may_be_disputed);
	suite_add_tcase(suite, tests);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
