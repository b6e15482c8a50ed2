#include "node/config.h"

#include "ledger/base/assert.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { ENVIRONMENT_NAME_MAX = 64 };

enum value_type { VALUE_TEXT, VALUE_NUMBER };

/* Where a key's value lies in struct config, and its bounds. */
struct binding {
	enum value_type type;
	size_t offset;
	uint64_t min;
	uint64_t max;
};

#define TEXT(member)                                                                               \
	{                                                                                          \
		VALUE_TEXT, offsetof(struct config, member), 0, 0                                  \
	}
#define NUMBER(member, lo, hi)                                                                     \
	{                                                                                          \
		VALUE_NUMBER, offsetof(struct config, member), lo, hi                              \
	}

static const struct config_key keys[] = {
	{ "node.data", "civil-data", "", "folder that civild format made" },
	{ "node.role", "solo", "", "solo, core (etcd orders) or replica (follows others)" },
	{ "node.workers", "0", "threads", "that check signatures; 0 is one for each core" },
	{ "node.cache", "256", "MiB", "of blocks of the store kept in memory" },
	{ "node.disk_reserve", "512", "MiB", "of free space below which nothing new is taken" },
	{ "api.listen", "127.0.0.1:7431", "", "address and port for gRPC" },
	{ "api.queues", "1", "threads", "that serve gRPC" },
	{ "tls.authority", "", "", "file of certificates that clients must chain to" },
	{ "tls.certificate", "", "", "file of the node's own certificate chain" },
	{ "tls.key", "", "", "file of the node's private key" },
	{ "cluster.address", "", "", "core: host:port at which other core nodes reach this one" },
	{ "cluster.peers", "", "",
	  "core: names in certificates of the other core nodes, by commas" },
	{ "cluster.kept_batches", "1000", "batches",
	  "core: that the order keeps, of those that every node holds" },
	{ "etcd.endpoints", "", "",
	  "core: host:port of etcd members, by commas, the nearest first" },
	{ "etcd.authority", "", "", "core: file of certificates that etcd must chain to" },
	{ "etcd.certificate", "", "", "core: file of this node's certificate chain for etcd" },
	{ "etcd.key", "", "", "core: file of this node's private key for etcd" },
	{ "etcd.sealing_key", "", "", "core: file of the key that seals batches; one a cluster" },
	{ "upstream.addresses", "", "",
	  "replica: host:port of nodes to follow, by commas; core: of the other core nodes" },
	{ "upstream.trusted_keys", "", "",
	  "replica: file of log keys (vkeys) to believe, one a line" },
	{ "content.readers", "", "",
	  "names in certificates that may have contents of records, by commas; none named: all" },
	{ "metrics.listen", "127.0.0.1:7432", "", "loopback address for /metrics; empty for none" },
	{ "log.format", "logfmt", "", "logfmt or json" },
	{ "log.level", "info", "", "error, warning, info or debug" },
	{ NULL, NULL, NULL, NULL },
};

static const struct binding bindings[] = {
	TEXT(data),
	TEXT(role),
	NUMBER(workers, 0, 64),
	NUMBER(cache_mib, 8, 1 << 20),
	NUMBER(disk_reserve_mib, 0, 1 << 24),
	TEXT(listen),
	NUMBER(queues, 1, 16),
	TEXT(tls_authority),
	TEXT(tls_certificate),
	TEXT(tls_key),
	TEXT(cluster_address),
	TEXT(cluster_peers),
	NUMBER(kept_batches, 10, 10000),
	TEXT(etcd_endpoints),
	TEXT(etcd_authority),
	TEXT(etcd_certificate),
	TEXT(etcd_key),
	TEXT(etcd_sealing_key),
	TEXT(upstream_addresses),
	TEXT(upstream_trusted_keys),
	TEXT(content_readers),
	TEXT(metrics_listen),
	TEXT(log_format),
	TEXT(log_level),
};

enum { KEYS = sizeof(bindings) / sizeof(bindings[0]) };
_Static_assert(sizeof(keys) / sizeof(keys[0]) == KEYS + 1, "each key has a binding");

