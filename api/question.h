/* What all reading services share: a question is one pure function of ledger/query over a snapshot.
 *
 * A service that answers questions is a table of rows made by QUESTION and QUESTION_METHOD:
 *
 *     QUESTION(get_person, GetPersonRequest, GetPersonResponse,
 *              query_get_person(asking->view, &response, request, asking->today))
 *     static const struct method methods[] = {
 *             QUESTION_METHOD("civil.v1.QueryService", GetPerson, get_person),
 *     };
 *
 * The request has a field `context` (ReadContext), the response a field `position`. The answer
 * comes at once, or when the node knows what the caller wants it to know (min_size, linearizable).
 *
 * Thread: the server's queue thread. Memory: the answer lives in the snapshot until it is sent. */
#ifndef API_QUESTION_H
#define API_QUESTION_H

#include "api/services.h"

#include "civil/v1/query_service.pb-c.h"

enum { QUESTION_BYTES_MAX = 4096 };

/* What a question needs besides the request. */
struct asking {
	struct view *view;
	int32_t today; /* in Phnom Penh */
	struct services *services;
};

/* Answers one question: the response and the position inside it. */
typedef enum status question(const struct asking *asking, const void *request,
                             const ProtobufCMessage **response, Civil__V1__Position **position);

/* Answers from what the node holds now. What is sealed is left out, but for what the warrant that
 * `read` refers to opens for this caller (ledger/sealing.h). */
void question_answer(struct rpc_call *call, struct services *services, question *put,
                     const Civil__V1__ReadContext *read);

/* Calls `later` at once, or when the node knows what `read` wants it to know. */
void question_ask(struct rpc_call *call, struct services *services, method_callback *later,
                  const Civil__V1__ReadContext *read);

/* Questions differ in their types alone. */
#define QUESTION(name, Request, Response, call)                                                    \
	static enum status ask_##name(const struct asking *asking, const void *bytes,              \
	                              const ProtobufCMessage **out,                                \
	                              Civil__V1__Position **position)                              \
	{                                                                                          \
		const Civil__V1__##Request *request = bytes;                                       \
		Civil__V1__##Response *response;                                                   \
		enum status status = call;                                                         \
                                                                                                   \
		if (status == STATUS_OK) {                                                         \
			*out = &response->base;                                                    \
			*position = response->position;                                            \
		}                                                                                  \
		return status;                                                                     \
	}                                                                                          \
	static void answer_##name(struct rpc_call *rpc, void *context)                             \
	{                                                                                          \
		const Civil__V1__##Request *request = rpc_call_request(rpc);                       \
                                                                                                   \
		question_answer(rpc, context, ask_##name, request->context);                       \
	}                                                                                          \
	static void name(struct rpc_call *rpc, void *context)                                      \
	{                                                                                          \
		const Civil__V1__##Request *request = rpc_call_request(rpc);                       \
                                                                                                   \
		question_ask(rpc, context, answer_##name, request->context);                       \
	}

#define QUESTION_METHOD(service, Name, name)                                                       \
	{                                                                                          \
		.path = "/" service "/" #Name, .kind = METHOD_UNARY,                               \
		.request_bytes_max = QUESTION_BYTES_MAX,                                           \
		.request = &civil__v1__##name##_request__descriptor,                               \
		.response = &civil__v1__##name##_response__descriptor, .start = name               \
	}

#endif
