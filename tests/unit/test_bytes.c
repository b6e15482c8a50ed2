/* Goal: views compare by size and bytes, integers are big-endian, hexadecimal has one reading; and
 * a reader of our own tables never reads beyond them. Method: every single byte, every single-bit
 * difference, every place of a wrong digit; a table cut short at every byte. */
#include "ledger/base/bytes.h"

#include "ledger/base/unpack.h"

#include <check.h>
#include <stdlib.h>

START_TEST(a_view_is_what_it_was_made_of)
{
	static const uint8_t memory[] = { 1, 2, 3 };
	struct hash hash = { { 5 } };
	struct id id = { { 6 } };

	ck_assert_ptr_eq(bytes_of(memory, 2).data, memory);
	ck_assert_uint_eq(bytes_of(memory, 2).size, 2);
	ck_assert_uint_eq(bytes_of_string("").size, 0);
	ck_assert_uint_eq(bytes_of_string("abc").size, 3);
	ck_assert_ptr_eq(bytes_of_hash(&hash).data, hash.bytes);
	ck_assert_uint_eq(bytes_of_hash(&hash).size, HASH_BYTES);
	ck_assert_ptr_eq(bytes_of_id(&id).data, id.bytes);
	ck_assert_uint_eq(bytes_of_id(&id).size, ID_BYTES);
}
END_TEST

START_TEST(views_are_equal_by_size_and_bytes)
{
	ck_assert(bytes_equal(bytes_of(NULL, 0), bytes_of("x", 0)));
	ck_assert(bytes_equal(bytes_of("abc", 3), bytes_of("abd", 2)) == false);
	ck_assert(bytes_equal(bytes_of("abc", 2), bytes_of("abd", 2)));
	ck_assert(!bytes_equal(bytes_of("abc", 3), bytes_of("abd", 3)));
	ck_assert(!bytes_equal(bytes_of("a", 1), bytes_of(NULL, 0)));
}
END_TEST

START_TEST(any_bit_makes_another_hash_or_id) /* loop test, 0 .. 255 */
{
	struct hash hash = { { 0 } };
	struct hash other_hash = hash;
	struct id id = { { 0 } };
	struct id other_id = id;

	ck_assert(hash_equal(&hash, &other_hash));
	other_hash.bytes[_i / 8] ^= (uint8_t)(1u << (_i % 8));
	ck_assert(!hash_equal(&hash, &other_hash));
	ck_assert(id_equal(&id, &other_id));
	other_id.bytes[_i / 8 % ID_BYTES] ^= (uint8_t)(1u << (_i % 8));
	ck_assert(!id_equal(&id, &other_id));
}
END_TEST