const struct config_key *config_keys(void)
{
	return keys;
}

static char *text_at(struct config *config, const struct binding *binding)
{
	return (char *)config + binding->offset;
}

static uint64_t *number_at(struct config *config, const struct binding *binding)
{
	return (uint64_t *)(void *)((char *)config + binding->offset);
}

void config_init(struct config *config)
{
	*config = (struct config){ .workers = 0 };
	for (size_t i = 0; i < KEYS; i++) {
		struct detail detail;
		enum status status =
		        config_set(config, keys[i].name, keys[i].default_value, &detail);

		ASSERT(status == STATUS_OK);
	}
}

static enum status set_number(uint64_t *out, const struct binding *binding, const char *name,
                              const char *value, struct detail *detail)
{
	char *end;

	errno = 0;
	unsigned long long number = strtoull(value, &end, 10);
	if (!isdigit((unsigned char)value[0]) || *end != '\0' || errno != 0 ||
	    number < binding->min || number > binding->max) {
		detail_set(detail, name, "%s must be a number from %llu to %llu", name,
		           (unsigned long long)binding->min, (unsigned long long)binding->max);
		return STATUS_INVALID;
	}
	*out = number;
	return STATUS_OK;
}

/* The key with the longest common beginning, for "did you mean". */
static const char *nearest(const char *name)
{
	const char *best = keys[0].name;
	size_t best_length = 0;

	for (size_t i = 0; i < KEYS; i++) {
		size_t length = 0;

		while (name[length] != '\0' && name[length] == keys[i].name[length]) {
			length++;
		}
		if (length > best_length) {
			best = keys[i].name;
			best_length = length;
		}
	}
	return best;
}

enum status config_set(struct config *config, const char *name, const char *value,
                       struct detail *detail)
{
	for (size_t i = 0; i < KEYS; i++) {
		const struct binding *binding = &bindings[i];

		if (strcmp(keys[i].name, name) != 0) {
			continue;
		}
		if (binding->type == VALUE_NUMBER) {
			return set_number(number_at(config, binding), binding, name, value, detail);
		}
		if (strlen(value) >= CONFIG_TEXT_MAX) {
			detail_set(detail, name, "%s is longer than %d characters", name,
			           CONFIG_TEXT_MAX - 1);
			return STATUS_INVALID;
		}
		memcpy(text_at(config, binding), value, strlen(value) + 1);
		return STATUS_OK;
	}
	detail_set(detail, name, "there is no key %s; did you mean %s?", name, nearest(name));
	return STATUS_NOT_FOUND;
}

/* What the parser's callback carries. */
struct reading {
	struct config *config;
	struct detail *detail;
	enum status status;
};

static int read_line(void *user, const char *section, const char *name, const char *value)
{
	struct reading *reading = user;
	char key[ENVIRONMENT_NAME_MAX];

	(void)snprintf(key, sizeof(key), "%s.%s", section, name);
	reading->status = config_set(reading->config, key, value, reading->detail);
	return reading->status == STATUS_OK;
}

enum status config_read(struct config *config, const char *path, struct detail *detail)
{
	struct detail found = { "", "" };
	struct reading reading = { .config = config, .detail = &found, .status = STATUS_OK };
	FILE *file = fopen(path, "r");

