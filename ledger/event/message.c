#include "ledger/event/message.h"

#include "ledger/base/assert.h"

static const void *member_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	return (const uint8_t *)message + field->offset;
}

static const void *quantifier_of(const ProtobufCMessage *message,
                                 const ProtobufCFieldDescriptor *field)
{
	return (const uint8_t *)message + field->quantifier_offset;
}

void *message_member(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	return (uint8_t *)message + field->offset;
}

void *message_quantifier(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	return (uint8_t *)message + field->quantifier_offset;
}

static bool field_is_repeated(const ProtobufCFieldDescriptor *field)
{
	return field->label == PROTOBUF_C_LABEL_REPEATED;
}

static bool field_is_oneof(const ProtobufCFieldDescriptor *field)
{
	return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

const ProtobufCFieldDescriptor *message_field(const ProtobufCMessageDescriptor *descriptor,
                                              const char *name, size_t length)
{
	for (unsigned i = 0; i < descriptor->n_fields; i++) {
		const char *candidate = descriptor->fields[i].name;

		if (strncmp(candidate, name, length) == 0 && candidate[length] == '\0') {
			return &descriptor->fields[i];
		}
	}
	return NULL;
}

size_t message_element_size(ProtobufCType type)
{
	switch (type) {
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_FLOAT:
		return sizeof(uint32_t);
	case PROTOBUF_C_TYPE_ENUM:
		return sizeof(int);
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_DOUBLE:
		return sizeof(uint64_t);
	case PROTOBUF_C_TYPE_BOOL:
		return sizeof(protobuf_c_boolean);
	case PROTOBUF_C_TYPE_STRING:
		return sizeof(char *);
	case PROTOBUF_C_TYPE_BYTES:
		return sizeof(ProtobufCBinaryData);
	case PROTOBUF_C_TYPE_MESSAGE:
		return sizeof(ProtobufCMessage *);
	}
	ASSERT(false);
	return 0;
}

const void *message_element(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                            size_t i)
{
	if (!field_is_repeated(field)) {
		ASSERT(i == 0);
		return member_of(message, field);
	}
	ASSERT(i < message_count(message, field));
	const uint8_t *const *array = member_of(message, field);
	return *array + i * message_element_size(field->type);
}

const ProtobufCMessage *message_message(const ProtobufCMessage *message,
                                        const ProtobufCFieldDescriptor *field, size_t i)
{
	ASSERT(field->type == PROTOBUF_C_TYPE_MESSAGE);
	return *(const ProtobufCMessage *const *)message_element(message, field, i);
}

const char *message_string(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                           size_t i)
{
	ASSERT(field->type == PROTOBUF_C_TYPE_STRING);
	const char *string = *(const char *const *)message_element(message, field, i);
	return string == NULL ? "" : string;
}

struct bytes message_bytes(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                           size_t i)
{
	ASSERT(field->type == PROTOBUF_C_TYPE_BYTES);
	const ProtobufCBinaryData *binary = message_element(message, field, i);
	return bytes_of(binary->data, binary->len);
}

int64_t message_number(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       size_t i)
{
	const void *element = message_element(message, field, i);

	switch (field->type) {
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
		return *(const int32_t *)element;
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
		return *(const uint32_t *)element;
	case PROTOBUF_C_TYPE_ENUM:
		return *(const int *)element;
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
		return *(const int64_t *)element;
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
		return (int64_t) * (const uint64_t *)element;
	case PROTOBUF_C_TYPE_BOOL:
		return *(const protobuf_c_boolean *)element;
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
	case PROTOBUF_C_TYPE_STRING:
	case PROTOBUF_C_TYPE_BYTES:
	case PROTOBUF_C_TYPE_MESSAGE:
		break;
	}
	ASSERT(false);
	return 0;
}

bool message_has(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	if (field_is_repeated(field)) {
		return *(const size_t *)quantifier_of(message, field) > 0;
	}
	if (field_is_oneof(field)) {
		return *(const uint32_t *)quantifier_of(message, field) == field->id;
	}
	switch (field->type) {
	case PROTOBUF_C_TYPE_MESSAGE:
		return message_message(message, field, 0) != NULL;
	case PROTOBUF_C_TYPE_STRING:
		return message_string(message, field, 0)[0] != '\0';
	case PROTOBUF_C_TYPE_BYTES:
		return message_bytes(message, field, 0).size > 0;
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_BOOL:
	case PROTOBUF_C_TYPE_ENUM:
		return message_number(message, field, 0) != 0;
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
		break; /* no message of the ledger has one */
	}
	ASSERT(false);
	return false;
}

size_t message_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
	if (field_is_repeated(field)) {
		return *(const size_t *)quantifier_of(message, field);
	}
	return message_has(message, field) ? 1 : 0;
}

static bool elements_equal(const ProtobufCMessage *a, const ProtobufCMessage *b,
                           const ProtobufCFieldDescriptor *field, size_t i)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_STRING:
		return strcmp(message_string(a, field, i), message_string(b, field, i)) == 0;
	case PROTOBUF_C_TYPE_BYTES:
		return bytes_equal(message_bytes(a, field, i), message_bytes(b, field, i));
	case PROTOBUF_C_TYPE_MESSAGE:
		return message_equal(message_message(a, field, i), message_message(b, field, i));
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_BOOL:
	case PROTOBUF_C_TYPE_ENUM:
		return message_number(a, field, i) == message_number(b, field, i);
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
		break;
	}
	ASSERT(false);
	return false;
}

/* Recursion is bounded by the schema, which has none. */
bool message_equal(const ProtobufCMessage *a, const ProtobufCMessage *b)
{
	if (a->descriptor != b->descriptor) {
		return false;
	}
	for (unsigned f = 0; f < a->descriptor->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &a->descriptor->fields[f];
		const size_t count = message_count(a, field);

		if (message_count(b, field) != count) {
			return false;
		}
		for (size_t i = 0; i < count; i++) {
			if (!elements_equal(a, b, field, i)) {
				return false;
			}
		}
	}
	return true;
}

const ProtobufCMessage *message_at(const ProtobufCMessage *message, const char *path)
{
	while (message != NULL && *path != '\0') {
		const size_t length = strcspn(path, ".");
		const ProtobufCFieldDescriptor *field =
		        message_field(message->descriptor, path, length);

		if (field == NULL || field->type != PROTOBUF_C_TYPE_MESSAGE ||
		    field_is_repeated(field) || !message_has(message, field)) {
			return NULL;
		}
		message = message_message(message, field, 0);
		path += length;
		path += *path == '.' ? 1 : 0;
	}
	return message;
}
