#include "api/peers.h"

#include "api/rpc_client.h"
#include "ledger/base/limits.h"

#include "civil/v1/peer_service.pb-c.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ADDRESS_MAX = 127, CALL_BYTES_MAX = 4 * BATCH_BYTES_MAX };

struct rpc_peers {
	struct peers peers; /* first */
	struct rpc_tls *tls;
	pthread_mutex_t lock;
	struct rpc_client *client; /* to `address`; NULL: none */
	char address[ADDRESS_MAX + 1];
	struct arena arena;
};

/* Connects to another node than before. */
static enum status turn_to(struct rpc_peers *peers, const char *address, struct detail *detail)
{
	const struct rpc_client_options options = { .target = address, .tls = peers->tls };

	if (peers->client != NULL && strcmp(peers->address, address) == 0) {
		return STATUS_OK;
	}
	rpc_client_free(peers->client);
	peers->client = NULL;
	(void)snprintf(peers->address, sizeof(peers->address), "%s", address);
	return rpc_client_new(&peers->client, detail, &options);
}

/* What a failed call means for the events: only an answer of the node itself says that they were
 * not taken. */
static enum status meaning(const struct rpc_outcome *outcome)
{
	enum status status = outcome->status;

	return status == STATUS_OK || status == STATUS_DENIED ||
	                       status_class(status) == STATUS_CLASS_RETRY
	               ? status
	               : STATUS_UNAVAILABLE;
}

static enum status propose(struct peers *base, const char *address,
                           const struct proposition *proposition, uint64_t *behind, int timeout_ms,
                           struct detail *detail)
{
	struct rpc_peers *peers = (struct rpc_peers *)(void *)base; /* its first member */
	const struct rpc_unary unary = { .path = "/civil.v1.PeerService/Propose",
		                         .response = &civil__v1__propose_response__descriptor,
		                         .deadline_ms = (uint32_t)timeout_ms };
	ProtobufCBinaryData events[BATCH_EVENTS_MAX];
	Civil__V1__ProposeRequest request;
	const ProtobufCMessage *response;
	struct rpc_outcome outcome;

	civil__v1__propose_request__init(&request);
	for (size_t i = 0; i < proposition->count; i++) {
		union {
			const uint8_t *in;
			uint8_t *out;
		} pointer = { .in = proposition->events[i].data }; /* packing only reads */

		events[i] = (ProtobufCBinaryData){ .len = proposition->events[i].size,
			                           .data = pointer.out };
	}
	request.events = events;
	request.n_events = proposition->count;
	request.seen = proposition->seen;
	(void)pthread_mutex_lock(&peers->lock);
	enum status status = turn_to(peers, address, detail);
	if (status == STATUS_OK) {
		arena_reset(&peers->arena);
		status = rpc_client_unary(peers->client, &response, &outcome, &peers->arena,
		                          &request.base, &unary);
		if (status == STATUS_OK) {
			*behind = ((const Civil__V1__ProposeResponse *)response)->behind;
		} else {
			*detail = outcome.detail;
			status = meaning(&outcome);
		}
	}
	(void)pthread_mutex_unlock(&peers->lock);
	return status;
}

struct peers *peers_new(struct rpc_tls *tls)
{
	static const struct peers_methods methods = { .propose = propose };
	struct rpc_peers *peers = calloc(1, sizeof(*peers));

	if (peers == NULL) {
		return NULL;
	}
	peers->peers.methods = &methods;
	peers->tls = tls;
	(void)pthread_mutex_init(&peers->lock, NULL);
	arena_init(&peers->arena, CALL_BYTES_MAX);
	return &peers->peers;
}

void peers_free(struct peers *base)
{
	struct rpc_peers *peers = (struct rpc_peers *)(void *)base;

	if (peers == NULL) {
		return;
	}
	rpc_client_free(peers->client);
	arena_fini(&peers->arena);
	(void)pthread_mutex_destroy(&peers->lock);
	free(peers);
}
