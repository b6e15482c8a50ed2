/* A server with the echo and health services on the loopback, and a client of it. For checked
 * fixtures only: the gRPC library must not be started before Check forks. */
#ifndef TESTS_SUPPORT_RPC_FIXTURE_H
#define TESTS_SUPPORT_RPC_FIXTURE_H

#include "api/health.h"
#include "api/rpc_client.h"
#include "api/rpc_server.h"
#include "tests/support/echo.h"

enum { FIXTURE_DEADLINE_MS = 60000 };

struct rpc_fixture {
	struct echo *echo;
	struct health *health;
	struct rpc_server *server;
	struct rpc_client *client;
	struct arena arena;
	char target[64];
};

/* Starts all. `tls` may be NULL; options of 0 are defaults. */
void rpc_fixture_start(struct rpc_fixture *fixture, struct rpc_tls *tls, size_t calls_max,
                       size_t streams_max);
void rpc_fixture_stop(struct rpc_fixture *fixture);

/* One unary call of the echo service. The outcome's status. `answer` is NULL unless it is OK; both
 * live until the next call. */
enum status rpc_fixture_call(struct rpc_fixture *fixture, const char *method, const char *text,
                             const char **answer, struct rpc_outcome *outcome);

/* Waits until the server has forgotten every unary call: an answered call still counts until its
 * last event is through. */
void rpc_fixture_settle(struct rpc_fixture *fixture, struct rpc_server_stats *stats);

/* A text packed as a message, in the fixture's arena. */
struct bytes rpc_fixture_pack(struct rpc_fixture *fixture, const char *text);

/* What a stream of the client has seen. */
struct rpc_seen {
	size_t messages;
	char last[ECHO_TEXT_MAX];
	bool is_done;
	enum status_code code;
	enum status status;
};

struct rpc_client_stream *rpc_fixture_open(struct rpc_fixture *fixture, const char *method,
                                           struct rpc_seen *seen);

/* Polls until `seen` has `messages` messages, or its stream is done. */
void rpc_fixture_poll(struct rpc_fixture *fixture, struct rpc_seen *seen, size_t messages);

/* Polls until the stream is done. */
void rpc_fixture_finish(struct rpc_fixture *fixture, struct rpc_seen *seen);

#endif
