/* Goal: what civilctl says of itself is complete, and equal in help, manual page and completion.
 * Method: walk the table; parse lines that are right and lines that nearly are. */
#include "ledger/base/text.h"
#include "tools/civilctl/ctl.h"
#include "tools/civilctl/draft_file.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/help.h"
#include "tools/civilctl/rule_text.h"
#include "tools/civilctl/table.h"
#include "tools/civilctl/template.h"

#include "ledger/event/kind.h"
#include "ledger/rules/rule.h"

#include <check.h>
#include <stdlib.h>

enum { ARGUMENTS_MAX = 12, PRINTED_MAX = 200000 };

static struct ctl ctl;
static char printed[PRINTED_MAX];

static void setup(void)
{
	memset(&ctl, 0, sizeof(ctl));
	(void)unsetenv("CIVIL_OUTPUT");
}

static void teardown(void)
{
	ctl_fini(&ctl);
}

/* Parses a line of words that single spaces part. */
static enum ctl_exit parse(const char *line)
{
	static char copy[1024];
	char *words[ARGUMENTS_MAX + 1] = { NULL };
	int count = 0;

	(void)snprintf(copy, sizeof(copy), "%s", line);
	for (char *word = copy; word != NULL && count < ARGUMENTS_MAX; count++) {
		words[count] = word;
		word = strchr(word, ' ');
		if (word != NULL) {
			*word = '\0';
			word++;
		}
	}
	return ctl_parse(&ctl, count, words);
}

/* What a function prints. */
static const char *print(void (*function)(FILE *out))
{
	FILE *out = fmemopen(printed, sizeof(printed), "w");

	ck_assert_ptr_nonnull(out);
	function(out);
	ck_assert_int_eq(fclose(out), 0);
	return printed;
}

START_TEST(every_command_says_all_about_itself)
{
	for (size_t i = 0; commands[i] != NULL; i++) {
		const struct command *command = commands[i];

		ck_assert_uint_gt(strlen(command->summary), 10);
		ck_assert_uint_gt(strlen(command->text), 10);
		ck_assert_ptr_nonnull(command->run);
		ck_assert_uint_le(command->arguments_min, command->arguments_max);
		ck_assert_int_eq(command->arguments_max > 0, command->synopsis[0] != '\0');
		for (size_t e = 0; e < COMMAND_EXAMPLES; e++) {
			ck_assert_ptr_nonnull(strstr(command->examples[e].line, "civilctl"));
			ck_assert_ptr_nonnull(strstr(command->examples[e].line, command->name));
			ck_assert_uint_gt(strlen(command->examples[e].text), 3);
		}
		for (const struct command_option *o = command->options; o->name != NULL; o++) {
			ck_assert_uint_gt(strlen(o->help), 5);
			ck_assert_ptr_eq(command_option_find(command, o->name), o);
		}
	}
}
END_TEST

/* The heading of a command: a plain dash is a hyphen to roff, and would not be found again. */
static void roff_heading(char *out, size_t size, const char *name)
{
	size_t used = (size_t)snprintf(out, size, ".SS civilctl ");

	for (; *name != '\0' && used + 4 < size; name++) {
		if (*name == '-') {
			out[used++] = '\\';
		}
		out[used++] = *name;
	}
	(void)snprintf(out + used, size - used, "\n");
}

START_TEST(help_man_page_and_completion_know_every_command)
{
	for (size_t i = 0; commands[i] != NULL; i++) {
		char line[96];
		const char *word = strchr(commands[i]->name, ' ');

		(void)snprintf(line, sizeof(line), "\n  %s ", commands[i]->name);
		ck_assert_ptr_nonnull(strstr(print(help_print_all), line));
		roff_heading(line, sizeof(line), commands[i]->name);
		ck_assert_ptr_nonnull(strstr(print(man_print), line));
		word = word == NULL ? commands[i]->name : word + 1;
		ck_assert_ptr_nonnull(strstr(print(completion_print), word));
	}
}
END_TEST

START_TEST(exit_codes_have_a_meaning)
{
	for (int code = 0; code < CTL_EXITS; code++) {
		ck_assert_uint_gt(strlen(command_exit_text((enum ctl_exit)code)), 3);
	}
}
END_TEST

