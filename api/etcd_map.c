#include "api/etcd_map.h"

#include "api/etcd_internal.h"
#include "ledger/base/assert.h"

#include <stdlib.h>
#include <time.h>

struct etcd *etcd_of(struct ordered_map *map)
{
	return (struct etcd *)(void *)map; /* its first member */
}

int64_t etcd_now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

ProtobufCBinaryData etcd_bytes(struct bytes bytes)
{
	/* The generated structs lack a const; packing only reads. */
	return (ProtobufCBinaryData){ .len = bytes.size, .data = (uint8_t *)(uintptr_t)bytes.data };
}

struct map_position etcd_position(const Etcdserverpb__ResponseHeader *header)
{
	if (header == NULL) {
		return (struct map_position){ 0 };
	}
	return (struct map_position){ .cluster = header->cluster_id,
		                      .member = header->member_id,
		                      .revision = header->revision };
}

void etcd_entry(struct map_entry *entry, const Etcdserverpb__KeyValue *pair)
{
	*entry = (struct map_entry){
		.key = bytes_of(pair->key.data, pair->key.len),
		.value = bytes_of(pair->value.data, pair->value.len),
		.lease = pair->lease,
		.changed = pair->mod_revision,
	};
}

enum status etcd_status(enum etcd_call_kind kind, const struct rpc_outcome *outcome)
{
	switch (outcome->code) {
	case CODE_OK:
		return outcome->status; /* an answer that does not parse */
	case CODE_RESOURCE_EXHAUSTED:
		return strstr(outcome->detail.text, "space") != NULL ? STATUS_DISK_FULL
		                                                     : STATUS_BUSY;
	case CODE_NOT_FOUND:
		return STATUS_NOT_FOUND;
	case CODE_OUT_OF_RANGE:
		return STATUS_OUT_OF_RANGE;
	case CODE_INVALID_ARGUMENT:
		return STATUS_INVALID;
	case CODE_PERMISSION_DENIED:
	case CODE_UNAUTHENTICATED:
		return STATUS_DENIED;
	case CODE_CANCELLED:
	case CODE_UNKNOWN:
	case CODE_DEADLINE_EXCEEDED:
	case CODE_ALREADY_EXISTS:
	case CODE_FAILED_PRECONDITION:
	case CODE_ABORTED:
	case CODE_UNIMPLEMENTED:
	case CODE_INTERNAL:
	case CODE_UNAVAILABLE:
	case CODE_DATA_LOSS:
		break;
	}
	return kind == ETCD_CHANGE ? STATUS_TIMEOUT : STATUS_UNAVAILABLE;
}

void etcd_turn_away(struct etcd *etcd)
{
	etcd->current = (etcd->current + 1) % etcd->endpoints_count;
}

enum status etcd_call(struct etcd *etcd, const ProtobufCMessage **response, struct arena *arena,
                      const ProtobufCMessage *request, const struct etcd_call *call,
                      struct detail *detail)
{
	const struct rpc_unary unary = { .path = call->path,
		                         .response = call->response,
		                         .deadline_ms = etcd->try_ms };
	const char *endpoint = etcd->endpoints[etcd->current];
	struct rpc_outcome outcome;
	enum status status = rpc_client_unary(etcd->clients[etcd->current], response, &outcome,
	                                      arena, request, &unary);

	if (status == STATUS_OK || status == STATUS_NO_MEMORY) {
		return status;
	}
	status = etcd_status(call->kind, &outcome);
	detail_set(detail, endpoint, "etcd at %s: %s", endpoint, outcome.detail.text);
	if (status == STATUS_TIMEOUT || status == STATUS_UNAVAILABLE) {
		etcd_turn_away(etcd);
	}
	return status;
}

static void etcd_free(struct ordered_map *map)
{
	struct etcd *etcd = etcd_of(map);

	etcd->watch.over = true; /* the owner frees us: it expects no news */
	for (size_t i = 0; i < etcd->endpoints_count; i++) {
		rpc_client_free(etcd->clients[i]);
	}
	arena_fini(&etcd->scratch);
	free(etcd);
}

/* Cuts the list at its commas. */
static enum status read_endpoints(struct etcd *etcd, const char *list, struct detail *detail)
{
	while (*list != '\0') {
		size_t length = strcspn(list, ",");

		if (etcd->endpoints_count == ETCD_ENDPOINTS_MAX || length == 0 ||
		    length > ETCD_ENDPOINT_BYTES_MAX || memchr(list, ':', length) == NULL) {
			detail_set(detail, "etcd.endpoints",
			           "etcd.endpoints is a list of at most %d host:port with commas",
			           ETCD_ENDPOINTS_MAX);
			return STATUS_INVALID;
		}
		memcpy(etcd->endpoints[etcd->endpoints_count], list, length);
		etcd->endpoints_count++;
		list += length;
		list += *list == ',' ? 1 : 0;
	}
	if (etcd->endpoints_count == 0) {
		detail_set(detail, "etcd.endpoints", "no address of etcd is given");
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

static enum status connect_all(struct etcd *etcd, const struct etcd_options *options,
                               struct detail *detail)
{
	for (size_t i = 0; i < etcd->endpoints_count; i++) {
		const struct rpc_client_options client = {
			.target = etcd->endpoints[i],
			.tls = options->tls,
			.header = options->leaderless ? NULL : "hasleader",
			.header_value = "true",
		};
		enum status status = rpc_client_new(&etcd->clients[i], detail, &client);

		if (status != STATUS_OK) {
			return status;
		}
	}
	return STATUS_OK;
}

enum status etcd_map_new(struct ordered_map **out, struct detail *detail,
                         const struct etcd_options *options)
{
	static const struct ordered_map_methods methods = {
		.change = etcd_change,
		.read = etcd_read,
		.compact = etcd_compact,
		.grant = etcd_grant,
		.keep = etcd_keep,
		.revoke = etcd_revoke,
		.status = etcd_server_status,
		.watch = etcd_watch_start,
		.poll = etcd_poll,
		.free = etcd_free,
	};
	struct etcd *etcd = calloc(1, sizeof(*etcd));

	if (etcd == NULL) {
		return STATUS_NO_MEMORY;
	}
	etcd->map.methods = &methods;
	etcd->try_ms = options->try_ms == 0 ? ETCD_TRY_MS : options->try_ms;
	arena_init(&etcd->scratch, ETCD_SCRATCH_BYTES_MAX);
	enum status status = read_endpoints(etcd, options->endpoints, detail);
	if (status == STATUS_OK) {
		status = connect_all(etcd, options, detail);
	}
	if (status != STATUS_OK) {
		etcd_free(&etcd->map);
		return status;
	}
	*out = &etcd->map;
	return STATUS_OK;
}
