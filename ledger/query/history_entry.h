/* One record as an answer shows it: kind, part, signers, amendments. Internal to ledger/query. */
#ifndef LEDGER_QUERY_HISTORY_ENTRY_H
#define LEDGER_QUERY_HISTORY_ENTRY_H

#include "ledger/query/query.h"

/* Makes the entry of a record. `person` says whose part is shown, and may be NULL. The kind of a
 * step is that of its case. in_force is true and amended_by empty: history_entry_relate fills them.
 * STATUS_OK; STATUS_NO_MEMORY; trouble of the store. */
enum status history_entry_make(struct query *query, Civil__V1__HistoryEntry **out,
                               const struct stored_record *record,
                               const struct id *person) NODISCARD;

/* Fills amended_by, dependants and in_force of the entry of records[at] from the later ones of one
 * person or case, and from the person's state (NULL when there is none): a declaration is replaced
 * by a newer one of its case, and ends with a refusal or withdrawal; a marriage ends; a document is
 * replaced, revoked, cancelled; whatever was revoked, or given back and taken away again.
 * Dependants of an amended act are acts that name it, the end of the marriage it concluded, and
 * documents that print something else than the register says now. */
enum status history_entry_relate(struct query *query, Civil__V1__HistoryEntry *entry,
                                 const struct stored_record *records, size_t count, size_t at,
                                 const Civil__V1__PersonState *state) NODISCARD;

#endif
