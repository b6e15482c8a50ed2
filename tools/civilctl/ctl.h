/* One run of civilctl: what was typed, where to, and how to print.
 *
 * stdout is for what was asked, stderr for talk; colour and progress only on a terminal, and
 * without NO_COLOR. Thread: main. Memory: what a command makes lives in `arena` until the end. */
#ifndef TOOLS_CIVILCTL_CTL_H
#define TOOLS_CIVILCTL_CTL_H

#include "api/rpc_client.h"
#include "ledger/base/arena.h"
#include "ledger/base/buf.h"
#include "ledger/base/detail.h"
#include "tools/civilctl/command.h"

enum {
	CTL_ARGUMENTS_MAX = 512,
	CTL_VALUES_MAX = 64,
	CTL_TIMEOUT_S_MAX = 3600,
	CTL_FILE_BYTES_MAX = 64 * 1024 * 1024, /* of one file that is read whole */
};
#define CTL_ARENA_BYTES_MAX ((size_t)1 << 30)

enum ctl_output { CTL_TABLE, CTL_JSON, CTL_CSV };

struct ctl_value {
	const struct command_option *option;
	const char *value; /* "" of a switch */
};

struct ctl {
	const struct command *command;
	const char *arguments[CTL_ARGUMENTS_MAX];
	size_t argument_count;
	struct ctl_value values[CTL_VALUES_MAX];
	size_t value_count;
	enum ctl_output output;
	uint32_t timeout_ms;
	bool colour;   /* of tables on stdout */
	bool progress; /* on stderr */
	struct arena arena;
	bool connected; /* the gRPC library was started, by the first call */
	struct rpc_client *client;
	struct rpc_tls *tls;
};

/* Takes the words behind the program's name and the environment. CTL_OK; CTL_USAGE after saying
 * what is wrong. ctl->command is NULL when none was named. */
enum ctl_exit ctl_parse(struct ctl *ctl, int argc, char **argv);

/* Value of an option: the last one given; NULL when it was not. */
const char *ctl_option(const struct ctl *ctl, const char *name);

/* All its values, at most `max`; returns how many. */
size_t ctl_option_all(const struct ctl *ctl, const char *name, const char *values[], size_t max);

/* A number option within a range; `fallback` when it is not given. CTL_USAGE after saying so. */
enum ctl_exit ctl_option_number(const struct ctl *ctl, const char *name, uint64_t *out,
                                uint64_t fallback, uint64_t least, uint64_t most);

/* Folder of a node of this machine: option --node, CIVIL_NODE_DATA, else civil-data. */
const char *ctl_node_folder(const struct ctl *ctl);

/* One line on stderr: "civilctl: ...". */
void ctl_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says what went wrong with `what`, and gives the exit code of the status. */
enum ctl_exit ctl_fail(enum status status, const char *what, const struct detail *detail);
enum ctl_exit ctl_exit_of(enum status status);

/* Reads a whole file into the arena; "-" is stdin. CTL_OK, or an exit code after saying why. */
enum ctl_exit ctl_read_file(struct ctl *ctl, struct bytes *out, const char *path);

/* Asks a question on the terminal; true for yes, or with --yes. Without a terminal: no. */
bool ctl_confirm(const struct ctl *ctl, const char *question);

/* Frees what the run made. */
void ctl_fini(struct ctl *ctl);

#endif
