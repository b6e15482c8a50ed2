#include "ledger/event/event.h"

#include "ledger/base/assert.h"
#include "ledger/base/code.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"

#include <stdio.h>

enum { EVENT_VERSION = 1 };

static struct bytes bytes_of_binary(ProtobufCBinaryData binary)
{
	return bytes_of(binary.data, binary.len);
}

/* STATUS_INVALID with `text` about the field, unless the condition holds. */
static enum status demand(bool holds, struct detail *detail, const char *path, const char *text)
{
	if (holds) {
		return STATUS_OK;
	}
	detail_set(detail, path, "%s", text);
	return STATUS_INVALID;
}

/* One demand on a message, for checks that are a list of them. */
struct demand {
	bool holds;
	const char *path;
	const char *text;
};

static enum status demand_all(const struct demand demands[], size_t count, struct detail *detail)
{
	for (size_t i = 0; i < count; i++) {
		const enum status status =
		        demand(demands[i].holds, detail, demands[i].path, demands[i].text);

		if (status != STATUS_OK) {
			return status;
		}
	}
	return STATUS_OK;
}

/* An act without steps needs no case to join them. */
static bool case_is_needed(const Civil__V1__EventHeader *header, const Civil__V1__Content *content)
{
	return header->step != CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED ||
	       kind_is_step_content(content->kind_case);
}

static enum status check_header_fields(const Civil__V1__EventHeader *header,
                                       const Civil__V1__Content *content, struct detail *detail)
{
	const bool no_case = header->case_id.len == 0 && !case_is_needed(header, content);
	const struct demand demands[] = {
		{ header->version == EVENT_VERSION, "header.version", "must be 1" },
		{ header->ledger_id.len == ID_BYTES, "header.ledger_id", "must be 16 bytes" },
		{ header->request_id.len == ID_BYTES, "header.request_id", "must be 16 bytes" },
		{ header->event_class != 0, "header.event_class", "is missing" },
		{ header->step != 0, "header.step", "is missing" },
		{ code_is_office(header->office_id), "header.office_id",
		  "must be 2 to 32 of a-z, 0-9 and hyphen" },
		{ header->case_id.len == ID_BYTES || no_case, "header.case_id",
		  "must be 16 bytes" },
		{ header->content_commitment.len == HASH_BYTES, "header.content_commitment",
		  "must be 32 bytes" },
		{ header->signed_at_ms > 0, "header.signed_at_ms", "is missing" },
		{ header->expires_at_ms > header->signed_at_ms, "header.expires_at_ms",
		  "must lie after signed_at_ms" },
	};

	return demand_all(demands, sizeof(demands) / sizeof(demands[0]), detail);
}

static enum status check_subjects(const Civil__V1__EventHeader *header, struct detail *detail)
{
	uint32_t created = 0;

	for (size_t i = 0; i < header->n_subjects; i++) {
		const Civil__V1__Subject *subject = header->subjects[i];
		char path[DETAIL_PATH_MAX];

		(void)snprintf(path, sizeof(path), "header.subjects[%zu]", i);
		if (subject->role == 0) {
			return demand(false, detail, path, "has no role");
		}
		if (subject->ordinal == 0) {
			if (subject->person_id.len != ID_BYTES) {
				return demand(false, detail, path,
				              "must have a person id of 16 bytes or an ordinal");
			}
			continue;
		}
		created++;
		if (subject->person_id.len != 0) {
			return demand(false, detail, path, "has both a person id and an ordinal");
		}
		if (subject->ordinal != created) {
			return demand(false, detail, path, "must have the next ordinal: 1, 2, ...");
		}
	}
	return STATUS_OK;
}

static enum status check_references(const Civil__V1__EventHeader *header, struct detail *detail)
{
	for (size_t i = 0; i < header->n_references; i++) {
		const struct bytes reference = bytes_of_binary(header->references[i]);
		char path[DETAIL_PATH_MAX];

		(void)snprintf(path, sizeof(path), "header.references[%zu]", i);
		if (reference.size != HASH_BYTES) {
			return demand(false, detail, path, "must be 32 bytes");
		}
		for (size_t j = 0; j < i; j++) {
			if (bytes_equal(reference, bytes_of_binary(header->references[j]))) {
				return demand(false, detail, path, "is there twice");
			}
		}
	}
	return STATUS_OK;
}

