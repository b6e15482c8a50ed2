#include "api/submit_stream.h"

#include "api/access.h"
#include "api/outcome.h"
#include "api/services.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	REFUSAL_BYTES_MAX = 16384, /* one refusal, packed: 128 findings with facts */
	REFUSALS_BYTES_MAX = 1 << 20,
};

struct stream {
	struct services *services;
	uint64_t received;    /* sequence of the last message taken; queue thread only */
	pthread_mutex_t lock; /* guards the rest */
	uint64_t decided;     /* all up to here are decided */
	uint64_t held;        /* decided, behind the entry of a refusal in the log of accesses */
	uint64_t told;        /* decided_through of the last response */
	struct buf refusals;  /* StreamRefusal messages as fields of the next response */
	bool half_closed;
	bool finished;
};

/* One event of a stream under way. */
struct streamed {
	struct submission submission;
	struct access_hold hold;
	struct stream *stream;
	struct rpc_call *call; /* held */
	uint64_t sequence;
	struct bytes event;
	struct ledger_result result;
};

void submit_stream_start(struct rpc_call *call, void *context)
{
	struct services *services = context;
	struct stream *stream;

	if (node_follows(services->node)) {
		struct detail detail;

		detail_set(&detail, "",
		           "a replica keeps events in its outbox and answers each: use Submit or "
		           "SubmitBatch, or ask a core node");
		rpc_call_refuse(call, STATUS_UNSUPPORTED, &detail);
		return;
	}
	stream = calloc(1, sizeof(*stream));
	if (stream == NULL) {
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
		return;
	}
	stream->services = services;
	(void)pthread_mutex_init(&stream->lock, NULL);
	buf_init(&stream->refusals, REFUSALS_BYTES_MAX);
	rpc_call_set_state(call, stream);
}

void submit_stream_free(void *state)
{
	struct stream *stream = state;

	if (stream != NULL) {
		(void)pthread_mutex_destroy(&stream->lock);
		buf_fini(&stream->refusals);
		free(stream);
	}
}

/* Appends one refusal as a field `refusals` (number 2) of SubmitStreamResponse. With the lock. */
static void append_refusal(struct stream *stream, struct streamed *streamed)
{
	Civil__V1__StreamRefusal refusal;
	Civil__V1__StreamRefusal *list[1] = { &refusal };
	Civil__V1__SubmitStreamResponse carrier;

	civil__v1__stream_refusal__init(&refusal);
	refusal.sequence = streamed->sequence;
	refusal.refusal = outcome_refusal(&streamed->result, &streamed->submission.arena);
	civil__v1__submit_stream_response__init(&carrier);
	carrier.refusals = list;
	carrier.n_refusals = 1;
	uint8_t *packed = buf_extend(&stream->refusals,
	                             civil__v1__submit_stream_response__get_packed_size(&carrier));
	if (packed != NULL) {
		(void)civil__v1__submit_stream_response__pack(&carrier, packed);
	}
}

static void streamed_free(struct streamed *streamed)
{
	arena_fini(&streamed->submission.arena);
	free(streamed);
}

static void streamed_answer(struct submission *submission)
{
	struct streamed *streamed = submission->context;
	struct stream *stream = streamed->stream;
	struct rpc_call *call = streamed->call;

	(void)pthread_mutex_lock(&stream->lock);
	stream->decided = streamed->sequence;
	stream->held--;
	if (streamed->result.status != STATUS_OK) {
		append_refusal(stream, streamed);
	}
	(void)pthread_mutex_unlock(&stream->lock);
	streamed_free(streamed);
	rpc_call_consumed(call, 1);
	rpc_call_wake(call);
	rpc_call_release(call);
}

static void streamed_done(struct submission *submission)
{
	struct streamed *streamed = submission->context;
	struct stream *stream = streamed->stream;

	/* What is told is cumulative: nobody passes a refusal that waits. */
	(void)pthread_mutex_lock(&stream->lock);
	bool in_turn = stream->held > 0;
	stream->held++;
	(void)pthread_mutex_unlock(&stream->lock);
	access_hold(&streamed->hold, streamed->call, stream->services, submission, in_turn,
	            streamed_answer);
}

