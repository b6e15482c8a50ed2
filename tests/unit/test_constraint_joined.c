/* Goal: rules S07 and S08 see what joins two fields of a content.
 * Method: a sample without a fault, one change, and the one fault expected, by path. */
#include "ledger/event/constraint.h"

#include "ledger/base/crypto.h"
#include "tests/support/sample.h"

#include <check.h>
#include <stdlib.h>

static struct arena arena;
static struct constraint_violation *found;
static size_t found_count;
static Civil__V1__Content *content;
static Civil__V1__EventHeader *header;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 16 * 1024 * 1024);
}

static void teardown(void)
{
	arena_fini(&arena);
}

static void take(enum kind_id kind)
{
	content = sample_content(kind, true, &arena);
	header = sample_header(kind, content, &arena);
}

static void judge(void)
{
	const struct event event = {
		.header = header,
		.content = content,
		.kind = kind_of_content(header->event_class, content->kind_case),
	};

	ck_assert_int_eq(constraint_check(&found, &found_count, &event, &arena), STATUS_OK);
}

static void ck_assert_no_fault(void)
{
	judge();
	ck_assert_msg(found_count == 0, "%s %s", found_count > 0 ? found[0].path : "",
	              found_count > 0 ? found[0].text : "");
}

static void ck_assert_one_fault(const char *path, enum rule_id rule)
{
	judge();
	ck_assert_uint_eq(found_count, 1);
	ck_assert_str_eq(found[0].path, path);
	ck_assert_int_eq(found[0].rule, rule);
	ck_assert_uint_gt(strlen(found[0].text), 0);
}

START_TEST(a_multiple_birth_has_an_order_and_a_delivery)
{
	take(KIND_BIRTH);
	content->birth->birth_order = 0;
	content->birth->delivery_id.len = 0;
	ck_assert_no_fault();
	content->birth->plurality = CIVIL__V1__PLURALITY__PLURALITY_TWIN;
	judge();
	ck_assert_uint_eq(found_count, 2);
	ck_assert_str_eq(found[0].path, "content.birth.birth_order");
	ck_assert_str_eq(found[1].path, "content.birth.delivery_id");
}
END_TEST

START_TEST(an_act_with_steps_says_when_it_was_declared)
{
	take(KIND_DEATH);
	content->common->date_of_declaration = NULL;
	ck_assert_one_fault("content.common.date_of_declaration", RULE_S07);
	take(KIND_MARRIAGE);
	content->common = NULL;
	judge();
	ck_assert_str_eq(found[0].path, "content.common.date_of_declaration");
}
END_TEST

START_TEST(a_place_is_an_area_of_a_version_or_abroad)
{
	take(KIND_BIRTH);
	Civil__V1__Place *place = content->birth->place_of_birth;
	char *none = arena_string(&arena, "");
	char *code = place->code;

	place->gazetteer = none;
	ck_assert_one_fault("content.birth.place_of_birth.gazetteer", RULE_S07);
	place->gazetteer = arena_string(&arena, "KH-2026");
	place->country = arena_string(&arena, "THA");
	ck_assert_one_fault("content.birth.place_of_birth.country", RULE_S07);
	place->code = none;
	ck_assert_one_fault("content.birth.place_of_birth.gazetteer", RULE_S07);
	place->gazetteer = none;
	ck_assert_no_fault();
	place->text = none;
	ck_assert_one_fault("content.birth.place_of_birth.text", RULE_S07);
	place->country = none;
	ck_assert_one_fault("content.birth.place_of_birth", RULE_S07);
	place->code = code;
	ck_assert_one_fault("content.birth.place_of_birth.gazetteer", RULE_S07);
}
END_TEST

START_TEST(names_need_a_khmer_given_name_and_on_documents_a_latin_one)
{
	take(KIND_ID_CARD_ISSUED);
	Civil__V1__Name *name = content->document_issued->snapshot->name;
	char *none = arena_string(&arena, "");

	name->km_surname = none;
	name->latin_surname = none;
	ck_assert_no_fault();
	name->latin_given = none;
	ck_assert_one_fault("content.document_issued.snapshot.name.latin_given", RULE_S08);
	take(KIND_BIRTH);
	content->birth->name->latin_given = none;
	ck_assert_no_fault();
	content->birth->name->km_given = none;
	ck_assert_one_fault("content.birth.name.km_given", RULE_S08);
}
END_TEST

START_TEST(informants_and_guardians_are_somebody)
{
	take(KIND_MARRIAGE);
	content->common->informant->name = NULL;
	ck_assert_no_fault();
	content->common->informant->person_id.len = 0;
	ck_assert_one_fault("content.common.informant", RULE_S07);

	take(KIND_MARRIAGE);
	content->marriage->guardian_consent->document = NULL;
	ck_assert_no_fault();
	content->marriage->guardian_consent->act.len = 0;
	ck_assert_one_fault("content.marriage.guardian_consent", RULE_S07);
}
END_TEST

