/* civilctl cluster key, init, status, reseed */
#include "tools/civilctl/cluster_work.h"
#include "tools/civilctl/commands.h"

static enum ctl_exit run_key(struct ctl *ctl)
{
	struct detail detail = { "", "" };
	enum status status = seal_key_create(ctl->arguments[0], &detail);

	if (status != STATUS_OK) {
		return ctl_fail(status, "cluster key", &detail);
	}
	ctl_say("copy %s to every core node, readable by civild alone, and name it in "
	        "etcd.sealing_key",
	        ctl->arguments[0]);
	return CTL_OK;
}

static enum ctl_exit run_init(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	struct order_root root;
	enum status status = cluster_work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = cluster_work_ledger(&work, &root);
	}
	if (status == STATUS_OK) {
		status = cluster_begin(work.map, &work.identity.ledger, &root, &ctl->arena,
		                       &work.detail);
	}
	if (status == STATUS_OK) {
		status = cluster_work_add(ctl, &work);
	}
	enum ctl_exit code = cluster_work_show(ctl, &work, status, "cluster init");
	cluster_work_close(&work);
	return code;
}

static enum ctl_exit run_status(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	enum ctl_exit code =
	        cluster_work_show(ctl, &work, cluster_work_open(ctl, &work), "cluster status");

	cluster_work_close(&work);
	return code;
}

/* The ledger behind which the order begins anew must not be behind what any node holds durably, as
 * far as the old order still says it. */
static enum status check_longest(struct ctl *ctl, struct cluster_work *work,
                                 const struct order_root *root)
{
	enum status status = cluster_read(work->map, &work->identity.ledger, &work->state,
	                                  &ctl->arena, &work->detail);

	if (status == STATUS_NOT_FOUND) {
		return STATUS_OK; /* wiped: nobody says anything */
	}
	for (size_t i = 0; status == STATUS_OK && i < work->state.node_count; i++) {
		const struct order_node *node = &work->state.nodes[i];

		if (node->position.size > root->size) {
			detail_set(
			        &work->detail, node->name,
			        "holds %llu records and this folder %llu: reseed from the longest",
			        (unsigned long long)node->position.size,
			        (unsigned long long)root->size);
			return STATUS_REFUSED;
		}
	}
	return status;
}

static enum ctl_exit run_reseed(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	struct order_root root;
	enum status status = cluster_work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = cluster_work_ledger(&work, &root);
	}
	if (status == STATUS_OK) {
		status = check_longest(ctl, &work, &root);
	}
	if (status == STATUS_OK) {
		status = cluster_reseed(work.map, &work.identity.ledger, &root, &ctl->arena,
		                        &work.detail);
	}
	if (status == STATUS_OK) {
		status = cluster_work_add(ctl, &work);
	}
	enum ctl_exit code = cluster_work_show(ctl, &work, status, "cluster reseed");
	cluster_work_close(&work);
	return code;
}

const struct command command_cluster_key = {
	.name = "cluster key",
	.synopsis = "FILE",
	.summary = "make the key that seals batches in etcd",
	.text = "etcd never sees an event in clear: batches are sealed with a key that all core "
	        "nodes of a cluster share. Writes a new one to a file that only its owner can "
	        "read. An existing file is never overwritten.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl cluster key sealing.key", "make a key" },
	              { "civilctl cluster key /etc/civil-ledger/sealing.key",
	                "the same, in place" } },
	.exits = CTL_BIT(CTL_CONFLICT),
	.run = run_key,
};

const struct command command_cluster_init = {
	.name = "cluster init",
	.synopsis = "NODE...",
	.summary = "begin the order of a cluster in etcd",
	.text = "Done once, with all nodes stopped. The order begins behind the ledger in the "
	        "node's folder: an empty one, or one that a solo node has filled, of which every "
	        "core node then has a copy. The names are those of the core nodes (civild format "
	        "--node); others are not let in.",
	.options = { CLUSTER_OPTIONS },
	.arguments_min = 1,
	.arguments_max = CLUSTER_NODES_MAX,
	.examples = { { "civilctl cluster init --etcd 127.0.0.1:2379 --data pp1 pp1 kampot kep",
	                "three core nodes" },
	              { "civilctl cluster init --config /etc/civil-ledger/civild.conf pp1 kampot "
	                "kep",
	                "the same, by the node's configuration" } },
	.exits = CLUSTER_EXITS,
	.run = run_init,
};

const struct command command_cluster_status = {
	.name = "cluster status",
	.synopsis = "",
	.summary = "show the order and how far its nodes are",
	.text = "Asks etcd, not the nodes: what they said last, about once a second. Needs no node "
	        "to "
	        "run. What one node knows of itself: civilctl status.",
	.options = { CLUSTER_OPTIONS },
	.examples = { { "civilctl cluster status --config /etc/civil-ledger/civild.conf",
	                "one row for each node" },
	              { "civilctl -o json cluster status --etcd 127.0.0.1:2379 --data pp1",
	                "for a program" } },
	.exits = CLUSTER_EXITS,
	.run = run_status,
};

const struct command command_cluster_reseed = {
	.name = "cluster reseed",
	.synopsis = "[NODE...]",
	.summary = "begin the order anew, after etcd was lost or restored",
	.text = "With all nodes stopped, on the node with the longest ledger: its folder is where "
	        "life "
	        "goes on. What stood in the old order alone, acknowledged by no node that is left, "
	        "is "
	        "gone; offices send it again. Names are those to be added, where etcd was wiped. "
	        "Nodes that hold less take the rest from their peers.",
	.options = { CLUSTER_OPTIONS },
	.arguments_max = CLUSTER_NODES_MAX,
	.examples = { { "civilctl cluster reseed --config /etc/civil-ledger/civild.conf pp1 kampot "
	                "kep",
	                "after etcd was wiped" },
	              { "civilctl cluster reseed --etcd 127.0.0.1:2379 --data pp1",
	                "after etcd came back from an old backup" } },
	.exits = CLUSTER_EXITS,
	.run = run_reseed,
};
