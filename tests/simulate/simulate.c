/* Runs worlds (tests/support/simulator/world.h), each twice: equal traces show that nothing but the
 * seed decided.
 *
 *   simulate FROM COUNT    seeds FROM .. FROM + COUNT - 1; prints the counts of all, one a line;
 *                          exit 1 at the first promise that was broken, with its seed
 *   simulate FROM COUNT BUG   the same with a planted bug (ledger/base/planted.h); exit 1 = found
 */
#include "tests/support/planted.h"
#include "tests/support/simulator/world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNTRY_SEED = 7 };

struct totals {
	uint64_t seeds;
	uint64_t happenings;
	uint64_t operations;
	uint64_t accepted;
	uint64_t refused;
	uint64_t faults;
	uint64_t reads;
	uint64_t restored;
};

static void add(struct totals *totals, const struct run *run)
{
	totals->seeds++;
	totals->happenings += run->happenings;
	totals->operations += run->operations;
	totals->accepted += run->accepted;
	totals->refused += run->refused;
	totals->faults += run->faults;
	totals->reads += run->reads;
	totals->restored += run->restored;
}

static void print(const struct totals *totals)
{
	printf("seeds %" PRIu64 "\nhappenings %" PRIu64 "\noperations %" PRIu64
	       "\naccepted %" PRIu64 "\nrefused %" PRIu64 "\nfaults %" PRIu64 "\nreads %" PRIu64
	       "\nrestored_orders %" PRIu64 "\n",
	       totals->seeds, totals->happenings, totals->operations, totals->accepted,
	       totals->refused, totals->faults, totals->reads, totals->restored);
}

static bool run_seed(struct totals *totals, const struct workload *workload, uint64_t seed)
{
	struct run first;
	struct run second;

	world_run(&first, workload, seed);
	if (first.failure[0] != '\0') {
		printf("seed %" PRIu64 ": %s\n", seed, first.failure);
		return false;
	}
	world_run(&second, workload, seed);
	if (first.trace != second.trace || first.happenings != second.happenings) {
		printf("seed %" PRIu64 ": two runs differ\n", seed);
		return false;
	}
	add(totals, &first);
	return true;
}

int main(int argc, char **argv)
{
	struct totals totals = { 0 };
	struct workload *workload;

	if (argc < 3) {
		(void)fprintf(stderr, "usage: simulate FROM COUNT [BUG]\n");
		return 2;
	}
	uint64_t from = strtoull(argv[1], NULL, 10);
	uint64_t count = strtoull(argv[2], NULL, 10);

	if (workload_new(&workload, COUNTRY_SEED) != STATUS_OK) {
		(void)fprintf(stderr, "simulate: tools/data/gazetteer.tsv cannot be read\n");
		return 2;
	}
	planted_choose(argc > 3 ? argv[3] : NULL);
	bool good = true;
	for (uint64_t seed = from; good && seed < from + count; seed++) {
		good = run_seed(&totals, workload, seed);
	}
	print(&totals);
	workload_free(workload);
	return good ? 0 : 1;
}
