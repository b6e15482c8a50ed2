/* Goal: an admitted event is whole, and everything about its header that the bytes decide is right.
 * Method: admit samples of every kind and read them back; then spoil one field of the header at a
 * time, sign and commit again, and look for the field path in the refusal. */
#include "ledger/event/event.h"

#include "ledger/base/crypto.h"
#include "tests/support/sample.h"

#include <check.h>
#include <stdlib.h>

static struct arena arena;
static struct buf buf;
static struct detail detail;
static struct event event;
static Civil__V1__Content *content;
static Civil__V1__EventHeader *header;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 64 * 1024 * 1024);
	buf_init(&buf, 1024 * 1024);
	content = sample_content(KIND_BIRTH, true, &arena);
	header = sample_header(KIND_BIRTH, content, &arena);
}

static void teardown(void)
{
	buf_fini(&buf);
	arena_fini(&arena);
}

static enum status admit(void)
{
	detail = (struct detail){ .path = "" };
	return event_admit(&event, buf_bytes(&buf), &arena, &detail);
}

/* The header as it stands now, signed, is refused for this field. */
static void ck_assert_header_refused(const char *path)
{
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_INVALID);
	ck_assert_str_eq(detail.path, path);
}

START_TEST(samples_of_every_kind_are_admitted_verified_and_read_back) /* loop, kinds twice */
{
	const enum kind_id kind = (enum kind_id)(_i / 2);
	struct event again;

	content = sample_content(kind, _i % 2 == 1, &arena);
	header = sample_header(kind, content, &arena);
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);
	ck_assert_ptr_eq(event.kind, kind_of_id(kind));
	ck_assert_uint_eq(event.signature_count, 2);
	ck_assert_int_eq(event_verify(&event, NULL), STATUS_OK);

	ck_assert_int_eq(event_read(&again, event.header_bytes, event.content_bytes, event.opening,
	                            event.signatures, event.signature_count, &arena),
	                 STATUS_OK);
	ck_assert(hash_equal(&again.id, &event.id));
	ck_assert_ptr_eq(again.kind, event.kind);
	ck_assert_int_eq(again.content->kind_case, content->kind_case);
}
END_TEST

START_TEST(an_erased_content_reads_as_absent)
{
	struct event again;
	const struct bytes none = bytes_of(NULL, 0);

	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);
	ck_assert_int_eq(event_read(&again, event.header_bytes, none, none, event.signatures,
	                            event.signature_count, &arena),
	                 STATUS_OK);
	ck_assert_ptr_null(again.content);
	ck_assert_ptr_null(again.kind);
	ck_assert(hash_equal(&again.id, &event.id));
}
END_TEST

START_TEST(reading_tells_corruption_from_want_of_memory)
{
	struct event again;
	struct arena small;

	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);
	ck_assert_int_eq(event_read(&again,
	                            bytes_of(event.header_bytes.data, event.header_bytes.size - 1),
	                            event.content_bytes, event.opening, NULL, 0, &arena),
	                 STATUS_CORRUPT);
	ck_assert_int_eq(
	        event_read(&again, event.header_bytes,
	                   bytes_of(event.content_bytes.data, event.content_bytes.size - 1),
	                   event.opening, NULL, 0, &arena),
	        STATUS_CORRUPT);
	arena_init(&small, 256);
	ck_assert_int_eq(event_read(&again, event.header_bytes, event.content_bytes, event.opening,
	                            NULL, 0, &small),
	                 STATUS_NO_MEMORY);
	arena_fini(&small);
}
END_TEST

START_TEST(class_and_content_that_do_not_fit_have_no_kind)
{
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_DEATH;
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);
	ck_assert_ptr_null(event.kind);
}
END_TEST

START_TEST(ids_follow_from_the_bytes)
{
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);
	const struct hash id = crypto_event_id(event.header_bytes);
	const struct id child = crypto_created_id(&id, 1);
	const struct id named = event_subject_id(&event, 1);
	const struct id created = event_subject_id(&event, 0);

	ck_assert(hash_equal(&id, &event.id));
	ck_assert(id_equal(&created, &child));
	ck_assert_mem_eq(named.bytes, header->subjects[1]->person_id.data, ID_BYTES);
}
END_TEST

START_TEST(subjects_are_found_by_role)
{
	ck_assert_int_eq(
	        event_subject_of_role(header, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD, 0), 0);
	ck_assert_int_eq(
	        event_subject_of_role(header, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_FATHER, 0), 2);
	ck_assert_int_eq(
	        event_subject_of_role(header, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_FATHER, 1), -1);
	ck_assert_int_eq(
	        event_subject_of_role(header, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_DECEASED, 0),
	        -1);
}
END_TEST

