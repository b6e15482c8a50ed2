/* The configuration of civild: one INI file, then environment, then flags; the later wins.
 *
 *   [node] data = /var/lib/civil-ledger        key "node.data", CIVIL_NODE_DATA, --node-data
 * Every key stands in one table with its default, unit and meaning; the table gives parsing, help,
 * the man page and --check-config. Unknown keys are errors with their line. Secrets are named by
 * file, never by value.
 * Thread: before any is started. Memory: plain values. */
#ifndef NODE_CONFIG_H
#define NODE_CONFIG_H

#include "ledger/base/buf.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"
#include "node/log.h"

enum { CONFIG_TEXT_MAX = 512 };

struct config {
	char data[CONFIG_TEXT_MAX];
	uint64_t workers; /* verify threads; 0: one for each core */
	uint64_t cache_mib;
	uint64_t disk_reserve_mib;
	char listen[CONFIG_TEXT_MAX];
	uint64_t queues;
	char tls_authority[CONFIG_TEXT_MAX];
	char tls_certificate[CONFIG_TEXT_MAX];
	char tls_key[CONFIG_TEXT_MAX];
	char metrics_listen[CONFIG_TEXT_MAX];
	char role[CONFIG_TEXT_MAX];
	char cluster_address[CONFIG_TEXT_MAX];
	char cluster_peers[CONFIG_TEXT_MAX];
	uint64_t kept_batches;
	char etcd_endpoints[CONFIG_TEXT_MAX];
	char etcd_authority[CONFIG_TEXT_MAX];
	char etcd_certificate[CONFIG_TEXT_MAX];
	char etcd_key[CONFIG_TEXT_MAX];
	char etcd_sealing_key[CONFIG_TEXT_MAX];
	char upstream_addresses[CONFIG_TEXT_MAX];
	char upstream_trusted_keys[CONFIG_TEXT_MAX];
	char content_readers[CONFIG_TEXT_MAX];
	char log_format[CONFIG_TEXT_MAX];
	char log_level[CONFIG_TEXT_MAX];
};

/* One key, for help and manual pages. */
struct config_key {
	const char *name;          /* "node.data" */
	const char *default_value; /* as it would stand in the file */
	const char *unit;          /* "", "MiB", "threads" */
	const char *meaning;
};

/* The table; ends with a NULL name. */
const struct config_key *config_keys(void);

/* Fills in the defaults. */
void config_init(struct config *config);

/* Sets one key from text. STATUS_NOT_FOUND: no such key, the nearest is named; STATUS_INVALID. */
enum status config_set(struct config *config, const char *name, const char *value,
                       struct detail *detail) NODISCARD;

/* Reads a file. STATUS_NOT_FOUND, STATUS_INVALID with the line in `detail`. */
enum status config_read(struct config *config, const char *path, struct detail *detail) NODISCARD;

/* Takes CIVIL_* variables of the environment. */
enum status config_environment(struct config *config, struct detail *detail) NODISCARD;

/* Writes the effective configuration as a file that config_read takes, with the meanings. */
void config_print(const struct config *config, struct buf *out);

enum config_role { ROLE_SOLO, ROLE_CORE, ROLE_REPLICA };

/* The role, and that the keys that it needs are there. STATUS_INVALID names the one that is not. */
enum status config_role(const struct config *config, enum config_role *role,
                        struct detail *detail) NODISCARD;

/* Values that are words. STATUS_INVALID. */
enum status config_log(const struct config *config, enum log_format *format, enum log_level *level,
                       struct detail *detail) NODISCARD;

#endif
