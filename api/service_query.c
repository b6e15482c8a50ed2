/* QueryService: each call is one pure function of ledger/query over a snapshot. */
#include "api/services.h"
#include "ledger/query/compare_known.h"
#include "ledger/query/document_status.h"
#include "ledger/query/find_act.h"
#include "ledger/query/get_case.h"
#include "ledger/query/get_history.h"
#include "ledger/query/get_person.h"

enum { REQUEST_BYTES_MAX = 4096 };

/* What a question needs besides the request. */
struct asking {
	struct view *view;
	int32_t today; /* in Phnom Penh */
};

/* Answers one question: the response and the position inside it. */
typedef enum status question(const struct asking *asking, const void *request,
                             const ProtobufCMessage **response, Civil__V1__Position **position);

/* One sentence for each refusal; none tells whether something sealed is there. */
static void explain(struct detail *detail, enum status status)
{
	if (detail->text[0] != '\0') {
		return;
	}
	if (status == STATUS_NOT_FOUND) {
		detail_set(detail, "", "nothing is registered under that at the asked position");
	} else if (status == STATUS_OUT_OF_RANGE) {
		detail_set(detail, "known", "the position lies behind what the ledger holds");
	} else if (status == STATUS_INVALID) {
		detail_set(detail, "",
		           "the request names no person, act, document or day, or "
		           "names it in another form than its message says");
	}
}

/* Answers from what the node holds now. */
static void answer(struct rpc_call *call, struct services *services, question *put)
{
	struct detail detail = { "", "" };
	const ProtobufCMessage *response;
	Civil__V1__Position *position;
	struct ledger_view view;
	enum status status = node_view(services->node, &view);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	const struct asking asking = {
		.view = &view.view,
		.today = date_of_instant(clock_now_ms(node_clock(services->node))),
	};
	status = put(&asking, rpc_call_request(call), &response, &position);
	if (status == STATUS_OK) {
		if (position != NULL) {
			position->recorded_at_ms = view.head.recorded_at_ms;
			position->checkpoint_size = node_checkpoint_size(services->node);
			position->checkpoint_at_ms = node_checkpoint_at_ms(services->node);
			position->verified_at_ms = node_verified_at_ms(services->node);
		}
		rpc_call_reply(call, response);
	} else {
		explain(&detail, status);
		rpc_call_refuse(call, status, &detail);
	}
	ledger_view_end(&view);
}

/* Answers at once, or when the node knows what the caller wants it to know. */
static void ask(struct rpc_call *call, struct services *services, method_callback *later,
                const Civil__V1__ReadContext *read)
{
	const struct delay delay = { .min_size = read == NULL ? 0 : read->min_size,
		                     .linearizable = read != NULL && read->linearizable };

	if (delay.linearizable && node_follows(services->node)) {
		struct detail detail;

		detail_set(&detail, "context.linearizable",
		           "a replica cannot know what was registered elsewhere; ask a core node, "
		           "or ask for min_size");
		rpc_call_refuse(call, STATUS_UNSUPPORTED, &detail);
	} else if (delay_is_over(&delay, node_size(services->node))) {
		later(call, services);
	} else {
		delayed_reads_add(services->delayed, services->node, call, &delay, later, services);
	}
}

/* The six questions differ in their types alone. */
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
		answer(rpc, context, ask_##name);                                                  \
	}                                                                                          \
	static void name(struct rpc_call *rpc, void *context)                                      \
	{                                                                                          \
		const Civil__V1__##Request *request = rpc_call_request(rpc);                       \
                                                                                                   \
		ask(rpc, context, answer_##name, request->context);                                \
	}

QUESTION(get_person, GetPersonRequest, GetPersonResponse,
         query_get_person(asking->view, &response, request, asking->today))
QUESTION(get_history, GetHistoryRequest, GetHistoryResponse,
         query_get_history(asking->view, &response, request))
QUESTION(compare_known, CompareKnownRequest, CompareKnownResponse,
         query_compare_known(asking->view, &response, request, asking->today))
QUESTION(find_act, FindActRequest, FindActResponse,
         query_find_act(asking->view, &response, request))
QUESTION(get_document_status, GetDocumentStatusRequest, GetDocumentStatusResponse,
         query_document_status(asking->view, &response, request, asking->today))
QUESTION(get_case, GetCaseRequest, GetCaseResponse,
         query_get_case(asking->view, &response, request))

#define METHOD(Name, name)                                                                         \
	{                                                                                          \
		.path = "/civil.v1.QueryService/" #Name, .kind = METHOD_UNARY,                     \
		.request_bytes_max = REQUEST_BYTES_MAX,                                            \
		.request = &civil__v1__##name##_request__descriptor,                               \
		.response = &civil__v1__##name##_response__descriptor, .start = name               \
	}

static const struct method methods[] = {
	METHOD(GetPerson, get_person),
	METHOD(GetHistory, get_history),
	METHOD(CompareKnown, compare_known),
	METHOD(FindAct, find_act),
	METHOD(GetDocumentStatus, get_document_status),
	METHOD(GetCase, get_case),
};

struct service service_query(struct services *services)
{
	return (struct service){ .name = "civil.v1.QueryService",
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
