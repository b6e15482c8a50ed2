/* What the server's files share: calls, queues and their events. Not for services.
 *
 * One queue = one completion queue and one thread. Every call is bound to one queue, and all its
 * events and callbacks run on that thread. Each batch started on a call carries a tag inside the
 * call and holds one reference; the call is freed when its last reference goes:
 *
 *     unary    the batch that answers
 *     stream   the batch that waits for the end (RECV_CLOSE), one each for a read, a write and a
 *              wake under way, and one for each rpc_call_hold
 *
 * Invariants: at most one batch of each kind is under way on a call. A call counts in
 * server.calls_live from the moment a client's call is matched until it is freed.
 * Thread: fields of a call belong to its queue thread, except those that are atomic, and all of an
 * unanswered unary call, which belong to whoever must answer. */
#ifndef API_RPC_INTERNAL_H
#define API_RPC_INTERNAL_H

#include "api/rpc_call.h"
#include "api/rpc_server.h"

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
	SENDS_MAX = 64,                /* messages of a stream that wait to be written */
	SENDS_BYTES_MAX = 262144,      /* no room when so many bytes wait, however few messages */
	FLUSH_EVERY = 64,              /* of so many messages in a row, one is written through */
	SPARE_CALLS_MAX = 256,         /* call objects kept for reuse, for each queue */
	SPARE_ARENA_BYTES_MAX = 65536, /* a call that used more gives its memory back */
	PEER_CACHE_SLOTS = 256,
};

enum rpc_event {
	EVENT_REQUEST, /* a client's call was matched with a posted request */
	EVENT_CLOSE,   /* stream: over, for whatever reason */
	EVENT_READ,    /* stream: a message, or the client's end */
	EVENT_WRITE,   /* unary: answered. Stream: headers, a message or the status left */
	EVENT_WAKE,    /* stream: somebody has news */
	EVENTS_COUNT,
	EVENT_STOPPED = EVENTS_COUNT, /* server: shutdown complete; the tag has no call */
};

struct rpc_tag {
	struct rpc_call *call;
	enum rpc_event event;
};

/* A method and the core's handle of it. `method` is NULL for "any other". */
struct rpc_route {
	const struct method *method;
	void *context;
	void *registered;
};

struct rpc_peer_shared {
	struct rpc_peer peer;
	atomic_uint references;
};

struct rpc_peer_slot {
	grpc_auth_context *connection; /* a reference, so that the address cannot be reused */
	struct rpc_peer_shared *peer;
};

struct rpc_queue {
	struct rpc_server *server;
	grpc_completion_queue *completions;
	pthread_t thread;
	bool started;
	struct rpc_call *spare; /* chained by next */
	size_t spare_count;
	struct rpc_peer_slot peers[PEER_CACHE_SLOTS];
};

/* Place of a call in one topic; `topic` is NULL when it has none. */
struct rpc_link {
	struct rpc_topic *topic;
	struct rpc_call *call;
	struct rpc_link *previous, *next; /* under topic.lock */
};

struct rpc_stream {
	grpc_byte_buffer *sends[SENDS_MAX]; /* ring */
	size_t first;
	size_t count;
	size_t bytes; /* in the ring */
	uint64_t written;
	bool headers_sent;
	bool writing;
	bool reading;
	bool has_read;      /* a message, or the client's end, waits for room and delivery */
	bool read_ended;    /* no more messages will come */
	bool wants_to_send; /* writable is due: at the start, after a wake, after full */
	bool was_full;      /* writable waits until half of the ring is free */
	bool ending;        /* a status waits behind the ring */
	bool status_sent;
	bool broken; /* a write failed; the close is on its way */
	enum status_code code;
	grpc_slice message;
	grpc_slice details;
	bool has_details;
	uint64_t received;
	_Atomic uint64_t consumed;
	atomic_bool woken;  /* a wake is under way */
	atomic_bool closed; /* the end was seen: no callbacks any more */
	int cancelled;      /* written by the core for EVENT_CLOSE */
	void *state;
	struct rpc_link open;       /* in server.open, so that a stop can wake all streams */
	struct rpc_link subscribed; /* in a topic of the service */
};

