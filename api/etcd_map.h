/* The ordered map of node/ordered_map.h, kept by etcd 3.4 or newer; and what an operator asks.
 *
 * A map has one connection to each endpoint, made when first used, and speaks with one of them at a
 * time; trouble moves it to the next. Every call carries `hasleader`, so that a server cut off from
 * its quorum says so at once instead of being silent. A watch asks for a sign of life each second
 * and ends after ETCD_SILENCE_MS without one.
 *
 *   etcd                                        here, of a change / of a question
 *   OK                                          OK
 *   RESOURCE_EXHAUSTED "database space..."      DISK_FULL
 *   RESOURCE_EXHAUSTED, any other               BUSY
 *   NOT_FOUND, OUT_OF_RANGE, INVALID_ARGUMENT   the same
 *   PERMISSION_DENIED, UNAUTHENTICATED          DENIED
 *   anything else                               TIMEOUT / UNAVAILABLE
 * etcd says UNKNOWN where it ran out of time, and UNAVAILABLE after a change that is made later: so
 * of a change nothing but the codes above is taken for a refusal.
 *
 * Thread: one owner. Memory: opaque, heap; keeps `tls`, copies the rest. */
#ifndef API_ETCD_MAP_H
#define API_ETCD_MAP_H

#include "api/rpc_tls.h"
#include "node/ordered_map.h"

enum {
	ETCD_ENDPOINTS_MAX = 9,
	ETCD_ENDPOINT_BYTES_MAX = 127,
	ETCD_TRY_MS = 1000,     /* one call: a request lost with a dead leader costs no more */
	ETCD_SILENCE_MS = 3000, /* of a watch */
	ETCD_MEMBERS_MAX = 9,
	ETCD_NAME_MAX = 63,
};

struct etcd_options {
	const char *endpoints; /* "10.0.0.1:2379,10.0.0.2:2379", 1 .. ETCD_ENDPOINTS_MAX */
	struct rpc_tls *tls;   /* NULL: plaintext, loopback only */
	uint32_t try_ms;       /* 0: ETCD_TRY_MS */
	bool leaderless;       /* ask servers without a leader too: for diagnosis */
};

/* Connects to nobody yet. STATUS_OK, or
 *   STATUS_INVALID   no endpoint, too many, one without a port, or plaintext beyond the loopback
 *   STATUS_IO        the certificates cannot be read
 *   STATUS_NO_MEMORY */
enum status etcd_map_new(struct ordered_map **out, struct detail *detail,
                         const struct etcd_options *options) NODISCARD;

/* A server as the others know it. */
struct etcd_member {
	uint64_t id;
	char name[ETCD_NAME_MAX + 1];
	char address[ETCD_ENDPOINT_BYTES_MAX + 1]; /* host:port for clients; empty: not started */
};

/* Lists the servers, by what the one asked knows. STATUS_OK; STATUS_UNAVAILABLE. */
enum status etcd_members(struct ordered_map *map, struct etcd_member members[ETCD_MEMBERS_MAX],
                         size_t *count, struct detail *detail) NODISCARD;

/* Lifts the alarms "no space" of all servers. They come again when there is none. STATUS_OK;
 * STATUS_UNAVAILABLE. */
enum status etcd_lift_alarms(struct ordered_map *map, struct detail *detail) NODISCARD;

#endif
