#include "tools/civilctl/commands.h"
#include "tools/civilctl/ctl.h"
#include "tools/civilctl/help.h"

/* Roff reads backslashes, leading dots and dashes in its own way. */
static void print_text(FILE *out, const char *text)
{
	if (*text == '.' || *text == '\'') {
		(void)fputs("\\&", out);
	}
	for (; *text != '\0'; text++) {
		if (*text == '\\') {
			(void)fputs("\\e", out);
		} else if (*text == '-') {
			(void)fputs("\\-", out);
		} else {
			(void)fputc(*text, out);
		}
	}
}

static void print_line(FILE *out, const char *before, const char *text)
{
	(void)fputs(before, out);
	print_text(out, text);
	(void)fputc('\n', out);
}

static void print_options(FILE *out, const struct command_option *options)
{
	for (; options->name != NULL; options++) {
		(void)fputs(".TP\n\\fB\\-\\-", out);
		print_text(out, options->name);
		(void)fputs("\\fR", out);
		if (options->argument != NULL) {
			(void)fprintf(out, " \\fI%s\\fR", options->argument);
		}
		(void)fputc('\n', out);
		print_line(out, "", options->help);
	}
}

static void print_command(FILE *out, const struct command *command)
{
	print_line(out, ".SS civilctl ", command->name);
	(void)fputs("\\fBcivilctl ", out);
	print_text(out, command->name);
	(void)fputs("\\fR \\fI", out);
	print_text(out, command->synopsis);
	(void)fputs("\\fR\n.PP\n", out);
	print_text(out, command->summary);
	(void)fputs(".\n", out);
	print_line(out, "", command->text);
	print_options(out, command->options);
	(void)fputs(".PP\nExit codes: 0, 1, 2", out);
	for (int code = CTL_USAGE + 1; code < CTL_EXITS; code++) {
		if ((command->exits & CTL_BIT(code)) != 0) {
			(void)fprintf(out, ", %d", code);
		}
	}
	(void)fputs(".\n", out);
	for (size_t i = 0; i < COMMAND_EXAMPLES; i++) {
		(void)fputs(".PP\n.nf\n.RS\n", out);
		print_line(out, "", command->examples[i].line);
		(void)fputs(".RE\n.fi\n", out);
		print_line(out, "", command->examples[i].text);
	}
}

void man_print(FILE *out)
{
	(void)fputs(
	        ".TH CIVILCTL 1 \"\" \"Civil Ledger\"\n"
	        ".SH NAME\ncivilctl \\- the civil ledger's command line\n"
	        ".SH SYNOPSIS\n\\fBcivilctl\\fR [\\fIoptions\\fR] \\fIcommand\\fR "
	        "[\\fIarguments\\fR]\n"
	        ".SH DESCRIPTION\n"
	        "Officers sign and submit events with it, courts and citizens' desks ask who a\n"
	        "person is, auditors check that the ledger is what it says.\n"
	        ".SH OPTIONS\n",
	        out);
	print_options(out, command_global_options);
	(void)fputs(".SH COMMANDS\n", out);
	for (size_t i = 0; commands[i] != NULL; i++) {
		print_command(out, commands[i]);
	}
	(void)fputs(".SH EXIT STATUS\n", out);
	for (int code = 0; code < CTL_EXITS; code++) {
		(void)fprintf(out, ".TP\n\\fB%d\\fR\n", code);
		print_line(out, "", command_exit_text((enum ctl_exit)code));
	}
	(void)fputs(".SH ENVIRONMENT\n"
	            "\\fBCIVIL_SERVER\\fR, \\fBCIVIL_OUTPUT\\fR, \\fBCIVIL_TLS_AUTHORITY\\fR,\n"
	            "\\fBCIVIL_TLS_CERTIFICATE\\fR and \\fBCIVIL_TLS_KEY\\fR stand in for their\n"
	            "options. With \\fBNO_COLOR\\fR tables have no colour.\n"
	            ".SH SEE ALSO\n\\fBcivild\\fR(8)\n",
	            out);
}

static enum ctl_exit run(struct ctl *ctl)
{
	(void)ctl;
	man_print(stdout);
	return CTL_OK;
}

const struct command command_man = {
	.name = "man",
	.synopsis = "",
	.summary = "print the manual page civilctl(1) in roff",
	.text = "The page is made from the same table as the help.",
	.examples = { { "civilctl man > civilctl.1", "for installing" },
	              { "civilctl man | man -l -", "for reading now" } },
	.run = run,
};
