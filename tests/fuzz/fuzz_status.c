/* Goal: no error details that a server sends break our client, and what it reads it can say again.
 * Method: unpack the input as google.rpc.Status; what is accepted is packed and unpacked again and
 * must keep its status, reason and, as far as they fit, its violations. */
#include "api/status_map.h"
#include "ledger/base/assert.h"

enum { FUZZ_ARENA_BYTES_MAX = 64 * 1024 * 1024, INPUT_BYTES_MAX = 8192 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(const struct failure *first, struct arena *arena)
{
	struct failure second;
	struct detail detail;
	struct bytes packed;

	ASSERT(status_map_pack(&packed, arena, first) == STATUS_OK);
	ASSERT(status_map_unpack(&second, &detail, arena, packed) == STATUS_OK);
	ASSERT(second.status == first->status);
	ASSERT(first->reason == NULL || strcmp(second.reason, first->reason) == 0);
	ASSERT(second.facts_count <= FAILURE_FACTS_MAX);
	for (size_t i = 0; first->status == STATUS_REFUSED && i < second.violations_count; i++) {
		ASSERT(strcmp(second.violations[i].type, first->violations[i].type) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct failure failure;
	struct detail detail;
	struct arena arena;

	if (size > INPUT_BYTES_MAX) {
		return 0; /* clients take no larger trailers */
	}
	arena_init(&arena, FUZZ_ARENA_BYTES_MAX);
	if (status_map_unpack(&failure, &detail, &arena, bytes_of(data, size)) == STATUS_OK) {
		check_again(&failure, &arena);
	}
	arena_fini(&arena);
	return 0;
}
