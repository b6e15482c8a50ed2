/* One client of a node, for the bench: sends events or asks questions as fast as it is let.
 *
 *   load MODE SERVER TLS EVENTS FROM COUNT
 *   MODE   stream | batch100 | unary64 | unary1   submit events FROM .. FROM+COUNT-1 of the file
 *          empty64 | empty1                       COUNT calls of NodeService.GetLimits
 *          person64 | person1                     COUNT GetPerson of people named in those events
 *          statistics1                            COUNT CountActs: births of a year, by province,
 *                                                 month and sex
 *          watch                                  the first COUNT records, as a stream
 *   TLS    folder with ca.pem, client.pem, client.key; "-" for plaintext
 * Prints lines "name value": seconds, events, signatures, refused (not accepted), p50_us, p99_us.
 * The requests of events are put together while sending: a tag and a length before the file's
 * bytes. */
#include "api/rpc_client.h"
#include "api/rpc_library.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "tests/support/event_file.h"
#include "tests/support/wire.h"

#include "civil/v1/event.pb-c.h"
#include "civil/v1/log_service.pb-c.h"
#include "civil/v1/node_service.pb-c.h"
#include "civil/v1/query_service.pb-c.h"
#include "civil/v1/registration_service.pb-c.h"
#include "civil/v1/statistics_service.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	POLL_MS = 1000,
	CALL_MS = 60000,
	REQUEST_BYTES_MAX = 8 << 20,
	BATCH = 100,
	BATCHES_IN_FLIGHT = 4,
	IN_FLIGHT = 64,
	PATH_MAX_BYTES = 512,
};

struct load {
	struct rpc_client *client;
	struct rpc_client_stream *stream;
	struct event_file file;
	struct arena arena;
	struct buf request;
	size_t count;
	size_t sent; /* events, calls or records */
	size_t done; /* answered */
	size_t busy; /* calls in flight */
	size_t refused;
	bool ended;
	int64_t begin_ns; /* of the call in flight, when there is one at a time */
	int64_t *times;
	size_t times_count;
};

/* A way to load: how many calls in flight, and how call number `n` looks. */
struct mode {
	const char *name;
	const char *path;
	size_t in_flight;
	size_t events; /* in a call */
	void (*compose)(struct load *load);
	void (*answered)(struct load *load, struct bytes response);
};

static const struct mode *mode_now; /* rpc_done has one state, and it is the load */

static int64_t now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void die(const char *what, const char *text)
{
	(void)fprintf(stderr, "load: %s: %s\n", what, text);
	exit(EXIT_FAILURE);
}

static void compose_events(struct load *load)
{
	for (size_t i = 0; i < mode_now->events && load->sent < load->count; i++) {
		wire_field_of_bytes(&load->request, 1, load->file.events[load->sent]);
		load->sent++;
	}
}

static void compose_empty(struct load *load)
{
	load->sent++;
}

static void compose_statistics(struct load *load)
{
	static const uint8_t year[] = { 0x08, 0xe4, 0x0f }; /* YearMonth: 2020 */
	struct buf *request = &load->request;

	wire_field_of_number(request, 2, CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_BIRTHS);
	wire_field_of_number(request, 3, CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_OCCURRENCE);
	wire_field_of_bytes(request, 4, bytes_of(year, sizeof(year)));
	wire_field_of_bytes(request, 5, bytes_of(year, sizeof(year)));
	wire_field_of_number(request, 7, CIVIL__V1__PLACE_LEVEL__PLACE_LEVEL_PROVINCE);
	wire_field_of_number(request, 8, true); /* by month */
	wire_field_of_number(request, 9, true); /* by sex */
	load->sent++;
}

/* The persons of the population in a scattered order: those whom event n * 7919 names. */
static void compose_person(struct load *load)
{
	size_t at = load->sent * 7919 % load->file.count;

	load->sent++;
	for (size_t tries = 0; tries < load->file.count; tries++) {
		struct bytes bytes = load->file.events[(at + tries) % load->file.count];
		const Civil__V1__EventHeader *header = NULL;

		arena_reset(&load->arena);
		const Civil__V1__SignedEvent *event = civil__v1__signed_event__unpack(
		        &load->arena.allocator, bytes.size, bytes.data);
		if (event != NULL) {
			header = civil__v1__event_header__unpack(
			        &load->arena.allocator, event->header.len, event->header.data);
		}
		for (size_t i = 0; header != NULL && i < header->n_subjects; i++) {
			ProtobufCBinaryData id = header->subjects[i]->person_id;

			if (id.len == ID_BYTES) {
				wire_field_of_bytes(&load->request, 2, bytes_of(id.data, id.len));
				return;
			}
		}
	}
	die("person", "the events name nobody");
}

