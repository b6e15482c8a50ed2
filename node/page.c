#include "node/page.h"

#include "ledger/base/assert.h"
#include "ledger/log/tree.h"
#include "node/limits.h"
#include "node/page_internal.h"

#include <stdlib.h>

enum { MESSAGE_ARENA_BYTES_MAX = 4 * UPSTREAM_PAGE_BYTES_MAX };

enum status page_new(struct page **out)
{
	struct page *page = calloc(1, sizeof(*page));

	if (page == NULL) {
		return STATUS_NO_MEMORY;
	}
	arena_init(&page->arena, MESSAGE_ARENA_BYTES_MAX);
	for (size_t i = 0; i < PAGE_BITES; i++) {
		arena_init(&page->bites[i], 0);
	}
	*out = page;
	return STATUS_OK;
}

void page_free(struct page *page)
{
	if (page == NULL) {
		return;
	}
	arena_fini(&page->arena);
	for (size_t i = 0; i < PAGE_BITES; i++) {
		arena_fini(&page->bites[i]);
	}
	free(page);
}

size_t page_count(const struct page *page)
{
	return page->good;
}

/* Hashes of a proof. */
static bool read_proof(struct proof *proof, const ProtobufCBinaryData *hashes, size_t count)
{
	proof->count = 0;
	for (size_t i = 0; i < count; i++) {
		if (count > PROOF_HASHES_MAX || hashes[i].len != HASH_BYTES) {
			return false;
		}
		memcpy(proof->hashes[i].bytes, hashes[i].data, HASH_BYTES);
	}
	proof->count = count;
	return true;
}

static bool is_as_asked(const Civil__V1__ListRecordsResponse *message,
                        const struct upstream_range *range)
{
	if (message->n_records > range->count ||
	    message->next != range->from + message->n_records) {
		return false;
	}
	for (size_t i = 0; i < message->n_records; i++) {
		if (message->records[i]->index != range->from + i) {
			return false;
		}
	}
	return true;
}

enum status page_read(struct page *page, struct bytes response, const struct upstream_range *range,
                      struct detail *detail)
{
	ASSERT(range->count >= 1 && range->count <= UPSTREAM_PAGE_RECORDS);
	page->count = 0;
	page->good = 0;
	page->from = range->from;
	arena_reset(&page->arena);
	Civil__V1__ListRecordsResponse *message = civil__v1__list_records_response__unpack(
	        &page->arena.allocator, response.size, response.data);
	if (message == NULL && page->arena.heap_failed) {
		return STATUS_NO_MEMORY;
	}
	if (message == NULL ||
	    !read_proof(&page->proof, message->consistency, message->n_consistency)) {
		detail_set(detail, "", "the page behind record %llu does not parse",
		           (unsigned long long)range->from);
		return STATUS_INVALID;
	}
	if (!is_as_asked(message, range)) {
		detail_set(detail, "", "the page behind record %llu holds other records",
		           (unsigned long long)range->from);
		return STATUS_INVALID;
	}
	if (message->n_records == 0) {
		detail_set(detail, "", "the page behind record %llu is empty",
		           (unsigned long long)range->from);
		return STATUS_OUT_OF_RANGE;
	}
	for (size_t i = 0; i < message->n_records; i++) {
		page->records[i] = (struct page_record){ .sent = message->records[i] };
	}
	page->count = message->n_records;
	return STATUS_OK;
}

enum status page_prove(struct page *page, struct store_view *view, const struct tree_head *signed_,
                       struct detail *detail)
{
	struct tree tree;
	struct tree_head reached;
	enum status status = tree_open(&tree, view, page->from);

	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < page->count; i++) {
		struct page_record *record = &page->records[i];

		merkle_leaf(&record->hash,
		            bytes_of(record->sent->record.data, record->sent->record.len));
		tree_append(&tree, NULL, &record->hash);
	}
	reached.size = tree.size;
	tree_root(&tree, &reached.root);
	status = proof_check_consistency(&reached, signed_, &page->proof);
	if (status != STATUS_OK) {
		detail_set(detail, "",
		           "records %llu to %llu do not belong to the checkpoint of %llu records",
		           (unsigned long long)page->from, (unsigned long long)tree.size - 1,
		           (unsigned long long)signed_->size);
	}
	return status;
}

size_t page_whole(const struct page *page, uint64_t size)
{
	size_t count = page->good;

	ASSERT(count > 0);
	if (page->from + count >= size) {
		return count;
	}
	int64_t last = page->records[count - 1].record->recorded_at_ms;
	size_t whole = count;
	while (whole > 0 && page->records[whole - 1].record->recorded_at_ms == last) {
		whole--;
	}
	if (whole > 0) {
		return whole;
	}
	/* All of one time. By count the page ends full batches; by bytes it ended behind several.
	 */
	return count > BATCH_EVENTS_MAX ? count - count % BATCH_EVENTS_MAX : count;
}