START_TEST(options_stand_before_or_behind_the_command)
{
	ck_assert_int_eq(parse("civilctl --server a:1 person -o csv 123 --valid 2020-01-01"),
	                 CTL_OK);
	ck_assert_str_eq(ctl.command->name, "person");
	ck_assert_uint_eq(ctl.argument_count, 1);
	ck_assert_str_eq(ctl.arguments[0], "123");
	ck_assert_str_eq(ctl_option(&ctl, "server"), "a:1");
	ck_assert_str_eq(ctl_option(&ctl, "valid"), "2020-01-01");
	ck_assert_ptr_null(ctl_option(&ctl, "known"));
	ck_assert_int_eq(ctl.output, CTL_CSV);
}
END_TEST

START_TEST(a_command_of_two_words_is_found)
{
	ck_assert_int_eq(parse("civilctl event sign x.json --key a --key b"), CTL_OK);
	const char *keys[4];

	ck_assert_str_eq(ctl.command->name, "event sign");
	ck_assert_uint_eq(ctl_option_all(&ctl, "key", keys, 4), 2);
	ck_assert_str_eq(keys[1], "b");
}
END_TEST

START_TEST(wrong_lines_are_wrong_use) /* loop test */
{
	static const char *const lines[] = {
		"civilctl sttus",
		"civilctl event",
		"civilctl event submitt x",
		"civilctl person",
		"civilctl person 1 2",
		"civilctl status --nothing",
		"civilctl status --server",
		"civilctl -o xml status",
		"civilctl --timeout 0 status",
		"civilctl --timeout 3601 status",
		"civilctl --timeout 1x status",
		"civilctl --valid 2020-01-01 person 1",
	};

	ck_assert_int_eq(parse(lines[_i]), CTL_USAGE);
}
END_TEST

START_TEST(the_nearest_command_is_named)
{
	const char *one[] = { "sttus" };
	const char *two[] = { "event", "submitt" };

	ck_assert_str_eq(command_nearest(one, 1)->name, "status");
	ck_assert_str_eq(command_nearest(two, 2)->name, "event submit");
}
END_TEST

START_TEST(every_rule_is_explained_in_both_languages)
{
	for (int id = RULE_S01; id < RULES; id++) {
		const struct rule_text *text = rule_text_of(rule_of((enum rule_id)id)->name);

		ck_assert_uint_gt(strlen(text->english), 10);
		ck_assert(text_is_valid(bytes_of_string(text->khmer)));
		ck_assert_uint_gt(text_count(bytes_of_string(text->khmer)), 5);
	}
	ck_assert_str_eq(rule_text_of("X99")->english, "");
}
END_TEST

START_TEST(a_template_of_every_kind_is_made_of_its_message) /* loop test, 0 .. KINDS - 1 */
{
	const struct kind *kind = kind_of_id((enum kind_id)_i);

	arena_init(&ctl.arena, CTL_ARENA_BYTES_MAX);
	for (int full = 0; full <= 1; full++) {
		const Civil__V1__Content *content =
		        template_content(&ctl, kind->content_case, full != 0);

		ck_assert_ptr_nonnull(content);
		ck_assert_int_eq(content->kind_case, kind->content_case);
		ck_assert_ptr_nonnull(kind_message(content));
		ck_assert_ptr_nonnull(content->common);
	}
}
END_TEST

START_TEST(marked_hexadecimal_becomes_base64)
{
	struct detail detail;
	struct buf out;

	buf_init(&out, 1000);
	ck_assert_int_eq(
	        draft_file_unhex(&out, bytes_of_string("{\"a\": \"hex:00FFab\", 1}"), &detail),
	        STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&out), bytes_of_string("{\"a\": \"AP+r\", 1}")));
	static const char *const wrong[] = { "\"hex:0\"", "\"hex:0g\"", "\"hex:00" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_int_eq(draft_file_unhex(&out, bytes_of_string(wrong[i]), &detail),
		                 STATUS_INVALID);
	}
	buf_fini(&out);
}
END_TEST

