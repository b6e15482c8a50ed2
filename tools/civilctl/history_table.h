/* Records as a table: what happened, when, by whom, and whether it stands.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_HISTORY_TABLE_H
#define TOOLS_CIVILCTL_HISTORY_TABLE_H

#include "tools/civilctl/ask.h"

void history_table_print(struct ctl *ctl, Civil__V1__HistoryEntry *const entries[], size_t count);

#endif
