/* Help, manual pages and completion: the table of commands in other words.
 * Thread: any. Memory: none. */
#ifndef TOOLS_CIVILCTL_HELP_H
#define TOOLS_CIVILCTL_HELP_H

#include "tools/civilctl/command.h"

#include <stdio.h>

/* One line a command. */
void help_print_all(FILE *out);

/* All about one command. */
void help_print(FILE *out, const struct command *command);

/* civilctl(1) in roff. */
void man_print(FILE *out);

/* A script for bash. */
void completion_print(FILE *out);

#endif
