/* civilctl cluster key, init, status, add-node, remove-node, reseed */
#include "api/etcd_map.h"
#include "ledger/ledger.h"
#include "node/cluster.h"
#include "node/config.h"
#include "node/identity.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

#include <stdio.h>

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

static enum status read_config(struct ctl *ctl, struct cluster_work *work)
{
	const char *path = ctl_option(ctl, "config");
	const char *data = ctl_option(ctl, "data");
	const char *etcd = ctl_option(ctl, "etcd");
	enum status status = STATUS_OK;

	config_init(&work->config);
	if (path != NULL) {
		status = config_read(&work->config, path, &work->detail);
	}
	if (status == STATUS_OK && data != NULL) {
		status = config_set(&work->config, "node.data", data, &work->detail);
	}
	if (status == STATUS_OK && etcd != NULL) {
		status = config_set(&work->config, "etcd.endpoints", etcd, &work->detail);
	}
	if (status == STATUS_OK && work->config.etcd_endpoints[0] == '\0') {
		detail_set(&work->detail, "",
		           "name the etcd members: --etcd, or etcd.endpoints in "
		           "--config");
		return STATUS_INVALID;
	}
	return status;
}

static enum status work_open(struct ctl *ctl, struct cluster_work *work)
{
	struct etcd_options options = { .leaderless = true };
	enum status status = read_config(ctl, work);

	session_begin(ctl);
	if (status == STATUS_OK) {
		status = identity_load(work->config.data, &work->identity, &work->detail);
	}
	if (status == STATUS_OK && work->config.etcd_authority[0] != '\0') {
		const struct rpc_tls_files files = { .authority = work->config.etcd_authority,
			                             .certificate = work->config.etcd_certificate,
			                             .key = work->config.etcd_key };

		status = rpc_tls_open(&work->tls, &work->detail, &files);
	}
	if (status == STATUS_OK) {
		options.endpoints = work->config.etcd_endpoints;
		options.tls = work->tls;
		status = etcd_map_new(&work->map, &work->detail, &options);
	}
	return status;
}

static void work_close(struct cluster_work *work)
{
	map_free(work->map);
	if (work->tls != NULL) {
		rpc_tls_close(work->tls);
	}
	identity_fini(&work->identity);
}

/* Where the ledger of a stopped node ends. */
static enum status read_ledger(struct cluster_work *work, struct order_root *root)
{
	const struct store_options options = { .read_only = true };
	char path[CONFIG_TEXT_MAX + sizeof("/store")];
	struct ledger *ledger = NULL;
	struct store *store = NULL;

	(void)snprintf(path, sizeof(path), "%s/store", work->config.data);
	enum status status = store_rocksdb_open(&store, path, &options, &work->detail);
	if (status == STATUS_OK) {
		status = ledger_open(&ledger, store, &work->detail);
	}
	if (status == STATUS_OK) {
		struct ledger_head head = ledger_head(ledger);

		*root = (struct order_root){ .begin = head.batch,
			                     .size = head.size,
			                     .head = head.head };
	}
	ledger_close(ledger);
	store_close(store);
	return status;
}

static void print_json(struct ctl *ctl, const struct cluster_work *work)
{
	const struct cluster_state *state = &work->state;
	char generation[2 * SEAL_GENERATION_BYTES + 1];

	bytes_to_hex(generation, bytes_of(state->root.generation, SEAL_GENERATION_BYTES));
	session_print_fields((const char *const[]){
	        "generation", generation, "begin", format_u64(ctl, state->root.begin), "newest",
	        format_u64(ctl, state->tail.number), "oldest", format_u64(ctl, state->oldest),
	        "leader", state->leader, "nodes", format_u64(ctl, state->node_count), NULL });
}

