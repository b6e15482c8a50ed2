/* Another node over gRPC, as node/upstream.h wants one.
 *
 * Thread: as node/upstream.h. Memory: opaque, heap; one connection for each. */
#ifndef API_UPSTREAM_H
#define API_UPSTREAM_H

#include "api/rpc_tls.h"
#include "node/upstream.h"

/* Connects with the first call. `address` is "host:port"; `tls` is kept, NULL is plaintext, for the
 * loopback alone. STATUS_INVALID, STATUS_IO, STATUS_NO_MEMORY as rpc_client_new. */
enum status upstream_rpc_new(struct upstream **out, const char *address, struct rpc_tls *tls,
                             struct detail *detail) NODISCARD;

/* After the last call has returned. Accepts NULL. */
void upstream_rpc_free(struct upstream *upstream);

#endif
