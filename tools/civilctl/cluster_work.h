/* What the commands of a cluster have in common: etcd, the node's folder, the table.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_CLUSTER_WORK_H
#define TOOLS_CIVILCTL_CLUSTER_WORK_H

#include "api/rpc_tls.h"
#include "node/cluster.h"
#include "node/config.h"
#include "node/identity.h"
#include "tools/civilctl/command.h"
#include "tools/civilctl/ctl.h"

/* What every command of a cluster works on. */
struct cluster_work {
	struct config config;
	struct identity identity;
	struct rpc_tls *tls;
	struct ordered_map *map;
	struct cluster_state state;
	struct detail detail;
};

#define CLUSTER_OPTIONS                                                                            \
	{ "config", "FILE", "civild's configuration: node.data and etcd.* are taken from it" },    \
	        { "data", "FOLDER", "the node's folder, instead of node.data" },                   \
	{                                                                                          \
		"etcd", "HOST:PORT,...", "etcd members, instead of etcd.endpoints"                 \
	}
#define CLUSTER_EXITS                                                                              \
	(CTL_SERVER_EXITS | CTL_BIT(CTL_CONFLICT) | CTL_BIT(CTL_NOT_FOUND) |                       \
	 CTL_BIT(CTL_VERIFICATION))

/* Reads the configuration, who the node is, and connects. Then, whatever it gave, close. */
enum status cluster_work_open(struct ctl *ctl, struct cluster_work *work);
void cluster_work_close(struct cluster_work *work);

/* Where the ledger of a stopped node ends. */
enum status cluster_work_ledger(struct cluster_work *work, struct order_root *root);

/* Shows where it ends. */
void cluster_work_print_ledger(struct ctl *ctl, const struct cluster_work *work,
                               const struct order_root *root);

/* Lets in the nodes named as arguments. */
enum status cluster_work_add(struct ctl *ctl, struct cluster_work *work);

/* Shows the cluster after whatever was done, or says what failed. */
enum ctl_exit cluster_work_show(struct ctl *ctl, struct cluster_work *work, enum status status,
                                const char *command);

#endif
