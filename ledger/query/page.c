#include "ledger/query/page.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"

enum { HEAD_BYTES = 8 + 4 + PAGE_REQUEST_BYTES };

static enum status read_token(struct page *page, const char *token, struct arena *arena)
{
	size_t size = strlen(token) / 2;
	uint8_t *bytes = arena_alloc(arena, size);

	if (bytes == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (size < HEAD_BYTES || size > HEAD_BYTES + PAGE_POSITION_MAX ||
	    !bytes_from_hex(bytes, size, token) ||
	    memcmp(bytes + 12, page->request, PAGE_REQUEST_BYTES) != 0) {
		return STATUS_INVALID;
	}
	page->known = bytes_read_u64(bytes);
	page->has_known = true;
	page->day = (int32_t)(bytes_read_u32(bytes + 8) - 0x80000000u);
	page->from = bytes_of(bytes + HEAD_BYTES, size - HEAD_BYTES);
	page->first = false;
	return STATUS_OK;
}

enum status page_begin(struct page *out, const struct page_request *request, struct arena *arena)
{
	size_t size = protobuf_c_message_get_packed_size(request->rest);
	uint8_t *packed = arena_alloc(arena, size);

	if (packed == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (request->size < 0) {
		return STATUS_INVALID;
	}
	(void)protobuf_c_message_pack(request->rest, packed);
	struct hash sum = crypto_sha256(bytes_of(packed, size));
	struct page page = { .size = request->size == 0         ? PAGE_DEFAULT
		                     : request->size > PAGE_MAX ? PAGE_MAX
		                                                : (size_t)request->size,
		             .first = true,
		             .known = request->known,
		             .has_known = request->has_known,
		             .day = request->day };

	memcpy(page.request, sum.bytes, PAGE_REQUEST_BYTES);
	if (request->token[0] != '\0') {
		enum status status = read_token(&page, request->token, arena);

		if (status != STATUS_OK) {
			return status;
		}
	}
	*out = page;
	return STATUS_OK;
}

char *page_token(const struct page *page, const struct query *query, struct bytes position)
{
	uint8_t bytes[HEAD_BYTES + PAGE_POSITION_MAX];

	ASSERT(position.size <= PAGE_POSITION_MAX);
	char *token = arena_alloc(query->view.arena, 2 * (HEAD_BYTES + position.size) + 1);
	if (token == NULL) {
		return NULL;
	}
	bytes_write_u64(bytes, query->view.size);
	bytes_write_u32(bytes + 8, (uint32_t)page->day + 0x80000000u);
	memcpy(bytes + 12, page->request, PAGE_REQUEST_BYTES);
	if (position.size > 0) {
		memcpy(bytes + HEAD_BYTES, position.data, position.size);
	}
	bytes_to_hex(token, bytes_of(bytes, HEAD_BYTES + position.size));
	return token;
}
