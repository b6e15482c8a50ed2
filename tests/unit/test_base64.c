/* Goal: every sequence of bytes has one text, and nothing else decodes.
 * Method: the vectors of RFC 4648 section 10, round trips of every length, and near misses. */
#include "ledger/base/base64.h"

#include <check.h>
#include <stdlib.h>

static struct buf text;

static void setup(void)
{
	buf_init(&text, 10000);
}

static void teardown(void)
{
	buf_fini(&text);
}

START_TEST(the_vectors_of_the_rfc_hold) /* loop test, 0 .. 6 */
{
	static const char *const vectors[] = { "",         "Zg==",     "Zm8=",    "Zm9v",
		                               "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" };
	uint8_t out[6];
	size_t size = 99;

	base64_encode(&text, bytes_of("foobar", (size_t)_i));
	ck_assert(bytes_equal(buf_bytes(&text), bytes_of_string(vectors[_i])));
	ck_assert(base64_decode(out, sizeof(out), &size, bytes_of_string(vectors[_i])));
	ck_assert_uint_eq(size, (size_t)_i);
	ck_assert(bytes_equal(bytes_of(out, size), bytes_of("foobar", size)));
}
END_TEST

START_TEST(every_length_and_byte_comes_back)
{
	uint8_t in[300];
	uint8_t out[300];

	for (size_t i = 0; i < sizeof(in); i++) {
		in[i] = (uint8_t)(i * 157);
	}
	for (size_t size = 0; size <= sizeof(in); size++) {
		buf_reset(&text);
		base64_encode(&text, bytes_of(in, size));
		ck_assert_uint_eq(text.size, BASE64_LENGTH(size));
		ck_assert(base64_decode_exactly(out, size, buf_bytes(&text)));
		ck_assert(bytes_equal(bytes_of(out, size), bytes_of(in, size)));
		ck_assert(!base64_decode_exactly(out, size + 1, buf_bytes(&text)));
		ck_assert(size == 0 || !base64_decode_exactly(out, size - 1, buf_bytes(&text)));
	}
}
END_TEST

START_TEST(other_texts_are_refused) /* loop test */
{
	static const char *const wrong[] = {
		"Z",    "Zg",     "Zg=",      "Zg=a",     "Z===",  "====",   "=",
		"Zh==", "Zm9=",   "Zm9",      "Zm9v=",    "Zm 9v", "Zm9v\n", "Zm-v",
		"Zm_v", "Zm9vZg", "Zg==Zm9v", "Zm8=Zm9v", "=m9v",  "Z=9v",
	};
	uint8_t out[16];
	size_t size = 99;

	ck_assert_uint_lt((size_t)_i, sizeof(wrong) / sizeof(wrong[0]));
	ck_assert(!base64_decode(out, sizeof(out), &size, bytes_of_string(wrong[_i])));
	ck_assert_uint_eq(size, 99);
}
END_TEST

START_TEST(only_the_alphabet_decodes) /* loop test, 0 .. 255 */
{
	const uint8_t quad[4] = { 'A', 'A', 'A', (uint8_t)_i };
	const char *alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	uint8_t out[3];
	size_t size = 0;
	bool known = _i != 0 && strchr(alphabet, _i) != NULL;

	ck_assert(base64_decode(out, sizeof(out), &size, bytes_of(quad, 4)) == known);
}
END_TEST

START_TEST(what_does_not_fit_is_refused)
{
	uint8_t out[3] = { 0, 0, 7 };
	size_t size = 0;

	ck_assert(!base64_decode(out, 2, &size, bytes_of_string("Zm9v")));
	ck_assert_uint_eq(out[2], 7);
	ck_assert(base64_decode(out, 2, &size, bytes_of_string("Zm8=")));
	ck_assert_uint_eq(out[2], 7);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("base64");
	TCase *tcase = tcase_create("base64");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, the_vectors_of_the_rfc_hold, 0, 7);
	tcase_add_test(tcase, every_length_and_byte_comes_back);
	tcase_add_loop_test(tcase, other_texts_are_refused, 0, 20);
	tcase_add_loop_test(tcase, only_the_alphabet_decodes, 0, 256);
	tcase_add_test(tcase, what_does_not_fit_is_refused);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
