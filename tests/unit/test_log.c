/* Goal: one event is one line, whatever text is in it, in both formats.
 * Method: stderr led into a file, lines read back. */
#include "node/log.h"
#include "tests/support/folder.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUTPUT_MAX = 8192 };

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static char output[OUTPUT_MAX];
static int terminal;

static void setup(void)
{
	folder_new(&folder);
	folder_file(path, &folder, "stderr");
	terminal = dup(STDERR_FILENO);
	int file = open(path, O_RDWR | O_CREAT | O_APPEND, 0600);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(dup2(file, STDERR_FILENO), STDERR_FILENO);
	ck_assert_int_eq(close(file), 0);
}

static void teardown(void)
{
	(void)dup2(terminal, STDERR_FILENO);
	(void)close(terminal);
	folder_remove(&folder);
}

/* What was written so far. */
static const char *written(void)
{
	output[folder_read(path, output, sizeof(output) - 1)] = '\0';
	return output;
}

static size_t lines(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++) {
		count += *text == '\n';
	}
	return count;
}

START_TEST(a_line_of_logfmt_has_priority_time_level_and_id)
{
	log_line(LOG_INFO, "commit", "size=%d", 42);
	ck_assert_uint_eq(lines(written()), 1);
	ck_assert_mem_eq(output, "<6>time=2", 9);
	ck_assert_ptr_nonnull(strstr(output, "Z level=info id=commit size=42\n"));
}
END_TEST

START_TEST(a_line_may_have_no_fields)
{
	log_line(LOG_ERROR, "end", "%s", "");
	ck_assert_ptr_nonnull(strstr(written(), "level=error id=end\n"));
	ck_assert_mem_eq(output, "<3>", 3);
}
END_TEST

START_TEST(a_line_of_json_is_an_object_of_strings)
{
	log_setup(LOG_JSON, LOG_INFO);
	log_line(LOG_WARNING, "slow", "ms=%d text=\"two = words\" file=%s", 7, "a");
	ck_assert_uint_eq(lines(written()), 1);
	ck_assert_mem_eq(output, "{\"time\":\"2", 10);
	ck_assert_ptr_nonnull(strstr(output,
	                             "Z\",\"level\":\"warning\",\"id\":\"slow\",\"ms\":\"7\","
	                             "\"text\":\"two = words\",\"file\":\"a\"}\n"));
	log_line(LOG_INFO, "bare", "%s", "");
	ck_assert_ptr_nonnull(strstr(written(), "\"id\":\"bare\"}\n"));
}
END_TEST

START_TEST(hostile_text_stays_in_its_line) /* loop 2 */
{
	char text[256];

	log_setup(_i == 0 ? LOG_LOGFMT : LOG_JSON, LOG_INFO);
	log_line(LOG_INFO, "x", "text=\"%s\"",
	         log_quote(text, sizeof(text), "a\" id=forged\n<3>\x1b[1m\\ \xe1\x9e\x80"));
	ck_assert_uint_eq(lines(written()), 1);
	ck_assert_ptr_nonnull(strstr(output, "x22 id=forged"));
	ck_assert_ptr_nonnull(strstr(output, _i == 0 ? "\\x0a<3>\\x1b[1m\\x5c \\xe1\\x9e\\x80\""
	                                             : "\\\\x0a<3>\\\\x1b[1m\\\\x5c "));
}
END_TEST

START_TEST(quoting_fits_any_room)
{
	char text[16];

	for (size_t size = 1; size <= sizeof(text); size++) {
		memset(text, '#', sizeof(text));
		ck_assert_ptr_eq(log_quote(text, size, "ab\n\n\n\n\n\n"), text);
		ck_assert_uint_lt(strlen(text), size);
	}
	ck_assert_str_eq(log_quote(text, sizeof(text), ""), "");
}
END_TEST

START_TEST(fields_that_are_too_long_are_cut) /* loop 2 */
{
	char text[4096];

	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	log_setup(_i == 0 ? LOG_LOGFMT : LOG_JSON, LOG_INFO);
	log_line(LOG_INFO, "x", "text=%s", text);
	ck_assert_uint_eq(lines(written()), 1);
	ck_assert_uint_lt(strlen(output), 2048);
	ck_assert_int_eq(output[strlen(output) - 1], '\n');
}
END_TEST

START_TEST(lines_below_the_level_are_not_written)
{
	log_line(LOG_DEBUG, "quiet", "%s", "");
	ck_assert_str_eq(written(), "");
	log_set_level(LOG_DEBUG);
	log_line(LOG_DEBUG, "heard", "%s", "");
	ck_assert_ptr_nonnull(strstr(written(), "<7>"));
	log_set_level(LOG_ERROR);
	log_line(LOG_WARNING, "quiet", "%s", "");
	log_line(LOG_INFO, "quiet", "%s", "");
	ck_assert_uint_eq(lines(written()), 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("log");
	TCase *tcase = tcase_create("log");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_line_of_logfmt_has_priority_time_level_and_id);
	tcase_add_test(tcase, a_line_may_have_no_fields);
	tcase_add_test(tcase, a_line_of_json_is_an_object_of_strings);
	tcase_add_loop_test(tcase, hostile_text_stays_in_its_line, 0, 2);
	tcase_add_test(tcase, quoting_fits_any_room);
	tcase_add_loop_test(tcase, fields_that_are_too_long_are_cut, 0, 2);
	tcase_add_test(tcase, lines_below_the_level_are_not_written);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
