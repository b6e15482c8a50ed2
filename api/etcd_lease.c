#include "api/etcd_internal.h"

/* A stream that carries one question and one answer. */
struct keeping {
	struct rpc_client_stream *stream;
	int64_t seconds; /* left, as answered; 0: the lease has ended */
	bool answered;
	bool done;
	struct rpc_outcome outcome;
};

enum status etcd_grant(struct ordered_map *map, int64_t *lease, uint32_t seconds,
                       struct detail *detail)
{
	static const struct etcd_call call = { ETCD_CHANGE, "/etcdserverpb.Lease/LeaseGrant",
		                               &etcdserverpb__lease_grant_response__descriptor };
	struct etcd *etcd = etcd_of(map);
	Etcdserverpb__LeaseGrantRequest request;
	const ProtobufCMessage *message;

	etcdserverpb__lease_grant_request__init(&request);
	request.ttl = seconds;
	arena_reset(&etcd->scratch);
	enum status status =
	        etcd_call(etcd, &message, &etcd->scratch, &request.base, &call, detail);
	if (status != STATUS_OK) {
		return status;
	}
	const Etcdserverpb__LeaseGrantResponse *response =
	        (const Etcdserverpb__LeaseGrantResponse *)message;
	if (response->id == 0) {
		detail_set(detail, "", "etcd grants no lease: %s", response->error);
		return STATUS_BUSY;
	}
	*lease = response->id;
	return STATUS_OK;
}

static void keeping_message(void *state, struct bytes message)
{
	struct keeping *keeping = state;
	Etcdserverpb__LeaseKeepAliveResponse *response =
	        etcdserverpb__lease_keep_alive_response__unpack(NULL, message.size, message.data);

	if (response != NULL) {
		keeping->seconds = response->ttl;
		keeping->answered = true;
		etcdserverpb__lease_keep_alive_response__free_unpacked(response, NULL);
	}
	rpc_client_stream_cancel(keeping->stream); /* one answer is all we want */
}

static void keeping_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct keeping *keeping = state;

	(void)response;
	keeping->outcome = *outcome;
	keeping->done = true;
}

enum status etcd_keep(struct ordered_map *map, int64_t lease, struct detail *detail)
{
	static const struct rpc_stream_callbacks callbacks = { .message = keeping_message,
		                                               .done = keeping_done };
	struct etcd *etcd = etcd_of(map);
	struct rpc_client *client = etcd->clients[etcd->current];
	struct keeping keeping = { .done = false };
	Etcdserverpb__LeaseKeepAliveRequest request;
	uint8_t packed[32];

	etcdserverpb__lease_keep_alive_request__init(&request);
	request.id = lease;
	size_t size = etcdserverpb__lease_keep_alive_request__pack(&request, packed);
	keeping.stream = rpc_client_stream_open(client, "/etcdserverpb.Lease/LeaseKeepAlive",
	                                        etcd->try_ms, &callbacks, &keeping);
	if (keeping.stream == NULL) {
		return STATUS_NO_MEMORY;
	}
	rpc_client_stream_send(keeping.stream, bytes_of(packed, size));
	while (!keeping.done) {
		(void)rpc_client_poll(client, UINT32_MAX);
	}
	if (keeping.answered) {
		return keeping.seconds > 0 ? STATUS_OK : STATUS_NOT_FOUND;
	}
	detail_set(detail, etcd->endpoints[etcd->current], "etcd at %s: %s",
	           etcd->endpoints[etcd->current], keeping.outcome.detail.text);
	etcd_turn_away(etcd);
	return keeping.outcome.code == CODE_NOT_FOUND ? STATUS_NOT_FOUND : STATUS_UNAVAILABLE;
}

enum status etcd_revoke(struct ordered_map *map, int64_t lease, struct detail *detail)
{
	static const struct etcd_call call = { ETCD_CHANGE, "/etcdserverpb.Lease/LeaseRevoke",
		                               &etcdserverpb__lease_revoke_response__descriptor };
	struct etcd *etcd = etcd_of(map);
	Etcdserverpb__LeaseRevokeRequest request;
	const ProtobufCMessage *response;

	etcdserverpb__lease_revoke_request__init(&request);
	request.id = lease;
	arena_reset(&etcd->scratch);
	return etcd_call(etcd, &response, &etcd->scratch, &request.base, &call, detail);
}
