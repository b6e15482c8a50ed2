#include "api/json.h"

#include "ledger/base/assert.h"
#include "ledger/base/base64.h"
#include "ledger/event/message.h"
#include "ledger/event/position.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

struct reader {
	struct arena *arena;
	struct detail *detail;
};

static enum status refuse(struct reader *reader, const struct position *at, const char *text)
{
	char path[DETAIL_PATH_MAX];

	position_print(path, at, "");
	detail_set(reader->detail, path, "%s", text);
	return STATUS_INVALID;
}

/* An integer from a number or a decimal string: sign and magnitude, so that both 64-bit types fit.
 */
static bool read_integer(const json_t *value, bool *negative, uint64_t *magnitude)
{
	if (json_is_integer(value)) {
		json_int_t number = json_integer_value(value);

		*negative = number < 0;
		*magnitude = number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
		return true;
	}
	const char *text = json_string_value(value);
	if (text == NULL) {
		return false;
	}
	*negative = *text == '-';
	text += *negative;
	if (*text < '0' || *text > '9') {
		return false; /* strtoull takes signs and spaces, JSON does not */
	}
	char *end;
	errno = 0;
	*magnitude = strtoull(text, &end, 10);
	return errno == 0 && *end == '\0';
}

struct range {
	uint64_t below_zero; /* largest magnitude of a negative number */
	uint64_t above_zero;
};

static bool read_number(const json_t *value, struct range range, uint64_t *bits)
{
	bool negative;
	uint64_t magnitude;

	if (!read_integer(value, &negative, &magnitude) ||
	    magnitude > (negative ? range.below_zero : range.above_zero)) {
		return false;
	}
	*bits = negative ? (uint64_t)0 - magnitude : magnitude;
	return true;
}

static enum status read_32(struct reader *reader, const struct position *at, void *element,
                           const json_t *value, struct range range)
{
	uint64_t bits;

	if (!read_number(value, range, &bits)) {
		return refuse(reader, at, "must be a whole number that fits 32 bits");
	}
	*(uint32_t *)element = (uint32_t)bits;
	return STATUS_OK;
}

static enum status read_64(struct reader *reader, const struct position *at, void *element,
                           const json_t *value, struct range range)
{
	if (!read_number(value, range, element)) {
		return refuse(reader, at, "must be a whole number that fits 64 bits, as a string");
	}
	return STATUS_OK;
}

static enum status read_enum(struct reader *reader, const struct position *at, void *element,
                             const json_t *value, const ProtobufCEnumDescriptor *names)
{
	const char *name = json_string_value(value);
	uint64_t bits;

	if (name == NULL) {
		if (!json_is_integer(value) ||
		    !read_number(value, (struct range){ UINT64_C(1) << 31, INT32_MAX }, &bits)) {
			return refuse(reader, at, "must be the name of a value of the enum");
		}
		*(int *)element = (int)(uint32_t)bits;
		return STATUS_OK;
	}
	const ProtobufCEnumValue *known = protobuf_c_enum_descriptor_get_value_by_name(names, name);
	if (known == NULL) {
		return refuse(reader, at, "is not a name of a value of the enum");
	}
	*(int *)element = known->value;
	return STATUS_OK;
}

static enum status read_string(struct reader *reader, const struct position *at, void *element,
                               const json_t *value)
{
	const char *text = json_string_value(value);

	if (text == NULL) {
		return refuse(reader, at, "must be a string");
	}
	char *copy = arena_string(reader->arena, text);
	*(char **)element = copy;
	return copy == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Both alphabets and any padding become the one form that base64_decode takes. */
static enum status read_bytes(struct reader *reader, const struct position *at, void *element,
                              const json_t *value)
{
	ProtobufCBinaryData *binary = element;
	const char *text = json_string_value(value);

	if (text == NULL) {
		return refuse(reader, at, "must be a string of base64");
	}
	size_t length = json_string_length(value);
	while (length > 0 && text[length - 1] == '=') {
		length--;
	}
	size_t padded = (length + 3) / 4 * 4;
	char *standard = arena_alloc(reader->arena, padded + 1);
	uint8_t *data = arena_alloc(reader->arena, padded / 4 * 3 + 1);

	if (standard == NULL || data == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < padded; i++) {
		char c = i < length ? text[i] : '=';

		standard[i] = (char)(c == '-' ? '+' : c == '_' ? '/' : c);
	}
	if (!base64_decode(data, padded / 4 * 3, &binary->len, bytes_of(standard, padded))) {
		return refuse(reader, at, "is not base64");
	}
	binary->data = data;
	return STATUS_OK;
}

static enum status read_object(struct reader *reader, const struct position *at,
                               ProtobufCMessage *message, const json_t *object);

static enum status read_message(struct reader *reader, const struct position *at, void *element,
                                const json_t *value, const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(reader->arena, descriptor->sizeof_message);

	if (message == NULL) {
		return STATUS_NO_MEMORY;
	}
	protobuf_c_message_init(descriptor, message);
	*(ProtobufCMessage **)element = message;
	return read_object(reader, at, message, value);
}

static enum status read_value(struct reader *reader, const struct position *at, void *element,
                              const json_t *value, const ProtobufCFieldDescriptor *field)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
		return read_32(reader, at, element, value,
		               (struct range){ UINT64_C(1) << 31, INT32_MAX });
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
		return read_32(reader, at, element, value, (struct range){ 0, UINT32_MAX });
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
		return read_64(reader, at, element, value,
		               (struct range){ UINT64_C(1) << 63, INT64_MAX });
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
		return read_64(reader, at, element, value, (struct range){ 0, UINT64_MAX });
	case PROTOBUF_C_TYPE_BOOL:
		if (!json_is_boolean(value)) {
			return refuse(reader, at, "must be true or false");
		}
		*(protobuf_c_boolean *)element = json_is_true(value);
		return STATUS_OK;
	case PROTOBUF_C_TYPE_ENUM:
		return read_enum(reader, at, element, value, field->descriptor);
	case PROTOBUF_C_TYPE_STRING:
		return read_string(reader, at, element, value);
	case PROTOBUF_C_TYPE_BYTES:
		return read_bytes(reader, at, element, value);
	case PROTOBUF_C_TYPE_MESSAGE:
		return read_message(reader, at, element, value, field->descriptor);
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
		break;
	}
	ASSERT(!"a message of ours has no floats");
	return STATUS_UNSUPPORTED;
}

