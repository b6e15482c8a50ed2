/* A person as a table in Khmer and English: one fact a row.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_PERSON_TABLE_H
#define TOOLS_CIVILCTL_PERSON_TABLE_H

#include "tools/civilctl/ask.h"

/* Prints to stdout. The answer holds a state. */
void person_table_print(struct ctl *ctl, const Civil__V1__GetPersonResponse *response);

#endif
