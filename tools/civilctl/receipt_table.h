/* Receipts as a table.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_RECEIPT_TABLE_H
#define TOOLS_CIVILCTL_RECEIPT_TABLE_H

#include "tools/civilctl/table.h"

#include "civil/v1/receipt.pb-c.h"

void receipt_table_init(struct ctl_table *table, struct ctl *ctl);

/* `name` says which event: its file, or what was asked. */
void receipt_table_add(struct ctl_table *table, const char *name,
                       const Civil__V1__Receipt *receipt);

/* Provisional receipts of a replica. */
void provisional_table_init(struct ctl_table *table, struct ctl *ctl);
void provisional_table_add(struct ctl_table *table, const char *name,
                           const Civil__V1__ProvisionalReceipt *receipt);

#endif
