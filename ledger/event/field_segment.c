#include "ledger/event/field_segment.h"

#include "ledger/base/bytes.h"
#include "ledger/event/message.h"

/* Reads decimal digits before ']' as an index. */
static bool parse_index(size_t *out, const char *text, size_t length)
{
	size_t value = 0;

	if (length == 0 || length > 4 || (length > 1 && text[0] == '0')) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return false;
		}
		value = 10 * value + (size_t)(text[i] - '0');
	}
	*out = value;
	return true;
}

/* Reads the next segment of `path` as a field of `descriptor`; returns what follows it and its
 * point, or NULL when it names no field, or an index is missing or out of place. */
static const char *next_segment(struct segment *out, const ProtobufCMessageDescriptor *descriptor,
                                const char *path)
{
	const size_t length = strcspn(path, ".");
	const size_t name_length = strcspn(path, ".[");
	struct segment segment = { .field = message_field(descriptor, path, name_length) };

	if (segment.field == NULL || name_length == 0) {
		return NULL;
	}
	const bool repeated = segment.field->label == PROTOBUF_C_LABEL_REPEATED;
	if (repeated != (name_length < length)) {
		return NULL;
	}
	if (repeated &&
	    (path[length - 1] != ']' ||
	     !parse_index(&segment.index, path + name_length + 1, length - name_length - 2))) {
		return NULL;
	}
	if (path[length] == '.' && path[length + 1] == '\0') {
		return NULL;
	}
	*out = segment;
	return path + length + (path[length] == '.' ? 1 : 0);
}

const ProtobufCMessage *field_segment_root(const Civil__V1__Content *content, const char *path)
{
	const ProtobufCMessageDescriptor *linked = &civil__v1__legacy_linked__descriptor;
	const size_t length = strcspn(path, ".[");

	if (content->kind_case != CIVIL__V1__CONTENT__KIND_LEGACY_LINKED) {
		return &content->base;
	}
	const ProtobufCFieldDescriptor *field = message_field(linked, path, length);
	const bool is_act = field != NULL && (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
	return is_act ? &content->legacy_linked->base : &content->base;
}

Civil__V1__FieldValue__ValueCase field_segment_value_case(const ProtobufCFieldDescriptor *field)
{
	static const struct {
		const ProtobufCMessageDescriptor *descriptor;
		Civil__V1__FieldValue__ValueCase value_case;
	} messages[] = {
		{ &civil__v1__partial_date__descriptor,
		  CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE },
		{ &civil__v1__date__descriptor, CIVIL__V1__FIELD_VALUE__VALUE_DATE },
		{ &civil__v1__name__descriptor, CIVIL__V1__FIELD_VALUE__VALUE_NAME },
		{ &civil__v1__place__descriptor, CIVIL__V1__FIELD_VALUE__VALUE_PLACE },
		{ &civil__v1__address__descriptor, CIVIL__V1__FIELD_VALUE__VALUE_ADDRESS },
	};

	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
	case PROTOBUF_C_TYPE_ENUM:
		return CIVIL__V1__FIELD_VALUE__VALUE_TEXT;
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_UINT32:
		return CIVIL__V1__FIELD_VALUE__VALUE_NUMBER;
	case PROTOBUF_C_TYPE_BYTES:
		return CIVIL__V1__FIELD_VALUE__VALUE_IDENTIFIER;
	case PROTOBUF_C_TYPE_BOOL:
		return CIVIL__V1__FIELD_VALUE__VALUE_FLAG;
	case PROTOBUF_C_TYPE_MESSAGE:
		for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
			if (messages[i].descriptor == field->descriptor) {
				return messages[i].value_case;
			}
		}
		break;
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
		break; /* no message of signed content has one */
	}
	return CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET;
}

static bool is_leaf(const ProtobufCFieldDescriptor *field)
{
	return field_segment_value_case(field) != CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET;
}

/* Whether a path may go on through this field of a message that may be absent: elements must be
 * there, and so must the case of a oneof. */
static bool may_enter(const ProtobufCMessage *message, struct segment segment)
{
	const size_t count = message == NULL ? 0 : message_count(message, segment.field);

	if (segment.field->label == PROTOBUF_C_LABEL_REPEATED) {
		return segment.index < count;
	}
	return (segment.field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0 || count == 1;
}

const char *field_segment_step(struct segment *out, const ProtobufCMessage *message,
                               const ProtobufCMessageDescriptor *descriptor, const char *path)
{
	struct segment segment;
	const char *rest = next_segment(&segment, descriptor, path);

	if (rest == NULL || !may_enter(message, segment)) {
		return NULL;
	}
	const bool fits = *rest == '\0' ? is_leaf(segment.field)
	                                : segment.field->type == PROTOBUF_C_TYPE_MESSAGE;
	if (!fits) {
		return NULL;
	}
	*out = segment;
	return rest;
}