static void count_batch(struct load *load, struct bytes response)
{
	arena_reset(&load->arena);
	const Civil__V1__SubmitBatchResponse *batch = civil__v1__submit_batch_response__unpack(
	        &load->arena.allocator, response.size, response.data);

	if (batch == NULL) {
		die("batch", "the answer does not parse");
	}
	for (size_t i = 0; i < batch->n_outcomes; i++) {
		load->refused += batch->outcomes[i]->outcome_case ==
		                                 CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_REFUSAL
		                         ? 1
		                         : 0;
	}
	load->done += batch->n_outcomes;
}

static void count_one(struct load *load, struct bytes response)
{
	(void)response;
	load->done++;
}

static void call_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct load *load = state;

	load->busy--;
	if (load->times != NULL) {
		load->times[load->times_count] = now_ns() - load->begin_ns;
		load->times_count++;
	}
	if (outcome->status == STATUS_OK) {
		mode_now->answered(load, response);
	} else if (outcome->status == STATUS_REFUSED || outcome->status == STATUS_NOT_FOUND) {
		load->refused++;
		load->done++;
	} else {
		die(mode_now->path, outcome->detail.text);
	}
}

static void run_calls(struct load *load)
{
	const struct rpc_unary unary = { .path = mode_now->path, .deadline_ms = CALL_MS };

	while (load->done < load->count) {
		while (load->busy < mode_now->in_flight && load->sent < load->count) {
			buf_reset(&load->request);
			mode_now->compose(load);
			load->busy++;
			load->begin_ns = now_ns();
			rpc_client_start(load->client, &unary, buf_bytes(&load->request), call_done,
			                 load);
		}
		(void)rpc_client_poll(load->client, POLL_MS);
	}
}

static void stream_answer(void *state, struct bytes message)
{
	struct load *load = state;

	arena_reset(&load->arena);
	const Civil__V1__SubmitStreamResponse *response = civil__v1__submit_stream_response__unpack(
	        &load->arena.allocator, message.size, message.data);
	if (response == NULL) {
		die("stream", "an answer does not parse");
	}
	load->done = (size_t)response->decided_through;
	load->refused += response->n_refusals;
}

/* Counts records of a WatchResponse without unpacking them: they are its fields number 1. */
static void watch_answer(void *state, struct bytes message)
{
	static struct wire_field fields[2 * 1024];
	struct load *load = state;
	size_t count = wire_split(fields, sizeof(fields) / sizeof(fields[0]), message);

	for (size_t i = 0; i < count; i++) {
		load->done += fields[i].number == 1 ? 1 : 0;
	}
}

static void stream_end(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct load *load = state;

	(void)response;
	load->ended = true;
	if (outcome->status != STATUS_OK) {
		die("stream", outcome->detail.text);
	}
}

static void open_stream(struct load *load, const char *path,
                        void (*message)(void *state, struct bytes message))
{
	static struct rpc_stream_callbacks callbacks = { .done = stream_end };

	callbacks.message = message;
	load->stream = rpc_client_stream_open(load->client, path, 0, &callbacks, load);
	if (load->stream == NULL) {
		die(path, "no memory");
	}
}

static void finish_stream(struct load *load)
{
	rpc_client_stream_half_close(load->stream);
	while (!load->ended) {
		(void)rpc_client_poll(load->client, POLL_MS);
	}
}

static void run_stream(struct load *load)
{
	open_stream(load, "/civil.v1.RegistrationService/SubmitStream", stream_answer);
	while (load->sent < load->count) {
		while (load->sent < load->count && rpc_client_stream_room(load->stream) > 0) {
			buf_reset(&load->request);
			wire_field_of_number(&load->request, 1, load->sent + 1);
			wire_field_of_bytes(&load->request, 2, load->file.events[load->sent]);
			rpc_client_stream_send(load->stream, buf_bytes(&load->request));
			load->sent++;
		}
		(void)rpc_client_poll(load->client, POLL_MS);
	}
	finish_stream(load);
}

static void run_watch(struct load *load)
{
	open_stream(load, "/civil.v1.LogService/Watch", watch_answer);
	buf_reset(&load->request);
	wire_field_of_number(&load->request, 3, load->count);
	rpc_client_stream_send(load->stream, buf_bytes(&load->request));
	finish_stream(load);
}

