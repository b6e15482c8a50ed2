#include "api/health.h"
#include "api/metrics.h"
#include "api/reflection.h"
#include "api/rpc_library.h"
#include "api/rpc_server.h"
#include "api/services.h"
#include "ledger/base/crypto.h"
#include "node/limits.h"
#include "node/metrics_http.h"
#include "tools/civild/civild.h"
#include "tools/civild/cluster.h"
#include "tools/civild/notify.h"
#include "tools/civild/upstreams.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { SERVED_MAX = SERVICES_COUNT + 1 + REFLECTION_VERSIONS };

/* Everything that runs, in order of start; stopped in the opposite order. */
struct process {
	const struct civild_arguments *arguments;
	struct services services;
	struct service civil[SERVICES_COUNT];
	const struct service *served[SERVED_MAX];
	size_t served_count;
	struct health *health;
	struct reflection *reflection;
	struct rpc_tls *tls;
	enum config_role role;
	struct cluster cluster;
	struct upstreams upstreams;
	struct rpc_server *server;
	struct metrics_http *metrics;
};

static void log_core(bool is_error, const char *line)
{
	char text[512];

	log_line(is_error ? LOG_WARNING : LOG_DEBUG, "grpc", "text=\"%s\"",
	         log_quote(text, sizeof(text), line));
}

static void committed(void *context, const struct ledger_head *head)
{
	struct process *process = context;

	(void)head;
	rpc_topic_publish(process->services.appended);
	delayed_reads_wake(process->services.delayed);
}

static void write_metrics(void *context, struct buf *out)
{
	struct process *process = context;

	metrics_write(out, process->services.node, process->server, CIVILD_VERSION);
}

static bool is_healthy(void *context)
{
	struct process *process = context;

	return health_get(process->health, HEALTH_READ);
}

