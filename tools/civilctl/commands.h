/* The rows of the table, each defined in the file of its command. */
#ifndef TOOLS_CIVILCTL_COMMANDS_H
#define TOOLS_CIVILCTL_COMMANDS_H

#include "tools/civilctl/command.h"

extern const struct command command_init;
extern const struct command command_key_new;
extern const struct command command_key_show;
extern const struct command command_event_sign;
extern const struct command command_event_submit;
extern const struct command command_person;
extern const struct command command_status;
extern const struct command command_limits;
extern const struct command command_help;
extern const struct command command_man;
extern const struct command command_completion;

#endif
