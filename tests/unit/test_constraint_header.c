/* Goal: rules S07 and S08 see whether content and header fit each other.
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

static void take_step(Civil__V1__Content__KindCase content_case)
{
	content = sample_step_content(content_case, true, &arena);
	header = sample_header(KIND_BIRTH, content, &arena);
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

START_TEST(a_content_belongs_to_its_class)
{
	take(KIND_ID_CARD_ISSUED);
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_RESIDENCE;
	ck_assert_one_fault("content", RULE_S07);
}
END_TEST

START_TEST(an_act_belongs_to_its_step)
{
	take(KIND_DIVORCE);
	header->step = CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED;
	ck_assert_one_fault("content", RULE_S07);
	take(KIND_MARRIAGE);
	header->step = CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED;
	ck_assert_one_fault("content", RULE_S07);
}
END_TEST

START_TEST(contents_of_steps_belong_to_their_step_and_to_classes_that_have_it)
{
	static const Civil__V1__Content__KindCase cases[] = {
		CIVIL__V1__CONTENT__KIND_NOTIFICATION, CIVIL__V1__CONTENT__KIND_VERIFICATION,
		CIVIL__V1__CONTENT__KIND_REGISTRATION, CIVIL__V1__CONTENT__KIND_REFUSAL,
		CIVIL__V1__CONTENT__KIND_WITHDRAWAL,
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		take_step(cases[i]);
		ck_assert_no_fault();
		header->step = CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED;
		ck_assert_one_fault("content", RULE_S07);
	}
	take_step(CIVIL__V1__CONTENT__KIND_VERIFICATION);
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_DEATH;
	ck_assert_one_fault("content", RULE_S07);
	take_step(CIVIL__V1__CONTENT__KIND_REGISTRATION);
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_DEATH;
	ck_assert_no_fault();
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_COURT;
	ck_assert_one_fault("content", RULE_S07);
}
END_TEST

START_TEST(a_notification_names_a_kind_that_is_notified_and_its_class)
{
	take_step(CIVIL__V1__CONTENT__KIND_NOTIFICATION);
	content->notification->kind = arena_string(&arena, "death");
	ck_assert_one_fault("content.notification.kind", RULE_S07);
	content->notification->kind = arena_string(&arena, "marriage");
	ck_assert_one_fault("content.notification.kind", RULE_S07);
}
END_TEST

START_TEST(only_a_birth_and_a_linked_paper_create_persons)
{
	take(KIND_BIRTH);
	header->subjects[1]->person_id.len = 0;
	header->subjects[1]->ordinal = 2;
	ck_assert_one_fault("header.subjects[1].ordinal", RULE_S07);
	take(KIND_ID_CARD_APPLIED);
	header->subjects[0]->person_id.len = 0;
	header->subjects[0]->ordinal = 1;
	ck_assert_one_fault("header.subjects[0].ordinal", RULE_S07);
}
END_TEST

START_TEST(header_and_content_name_the_same_acts)
{
	uint8_t other[HASH_BYTES] = { 1 };

	take(KIND_DIVORCE);
	const ProtobufCBinaryData act = header->references[0];
	header->n_references = 0;
	ck_assert_one_fault("header.references", RULE_S07);

	ProtobufCBinaryData two[] = { act, { .len = HASH_BYTES, .data = other } };
	header->references = two;
	header->n_references = 2;
	ck_assert_one_fault("header.references[1]", RULE_S07);
	content->divorce->decision = two[1];
	ck_assert_no_fault();
}
END_TEST

START_TEST(references_are_gathered_once_in_the_order_of_the_fields)
{
	struct bytes acts[REFERENCES_MAX];
	uint8_t other[HASH_BYTES] = { 1 };

	take(KIND_DIVORCE);
	ck_assert_uint_eq(constraint_references(acts, content), 1);
	content->divorce->decision = (ProtobufCBinaryData){ .len = HASH_BYTES, .data = other };
	ck_assert_uint_eq(constraint_references(acts, content), 2);
	ck_assert_mem_eq(acts[1].data, other, HASH_BYTES);
}
END_TEST

START_TEST(the_mother_is_named_or_described_unless_the_child_was_found)
{
	take(KIND_BIRTH);
	content->birth->foundling = 0;
	content->birth->mother_details = NULL;
	ck_assert_no_fault();
	header->subjects[1]->role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_FATHER;
	ck_assert_one_fault("content.birth.mother_details", RULE_S07);
	content->birth->mother_residence = NULL;
	judge();
	ck_assert_uint_eq(found_count, 2);
	content->birth->foundling = 1;
	ck_assert_no_fault();
}
END_TEST

START_TEST(the_new_head_is_the_member_of_the_header)
{
	take(KIND_DEATH);
	header->n_subjects = 2;
	ck_assert_one_fault("content.death.new_head", RULE_S07);
	content->death->new_head.len = 0;
	ck_assert_no_fault();
	header->n_subjects = 3;
	ck_assert_one_fault("content.death.new_head", RULE_S07);
}
END_TEST

START_TEST(a_linked_paper_describes_whom_it_creates)
{
	take(KIND_LEGACY_LINKED);
	Civil__V1__LegacyLinked *linked = content->legacy_linked;
	Civil__V1__NewPerson person;
	Civil__V1__NewPerson *persons[2] = { &person, &person };

	civil__v1__new_person__init(&person);
	person.role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER;
	person.name = linked->birth->name;
	person.sex = CIVIL__V1__SEX__SEX_FEMALE;
	person.birth = linked->birth->date_of_birth;
	linked->new_persons = persons;

	linked->n_new_persons = 1;
	ck_assert_one_fault("content.legacy_linked.new_persons[0].role", RULE_S07);
	header->subjects[1]->person_id.len = 0;
	header->subjects[1]->ordinal = 2;
	ck_assert_no_fault();
	linked->n_new_persons = 2;
	ck_assert_one_fault("content.legacy_linked.new_persons", RULE_S07);
	linked->n_new_persons = 0;
	ck_assert_one_fault("content.legacy_linked.new_persons", RULE_S07);
	header->n_subjects = 0;
	linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT__NOT_SET;
	ck_assert_one_fault("content.legacy_linked.act", RULE_S07);
}
END_TEST

START_TEST(a_message_alone_is_judged_without_its_header)
{
	take(KIND_BIRTH);
	content->birth->mother_details = NULL;
	content->birth->foundling = 0;
	ck_assert_int_eq(constraint_check_message(&found, &found_count, &content->birth->base,
	                                          "content.birth", &arena),
	                 STATUS_OK);
	ck_assert_uint_eq(found_count, 0);
	content->birth->weight_g = 15001;
	ck_assert_int_eq(constraint_check_message(&found, &found_count, &content->birth->base,
	                                          "content.birth", &arena),
	                 STATUS_OK);
	ck_assert_uint_eq(found_count, 1);
	ck_assert_str_eq(found[0].path, "content.birth.weight_g");
}
END_TEST

START_TEST(an_answer_has_an_end_and_memory_its_status)
{
	ProtobufCBinaryData bad[REPEATED_MAX];
	struct arena small;

	take(KIND_COURT_DECISION);
	for (size_t i = 0; i < REPEATED_MAX; i++) {
		bad[i] = (ProtobufCBinaryData){ .len = 1, .data = header->ledger_id.data };
	}
	content->court_decision->orders[0]->persons = bad;
	content->court_decision->orders[0]->n_persons = REPEATED_MAX;
	judge();
	ck_assert_uint_eq(found_count, CONSTRAINT_VIOLATIONS_MAX);

	arena_init(&small, 100);
	const struct event event = { .header = header, .content = content };
	ck_assert_int_eq(constraint_check(&found, &found_count, &event, &small), STATUS_NO_MEMORY);
	arena_fini(&small);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("constraint_header");
	TCase *tcase = tcase_create("constraint_header");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_content_belongs_to_its_class);
	tcase_add_test(tcase, an_act_belongs_to_its_step);
	tcase_add_test(tcase, contents_of_steps_belong_to_their_step_and_to_classes_that_have_it);
	tcase_add_test(tcase, a_notification_names_a_kind_that_is_notified_and_its_class);
	tcase_add_test(tcase, only_a_birth_and_a_linked_paper_create_persons);
	tcase_add_test(tcase, header_and_content_name_the_same_acts);
	tcase_add_test(tcase, references_are_gathered_once_in_the_order_of_the_fields);
	tcase_add_test(tcase, the_mother_is_named_or_described_unless_the_child_was_found);
	tcase_add_test(tcase, the_new_head_is_the_member_of_the_header);
	tcase_add_test(tcase, a_linked_paper_describes_whom_it_creates);
	tcase_add_test(tcase, a_message_alone_is_judged_without_its_header);
	tcase_add_test(tcase, an_answer_has_an_end_and_memory_its_status);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
