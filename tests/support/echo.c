#include "tests/support/echo.h"

#include "grpc/health/v1/health.pb-c.h"
#include "ledger/base/assert.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

typedef Grpc__Health__V1__HealthCheckRequest Text;

enum { PARKED_MAX = 4096, METHODS = 9 };

struct echo {
	struct service service;
	struct method methods[METHODS];
	struct rpc_topic *topic;
	atomic_uint published;
	atomic_size_t states_freed;
	pthread_mutex_t lock; /* the fields below */
	pthread_cond_t changed;
	struct rpc_call *parked[PARKED_MAX];
	bool parked_is_stream[PARKED_MAX];
	size_t parked_count;
	size_t held;
};

/* State of a stream. */
struct echo_stream {
	struct echo *echo;
	uint64_t left;      /* Count */
	unsigned seen;      /* News */
	char text[64];      /* Count */
	atomic_size_t held; /* Hold */
};

static void text_init(Text *text, const char *value)
{
	grpc__health__v1__health_check_request__init(text);
	text->service = (char *)(uintptr_t)value;
}

static void reply(struct rpc_call *call, const char *value)
{
	Text text;

	text_init(&text, value);
	rpc_call_reply(call, &text.base);
}

static void echo_echo(struct rpc_call *call, void *context)
{
	const Text *request = rpc_call_request(call);

	(void)context;
	reply(call, request->service);
}

static void echo_who(struct rpc_call *call, void *context)
{
	const struct rpc_peer *peer = rpc_call_peer(call);
	char hex[2 * HASH_BYTES + 1];

	(void)context;
	bytes_to_hex(hex, bytes_of_hash(&peer->fingerprint));
	reply(call, !peer->authenticated
	                    ? "nobody"
	                    : arena_printf(rpc_call_arena(call), "%s %s %s", hex, peer->subject,
	                                   peer->names_count > 0 ? peer->names[0] : "-"));
}

static void echo_remaining(struct rpc_call *call, void *context)
{
	(void)context;
	reply(call, rpc_call_expired(call)
	                    ? "expired"
	                    : arena_printf(rpc_call_arena(call), "%llu",
	                                   (unsigned long long)rpc_call_remaining_ms(call)));
}

static void echo_park_call(struct echo *echo, struct rpc_call *call, bool is_stream)
{
	(void)pthread_mutex_lock(&echo->lock);
	ASSERT(echo->parked_count < PARKED_MAX);
	echo->parked_is_stream[echo->parked_count] = is_stream;
	echo->parked[echo->parked_count++] = call;
	(void)pthread_cond_broadcast(&echo->changed);
	(void)pthread_mutex_unlock(&echo->lock);
}

static void echo_park(struct rpc_call *call, void *context)
{
	echo_park_call(context, call, false);
}

static void echo_refuse(struct rpc_call *call, void *context)
{
	static const struct violation violations[] = {
		{ "MARRIAGE_AGE", "spouse1", "is 17, 18 is required" },
		{ "BIGAMY", "spouse2", "is married" },
	};
	struct failure failure = {
		.status = STATUS_REFUSED,
		.reason = "RULES_BROKEN",
		.violations = violations,
		.violations_count = 2,
		.facts = { { "law", "2007-1" } },
		.facts_count = 1,
	};

	(void)context;
	rpc_call_fail(call, &failure);
}

static void stream_free(void *state)
{
	struct echo_stream *stream = state;

	atomic_fetch_add(&stream->echo->states_freed, 1);
	free(stream);
}

static struct echo_stream *stream_new(struct rpc_call *call, struct echo *echo)
{
	struct echo_stream *stream = calloc(1, sizeof(*stream));

	ASSERT(stream != NULL);
	stream->echo = echo;
	rpc_call_set_state(call, stream);
	return stream;
}

static void echo_count_start(struct rpc_call *call, void *context)
{
	const Text *request = rpc_call_request(call);

	stream_new(call, context)->left = strtoull(request->service, NULL, 10);
}

static void echo_count_writable(struct rpc_call *call, void *context)
{
	struct echo_stream *stream = rpc_call_state(call);
	size_t room = rpc_call_room(call);
	Text text;

	(void)context;
	while (room > 0 && stream->left > 0) {
		stream->left--;
		(void)snprintf(stream->text, sizeof(stream->text), "%llu",
		               (unsigned long long)stream->left);
		text_init(&text, stream->text);
		room = rpc_call_send(call, &text.base);
	}
	if (stream->left == 0) {
		rpc_call_finish(call);
	}
}

static void echo_news_start(struct rpc_call *call, void *context)
{
	struct echo *echo = context;
	struct echo_stream *stream = stream_new(call, echo);

	rpc_call_subscribe(call, echo->topic);
	stream->seen = atomic_load(&echo->published);
	Text text;
	text_init(&text, "ready");
	(void)rpc_call_send(call, &text.base);
}

static void echo_news_writable(struct rpc_call *call, void *context)
{
	struct echo *echo = context;
	struct echo_stream *stream = rpc_call_state(call);
	Text text;

	text_init(&text, "news");
	if (atomic_load(&echo->published) != stream->seen) {
		stream->seen++;
		(void)rpc_call_send(call, &text.base);
		rpc_call_wake(call); /* there may be more */
	}
}

static void echo_chat_start(struct rpc_call *call, void *context)
{
	(void)stream_new(call, context);
}

