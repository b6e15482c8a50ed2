/* What the simulated offices register: a small country, founded once, and its families.
 *
 * The events are signed once for the whole process; every simulated world begins as a clone of the
 * ledger behind the founding and registers the same families in its own way.
 * Thread: one owner. Memory: workload_free. */
#ifndef TESTS_SUPPORT_SIMULATOR_WORKLOAD_H
#define TESTS_SUPPORT_SIMULATOR_WORKLOAD_H

#include "ledger/ledger.h"

enum { WORKLOAD_LANES = 6, WORKLOAD_LANE_EVENTS = 12 };

struct workload {
	struct id ledger;
	struct store *founded; /* a ledger with the founding in it */
	struct ledger_head head;
	/* Events of one lane build on each other; lanes share nothing. */
	struct bytes lanes[WORKLOAD_LANES][WORKLOAD_LANE_EVENTS];
	struct hash ids[WORKLOAD_LANES][WORKLOAD_LANE_EVENTS];
};

/* STATUS_OK; STATUS_NOT_FOUND without the gazetteer. */
enum status workload_new(struct workload **out, uint64_t seed) NODISCARD;
void workload_free(struct workload *workload);

#endif