#define SUBMIT     "/civil.v1.RegistrationService/Submit"
#define GET_LIMITS "/civil.v1.NodeService/GetLimits"
#define GET_PERSON "/civil.v1.QueryService/GetPerson"

static const struct mode modes[] = {
	{ "batch100", "/civil.v1.RegistrationService/SubmitBatch", BATCHES_IN_FLIGHT, BATCH,
	  compose_events, count_batch },
	{ "unary64", SUBMIT, IN_FLIGHT, 1, compose_events, count_one },
	{ "unary1", SUBMIT, 1, 1, compose_events, count_one },
	{ "empty64", GET_LIMITS, IN_FLIGHT, 0, compose_empty, count_one },
	{ "empty1", GET_LIMITS, 1, 0, compose_empty, count_one },
	{ "person64", GET_PERSON, IN_FLIGHT, 0, compose_person, count_one },
	{ "person1", GET_PERSON, 1, 0, compose_person, count_one },
	{ "statistics1", "/civil.v1.StatisticsService/CountActs", 1, 0, compose_statistics,
	  count_one },
};

static void run(struct load *load, const char *name)
{
	if (strcmp(name, "stream") == 0) {
		run_stream(load);
		return;
	}
	if (strcmp(name, "watch") == 0) {
		run_watch(load);
		return;
	}
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(modes[i].name, name) == 0) {
			mode_now = &modes[i];
		}
	}
	if (mode_now == NULL) {
		die("no such mode", name);
	}
	if (mode_now->in_flight == 1) {
		load->times = calloc(load->count, sizeof(*load->times));
	}
	run_calls(load);
}

/* The connection and its handshake come before the clock. */
static void connect_client(struct load *load, const char *server, const char *tls_folder)
{
	static char paths[3][PATH_MAX_BYTES];
	static const char *const names[] = { "ca.pem", "client.pem", "client.key" };
	struct rpc_client_options options = { .target = server, .waits_for_server = true };
	const struct rpc_unary unary = { GET_LIMITS, &civil__v1__get_limits_response__descriptor,
		                         CALL_MS };
	Civil__V1__GetLimitsRequest request;
	const ProtobufCMessage *response;
	struct rpc_outcome outcome;
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
	if (rpc_client_new(&load->client, &detail, &options) != STATUS_OK) {
		die(detail.path, detail.text);
	}
	civil__v1__get_limits_request__init(&request);
	if (rpc_client_unary(load->client, &response, &outcome, &load->arena, &request.base,
	                     &unary) != STATUS_OK) {
		die(server, outcome.detail.text);
	}
}

static int compare_times(const void *a, const void *b)
{
	const int64_t *left = a;
	const int64_t *right = b;

	return (*left > *right) - (*left < *right);
}

int main(int argc, char **argv)
{
	struct load load = { .count = 0 };

	if (argc != 7 || crypto_init() != STATUS_OK) {
		(void)fprintf(stderr, "usage: load MODE SERVER TLS EVENTS FROM COUNT\n");
		return EXIT_FAILURE;
	}
	size_t from = strtoull(argv[5], NULL, 10);
	load.count = strtoull(argv[6], NULL, 10);
	if (!event_file_open(&load.file, argv[4], from, load.count)) {
		die(argv[4], "cannot be read");
	}
	size_t signatures = event_file_signatures(&load.file);
	arena_init(&load.arena, CLIENT_RECEIVE_BYTES_MAX);
	buf_init(&load.request, REQUEST_BYTES_MAX);
	rpc_library_start(NULL);
	connect_client(&load, argv[2], argv[3]);

	int64_t begin = now_ns();
	run(&load, argv[1]);
	(void)printf("seconds %.6f\n", (double)(now_ns() - begin) / 1e9);
	(void)printf("events %zu\nsignatures %zu\nrefused %zu\n", load.done, signatures,
	             load.refused);
	if (load.times != NULL) {
		qsort(load.times, load.times_count, sizeof(load.times[0]), compare_times);
		const size_t middle = load.times_count / 2;
		const size_t near_end = load.times_count * 99 / 100;

		(void)printf("p50_us %.1f\np99_us %.1f\n", (double)load.times[middle] / 1e3,
		             (double)load.times[near_end] / 1e3);
	}
	rpc_client_free(load.client);
	return EXIT_SUCCESS;
}
