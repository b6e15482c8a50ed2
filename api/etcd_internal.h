/* What the files of the etcd map share. */
#ifndef API_ETCD_INTERNAL_H
#define API_ETCD_INTERNAL_H

#include "api/etcd_map.h"
#include "api/rpc_client.h"

#include "etcd/rpc.pb-c.h"

enum { ETCD_SCRATCH_BYTES_MAX = 4 * 1024 * 1024 };

/* A watch that is on. */
struct etcd_watch {
	struct rpc_client_stream *stream; /* NULL: none */
	size_t endpoint;                  /* whose connection it uses */
	struct map_watcher watcher;
	int64_t heard_ns; /* last message */
	int64_t asked_ns; /* last time a sign of life was asked for */
	bool over;        /* cancelled from here or there: say nothing more */
};

struct etcd {
	struct ordered_map map;
	struct rpc_client *clients[ETCD_ENDPOINTS_MAX];
	char endpoints[ETCD_ENDPOINTS_MAX][ETCD_ENDPOINT_BYTES_MAX + 1];
	size_t endpoints_count;
	size_t current; /* the one to ask */
	uint32_t try_ms;
	struct etcd_watch watch;
	struct arena scratch; /* of one call */
};

/* What a call may change, which decides what no answer means. */
enum etcd_call_kind { ETCD_QUESTION, ETCD_CHANGE };

struct etcd_call {
	enum etcd_call_kind kind;
	const char *path;
	const ProtobufCMessageDescriptor *response;
};

struct etcd *etcd_of(struct ordered_map *map);

/* One call to the current endpoint; `*response` lives in `arena`. Moves to the next endpoint when
 * there was no answer. */
enum status etcd_call(struct etcd *etcd, const ProtobufCMessage **response, struct arena *arena,
                      const ProtobufCMessage *request, const struct etcd_call *call,
                      struct detail *detail) NODISCARD;

/* The next call goes to another endpoint. */
void etcd_turn_away(struct etcd *etcd);

/* What the end of a call means. */
enum status etcd_status(enum etcd_call_kind kind, const struct rpc_outcome *outcome);

struct map_position etcd_position(const Etcdserverpb__ResponseHeader *header);
void etcd_entry(struct map_entry *entry, const Etcdserverpb__KeyValue *pair);
ProtobufCBinaryData etcd_bytes(struct bytes bytes);
int64_t etcd_now_ns(void);

/* etcd_change.c */
enum status etcd_change(struct ordered_map *map, struct map_outcome *outcome, struct arena *arena,
                        const struct map_change *change, struct detail *detail) NODISCARD;
enum status etcd_read(struct ordered_map *map, struct map_found *found,
                      struct map_position *position, struct arena *arena,
                      const struct map_range *range, struct detail *detail) NODISCARD;
enum status etcd_compact(struct ordered_map *map, int64_t revision,
                         struct detail *detail) NODISCARD;

/* etcd_lease.c */
enum status etcd_grant(struct ordered_map *map, int64_t *lease, uint32_t seconds,
                       struct detail *detail) NODISCARD;
enum status etcd_keep(struct ordered_map *map, int64_t lease, struct detail *detail) NODISCARD;
enum status etcd_revoke(struct ordered_map *map, int64_t lease, struct detail *detail) NODISCARD;

/* etcd_watch.c */
enum status etcd_watch_start(struct ordered_map *map, const struct map_range *range, int64_t from,
                             const struct map_watcher *watcher) NODISCARD;
void etcd_poll(struct ordered_map *map, uint32_t timeout_ms);

/* etcd_cluster.c */
enum status etcd_server_status(struct ordered_map *map, struct map_status *status,
                               struct detail *detail) NODISCARD;

#endif
