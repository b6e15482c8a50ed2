/* Other core nodes over gRPC: implements node/peer.h by PeerService.
 *
 * One connection is kept, to the node that was spoken to last: there is one leader.
 * Thread: any; calls wait for each other. Memory: heap; keeps `tls`. */
#ifndef API_PEERS_H
#define API_PEERS_H

#include "api/rpc_tls.h"
#include "node/peer.h"

/* `tls` NULL: plaintext, to the loopback alone. NULL when memory is exhausted. */
struct peers *peers_new(struct rpc_tls *tls);

/* Accepts NULL. */
void peers_free(struct peers *peers);

#endif
