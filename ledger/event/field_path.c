#include "ledger/event/field_path.h"

#include "ledger/base/assert.h"
#include "ledger/base/bytes.h"
#include "ledger/event/canonical.h"
#include "ledger/event/field_segment.h"
#include "ledger/event/message.h"

/* Fills the value from the leaf, which is there. */
static enum status read_leaf(Civil__V1__FieldValue *out, const ProtobufCMessage *message,
                             struct segment leaf, struct arena *arena)
{
	const ProtobufCFieldDescriptor *value = protobuf_c_message_descriptor_get_field(
	        &civil__v1__field_value__descriptor,
	        (unsigned)field_segment_value_case(leaf.field));
	void *member = message_member(&out->base, value);

	ASSERT(value != NULL);
	out->value_case = field_segment_value_case(leaf.field);
	if (leaf.field->type == PROTOBUF_C_TYPE_ENUM) {
		const ProtobufCEnumValue *name = protobuf_c_enum_descriptor_get_value(
		        leaf.field->descriptor,
		        (int)message_number(message, leaf.field, leaf.index));

		if (name == NULL) {
			return STATUS_INVALID;
		}
		out->text = arena_string(arena, name->name);
		return out->text == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	switch (out->value_case) {
	case CIVIL__V1__FIELD_VALUE__VALUE_NUMBER:
		out->number = message_number(message, leaf.field, leaf.index);
		return STATUS_OK;
	case CIVIL__V1__FIELD_VALUE__VALUE_FLAG:
		out->flag = message_number(message, leaf.field, leaf.index) != 0;
		return STATUS_OK;
	case CIVIL__V1__FIELD_VALUE__VALUE_TEXT:
	case CIVIL__V1__FIELD_VALUE__VALUE_IDENTIFIER:
	case CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE:
	case CIVIL__V1__FIELD_VALUE__VALUE_DATE:
	case CIVIL__V1__FIELD_VALUE__VALUE_NAME:
	case CIVIL__V1__FIELD_VALUE__VALUE_PLACE:
	case CIVIL__V1__FIELD_VALUE__VALUE_ADDRESS:
		/* One C type on both sides: string, bytes, or pointer to message. */
		memcpy(member, message_element(message, leaf.field, leaf.index),
		       message_element_size(leaf.field->type));
		return STATUS_OK;
	case CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET:
	case _CIVIL__V1__FIELD_VALUE__VALUE__CASE_IS_INT_SIZE:
		break;
	}
	ASSERT(false);
	return STATUS_INVALID;
}

enum status field_path_read(Civil__V1__FieldValue **out, const Civil__V1__Content *content,
                            const char *path, struct arena *arena)
{
	if (strlen(path) > FIELD_PATH_MAX) {
		return STATUS_INVALID;
	}
	const ProtobufCMessage *message = field_segment_root(content, path);
	const ProtobufCMessageDescriptor *descriptor = message->descriptor;
	struct segment segment;

	for (;;) {
		path = field_segment_step(&segment, message, descriptor, path);
		if (path == NULL) {
			return STATUS_INVALID;
		}
		if (*path == '\0') {
			break;
		}
		/* Below an absent message everything is absent. */
		if (message != NULL) {
			message = message_has(message, segment.field)
			                  ? message_message(message, segment.field, segment.index)
			                  : NULL;
		}
		descriptor = segment.field->descriptor;
	}

	Civil__V1__FieldValue *value = arena_alloc(arena, sizeof(*value));
	if (value == NULL) {
		return STATUS_NO_MEMORY;
	}
	civil__v1__field_value__init(value);
	if (message != NULL && message_has(message, segment.field)) {
		const enum status status = read_leaf(value, message, segment, arena);

		if (status != STATUS_OK) {
			return status;
		}
	}
	*out = value;
	return STATUS_OK;
}

bool field_value_equal(const Civil__V1__FieldValue *a, const Civil__V1__FieldValue *b)
{
	Civil__V1__FieldValue absent;

	civil__v1__field_value__init(&absent);
	return message_equal(a == NULL ? &absent.base : &a->base,
	                     b == NULL ? &absent.base : &b->base);
}

/* A copy that shares nothing with the original. */
static enum status copy_message(ProtobufCMessage **out, const ProtobufCMessage *message,
                                struct arena *arena)
{
	struct bytes packed;
	const enum status status = canonical_pack(&packed, message, arena);

	if (status != STATUS_OK) {
		return status;
	}
	*out = protobuf_c_message_unpack(message->descriptor, &arena->allocator, packed.size,
	                                 packed.data);
	return *out == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Where the element lies in a message of ours. */
static void *element_to_write(ProtobufCMessage *message, struct segment segment)
{
	void *member = message_member(message, segment.field);

	if (segment.field->label != PROTOBUF_C_LABEL_REPEATED) {
		return member;
	}
	ASSERT(segment.index < message_count(message, segment.field));
	return *(uint8_t **)member + segment.index * message_element_size(segment.field->type);
}

/* The message below, made when it is absent. */
static enum status descend(ProtobufCMessage **message, struct segment segment, struct arena *arena)
{
	const ProtobufCMessageDescriptor *descriptor = segment.field->descriptor;
	ProtobufCMessage **slot = element_to_write(*message, segment);