static void print_nodes(struct ctl *ctl, const struct cluster_work *work)
{
	const struct cluster_state *state = &work->state;
	struct ctl_table table;

	table_init(&table, ctl,
	           (const char *const[]){ "NODE", "LEADS", "APPLIED", "DURABLE", "BEHIND",
	                                  "RECORDS", "HEAD", "ADDRESS", NULL });
	for (size_t i = 0; i < state->node_count; i++) {
		const struct order_node *node = &state->nodes[i];
		uint64_t applied = node->position.applied;
		uint64_t behind = state->tail.number > applied ? state->tail.number - applied : 0;
		char head[2 * HASH_BYTES + 1];

		bytes_to_hex(head, bytes_of_hash(&node->position.head));
		head[16] = '\0';
		(void)table_add(
		        &table,
		        (const char *const[]){
		                node->name, strcmp(node->name, state->leader) == 0 ? "yes" : "",
		                format_u64(ctl, applied), format_u64(ctl, node->position.durable),
		                format_u64(ctl, behind), format_u64(ctl, node->position.size),
		                format_text(ctl, "%s", head), node->address });
	}
	table_print(&table, stdout);
}

/* Shows the cluster after whatever was done. */
static enum ctl_exit show(struct ctl *ctl, struct cluster_work *work, enum status status,
                          const char *command)
{
	if (status == STATUS_OK) {
		status = cluster_read(work->map, &work->identity.ledger, &work->state, &ctl->arena,
		                      &work->detail);
	}
	if (status != STATUS_OK) {
		return ctl_fail(status, command, &work->detail);
	}
	if (ctl->output == CTL_JSON) {
		print_json(ctl, work);
		return CTL_OK;
	}
	print_nodes(ctl, work);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\nBatches %llu to %llu are kept; the order began behind batch "
		             "%llu.\n%s%s\n",
		             (unsigned long long)work->state.oldest,
		             (unsigned long long)work->state.tail.number,
		             (unsigned long long)work->state.root.begin,
		             work->state.leader[0] == '\0' ? "No node leads now: start one"
		                                           : "Batches are proposed by ",
		             work->state.leader);
	}
	return CTL_OK;
}

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

static enum status add_all(struct ctl *ctl, struct cluster_work *work)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < ctl->argument_count; i++) {
		const char *name = ctl->arguments[i];

		if (!identity_name_is_valid(name)) {
			detail_set(&work->detail, name,
			           "a node's name has 1 to 63 of a-z, 0-9 and hyphen");
			return STATUS_INVALID;
		}
		status = cluster_add_node(work->map, &work->identity.ledger, name, &ctl->arena,
		                          &work->detail);
	}
	return status;
}

static enum ctl_exit run_init(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	struct order_root root;
	enum status status = work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = read_ledger(&work, &root);
	}
	if (status == STATUS_OK) {
		status = cluster_begin(work.map, &work.identity.ledger, &root, &ctl->arena,
		                       &work.detail);
	}
	if (status == STATUS_OK) {
		status = add_all(ctl, &work);
	}
	enum ctl_exit code = show(ctl, &work, status, "cluster init");
	work_close(&work);
	return code;
}

static enum ctl_exit run_status(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	enum ctl_exit code = show(ctl, &work, work_open(ctl, &work), "cluster status");

	work_close(&work);
	return code;
}

static enum ctl_exit run_add_node(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	enum status status = work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = add_all(ctl, &work);
	}
	enum ctl_exit code = show(ctl, &work, status, "cluster add-node");
	work_close(&work);
	return code;
}

static enum ctl_exit run_remove_node(struct ctl *ctl)
{
	struct cluster_work work = { .map = NULL };
	enum status status = work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = cluster_remove_node(work.map, &work.identity.ledger, ctl->arguments[0],
		                             &ctl->arena, &work.detail);
	}
	enum ctl_exit code = show(ctl, &work, status, "cluster remove-node");
	work_close(&work);
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
	enum status status = work_open(ctl, &work);

	if (status == STATUS_OK) {
		status = read_ledger(&work, &root);
	}
	if (status == STATUS_OK) {
		status = check_longest(ctl, &work, &root);
	}
	if (status == STATUS_OK) {
		status = cluster_reseed(work.map, &work.identity.ledger, &root, &ctl->arena,
		                        &work.detail);
	}
	if (status == STATUS_OK) {
		status = add_all(ctl, &work);
	}
	enum ctl_exit code = show(ctl, &work, status, "cluster reseed");
	work_close(&work);
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
