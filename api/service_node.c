/* NodeService: how the node is, and which limits it keeps. */
#include "api/services.h"
#include "ledger/base/limits.h"
#include "ledger/log/note_key.h"
#include "node/limits.h"

#include "civil/v1/node_service.pb-c.h"

enum { REQUEST_BYTES_MAX = 64 };

static ProtobufCBinaryData binary_copy(struct arena *arena, struct bytes bytes)
{
	return (ProtobufCBinaryData){ .len = bytes.size, .data = arena_copy(arena, bytes) };
}

static bool is_read_only(const struct node_status *status)
{
	return status->disk_full || !status->order.reachable || status->order.full;
}

static char *follower_sentence(struct arena *arena, const struct node_status *status)
{
	const struct replica_state *following = &status->following;

	if (!following->connected) {
		return arena_printf(arena, "%llu records; %s does not answer: %s",
		                    (unsigned long long)status->head.size, following->upstream,
		                    following->trouble.text);
	}
	return arena_printf(arena, "%llu records of %llu that %s has signed.",
	                    (unsigned long long)status->head.size,
	                    (unsigned long long)following->upstream_size, following->upstream);
}

static char *sentence(struct arena *arena, const struct node_status *status)
{
	if (status->disk_full) {
		return arena_string(arena, "Disk space is below the reserve: reads go on, "
		                           "submissions are turned away.");
	}
	if (!status->order.reachable) {
		return arena_string(arena, "The order of events cannot be reached: reads go on, "
		                           "submissions are turned away.");
	}
	if (status->order.full) {
		return arena_string(arena,
		                    "etcd is full: reads go on, submissions are turned away. "
		                    "See OPERATIONS, making room.");
	}
	if (status->following.contradicted) {
		return arena_string(arena, "Signed statements contradict each other: it follows "
		                           "nobody. See civilctl evidence list.");
	}
	if (status->follows) {
		return follower_sentence(arena, status);
	}
	if (status->head.size == 0) {
		return arena_string(arena, "The ledger is empty and waits for its genesis event.");
	}
	return arena_printf(arena, "%llu records, newest checkpoint at %llu.",
	                    (unsigned long long)status->head.size,
	                    (unsigned long long)status->checkpoint_size);
}

static const char *health(const struct node_status *status)
{
	if (status->following.contradicted) {
		return "contradicted";
	}
	return is_read_only(status) ? "read_only" : "ok";
}

static void fill_following(Civil__V1__GetStatusResponse *response, const struct node_status *status,
                           struct arena *arena)
{
	const struct replica_state *following = &status->following;

	if (status->follows) {
		response->upstream = arena_string(arena, following->upstream);
		response->upstream_connected = following->connected;
		response->upstream_size = following->upstream_size;
		response->verified_size = following->verified_size;
		response->verified_at_ms = following->verified_at_ms;
		response->contradicted = following->contradicted;
		response->outbox_waiting = status->outbox.waiting;
		response->outbox_refused = status->outbox.refused;
		response->outbox_oldest_at_ms = status->outbox.oldest_at_ms;
	}
}

char *services_log_key(struct arena *arena, const struct identity *identity)
{
	struct note_key key;
	struct buf text;
	char *copy = NULL;

	buf_init(&text, NOTE_NAME_MAX + 64);
	if (note_key_init(&key, identity->origin, NOTE_KEY_ED25519, identity->public_key) ==
	    STATUS_OK) {
		note_key_format(&text, &key);
		copy = arena_printf(arena, "%.*s", (int)text.size, (const char *)text.data);
	}
	buf_fini(&text);
	return copy;
}

static void get_status(struct rpc_call *call, void *context)
{
	struct services *services = context;
	struct arena *arena = rpc_call_arena(call);
	const struct identity *identity = node_identity(services->node);
	struct node_status status = node_status(services->node);
	Civil__V1__GetStatusResponse response;

	civil__v1__get_status_response__init(&response);
	response.node_id = arena_string(arena, identity->node);
	response.role = arena_string(arena, services->role);
	response.ledger_id = binary_copy(arena, bytes_of_id(&identity->ledger));
	response.ledger_name = arena_string(arena, identity->origin);
	response.size = status.head.size;
	response.head = binary_copy(arena, bytes_of_hash(&status.head.head));
	response.root = binary_copy(arena, bytes_of_hash(&status.head.root));
	response.applied_batch = status.head.batch;
	response.durable_batch = status.counts.position.durable;
	response.checkpoint_size = status.checkpoint_size;
	response.recorded_at_ms = status.head.recorded_at_ms;
	response.disk_free_bytes = status.disk_free_bytes;
	response.version = arena_string(arena, services->version);
	response.health = arena_string(arena, health(&status));
	response.leader = arena_string(arena, status.order.leader);
	response.leader_address = arena_string(arena, status.order.leader_address);
	response.newest_batch = status.order.newest;
	response.order_reachable = status.order.reachable;
	response.order_full = status.order.full;
	fill_following(&response, &status, arena);
	response.message = sentence(arena, &status);
	response.started_at_ms = status.started_at_ms;
	response.accepted = status.counts.accepted;
	response.refused = status.counts.refused;
	response.log_key = services_log_key(arena, identity);
	rpc_call_reply(call, &response.base);
}

/* Ordered by name. */
static const struct {
	const char *name;
	uint64_t value;
	const char *unit;
} limits[] = {
	{ "batch_bytes", BATCH_BYTES_MAX, "bytes" },
	{ "batch_events", BATCH_EVENTS_MAX, "events" },
	{ "content_bytes", CONTENT_BYTES_MAX, "bytes" },
	{ "header_bytes", HEADER_BYTES_MAX, "bytes" },
	{ "name_code_points", NAME_CODE_POINTS_MAX, "code points" },
	{ "pending_events", PENDING_EVENTS_MAX, "events" },
	{ "references", REFERENCES_MAX, "events" },
	{ "signatures", SIGNATURES_MAX, "signatures" },
	{ "signed_event_bytes", SIGNED_EVENT_BYTES_MAX, "bytes" },
	{ "subjects", SUBJECTS_MAX, "persons" },
};
enum { LIMITS = sizeof(limits) / sizeof(limits[0]) };

static void get_limits(struct rpc_call *call, void *context)
{
	struct arena *arena = rpc_call_arena(call);
	Civil__V1__GetLimitsResponse response;
	Civil__V1__Limit messages[LIMITS];
	Civil__V1__Limit *list[LIMITS];

	(void)context;
	civil__v1__get_limits_response__init(&response);
	for (size_t i = 0; i < LIMITS; i++) {
		civil__v1__limit__init(&messages[i]);
		messages[i].name = arena_string(arena, limits[i].name);
		messages[i].value = limits[i].value;
		messages[i].unit = arena_string(arena, limits[i].unit);
		list[i] = &messages[i];
	}
	response.limits = list;
	response.n_limits = LIMITS;
	rpc_call_reply(call, &response.base);
}

static const struct method methods[] = {
	{ .path = "/civil.v1.NodeService/GetStatus",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = REQUEST_BYTES_MAX,
	  .request = &civil__v1__get_status_request__descriptor,
	  .response = &civil__v1__get_status_response__descriptor,
	  .start = get_status },
	{ .path = "/civil.v1.NodeService/GetLimits",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = REQUEST_BYTES_MAX,
	  .request = &civil__v1__get_limits_request__descriptor,
	  .response = &civil__v1__get_limits_response__descriptor,
	  .start = get_limits },
};

struct service service_node(struct services *services)
{
	return (struct service){ .name = "civil.v1.NodeService",
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
