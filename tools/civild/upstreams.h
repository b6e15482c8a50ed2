/* Whom a replica follows: connections to the nodes of upstream.addresses, and the keys of
 * upstream.trusted_keys. Thread: one. Memory: as said. */
#ifndef TOOLS_CIVILD_UPSTREAMS_H
#define TOOLS_CIVILD_UPSTREAMS_H

#include "api/rpc_tls.h"
#include "node/config.h"
#include "node/follower.h"

struct upstreams {
	struct following following; /* its lists are those below */
	struct upstream *upstreams[UPSTREAMS_MAX];
	struct upstream *couriers[UPSTREAMS_MAX];
	struct note_key keys[WITNESS_KEYS_MAX];
};

/* Connects to nobody yet. `tls` is the node's own, kept; NULL in a demo. STATUS_INVALID: an address
 * or a key that is none, too many of them; STATUS_NOT_FOUND: no file of keys; statuses of
 * upstream_rpc_new. */
enum status upstreams_open(struct upstreams *upstreams, const struct config *config,
                           struct rpc_tls *tls, struct detail *detail) NODISCARD;

/* After the node is closed. Accepts one that was never opened. */
void upstreams_close(struct upstreams *upstreams);

#endif
