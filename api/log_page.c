#include "api/log_page.h"

#include "api/log_records.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/tree.h"

enum { PAGE_DEFAULT = 100, PAGE_MAX = 1000, PAGE_BYTES_MAX = 1 << 20 };

static ProtobufCBinaryData binary(struct bytes bytes)
{
	/* protobuf-c has no const bytes; packing only reads them. */
	union {
		const uint8_t *in;
		uint8_t *out;
	} pointer = { .in = bytes.data };

	return (ProtobufCBinaryData){ .len = bytes.size, .data = pointer.out };
}

/* Appends a message, or fields that follow others of the same message: any order is allowed. */
static enum status append_message(struct buf *out, const ProtobufCMessage *message)
{
	uint8_t *packed = buf_extend(out, protobuf_c_message_get_packed_size(message));

	if (packed != NULL) {
		(void)protobuf_c_message_pack(message, packed);
	}
	return buf_status(out);
}

/* The hashes of a proof as a repeated field; they borrow the proof. */
static void list_hashes(ProtobufCBinaryData hashes[PROOF_HASHES_MAX], const struct proof *proof)
{
	for (size_t i = 0; i < proof->count; i++) {
		hashes[i] = binary(bytes_of_hash(&proof->hashes[i]));
	}
}

static size_t page_size(int32_t asked)
{
	if (asked == 0) {
		return PAGE_DEFAULT;
	}
	return asked > PAGE_MAX ? PAGE_MAX : (size_t)asked;
}

static enum status check_page(const struct view *view, const Civil__V1__ListRecordsRequest *request,
                              struct detail *detail)
{
	if (request->page_size < 0) {
		detail_set(detail, "page_size", "is negative");
		return STATUS_INVALID;
	}
	if (request->from > view->size || request->proven_in > view->size) {
		detail_set(detail, request->from > view->size ? "from" : "proven_in",
		           "lies behind the %llu records of the ledger",
		           (unsigned long long)view->size);
		return STATUS_OUT_OF_RANGE;
	}
	if (request->proven_in != 0 && request->from > request->proven_in) {
		detail_set(detail, "from", "lies behind proven_in");
		return STATUS_OUT_OF_RANGE;
	}
	return STATUS_OK;
}

enum status log_page(struct view *view, struct buf *out,
                     const Civil__V1__ListRecordsRequest *request, struct detail *detail)
{
	struct view bounded = *view;
	Civil__V1__ListRecordsResponse rest;
	ProtobufCBinaryData hashes[PROOF_HASHES_MAX];
	struct proof proof = { .count = 0 };
	enum status status = check_page(view, request, detail);

	if (status != STATUS_OK) {
		return status;
	}
	if (request->proven_in != 0) {
		bounded.size = request->proven_in;
	}
	civil__v1__list_records_response__init(&rest);
	rest.size = view->size;
	rest.next = request->from;
	buf_reset(out);
	status = log_records_append(&bounded, out, &rest.next, request->with_content,
	                            page_size(request->page_size), PAGE_BYTES_MAX);
	if (status == STATUS_OK && request->proven_in != 0) {
		status = tree_prove_consistency(view->store, &proof, rest.next, request->proven_in);
	}
	if (status != STATUS_OK) {
		return status;
	}
	list_hashes(hashes, &proof);
	rest.consistency = hashes;
	rest.n_consistency = proof.count;
	return append_message(out, &rest.base);
}

/* Size that the node's own checkpoint signs; 0 without one. */
static uint64_t signed_size(struct bytes bytes)
{
	struct checkpoint checkpoint;
	struct note note;

	return bytes.size > 0 && note_parse(&note, bytes) == STATUS_OK &&
	                       checkpoint_parse(&checkpoint, note.text) == STATUS_OK
	               ? checkpoint.head.size
	               : 0;
}

enum status log_checkpoint(struct view *view, struct buf *out, const struct log_notes *notes,
                           const Civil__V1__GetCheckpointRequest *request, struct detail *detail)
{
	Civil__V1__GetCheckpointResponse response;
	ProtobufCBinaryData hashes[PROOF_HASHES_MAX];
	struct proof proof = { .count = 0 };
	struct hash root;
	enum status status = STATUS_OK;
	uint64_t size = signed_size(notes->own);

	civil__v1__get_checkpoint_response__init(&response);
	response.note = binary(notes->own);
	if (request->size > view->size) {
		detail_set(detail, "size", "the ledger is smaller");
		return STATUS_OUT_OF_RANGE;
	}
	if (request->size > 0) {
		status = tree_root_at(view->store, &root, request->size);
		response.root = binary(bytes_of_hash(&root));
	}
	if (status == STATUS_OK && request->proof && request->size <= size) {
		status = tree_prove_consistency(view->store, &proof, request->size, size);
	}
	if (status == STATUS_OK) {
		response.witnessed =
		        arena_array(view->arena, notes->count, sizeof(ProtobufCBinaryData));
		status = response.witnessed == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < notes->count; i++) {
		response.witnessed[i] = binary(notes->witnessed[i]);
	}
	response.n_witnessed = notes->count;
	list_hashes(hashes, &proof);
	response.consistency = hashes;
	response.n_consistency = proof.count;
	buf_reset(out);
	return append_message(out, &response.base);
}
