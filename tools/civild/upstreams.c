#include "tools/civild/upstreams.h"

#include "api/upstream.h"
#include "node/durable_file.h"

#include <stdio.h>
#include <string.h>

enum { KEYS_FILE_BYTES_MAX = 64 << 10 };

static enum status read_keys(struct upstreams *upstreams, const char *path, struct detail *detail)
{
	struct buf text;

	buf_init(&text, KEYS_FILE_BYTES_MAX);
	enum status status = durable_file_read(path, &text, detail);
	if (status == STATUS_OK) {
		status = witness_read_keys(upstreams->keys, &upstreams->following.key_count,
		                           buf_bytes(&text), detail);
		status = status == STATUS_OUT_OF_RANGE ? STATUS_INVALID : status;
	} else if (status == STATUS_NO_MEMORY) {
		detail_set(detail, path, "is larger than a file of keys may be");
		status = STATUS_INVALID;
	} else if (status == STATUS_NOT_FOUND) {
		detail_set(detail, path,
		           "no such file; it holds a line for each node whose signature is "
		           "trusted: logKey of civilctl -o json status, brought here by hand");
	}
	buf_fini(&text);
	return status;
}

static enum status connect_to(struct upstreams *upstreams, const char *address, struct rpc_tls *tls,
                              struct detail *detail)
{
	size_t count = upstreams->following.upstream_count;

	if (count == UPSTREAMS_MAX) {
		detail_set(detail, "upstream.addresses", "at most %d nodes can be followed",
		           UPSTREAMS_MAX);
		return STATUS_INVALID;
	}
	enum status status = upstream_rpc_new(&upstreams->upstreams[count], address, tls, detail);
	if (status == STATUS_OK) {
		status = upstream_rpc_new(&upstreams->couriers[count], address, tls, detail);
	}
	if (status != STATUS_OK) {
		upstream_rpc_free(upstreams->upstreams[count]);
		return status;
	}
	upstreams->following.upstream_count++;
	return STATUS_OK;
}

enum status upstreams_open(struct upstreams *upstreams, const struct config *config,
                           struct rpc_tls *tls, struct detail *detail)
{
	char addresses[sizeof(config->upstream_addresses)];
	char *rest = NULL;
	enum status status = read_keys(upstreams, config->upstream_trusted_keys, detail);

	upstreams->following.upstreams = upstreams->upstreams;
	upstreams->following.couriers = upstreams->couriers;
	upstreams->following.keys = upstreams->keys;
	(void)snprintf(addresses, sizeof(addresses), "%s", config->upstream_addresses);
	for (char *address = strtok_r(addresses, ", ", &rest);
	     status == STATUS_OK && address != NULL; address = strtok_r(NULL, ", ", &rest)) {
		status = connect_to(upstreams, address, tls, detail);
	}
	if (status == STATUS_OK && upstreams->following.upstream_count == 0) {
		detail_set(detail, "upstream.addresses", "names no node");
		status = STATUS_INVALID;
	}
	return status;
}

void upstreams_close(struct upstreams *upstreams)
{
	for (size_t i = 0; i < upstreams->following.upstream_count; i++) {
		upstream_rpc_free(upstreams->upstreams[i]);
		upstream_rpc_free(upstreams->couriers[i]);
	}
}
