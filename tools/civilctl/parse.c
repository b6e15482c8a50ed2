#include "tools/civilctl/ctl.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPTIONS_MAX = COMMAND_OPTIONS_MAX + 16, VAL_FIRST = 256 };

static const char short_options[] = ":o:h";

/* The table in getopt's form; the value of an option is its place. */
struct known {
	struct option long_options[OPTIONS_MAX + 1];
	const struct command_option *rows[OPTIONS_MAX];
	size_t count;
};

static void add_options(struct known *known, const struct command_option *options)
{
	for (; options->name != NULL && known->count < OPTIONS_MAX; options++) {
		known->rows[known->count] = options;
		known->long_options[known->count] = (struct option){
			.name = options->name,
			.has_arg = options->argument == NULL ? no_argument : required_argument,
			.val = VAL_FIRST + (int)known->count,
		};
		known->count++;
	}
}

static enum ctl_exit take(struct ctl *ctl, const struct command_option *option, const char *value)
{
	if (ctl->value_count == CTL_VALUES_MAX) {
		ctl_say("more than %d options", CTL_VALUES_MAX);
		return CTL_USAGE;
	}
	ctl->values[ctl->value_count] =
	        (struct ctl_value){ .option = option, .value = value == NULL ? "" : value };
	ctl->value_count++;
	return CTL_OK;
}

/* Reads options up to the end, or up to the first other word when `mode` is "+...". */
static enum ctl_exit take_options(struct ctl *ctl, const struct known *known, int argc, char **argv,
                                  const char *mode)
{
	enum ctl_exit code = CTL_OK;
	int found;

	while (code == CTL_OK &&
	       (found = getopt_long(argc, argv, mode, known->long_options, NULL)) != -1) {
		if (found == 'o' || found == 'h') {
			code = take(ctl,
			            command_option_find(NULL, found == 'o' ? "output" : "help"),
			            optarg);
		} else if (found >= VAL_FIRST) {
			code = take(ctl, known->rows[found - VAL_FIRST], optarg);
		} else {
			ctl_say("%s %s; see civilctl help%s%s", argv[optind - 1],
			        found == ':' ? "needs a value" : "is no option here",
			        ctl->command == NULL ? "" : " ",
			        ctl->command == NULL ? "" : ctl->command->name);
			code = CTL_USAGE;
		}
	}
	return code;
}

static enum ctl_exit unknown(const char *const words[], size_t count)
{
	bool is_group = false;

	for (size_t i = 0; commands[i] != NULL; i++) {
		size_t length = strlen(words[0]);

		if (strncmp(commands[i]->name, words[0], length) != 0 ||
		    commands[i]->name[length] != ' ') {
			continue;
		}
		is_group = count > 1;
		if (!is_group) {
			ctl_say("%s needs a second word, such as %s; see civilctl help", words[0],
			        commands[i]->name);
			return CTL_USAGE;
		}
	}
	ctl_say("%s%s%s is no command; did you mean %s?", words[0], is_group ? " " : "",
	        is_group ? words[1] : "", command_nearest(words, count)->name);
	return CTL_USAGE;
}

static enum ctl_exit take_output(struct ctl *ctl)
{
	const char *name = ctl_option(ctl, "output");

	if (name == NULL) {
		name = getenv("CIVIL_OUTPUT");
	}
	if (name == NULL || name[0] == '\0' || strcmp(name, "table") == 0) {
		ctl->output = CTL_TABLE;
	} else if (strcmp(name, "json") == 0) {
		ctl->output = CTL_JSON;
	} else if (strcmp(name, "csv") == 0) {
		ctl->output = CTL_CSV;
	} else {
		ctl_say("output is table, json or csv, not %s", name);
		return CTL_USAGE;
	}
	return CTL_OK;
}

static enum ctl_exit take_settings(struct ctl *ctl)
{
	const char *no_color = getenv("NO_COLOR");
	bool plain = no_color != NULL && no_color[0] != '\0';
	uint64_t seconds;
	enum ctl_exit code = take_output(ctl);

	ctl->colour = isatty(STDOUT_FILENO) != 0 && !plain && ctl->output == CTL_TABLE;
	ctl->progress = isatty(STDERR_FILENO) != 0;
	if (code == CTL_OK) {
		code = ctl_option_number(ctl, "timeout", &seconds, 30, 1, CTL_TIMEOUT_S_MAX);
		ctl->timeout_ms = (uint32_t)seconds * 1000;
	}
	return code;
}

static enum ctl_exit take_arguments(struct ctl *ctl, int argc, char **argv)
{
	if (argc - optind > CTL_ARGUMENTS_MAX) {
		ctl_say("more than %d arguments", CTL_ARGUMENTS_MAX);
		return CTL_USAGE;
	}
	for (int i = optind; i < argc; i++) {
		ctl->arguments[ctl->argument_count] = argv[i];
		ctl->argument_count++;
	}
	if (ctl_option(ctl, "help") != NULL ||
	    (ctl->argument_count >= ctl->command->arguments_min &&
	     ctl->argument_count <= ctl->command->arguments_max)) {
		return CTL_OK;
	}
	ctl_say("use: civilctl %s%s%s; see civilctl help %s", ctl->command->name,
	        ctl->command->synopsis[0] == '\0' ? "" : " ", ctl->command->synopsis,
	        ctl->command->name);
	return CTL_USAGE;
}

enum ctl_exit ctl_parse(struct ctl *ctl, int argc, char **argv)
{
	struct known known = { .count = 0 };
	const char *words[2] = { NULL, NULL };
	size_t count = 0;
	size_t used = 0;

	arena_init(&ctl->arena, CTL_ARENA_BYTES_MAX);
	opterr = 0;
	optind = 0; /* glibc: begin anew */
	add_options(&known, command_global_options);
	enum ctl_exit code = take_options(ctl, &known, argc, argv, "+:o:h");
	for (int i = optind; code == CTL_OK && i < argc && count < 2; i++) {
		words[count] = argv[i];
		count++;
	}
	if (code != CTL_OK || count == 0) {
		return code == CTL_OK ? take_settings(ctl) : code;
	}
	ctl->command = command_find(&used, words, count);
	if (ctl->command == NULL) {
		return unknown(words, count);
	}
	/* The last word of the name stands where getopt expects the program's. */
	argc -= optind + (int)used - 1;
	argv += optind + (int)used - 1;
	optind = 0;
	add_options(&known, ctl->command->options);
	code = take_options(ctl, &known, argc, argv, short_options);
	if (code == CTL_OK) {
		code = take_settings(ctl);
	}
	return code == CTL_OK ? take_arguments(ctl, argc, argv) : code;
}
