/* Keys of logs as people give them: C2SP vkeys.
 * Thread: main. Memory: values. */
#ifndef TOOLS_CIVILCTL_PINNED_H
#define TOOLS_CIVILCTL_PINNED_H

#include "ledger/log/note_key.h"
#include "tools/civilctl/command.h"

/* Reads one. CTL_OK; CTL_USAGE after saying so. */
enum ctl_exit pinned_key(struct note_key *key, const char *vkey);

#endif
