#include "api/request.h"

#include "ledger/base/assert.h"
#include "ledger/base/text.h"
#include "ledger/event/message.h"

static bool element_is_text(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                            size_t i, struct detail *detail)
{
	if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		return request_is_text(message_message(message, field, i), detail);
	}
	if (field->type == PROTOBUF_C_TYPE_STRING &&
	    !text_is_valid(bytes_of_string(message_string(message, field, i)))) {
		detail_set(detail, field->name, "is not UTF-8");
		return false;
	}
	return true;
}

bool request_is_text(const ProtobufCMessage *message, struct detail *detail)
{
	for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
		size_t count = message_count(message, field);

		for (size_t j = 0; j < count; j++) {
			if (!element_is_text(message, field, j, detail)) {
				return false;
			}
		}
	}
	return true;
}

enum status request_decode(ProtobufCMessage **out, struct arena *arena, struct detail *detail,
                           const ProtobufCMessageDescriptor *type, struct bytes bytes)
{
	const size_t cap = arena->cap;
	const size_t own_cap = REQUEST_MEMORY_PER_BYTE * bytes.size + REQUEST_MEMORY_SPARE_BYTES;

	ASSERT(arena->used == 0);
	arena->cap = own_cap < cap ? own_cap : cap;
	ProtobufCMessage *message =
	        protobuf_c_message_unpack(type, &arena->allocator, bytes.size, bytes.data);
	arena->cap = cap;
	if (message == NULL) {
		detail_set(detail, "", "the request does not parse as %s", type->name);
		return STATUS_INVALID;
	}
	if (!request_is_text(message, detail)) {
		return STATUS_INVALID;
	}
	*out = message;
	return STATUS_OK;
}
