#include "tools/civilctl/cluster_work.h"

#include "api/etcd_map.h"
#include "ledger/ledger.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

#include <stdio.h>

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

enum status cluster_work_open(struct ctl *ctl, struct cluster_work *work)
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

void cluster_work_close(struct cluster_work *work)
{
	map_free(work->map);
	if (work->tls != NULL) {
		rpc_tls_close(work->tls);
	}
	identity_fini(&work->identity);
}

/* Where the ledger of a stopped node ends. */
enum status cluster_work_ledger(struct cluster_work *work, struct order_root *root)
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

void cluster_work_print_ledger(struct ctl *ctl, const struct cluster_work *work,
                               const struct order_root *root)
{
	char head[2 * HASH_BYTES + 1];
	struct ctl_table table;

	bytes_to_hex(head, bytes_of_hash(&root->head));
	if (ctl->output == CTL_JSON) {
		session_print_fields((const char *const[]){
		        "node", work->identity.node, "records", format_u64(ctl, root->size),
		        "batch", format_u64(ctl, root->begin), "head", head, NULL });
		return;
	}
	table_init(&table, ctl, (const char *const[]){ "NODE", "RECORDS", "BATCH", "HEAD", NULL });
	(void)table_add(&table,
	                (const char *const[]){ work->identity.node, format_u64(ctl, root->size),
	                                       format_u64(ctl, root->begin), head });
	table_print(&table, stdout);
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
enum ctl_exit cluster_work_show(struct ctl *ctl, struct cluster_work *work, enum status status,
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

enum status cluster_work_add(struct ctl *ctl, struct cluster_work *work)
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
