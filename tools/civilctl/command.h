/* The table of commands: what civilctl can do, said once.
 *
 * A command is one file command_*.c with its row; parsing, help, manual pages and completion are
 * made from the rows, so none can say something else than another.
 * Thread: constant tables. Memory: static. */
#ifndef TOOLS_CIVILCTL_COMMAND_H
#define TOOLS_CIVILCTL_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct ctl;

/* Stable exit codes, the same in every command. */
enum ctl_exit {
	CTL_OK = 0,
	CTL_ERROR = 1,
	CTL_USAGE = 2,
	CTL_NOT_FOUND = 3,
	CTL_DENIED = 4,
	CTL_CONFLICT = 5, /* refused by a rule, duplicate, or the event is wrong */
	CTL_UNAVAILABLE = 6,
	CTL_VERIFICATION = 7,
	CTL_DEADLINE = 8,
};
enum { CTL_EXITS = CTL_DEADLINE + 1 };

/* What an exit code means, in a few words. */
const char *command_exit_text(enum ctl_exit code);

enum { COMMAND_OPTIONS_MAX = 12, COMMAND_EXAMPLES = 2 };

struct command_option {
	const char *name;     /* without dashes; NULL ends a list */
	const char *argument; /* what its value is called; NULL: a switch */
	const char *help;
};

/* A line that can be typed as it stands, and what it does. */
struct command_example {
	const char *line;
	const char *text;
};

struct command {
	const char *name;     /* one word or two: "person", "event submit" */
	const char *synopsis; /* arguments: "FILE..." */
	const char *summary;  /* one line, without a full stop */
	const char *text;     /* more, in sentences; lines of any length */
	struct command_option options[COMMAND_OPTIONS_MAX + 1];
	size_t arguments_min;
	size_t arguments_max;
	struct command_example examples[COMMAND_EXAMPLES];
	unsigned exits; /* bits of the codes that it may give besides 0, 1 and 2 */
	enum ctl_exit (*run)(struct ctl *ctl);
};

#define CTL_BIT(code) (1u << (code))
/* What any command gives that asks a server. */
#define CTL_SERVER_EXITS (CTL_BIT(CTL_DENIED) | CTL_BIT(CTL_UNAVAILABLE) | CTL_BIT(CTL_DEADLINE))

/* All commands, ordered as help shows them; the list ends with NULL. */
extern const struct command *const commands[];

/* Options that every command takes; ends with NULL. */
extern const struct command_option command_global_options[];

/* Finds the command that the words begin with; `*used` is how many words its name has. NULL when
 * there is none. */
const struct command *command_find(size_t *used, const char *const words[], size_t count);

/* The command whose name is nearest to what was typed; never NULL. */
const struct command *command_nearest(const char *const words[], size_t count);

/* The option of a command, its own or global; NULL. */
const struct command_option *command_option_find(const struct command *command, const char *name);

#endif
