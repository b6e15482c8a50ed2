/* Goal: every key is read from each of its places, and what is wrong is named with its line.
 * Method: each key of the table set and printed back; unknown keys; numbers at and beyond bounds.
 */
#include "node/config.h"
#include "tests/support/folder.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum { PRINTED_MAX = 65536 };

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static struct config config;
static struct detail detail;

static void setup(void)
{
	folder_new(&folder);
	folder_file(path, &folder, "civild.conf");
	config_init(&config);
}

static void teardown(void)
{
	folder_remove(&folder);
}

static enum status read_text(const char *text)
{
	folder_write(path, text, strlen(text));
	return config_read(&config, path, &detail);
}

/* A value of the key that is not its default. */
static const char *another_value(const struct config_key *key)
{
	return isdigit((unsigned char)key->default_value[0]) &&
	                       strchr(key->default_value, '.') == NULL
	               ? "11"
	               : "elsewhere:1";
}

static void ck_assert_printed(const struct config *printed, const char *expected)
{
	struct buf out;

	buf_init(&out, PRINTED_MAX);
	config_print(printed, &out);
	buf_append_u8(&out, 0);
	ck_assert_int_eq(buf_status(&out), STATUS_OK);
	ck_assert_msg(strstr((const char *)out.data, expected) != NULL, "no %s in %s", expected,
	              (const char *)out.data);
	buf_fini(&out);
}

static void ck_assert_holds(const struct config_key *key, const char *value)
{
	char line[CONFIG_TEXT_MAX];

	(void)snprintf(line, sizeof(line), "\n%s = %s\n", strchr(key->name, '.') + 1, value);
	ck_assert_printed(&config, line);
}

START_TEST(the_defaults_are_those_of_the_table)
{
	for (const struct config_key *key = config_keys(); key->name != NULL; key++) {
		ck_assert_holds(key, key->default_value);
	}
	ck_assert_uint_eq(config.cache_mib, 256);
	ck_assert_str_eq(config.listen, "127.0.0.1:7431");
}
END_TEST

START_TEST(every_key_is_taken_from_a_file)
{
	for (const struct config_key *key = config_keys(); key->name != NULL; key++) {
		char text[CONFIG_TEXT_MAX];
		int section = (int)(strchr(key->name, '.') - key->name);

		config_init(&config);
		(void)snprintf(text, sizeof(text), "[%.*s]\n%s = %s\n", section, key->name,
		               strchr(key->name, '.') + 1, another_value(key));
		ck_assert_int_eq(read_text(text), STATUS_OK);
		ck_assert_holds(key, another_value(key));
	}
}
END_TEST

START_TEST(every_key_is_taken_from_the_environment)
{
	for (const struct config_key *key = config_keys(); key->name != NULL; key++) {
		char name[CONFIG_TEXT_MAX];

		(void)snprintf(name, sizeof(name), "CIVIL_%s", key->name);
		for (char *c = name; *c != '\0'; c++) {
			*c = *c == '.' ? '_' : (char)toupper((unsigned char)*c);
		}
		ck_assert_int_eq(setenv(name, another_value(key), 1), 0);
		ck_assert_int_eq(config_environment(&config, &detail), STATUS_OK);
		ck_assert_holds(key, another_value(key));
		ck_assert_int_eq(unsetenv(name), 0);
	}
}
END_TEST

START_TEST(a_bad_value_of_the_environment_is_refused)
{
	ck_assert_int_eq(setenv("CIVIL_NODE_WORKERS", "many", 1), 0);
	ck_assert_int_eq(config_environment(&config, &detail), STATUS_INVALID);
	ck_assert_ptr_nonnull(strstr(detail.text, "node.workers"));
}
END_TEST

START_TEST(an_unknown_key_is_named_with_its_line_and_the_nearest)
{
	ck_assert_int_eq(read_text("[node]\ndata = x\nworker = 3\n"), STATUS_INVALID);
	ck_assert_str_eq(detail.path, path);
	ck_assert_ptr_nonnull(strstr(detail.text, "line 3"));
	ck_assert_ptr_nonnull(strstr(detail.text, "node.worker;"));
	ck_assert_ptr_nonnull(strstr(detail.text, "did you mean node.workers?"));
}
END_TEST

