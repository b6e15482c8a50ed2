/* One call, as a service sees it: the request, who asks, and the ways to answer.
 *
 *     static void get_person(struct rpc_call *call, void *context)
 *     {
 *             const Civil__V1__GetPersonRequest *request = rpc_call_request(call);
 *             Civil__V1__GetPersonResponse response;
 *             struct detail detail;
 *
 *             civil__v1__get_person_response__init(&response);
 *             enum status status = query_person(&response, rpc_call_arena(call), context, request,
 *                                               &detail);
 *             if (status != STATUS_OK) {
 *                     rpc_call_refuse(call, status, &detail);
 *                     return;
 *             }
 *             rpc_call_reply(call, &response.base);
 *     }
 *
 * Ownership
 * 1. A unary call belongs to the service from `start` until it calls rpc_call_reply, _fail or
 *    _refuse, exactly once and from any thread. After that the pointer is dead.
 * 2. A stream belongs to the server. Inside a callback the pointer is good. Whoever keeps it longer
 *    takes a share with rpc_call_hold inside a callback, and gives it back with rpc_call_release.
 * 3. Everything in rpc_call_arena, the request included, lives until the answer of a unary call,
 *    and until the callback of a stream returns: what must live longer is copied.
 *
 * Threads: functions marked *any thread* may be called from any; all others only inside a callback.
 * A worker that has news for a stream writes them where `writable` finds them and calls
 * rpc_call_wake.
 *
 * Ends: a stream whose client went, or a server that stops, ends streams without the service: no
 * further callback, sends are dropped, rpc_call_expired says so. When the server stops, a stream of
 * kind BIDI is read no further, and ends with UNAVAILABLE once all its messages are consumed. */
#ifndef API_RPC_CALL_H
#define API_RPC_CALL_H

#include "api/service.h"
#include "api/status_map.h"
#include "ledger/base/arena.h"
#include "ledger/base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CALL_ARENA_BYTES_MAX = 64 * 1024 * 1024, /* one answer and what computing it takes */
	CALL_DEADLINE_MS_MAX = 30000,            /* of a unary call, also when it names none */
	PEER_SUBJECT_MAX = 256,
	PEER_NAMES_MAX = 4,
	PEER_NAME_MAX = 128,
};

/* Who is at the other end; from the certificate that TLS verified. */
struct rpc_peer {
	bool authenticated;             /* false: plaintext from the loopback, all else empty */
	struct hash fingerprint;        /* SHA-256 of the certificate's DER */
	char subject[PEER_SUBJECT_MAX]; /* "CN=..., O=...", cut when longer; "" when absent */
	size_t names_count;
	char names[PEER_NAMES_MAX][PEER_NAME_MAX]; /* subject alternative names; longer: left out */
};

/* The decoded request: a pointer to the struct generated for method.request. Strings in it are
 * valid UTF-8. In `start` of a BIDI call and outside of `message`: NULL. */
const void *rpc_call_request(const struct rpc_call *call);

/* The bytes that rpc_call_request was decoded from; same life. */
struct bytes rpc_call_request_bytes(const struct rpc_call *call);

/* Memory of the call, see rule 3. Its cap is CALL_ARENA_BYTES_MAX. */
struct arena *rpc_call_arena(struct rpc_call *call);

/* Lives until the call does. */
const struct rpc_peer *rpc_call_peer(const struct rpc_call *call);

const struct method *rpc_call_method(const struct rpc_call *call);

/* Value of a request header (lower-case name, for example "traceparent"); size 0 when absent. */
struct bytes rpc_call_metadata(const struct rpc_call *call, const char *name);

/* Milliseconds until the deadline, 0 when it has passed; never more than CALL_DEADLINE_MS_MAX for a
 * unary call, UINT64_MAX for a stream without one. Any thread. */
uint64_t rpc_call_remaining_ms(const struct rpc_call *call);

/* True when nobody waits for the answer any more (deadline passed, or a stream ended): work for it
 * may be dropped. The owner of a unary call still answers it. Any thread. */
bool rpc_call_expired(const struct rpc_call *call);

/* Answers a unary call. `response` must be of method.response and is packed before the return. Any
 * thread. */
void rpc_call_reply(struct rpc_call *call, const ProtobufCMessage *response);

/* The same with a message that is packed already. */
void rpc_call_reply_bytes(struct rpc_call *call, struct bytes response);

/* Ends a call with an error. Unary: any thread. Stream: after what was sent before; later sends are
 * dropped. `failure` is packed before the return. Its status must not be STATUS_OK. */
void rpc_call_fail(struct rpc_call *call, const struct failure *failure);

/* rpc_call_fail for the common case; `detail` may be NULL. */
void rpc_call_refuse(struct rpc_call *call, enum status status, const struct detail *detail);

/* Streams. */

/* The state of the service for this call; NULL until set. Set once, in `start`. */
void rpc_call_set_state(struct rpc_call *call, void *state);
void *rpc_call_state(const struct rpc_call *call);

/* Number of messages that may be sent now. At least 1 whenever a callback is called: a stream whose
 * client takes no answers is not read, either. Bounded in messages and in bytes. */
size_t rpc_call_room(const struct rpc_call *call);

/* Sends one message; needs room, or the call is over. Returns the room that is left: a producer
 * sends while it has something and this is not 0, and is called again by `writable` when the client
 * has taken some. One that stops earlier is not called again until rpc_call_wake. */
size_t rpc_call_send(struct rpc_call *call, const ProtobufCMessage *message);
size_t rpc_call_send_bytes(struct rpc_call *call, struct bytes message);

/* Ends a stream with OK once everything sent has left. */
void rpc_call_finish(struct rpc_call *call);

/* BIDI: the service is done with `count` of the messages received, in whatever sense; as many more
 * will be read. Without it the client is held back after method.window messages. The caller is
 * inside a callback or holds the call. Any thread. */
void rpc_call_consumed(struct rpc_call *call, size_t count);

/* Has `writable` called soon; several wakes may share one call of it. The caller is inside a
 * callback or holds the call. Any thread. */
void rpc_call_wake(struct rpc_call *call);

/* Any thread, see rule 2. The first hold is taken inside a callback. */
void rpc_call_hold(struct rpc_call *call);
void rpc_call_release(struct rpc_call *call);

/* A set of streams that wait for the same news. */
struct rpc_topic;

struct rpc_topic *rpc_topic_new(void);        /* NULL when memory is exhausted */
void rpc_topic_free(struct rpc_topic *topic); /* after rpc_server_stop; accepts NULL */

/* The stream is woken by every later publish, until it ends. One topic for a call. A publish that
 * happens between a look at the news and this call may be missed: subscribe, then look. */
void rpc_call_subscribe(struct rpc_call *call, struct rpc_topic *topic);

/* Wakes all subscribed streams. Any thread. */
void rpc_topic_publish(struct rpc_topic *topic);

#endif
