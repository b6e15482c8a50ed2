/* Goal: keys have the bytes that stand in keys.h, sort as their values do, and read back.
 * Method: golden bytes for every layout; order over edges of the integers; every shorter key. */
#include "ledger/store/keys.h"

#include <check.h>
#include <stdlib.h>

static struct key key;
static struct id id;
static struct hash hash;

static void setup(void)
{
	for (size_t i = 0; i < ID_BYTES; i++) {
		id.bytes[i] = (uint8_t)(0xa0 + i);
	}
	for (size_t i = 0; i < HASH_BYTES; i++) {
		hash.bytes[i] = (uint8_t)(0x40 + i);
	}
}

static void ck_assert_key(const char *expected)
{
	char hex[2 * STORE_KEY_BYTES_MAX + 1];

	bytes_to_hex(hex, key_bytes(&key));
	ck_assert_str_eq(hex, expected);
}

#define ID_HEX   "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
#define HASH_HEX "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"

START_TEST(each_layout_has_its_golden_bytes)
{
	key_meta(&key, "head");
	ck_assert_key("68656164");
	key_record(&key, 0x0102030405060708);
	ck_assert_key("0102030405060708");
	key_content(&key, 1);
	ck_assert_key("0000000000000001");
	key_event(&key, &hash);
	ck_assert_key(HASH_HEX);
	key_request(&key, &id);
	ck_assert_key(ID_HEX);
	key_history(&key, &id, 258);
	ck_assert_key(ID_HEX "0000000000000102");
	key_history_prefix(&key, &id);
	ck_assert_key(ID_HEX);
	key_case(&key, &id, 3);
	ck_assert_key(ID_HEX "0000000000000003");
	key_case_prefix(&key, &id);
	ck_assert_key(ID_HEX);
	key_person(&key, &id);
	ck_assert_key(ID_HEX);
	key_tree(&key, 63, 5);
	ck_assert_key("3f0000000000000005");
}
END_TEST

START_TEST(each_layout_of_the_registers_indexes_has_its_golden_bytes)
{
	const uint8_t public_key[PUBLIC_KEY_BYTES] = { 0xee };

	key_number(&key, 1, bytes_of_string("42"));
	ck_assert_key("013432");
	key_death_name(&key, &hash, 5);
	ck_assert_key("64"
	              "404142434445464748494a4b4c4d4e4f"
	              "0000000000000005");
	key_authority(&key, 'o', bytes_of_string("0102"));
	ck_assert_key("6f30313032");
	key_signed(&key, bytes_of(public_key, sizeof(public_key)), 258, 3);
	ck_assert_key("72"
	              "ee00000000000000000000000000000000000000000000000000000000000000"
	              "0000000000000102"
	              "0000000000000003");
}
END_TEST

START_TEST(days_sort_across_1970_and_read_back)
{
	static const int32_t days[] = { INT32_MIN, -719162, -1, 0, 1, 20000, INT32_MAX };
	struct key after;

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		key_begin(&key);
		key_day(&key, days[i]);
		ck_assert_uint_eq(key.size, 4);
		ck_assert_int_eq(key_read_day(key.bytes), days[i]);
		if (i > 0) {
			key_begin(&after);
			key_day(&after, days[i - 1]);
			ck_assert_int_lt(memcmp(after.bytes, key.bytes, 4), 0);
		}
	}
	key_begin(&key);
	key_day(&key, -1);
	ck_assert_key("7fffffff");
}
END_TEST

START_TEST(parts_read_back_in_order)
{
	struct bytes rest;
	struct bytes text;
	uint8_t u8 = 0;
	uint32_t u32 = 0;
	uint64_t u64 = 0;
	struct id read_id;
	struct hash read_hash;

	key_begin(&key);
	key_u8(&key, 7);
	key_string0(&key, bytes_of_string("name"));
	key_u32(&key, 0x01020304);
	key_string0(&key, bytes_of_string(""));
	key_id(&key, &id);
	key_hash(&key, &hash);
	key_u64(&key, UINT64_MAX - 1);
	rest = key_bytes(&key);
	ck_assert(key_read_u8(&rest, &u8) && u8 == 7);
	ck_assert(key_read_string0(&rest, &text) && bytes_equal(text, bytes_of_string("name")));
	ck_assert(key_read_u32(&rest, &u32) && u32 == 0x01020304);
	ck_assert(key_read_string0(&rest, &text) && text.size == 0);
	ck_assert(key_read_id(&rest, &read_id) && id_equal(&read_id, &id));
	ck_assert(key_read_hash(&rest, &read_hash) && hash_equal(&read_hash, &hash));
	ck_assert(key_read_u64(&rest, &u64) && u64 == UINT64_MAX - 1);
	ck_assert_uint_eq(rest.size, 0);
}
END_TEST

