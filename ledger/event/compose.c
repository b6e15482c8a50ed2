#include "ledger/event/compose.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"
#include "ledger/event/constraint.h"

/* protobuf-c's views of bytes are not const, but packing only reads them. */
static ProtobufCBinaryData binary_of(struct bytes bytes)
{
	union {
		const uint8_t *read;
		uint8_t *write;
	} data = { .read = bytes.data };

	return (ProtobufCBinaryData){ .len = bytes.size, .data = data.write };
}

/* One signature of the list; everything it points to lives in the arena. */
static Civil__V1__Signature *signature_make(const struct compose_key *key, struct bytes header,
                                            struct arena *arena)
{
	Civil__V1__Signature *signature = arena_alloc(arena, sizeof(*signature));
	uint8_t *public_key = arena_copy(arena, bytes_of(key->public_key, PUBLIC_KEY_BYTES));
	uint8_t *signed_bytes = arena_alloc(arena, SIGNATURE_BYTES);

	if (signature == NULL || public_key == NULL || signed_bytes == NULL) {
		return NULL;
	}
	crypto_sign_in(signed_bytes, CRYPTO_DOMAIN_EVENT, header, key->secret_key);
	civil__v1__signature__init(signature);
	signature->algorithm = CIVIL__V1__SIGNATURE_ALGORITHM__SIGNATURE_ALGORITHM_ED25519;
	signature->public_key = binary_of(bytes_of(public_key, PUBLIC_KEY_BYTES));
	signature->signature = binary_of(bytes_of(signed_bytes, SIGNATURE_BYTES));
	return signature;
}

/* Packs an envelope into the buffer, if it is within the limit. */
static enum status write_event(struct buf *out, const Civil__V1__SignedEvent *event)
{
	const size_t size = civil__v1__signed_event__get_packed_size(event);

	if (size > SIGNED_EVENT_BYTES_MAX) {
		return STATUS_INVALID;
	}
	buf_reset(out);
	uint8_t *packed = buf_extend(out, size);
	if (packed != NULL) {
		const size_t written = civil__v1__signed_event__pack(event, packed);
		ASSERT(written == size);
	}
	return buf_status(out);
}

/* The acts that the content names, as the header lists them. */
static enum status fill_references(Civil__V1__EventHeader *header,
                                   const Civil__V1__Content *content, struct arena *arena)
{
	struct bytes acts[REFERENCES_MAX];
	const size_t count = constraint_references(acts, content);

	if (count > REFERENCES_MAX) {
		return STATUS_INVALID;
	}
	header->references = arena_array(arena, count, sizeof(*header->references));
	if (header->references == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		header->references[i] = binary_of(acts[i]);
	}
	header->n_references = count;
	return STATUS_OK;
}

/* The header as given, with what the signer may leave out. */
static enum status header_pack(struct bytes *out, const struct composition *composition,
                               struct bytes content, struct arena *arena)
{
	Civil__V1__EventHeader header = *composition->header;
	struct hash commitment = crypto_hmac(composition->opening, content);

	header.content_commitment = binary_of(bytes_of_hash(&commitment));
	if (header.version == 0) {
		header.version = 1;
	}
	if (header.expires_at_ms == 0) {
		header.expires_at_ms = header.signed_at_ms + COMPOSE_EXPIRY_MS;
	}
	if (header.n_references == 0) {
		const enum status status = fill_references(&header, composition->content, arena);

		if (status != STATUS_OK) {
			return status;
		}
	}
	return canonical_pack(out, &header.base, arena);
}

enum status compose_event(struct buf *out, struct hash *event_id,
                          const struct composition *composition, struct arena *arena)
{
	const size_t count = composition->key_count;
	struct bytes content;
	struct bytes header;

	if (count > SIGNATURES_MAX) {
		return STATUS_INVALID;
	}
	enum status status = canonical_pack(&content, &composition->content->base, arena);
	if (status == STATUS_OK) {
		status = header_pack(&header, composition, content, arena);
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (content.size > CONTENT_BYTES_MAX || header.size > HEADER_BYTES_MAX) {
		return STATUS_INVALID;
	}

	Civil__V1__Signature *signatures[SIGNATURES_MAX];
	for (size_t i = 0; i < count; i++) {
		signatures[i] = signature_make(&composition->keys[i], header, arena);
		if (signatures[i] == NULL) {
			return STATUS_NO_MEMORY;
		}
	}
	Civil__V1__SignedEvent event;
	civil__v1__signed_event__init(&event);
	event.header = binary_of(header);
	event.content = binary_of(content);
	event.opening = binary_of(bytes_of(composition->opening, OPENING_BYTES));
	event.signatures = signatures;
	event.n_signatures = count;

	status = write_event(out, &event);
	if (status == STATUS_OK) {
		*event_id = crypto_event_id(header);
	}
	return status;
}

enum status compose_add_signature(struct buf *out, struct bytes signed_event,
                                  const struct compose_key *key, struct arena *arena)
{
	struct event admitted;
	Civil__V1__Signature *signatures[SIGNATURES_MAX];

	const enum status status = event_admit(&admitted, signed_event, arena, NULL);
	if (status != STATUS_OK) {
		return status;
	}
	if (admitted.signature_count == SIGNATURES_MAX) {
		return STATUS_INVALID;
	}
	for (size_t i = 0; i < admitted.signature_count; i++) {
		signatures[i] = admitted.signatures[i];
		if (memcmp(signatures[i]->public_key.data, key->public_key, PUBLIC_KEY_BYTES) ==
		    0) {
			return STATUS_INVALID;
		}
	}
	Civil__V1__Signature *added = signature_make(key, admitted.header_bytes, arena);
	if (added == NULL) {
		return STATUS_NO_MEMORY;
	}
	signatures[admitted.signature_count] = added;

	Civil__V1__SignedEvent event;
	civil__v1__signed_event__init(&event);
	event.header = binary_of(admitted.header_bytes);
	event.content = binary_of(admitted.content_bytes);
	event.opening = binary_of(admitted.opening);
	event.signatures = signatures;
	event.n_signatures = admitted.signature_count + 1;
	return write_event(out, &event);
}

void compose_key_of_seed(struct compose_key *out, const uint8_t seed[32])
{
	crypto_keypair(out->public_key, out->secret_key, seed);
}
