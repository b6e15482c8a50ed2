/* Goal: every status has a class, a name of its own, and a stop when it is fatal.
 * Method: a table of all of them, compared with the enum's order; then a number that is none. */
#include "ledger/base/status.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	enum status status;
	enum status_class class;
	const char *name;
} table[] = {
	{ STATUS_OK, STATUS_CLASS_DONE, "OK" },
	{ STATUS_INVALID, STATUS_CLASS_REFUSAL, "INVALID" },
	{ STATUS_REFUSED, STATUS_CLASS_REFUSAL, "REFUSED" },
	{ STATUS_NOT_FOUND, STATUS_CLASS_REFUSAL, "NOT_FOUND" },
	{ STATUS_EXISTS, STATUS_CLASS_REFUSAL, "EXISTS" },
	{ STATUS_DENIED, STATUS_CLASS_REFUSAL, "DENIED" },
	{ STATUS_UNSUPPORTED, STATUS_CLASS_REFUSAL, "UNSUPPORTED" },
	{ STATUS_OUT_OF_RANGE, STATUS_CLASS_REFUSAL, "OUT_OF_RANGE" },
	{ STATUS_BUSY, STATUS_CLASS_RETRY, "BUSY" },
	{ STATUS_UNAVAILABLE, STATUS_CLASS_RETRY, "UNAVAILABLE" },
	{ STATUS_TIMEOUT, STATUS_CLASS_RETRY, "TIMEOUT" },
	{ STATUS_DISK_FULL, STATUS_CLASS_RETRY, "DISK_FULL" },
	{ STATUS_IO, STATUS_CLASS_FATAL, "IO" },
	{ STATUS_CORRUPT, STATUS_CLASS_FATAL, "CORRUPT" },
	{ STATUS_DIVERGED, STATUS_CLASS_FATAL, "DIVERGED" },
	{ STATUS_NO_MEMORY, STATUS_CLASS_FATAL, "NO_MEMORY" },
};
enum { STATUSES = sizeof(table) / sizeof(table[0]) };

START_TEST(each_status_has_its_class_and_name) /* loop test over the table */
{
	ck_assert_int_eq(table[_i].status, _i); /* no status is missing between these */
	ck_assert_int_eq(status_class(table[_i].status), table[_i].class);
	ck_assert_int_eq(status_is_fatal(table[_i].status), table[_i].class == STATUS_CLASS_FATAL);
	ck_assert_str_eq(status_name(table[_i].status), table[_i].name);
}
END_TEST

START_TEST(success_is_zero_and_alone_in_its_class)
{
	ck_assert_int_eq(STATUS_OK, 0);
	for (size_t i = 1; i < STATUSES; i++) {
		ck_assert_int_ne(status_class(table[i].status), STATUS_CLASS_DONE);
	}
}
END_TEST

START_TEST(a_number_that_is_no_status_has_a_name_to_print)
{
	ck_assert_str_eq(status_name((enum status)STATUSES), "UNKNOWN");
}
END_TEST

/* Nobody may act on it: the program ends. */
START_TEST(a_number_that_is_no_status_has_no_class)
{
	(void)status_class((enum status)STATUSES);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("status");
	TCase *tcase = tcase_create("status");

	tcase_add_loop_test(tcase, each_status_has_its_class_and_name, 0, STATUSES);
	tcase_add_test(tcase, success_is_zero_and_alone_in_its_class);
	tcase_add_test(tcase, a_number_that_is_no_status_has_a_name_to_print);
	tcase_add_test_raise_signal(tcase, a_number_that_is_no_status_has_no_class, SIGABRT);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