START_TEST(a_marriage_has_two_witnesses)
{
	take(KIND_MARRIAGE);
	content->marriage->n_witnesses = 1;
	ck_assert_one_fault("content.marriage.witnesses", RULE_S07);
}
END_TEST

START_TEST(only_a_first_entry_comes_from_nowhere)
{
	take(KIND_RESIDENCE_ARRIVAL);
	content->residence_arrival->from = NULL;
	ck_assert_one_fault("content.residence_arrival.from", RULE_S07);
	content->residence_arrival->reason = arena_string(&arena, "first_entry");
	ck_assert_no_fault();
}
END_TEST

START_TEST(machine_readable_lines_fit_their_check_digits)
{
	char *lines[] = { arena_string(&arena, "I<UTOD231458907<<<<<<<<<<<<<<<"),
		          arena_string(&arena, "7408122F1204159UTO<<<<<<<<<<<6"),
		          arena_string(&arena, "ERIKSSON<<ANNA<MARIA<<<<<<<<<<") };

	take(KIND_ID_CARD_RENEWED);
	content->document_renewed->issue->mrz = lines;
	content->document_renewed->issue->n_mrz = 3;
	ck_assert_no_fault();
	lines[1][0] = '8';
	ck_assert_one_fault("content.document_renewed.issue.mrz", RULE_S07);
}
END_TEST

START_TEST(a_correction_changes_each_field_once)
{
	take(KIND_CORRECTION);
	Civil__V1__FieldChange *two[2] = { content->correction->changes[0],
		                           content->correction->changes[0] };

	content->correction->changes = two;
	content->correction->n_changes = 2;
	ck_assert_one_fault("content.correction.changes[1].path", RULE_S07);
}
END_TEST

START_TEST(a_paper_is_keyed_by_two_clerks)
{
	take(KIND_LEGACY_DIGITISED);
	Civil__V1__Keying **keyings = content->legacy_digitised->keyings;
	Civil__V1__Keying *three[3] = { keyings[0], keyings[1], keyings[0] };

	content->legacy_digitised->keyings = three;
	content->legacy_digitised->n_keyings = 3;
	ck_assert_one_fault("content.legacy_digitised.keyings", RULE_S07);
	three[1] = three[0];
	content->legacy_digitised->n_keyings = 2;
	ck_assert_one_fault("content.legacy_digitised.keyings", RULE_S07);
	content->legacy_digitised->n_keyings = 1;
	ck_assert_one_fault("content.legacy_digitised.keyings", RULE_S07);
}
END_TEST

START_TEST(governance_fits_together)
{
	Civil__V1__OfficerRole roles[2] = { CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_VERIFIER,
		                            CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_PROVINCIAL };

	take(KIND_OFFICER_ENROLLED);
	content->officer_enrolled->roles = roles;
	content->officer_enrolled->n_roles = 2;
	ck_assert_no_fault();
	roles[1] = CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_CLERK;
	ck_assert_one_fault("content.officer_enrolled.roles", RULE_S07);
	roles[1] = CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_REGISTRAR;
	ck_assert_one_fault("content.officer_enrolled.roles", RULE_S07);

	take(KIND_GAZETTEER_PUBLISHED);
	content->gazetteer_published->part = 2;
	content->gazetteer_published->parts = 1;
	ck_assert_one_fault("content.gazetteer_published.part", RULE_S07);

	take(KIND_RULESET_PUBLISHED);
	content->ruleset_published->rule_set->effective_on = NULL;
	ck_assert_one_fault("content.ruleset_published.rule_set.effective_on", RULE_S07);

	take(KIND_GENESIS);
	Civil__V1__RuleSet *sets[2] = { content->genesis->rule_sets[0],
		                        content->genesis->rule_sets[0] };
	sets[0]->effective_on = NULL;
	ck_assert_no_fault();
	content->genesis->rule_sets = sets;
	content->genesis->n_rule_sets = 2;
	ck_assert_one_fault("content.genesis.rule_sets[1].effective_on", RULE_S07);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("constraint_joined");
	TCase *tcase = tcase_create("constraint_joined");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_multiple_birth_has_an_order_and_a_delivery);
	tcase_add_test(tcase, an_act_with_steps_says_when_it_was_declared);
	tcase_add_test(tcase, a_place_is_an_area_of_a_version_or_abroad);
	tcase_add_test(tcase, names_need_a_khmer_given_name_and_on_documents_a_latin_one);
	tcase_add_test(tcase, informants_and_guardians_are_somebody);
	tcase_add_test(tcase, a_marriage_has_two_witnesses);
	tcase_add_test(tcase, only_a_first_entry_comes_from_nowhere);
	tcase_add_test(tcase, machine_readable_lines_fit_their_check_digits);
	tcase_add_test(tcase, a_correction_changes_each_field_once);
	tcase_add_test(tcase, a_paper_is_keyed_by_two_clerks);
	tcase_add_test(tcase, governance_fits_together);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