struct rpc_call {
	struct rpc_call *next; /* in queue.spare */
	struct rpc_queue *queue;
	const struct rpc_route *route;
	grpc_call *call;
	gpr_timespec deadline;     /* realtime as the core gives it, then monotonic and clamped */
	grpc_call_details details; /* of an unknown method */
	grpc_metadata_array metadata;
	grpc_byte_buffer *payload; /* owned until decoded */
	grpc_slice request_slice;
	bool has_request_slice;
	ProtobufCMessage *request;
	struct arena arena;
	struct rpc_peer_shared *peer;
	atomic_uint references;
	atomic_uint
	        handed_over;  /* batches started: released before each, acquired after its event */
	atomic_bool answered; /* unary: the one answer was given */
	struct rpc_tag tags[EVENTS_COUNT];
	struct rpc_stream stream;
};

struct rpc_server {
	grpc_server *core;
	struct rpc_queue queues[RPC_QUEUES_MAX];
	size_t queues_count;
	struct rpc_route *routes; /* the last one is the route of unknown methods */
	size_t routes_count;
	size_t calls_max;
	size_t streams_max;
	uint16_t port;
	struct rpc_tag stopped_tag;
	atomic_bool stopping;
	struct rpc_topic *open; /* all streams that are not over */
	atomic_size_t unary_live;
	atomic_size_t streams_live;
	_Atomic uint64_t counters[RPC_COUNTERS];
	pthread_mutex_t lock; /* the fields below */
	pthread_cond_t changed;
	bool released; /* the queues' threads may begin */
	bool serving;
	bool stopped; /* the core has no calls and no listeners any more */
	size_t calls_live;
};

/* rpc_call.c */
struct rpc_call *rpc_call_new(struct rpc_queue *queue, const struct rpc_route *route);
void rpc_call_unref(struct rpc_call *call);
void rpc_call_free(struct rpc_call *call);    /* never matched, or the last reference is gone */
void rpc_call_dispose(struct rpc_call *call); /* a spare one */
bool rpc_call_is_unary(const struct rpc_call *call); /* unknown methods are */
grpc_byte_buffer *rpc_call_pack(const struct rpc_call *call, const ProtobufCMessage *message);
grpc_byte_buffer *rpc_call_pack_bytes(struct bytes message);

/* Takes `payload` apart into call->request. On refusal fills `failure` and `detail`. */
enum status rpc_call_decode(struct rpc_call *call, grpc_byte_buffer *payload,
                            struct failure *failure, struct detail *detail) NODISCARD;
void rpc_call_forget_request(struct rpc_call *call);

/* Fails a call for a reason of the server itself. */
void rpc_call_reject(struct rpc_call *call, enum status status, const char *reason,
                     const char *text);
void rpc_call_start_batch(struct rpc_call *call, const grpc_op ops[], size_t ops_count,
                          enum rpc_event event);
grpc_slice rpc_call_pack_details(struct rpc_call *call, const struct failure *failure, bool *has);

/* rpc_topic.c */
void rpc_topic_insert(struct rpc_topic *topic, struct rpc_link *link, struct rpc_call *call);
void rpc_topic_remove(struct rpc_link *link); /* accepts one that is in no topic */

/* rpc_stream.c; `admitted` is false when the server has no place for it. */
void rpc_stream_begin(struct rpc_call *call, bool admitted);
void rpc_stream_event(struct rpc_call *call, enum rpc_event event, bool success);
void rpc_stream_end(struct rpc_call *call, enum status_code code, const char *message,
                    grpc_slice details, bool has_details);
void rpc_stream_fini(struct rpc_call *call);

/* rpc_peer.c */
struct rpc_peer_shared *rpc_peer_of(struct rpc_queue *queue, grpc_call *call);
void rpc_peer_unref(struct rpc_peer_shared *peer);
void rpc_peer_cache_fini(struct rpc_queue *queue);

/* rpc_queue.c */
enum status rpc_queue_start(struct rpc_queue *queue) NODISCARD;
void rpc_queue_stop(struct rpc_queue *queue); /* when no call is left */

/* rpc_server.c */
void rpc_server_count(struct rpc_server *server, enum rpc_counter counter);
bool rpc_server_admit(struct rpc_server *server, bool unary); /* false: over the limit */
void rpc_server_call_freed(struct rpc_server *server, bool unary);
void rpc_server_stopped(struct rpc_server *server);

/* rpc_tls.c */
grpc_server_credentials *rpc_tls_server_credentials(struct rpc_tls *tls);
grpc_channel_credentials *rpc_tls_channel_credentials(struct rpc_tls *tls);

#endif