START_TEST(integers_are_big_endian_and_come_back)
{
	static const uint8_t expected[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	uint8_t out[8];

	bytes_write_u32(out, 0x01020304);
	ck_assert_mem_eq(out, expected, 4);
	bytes_write_u64(out, 0x0102030405060708);
	ck_assert_mem_eq(out, expected, 8);
	for (unsigned bit = 0; bit < 64; bit++) {
		bytes_write_u64(out, UINT64_C(1) << bit);
		ck_assert_uint_eq(bytes_read_u64(out), UINT64_C(1) << bit);
		bytes_write_u32(out, UINT32_C(1) << bit % 32);
		ck_assert_uint_eq(bytes_read_u32(out), UINT32_C(1) << bit % 32);
	}
	bytes_write_u64(out, UINT64_MAX);
	ck_assert_uint_eq(bytes_read_u64(out), UINT64_MAX);
}
END_TEST

START_TEST(every_byte_has_two_digits_of_lower_case)
{
	for (int byte = 0; byte < 256; byte++) {
		uint8_t in = (uint8_t)byte;
		uint8_t back = 0;
		char hex[4] = "xxx";
		char upper[3];

		bytes_to_hex(hex, bytes_of(&in, 1));
		ck_assert_int_eq(hex[0], "0123456789abcdef"[byte / 16]);
		ck_assert_int_eq(hex[1], "0123456789abcdef"[byte % 16]);
		ck_assert_int_eq(hex[2], '\0');
		ck_assert_int_eq(hex[3], '\0');
		upper[0] = "0123456789ABCDEF"[byte / 16];
		upper[1] = "0123456789ABCDEF"[byte % 16];
		upper[2] = '\0';
		ck_assert(bytes_from_hex(&back, 1, hex) && back == in);
		back = (uint8_t)~in;
		ck_assert(bytes_from_hex(&back, 1, upper) && back == in);
	}
}
END_TEST

START_TEST(nothing_has_no_digits)
{
	char hex[1] = { 'x' };

	bytes_to_hex(hex, bytes_of(NULL, 0));
	ck_assert_int_eq(hex[0], '\0');
	ck_assert(bytes_from_hex(NULL, 0, ""));
	ck_assert(!bytes_from_hex(NULL, 0, "0"));
}
END_TEST

START_TEST(other_characters_and_lengths_are_no_hexadecimal)
{
	static const char *const lengths[] = { "", "0", "00", "000", "00000", "000000" };
	uint8_t out[2] = { 7, 7 };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		ck_assert(!bytes_from_hex(out, 2, lengths[i]));
	}
	for (size_t place = 0; place < 4; place++) {
		for (int character = 1; character < 256; character++) {
			char hex[5] = "0000";

			if (strchr("0123456789abcdefABCDEF", character) == NULL) {
				hex[place] = (char)character;
				ck_assert(!bytes_from_hex(out, 2, hex));
			}
		}
	}
	ck_assert_uint_eq(out[0], 7); /* untouched by every refusal */
	ck_assert_uint_eq(out[1], 7);
}
END_TEST

/* Reads a table of 1 + 4 + 8 + 2 bytes; true when it was all there and nothing else. */
static bool read_table(struct bytes table)
{
	struct unpack unpack = unpack_of(table);
	uint8_t rest[2] = { 9, 9 };
	bool enough = table.size >= 15;
	uint8_t first = unpack_u8(&unpack);
	uint32_t second = unpack_u32(&unpack);
	uint64_t third = unpack_u64(&unpack);

	unpack_copy(&unpack, rest, sizeof(rest));
	ck_assert_uint_eq(first, table.size >= 1 ? 0x01 : 0);
	ck_assert_uint_eq(second, table.size >= 5 ? 0x02030405 : 0);
	ck_assert_uint_eq(third, table.size >= 13 ? 0x060708090a0b0c0d : 0);
	ck_assert_uint_eq(rest[0], enough ? 0x0e : 0);
	ck_assert_uint_eq(rest[1], enough ? 0x0f : 0);
	return unpack_done(&unpack);
}

START_TEST(a_table_is_read_when_it_is_whole_and_nothing_follows) /* loop test, 0 .. 16 bytes */
{
	uint8_t table[17];

	for (size_t i = 0; i < sizeof(table); i++) {
		table[i] = (uint8_t)(i + 1);
	}
	ck_assert_int_eq(read_table(bytes_of(table, (size_t)_i)), _i == 15);
}
END_TEST

START_TEST(a_failed_reader_stays_failed)
{
	struct unpack unpack = unpack_of(bytes_of("ab", 2));

	ck_assert_uint_eq(unpack_u32(&unpack), 0);
	ck_assert_uint_eq(unpack_u8(&unpack), 0);
	ck_assert_uint_eq(unpack_bytes(&unpack, 0).size, 0);
	ck_assert(!unpack_done(&unpack));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bytes");
	TCase *tcase = tcase_create("bytes");

	tcase_add_test(tcase, a_view_is_what_it_was_made_of);
	tcase_add_test(tcase, views_are_equal_by_size_and_bytes);
	tcase_add_loop_test(tcase, any_bit_makes_another_hash_or_id, 0, 256);
	tcase_add_test(tcase, integers_are_big_endian_and_come_back);
	tcase_add_test(tcase, every_byte_has_two_digits_of_lower_case);
	tcase_add_test(tcase, nothing_has_no_digits);
	tcase_add_test(tcase, other_characters_and_lengths_are_no_hexadecimal);
	tcase_add_loop_test(tcase, a_table_is_read_when_it_is_whole_and_nothing_follows, 0, 17);
	tcase_add_test(tcase, a_failed_reader_stays_failed);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
