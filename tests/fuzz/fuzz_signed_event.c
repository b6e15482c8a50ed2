/* Goal: an admitted event is whole: its parts make the same event again.
 * Method: admit the input; accepted, reading its parts gives the same id, kind and verdict of the
 * signatures, judging its form ends, and packing the parts gives the input. An input that is
 * refused for its commitment gets the right one and comes again, or no change of content would
 * pass. */
#include "ledger/base/assert.h"
#include "ledger/base/buf.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"
#include "ledger/event/constraint.h"
#include "ledger/event/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 8 * 1024 * 1024 };

static void check_admitted(const struct event *event, struct arena *arena)
{
	struct constraint_violation *found = NULL;
	struct event again;
	size_t count = 0;

	ASSERT(event->signature_count >= 1 && event->signature_count <= SIGNATURES_MAX);
	ASSERT(event_read(&again, event->header_bytes, event->content_bytes, event->opening,
	                  event->signatures, event->signature_count, arena) == STATUS_OK);
	ASSERT(hash_equal(&again.id, &event->id));
	ASSERT(again.kind == event->kind);
	ASSERT(event_verify(&again, NULL) == event_verify(event, NULL));
	for (size_t i = 0; i < event->header->n_subjects; i++) {
		const struct id id = event_subject_id(event, i);
		const struct id same = event_subject_id(&again, i);

		ASSERT(id_equal(&id, &same));
	}
	ASSERT(constraint_check(&found, &count, event, arena) == STATUS_OK);
	ASSERT(count <= CONSTRAINT_VIOLATIONS_MAX);
}

/* Admits; true when it was accepted. */
static bool check_bytes(struct bytes bytes, struct arena *arena)
{
	struct detail detail = { .path = "" };
	struct event event;
	const enum status status = event_admit(&event, bytes, arena, &detail);

	ASSERT(status == STATUS_OK || status == STATUS_INVALID);
	if (status != STATUS_OK) {
		ASSERT(detail.path[0] != '\0' && detail.text[0] != '\0');
		return false;
	}
	check_admitted(&event, arena);
	return true;
}

/* The event with the commitment that its content and opening ask for; false when it has no parts.
 */
static bool recommit(struct bytes *out, struct bytes bytes, struct arena *arena)
{
	Civil__V1__SignedEvent *event =
	        civil__v1__signed_event__unpack(&arena->allocator, bytes.size, bytes.data);
	if (event == NULL || event->opening.len != OPENING_BYTES ||
	    event->header.len > HEADER_BYTES_MAX) {
		return false;
	}
	Civil__V1__EventHeader *header = civil__v1__event_header__unpack(
	        &arena->allocator, event->header.len, event->header.data);
	if (header == NULL) {
		return false;
	}
	struct hash commitment =
	        crypto_hmac(event->opening.data, bytes_of(event->content.data, event->content.len));
	struct bytes packed;
	header->content_commitment =
	        (ProtobufCBinaryData){ .len = HASH_BYTES, .data = commitment.bytes };
	if (canonical_pack(&packed, &header->base, arena) != STATUS_OK) {
		return false;
	}
	event->header.data = arena_copy(arena, packed);
	event->header.len = packed.size;
	return event->header.data != NULL && canonical_pack(out, &event->base, arena) == STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes other;
	struct arena arena;

	ASSERT(crypto_init() == STATUS_OK);
	arena_init(&arena, ARENA_BYTES);
	if (size <= SIGNED_EVENT_BYTES_MAX && !check_bytes(bytes_of(data, size), &arena) &&
	    recommit(&other, bytes_of(data, size), &arena)) {
		(void)check_bytes(other, &arena);
	}
	arena_fini(&arena);
	return 0;
}