START_TEST(ids_of_another_length_are_refused)
{
	header->ledger_id.len = 15;
	ck_assert_header_refused("header.ledger_id");
	header->ledger_id.len = 16;
	header->request_id.len = 0;
	ck_assert_header_refused("header.request_id");
	header->request_id.len = 16;
	header->case_id.len = 8;
	ck_assert_header_refused("header.case_id");
}
END_TEST

START_TEST(only_an_act_without_steps_may_leave_the_case_out)
{
	header->case_id.len = 0;
	ck_assert_header_refused("header.case_id");

	content = sample_content(KIND_ID_CARD_APPLIED, false, &arena);
	header = sample_header(KIND_ID_CARD_APPLIED, content, &arena);
	header->case_id.len = 0;
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);

	content = sample_step_content(CIVIL__V1__CONTENT__KIND_REGISTRATION, false, &arena);
	header = sample_header(KIND_BIRTH, content, &arena);
	header->case_id.len = 0;
	ck_assert_header_refused("header.case_id");
}
END_TEST

START_TEST(class_step_version_and_office_must_be_given)
{
	header->version = 2;
	ck_assert_header_refused("header.version");
	header->version = 1;
	header->event_class = 0;
	ck_assert_header_refused("header.event_class");
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH;
	header->step = 0;
	ck_assert_header_refused("header.step");
	header->step = CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED;
	header->office_id = arena_string(&arena, "Commune 1");
	ck_assert_header_refused("header.office_id");
	header->office_id = arena_string(&arena, "c");
	ck_assert_header_refused("header.office_id");
}
END_TEST

START_TEST(an_event_expires_after_it_was_signed)
{
	header->expires_at_ms = header->signed_at_ms;
	ck_assert_header_refused("header.expires_at_ms");
	header->expires_at_ms = header->signed_at_ms + 1;
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);
	header->signed_at_ms = -5;
	header->expires_at_ms = 5;
	ck_assert_header_refused("header.signed_at_ms");
}
END_TEST

START_TEST(a_subject_is_a_person_or_the_next_ordinal)
{
	Civil__V1__Subject *child = header->subjects[0];
	Civil__V1__Subject *mother = header->subjects[1];

	child->ordinal = 2;
	ck_assert_header_refused("header.subjects[0]");
	child->ordinal = 1;
	child->person_id = mother->person_id;
	ck_assert_header_refused("header.subjects[0]");
	child->person_id = (ProtobufCBinaryData){ .len = 0 };
	mother->person_id.len = 15;
	ck_assert_header_refused("header.subjects[1]");
	mother->person_id.len = 0;
	ck_assert_header_refused("header.subjects[1]");
	mother->ordinal = 1;
	ck_assert_header_refused("header.subjects[1]");
	mother->ordinal = 2;
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK); /* who may be new is rule S07 */
	mother->role = 0;
	ck_assert_header_refused("header.subjects[1]");
}
END_TEST

START_TEST(references_are_hashes_and_each_is_there_once)
{
	ck_assert_uint_eq(header->n_references, 1);
	header->references[0].len = 31;
	ck_assert_header_refused("header.references[0]");

	ProtobufCBinaryData twice[2] = { { .len = 32, .data = header->references[0].data },
		                         { .len = 32, .data = header->references[0].data } };
	header->references = twice;
	header->n_references = 2;
	ck_assert_header_refused("header.references[1]");
}
END_TEST

START_TEST(a_content_without_a_kind_is_refused)
{
	content->kind_case = CIVIL__V1__CONTENT__KIND__NOT_SET;
	ck_assert_header_refused("content");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("event");
	TCase *tcase = tcase_create("event");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, samples_of_every_kind_are_admitted_verified_and_read_back, 0,
	                    2 * KINDS);
	tcase_add_test(tcase, an_erased_content_reads_as_absent);
	tcase_add_test(tcase, reading_tells_corruption_from_want_of_memory);
	tcase_add_test(tcase, class_and_content_that_do_not_fit_have_no_kind);
	tcase_add_test(tcase, ids_follow_from_the_bytes);
	tcase_add_test(tcase, subjects_are_found_by_role);
	tcase_add_test(tcase, ids_of_another_length_are_refused);
	tcase_add_test(tcase, only_an_act_without_steps_may_leave_the_case_out);
	tcase_add_test(tcase, class_step_version_and_office_must_be_given);
	tcase_add_test(tcase, an_event_expires_after_it_was_signed);
	tcase_add_test(tcase, a_subject_is_a_person_or_the_next_ordinal);
	tcase_add_test(tcase, references_are_hashes_and_each_is_there_once);
	tcase_add_test(tcase, a_content_without_a_kind_is_refused);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