START_TEST(values_are_shown_as_people_write_them)
{
	Civil__V1__PartialDate date;
	uint8_t id[ID_BYTES];

	arena_init(&ctl.arena, CTL_ARENA_BYTES_MAX);
	civil__v1__partial_date__init(&date);
	date.precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR;
	date.year = 1968;
	ck_assert_str_eq(format_partial(&ctl, &date), "1968");
	date.precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_MONTH;
	date.month = 2;
	ck_assert_str_eq(format_partial(&ctl, &date), "1968-02");
	ck_assert_str_eq(format_partial(&ctl, NULL), "");
	ck_assert_str_eq(format_time(&ctl, 1), "1970-01-01 07:00:00");
	ck_assert_str_eq(format_enum(&ctl, &civil__v1__date_precision__descriptor, 3), "year");
	ck_assert(format_read_bytes(id, ID_BYTES, "00112233445566778899AABBccddeeff"));
	ck_assert(format_read_bytes(id, ID_BYTES, "ABEiM0RVZneImaq7zN3u/w=="));
	ck_assert(!format_read_bytes(id, ID_BYTES, "00112233445566778899AABBccddeef"));
	ck_assert(!format_read_bytes(id, ID_BYTES, "ABEiM0RVZneImaq7zN3u/w"));
}
END_TEST

static struct ctl_table table;
static void print_table(FILE *out)
{
	table_print(&table, out);
}

START_TEST(tables_align_khmer_and_hide_controls)
{
	arena_init(&ctl.arena, CTL_ARENA_BYTES_MAX);
	table_init(&table, &ctl, (const char *const[]){ "A", "B", NULL });
	ck_assert(table_add(&table, (const char *const[]){ "ក្រុម", "x" }));
	ck_assert(table_add(&table, (const char *const[]){ "abcde", "\033[1m" }));
	/* Three consonants, one of them a subscript, and a vowel sign: three columns. */
	ck_assert_uint_eq(text_width(bytes_of_string("ក្រុម")), 3);
	ck_assert_str_eq(print(print_table), "A      B\nក្រុម    x\nabcde  ?[1m\n");
	ctl.output = CTL_CSV;
	ck_assert(table_add(&table, (const char *const[]){ "a,\"b\"", NULL }));
	ck_assert_str_eq(print(print_table),
	                 "A,B\r\nក្រុម,x\r\nabcde,\033[1m\r\n\"a,\"\"b\"\"\",\r\n");
	ctl.output = CTL_JSON;
	table_init(&table, &ctl, (const char *const[]){ "NODE", "NEW FILES", NULL });
	ck_assert_str_eq(print(print_table), "[\n]\n");
	ck_assert(table_add(&table, (const char *const[]){ "ក្រុម", "\"1\"" }));
	ck_assert(table_add(&table, (const char *const[]){ "b", NULL }));
	ck_assert_str_eq(print(print_table),
	                 "[\n  { \"node\": \"ក្រុម\", \"newFiles\": \"\\\"1\\\"\" },\n"
	                 "  { \"node\": \"b\", \"newFiles\": \"\" }\n]\n");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("command");
	TCase *tcase = tcase_create("command");
	SRunner *runner = srunner_create(suite);

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, every_command_says_all_about_itself);
	tcase_add_test(tcase, help_man_page_and_completion_know_every_command);
	tcase_add_test(tcase, exit_codes_have_a_meaning);
	tcase_add_test(tcase, options_stand_before_or_behind_the_command);
	tcase_add_test(tcase, a_command_of_two_words_is_found);
	tcase_add_loop_test(tcase, wrong_lines_are_wrong_use, 0, 12);
	tcase_add_test(tcase, the_nearest_command_is_named);
	tcase_add_test(tcase, every_rule_is_explained_in_both_languages);
	tcase_add_loop_test(tcase, a_template_of_every_kind_is_made_of_its_message, 0, KINDS);
	tcase_add_test(tcase, marked_hexadecimal_becomes_base64);
	tcase_add_test(tcase, values_are_shown_as_people_write_them);
	tcase_add_test(tcase, tables_align_khmer_and_hide_controls);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
