#include "api/request.h"

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
