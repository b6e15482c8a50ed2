/* The parts of the program civild. */
#ifndef TOOLS_CIVILD_CIVILD_H
#define TOOLS_CIVILD_CIVILD_H

#include "node/config.h"

#ifdef FORMAT_RAISED /* the next release, for tests */
#define CIVILD_VERSION "0.2.0"
#else
#define CIVILD_VERSION "0.1.0"
#endif

/* Stable exit codes, as in the manual pages. */
enum {
	EXIT_CODE_OK = 0,
	EXIT_CODE_ERROR = 1,
	EXIT_CODE_USAGE = 2,
	EXIT_CODE_NOT_FOUND = 3,
	EXIT_CODE_DENIED = 4,
	EXIT_CODE_CONFLICT = 5,
	EXIT_CODE_UNAVAILABLE = 6,
	EXIT_CODE_VERIFICATION = 7,
	EXIT_CODE_DEADLINE = 8,
};

/* What the command line asked for. */
struct civild_arguments {
	struct config config;
	const char *config_path; /* file it was read from; NULL: none */
	bool demo;               /* plaintext on the loopback */
	const char *node;        /* format: name of the node */
	const char *origin;      /* format: name of the log */
	const char *ledger_hex;  /* format: ledger id; NULL makes one */
};

/* Exit code for a status. */
int civild_exit_code(enum status status);

/* Prints "civild: what: text" for people. */
void civild_complain(const char *what, enum status status, const struct detail *detail);

/* The commands; each returns an exit code. */
int civild_format(const struct civild_arguments *arguments);
int civild_start(const struct civild_arguments *arguments);

/* Prints civild(8) or civild.conf(5) in roff; `section` is "8" or "5". An exit code. */
int civild_manual(const char *section);

#endif