static struct streamed *streamed_new(const Civil__V1__SignedEvent *event)
{
	size_t size = civil__v1__signed_event__get_packed_size(event);
	struct streamed *streamed = malloc(sizeof(*streamed) + size);

	if (streamed == NULL) {
		return NULL;
	}
	uint8_t *packed = (uint8_t *)(streamed + 1);
	memset(streamed, 0, sizeof(*streamed));
	streamed->event = bytes_of(packed, civil__v1__signed_event__pack(event, packed));
	streamed->submission.events = &streamed->event;
	streamed->submission.count = 1;
	streamed->submission.results = &streamed->result;
	streamed->submission.done = streamed_done;
	streamed->submission.context = streamed;
	arena_init(&streamed->submission.arena, REFUSAL_BYTES_MAX * 16);
	return streamed;
}

void submit_stream_message(struct rpc_call *call, void *context)
{
	const Civil__V1__SubmitStreamRequest *request = rpc_call_request(call);
	struct stream *stream = rpc_call_state(call);
	struct detail detail;

	(void)context;
	if (request->sequence != stream->received + 1 || request->event == NULL) {
		detail_set(&detail, "sequence", "event %llu follows %llu, with an event in it",
		           (unsigned long long)request->sequence,
		           (unsigned long long)stream->received);
		rpc_call_refuse(call, STATUS_INVALID, &detail);
		return;
	}
	struct streamed *streamed = streamed_new(request->event);
	if (streamed == NULL) {
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
		return;
	}
	stream->received = request->sequence;
	streamed->stream = stream;
	streamed->call = call;
	streamed->sequence = request->sequence;
	rpc_call_hold(call);
	enum status status = node_submit(stream->services->node, &streamed->submission);
	if (status != STATUS_OK) {
		streamed_free(streamed);
		rpc_call_release(call);
		rpc_call_refuse(call, status, NULL);
	}
}

void submit_stream_half_closed(struct rpc_call *call, void *context)
{
	struct stream *stream = rpc_call_state(call);

	(void)pthread_mutex_lock(&stream->lock);
	stream->half_closed = true;
	(void)pthread_mutex_unlock(&stream->lock);
	submit_stream_writable(call, context);
}

/* Packs the response that tells everything decided by now; size 0 when there is nothing new. */
static struct bytes next_response(struct stream *stream, struct arena *arena, uint64_t size)
{
	Civil__V1__SubmitStreamResponse response;

	if (stream->decided == stream->told) {
		return bytes_of(NULL, 0);
	}
	civil__v1__submit_stream_response__init(&response);
	response.decided_through = stream->decided;
	response.size = size;
	size_t fields = civil__v1__submit_stream_response__get_packed_size(&response);
	uint8_t *packed = arena_alloc(arena, fields + stream->refusals.size);
	if (packed == NULL) {
		return bytes_of(NULL, 0);
	}
	(void)civil__v1__submit_stream_response__pack(&response, packed);
	if (stream->refusals.size > 0) { /* fields of a message may come in any order */
		memcpy(packed + fields, stream->refusals.data, stream->refusals.size);
	}
	fields += stream->refusals.size;
	stream->told = stream->decided;
	buf_reset(&stream->refusals);
	return bytes_of(packed, fields);
}

void submit_stream_writable(struct rpc_call *call, void *context)
{
	struct stream *stream = rpc_call_state(call);
	struct services *services = context;
	bool finish;

	if (rpc_call_room(call) == 0) {
		return; /* called again when there is room */
	}
	uint64_t size = node_size(services->node);
	(void)pthread_mutex_lock(&stream->lock);
	struct bytes response = next_response(stream, rpc_call_arena(call), size);
	finish = stream->half_closed && stream->told == stream->received && !stream->finished;
	stream->finished = stream->finished || finish;
	(void)pthread_mutex_unlock(&stream->lock);
	if (response.size > 0) {
		(void)rpc_call_send_bytes(call, response);
	}
	if (finish) {
		rpc_call_finish(call);
	}
}
