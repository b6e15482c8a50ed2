/* Reading one record: A1 to A4. */
#include "ledger/base/crypto.h"
#include "tools/civilctl/audit_internal.h"

/* Packs the event as it was submitted; what cannot be packed is trouble of ours. */
static bool make_event(struct audit *audit, struct audit_record *out,
                       const Civil__V1__LogRecord *record)
{
	Civil__V1__SignedEvent event;

	civil__v1__signed_event__init(&event);
	event.header = (ProtobufCBinaryData){ .len = out->header.size,
		                              .data = arena_copy(&audit->arena, out->header) };
	event.signatures = out->signatures;
	event.n_signatures = out->signature_count;
	event.content = record->content;
	event.opening = record->opening;
	size_t size = civil__v1__signed_event__get_packed_size(&event);
	uint8_t *packed = arena_alloc(&audit->arena, size);
	if (packed == NULL || event.header.data == NULL) {
		audit->trouble = STATUS_NO_MEMORY;
		return false;
	}
	(void)civil__v1__signed_event__pack(&event, packed);
	out->event = bytes_of(packed, size);
	return true;
}

/* A4, and the event for A6. */
static bool read_content(struct audit *audit, struct audit_record *out,
                         const Civil__V1__EventHeader *header, const Civil__V1__LogRecord *record)
{
	if (record->content.len == 0) {
		audit->executes = false;
		return audit_erasure_take(audit, out, record);
	}
	if (record->opening.len != OPENING_BYTES) {
		audit_blame(audit, out->index, "the key of the content's commitment is missing");
		return false;
	}
	struct hash commitment = crypto_hmac(record->opening.data,
	                                     bytes_of(record->content.data, record->content.len));
	if (!bytes_equal(bytes_of_hash(&commitment), bytes_of(header->content_commitment.data,
	                                                      header->content_commitment.len))) {
		audit_blame(audit, out->index,
		            "the content is not the one that the officers signed");
		return false;
	}
	audit_erasure_order(audit, out, header, record);
	return make_event(audit, out, record);
}

/* A2. A record that was changed shows in the next one, so both are named unless A6 knows better. */
static bool link_record(struct audit *audit, const struct audit_record *out,
                        const Civil__V1__Record *record)
{
	struct hash previous = { { 0 } };

	if (record->previous.len != HASH_BYTES) {
		audit_blame(audit, out->index, "has no hash of the record before it");
		return false;
	}
	memcpy(previous.bytes, record->previous.data, HASH_BYTES);
	if (chain_append(&audit->chain, out->index, &previous, &out->leaf) != STATUS_OK) {
		audit_blame(audit, out->index,
		            "does not follow the record before it: one of the two was changed");
		return false;
	}
	if (out->recorded_at_ms < audit->recorded_at_ms) {
		audit_blame(audit, out->index, "was recorded before the one before it");
		return false;
	}
	return true;
}

bool audit_read(struct audit *audit, const Civil__V1__LogRecord *log)
{
	struct audit_record *out = &audit->records[audit->count];
	const uint64_t expected = audit->chain.count;
	struct bytes bytes =
	        bytes_of(arena_copy(&audit->arena, bytes_of(log->record.data, log->record.len)),
	                 log->record.len);
	Civil__V1__Record *record = bytes.data == NULL
	                                    ? NULL
	                                    : civil__v1__record__unpack(&audit->arena.allocator,
	                                                                bytes.size, bytes.data);

	*out = (struct audit_record){ .index = expected };
	if (record == NULL) {
		audit_blame(audit, expected, "does not parse");
		return false;
	}
	if (record->index != expected || log->index != expected) {
		audit_blame(audit, expected, "another record stands in its place");
		return false;
	}
	Civil__V1__EventHeader *header = civil__v1__event_header__unpack(
	        &audit->arena.allocator, record->header.len, record->header.data);
	if (header == NULL || !bytes_equal(bytes_of(header->ledger_id.data, header->ledger_id.len),
	                                   bytes_of_id(&audit->options.head->ledger))) {
		audit_blame(audit, expected, "its header is not of this ledger");
		return false;
	}
	merkle_leaf(&out->leaf, bytes);
	out->recorded_at_ms = record->recorded_at_ms;
	out->header = bytes_of(record->header.data, record->header.len);
	out->signatures = record->signatures;
	out->signature_count = record->n_signatures;
	if (!link_record(audit, out, record) || !read_content(audit, out, header, log)) {
		return false;
	}
	audit->recorded_at_ms = record->recorded_at_ms;
	audit_tree_append(&audit->tree, &out->leaf);
	audit->count++;
	return true;
}

void audit_tree_append(struct audit_tree *tree, const struct hash *leaf)
{
	struct hash node = *leaf;
	unsigned level = 0;

	for (; (tree->size >> level & 1) != 0; level++) {
		merkle_node(&node, &tree->frontier[level], &node);
	}
	tree->frontier[level] = node;
	tree->size++;
}

void audit_tree_root(const struct audit_tree *tree, struct hash *root)
{
	bool begun = false;

	merkle_empty(root);
	for (unsigned level = 0; level < TREE_LEVELS && tree->size >> level != 0; level++) {
		if ((tree->size >> level & 1) == 0) {
			continue;
		}
		if (begun) {
			merkle_node(root, &tree->frontier[level], root);
		} else {
			*root = tree->frontier[level];
		}
		begun = true;
	}
}
