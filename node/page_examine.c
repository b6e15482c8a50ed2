#include "node/page_internal.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"

static enum status wrong(struct page_record *record, enum page_fault fault, const char *text)
{
	record->fault = fault;
	detail_set(&record->detail, "", "%s", text);
	return STATUS_INVALID;
}

/* The bytes that an officer's program sent: what a record keeps of them, and the content. */
static enum status pack_event(struct page_record *record, struct arena *arena)
{
	Civil__V1__SignedEvent event;

	civil__v1__signed_event__init(&event);
	event.header = record->record->header;
	event.signatures = record->record->signatures;
	event.n_signatures = record->record->n_signatures;
	event.content = record->sent->content;
	event.opening = record->sent->opening;
	size_t size = civil__v1__signed_event__get_packed_size(&event);
	uint8_t *packed = arena_alloc(arena, size);
	if (packed == NULL) {
		return arena->heap_failed ? STATUS_NO_MEMORY
		                          : wrong(record, PAGE_RECORD_WRONG, "is too large");
	}
	record->signed_event = bytes_of(packed, civil__v1__signed_event__pack(&event, packed));
	return STATUS_OK;
}

/* True when content and opening are those that the signed header commits to. */
static bool fits_commitment(const struct page_record *record, struct arena *arena)
{
	const ProtobufCBinaryData *header = &record->record->header;
	const ProtobufCBinaryData *opening = &record->sent->opening;
	const ProtobufCBinaryData *content = &record->sent->content;
	Civil__V1__EventHeader *message =
	        civil__v1__event_header__unpack(&arena->allocator, header->len, header->data);

	if (message == NULL) {
		return true; /* it commits to nothing: the header is to blame */
	}
	if (opening->len != OPENING_BYTES) {
		return false;
	}
	struct hash hash = crypto_hmac(opening->data, bytes_of(content->data, content->len));
	return bytes_equal(bytes_of_hash(&hash), bytes_of(message->content_commitment.data,
	                                                  message->content_commitment.len));
}

static enum status admit(struct page_record *record, struct arena *arena)
{
	enum status status = pack_event(record, arena);

	if (status == STATUS_OK) {
		status = event_admit(&record->event, record->signed_event, arena, &record->detail);
	}
	if (status == STATUS_INVALID) {
		record->fault =
		        fits_commitment(record, arena) ? PAGE_RECORD_WRONG : PAGE_CONTENT_WRONG;
	}
	if (status == STATUS_OK) {
		record->fault = PAGE_RECORD_WRONG;
		status = event_verify(&record->event, &record->detail);
	}
	return status;
}

/* The record without its event: its place, and its link to the one before. */
static enum status check_place(const struct page *page, size_t i)
{
	const struct page_record *record = &page->records[i];
	const ProtobufCBinaryData *previous = &record->record->previous;
	const struct hash *before = i == 0 ? &page->head.head : &page->records[i - 1].hash;

	return record->record->index == page->from + i &&
	                       bytes_equal(bytes_of(previous->data, previous->len),
	                                   bytes_of_hash(before))
	               ? STATUS_OK
	               : STATUS_INVALID;
}

static enum status examine(struct page *page, size_t i, struct arena *arena)
{
	struct page_record *record = &page->records[i];
	const ProtobufCBinaryData *bytes = &record->sent->record;

	record->record = civil__v1__record__unpack(&arena->allocator, bytes->len, bytes->data);
	if (record->record == NULL) {
		return arena->heap_failed ? STATUS_NO_MEMORY
		                          : wrong(record, PAGE_RECORD_WRONG, "does not parse");
	}
	if (check_place(page, i) != STATUS_OK) {
		return wrong(record, PAGE_RECORD_WRONG, "does not follow the record before it");
	}
	if (record->sent->content.len == 0) {
		return wrong(record, PAGE_CONTENT_MISSING, "comes without its content");
	}
	return admit(record, arena);
}

/* Examines the records of one bite. Each has its own measure of memory, whatever lies beside. */
static void examine_bite(void *argument, size_t bite)
{
	struct page *page = argument;
	struct arena *arena = &page->bites[bite];
	size_t first = bite * VERIFY_CHUNK_EVENTS;

	arena_reset(arena);
	for (size_t i = first; i < page->count && i < first + VERIFY_CHUNK_EVENTS; i++) {
		arena->cap = arena->used + 2 * EVENT_ARENA_BYTES_MAX;
		page->records[i].status = examine(page, i, arena);
	}
}

/* Time never goes back from record to record. */
static bool is_in_time(const struct page *page, size_t i)
{
	int64_t before =
	        i == 0 ? page->head.recorded_at_ms : page->records[i - 1].record->recorded_at_ms;

	return page->records[i].record->recorded_at_ms >= before;
}

enum status page_examine(struct page *page, struct page_finding *finding, struct crew *crew,
                         const struct ledger_head *head, struct detail *detail)
{
	ASSERT(head->size == page->from);
	page->head = *head;
	page->good = 0;
	crew_each(crew, examine_bite, page,
	          (page->count + VERIFY_CHUNK_EVENTS - 1) / VERIFY_CHUNK_EVENTS);
	for (size_t i = 0; i < page->count; i++) {
		struct page_record *record = &page->records[i];
		enum status status = record->status;

		if (status == STATUS_OK && !is_in_time(page, i)) {
			status = wrong(record, PAGE_RECORD_WRONG,
			               "was recorded before the one before it");
		}
		if (status == STATUS_INVALID) {
			page_find(page, finding, i, record->fault);
			detail_set(detail, "", "record %llu %s%s%s",
			           (unsigned long long)page->from + i, record->detail.path,
			           record->detail.path[0] == '\0' ? "" : " ", record->detail.text);
		}
		if (status != STATUS_OK) {
			return status;
		}
		page->good++;
	}
	return STATUS_OK;
}
