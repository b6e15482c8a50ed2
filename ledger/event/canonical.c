#include "ledger/event/canonical.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/event/message.h"

#include "civil/v1/event.pb-c.h"
#include "civil/v1/governance.pb-c.h"

#include <stdio.h>

/* The schema has no recursive messages, so it bounds the depth of the walk: Content, Correction,
 * FieldChange, FieldValue, PartialDate, Date is the longest chain. */
enum { DEPTH_MAX = 8 };

/* Repeated fields whose count may exceed REPEATED_MAX, or must stay below it. */
struct count_limit {
	const ProtobufCMessageDescriptor *descriptor;
	const char *field;
	size_t maximum;
};

static const struct count_limit count_limits[] = {
	{ &civil__v1__event_header__descriptor, "subjects", SUBJECTS_MAX },
	{ &civil__v1__event_header__descriptor, "references", REFERENCES_MAX },
	{ &civil__v1__signed_event__descriptor, "signatures", SIGNATURES_MAX },
	{ &civil__v1__gazetteer_published__descriptor, "areas", GAZETTEER_AREAS_MAX },
	{ &civil__v1__gazetteer_published__descriptor, "successions", GAZETTEER_AREAS_MAX },
};

static size_t count_limit_of(const ProtobufCMessageDescriptor *descriptor,
                             const ProtobufCFieldDescriptor *field)
{
	for (size_t i = 0; i < sizeof(count_limits) / sizeof(count_limits[0]); i++) {
		if (count_limits[i].descriptor == descriptor &&
		    strcmp(count_limits[i].field, field->name) == 0) {
			return count_limits[i].maximum;
		}
	}
	return REPEATED_MAX;
}

/* One message on the way down. */
struct walk {
	char path[DETAIL_PATH_MAX];
	unsigned depth;
	struct detail *detail;
};

/* Appends ".field" or ".field[i]" to the path; returns the length to cut back to afterwards. */
static size_t path_push(struct walk *walk, const ProtobufCFieldDescriptor *field, size_t i)
{
	const size_t length = strlen(walk->path);
	const size_t room = sizeof(walk->path) - length;

	if (field->label == PROTOBUF_C_LABEL_REPEATED) {
		(void)snprintf(walk->path + length, room, ".%s[%zu]", field->name, i);
	} else {
		(void)snprintf(walk->path + length, room, ".%s", field->name);
	}
	return length;
}

static enum status invalid(struct walk *walk, const char *text)
{
	detail_set(walk->detail, walk->path, "%s", text);
	return STATUS_INVALID;
}

static enum status check_string(struct walk *walk, const char *string)
{
	struct bytes text = bytes_of_string(string);
	uint32_t code_point;
	size_t length;

	while (text.size > 0) {
		if (!text_decode(&code_point, &length, text)) {
			return invalid(walk, "is not UTF-8");
		}
		if (text_is_control(code_point, true)) {
			return invalid(walk, "has a control character");
		}
		text = bytes_of(text.data + length, text.size - length);
	}
	return STATUS_OK;
}

static enum status check_message(struct walk *walk, const ProtobufCMessage *message);

static enum status check_element(struct walk *walk, const ProtobufCMessage *message,
                                 const ProtobufCFieldDescriptor *field, size_t i)
{
	if (field->type == PROTOBUF_C_TYPE_STRING) {
		return check_string(walk, message_string(message, field, i));
	}
	if (field->type == PROTOBUF_C_TYPE_ENUM) {
		const int64_t number = message_number(message, field, i);

		if (protobuf_c_enum_descriptor_get_value(field->descriptor, (int)number) == NULL) {
			return invalid(walk, "is no known value");
		}
		return STATUS_OK;
	}
	if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		return check_message(walk, message_message(message, field, i));
	}
	return STATUS_OK;
}

