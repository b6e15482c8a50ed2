/* Addresses that answer as absent: those of a person whose address is protected, to a reading that
 * belongs to no case. Internal to ledger/query.
 *
 * A protection works on all days and positions: while one is in force today, as all records know
 * it, asking for yesterday shows no address either. Where one was in force on the day and at the
 * position asked about, nothing shows what it hid then.
 *
 * Whether the caller may name a case is for the caller's authorisation, not for the question.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_PROTECTION_H
#define LEDGER_QUERY_PROTECTION_H

#include "ledger/query/query.h"

#include "civil/v1/person.pb-c.h"

/* Whether the person's addresses are hidden from this reading. `state` is what state_resolve left
 * of the state on the day asked about. STATUS_OK; trouble of the store. */
enum status protection_applies(struct query *query, bool *out, const Civil__V1__PersonState *state,
                               int32_t day, const Civil__V1__ReadContext *context,
                               int32_t today) NODISCARD;

/* Takes out of the state all that tells where the person lives, when they are. Same statuses. */
enum status protection_hide(struct query *query, Civil__V1__PersonState *state, int32_t day,
                            const Civil__V1__ReadContext *context, int32_t today) NODISCARD;

/* The same of a person of whom only the id is asked for: a protection in force today counts. */
enum status protection_now(struct query *query, bool *out, const struct id *person,
                           const Civil__V1__ReadContext *context, int32_t today) NODISCARD;

/* Takes every address out of a content that the answer owns; of an act about homes and households
 * nothing is left. Such an entry shows a content as one that was erased. */
void protection_strip(Civil__V1__Content **content);

#endif
