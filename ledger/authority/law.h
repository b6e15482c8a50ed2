/* The values of the law by day. A set is in force from its effective_on to the day before the next.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_AUTHORITY_LAW_H
#define LEDGER_AUTHORITY_LAW_H

#include "ledger/base/date.h"
#include "ledger/view.h"

#include "civil/v1/governance.pb-c.h"

/* All sets below the view's size, oldest effective_on first. */
enum status law_sets(struct view *view, const Civil__V1__RuleSet ***sets, size_t *count) NODISCARD;

/* The set in force on a day. STATUS_NOT_FOUND before genesis. */
enum status law_on(struct view *view, const Civil__V1__RuleSet **out, int32_t day) NODISCARD;

/* The set in force on a day as it was known before record `index`: what is derived from a record
 * must not change when a set is published later. STATUS_NOT_FOUND. */
enum status law_on_before(struct view *view, const Civil__V1__RuleSet **out, int32_t day,
                          uint64_t index) NODISCARD;

/* The sets that an interval of days meets, oldest first (a partial date may span two). */
enum status law_spanning(struct view *view, const Civil__V1__RuleSet ***sets, size_t *count,
                         struct interval days) NODISCARD;

#endif
