/* Vital statistics: acts of a period by place, month, sex, age and delay, as known at a position.
 *
 * The counts are a sum over the changes that records made (ledger/person/statistic.h), so a request
 * gives the same bytes at the same position on every node, whatever came since. `revision` is how
 * many of a cell's acts came, or went, by another record than the one that registered them.
 *
 * Cells of fewer than STATISTIC_SMALL acts are not told unless `exact`; neither are revisions that
 * small. A cell that holds nothing, and never did, is not listed.
 *
 * `root` is the caller's to add. The cost grows with the acts of the period. Thread and memory as
 * ledger/view.h. */
#ifndef LEDGER_QUERY_COUNT_ACTS_H
#define LEDGER_QUERY_COUNT_ACTS_H

#include "ledger/view.h"

#include "civil/v1/statistics_service.pb-c.h"

enum { STATISTIC_SMALL = 5, STATISTIC_CELLS_MAX = 20000 };

/* STATUS_OK; STATUS_INVALID no kind, a period, area or level that is none; STATUS_OUT_OF_RANGE
 * known > size. Who may ask for `exact` is the caller's to say. */
enum status query_count_acts(struct view *view, Civil__V1__CountActsResponse **out,
                             const Civil__V1__CountActsRequest *request) NODISCARD;

#endif