static enum status check_signature(const Civil__V1__SignedEvent *event, size_t i,
                                   struct detail *detail)
{
	const Civil__V1__Signature *signature = event->signatures[i];
	char path[DETAIL_PATH_MAX];

	(void)snprintf(path, sizeof(path), "event.signatures[%zu]", i);
	const struct demand demands[] = {
		{ signature->algorithm ==
		          CIVIL__V1__SIGNATURE_ALGORITHM__SIGNATURE_ALGORITHM_ED25519,
		  path, "must be of algorithm Ed25519" },
		{ signature->public_key.len == PUBLIC_KEY_BYTES, path,
		  "must have a public key of 32 bytes" },
		{ signature->signature.len == SIGNATURE_BYTES, path, "must be 64 bytes" },
	};
	const enum status status =
	        demand_all(demands, sizeof(demands) / sizeof(demands[0]), detail);
	if (status != STATUS_OK) {
		return status;
	}
	for (size_t j = 0; j < i; j++) {
		if (bytes_equal(bytes_of_binary(signature->public_key),
		                bytes_of_binary(event->signatures[j]->public_key))) {
			return demand(false, detail, path, "is by the same key as an earlier one");
		}
	}
	return STATUS_OK;
}

static enum status check_envelope(const Civil__V1__SignedEvent *event, struct detail *detail)
{
	enum status status = demand(event->n_signatures > 0, detail, "event.signatures",
	                            "are missing: 1 to 8 officers sign");

