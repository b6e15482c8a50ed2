/* Goal: what the signer makes is admitted, says what was put in, and is the same every time.
 * Method: compose, admit and compare; defaults; limits; a second officer's signature. */
#include "ledger/event/compose.h"

#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "tests/support/sample.h"

#include <check.h>
#include <stdlib.h>

static struct arena arena;
static struct buf buf;
static struct buf other;
static struct event event;
static Civil__V1__Content *content;
static Civil__V1__EventHeader *header;
static struct compose_key keys[SIGNATURES_MAX + 1];
static struct composition composition;
static struct hash id;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 64 * 1024 * 1024);
	buf_init(&buf, SIGNED_EVENT_BYTES_MAX);
	buf_init(&other, SIGNED_EVENT_BYTES_MAX);
	content = sample_content(KIND_DIVORCE, true, &arena);
	header = sample_header(KIND_DIVORCE, content, &arena);
	for (uint8_t i = 0; i <= SIGNATURES_MAX; i++) {
		keys[i] = sample_key((uint8_t)(i + 1));
	}
	composition = (struct composition){
		.header = header,
		.content = content,
		.keys = keys,
		.key_count = 1,
	};
}

static void teardown(void)
{
	buf_fini(&other);
	buf_fini(&buf);
	arena_fini(&arena);
}

static void compose_and_admit(void)
{
	struct detail detail = { .path = "" };

	ck_assert_int_eq(compose_event(&buf, &id, &composition, &arena), STATUS_OK);
	const enum status status = event_admit(&event, buf_bytes(&buf), &arena, &detail);
	ck_assert_msg(status == STATUS_OK, "%s %s", detail.path, detail.text);
	ck_assert_int_eq(event_verify(&event, NULL), STATUS_OK);
	ck_assert(hash_equal(&id, &event.id));
}

START_TEST(the_same_inputs_give_the_same_bytes)
{
	compose_and_admit();
	ck_assert_int_eq(compose_event(&other, &id, &composition, &arena), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&buf), buf_bytes(&other)));
}
END_TEST

START_TEST(what_the_signer_leaves_out_is_filled_in)
{
	header->version = 0;
	header->expires_at_ms = 0;
	header->n_references = 0;
	compose_and_admit();
	ck_assert_uint_eq(event.header->version, 1);
	ck_assert_int_eq(event.header->expires_at_ms,
	                 event.header->signed_at_ms + COMPOSE_EXPIRY_MS);
	ck_assert_uint_eq(event.header->n_references, 1); /* all samples name one act */
	ck_assert_uint_eq(header->n_references, 0);
}
END_TEST

START_TEST(what_the_signer_gives_is_kept)
{
	header->expires_at_ms = header->signed_at_ms + 1;
	compose_and_admit();
	ck_assert_int_eq(event.header->expires_at_ms, header->expires_at_ms);
	ck_assert_mem_eq(event.header->request_id.data, header->request_id.data, ID_BYTES);
	ck_assert_str_eq(event.header->office_id, header->office_id);
}
END_TEST

START_TEST(every_key_signs_in_its_order)
{
	composition.key_count = SIGNATURES_MAX;
	compose_and_admit();
	ck_assert_uint_eq(event.signature_count, SIGNATURES_MAX);
	for (size_t i = 0; i < SIGNATURES_MAX; i++) {
		ck_assert_mem_eq(event.signatures[i]->public_key.data, keys[i].public_key,
		                 PUBLIC_KEY_BYTES);
	}
	composition.key_count = SIGNATURES_MAX + 1;
	ck_assert_int_eq(compose_event(&buf, &id, &composition, &arena), STATUS_INVALID);
}
END_TEST

START_TEST(a_second_officer_adds_a_signature_and_nothing_else)
{
	compose_and_admit();
	const struct hash before = event.id;

	ck_assert_int_eq(compose_add_signature(&other, buf_bytes(&buf), &keys[1], &arena),
	                 STATUS_OK);
	composition.key_count = 2;
	ck_assert_int_eq(compose_event(&buf, &id, &composition, &arena), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&buf), buf_bytes(&other)));
	ck_assert(hash_equal(&before, &id));
}
END_TEST

