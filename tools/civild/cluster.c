#include "tools/civild/cluster.h"

#include "api/etcd_map.h"
#include "node/identity.h"
#include "node/sequencer_etcd.h"

#include <string.h>

static enum status open_etcd_tls(struct cluster *cluster, const struct config *config,
                                 struct detail *detail)
{
	const struct rpc_tls_files files = { .authority = config->etcd_authority,
		                             .certificate = config->etcd_certificate,
		                             .key = config->etcd_key };

	if (config->etcd_authority[0] == '\0') {
		return STATUS_OK; /* plaintext; etcd_map_new allows it on the loopback alone */
	}
	return rpc_tls_open(&cluster->etcd_tls, detail, &files);
}

/* One connection for each owner; none is left when this fails. */
static enum status open_maps(struct ordered_map *maps[ORDER_MAPS], const struct cluster *cluster,
                             const struct config *config, struct detail *detail)
{
	const struct etcd_options options = { .endpoints = config->etcd_endpoints,
		                              .tls = cluster->etcd_tls };
	enum status status = STATUS_OK;

	memset(maps, 0, ORDER_MAPS * sizeof(maps[0]));
	for (size_t i = 0; status == STATUS_OK && i < ORDER_MAPS; i++) {
		status = etcd_map_new(&maps[i], detail, &options);
	}
	for (size_t i = 0; status != STATUS_OK && i < ORDER_MAPS; i++) {
		map_free(maps[i]);
	}
	return status;
}

static enum status open_order(struct cluster *cluster, const struct config *config,
                              struct detail *detail)
{
	struct sequencer_etcd_options options = { .address = config->cluster_address,
		                                  .kept = config->kept_batches };
	struct identity identity;
	enum status status = identity_load(config->data, &identity, detail);

	if (status != STATUS_OK) {
		return status;
	}
	options.ledger = identity.ledger;
	options.name = identity.node;
	status = seal_key_load(&options.key, config->etcd_sealing_key, detail);
	if (status == STATUS_OK) {
		status = open_maps(options.maps, cluster, config, detail);
	}
	if (status == STATUS_OK) {
		status = sequencer_etcd_new(&cluster->sequencer, &options, detail);
	}
	seal_key_wipe(&options.key);
	identity_fini(&identity);
	return status;
}

enum status cluster_open(struct cluster *cluster, const struct civild_arguments *arguments,
                         struct rpc_tls *tls, struct detail *detail)
{
	enum status status = open_etcd_tls(cluster, &arguments->config, detail);

	if (status != STATUS_OK) {
		return status;
	}
	cluster->peers = peers_new(tls);
	if (cluster->peers == NULL) {
		return STATUS_NO_MEMORY;
	}
	return open_order(cluster, &arguments->config, detail);
}

void cluster_close(struct cluster *cluster)
{
	sequencer_free(cluster->sequencer);
	peers_free(cluster->peers);
	if (cluster->etcd_tls != NULL) {
		rpc_tls_close(cluster->etcd_tls);
	}
}
