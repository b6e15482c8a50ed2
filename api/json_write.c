#include "api/json.h"
#include "ledger/base/assert.h"
#include "ledger/base/base64.h"
#include "ledger/base/text.h"
#include "ledger/event/message.h"

#include <inttypes.h>

struct writer {
	struct buf *out;
	enum json_layout layout;
	size_t depth; /* bounded by the schema, which has no recursion */
};

static void break_line(struct writer *writer)
{
	if (writer->layout == JSON_COMPACT) {
		return;
	}
	buf_append_u8(writer->out, '\n');
	for (size_t i = 0; i < writer->depth; i++) {
		buf_append_string(writer->out, "  ");
	}
}

void json_name(char out[JSON_NAME_MAX], const ProtobufCFieldDescriptor *field)
{
	bool capital = false;
	size_t length = 0;

	ASSERT(strlen(field->name) < JSON_NAME_MAX);
	for (const char *c = field->name; *c != '\0'; c++) {
		if (*c == '_') {
			capital = true;
			continue;
		}
		out[length] = capital && *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
		length++;
		capital = false;
	}
	out[length] = '\0';
}

static void write_code_point(struct buf *out, uint32_t code_point, struct bytes form)
{
	switch (code_point) {
	case '"':
		buf_append_string(out, "\\\"");
		return;
	case '\\':
		buf_append_string(out, "\\\\");
		return;
	case '\n':
		buf_append_string(out, "\\n");
		return;
	case '\t':
		buf_append_string(out, "\\t");
		return;
	default:
		break;
	}
	if (text_is_control(code_point, false)) {
		buf_printf(out, "\\u%04" PRIx32, code_point);
	} else {
		buf_append(out, form);
	}
}

void json_write_string(struct buf *out, struct bytes text)
{
	buf_append_u8(out, '"');
	while (text.size > 0) {
		uint32_t code_point;
		size_t length;

		if (text_decode(&code_point, &length, text)) {
			write_code_point(out, code_point, bytes_of(text.data, length));
		} else {
			buf_append_string(out, "\\ufffd");
			length = 1;
		}
		text = bytes_of(text.data + length, text.size - length);
	}
	buf_append_u8(out, '"');
}

static void write_enum(struct buf *out, const ProtobufCFieldDescriptor *field, int64_t number)
{
	const ProtobufCEnumValue *value =
	        protobuf_c_enum_descriptor_get_value(field->descriptor, (int)number);

	if (value == NULL) {
		buf_printf(out, "%" PRId64, number);
	} else {
		buf_printf(out, "\"%s\"", value->name);
	}
}

static void write_object(struct writer *writer, const ProtobufCMessage *message);

static void write_value(struct writer *writer, const ProtobufCMessage *message,
                        const ProtobufCFieldDescriptor *field, size_t i)
{
	struct buf *out = writer->out;

	switch (field->type) {
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
		buf_printf(out, "%" PRId64, message_number(message, field, i));
		return;
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
		buf_printf(out, "\"%" PRId64 "\"", message_number(message, field, i));
		return;
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
		buf_printf(out, "\"%" PRIu64 "\"", (uint64_t)message_number(message, field, i));
		return;
	case PROTOBUF_C_TYPE_BOOL:
		buf_append_string(out, message_number(message, field, i) != 0 ? "true" : "false");
		return;
	case PROTOBUF_C_TYPE_ENUM:
		write_enum(out, field, message_number(message, field, i));
		return;
	case PROTOBUF_C_TYPE_STRING:
		json_write_string(out, bytes_of_string(message_string(message, field, i)));
		return;
	case PROTOBUF_C_TYPE_BYTES:
		buf_append_u8(out, '"');
		base64_encode(out, message_bytes(message, field, i));
		buf_append_u8(out, '"');
		return;
	case PROTOBUF_C_TYPE_MESSAGE:
		write_object(writer, message_message(message, field, i));
		return;
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
		break;
	}
	ASSERT(!"a message of ours has no floats");
}

static void write_list(struct writer *writer, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
	size_t count = message_count(message, field);

	buf_append_u8(writer->out, '[');
	writer->depth++;
	for (size_t i = 0; i < count; i++) {
		buf_append_string(writer->out, i == 0 ? "" : ",");
		break_line(writer);
		write_value(writer, message, field, i);
	}
	writer->depth--;
	break_line(writer);
	buf_append_u8(writer->out, ']');
}

static void write_object(struct writer *writer, const ProtobufCMessage *message)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;
	bool first = true;

	buf_append_u8(writer->out, '{');
	writer->depth++;
	for (unsigned f = 0; f < type->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &type->fields[f];
		char name[JSON_NAME_MAX];

		if (!message_has(message, field)) {
			continue;
		}
		json_name(name, field);
		buf_append_string(writer->out, first ? "" : ",");
		break_line(writer);
		buf_printf(writer->out, "\"%s\":%s", name,
		           writer->layout == JSON_COMPACT ? "" : " ");
		if (field->label == PROTOBUF_C_LABEL_REPEATED) {
			write_list(writer, message, field);
		} else {
			write_value(writer, message, field, 0);
		}
		first = false;
	}
	writer->depth--;
	if (!first) {
		break_line(writer);
	}
	buf_append_u8(writer->out, '}');
}

void json_write_message(struct buf *out, const ProtobufCMessage *message, enum json_layout layout)
{
	struct writer writer = { .out = out, .layout = layout };

	write_object(&writer, message);
}
