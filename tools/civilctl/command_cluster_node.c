/* civilctl cluster add-node, remove-node, ledger */
#include "tools/civilctl/cluster_work.h"
#include "tools/civilctl/commands.h"

static enum ctl_exit run_add_node(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	enum status status = cluster_work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = cluster_work_add(ctl, &work);
	}
	enum ctl_exit code = cluster_work_show(ctl, &work, status, "cluster add-node");
	cluster_work_close(&work);
	return code;
}

static enum ctl_exit run_remove_node(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	enum status status = cluster_work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = cluster_remove_node(work.map, &work.identity.ledger, ctl->arguments[0],
		                             &ctl->arena, &work.detail);
	}
	enum ctl_exit code = cluster_work_show(ctl, &work, status, "cluster remove-node");
	cluster_work_close(&work);
	return code;
}

static enum ctl_exit run_ledger(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	enum ctl_exit code = CTL_OK;
	struct order_root root;
	enum status status = cluster_work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = cluster_work_ledger(&work, &root);
	}
	if (status == STATUS_OK) {
		cluster_work_print_ledger(ctl, &work, &root);
	} else {
		code = ctl_fail(status, "cluster ledger", &work.detail);
	}
	cluster_work_close(&work);
	return code;
}

const struct command command_cluster_add_node = {
	.name = "cluster add-node",
	.synopsis = "NODE...",
	.summary = "let a core node into the cluster",
	.text = "The node then may propose batches, and batches are kept until it holds them. It "
	        "starts "
	        "from a copy of another node (civilctl backup, restore) or from records of its "
	        "peers.",
	.options = { CLUSTER_OPTIONS },
	.arguments_min = 1,
	.arguments_max = CLUSTER_NODES_MAX,
	.examples = { { "civilctl cluster add-node --config /etc/civil-ledger/civild.conf siemreap",
	                "one more" },
	              { "civilctl cluster add-node --etcd 127.0.0.1:2379 --data pp1 siemreap",
	                "without a configuration" } },
	.exits = CLUSTER_EXITS,
	.run = run_add_node,
};

const struct command command_cluster_remove_node = {
	.name = "cluster remove-node",
	.synopsis = "NODE",
	.summary = "take a core node out of the cluster",
	.text = "Stop the node first. It can propose nothing any more, and no batch is kept for "
	        "it.",
	.options = { CLUSTER_OPTIONS },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl cluster remove-node --config /etc/civil-ledger/civild.conf kep",
	                "one less" },
	              { "civilctl cluster remove-node --etcd 127.0.0.1:2379 --data pp1 kep",
	                "without a configuration" } },
	.exits = CLUSTER_EXITS,
	.run = run_remove_node,
};

const struct command command_cluster_ledger = {
	.name = "cluster ledger",
	.synopsis = "",
	.summary = "show where the ledger of a stopped node ends",
	.text = "Reads the node's folder and asks nobody. Before a reseed it tells which node has "
	        "the longest ledger: nodes of one ledger that hold as many records have the same "
	        "head.",
	.options = { CLUSTER_OPTIONS },
	.examples = { { "civilctl cluster ledger --config /etc/civil-ledger/civild.conf",
	                "the node of this machine" },
	              { "civilctl -o json cluster ledger --etcd 127.0.0.1:2379 --data pp1",
	                "for a program" } },
	.exits = CLUSTER_EXITS,
	.run = run_ledger,
};
