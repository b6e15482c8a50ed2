/* Goal: a buffer holds what was appended, never more than its maximum, and remembers failure.
 * Method: append around the maximum and look at size, contents and status. */
#include "ledger/base/buf.h"

#include <check.h>
#include <stdlib.h>

static struct buf buf;

static void setup(void)
{
	buf_init(&buf, 100);
}

static void teardown(void)
{
	buf_fini(&buf);
}

START_TEST(appended_bytes_are_there_in_order)
{
	buf_append_string(&buf, "ab");
	buf_append_u16(&buf, 0x0102);
	buf_append_u64(&buf, 7);
	buf_printf(&buf, "%d", 42);
	ck_assert_int_eq(buf_status(&buf), STATUS_OK);
	ck_assert_uint_eq(buf.size, 14);
	ck_assert_mem_eq(buf.data,
	                 "ab\x01\x02\0\0\0\0\0\0\0\x07"
	                 "42",
	                 14);
}
END_TEST

START_TEST(the_maximum_is_reached_and_not_passed)
{
	for (int i = 0; i < 100; i++) {
		buf_append_u8(&buf, (uint8_t)i);
	}
	ck_assert_int_eq(buf_status(&buf), STATUS_OK);
	buf_append_u8(&buf, 1);
	ck_assert_int_eq(buf_status(&buf), STATUS_NO_MEMORY);
	ck_assert_uint_eq(buf.size, 100);
	buf_reset(&buf);
	buf_append_u8(&buf, 1);
	ck_assert_int_eq(buf_status(&buf), STATUS_OK);
}
END_TEST

START_TEST(a_failed_buffer_stays_failed)
{
	buf_append(&buf, bytes_of("x", 1));
	ck_assert_ptr_null(buf_extend(&buf, 100));
	buf_append_u8(&buf, 1);
	ck_assert_int_eq(buf_status(&buf), STATUS_NO_MEMORY);
	ck_assert_uint_eq(buf.size, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("buf");
	TCase *tcase = tcase_create("buf");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, appended_bytes_are_there_in_order);
	tcase_add_test(tcase, the_maximum_is_reached_and_not_passed);
	tcase_add_test(tcase, a_failed_buffer_stays_failed);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