/* Keys and content must not reach a core file or another process. */
static void protect_memory(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* Before any thread: they inherit the mask, and only this thread takes signals. */
static void block_signals(sigset_t *signals)
{
	(void)sigemptyset(signals);
	(void)sigaddset(signals, SIGTERM);
	(void)sigaddset(signals, SIGINT);
	(void)sigaddset(signals, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, signals, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static unsigned worker_count(uint64_t asked)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (asked > 0) {
		return (unsigned)asked;
	}
	return cores < 1 ? 1 : (unsigned)(cores > VERIFY_WORKERS_MAX ? VERIFY_WORKERS_MAX : cores);
}

/* The machine's clock; in test builds one that stands still where a test asks for it. */
static const struct clock *choose_clock(void)
{
#ifdef FAILPOINTS_ENABLED
	const char *path = getenv("CIVIL_TEST_CLOCK");

	if (path != NULL) {
		return clock_of_file(path);
	}
#endif
	return clock_system();
}

static enum status open_tls(struct process *process, struct detail *detail)
{
	const struct config *config = &process->arguments->config;
	const struct rpc_tls_files files = { .authority = config->tls_authority,
		                             .certificate = config->tls_certificate,
		                             .key = config->tls_key };

	if (process->arguments->demo) {
		return STATUS_OK;
	}
	if (config->tls_authority[0] == '\0' || config->tls_certificate[0] == '\0' ||
	    config->tls_key[0] == '\0') {
		detail_set(detail, "tls",
		           "mutual TLS needs tls.authority, tls.certificate and tls.key; for a "
		           "trial on this machine alone, use --demo");
		return STATUS_INVALID;
	}
	return rpc_tls_open(&process->tls, detail, &files);
}

static enum status open_node(struct process *process, struct detail *detail)
{
	const struct config *config = &process->arguments->config;
	struct node_options options = {
		.folder = config->data,
		.cache_bytes = (size_t)config->cache_mib << 20,
		.workers = worker_count(config->workers),
		.disk_reserve_bytes = config->disk_reserve_mib << 20,
		.clock = choose_clock(),
		.committed = committed,
		.context = process,
	};

	process->services.version = CIVILD_VERSION;
	process->services.role = config->role;
	process->services.demo = process->arguments->demo;
	if (config->content_readers[0] != '\0') {
		process->services.content_readers = config->content_readers;
	}
	process->services.appended = rpc_topic_new();
	process->services.delayed = delayed_reads_new();
	if (process->services.appended == NULL || process->services.delayed == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (process->role == ROLE_CORE) {
		enum status status =
		        cluster_open(&process->cluster, process->arguments, process->tls, detail);

		if (status != STATUS_OK) {
			return status;
		}
		options.sequencer = process->cluster.sequencer;
		process->cluster.sequencer = NULL; /* the node's */
		options.peers = process->cluster.peers;
		process->services.peers = config->cluster_peers;
	}
	if (config->upstream_addresses[0] != '\0') {
		enum status status =
		        upstreams_open(&process->upstreams, config, process->tls, detail);

		if (status != STATUS_OK) {
			return status;
		}
		options.following = &process->upstreams.following;
	}
	return node_open(&process->services.node, &options, detail);
}

static enum status make_services(struct process *process)
{
	services_table(process->civil, &process->services);
	for (size_t i = 0; i < SERVICES_COUNT; i++) {
		process->served[process->served_count] = &process->civil[i];
		process->served_count++;
	}
	enum status status = health_new(&process->health, process->served, process->served_count);
	if (status != STATUS_OK) {
		return status;
	}
	process->served[process->served_count] = health_service(process->health);
	process->served_count++;
	status = reflection_new(&process->reflection, process->served, process->served_count);
	for (size_t version = 0; status == STATUS_OK && version < REFLECTION_VERSIONS; version++) {
		process->served[process->served_count] =
		        reflection_service(process->reflection, version);
		process->served_count++;
	}
	return status;
}

static enum status start_server(struct process *process, struct detail *detail)
{
	const struct config *config = &process->arguments->config;
	const struct rpc_server_options options = {
		.address = config->listen,
		.tls = process->tls,
		.queues = (size_t)config->queues,
		.services = process->served,
		.services_count = process->served_count,
	};
	const struct metrics_source source = { .write = write_metrics,
		                               .healthy = is_healthy,
		                               .context = process };
	enum status status = rpc_server_start(&process->server, detail, &options);

	if (status == STATUS_OK && config->metrics_listen[0] != '\0') {
		status = metrics_http_start(&process->metrics, config->metrics_listen, &source,
		                            detail);
	}
	return status;
}

static enum status start(struct process *process, struct detail *detail)
{
	enum status status = config_role(&process->arguments->config, &process->role, detail);

	if (status == STATUS_OK) {
		status = crypto_init();
	}
	if (status == STATUS_OK) {
		status = open_tls(process, detail);
	}
	if (status == STATUS_OK) {
		status = open_node(process, detail);
	}
	if (status == STATUS_OK) {
		status = make_services(process);
	}
	return status == STATUS_OK ? start_server(process, detail) : status;
}

static void stop(struct process *process)
{
	if (process->health != NULL) {
		health_set_all(process->health, false);
	}
	metrics_http_stop(process->metrics);
	delayed_reads_stop(process->services.delayed);
	rpc_server_stop(process->server, STOP_GRACE_MS / 2);
	node_close(process->services.node);
	health_free(process->health);
	reflection_free(process->reflection);
	cluster_close(&process->cluster);
	upstreams_close(&process->upstreams);
	rpc_tls_close(process->tls);
	delayed_reads_free(process->services.delayed);
	rpc_topic_free(process->services.appended);
}

static void print_banner(void)
{
	(void)printf("\n"
	             "  *** DEMO: no TLS, no access control. Everybody on this machine may read\n"
	             "  *** every person and submit events. Never put real people in it.\n"
	             "\n");
}

/* The first screen: where everything is, and what to do next. */
static void print_welcome(struct process *process)
{
	const struct config *config = &process->arguments->config;
	const struct identity *identity = node_identity(process->services.node);
	struct node_status status = node_status(process->services.node);
	char ledger[2 * ID_BYTES + 1];
	char head[2 * HASH_BYTES + 1];
	unsigned port = rpc_server_port(process->server);

	bytes_to_hex(ledger, bytes_of_id(&identity->ledger));
	bytes_to_hex(head, bytes_of_hash(&status.head.head));
	if (process->arguments->demo) {
		print_banner();
	}
	(void)printf("civild %s  node %s  (%s)\n"
	             "  ledger    %s  %s\n"
	             "  records   %" PRIu64 "  head %.16s\n"
	             "  data      %s\n"
	             "  gRPC      %.*s:%u  (%s)\n",
	             CIVILD_VERSION, identity->node, config->role, ledger, identity->origin,
	             status.head.size, head, config->data,
	             (int)(strrchr(config->listen, ':') - config->listen), config->listen, port,
	             process->tls == NULL ? "plaintext" : "mutual TLS");
	if (process->metrics != NULL) {
		(void)printf("  metrics   http://127.0.0.1:%u/metrics\n",
		             (unsigned)metrics_http_port(process->metrics));
	}
	(void)printf("%s: civilctl --server 127.0.0.1:%u %s\n"
	             "Stop with Ctrl-C or SIGTERM.\n",
	             status.head.size == 0 ? "Next, found the ledger" : "Next", port,
	             status.head.size == 0 ? "init" : "status");
	(void)fflush(stdout);
}

/* SIGHUP: the log level of the file again. Certificates need no signal: their files are looked at
 * with every new connection. */
static void reload(const struct process *process)
{
	const char *path = process->arguments->config_path;
	struct config config = process->arguments->config;
	struct detail detail = { "", "" };
	enum log_format format;
	enum log_level level;
	char text[DETAIL_TEXT_MAX];
	enum status status = path == NULL ? STATUS_OK : config_read(&config, path, &detail);

	if (status == STATUS_OK) {
		status = config_log(&config, &format, &level, &detail);
	}
	if (status != STATUS_OK) {
		log_line(LOG_WARNING, "reload_refused", "detail=\"%s\"",
		         log_quote(text, sizeof(text), detail.text));
		return;
	}
	log_set_level(level);
	log_line(LOG_INFO, "reload", "level=%s tls_generation=%u", config.log_level,
	         process->tls == NULL ? 0 : rpc_tls_generation(process->tls));
}

static void serve(struct process *process, const sigset_t *signals)
{
	struct node_status status = node_status(process->services.node);
	int signal_number = 0;

	health_set_all(process->health, true);
	notify_systemd("READY=1\nSTATUS=serving");
	log_line(LOG_INFO, "serving", "port=%u size=%" PRIu64, rpc_server_port(process->server),
	         status.head.size);
	while (signal_number != SIGTERM && signal_number != SIGINT) {
		if (sigwait(signals, &signal_number) != 0) {
			break;
		}
		if (signal_number == SIGHUP) {
			reload(process);
		}
	}
	notify_systemd("STOPPING=1");
	log_line(LOG_INFO, "stopping", "signal=%d", signal_number);
}

int civild_start(const struct civild_arguments *arguments)
{
	struct process process = { .arguments = arguments };
	struct detail detail = { "", "" };
	enum log_format format;
	enum log_level level;
	sigset_t signals;

	enum status status = config_log(&arguments->config, &format, &level, &detail);
	if (status != STATUS_OK) {
		civild_complain("start", status, &detail);
		return EXIT_CODE_USAGE;
	}
	log_setup(format, level);
	protect_memory();
	block_signals(&signals);
	rpc_library_start(log_core);
	status = start(&process, &detail);
	if (status == STATUS_OK) {
		print_welcome(&process);
		serve(&process, &signals);
	} else {
		civild_complain("start", status, &detail);
	}
	stop(&process);
	rpc_library_stop();
	if (status == STATUS_OK) {
		log_line(LOG_INFO, "stopped", "status=%s", status_name(status));
	}
	return civild_exit_code(status);
}
