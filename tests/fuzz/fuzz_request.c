/* Goal: no bytes that a client sends as a request break the decoder, cost more memory than the cap,
 * or bring a string to a handler that is no text.
 * Method: the first byte chooses one of all methods of the civil services; the rest is decoded as
 * its request. What is accepted is walked again, and packed: its strings must still be text. */
#include "api/request.h"
#include "api/services.h"
#include "ledger/base/assert.h"

#include <stdlib.h>

enum { METHODS_MAX = 64, FUZZ_ARENA_BYTES_MAX = 4 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t list_requests(const ProtobufCMessageDescriptor *out[METHODS_MAX])
{
	static struct services context;
	struct service services[SERVICES_COUNT];
	size_t count = 0;

	services_table(services, &context);
	for (size_t i = 0; i < SERVICES_COUNT; i++) {
		for (size_t j = 0; j < services[i].methods_count; j++) {
			ASSERT(count < METHODS_MAX);
			out[count++] = services[i].methods[j].request;
		}
	}
	return count;
}

static void check_packs(const ProtobufCMessage *message)
{
	size_t size = protobuf_c_message_get_packed_size(message);
	uint8_t *packed = malloc(size + 1);

	ASSERT(packed != NULL);
	ASSERT(protobuf_c_message_pack(message, packed) == size);
	free(packed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const ProtobufCMessageDescriptor *requests[METHODS_MAX];
	static size_t requests_count;
	struct detail detail = { "", "" };
	struct arena arena;
	ProtobufCMessage *message;

	if (requests_count == 0) {
		requests_count = list_requests(requests);
	}
	if (size == 0) {
		return 0;
	}
	arena_init(&arena, FUZZ_ARENA_BYTES_MAX);
	enum status status =
	        request_decode(&message, &arena, &detail, requests[data[0] % requests_count],
	                       bytes_of(data + 1, size - 1));
	ASSERT(arena.used <= REQUEST_MEMORY_PER_BYTE * size + REQUEST_MEMORY_SPARE_BYTES);
	if (status == STATUS_OK) {
		ASSERT(request_is_text(message, NULL));
		check_packs(message);
	} else {
		ASSERT(status == STATUS_INVALID);
		ASSERT(detail.text[0] != '\0');
	}
	arena_fini(&arena);
	return 0;
}
