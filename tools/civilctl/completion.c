#include "tools/civilctl/commands.h"
#include "tools/civilctl/ctl.h"
#include "tools/civilctl/help.h"

#include <string.h>

static void print_options(FILE *out, const struct command_option *options)
{
	for (; options->name != NULL; options++) {
		(void)fprintf(out, " --%s", options->name);
	}
}

/* Second words of a group, such as "new" and "show" of "key". */
static void print_groups(FILE *out)
{
	for (size_t i = 0; commands[i] != NULL; i++) {
		const char *space = strchr(commands[i]->name, ' ');
		size_t length = space == NULL ? 0 : (size_t)(space - commands[i]->name);

		if (space == NULL ||
		    (i > 0 && strncmp(commands[i - 1]->name, commands[i]->name, length + 1) == 0)) {
			continue;
		}
		(void)fprintf(out, "\t%.*s) words=\"", (int)length, commands[i]->name);
		for (size_t j = i; commands[j] != NULL; j++) {
			if (strncmp(commands[j]->name, commands[i]->name, length + 1) == 0) {
				(void)fprintf(out, "%s ", commands[j]->name + length + 1);
			}
		}
		(void)fputs("\" ;;\n", out);
	}
}

void completion_print(FILE *out)
{
	const char *last = "";

	(void)fputs("# bash completion of civilctl, made by: civilctl completion bash\n"
	            "_civilctl()\n{\n"
	            "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	            "\tlocal name=\"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" words=\"\"\n"
	            "\tcase \"$before\" in\n"
	            "\t-o|--output) words=\"table json csv\" ;;\n"
	            "\tcivilctl) words=\"",
	            out);
	for (size_t i = 0; commands[i] != NULL; i++) {
		size_t length = strcspn(commands[i]->name, " ");

		if (strncmp(last, commands[i]->name, length) != 0 || last[length] != ' ') {
			(void)fprintf(out, "%.*s ", (int)length, commands[i]->name);
		}
		last = commands[i]->name;
	}
	(void)fputs("\" ;;\n", out);
	print_groups(out);
	(void)fputs("\tesac\n\tif [[ $word == -* ]]; then\n\t\twords=\"", out);
	print_options(out, command_global_options);
	(void)fputs("\"\n\t\tcase \"$name\" in\n", out);
	for (size_t i = 0; commands[i] != NULL; i++) {
		if (commands[i]->options[0].name == NULL) {
			continue;
		}
		(void)fprintf(out, "\t\t\"%s%s*) words+=\"", commands[i]->name,
		              strchr(commands[i]->name, ' ') == NULL ? " \"" : "\"");
		print_options(out, commands[i]->options);
		(void)fputs("\" ;;\n", out);
	}
	(void)fputs("\t\tesac\n\tfi\n"
	            "\tif [[ -n $words ]]; then\n"
	            "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
	            "\telse\n"
	            "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
	            "\tfi\n}\ncomplete -F _civilctl civilctl\n",
	            out);
}

static enum ctl_exit run(struct ctl *ctl)
{
	if (strcmp(ctl->arguments[0], "bash") != 0) {
		ctl_say("completion is for bash, not %s", ctl->arguments[0]);
		return CTL_USAGE;
	}
	completion_print(stdout);
	return CTL_OK;
}

const struct command command_completion = {
	.name = "completion",
	.synopsis = "bash",
	.summary = "print the completion script for bash",
	.text = "The script is made from the same table as the help.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl completion bash > completions/civilctl", "for installing" },
	              { "eval \"$(civilctl completion bash)\"", "for this shell" } },
	.run = run,
};