static void echo_chat_message(struct rpc_call *call, void *context)
{
	const Text *request = rpc_call_request(call);
	Text text;

	(void)context;
	if (strcmp(request->service, "fail") == 0) {
		rpc_call_refuse(call, STATUS_OUT_OF_RANGE, NULL);
		return;
	}
	text_init(&text, request->service);
	(void)rpc_call_send(call, &text.base);
	rpc_call_consumed(call, 1);
}

static void echo_hold_start(struct rpc_call *call, void *context)
{
	(void)stream_new(call, context);
	rpc_call_hold(call);
	echo_park_call(context, call, true);
}

static void echo_hold_message(struct rpc_call *call, void *context)
{
	struct echo *echo = context;
	struct echo_stream *stream = rpc_call_state(call);

	atomic_fetch_add(&stream->held, 1);
	(void)pthread_mutex_lock(&echo->lock);
	echo->held++;
	(void)pthread_cond_broadcast(&echo->changed);
	(void)pthread_mutex_unlock(&echo->lock);
}

static void echo_method(struct echo *echo, size_t place, const char *path, enum method_kind kind,
                        method_callback *start)
{
	echo->methods[place] = (struct method){
		.path = path,
		.kind = kind,
		.request_bytes_max = ECHO_TEXT_MAX,
		.window = 8,
		.request = &grpc__health__v1__health_check_request__descriptor,
		.response = &grpc__health__v1__health_check_request__descriptor,
		.start = start,
		.state_free = stream_free,
	};
}

struct echo *echo_new(void)
{
	struct echo *echo = calloc(1, sizeof(*echo));

	ASSERT(echo != NULL);
	(void)pthread_mutex_init(&echo->lock, NULL);
	(void)pthread_cond_init(&echo->changed, NULL);
	echo->topic = rpc_topic_new();
	ASSERT(echo->topic != NULL);
	echo_method(echo, 0, "/civil.test.Echo/Echo", METHOD_UNARY, echo_echo);
	echo_method(echo, 1, "/civil.test.Echo/Who", METHOD_UNARY, echo_who);
	echo_method(echo, 2, "/civil.test.Echo/Park", METHOD_UNARY, echo_park);
	echo_method(echo, 3, "/civil.test.Echo/Refuse", METHOD_UNARY, echo_refuse);
	echo_method(echo, 4, "/civil.test.Echo/Count", METHOD_SERVER_STREAM, echo_count_start);
	echo->methods[4].writable = echo_count_writable;
	echo_method(echo, 5, "/civil.test.Echo/News", METHOD_SERVER_STREAM, echo_news_start);
	echo->methods[5].writable = echo_news_writable;
	echo_method(echo, 6, "/civil.test.Echo/Chat", METHOD_BIDI, echo_chat_start);
	echo->methods[6].message = echo_chat_message;
	echo_method(echo, 7, "/civil.test.Echo/Hold", METHOD_BIDI, echo_hold_start);
	echo->methods[7].message = echo_hold_message;
	echo_method(echo, 8, "/civil.test.Echo/Remaining", METHOD_UNARY, echo_remaining);
	echo->service = (struct service){ "civil.test.Echo", echo->methods, METHODS, echo };
	return echo;
}

void echo_free(struct echo *echo)
{
	ASSERT(echo->parked_count == 0);
	rpc_topic_free(echo->topic);
	(void)pthread_cond_destroy(&echo->changed);
	(void)pthread_mutex_destroy(&echo->lock);
	free(echo);
}

const struct service *echo_service(const struct echo *echo)
{
	return &echo->service;
}

void echo_wait_parked(struct echo *echo, size_t count)
{
	(void)pthread_mutex_lock(&echo->lock);
	while (echo->parked_count < count) {
		(void)pthread_cond_wait(&echo->changed, &echo->lock);
	}
	(void)pthread_mutex_unlock(&echo->lock);
}

void echo_wait_held(struct echo *echo, size_t count)
{
	(void)pthread_mutex_lock(&echo->lock);
	while (echo->held < count) {
		(void)pthread_cond_wait(&echo->changed, &echo->lock);
	}
	(void)pthread_mutex_unlock(&echo->lock);
}

/* Consumes what a held stream took, or lets go of it when it is over. */
static void echo_release_stream(struct rpc_call *call)
{
	struct echo_stream *stream = rpc_call_state(call);

	rpc_call_consumed(call, atomic_exchange(&stream->held, 0));
	rpc_call_release(call);
}

void echo_release(struct echo *echo)
{
	(void)pthread_mutex_lock(&echo->lock);
	while (echo->parked_count > 0) {
		struct rpc_call *call = echo->parked[--echo->parked_count];

		if (echo->parked_is_stream[echo->parked_count]) {
			echo_release_stream(call);
		} else {
			reply(call, "released");
		}
	}
	(void)pthread_mutex_unlock(&echo->lock);
}

void echo_publish(struct echo *echo)
{
	atomic_fetch_add(&echo->published, 1);
	rpc_topic_publish(echo->topic);
}

size_t echo_states_freed(struct echo *echo)
{
	return atomic_load(&echo->states_freed);
}

size_t echo_held(struct echo *echo)
{
	(void)pthread_mutex_lock(&echo->lock);
	size_t held = echo->held;
	(void)pthread_mutex_unlock(&echo->lock);
	return held;
}
