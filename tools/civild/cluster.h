/* What a core node has besides a solo one: the order kept by etcd, and the way to the node that
 * leads. Thread: one. Memory: as said. */
#ifndef TOOLS_CIVILD_CLUSTER_H
#define TOOLS_CIVILD_CLUSTER_H

#include "api/peers.h"
#include "node/sequencer.h"
#include "tools/civild/civild.h"

struct cluster {
	struct rpc_tls *etcd_tls;
	struct peers *peers;
	struct sequencer *sequencer; /* until it is given to a node */
};

/* Makes both from the configuration; asks nobody yet. `tls` is the node's own, for its peers; NULL
 * in a demo. Statuses of identity_load, seal_key_load, etcd_map_new, rpc_tls_open. */
enum status cluster_open(struct cluster *cluster, const struct civild_arguments *arguments,
                         struct rpc_tls *tls, struct detail *detail) NODISCARD;

/* After the node is closed. Accepts one that was never opened. */
void cluster_close(struct cluster *cluster);

#endif
