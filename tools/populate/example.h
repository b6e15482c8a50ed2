/* Keeps one refused event of every rule as a file, for demonstrations and their tests:
 *
 *   FOLDER/RULE.event    the signed event, as civilctl event submit takes it
 *   FOLDER/RULE.person   the first person that it names, in hexadecimal
 *   FOLDER/RULE.known    how many events were accepted before it
 * Thread: one owner. Memory: none is kept. */
#ifndef TOOLS_POPULATE_EXAMPLE_H
#define TOOLS_POPULATE_EXAMPLE_H

#include "ledger/base/bytes.h"

#include <stdbool.h>

/* Writes the files unless the rule has some already. False when a file cannot be written. */
bool example_keep(const char *folder, struct bytes signed_event, const char *rule,
                  uint64_t accepted);

#endif
