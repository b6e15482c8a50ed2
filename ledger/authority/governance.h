/* What a governance record changes in the derived tables: offices, keys, rule sets, gazetteer.
 *
 * Thread: the applying thread. Memory: the view's arena for scratch. */
#ifndef LEDGER_AUTHORITY_GOVERNANCE_H
#define LEDGER_AUTHORITY_GOVERNANCE_H

#include "ledger/view.h"

/* Writes the effects of an accepted event at `index` into the batch; does nothing for kinds that
 * govern nothing. `*reference_changed` is set when law or gazetteer changed, else left alone.
 * STATUS_OK, or trouble of the store. */
enum status governance_apply(struct view *view, struct store_batch *batch, bool *reference_changed,
                             const struct event *event, uint64_t index) NODISCARD;

#endif