START_TEST(a_key_that_is_set_must_exist)
{
	ck_assert_int_eq(config_set(&config, "tls.kee", "x", &detail), STATUS_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(detail.text, "did you mean tls.key?"));
	ck_assert_int_eq(config_set(&config, "data", "x", &detail), STATUS_NOT_FOUND);
	ck_assert_int_eq(config_set(&config, "", "x", &detail), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_line_that_is_neither_section_nor_key_is_named)
{
	ck_assert_int_eq(read_text("[node]\n\nnonsense\n"), STATUS_INVALID);
	ck_assert_ptr_nonnull(strstr(detail.text, "line 3"));
}
END_TEST

START_TEST(a_missing_file_is_not_found)
{
	ck_assert_int_eq(config_read(&config, path, &detail), STATUS_NOT_FOUND);
	ck_assert_str_eq(detail.path, path);
}
END_TEST

START_TEST(numbers_lie_within_their_bounds)
{
	static const char *const bad[] = { "",   "-1",  "+1", " 1",  "1 ",
		                           "1x", "0x1", "65", "1.5", "99999999999999999999999" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ck_assert_int_eq(config_set(&config, "node.workers", bad[i], &detail),
		                 STATUS_INVALID);
		ck_assert_uint_eq(config.workers, 0);
	}
	ck_assert_ptr_nonnull(strstr(detail.text, "from 0 to 64"));
	ck_assert_int_eq(config_set(&config, "node.workers", "64", &detail), STATUS_OK);
	ck_assert_uint_eq(config.workers, 64);
	ck_assert_int_eq(config_set(&config, "node.cache", "7", &detail), STATUS_INVALID);
	ck_assert_int_eq(config_set(&config, "node.cache", "8", &detail), STATUS_OK);
	ck_assert_int_eq(config_set(&config, "api.queues", "0", &detail), STATUS_INVALID);
}
END_TEST

START_TEST(a_text_that_does_not_fit_is_refused)
{
	char text[CONFIG_TEXT_MAX + 1];

	memset(text, 'a', sizeof(text));
	text[CONFIG_TEXT_MAX] = '\0';
	ck_assert_int_eq(config_set(&config, "node.data", text, &detail), STATUS_INVALID);
	text[CONFIG_TEXT_MAX - 1] = '\0';
	ck_assert_int_eq(config_set(&config, "node.data", text, &detail), STATUS_OK);
	ck_assert_str_eq(config.data, text);
}
END_TEST

START_TEST(what_is_printed_reads_back_equal)
{
	struct config changed;
	struct buf out;

	for (const struct config_key *key = config_keys(); key->name != NULL; key++) {
		ck_assert_int_eq(config_set(&config, key->name, another_value(key), &detail),
		                 STATUS_OK);
	}
	changed = config;
	buf_init(&out, PRINTED_MAX);
	config_print(&changed, &out);
	config_init(&config);
	folder_write(path, out.data, out.size);
	ck_assert_int_eq(config_read(&config, path, &detail), STATUS_OK);
	size_t printed = out.size;
	config_print(&config, &out);
	ck_assert_uint_eq(out.size, 2 * printed);
	ck_assert_mem_eq(out.data, out.data + printed, printed);
	buf_fini(&out);
}
END_TEST

START_TEST(words_of_the_log_are_checked)
{
	enum log_format format;
	enum log_level level;

	ck_assert_int_eq(config_log(&config, &format, &level, &detail), STATUS_OK);
	ck_assert_int_eq(format, LOG_LOGFMT);
	ck_assert_int_eq(level, LOG_INFO);
	ck_assert_int_eq(config_set(&config, "log.format", "json", &detail), STATUS_OK);
	ck_assert_int_eq(config_set(&config, "log.level", "debug", &detail), STATUS_OK);
	ck_assert_int_eq(config_log(&config, &format, &level, &detail), STATUS_OK);
	ck_assert_int_eq(format, LOG_JSON);
	ck_assert_int_eq(level, LOG_DEBUG);
	ck_assert_int_eq(config_set(&config, "log.level", "loud", &detail), STATUS_OK);
	ck_assert_int_eq(config_log(&config, &format, &level, &detail), STATUS_INVALID);
	ck_assert_str_eq(detail.path, "log.level");
	ck_assert_int_eq(config_set(&config, "log.format", "xml", &detail), STATUS_OK);
	ck_assert_int_eq(config_log(&config, &format, &level, &detail), STATUS_INVALID);
	ck_assert_str_eq(detail.path, "log.format");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("config");
	TCase *tcase = tcase_create("config");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_defaults_are_those_of_the_table);
	tcase_add_test(tcase, every_key_is_taken_from_a_file);
	tcase_add_test(tcase, every_key_is_taken_from_the_environment);
	tcase_add_test(tcase, a_bad_value_of_the_environment_is_refused);
	tcase_add_test(tcase, an_unknown_key_is_named_with_its_line_and_the_nearest);
	tcase_add_test(tcase, a_key_that_is_set_must_exist);
	tcase_add_test(tcase, a_line_that_is_neither_section_nor_key_is_named);
	tcase_add_test(tcase, a_missing_file_is_not_found);
	tcase_add_test(tcase, numbers_lie_within_their_bounds);
	tcase_add_test(tcase, a_text_that_does_not_fit_is_refused);
	tcase_add_test(tcase, what_is_printed_reads_back_equal);
	tcase_add_test(tcase, words_of_the_log_are_checked);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
