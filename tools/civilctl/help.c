#include "tools/civilctl/help.h"

#include "tools/civilctl/commands.h"
#include "tools/civilctl/ctl.h"

#include <string.h>

enum { COLUMN = 30, LINE_MAX_COLUMNS = 80 };

/* Prints words from column `indent` on, starting at column `at`. */
static void wrap(FILE *out, const char *text, size_t indent, size_t at)
{
	while (*text != '\0') {
		size_t length = strcspn(text, " ");

		if (at + length > LINE_MAX_COLUMNS && at > indent) {
			(void)fprintf(out, "\n%*s", (int)indent, "");
			at = indent;
		}
		(void)fprintf(out, "%.*s", (int)length, text);
		at += length;
		text += length;
		if (*text == ' ') {
			(void)fputc(' ', out);
			at++;
			text++;
		}
	}
	(void)fputc('\n', out);
}

static void print_entry(FILE *out, const char *left, const char *right)
{
	int written = fprintf(out, "  %-*s ", COLUMN - 3, left);

	if (written > COLUMN) {
		(void)fprintf(out, "\n%*s", COLUMN, "");
	}
	wrap(out, right, COLUMN, COLUMN);
}

static void print_options(FILE *out, const struct command_option *options)
{
	for (; options->name != NULL; options++) {
		char left[64];

		(void)snprintf(left, sizeof(left), "--%s%s%s", options->name,
		               options->argument == NULL ? "" : " ",
		               options->argument == NULL ? "" : options->argument);
		print_entry(out, left, options->help);
	}
}

void help_print_all(FILE *out)
{
	(void)fprintf(out, "civilctl: the civil ledger's command line\n\n"
	                   "Use: civilctl [options] COMMAND [arguments]\n\nCommands\n");
	for (size_t i = 0; commands[i] != NULL; i++) {
		char left[96];

		(void)snprintf(left, sizeof(left), "%s %s", commands[i]->name,
		               commands[i]->synopsis);
		print_entry(out, left, commands[i]->summary);
	}
	(void)fprintf(out, "\nOptions of every command\n");
	print_options(out, command_global_options);
	(void)fprintf(out, "\nExit codes\n");
	for (int code = 0; code < CTL_EXITS; code++) {
		(void)fprintf(out, "  %d  %s\n", code, command_exit_text((enum ctl_exit)code));
	}
	(void)fprintf(out, "\nBegin with: civilctl help init\n");
}

void help_print(FILE *out, const struct command *command)
{
	const unsigned always = CTL_BIT(CTL_OK) | CTL_BIT(CTL_ERROR) | CTL_BIT(CTL_USAGE);

	(void)fprintf(out, "civilctl %s: %s\n\nUse: civilctl %s%s%s\n\n", command->name,
	              command->summary, command->name, command->synopsis[0] == '\0' ? "" : " ",
	              command->synopsis);
	wrap(out, command->text, 0, 0);
	if (command->options[0].name != NULL) {
		(void)fprintf(out, "\nOptions\n");
		print_options(out, command->options);
	}
	(void)fprintf(out, "\nOptions of every command: see civilctl help\n\nExamples\n");
	for (size_t i = 0; i < COMMAND_EXAMPLES; i++) {
		(void)fprintf(out, "  %s\n      %s\n", command->examples[i].line,
		              command->examples[i].text);
	}
	(void)fprintf(out, "\nExit codes\n");
	for (int code = 0; code < CTL_EXITS; code++) {
		if (((command->exits | always) & CTL_BIT(code)) != 0) {
			(void)fprintf(out, "  %d  %s\n", code,
			              command_exit_text((enum ctl_exit)code));
		}
	}
}

static enum ctl_exit run(struct ctl *ctl)
{
	size_t used;

	if (ctl->argument_count == 0) {
		help_print_all(stdout);
		return CTL_OK;
	}
	const struct command *command = command_find(&used, ctl->arguments, ctl->argument_count);
	if (command == NULL || used < ctl->argument_count) {
		ctl_say("%s is no command; did you mean %s?", ctl->arguments[0],
		        command_nearest(ctl->arguments, ctl->argument_count)->name);
		return CTL_USAGE;
	}
	help_print(stdout, command);
	return CTL_OK;
}

const struct command command_help = {
	.name = "help",
	.synopsis = "[COMMAND]",
	.summary = "show all commands, or one",
	.text = "Without a command it lists them all, with the options that every command takes "
	        "and "
	        "the exit codes.",
	.arguments_max = 2,
	.examples = { { "civilctl help", "all commands" },
	              { "civilctl help event submit", "one of them" } },
	.run = run,
};