	if (*slot == NULL) {
		*slot = arena_alloc(arena, descriptor->sizeof_message);
		if (*slot == NULL) {
			return STATUS_NO_MEMORY;
		}
		protobuf_c_message_init(descriptor, *slot);
	}
	*message = *slot;
	return STATUS_OK;
}

/* Sets the leaf to its default, which is the same as absent. */
static enum status clear_leaf(ProtobufCMessage *message, struct segment leaf, struct arena *arena)
{
	if (leaf.field->label == PROTOBUF_C_LABEL_REPEATED ||
	    (leaf.field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
		return STATUS_INVALID;
	}
	void *member = message_member(message, leaf.field);
	memset(member, 0, message_element_size(leaf.field->type));
	if (leaf.field->type == PROTOBUF_C_TYPE_STRING) {
		*(char **)member = arena_string(arena, "");
		return *(char **)member == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	return STATUS_OK;
}

static enum status write_text(void *member, const ProtobufCFieldDescriptor *field, const char *text,
                              struct arena *arena)
{
	if (field->type == PROTOBUF_C_TYPE_STRING) {
		*(char **)member = arena_string(arena, text);
		return *(char **)member == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	const ProtobufCEnumValue *value =
	        protobuf_c_enum_descriptor_get_value_by_name(field->descriptor, text);
	if (value == NULL) {
		return STATUS_INVALID;
	}
	*(int *)member = value->value;
	return STATUS_OK;
}

static enum status write_number(void *member, const ProtobufCFieldDescriptor *field, int64_t number)
{
	if (field->type == PROTOBUF_C_TYPE_INT64) {
		*(int64_t *)member = number;
		return STATUS_OK;
	}
	if (field->type == PROTOBUF_C_TYPE_UINT32) {
		if (number < 0 || number > UINT32_MAX) {
			return STATUS_INVALID;
		}
		*(uint32_t *)member = (uint32_t)number;
		return STATUS_OK;
	}
	ASSERT(field->type == PROTOBUF_C_TYPE_INT32);
	if (number < INT32_MIN || number > INT32_MAX) {
		return STATUS_INVALID;
	}
	*(int32_t *)member = (int32_t)number;
	return STATUS_OK;
}

static enum status write_bytes(void *member, ProtobufCBinaryData bytes, struct arena *arena)
{
	ProtobufCBinaryData *binary = member;
	uint8_t *copy = arena_copy(arena, bytes_of(bytes.data, bytes.len));

	if (copy == NULL) {
		return STATUS_NO_MEMORY;
	}
	*binary = (ProtobufCBinaryData){ .len = bytes.len, .data = copy };
	return STATUS_OK;
}

static enum status write_leaf(ProtobufCMessage *message, struct segment leaf,
                              const Civil__V1__FieldValue *value, struct arena *arena)
{
	void *member = element_to_write(message, leaf);

	if (value->value_case != field_segment_value_case(leaf.field)) {
		return STATUS_INVALID;
	}
	switch (value->value_case) {
	case CIVIL__V1__FIELD_VALUE__VALUE_TEXT:
		return write_text(member, leaf.field, value->text, arena);
	case CIVIL__V1__FIELD_VALUE__VALUE_NUMBER:
		return write_number(member, leaf.field, value->number);
	case CIVIL__V1__FIELD_VALUE__VALUE_IDENTIFIER:
		return write_bytes(member, value->identifier, arena);
	case CIVIL__V1__FIELD_VALUE__VALUE_FLAG:
		*(protobuf_c_boolean *)member = value->flag;
		return STATUS_OK;
	case CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE:
		return copy_message(member, &value->partial_date->base, arena);
	case CIVIL__V1__FIELD_VALUE__VALUE_DATE:
		return copy_message(member, &value->date->base, arena);
	case CIVIL__V1__FIELD_VALUE__VALUE_NAME:
		return copy_message(member, &value->name->base, arena);
	case CIVIL__V1__FIELD_VALUE__VALUE_PLACE:
		return copy_message(member, &value->place->base, arena);
	case CIVIL__V1__FIELD_VALUE__VALUE_ADDRESS:
		return copy_message(member, &value->address->base, arena);
	case CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET:
	case _CIVIL__V1__FIELD_VALUE__VALUE__CASE_IS_INT_SIZE:
		break;
	}
	ASSERT(false);
	return STATUS_INVALID;
}

enum status field_path_apply(Civil__V1__Content **out, const Civil__V1__Content *content,
                             const char *path, const Civil__V1__FieldValue *value,
                             struct arena *arena)
{
	ProtobufCMessage *copy = NULL;

	if (strlen(path) > FIELD_PATH_MAX) {
		return STATUS_INVALID;
	}
	enum status status = copy_message(&copy, &content->base, arena);
	if (status != STATUS_OK) {
		return status;
	}
	ProtobufCMessage *message = copy;
	if (field_segment_root(content, path) != &content->base) {
		message = &((Civil__V1__Content *)copy)->legacy_linked->base;
	}
	struct segment segment;
	for (;;) {
		path = field_segment_step(&segment, message, message->descriptor, path);
		if (path == NULL) {
			return STATUS_INVALID;
		}
		if (*path == '\0') {
			break;
		}
		status = descend(&message, segment, arena);
		if (status != STATUS_OK) {
			return status;
		}
	}
	const bool absent =
	        value == NULL || value->value_case == CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET;
	status = absent ? clear_leaf(message, segment, arena)
	                : write_leaf(message, segment, value, arena);
	if (status == STATUS_OK) {
		*out = (Civil__V1__Content *)copy;
	}
	return status;
}