static enum status read_list(struct reader *reader, const struct position *parent,
                             ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                             const json_t *list)
{
	struct position at = { .parent = parent, .name = field->name, .index = -1 };
	size_t size = message_element_size(field->type);
	enum status status = STATUS_OK;

	if (!json_is_array(list)) {
		return refuse(reader, &at, "must be a list");
	}
	size_t count = json_array_size(list);
	uint8_t *elements = arena_array(reader->arena, count, size);
	if (elements == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		at.index = (int)i;
		status = read_value(reader, &at, elements + i * size, json_array_get(list, i),
		                    field);
	}
	*(void **)message_member(message, field) = count == 0 ? NULL : elements;
	*(size_t *)message_quantifier(message, field) = count;
	return status;
}

static const ProtobufCFieldDescriptor *find_field(const ProtobufCMessageDescriptor *type,
                                                  const char *key)
{
	for (unsigned f = 0; f < type->n_fields; f++) {
		char name[JSON_NAME_MAX];

		json_name(name, &type->fields[f]);
		if (strcmp(name, key) == 0 || strcmp(type->fields[f].name, key) == 0) {
			return &type->fields[f];
		}
	}
	return NULL;
}

static enum status read_field(struct reader *reader, const struct position *parent,
                              ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                              const json_t *value)
{
	const struct position at = { .parent = parent, .name = field->name, .index = -1 };

	if (field->label == PROTOBUF_C_LABEL_REPEATED) {
		return read_list(reader, parent, message, field, value);
	}
	if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
		uint32_t *chosen = message_quantifier(message, field);

		if (*chosen != 0) {
			return refuse(reader, &at, "is a second choice where only one may be made");
		}
		*chosen = field->id;
	}
	return read_value(reader, &at, message_member(message, field), value, field);
}

/* jansson refuses a key that comes twice, but not the two spellings of one field. */
static enum status read_object(struct reader *reader, const struct position *at,
                               ProtobufCMessage *message, const json_t *object)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;
	enum status status = STATUS_OK;

	if (!json_is_object(object)) {
		return refuse(reader, at, "must be an object");
	}
	bool *seen = arena_array(reader->arena, type->n_fields + 1, sizeof(*seen));
	if (seen == NULL) {
		return STATUS_NO_MEMORY;
	}
	/* jansson's iterators do not take const; nothing is written. */
	for (void *i = json_object_iter((json_t *)(uintptr_t)object);
	     status == STATUS_OK && i != NULL;
	     i = json_object_iter_next((json_t *)(uintptr_t)object, i)) {
		const struct position here = { .parent = at,
			                       .name = json_object_iter_key(i),
			                       .index = -1 };
		const ProtobufCFieldDescriptor *field = find_field(type, here.name);

		if (field == NULL) {
			return refuse(reader, &here, "is not a field here");
		}
		if (seen[field - type->fields]) {
			return refuse(reader, &here, "is there twice");
		}
		seen[field - type->fields] = true;
		if (!json_is_null(json_object_iter_value(i))) {
			status = read_field(reader, at, message, field, json_object_iter_value(i));
		}
	}
	return status;
}

enum status json_read_message(ProtobufCMessage **out, const ProtobufCMessageDescriptor *descriptor,
                              struct bytes text, const char *name, struct arena *arena,
                              struct detail *detail)
{
	const struct position root = { .parent = NULL, .name = name, .index = -1 };
	struct reader reader = { .arena = arena, .detail = detail };
	ProtobufCMessage *message = NULL;
	json_error_t error;

	if (text.size > JSON_TEXT_BYTES_MAX) {
		detail_set(detail, name, "is longer than %d bytes", JSON_TEXT_BYTES_MAX);
		return STATUS_INVALID;
	}
	json_t *parsed =
	        json_loadb((const char *)text.data, text.size, JSON_REJECT_DUPLICATES, &error);
	if (parsed == NULL) {
		detail_set(detail, name, "line %d, column %d: %s", error.line, error.column,
		           error.text);
		return STATUS_INVALID;
	}
	enum status status = read_message(&reader, &root, &message, parsed, descriptor);
	json_decref(parsed);
	if (status == STATUS_OK) {
		*out = message;
	}
	return status;
}
