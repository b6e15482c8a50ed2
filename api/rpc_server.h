/* The gRPC server of a node: listens, receives, bounds, decodes, dispatches, stops.
 *
 * Threads: `queues` threads run all callbacks; a call stays on one of them. Callbacks must not
 * block (api/service.h). More than one queue brought nothing on two cores and costs 10-25 % more
 * per call, so the default is one.
 * Limits: a call over `calls_max` or a stream over `streams_max` is answered RESOURCE_EXHAUSTED at
 * once. The core itself queues unmatched calls without bound, so everything is accepted and
 * refused here.
 *
 * Life: rpc_library_start, rpc_server_start, rpc_server_stop, rpc_library_stop. */
#ifndef API_RPC_SERVER_H
#define API_RPC_SERVER_H

#include "api/rpc_tls.h"
#include "api/service.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

#include <stdint.h>

enum {
	RPC_QUEUES_MAX = 16,
	RPC_CALLS_MAX = 4096,  /* default of calls_max */
	RPC_STREAMS_MAX = 512, /* default of streams_max */
};

struct rpc_server;

struct rpc_server_options {
	const char *address; /* "127.0.0.1:0", "[::1]:7001"; port 0 chooses one */
	struct rpc_tls *tls; /* NULL: plaintext, which only 127.0.0.0/8 and ::1 may have */
	size_t queues;       /* 0: 1 */
	size_t calls_max;    /* unary calls under way; 0: RPC_CALLS_MAX */
	size_t streams_max;  /* 0: RPC_STREAMS_MAX */
	const struct service *const *services; /* tables are kept, the array is not */
	size_t services_count;
};

/* Counters since the start; names as metrics show them. */
enum rpc_counter {
	RPC_COUNTER_CALLS,     /* matched with a method */
	RPC_COUNTER_UNKNOWN,   /* no such method */
	RPC_COUNTER_BUSY,      /* refused over calls_max or streams_max */
	RPC_COUNTER_MALFORMED, /* missing, too long or not parsing */
	RPC_COUNTER_FAILED,    /* answered with any error */
	RPC_COUNTER_MESSAGES_IN,
	RPC_COUNTER_MESSAGES_OUT,
	RPC_COUNTERS,
};

struct rpc_server_stats {
	uint64_t counters[RPC_COUNTERS];
	size_t calls;   /* unary calls under way */
	size_t streams; /* streams open */
};

/* Listens and serves. STATUS_OK, or nothing was started and
 *   STATUS_INVALID   the address does not parse, or plaintext was asked for another address than
 *                    the loopback
 *   STATUS_IO        the port is taken or not allowed, or the certificates are unusable
 *   STATUS_NO_MEMORY */
enum status rpc_server_start(struct rpc_server **out, struct detail *detail,
                             const struct rpc_server_options *options) NODISCARD;

/* The port that is listened on. */
uint16_t rpc_server_port(const struct rpc_server *server);

/* Any thread. */
void rpc_server_stats(struct rpc_server_stats *out, const struct rpc_server *server);

/* Refuses new calls, ends streams (see rpc_call.h), waits up to `grace_ms` for calls under way,
 * cancels the rest and waits until each is answered and released; so the workers that answer still
 * run. Then frees the server. Health is set to NOT_SERVING before. Accepts NULL. */
void rpc_server_stop(struct rpc_server *server, uint32_t grace_ms);

#endif
