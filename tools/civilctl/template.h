/* Contents of any kind to begin with: every mandatory field filled with something of its form.
 *
 * Made from the table of field rows (ledger/event/constraint_table.h), so a new kind needs no line
 * here. Dates are today, names are examples, ids and hashes are zero and must be replaced: the
 * ledger refuses zeros by name of the field.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_TEMPLATE_H
#define TOOLS_CIVILCTL_TEMPLATE_H

#include "ledger/event/kind.h"
#include "tools/civilctl/ctl.h"

/* `full` fills every field that goes with the others. NULL when memory is exhausted. */
Civil__V1__Content *template_content(struct ctl *ctl, Civil__V1__Content__KindCase content_case,
                                     bool full);

#endif
