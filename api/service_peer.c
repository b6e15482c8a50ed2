/* PeerService: events that another core node brings because this one leads. */
#include "api/caller.h"
#include "api/services.h"
#include "ledger/base/limits.h"

#include "civil/v1/peer_service.pb-c.h"

#include <stdlib.h>

enum { FRAME_BYTES = 16 };

/* Events on their way through the pipeline; one block of memory. */
struct proposed {
	struct submission submission;
	struct ledger_result results[BATCH_EVENTS_MAX];
	struct bytes events[BATCH_EVENTS_MAX];
};

static void proposed_free(struct proposed *proposed)
{
	arena_fini(&proposed->submission.arena);
	free(proposed);
}

static void done(struct submission *submission)
{
	proposed_free(submission->context); /* its submitter waits at the other node */
}

static struct proposed *proposed_new(const Civil__V1__ProposeRequest *request)
{
	struct proposed *proposed = malloc(sizeof(*proposed));

	if (proposed == NULL) {
		return NULL;
	}
	memset(&proposed->submission, 0, sizeof(proposed->submission));
	struct submission *submission = &proposed->submission;

	arena_init(&submission->arena, CALL_ARENA_BYTES_MAX);
	submission->events = proposed->events;
	submission->results = proposed->results;
	submission->count = request->n_events;
	submission->done = done;
	submission->context = proposed;
	submission->from_peer = true;
	submission->seen = request->seen;
	for (size_t i = 0; i < request->n_events; i++) {
		struct bytes event = bytes_of(request->events[i].data, request->events[i].len);
		const void *copy = arena_copy(&submission->arena, event);

		if (copy == NULL) {
			proposed_free(proposed);
			return NULL;
		}
		proposed->events[i] = bytes_of(copy, event.size);
	}
	return proposed;
}

static void propose(struct rpc_call *call, void *context)
{
	const Civil__V1__ProposeRequest *request = rpc_call_request(call);
	struct services *services = context;
	Civil__V1__ProposeResponse response;
	struct detail detail;

	if (services->peers == NULL ||
	    !caller_is_listed(rpc_call_peer(call), services->peers, services->demo)) {
		detail_set(&detail, "", "the certificate names no node in cluster.peers");
		rpc_call_refuse(call, STATUS_DENIED, &detail);
		return;
	}
	if (request->n_events == 0 || request->n_events > BATCH_EVENTS_MAX) {
		detail_set(&detail, "events", "1 to %d events, not %zu", BATCH_EVENTS_MAX,
		           request->n_events);
		rpc_call_refuse(call, STATUS_INVALID, &detail);
		return;
	}
	struct proposed *proposed = proposed_new(request);
	if (proposed == NULL) {
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
		return;
	}
	civil__v1__propose_response__init(&response);
	response.behind = node_position(services->node).batch;
	enum status status = node_submit(services->node, &proposed->submission);
	if (status != STATUS_OK) {
		proposed_free(proposed);
		rpc_call_refuse(call, status, NULL);
		return;
	}
	rpc_call_reply(call, &response.base);
}

static const struct method methods[] = {
	{ .path = "/civil.v1.PeerService/Propose",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = BATCH_BYTES_MAX + FRAME_BYTES * BATCH_EVENTS_MAX,
	  .request = &civil__v1__propose_request__descriptor,
	  .response = &civil__v1__propose_response__descriptor,
	  .start = propose },
};

struct service service_peer(struct services *services)
{
	return (struct service){ .name = "civil.v1.PeerService",
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