	if (file == NULL) {
		detail_set(detail, path, "cannot be read: %s", strerror(errno));
		return STATUS_NOT_FOUND;
	}
	int line = ini_parse_file(file, read_line, &reading);
	(void)fclose(file);
	if (line != 0) {
		detail_set(detail, path, "line %d: %s", line,
		           found.text[0] == '\0' ? "is neither [section] nor key = value"
		                                 : found.text);
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

enum status config_environment(struct config *config, struct detail *detail)
{
	for (size_t i = 0; i < KEYS; i++) {
		char name[ENVIRONMENT_NAME_MAX] = "CIVIL_";
		size_t used = strlen(name);

		for (const char *c = keys[i].name; *c != '\0'; c++, used++) {
			name[used] = *c == '.' ? '_' : (char)toupper((unsigned char)*c);
		}
		const char *value = getenv(name);
		enum status status =
		        value == NULL ? STATUS_OK : config_set(config, keys[i].name, value, detail);

		if (status != STATUS_OK) {
			return status;
		}
	}
	return STATUS_OK;
}

void config_print(const struct config *config, struct buf *out)
{
	struct config copy = *config;
	char section[ENVIRONMENT_NAME_MAX] = "";

	for (size_t i = 0; i < KEYS; i++) {
		const char *dot = strchr(keys[i].name, '.');
		size_t length = (size_t)(dot - keys[i].name);

		if (strncmp(section, keys[i].name, length) != 0 || section[length] != '\0') {
			memcpy(section, keys[i].name, length);
			section[length] = '\0';
			buf_printf(out, "%s[%s]\n", i == 0 ? "" : "\n", section);
		}
		buf_printf(out, "; %s%s%s\n", keys[i].unit, keys[i].unit[0] == '\0' ? "" : " ",
		           keys[i].meaning);
		if (bindings[i].type == VALUE_NUMBER) {
			buf_printf(out, "%s = %llu\n", dot + 1,
			           (unsigned long long)*number_at(&copy, &bindings[i]));
		} else {
			buf_printf(out, "%s = %s\n", dot + 1, text_at(&copy, &bindings[i]));
		}
	}
}

/* True when every key named is set; else the first that is not is blamed. */
static bool are_set(const char *const names[], const char *const values[], const char *role,
                    struct detail *detail)
{
	for (size_t i = 0; names[i] != NULL; i++) {
		if (values[i][0] == '\0') {
			detail_set(detail, names[i], "role %s needs %s", role, names[i]);
			return false;
		}
	}
	return true;
}

enum status config_role(const struct config *config, enum config_role *role, struct detail *detail)
{
	static const char *const core[] = { "cluster.address", "etcd.endpoints", "etcd.sealing_key",
		                            NULL };
	static const char *const replica[] = { "upstream.addresses", "upstream.trusted_keys",
		                               NULL };
	const char *const core_values[] = { config->cluster_address, config->etcd_endpoints,
		                            config->etcd_sealing_key };
	const char *const replica_values[] = { config->upstream_addresses,
		                               config->upstream_trusted_keys };
	bool good = true;

	if (strcmp(config->role, "solo") == 0) {
		*role = ROLE_SOLO;
		good = config->upstream_addresses[0] == '\0';
		if (!good) {
			detail_set(detail, "upstream.addresses", "a solo node follows nobody");
		}
	} else if (strcmp(config->role, "core") == 0) {
		*role = ROLE_CORE;
		good = are_set(core, core_values, "core", detail) &&
		       (config->upstream_addresses[0] == '\0' ||
		        are_set(replica, replica_values, "core", detail));
	} else if (strcmp(config->role, "replica") == 0) {
		*role = ROLE_REPLICA;
		good = are_set(replica, replica_values, "replica", detail);
	} else {
		detail_set(detail, "node.role", "node.role is solo, core or replica");
		good = false;
	}
	return good ? STATUS_OK : STATUS_INVALID;
}

enum status config_log(const struct config *config, enum log_format *format, enum log_level *level,
                       struct detail *detail)
{
	static const char *const levels[] = {
		[LOG_ERROR] = "error",
		[LOG_WARNING] = "warning",
		[LOG_INFO] = "info",
		[LOG_DEBUG] = "debug",
	};
	bool json = strcmp(config->log_format, "json") == 0;

	if (!json && strcmp(config->log_format, "logfmt") != 0) {
		detail_set(detail, "log.format", "log.format is logfmt or json");
		return STATUS_INVALID;
	}
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (strcmp(levels[i], config->log_level) == 0) {
			*format = json ? LOG_JSON : LOG_LOGFMT;
			*level = (enum log_level)i;
			return STATUS_OK;
		}
	}
	detail_set(detail, "log.level", "log.level is error, warning, info or debug");
	return STATUS_INVALID;
}
