/* Turns messages to JSON and back, for a peer that holds the result against another library.
 *
 *     request   'w' or 'r' SP TYPE SP LENGTH LF bytes     w: message to JSON, r: JSON to message
 *     answer    "ok" or "no" SP LENGTH LF bytes           no: the path and what is wrong
 * Ends with its input. */
#include "api/json.h"

#include "civil/v1/draft.pb-c.h"
#include "civil/v1/log_service.pb-c.h"
#include "civil/v1/node_service.pb-c.h"
#include "civil/v1/query_service.pb-c.h"
#include "civil/v1/registration_service.pb-c.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BYTES = 64 * 1024 * 1024, MESSAGE_BYTES_MAX = 16 * 1024 * 1024 };

static const ProtobufCMessageDescriptor *const types[] = {
	&civil__v1__event_draft__descriptor,
	&civil__v1__signed_event__descriptor,
	&civil__v1__record__descriptor,
	&civil__v1__batch__descriptor,
	&civil__v1__get_person_response__descriptor,
	&civil__v1__get_history_response__descriptor,
	&civil__v1__compare_known_response__descriptor,
	&civil__v1__get_document_status_response__descriptor,
	&civil__v1__get_person_request__descriptor,
	&civil__v1__submit_batch_response__descriptor,
	&civil__v1__preview_response__descriptor,
	&civil__v1__get_status_response__descriptor,
	&civil__v1__get_limits_response__descriptor,
	&civil__v1__watch_response__descriptor,
};

static const ProtobufCMessageDescriptor *find_type(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i]->short_name, name) == 0) {
			return types[i];
		}
	}
	(void)fprintf(stderr, "no type %s\n", name);
	exit(2);
}

static bool write_json(struct buf *out, const ProtobufCMessageDescriptor *type, struct bytes in,
                       struct arena *arena)
{
	ProtobufCMessage *message =
	        protobuf_c_message_unpack(type, &arena->allocator, in.size, in.data);

	if (message == NULL) {
		return false;
	}
	json_write_message(out, message, JSON_INDENTED);
	return buf_status(out) == STATUS_OK;
}

static bool read_json(struct buf *out, const ProtobufCMessageDescriptor *type, struct bytes in,
                      struct arena *arena)
{
	struct detail detail = { "", "" };
	ProtobufCMessage *message;

	if (json_read_message(&message, type, in, "message", arena, &detail) != STATUS_OK) {
		buf_printf(out, "%s: %s", detail.path, detail.text);
		return false;
	}
	uint8_t *packed = buf_extend(out, protobuf_c_message_get_packed_size(message));
	if (packed != NULL) {
		(void)protobuf_c_message_pack(message, packed);
	}
	return buf_status(out) == STATUS_OK;
}

int main(void)
{
	struct arena arena;
	struct buf out;
	char direction;
	char name[64];
	size_t size;

	arena_init(&arena, ARENA_BYTES);
	buf_init(&out, MESSAGE_BYTES_MAX);
	while (scanf("%c %63s %zu", &direction, name, &size) == 3 && getchar() == '\n') {
		arena_reset(&arena);
		buf_reset(&out);
		uint8_t *in = arena_alloc(&arena, size);
		if (in == NULL || fread(in, 1, size, stdin) != size) {
			return 1;
		}
		const ProtobufCMessageDescriptor *type = find_type(name);
		bool good = direction == 'w' ? write_json(&out, type, bytes_of(in, size), &arena)
		                             : read_json(&out, type, bytes_of(in, size), &arena);
		(void)printf("%s %zu\n", good ? "ok" : "no", out.size);
		(void)fwrite(out.data, 1, out.size, stdout);
		(void)fflush(stdout);
	}
	buf_fini(&out);
	arena_fini(&arena);
	return 0;
}
