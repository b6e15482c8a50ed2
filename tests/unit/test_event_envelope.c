/* Goal: header, content, opening and signatures of an admitted event belong together.
 * Method: pack envelopes with one part exchanged or of another form; flip every bit of an event and
 * demand that admission or verification notices. */
#include "ledger/event/event.h"

#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"
#include "tests/support/sample.h"

#include <check.h>
#include <stdio.h>
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

/* Packs an envelope around the parts of the event admitted last. */
static void pack_envelope(Civil__V1__SignedEvent *envelope)
{
	const struct bytes bytes = { .data = NULL };
	struct bytes packed = bytes;

	ck_assert_int_eq(canonical_pack(&packed, &envelope->base, &arena), STATUS_OK);
	ck_assert_int_eq(buf_assign(&buf, packed), STATUS_OK);
}

static Civil__V1__SignedEvent *envelope_of_sample(void)
{
	sample_event(&buf, header, content, &arena);
	Civil__V1__SignedEvent *envelope =
	        civil__v1__signed_event__unpack(&arena.allocator, buf.size, buf.data);
	ck_assert_ptr_nonnull(envelope);
	return envelope;
}

static void ck_assert_envelope_refused(Civil__V1__SignedEvent *envelope, const char *path)
{
	pack_envelope(envelope);
	ck_assert_int_eq(admit(), STATUS_INVALID);
	ck_assert_str_eq(detail.path, path);
}

START_TEST(one_to_eight_keys_sign_each_once)
{
	Civil__V1__SignedEvent *envelope = envelope_of_sample();
	Civil__V1__Signature *nine[SIGNATURES_MAX + 1];

	envelope->n_signatures = 0;
	ck_assert_envelope_refused(envelope, "event.signatures");
	envelope->n_signatures = 2;
	envelope->signatures[1] = envelope->signatures[0];
	ck_assert_envelope_refused(envelope, "event.signatures[1]");

	for (size_t i = 0; i < SIGNATURES_MAX + 1; i++) {
		struct compose_key key = sample_key((uint8_t)(10 + i));

		nine[i] = arena_alloc(&arena, sizeof(*nine[i]));
		*nine[i] = *envelope->signatures[0];
		nine[i]->public_key.data =
		        arena_copy(&arena, bytes_of(key.public_key, PUBLIC_KEY_BYTES));
	}
	envelope->signatures = nine;
	envelope->n_signatures = SIGNATURES_MAX;
	pack_envelope(envelope);
	ck_assert_int_eq(admit(), STATUS_OK); /* the signatures are wrong: event_verify says so */
	ck_assert_int_eq(event_verify(&event, &detail), STATUS_INVALID);
	ck_assert_str_eq(detail.path, "event.signatures[0]");
	envelope->n_signatures = SIGNATURES_MAX + 1;
	ck_assert_envelope_refused(envelope, "event.signatures[8]");
}
END_TEST

START_TEST(signatures_of_another_form_are_refused)
{
	Civil__V1__SignedEvent *envelope = envelope_of_sample();

	envelope->signatures[1]->public_key.len = 31;
	ck_assert_envelope_refused(envelope, "event.signatures[1]");
	envelope = envelope_of_sample();
	envelope->signatures[1]->signature.len = 63;
	ck_assert_envelope_refused(envelope, "event.signatures[1]");
	envelope = envelope_of_sample();
	envelope->signatures[0]->algorithm = 0;
	ck_assert_envelope_refused(envelope, "event.signatures[0]");
}
END_TEST

START_TEST(content_opening_and_commitment_belong_together)
{
	Civil__V1__SignedEvent *envelope = envelope_of_sample();

	envelope->opening.len = 31;
	ck_assert_envelope_refused(envelope, "event.opening");
	envelope->opening.len = 32;
	envelope->opening.data[5] ^= 1;
	ck_assert_envelope_refused(envelope, "header.content_commitment");
	envelope = envelope_of_sample();
	content->birth->weight_g++;
	struct bytes other = bytes_of(NULL, 0);
	ck_assert_int_eq(canonical_pack(&other, &content->base, &arena), STATUS_OK);
	ck_assert_uint_eq(other.size, envelope->content.len);
	memcpy(envelope->content.data, other.data, other.size);
	ck_assert_envelope_refused(envelope, "header.content_commitment");
}
END_TEST

START_TEST(any_flipped_bit_of_a_signature_is_found) /* loop test, both signatures */
{
	sample_event(&buf, header, content, &arena);
	ck_assert_int_eq(admit(), STATUS_OK);
	uint8_t *signature = event.signatures[_i]->signature.data;

	for (size_t bit = 0; bit < 8 * SIGNATURE_BYTES; bit += 7) {
		char path[32];

		signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_int_eq(event_verify(&event, &detail), STATUS_INVALID);
		(void)snprintf(path, sizeof(path), "event.signatures[%d]", _i);
		ck_assert_str_eq(detail.path, path);
		signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	ck_assert_int_eq(event_verify(&event, &detail), STATUS_OK);
}
END_TEST

START_TEST(no_flipped_bit_of_an_event_passes_admission_and_verification)
{
	sample_event(&buf, header, content, &arena);
	for (size_t bit = 0; bit < 8 * buf.size; bit++) {
		struct arena scratch;
		struct event other;

		arena_init(&scratch, EVENT_ARENA_BYTES_MAX);
		buf.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (event_admit(&other, buf_bytes(&buf), &scratch, NULL) == STATUS_OK) {
			ck_assert_int_eq(event_verify(&other, NULL), STATUS_INVALID);
		}
		buf.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		arena_fini(&scratch);
	}
}
END_TEST

START_TEST(header_and_content_have_limits_of_their_own)
{
	Civil__V1__SignedEvent *envelope = envelope_of_sample();
	uint8_t *large = arena_alloc(&arena, CONTENT_BYTES_MAX + 1);

	envelope->header = (ProtobufCBinaryData){ .len = HEADER_BYTES_MAX + 1, .data = large };
	ck_assert_envelope_refused(envelope, "header");
	envelope = envelope_of_sample();
	envelope->content = (ProtobufCBinaryData){ .len = CONTENT_BYTES_MAX + 1, .data = large };
	ck_assert_envelope_refused(envelope, "content");
	envelope = envelope_of_sample();
	envelope->content =
	        (ProtobufCBinaryData){ .len = SIGNED_EVENT_BYTES_MAX,
		                       .data = arena_alloc(&arena, SIGNED_EVENT_BYTES_MAX) };
	ck_assert_envelope_refused(envelope, "event");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("event_envelope");
	TCase *tcase = tcase_create("event_envelope");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, one_to_eight_keys_sign_each_once);
	tcase_add_test(tcase, signatures_of_another_form_are_refused);
	tcase_add_test(tcase, content_opening_and_commitment_belong_together);
	tcase_add_loop_test(tcase, any_flipped_bit_of_a_signature_is_found, 0, 2);
	tcase_add_test(tcase, no_flipped_bit_of_an_event_passes_admission_and_verification);
	tcase_add_test(tcase, header_and_content_have_limits_of_their_own);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