START_TEST(every_part_refuses_one_byte_too_few)
{
	struct bytes rest;
	struct bytes text;
	uint8_t u8 = 0;
	uint32_t u32 = 0;
	uint64_t u64 = 0;
	struct id read_id;
	struct hash read_hash;
	const uint8_t bytes[HASH_BYTES] = { 1, 2, 3 };

	rest = bytes_of(bytes, 0);
	ck_assert(!key_read_u8(&rest, &u8));
	ck_assert(!key_read_string0(&rest, &text));
	rest = bytes_of(bytes, 3);
	ck_assert(!key_read_u32(&rest, &u32));
	ck_assert(!key_read_string0(&rest, &text));
	rest = bytes_of(bytes, 7);
	ck_assert(!key_read_u64(&rest, &u64));
	rest = bytes_of(bytes, ID_BYTES - 1);
	ck_assert(!key_read_id(&rest, &read_id));
	rest = bytes_of(bytes, HASH_BYTES - 1);
	ck_assert(!key_read_hash(&rest, &read_hash));
	ck_assert_uint_eq(rest.size, HASH_BYTES - 1);
	ck_assert_uint_eq(u8 + u32 + u64, 0);
}
END_TEST

START_TEST(whole_keys_read_back_and_no_other_length)
{
	uint64_t index = 0;
	struct id read_id;
	struct bytes view;

	key_history(&key, &id, 77);
	view = key_bytes(&key);
	ck_assert(key_read_history(view, &read_id, &index));
	ck_assert(id_equal(&read_id, &id) && index == 77);
	ck_assert(!key_read_history(bytes_of(view.data, view.size - 1), &read_id, &index));
	ck_assert(!key_read_history(bytes_of(view.data, view.size + 1), &read_id, &index));
	key_record(&key, 78);
	view = key_bytes(&key);
	ck_assert(key_read_record(view, &index) && index == 78);
	ck_assert(!key_read_record(bytes_of(view.data, 7), &index));
	ck_assert(!key_read_record(bytes_of(view.data, 9), &index));
}
END_TEST

START_TEST(byte_order_is_value_order)
{
	static const uint64_t values[] = {
		0, 1, 255, 256, UINT32_MAX, 1ULL << 32, UINT64_MAX - 1, UINT64_MAX
	};
	struct key after;

	for (size_t i = 0; i + 1 < sizeof(values) / sizeof(values[0]); i++) {
		key_record(&key, values[i]);
		key_record(&after, values[i + 1]);
		ck_assert_int_lt(memcmp(key.bytes, after.bytes, 8), 0);
	}
}
END_TEST

START_TEST(text_is_never_the_beginning_of_another)
{
	struct key longer;

	key_begin(&key);
	key_string0(&key, bytes_of_string("ab"));
	key_begin(&longer);
	key_string0(&longer, bytes_of_string("abc"));
	ck_assert_int_lt(memcmp(key.bytes, longer.bytes, key.size), 0);
}
END_TEST

START_TEST(a_key_beyond_its_limit_fails_and_stays_failed)
{
	key_begin(&key);
	for (size_t i = 0; i < STORE_KEY_BYTES_MAX; i++) {
		key_u8(&key, (uint8_t)i);
	}
	ck_assert(!key_failed(&key));
	key_raw(&key, bytes_of("", 0));
	ck_assert(!key_failed(&key));
	key_u8(&key, 1);
	ck_assert(key_failed(&key));
	ck_assert_uint_eq(key.size, STORE_KEY_BYTES_MAX);
	key_begin(&key);
	key_string0(&key, bytes_of("a\0b", 3));
	ck_assert(key_failed(&key));
	key_u8(&key, 1);
	ck_assert(key_failed(&key));
	key_begin(&key);
	ck_assert(!key_failed(&key));
}
END_TEST

START_TEST(using_a_failed_key_is_a_fault_of_ours)
{
	key_begin(&key);
	key_string0(&key, bytes_of("\0", 1));
	(void)key_bytes(&key); /* aborts */
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("keys");
	TCase *tcase = tcase_create("keys");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, each_layout_has_its_golden_bytes);
	tcase_add_test(tcase, each_layout_of_the_registers_indexes_has_its_golden_bytes);
	tcase_add_test(tcase, days_sort_across_1970_and_read_back);
	tcase_add_test(tcase, parts_read_back_in_order);
	tcase_add_test(tcase, every_part_refuses_one_byte_too_few);
	tcase_add_test(tcase, whole_keys_read_back_and_no_other_length);
	tcase_add_test(tcase, byte_order_is_value_order);
	tcase_add_test(tcase, text_is_never_the_beginning_of_another);
	tcase_add_test(tcase, a_key_beyond_its_limit_fails_and_stays_failed);
	tcase_add_test_raise_signal(tcase, using_a_failed_key_is_a_fault_of_ours, 6);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
