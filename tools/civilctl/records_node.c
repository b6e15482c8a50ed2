/* Records from a node. */
#include "tools/civilctl/records.h"
#include "tools/civilctl/session.h"

enum { MESSAGE_ARENA_BYTES = 8 * 1024 * 1024, POLL_MS = 500 };

static void copy_hash(struct hash *out, ProtobufCBinaryData bytes)
{
	if (bytes.len == HASH_BYTES) {
		memcpy(out->bytes, bytes.data, HASH_BYTES);
	}
}

enum ctl_exit records_head_of_node(struct ctl *ctl, struct records_head *head)
{
	const Civil__V1__GetStatusResponse *status;
	Civil__V1__GetCheckpointRequest request;
	const ProtobufCMessage *response;
	enum ctl_exit code;

	civil__v1__get_checkpoint_request__init(&request);
	/* The checkpoint first: it cannot be of more records than the status then counts. */
	code = session_call(ctl, &response, "civil.v1.LogService/GetCheckpoint", &request.base,
	                    &civil__v1__get_checkpoint_response__descriptor);
	if (code == CTL_OK) {
		code = session_status(ctl, &status);
	}
	if (code != CTL_OK) {
		return code;
	}
	const Civil__V1__GetCheckpointResponse *checkpoint =
	        (const Civil__V1__GetCheckpointResponse *)response;
	*head = (struct records_head){
		.size = status->size,
		.key = status->log_key,
		.note = bytes_of(checkpoint->note.data, checkpoint->note.len),
	};
	if (status->ledger_id.len == ID_BYTES) {
		memcpy(head->ledger.bytes, status->ledger_id.data, ID_BYTES);
	}
	copy_hash(&head->head, status->head);
	copy_hash(&head->root, status->root);
	return CTL_OK;
}

struct watching {
	struct ctl *ctl;
	records_take *take;
	void *context;
	struct arena arena; /* of one message */
	struct rpc_client_stream *stream;
	bool is_done;
	bool stopped; /* by the taker */
	enum ctl_exit code;
};

static void take_message(void *state, struct bytes message)
{
	struct watching *watching = state;

	if (watching->stopped) {
		return;
	}
	arena_reset(&watching->arena);
	const Civil__V1__WatchResponse *response = civil__v1__watch_response__unpack(
	        &watching->arena.allocator, message.size, message.data);
	if (response == NULL) {
		ctl_say("the node sent something that is no record");
		watching->code = CTL_VERIFICATION;
		watching->stopped = true;
	}
	for (size_t i = 0; !watching->stopped && i < response->n_records; i++) {
		watching->stopped = !watching->take(watching->context, response->records[i]);
	}
	if (watching->stopped) {
		rpc_client_stream_cancel(watching->stream);
	}
}

static void take_end(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct watching *watching = state;

	(void)response;
	watching->is_done = true;
	if (!watching->stopped && outcome->status != STATUS_OK) {
		watching->code = session_fail(watching->ctl, outcome);
	}
}

enum ctl_exit records_watch(struct ctl *ctl, uint64_t from, uint64_t until, records_take *take,
                            void *context)
{
	static const struct rpc_stream_callbacks callbacks = { .message = take_message,
		                                               .done = take_end };
	struct watching watching = { .ctl = ctl, .take = take, .context = context };
	Civil__V1__WatchRequest request;
	uint8_t packed[64];
	enum ctl_exit code = session_open(ctl);

	if (code != CTL_OK || (until != 0 && from >= until)) {
		return code;
	}
	civil__v1__watch_request__init(&request);
	request.from = from;
	request.until = until;
	request.with_content = 1;
	arena_init(&watching.arena, MESSAGE_ARENA_BYTES);
	watching.stream = rpc_client_stream_open(ctl->client, "/civil.v1.LogService/Watch", 0,
	                                         &callbacks, &watching);
	if (watching.stream == NULL) {
		arena_fini(&watching.arena);
		return ctl_fail(STATUS_NO_MEMORY, "watch", NULL);
	}
	size_t size = civil__v1__watch_request__pack(&request, packed);
	rpc_client_stream_send(watching.stream, bytes_of(packed, size));
	rpc_client_stream_half_close(watching.stream);
	while (!watching.is_done) {
		(void)rpc_client_poll(ctl->client, POLL_MS);
	}
	arena_fini(&watching.arena);
	return watching.code;
}