	for (size_t i = 0; i < event->n_signatures && status == STATUS_OK; i++) {
		status = check_signature(event, i, detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	return demand(event->opening.len == OPENING_BYTES, detail, "event.opening",
	              "must be 32 bytes");
}

static enum status check_commitment(const Civil__V1__SignedEvent *event,
                                    const Civil__V1__EventHeader *header, struct detail *detail)
{
	const struct hash commitment =
	        crypto_hmac(event->opening.data, bytes_of_binary(event->content));

	return demand(bytes_equal(bytes_of_hash(&commitment),
	                          bytes_of_binary(header->content_commitment)),
	              detail, "header.content_commitment", "does not fit content and opening");
}

/* Everything about a header that its bytes and the content decide. */
static enum status check_header(const Civil__V1__SignedEvent *event,
                                const Civil__V1__EventHeader *header,
                                const Civil__V1__Content *content, struct detail *detail)
{
	enum status status = check_header_fields(header, content, detail);

	if (status == STATUS_OK) {
		status = check_subjects(header, detail);
	}
	if (status == STATUS_OK) {
		status = check_references(header, detail);
	}
	if (status == STATUS_OK) {
		status = check_commitment(event, header, detail);
	}
	return status;
}

/* Puts the parts together; they are all checked, or were when they were written. */
static void event_fill(struct event *out, const Civil__V1__EventHeader *header,
                       const Civil__V1__Content *content)
{
	out->header = header;
	out->content = content;
	out->kind =
	        content == NULL ? NULL : kind_of_content(header->event_class, content->kind_case);
}

enum status event_admit(struct event *out, struct bytes signed_event, struct arena *arena,
                        struct detail *detail)
{
	ProtobufCMessage *message = NULL;
	const struct canonical_source envelope_source = { &civil__v1__signed_event__descriptor,
		                                          signed_event, SIGNED_EVENT_BYTES_MAX,
		                                          "event" };
	enum status status = canonical_unpack(&message, &envelope_source, arena, detail);
	if (status != STATUS_OK) {
		return status;
	}
	const Civil__V1__SignedEvent *envelope = (const Civil__V1__SignedEvent *)message;
	status = check_envelope(envelope, detail);
	if (status != STATUS_OK) {
		return status;
	}

	const struct canonical_source header_source = { &civil__v1__event_header__descriptor,
		                                        bytes_of_binary(envelope->header),
		                                        HEADER_BYTES_MAX, "header" };
	status = canonical_unpack(&message, &header_source, arena, detail);
	if (status != STATUS_OK) {
		return status;
	}
	const Civil__V1__EventHeader *header = (const Civil__V1__EventHeader *)message;

	const struct canonical_source content_source = { &civil__v1__content__descriptor,
		                                         bytes_of_binary(envelope->content),
		                                         CONTENT_BYTES_MAX, "content" };
	status = canonical_unpack(&message, &content_source, arena, detail);
	if (status != STATUS_OK) {
		return status;
	}
	const Civil__V1__Content *content = (const Civil__V1__Content *)message;

	status = demand(content->kind_case != CIVIL__V1__CONTENT__KIND__NOT_SET, detail, "content",
	                "names no kind of act");
	if (status == STATUS_OK) {
		status = check_header(envelope, header, content, detail);
	}
	if (status != STATUS_OK) {
		return status;
	}

	struct event event = {
		.header_bytes = header_source.bytes,
		.content_bytes = content_source.bytes,
		.opening = bytes_of_binary(envelope->opening),
		.signatures = envelope->signatures,
		.signature_count = envelope->n_signatures,
	};
	event.id = crypto_event_id(event.header_bytes);
	event_fill(&event, header, content);
	*out = event;
	return STATUS_OK;
}

/* Unpacks bytes of our own. */
static enum status unpack_own(ProtobufCMessage **out, const ProtobufCMessageDescriptor *descriptor,
                              struct bytes bytes, struct arena *arena)
{
	*out = protobuf_c_message_unpack(descriptor, &arena->allocator, bytes.size, bytes.data);
	if (*out != NULL) {
		return STATUS_OK;
	}
	return arena->cap_reached || arena->heap_failed ? STATUS_NO_MEMORY : STATUS_CORRUPT;
}

enum status event_read_as(struct event *out, const struct hash *id, struct bytes header,
                          struct bytes content, struct bytes opening,
                          Civil__V1__Signature *const *signatures, size_t signature_count,
                          struct arena *arena)
{
	ProtobufCMessage *header_message = NULL;
	ProtobufCMessage *content_message = NULL;

	enum status status =
	        unpack_own(&header_message, &civil__v1__event_header__descriptor, header, arena);
	if (status == STATUS_OK && content.size > 0) {
		status = unpack_own(&content_message, &civil__v1__content__descriptor, content,
		                    arena);
	}
	if (status != STATUS_OK) {
		return status;
	}
	struct event event = {
		.id = *id,
		.header_bytes = header,
		.content_bytes = content,
		.opening = opening,
		.signatures = signatures,
		.signature_count = signature_count,
	};
	event_fill(&event, (const Civil__V1__EventHeader *)header_message,
	           (const Civil__V1__Content *)content_message);
	*out = event;
	return STATUS_OK;
}

enum status event_read(struct event *out, struct bytes header, struct bytes content,
                       struct bytes opening, Civil__V1__Signature *const *signatures,
                       size_t signature_count, struct arena *arena)
{
	struct hash id = crypto_event_id(header);

	return event_read_as(out, &id, header, content, opening, signatures, signature_count,
	                     arena);
}

enum status event_verify(const struct event *event, struct detail *detail)
{
	for (size_t i = 0; i < event->signature_count; i++) {
		const Civil__V1__Signature *signature = event->signatures[i];

		if (!crypto_verify_in(CRYPTO_DOMAIN_EVENT, event->header_bytes,
		                      bytes_of_binary(signature->signature),
		                      bytes_of_binary(signature->public_key))) {
			char path[DETAIL_PATH_MAX];

			(void)snprintf(path, sizeof(path), "event.signatures[%zu]", i);
			return demand(false, detail, path, "is not the key's over this header");
		}
	}
	return STATUS_OK;
}

struct id event_subject_id(const struct event *event, size_t subject)
{
	ASSERT(subject < event->header->n_subjects);
	const Civil__V1__Subject *named = event->header->subjects[subject];
	struct id id;

	if (named->ordinal != 0) {
		return crypto_created_id(&event->id, named->ordinal);
	}
	ASSERT(named->person_id.len == ID_BYTES);
	memcpy(id.bytes, named->person_id.data, ID_BYTES);
	return id;
}

int event_subject_of_role(const Civil__V1__EventHeader *header, Civil__V1__SubjectRole role,
                          size_t nth)
{
	for (size_t i = 0; i < header->n_subjects; i++) {
		if (header->subjects[i]->role == role && nth-- == 0) {
			return (int)i;
		}
	}
	return -1;
}
