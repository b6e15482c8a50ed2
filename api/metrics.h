/* The node's figures in Prometheus' text format (version 0.0.4): base units, counters end in
 * _total, labels are bounded. No figure names a person, act or number.
 *
 * Thread: any. Memory: appends to the caller's buf. */
#ifndef API_METRICS_H
#define API_METRICS_H

#include "api/rpc_server.h"
#include "node/node.h"

/* `server` may be NULL while none is up. */
void metrics_write(struct buf *out, struct node *node, const struct rpc_server *server,
                   const char *version);

#endif
