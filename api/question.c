#include "api/question.h"

#include "api/access.h"
#include "api/caller.h"
#include "ledger/sealing.h"

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

/* The caller, as a seal_opened names it. */
struct called {
	const struct rpc_peer *peer;
	bool demo;
};

static bool is_called(const void *context, const char *name)
{
	const struct called *called = context;

	return caller_is_listed(called->peer, name, called->demo);
}

void question_answer(struct rpc_call *call, struct services *services, question *put,
                     const Civil__V1__ReadContext *read)
{
	struct detail detail = { "", "" };
	Civil__V1__Position *position;
	struct ledger_view view;
	enum status status = node_view(services->node, &view);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	const struct called called = { .peer = rpc_call_peer(call), .demo = services->demo };
	struct concerned concerned = { .arena = rpc_call_arena(call) };
	struct reader reader = { .today = date_of_instant(clock_now_ms(node_clock(services->node))),
		                 .warrant = read == NULL ? "" : read->case_reference,
		                 .is_called = is_called,
		                 .context = &called,
		                 .concerned = &concerned };

	status = reader_begin(&reader, &view.view);
	if (status != STATUS_OK) {
		ledger_view_end(&view);
		rpc_call_refuse(call, status, NULL);
		return;
	}
	view.view.reader = &reader;
	const struct asking asking = {
		.view = &view.view,
		.today = reader.today,
		.services = services,
	};
	struct access_answer answer = { .detail = &detail };
	answer.status = put(&asking, rpc_call_request(call), &answer.response, &position);
	if (answer.status == STATUS_OK && position != NULL) {
		position->recorded_at_ms = view.head.recorded_at_ms;
		position->checkpoint_size = node_checkpoint_size(services->node);
		position->checkpoint_at_ms = node_checkpoint_at_ms(services->node);
		position->verified_at_ms = node_verified_at_ms(services->node);
	} else if (answer.status != STATUS_OK) {
		explain(&detail, answer.status);
	}
	access_reply(call, services, &view.view, &reader, read, &answer);
	ledger_view_end(&view);
}

void question_ask(struct rpc_call *call, struct services *services, method_callback *later,
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
