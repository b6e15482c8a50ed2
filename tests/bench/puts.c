/* The events put directly into etcd, without a ledger: what a cluster is held against.
 *
 *   puts MODE SERVER TLS EVENTS FROM COUNT
 *   MODE   put64    each event is one Put, 64 in flight
 *          put1     the same, one in flight
 *          put100   a Put holds 100 events, 4 in flight
 *   TLS    folder with ca.pem, client.pem, client.key; "-" for plaintext
 * Prints lines "name value": seconds, events, p50_us of a Put where one is in flight. Keys are new
 * with every run; etcd acknowledges a Put when a majority of its members holds it synced. */
#include "api/rpc_client.h"
#include "api/rpc_library.h"
#include "ledger/base/limits.h"
#include "tests/support/event_file.h"
#include "tests/support/wire.h"

#include "etcd/rpc.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	POLL_MS = 1000,
	CALL_MS = 60000,
	PATH_MAX_BYTES = 512,
	KEY_MAX = 64,
	VALUE_EVENTS_MAX = 100
};

struct mode {
	const char *name;
	size_t in_flight;
	size_t events; /* in a value */
};

struct puts {
	const struct mode *mode;
	struct rpc_client *client;
	struct event_file file;
	struct buf value;
	struct buf request;
	size_t sent;
	size_t busy;
	int64_t began_ns; /* of the call in flight, when there is one at a time */
	int64_t *times;
	size_t times_count;
};

static int64_t now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void die(const char *what, const char *text)
{
	(void)fprintf(stderr, "puts: %s: %s\n", what, text);
	exit(EXIT_FAILURE);
}

static void put_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct puts *puts = state;

	(void)response;
	if (outcome->status != STATUS_OK) {
		die("Put", outcome->detail.text);
	}
	puts->busy--;
	if (puts->times_count < puts->file.count) {
		puts->times[puts->times_count] = now_ns() - puts->began_ns;
		puts->times_count++;
	}
}

/* One Put of the next events; the run's beginning makes its key a new one. */
static void put_next(struct puts *puts, int64_t run)
{
	static const struct rpc_unary unary = { .path = "/etcdserverpb.KV/Put",
		                                .deadline_ms = CALL_MS };
	char key[KEY_MAX];
	int size = snprintf(key, sizeof(key), "/bench/%lld/%zu", (long long)run, puts->sent);

	buf_reset(&puts->value);
	for (size_t i = 0; i < puts->mode->events && puts->sent < puts->file.count; i++) {
		buf_append(&puts->value, puts->file.events[puts->sent]);
		puts->sent++;
	}
	buf_reset(&puts->request);
	wire_field_of_bytes(&puts->request, 1, bytes_of(key, (size_t)size));
	wire_field_of_bytes(&puts->request, 2, buf_bytes(&puts->value));
	puts->busy++;
	puts->began_ns = now_ns();
	rpc_client_start(puts->client, &unary, buf_bytes(&puts->request), put_done, puts);
}

static void run_puts(struct puts *puts, int64_t run)
{
	while (puts->sent < puts->file.count || puts->busy > 0) {
		while (puts->busy < puts->mode->in_flight && puts->sent < puts->file.count) {
			put_next(puts, run);
		}
		(void)rpc_client_poll(puts->client, POLL_MS);
	}
}

/* The connection and its handshake come before the clock. */
static void connect_client(struct puts *puts, const char *server, const char *tls_folder)
{
	static char paths[3][PATH_MAX_BYTES];
	static const char *const names[] = { "ca.pem", "client.pem", "client.key" };
	struct rpc_client_options options = { .target = server, .waits_for_server = true };
	const struct rpc_unary unary = { "/etcdserverpb.KV/Put",
		                         &etcdserverpb__put_response__descriptor, CALL_MS };
	Etcdserverpb__PutRequest request;
	const ProtobufCMessage *response;
	struct rpc_outcome outcome;
	struct arena arena;
	struct detail detail = { "", "" };

	if (strcmp(tls_folder, "-") != 0) {
		for (size_t i = 0; i < 3; i++) {
			(void)snprintf(paths[i], sizeof(paths[i]), "%s/%s", tls_folder, names[i]);
		}
		const struct rpc_tls_files files = { paths[0], paths[1], paths[2] };
		if (rpc_tls_open(&options.tls, &detail, &files) != STATUS_OK) {
			die(detail.path, detail.text);
		}
	}
	if (rpc_client_new(&puts->client, &detail, &options) != STATUS_OK) {
		die(detail.path, detail.text);
	}
	arena_init(&arena, CLIENT_RECEIVE_BYTES_MAX);
	etcdserverpb__put_request__init(&request);
	request.key = (ProtobufCBinaryData){ .len = 1, .data = (uint8_t[]){ '/' } };
	if (rpc_client_unary(puts->client, &response, &outcome, &arena, &request.base, &unary) !=
	    STATUS_OK) {
		die(server, outcome.detail.text);
	}
	arena_fini(&arena);
}

static const struct mode *mode_of(const char *name)
{
	static const struct mode modes[] = { { "put64", 64, 1 },
		                             { "put1", 1, 1 },
		                             { "put100", 4, VALUE_EVENTS_MAX } };

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(modes[i].name, name) == 0) {
			return &modes[i];
		}
	}
	die("no such mode", name);
	return NULL;
}

static int compare_times(const void *a, const void *b)
{
	const int64_t *left = a;
	const int64_t *right = b;

	return (*left > *right) - (*left < *right);
}

int main(int argc, char **argv)
{
	struct puts puts = { .sent = 0 };

	if (argc != 7) {
		(void)fprintf(stderr, "usage: puts MODE SERVER TLS EVENTS FROM COUNT\n");
		return EXIT_FAILURE;
	}
	puts.mode = mode_of(argv[1]);
	if (!event_file_open(&puts.file, argv[4], strtoull(argv[5], NULL, 10),
	                     strtoull(argv[6], NULL, 10)) ||
	    puts.file.count == 0) {
		die(argv[4], "cannot be read");
	}
	puts.times = calloc(puts.file.count, sizeof(*puts.times));
	if (puts.times == NULL) {
		die("memory", "exhausted");
	}
	buf_init(&puts.value, (size_t)VALUE_EVENTS_MAX * SIGNED_EVENT_BYTES_MAX);
	buf_init(&puts.request, (size_t)(VALUE_EVENTS_MAX + 1) * SIGNED_EVENT_BYTES_MAX);
	rpc_library_start(NULL);
	connect_client(&puts, argv[2], argv[3]);

	int64_t begin = now_ns();
	run_puts(&puts, begin);
	(void)printf("seconds %.6f\nevents %zu\n", (double)(now_ns() - begin) / 1e9, puts.sent);
	if (puts.mode->in_flight == 1) {
		qsort(puts.times, puts.times_count, sizeof(puts.times[0]), compare_times);
		size_t middle = puts.times_count / 2;

		(void)printf("p50_us %.1f\n", (double)puts.times[middle] / 1e3);
	}
	rpc_client_free(puts.client);
	free(puts.times);
	return EXIT_SUCCESS;
}
