#include "api/outbox_calls.h"

#include "civil/v1/registration_service.pb-c.h"

#include <inttypes.h>
#include <stdlib.h>

enum { PAGE_ENTRIES = 100, PAGE_ENTRIES_MAX = 500 };

/* The outbox, or a refusal of the call. */
static struct outbox *outbox_of(struct rpc_call *call, const struct services *services)
{
	struct outbox *outbox = node_outbox(services->node);

	if (outbox == NULL) {
		struct detail detail;

		detail_set(&detail, "", "only a replica has an outbox; this node is a %s",
		           services->role);
		rpc_call_refuse(call, STATUS_UNSUPPORTED, &detail);
	}
	return outbox;
}

/* Tokens are numbers of entries. */
static bool read_token(uint64_t *after, const char *token)
{
	char *end;

	*after = strtoull(token, &end, 10);
	return *end == '\0' && (token[0] == '\0' || (token[0] >= '0' && token[0] <= '9'));
}

static Civil__V1__OutboxEntry *entry_message(struct outbox *outbox,
                                             const struct outbox_entry *entry, struct arena *arena)
{
	Civil__V1__OutboxEntry *message = arena_alloc(arena, sizeof(*message));
	struct buf refusal;

	if (message == NULL) {
		return NULL;
	}
	civil__v1__outbox_entry__init(message);
	message->number = entry->number;
	message->queued_at_ms = entry->queued_at_ms;
	message->event_id =
	        (ProtobufCBinaryData){ .len = HASH_BYTES,
		                       .data = arena_copy(arena, bytes_of_hash(&entry->event_id)) };
	message->request_id =
	        (ProtobufCBinaryData){ .len = ID_BYTES,
		                       .data = arena_copy(arena, bytes_of_id(&entry->request_id)) };
	message->state = entry->state == OUTBOX_REFUSED
	                         ? CIVIL__V1__OUTBOX_STATE__OUTBOX_STATE_REFUSED
	                         : CIVIL__V1__OUTBOX_STATE__OUTBOX_STATE_WAITING;
	if (entry->state != OUTBOX_REFUSED) {
		return message;
	}
	buf_init(&refusal, OUTBOX_REFUSAL_BYTES_MAX);
	if (outbox_read(outbox, entry->number, NULL, &refusal) == STATUS_OK) {
		message->refusal = civil__v1__submit_refusal__unpack(&arena->allocator,
		                                                     refusal.size, refusal.data);
	}
	buf_fini(&refusal);
	return message;
}

static bool fill(Civil__V1__ListOutboxResponse *response, struct outbox *outbox, uint64_t after,
                 size_t size, struct arena *arena)
{
	struct outbox_entry *entries = arena_array(arena, size + 1, sizeof(*entries));

	response->entries = arena_array(arena, size, sizeof(Civil__V1__OutboxEntry *));
	if (entries == NULL || response->entries == NULL) {
		return false;
	}
	size_t count = outbox_list(outbox, entries, size + 1, after);
	for (size_t i = 0; i < count && i < size; i++) {
		response->entries[i] = entry_message(outbox, &entries[i], arena);
		if (response->entries[i] == NULL) {
			return false;
		}
		response->n_entries++;
	}
	if (count > size) {
		response->next_page_token =
		        arena_printf(arena, "%" PRIu64, entries[size - 1].number);
	}
	return response->next_page_token != NULL;
}

void outbox_calls_list(struct rpc_call *call, void *context)
{
	const Civil__V1__ListOutboxRequest *request = rpc_call_request(call);
	struct outbox *outbox = outbox_of(call, context);
	Civil__V1__ListOutboxResponse response;
	struct detail detail;
	uint64_t after;

	if (outbox == NULL) {
		return;
	}
	if (request->page_size < 0 || !read_token(&after, request->page_token)) {
		detail_set(&detail, request->page_size < 0 ? "page_size" : "page_token",
		           "is none that this method gives or takes");
		rpc_call_refuse(call, STATUS_INVALID, &detail);
		return;
	}
	size_t size = request->page_size == 0 ? PAGE_ENTRIES : (size_t)request->page_size;
	civil__v1__list_outbox_response__init(&response);
	if (fill(&response, outbox, after, size < PAGE_ENTRIES_MAX ? size : PAGE_ENTRIES_MAX,
	         rpc_call_arena(call))) {
		rpc_call_reply(call, &response.base);
	} else {
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
	}
}

void outbox_calls_dismiss(struct rpc_call *call, void *context)
{
	const Civil__V1__DismissOutboxEntryRequest *request = rpc_call_request(call);
	struct outbox *outbox = outbox_of(call, context);
	Civil__V1__DismissOutboxEntryResponse response;
	struct detail detail;

	if (outbox == NULL) {
		return;
	}
	enum status status = outbox_dismiss(outbox, request->number);
	if (status == STATUS_OK) {
		civil__v1__dismiss_outbox_entry_response__init(&response);
		rpc_call_reply(call, &response.base);
		return;
	}
	detail_set(&detail, "number",
	           status == STATUS_REFUSED
	                   ? "this event waits to be registered; only a refused one is dismissed"
	                   : "the outbox holds no such entry");
	rpc_call_refuse(call, status, &detail);
}
