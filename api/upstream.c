#include "api/upstream.h"

#include "api/rpc_client.h"
#include "ledger/base/assert.h"

#include "civil/v1/log_service.pb-c.h"
#include "civil/v1/registration_service.pb-c.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
	STOP_LOOK_MS = 100, /* between looks at `stopping` during a call */
	REQUEST_BYTES_MAX = BATCH_BYTES_MAX + 16 * BATCH_EVENTS_MAX,
};

struct upstream_rpc {
	struct upstream upstream; /* first: what others hold */
	struct rpc_client *client;
	atomic_bool stopping;
	char name[];
};

/* A call under way. */
struct waiting {
	struct buf *out;
	struct detail *detail;
	enum status status;
	bool is_done;
};

static struct upstream_rpc *of(struct upstream *upstream)
{
	return (struct upstream_rpc *)upstream;
}

/* What is fatal for the other side is no reason for this one to end. */
static void on_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct waiting *waiting = state;

	waiting->is_done = true;
	waiting->status = outcome->status;
	if (outcome->status != STATUS_OK) {
		detail_set(waiting->detail, outcome->detail.path, "%s", outcome->detail.text);
		waiting->status =
		        status_is_fatal(outcome->status) ? STATUS_UNAVAILABLE : outcome->status;
		return;
	}
	if (response.size > waiting->out->maximum) {
		detail_set(waiting->detail, "", "the answer has %zu bytes", response.size);
		waiting->status = STATUS_INVALID;
		return;
	}
	waiting->status = buf_assign(waiting->out, response);
}

/* Calls and waits. */
static enum status call(struct upstream *upstream, struct buf *out, const char *path,
                        struct bytes request, int timeout_ms, struct detail *detail)
{
	struct upstream_rpc *rpc = of(upstream);
	struct waiting waiting = { .out = out, .detail = detail };
	const struct rpc_unary unary = { .path = path, .deadline_ms = (uint32_t)timeout_ms };

	ASSERT(timeout_ms > 0);
	buf_reset(out);
	if (atomic_load(&rpc->stopping)) {
		return STATUS_UNAVAILABLE;
	}
	rpc_client_start(rpc->client, &unary, request, on_done, &waiting);
	while (!waiting.is_done) {
		(void)rpc_client_poll(rpc->client, STOP_LOOK_MS);
		if (atomic_load(&rpc->stopping)) {
			rpc_client_cancel(rpc->client);
		}
	}
	return atomic_load(&rpc->stopping) ? STATUS_UNAVAILABLE : waiting.status;
}

static enum status call_packed(struct upstream *upstream, struct buf *out, const char *path,
                               const ProtobufCMessage *request, int timeout_ms,
                               struct detail *detail)
{
	uint8_t packed[64];

	ASSERT(protobuf_c_message_get_packed_size(request) <= sizeof(packed));
	size_t size = protobuf_c_message_pack(request, packed);
	return call(upstream, out, path, bytes_of(packed, size), timeout_ms, detail);
}

static enum status checkpoint(struct upstream *upstream, struct buf *out, uint64_t size,
                              int timeout_ms, struct detail *detail)
{
	Civil__V1__GetCheckpointRequest request;

	civil__v1__get_checkpoint_request__init(&request);
	request.size = size;
	request.proof = true;
	return call_packed(upstream, out, "/civil.v1.LogService/GetCheckpoint", &request.base,
	                   timeout_ms, detail);
}

static enum status records(struct upstream *upstream, struct buf *out,
                           const struct upstream_range *range, int timeout_ms,
                           struct detail *detail)
{
	Civil__V1__ListRecordsRequest request;

	ASSERT(range->count >= 1 && range->count <= UPSTREAM_PAGE_RECORDS);
	civil__v1__list_records_request__init(&request);
	request.from = range->from;
	request.page_size = (int32_t)range->count;
	request.with_content = true;
	request.proven_in = range->proven_in;
	return call_packed(upstream, out, "/civil.v1.LogService/ListRecords", &request.base,
	                   timeout_ms, detail);
}

/* The request is written around the events, whose bytes stay as they were signed. */
static enum status submit(struct upstream *upstream, struct buf *out, const struct bytes *events,
                          size_t count, int timeout_ms, struct detail *detail)
{
	enum { TAG_EVENTS = 1 << 3 | 2 };
	struct buf request;

	buf_init(&request, REQUEST_BYTES_MAX);
	for (size_t i = 0; i < count; i++) {
		size_t size = events[i].size;

		buf_append_u8(&request, TAG_EVENTS);
		for (; size >= 0x80; size >>= 7) {
			buf_append_u8(&request, (uint8_t)(size | 0x80));
		}
		buf_append_u8(&request, (uint8_t)size);
		buf_append(&request, events[i]);
	}
	enum status status = buf_status(&request);
	if (status == STATUS_OK) {
		status = call(upstream, out, "/civil.v1.RegistrationService/SubmitBatch",
		              buf_bytes(&request), timeout_ms, detail);
	}
	buf_fini(&request);
	return status;
}

static void stop(struct upstream *upstream)
{
	atomic_store(&of(upstream)->stopping, true);
}

static const struct upstream_methods methods = {
	.checkpoint = checkpoint,
	.records = records,
	.submit = submit,
	.stop = stop,
};

enum status upstream_rpc_new(struct upstream **out, const char *address, struct rpc_tls *tls,
                             struct detail *detail)
{
	const struct rpc_client_options options = { .target = address, .tls = tls };
	size_t size = strlen(address) + 1;
	struct upstream_rpc *rpc = calloc(1, sizeof(*rpc) + size);

	if (rpc == NULL) {
		return STATUS_NO_MEMORY;
	}
	memcpy(rpc->name, address, size);
	rpc->upstream = (struct upstream){ .methods = &methods, .name = rpc->name };
	enum status status = rpc_client_new(&rpc->client, detail, &options);
	if (status != STATUS_OK) {
		free(rpc);
		return status;
	}
	*out = &rpc->upstream;
	return STATUS_OK;
}

void upstream_rpc_free(struct upstream *upstream)
{
	if (upstream != NULL) {
		rpc_client_free(of(upstream)->client);
		free(upstream);
	}
}
