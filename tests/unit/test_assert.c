/* Goal: a broken assertion ends the program and says where and what; one
 * that holds does nothing, and evaluates its condition once.
 * Method: a child breaks each kind with its standard error in a pipe. */
#include "ledger/base/assert.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int evaluated;

static int secret_is_small(int secret)
{
	evaluated++;
	return secret < 10;
}

START_TEST(what_holds_is_evaluated_once_and_passes)
{
	ASSERT(secret_is_small(3));
	ck_assert_int_eq(evaluated, 1);
	if (secret_is_small(3)) {
		ASSERT(evaluated == 2); /* a statement: an else may follow */
	} else {
		ck_abort();
	}
}
END_TEST

START_TEST(costly_checks_run_in_test_builds_only)
{
	VERIFY(secret_is_small(3));
#ifdef VERIFY_ENABLED
	ck_assert_int_eq(evaluated, 1);
#else
	ck_assert_int_eq(evaluated, 0);
	VERIFY(secret_is_small(4711));
#endif
}
END_TEST

START_TEST(what_does_not_hold_aborts_with_file_and_condition)
{
	char said[256] = { 0 };
	int ends[2];
	int result = 0;

	ck_assert_int_eq(pipe(ends), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		(void)dup2(ends[1], STDERR_FILENO);
		ASSERT(secret_is_small(4711));
		_exit(0);
	}
	(void)close(ends[1]);
	ck_assert_int_eq(waitpid(child, &result, 0), child);
	ck_assert(WIFSIGNALED(result));
	ck_assert_int_eq(WTERMSIG(result), SIGABRT);
	ck_assert_int_gt(read(ends[0], said, sizeof(said) - 1), 0);
	ck_assert_ptr_nonnull(strstr(said, "test_assert.c:"));
	ck_assert_ptr_nonnull(strstr(said, "assertion failed: secret_is_small(4711)\n"));
	(void)close(ends[0]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("assert");
	TCase *tcase = tcase_create("assert");

	tcase_add_test(tcase, what_holds_is_evaluated_once_and_passes);
	tcase_add_test(tcase, costly_checks_run_in_test_builds_only);
	tcase_add_test(tcase, what_does_not_hold_aborts_with_file_and_condition);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
