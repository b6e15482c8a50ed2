#include "ledger/event/canonical.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/event/message.h"
#include "ledger/event/position.h"

#include "civil/v1/event.pb-c.h"
#include "civil/v1/governance.pb-c.h"

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

static enum status invalid(const struct position *position, struct detail *detail, const char *text)
{
	char path[DETAIL_PATH_MAX];

	position_print(path, position, "");
	detail_set(detail, path, "%s", text);
	return STATUS_INVALID;
}

static enum status check_string(const struct position *position, const char *string,
                                struct detail *detail)
{
	struct bytes text = bytes_of_string(string);
	uint32_t code_point;
	size_t length;

	while (text.size > 0) {
		if (!text_decode(&code_point, &length, text)) {
			return invalid(position, detail, "is not UTF-8");
		}
		if (text_is_control(code_point, true)) {
			return invalid(position, detail, "has a control character");
		}
		text = bytes_of(text.data + length, text.size - length);
	}
	return STATUS_OK;
}

static enum status check_message(const struct position *position, const ProtobufCMessage *message,
                                 struct detail *detail);

static enum status check_element(const struct position *position, const ProtobufCMessage *message,
                                 const ProtobufCFieldDescriptor *field, size_t i,
                                 struct detail *detail)
{
	if (field->type == PROTOBUF_C_TYPE_STRING) {
		return check_string(position, message_string(message, field, i), detail);
	}
	if (field->type == PROTOBUF_C_TYPE_ENUM) {
		const int64_t number = message_number(message, field, i);

		if (protobuf_c_enum_descriptor_get_value(field->descriptor, (int)number) == NULL) {
			return invalid(position, detail, "is no known value");
		}
		return STATUS_OK;
	}
	if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		return check_message(position, message_message(message, field, i), detail);
	}
	return STATUS_OK;
}

static enum status check_field(const struct position *position, const ProtobufCMessage *message,
                               const ProtobufCFieldDescriptor *field, struct detail *detail)
{
	const size_t count = message_count(message, field);
	enum status status = STATUS_OK;

	/* No limit lies below that of singular fields, so most fields need no look-up. */
	if (count > 1 && count > count_limit_of(message->descriptor, field)) {
		const struct position here = position_of_element(
		        position, field, count_limit_of(message->descriptor, field));

		return invalid(&here, detail, "is one element too many");
	}
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		const struct position here = position_of_element(position, field, i);

		status = check_element(&here, message, field, i, detail);
	}
	return status;
}

/* The schema has no recursive messages, so it bounds the depth of this walk (position.c asserts a
 * bound too, when a path is printed). */
static enum status check_message(const struct position *position, const ProtobufCMessage *message,
                                 struct detail *detail)
{
	const ProtobufCMessageDescriptor *descriptor = message->descriptor;
	enum status status = STATUS_OK;

	if (message->n_unknown_fields != 0) {
		return invalid(position, detail, "has a field that is not known");
	}
	for (unsigned i = 0; i < descriptor->n_fields && status == STATUS_OK; i++) {
		status = check_field(position, message, &descriptor->fields[i], detail);
	}
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
	const struct position root = position_of_root(source->path);
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
	status = check_message(&root, message, detail);
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
