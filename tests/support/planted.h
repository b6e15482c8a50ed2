/* Which planted bug (ledger/base/planted.h) is alive. Thread: set before others begin. */
#ifndef TESTS_SUPPORT_PLANTED_H
#define TESTS_SUPPORT_PLANTED_H

#include <stdbool.h>

/* NULL: none. */
void planted_choose(const char *name);

bool planted(const char *name);

#endif