START_TEST(one_officer_signs_once_and_no_ninth_does)
{
	compose_and_admit();
	ck_assert_int_eq(compose_add_signature(&other, buf_bytes(&buf), &keys[0], &arena),
	                 STATUS_INVALID);
	composition.key_count = SIGNATURES_MAX;
	compose_and_admit();
	ck_assert_int_eq(
	        compose_add_signature(&other, buf_bytes(&buf), &keys[SIGNATURES_MAX], &arena),
	        STATUS_INVALID);
	ck_assert_int_eq(compose_add_signature(&other, bytes_of("x", 1), &keys[0], &arena),
	                 STATUS_INVALID);
	ck_assert_uint_eq(other.size, 0);
}
END_TEST

START_TEST(parts_beyond_their_limits_are_refused)
{
	char *long_text = arena_alloc(&arena, CONTENT_BYTES_MAX + 1);

	memset(long_text, 'a', CONTENT_BYTES_MAX);
	content->divorce->children = long_text;
	ck_assert_int_eq(compose_event(&buf, &id, &composition, &arena), STATUS_INVALID);
	content->divorce->children = arena_string(&arena, "a");
	long_text[HEADER_BYTES_MAX] = '\0';
	header->office_id = long_text;
	ck_assert_int_eq(compose_event(&buf, &id, &composition, &arena), STATUS_INVALID);
}
END_TEST

START_TEST(more_acts_than_a_header_can_list_are_refused)
{
	Civil__V1__CourtOrder *order;
	ProtobufCBinaryData targets[REFERENCES_MAX + 1];

	content = sample_content(KIND_COURT_DECISION, true, &arena);
	composition.content = content;
	header->n_references = 0;
	order = content->court_decision->orders[0];
	order->targets = targets;
	for (uint8_t i = 0; i <= REFERENCES_MAX; i++) {
		targets[i].len = HASH_BYTES;
		targets[i].data = arena_alloc(&arena, HASH_BYTES);
		memset(targets[i].data, i, HASH_BYTES);
	}
	content->common->n_legal_basis = 0;
	content->common->n_overrides = 0;
	order->n_targets = REFERENCES_MAX;
	ck_assert_int_eq(compose_event(&buf, &id, &composition, &arena), STATUS_OK);
	order->n_targets = REFERENCES_MAX + 1;
	ck_assert_int_eq(compose_event(&buf, &id, &composition, &arena), STATUS_INVALID);
}
END_TEST

START_TEST(an_arena_that_is_too_small_is_said_so)
{
	size_t cap = 0;

	for (;; cap += 64) {
		struct arena small;

		arena_init(&small, cap);
		const enum status status = compose_event(&buf, &id, &composition, &small);
		arena_fini(&small);
		if (status == STATUS_OK) {
			break;
		}
		ck_assert_int_eq(status, STATUS_NO_MEMORY);
	}
	ck_assert_uint_gt(cap, 500);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("compose");
	TCase *tcase = tcase_create("compose");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_same_inputs_give_the_same_bytes);
	tcase_add_test(tcase, what_the_signer_leaves_out_is_filled_in);
	tcase_add_test(tcase, what_the_signer_gives_is_kept);
	tcase_add_test(tcase, every_key_signs_in_its_order);
	tcase_add_test(tcase, a_second_officer_adds_a_signature_and_nothing_else);
	tcase_add_test(tcase, one_officer_signs_once_and_no_ninth_does);
	tcase_add_test(tcase, parts_beyond_their_limits_are_refused);
	tcase_add_test(tcase, more_acts_than_a_header_can_list_are_refused);
	tcase_add_test(tcase, an_arena_that_is_too_small_is_said_so);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