static enum status check_field(struct walk *walk, const ProtobufCMessage *message,
                               const ProtobufCFieldDescriptor *field)
{
	const size_t count = message_count(message, field);
	const size_t maximum = count_limit_of(message->descriptor, field);
	enum status status = STATUS_OK;

	if (field->label == PROTOBUF_C_LABEL_REPEATED && count > maximum) {
		const size_t length = path_push(walk, field, maximum);

		detail_set(walk->detail, walk->path, "has more than %zu elements", maximum);
		walk->path[length] = '\0';
		return STATUS_INVALID;
	}
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		const size_t length = path_push(walk, field, i);

		status = check_element(walk, message, field, i);
		walk->path[length] = '\0';
	}
	return status;
}

static enum status check_message(struct walk *walk, const ProtobufCMessage *message)
{
	const ProtobufCMessageDescriptor *descriptor = message->descriptor;
	enum status status = STATUS_OK;

	ASSERT(walk->depth < DEPTH_MAX);
	if (message->n_unknown_fields != 0) {
		detail_set(walk->detail, walk->path, "has the unknown field number %u",
		           message->unknown_fields[0].tag);
		return STATUS_INVALID;
	}
	walk->depth++;
	for (unsigned i = 0; i < descriptor->n_fields && status == STATUS_OK; i++) {
		status = check_field(walk, message, &descriptor->fields[i]);
	}
	walk->depth--;
	return status;
}

enum status canonical_pack(struct bytes *out, const ProtobufCMessage *message, struct arena *arena)
{
	const size_t size = protobuf_c_message_get_packed_size(message);
	uint8_t *packed = arena_alloc(arena, size);

	if (packed == NULL) {
		return STATUS_NO_MEMORY;
	}
	const size_t written = protobuf_c_message_pack(message, packed);
	ASSERT(written == size);
	*out = bytes_of(packed, size);
	return STATUS_OK;
}

/* What it means that a message could not be unpacked or packed. */
static enum status no_room(const struct arena *arena, const struct canonical_source *source,
                           struct detail *detail)
{
	if (arena->heap_failed) {
		return STATUS_NO_MEMORY;
	}
	detail_set(detail, source->path, "%s",
	           arena->cap_reached ? "needs too much memory" : "does not parse");
	return STATUS_INVALID;
}

/* Step 4. The size is compared first: packing goes to memory of the received size. */
static enum status check_repacked(const ProtobufCMessage *message,
                                  const struct canonical_source *source, struct arena *arena,
                                  struct detail *detail)
{
	struct bytes packed = bytes_of(NULL, 0);

	if (protobuf_c_message_get_packed_size(message) == source->bytes.size) {
		const enum status status = canonical_pack(&packed, message, arena);

		if (status != STATUS_OK) {
			return no_room(arena, source, detail);
		}
		if (bytes_equal(packed, source->bytes)) {
			return STATUS_OK;
		}
	}
	detail_set(detail, source->path,
	           "is not in canonical form: fields in order, each once, shortest numbers, no "
	           "explicit defaults");
	return STATUS_INVALID;
}

enum status canonical_unpack(ProtobufCMessage **out, const struct canonical_source *source,
                             struct arena *arena, struct detail *detail)
{
	struct walk walk = { .detail = detail };
	enum status status;

	if (source->bytes.size > source->bytes_max) {
		detail_set(detail, source->path, "is %zu bytes long, the limit is %zu",
		           source->bytes.size, source->bytes_max);
		return STATUS_INVALID;
	}
	ProtobufCMessage *message = protobuf_c_message_unpack(
	        source->descriptor, &arena->allocator, source->bytes.size, source->bytes.data);
	if (message == NULL) {
		return no_room(arena, source, detail);
	}
	(void)snprintf(walk.path, sizeof(walk.path), "%s", source->path);
	status = check_message(&walk, message);
	if (status != STATUS_OK) {
		return status;
	}
	status = check_repacked(message, source, arena, detail);
	if (status != STATUS_OK) {
		return status;
	}
	*out = message;
	return STATUS_OK;
}
