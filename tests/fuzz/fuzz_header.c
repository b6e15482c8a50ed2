/* Goal: of all bytes that a decoder reads as a header, only its own encoding is admitted.
 * Method: admit the input as an EventHeader; accepted bytes must pack to themselves, hold no more
 * elements than the limits say, and read back by the path for records. */
#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"
#include "ledger/event/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct canonical_source source = { &civil__v1__event_header__descriptor,
		                                 bytes_of(data, size), HEADER_BYTES_MAX, "header" };
	ProtobufCMessage *message = NULL;
	struct detail detail = { .path = "" };
	struct arena arena;

	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	const enum status status = canonical_unpack(&message, &source, &arena, &detail);
	ASSERT(status == STATUS_OK || status == STATUS_INVALID);
	ASSERT((status == STATUS_OK) == (detail.text[0] == '\0'));
	if (status == STATUS_OK) {
		const Civil__V1__EventHeader *header = (const Civil__V1__EventHeader *)message;
		struct bytes packed = bytes_of(NULL, 0);
		struct event event;

		ASSERT(canonical_pack(&packed, message, &arena) == STATUS_OK);
		ASSERT(bytes_equal(packed, source.bytes));
		ASSERT(header->n_subjects <= SUBJECTS_MAX);
		ASSERT(header->n_references <= REFERENCES_MAX);
		ASSERT(event_read(&event, source.bytes, bytes_of(NULL, 0), bytes_of(NULL, 0), NULL,
		                  0, &arena) == STATUS_OK);
		ASSERT(event.header->n_subjects == header->n_subjects);
	}
	arena_fini(&arena);
	return 0;
}
