/* The gRPC C core library as a whole: started once before the first server or client of the
 * process, stopped after the last.
 *
 * The core starts threads of its own: the caller blocks the signals that it waits for before the
 * start. No fork after the start: the child would hang.
 * Thread: start and stop from one thread. Memory: global inside the core; this is the door's only
 * global state, because the core's log function takes no argument. */
#ifndef API_RPC_LIBRARY_H
#define API_RPC_LIBRARY_H

#include <stdbool.h>

/* One line of the core's log, without line feed; may quote addresses and certificate errors that a
 * stranger chose, so the receiver escapes it. Called from any thread. */
typedef void rpc_log(bool is_error, const char *line);

/* Pins the TLS cipher suites and sends the core's log to `log`; NULL drops it. */
void rpc_library_start(rpc_log *log);

/* Returns when the core's threads are gone. Servers, clients and TLS objects were freed before. */
void rpc_library_stop(void);

#endif
