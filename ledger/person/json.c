#include "ledger/person/json.h"

#include "ledger/base/assert.h"
#include "ledger/event/message.h"

#include "civil/v1/person.pb-c.h"

#include <inttypes.h>

enum { DEPTH_MAX = 8 };

static void append_string(struct buf *buf, const char *string)
{
	buf_append_u8(buf, '"');
	for (const char *at = string; *at != '\0'; at++) {
		unsigned char byte = (unsigned char)*at;

		if (byte == '"' || byte == '\\') {
			buf_append_u8(buf, '\\');
			buf_append_u8(buf, byte);
		} else if (byte < 0x20) {
			buf_printf(buf, "\\u%04x", byte);
		} else {
			buf_append_u8(buf, byte);
		}
	}
	buf_append_u8(buf, '"');
}

static void append_bytes(struct buf *buf, struct bytes bytes)
{
	buf_append_u8(buf, '"');
	for (size_t i = 0; i < bytes.size; i++) {
		buf_printf(buf, "%02x", bytes.data[i]);
	}
	buf_append_u8(buf, '"');
}

static void append_enum(struct buf *buf, const ProtobufCEnumDescriptor *descriptor, int64_t number)
{
	const ProtobufCEnumValue *value =
	        protobuf_c_enum_descriptor_get_value(descriptor, (int)number);

	if (value == NULL) {
		buf_printf(buf, "%" PRId64, number);
	} else {
		append_string(buf, value->name);
	}
}

/* Everything but a message. */
static void append_scalar(struct buf *buf, const ProtobufCMessage *message,
                          const ProtobufCFieldDescriptor *field, size_t i)
{
	if (field->type == PROTOBUF_C_TYPE_STRING) {
		append_string(buf, message_string(message, field, i));
	} else if (field->type == PROTOBUF_C_TYPE_BYTES) {
		append_bytes(buf, message_bytes(message, field, i));
	} else if (field->type == PROTOBUF_C_TYPE_ENUM) {
		append_enum(buf, field->descriptor, message_number(message, field, i));
	} else if (field->type == PROTOBUF_C_TYPE_BOOL) {
		buf_append_string(buf, message_number(message, field, i) != 0 ? "true" : "false");
	} else {
		buf_printf(buf, "%" PRId64, message_number(message, field, i));
	}
}

/* A message being written: its next field and element. */
struct writing {
	const ProtobufCMessage *message;
	unsigned field;
	size_t element;
	bool comma;
};

static bool is_left_out(const ProtobufCFieldDescriptor *field)
{
	return field->type == PROTOBUF_C_TYPE_MESSAGE &&
	       field->descriptor == &civil__v1__provenance__descriptor;
}

/* Writes what stands before element `writing->element` of the field. */
static void append_name(struct buf *buf, struct writing *writing,
                        const ProtobufCFieldDescriptor *field)
{
	if (writing->element > 0) {
		buf_append_u8(buf, ',');
		return;
	}
	if (writing->comma) {
		buf_append_u8(buf, ',');
	}
	writing->comma = true;
	append_string(buf, field->name);
	buf_append_u8(buf, ':');
	if (field->label == PROTOBUF_C_LABEL_REPEATED) {
		buf_append_u8(buf, '[');
	}
}

/* One step of one message. True when `down` is to be written next. */
static bool append_next(struct buf *buf, struct writing *writing, const ProtobufCMessage **down)
{
	const ProtobufCFieldDescriptor *field =
	        &writing->message->descriptor->fields[writing->field];
	size_t count = is_left_out(field) ? 0 : message_count(writing->message, field);

	if (writing->element >= count) {
		if (count > 0 && field->label == PROTOBUF_C_LABEL_REPEATED) {
			buf_append_u8(buf, ']');
		}
		writing->field++;
		writing->element = 0;
		return false;
	}
	append_name(buf, writing, field);
	writing->element++;
	if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		*down = message_message(writing->message, field, writing->element - 1);
		return true;
	}
	append_scalar(buf, writing->message, field, writing->element - 1);
	return false;
}

/* Writes an object with a stack of its own: no recursion, as everywhere in decoding. */
static void append_message(struct buf *buf, const ProtobufCMessage *message)
{
	struct writing stack[DEPTH_MAX] = { { .message = message } };
	size_t depth = 1;

	buf_append_u8(buf, '{');
	while (depth > 0) {
		struct writing *writing = &stack[depth - 1];
		const ProtobufCMessage *down;

		if (writing->field == writing->message->descriptor->n_fields) {
			buf_append_u8(buf, '}');
			depth--;
		} else if (append_next(buf, writing, &down)) {
			ASSERT(depth < DEPTH_MAX); /* a person state is five deep */
			stack[depth] = (struct writing){ .message = down };
			depth++;
			buf_append_u8(buf, '{');
		}
	}
}

void json_append_value(struct buf *buf, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field, size_t i)
{
	if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		append_message(buf, message_message(message, field, i));
	} else {
		append_scalar(buf, message, field, i);
	}
}
