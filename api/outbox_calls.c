#include "api/outbox_calls.h"

#include "api/outcome.h"
#include "ledger/provisional.h"

/* One event while it is looked at. */
struct taking {
	struct event event;
	struct ledger_result result;
	bool queues;
	struct outbox_entry entry;
};

/* Several of them, and what they need. */
struct takings {
	const struct services *services;
	struct rpc_call *call;
	struct ledger_view view;
	size_t count;
	struct taking *list;
};

static struct arena *arena_of(struct takings *takings)
{
	return &takings->view.arena;
}

/* Looks at one event as Submit would. What is surely wrong is refused at once; what rules say is
 * not: the node may not know yet what this event builds on. */
static enum status look_at(struct takings *takings, struct taking *taking,
                           struct bytes signed_event)
{
	struct ledger_result *result = &taking->result;
	const struct clock *clock = node_clock(takings->services->node);

	*taking = (struct taking){ .queues = false };
	result->status =
	        event_admit(&taking->event, signed_event, arena_of(takings), &result->detail);
	if (result->status == STATUS_OK) {
		result->status = event_verify(&taking->event, &result->detail);
	}
	if (result->status != STATUS_OK) {
		return result->status == STATUS_NO_MEMORY ? STATUS_NO_MEMORY : STATUS_OK;
	}
	enum status status =
	        ledger_preview(&takings->view, result, signed_event, clock_now_ms(clock));
	taking->queues = status == STATUS_OK && !result->repeated &&
	                 (result->status == STATUS_OK || result->status == STATUS_REFUSED);
	return status;
}

/* Queues all that are to be, in one go; one whose request id is taken drops out. */
static enum status queue(struct takings *takings, const struct bytes events[])
{
	struct arena *arena = arena_of(takings);
	struct outbox_event *queued = arena_array(arena, takings->count, sizeof(*queued));
	struct outbox_entry *entries = arena_array(arena, takings->count, sizeof(*entries));
	size_t *which = arena_array(arena, takings->count, sizeof(*which));
	enum status status = STATUS_EXISTS;

	if (queued == NULL || entries == NULL || which == NULL) {
		return STATUS_NO_MEMORY;
	}
	while (status == STATUS_EXISTS) {
		struct detail detail = { "", "" };
		size_t count = 0;
		size_t taken = 0;

		for (size_t i = 0; i < takings->count; i++) {
			const struct event *event = &takings->list[i].event;

			if (!takings->list[i].queues) {
				continue;
			}
			queued[count] = (struct outbox_event){ .event_id = event->id,
				                               .signed_event = events[i] };
			memcpy(queued[count].request_id.bytes, event->header->request_id.data,
			       ID_BYTES);
			which[count] = i;
			count++;
		}
		status = count == 0 ? STATUS_OK
		                    : node_queue(takings->services->node, entries, queued, count,
		                                 &taken, &detail);
		for (size_t i = 0; i < count; i++) {
			struct taking *taking = &takings->list[which[i]];
			bool blamed = status == STATUS_EXISTS && i == taken;

			taking->entry = entries[i];
			if (blamed || (status != STATUS_OK && status != STATUS_EXISTS)) {
				taking->queues = false;
				taking->result = (struct ledger_result){
					.status = status,
					.first_event_id = entries[i].event_id,
					.detail = detail,
				};
			}
		}
	}
	return STATUS_OK;
}

static bool sign(Civil__V1__ProvisionalReceipt *receipt, const struct identity *identity,
                 const struct outbox_entry *entry, struct arena *arena)
{
	const struct provisional said = { .ledger = identity->ledger,
		                          .event_id = entry->event_id,
		                          .number = entry->number,
		                          .queued_at_ms = entry->queued_at_ms };
	uint8_t signature[SIGNATURE_BYTES];

	provisional_sign(signature, &said, identity->secret_key);
	receipt->signature = (ProtobufCBinaryData){
		.len = sizeof(signature),
		.data = arena_copy(arena, bytes_of(signature, sizeof(signature))),
	};
	return receipt->signature.data != NULL;
}

/* Persons that the event creates have their ids from its own. */
static bool list_created(Civil__V1__ProvisionalReceipt *receipt, const struct event *event,
                         struct arena *arena)
{
	const Civil__V1__EventHeader *header = event->header;

	receipt->created_persons =
	        arena_array(arena, header->n_subjects + 1, sizeof(ProtobufCBinaryData));
	for (size_t i = 0; receipt->created_persons != NULL && i < header->n_subjects; i++) {
		if (header->subjects[i]->ordinal == 0) {
			continue;
		}
		struct id id = event_subject_id(event, i);
		ProtobufCBinaryData *person = &receipt->created_persons[receipt->n_created_persons];

		*person = (ProtobufCBinaryData){ .len = ID_BYTES,
			                         .data = arena_copy(arena, bytes_of_id(&id)) };
		if (person->data == NULL) {
			return false;
		}
		receipt->n_created_persons++;
	}
	return receipt->created_persons != NULL;
}

static Civil__V1__ProvisionalReceipt *provisional_of(struct takings *takings,
                                                     const struct taking *taking)
{
	const struct identity *identity = node_identity(takings->services->node);
	struct arena *arena = arena_of(takings);
	Civil__V1__ProvisionalReceipt *receipt = arena_alloc(arena, sizeof(*receipt));

	if (receipt == NULL) {
		return NULL;
	}
	civil__v1__provisional_receipt__init(receipt);
	receipt->event_id = (ProtobufCBinaryData){
		.len = HASH_BYTES, .data = arena_copy(arena, bytes_of_hash(&taking->entry.event_id))
	};
	receipt->request_id = (ProtobufCBinaryData){
		.len = ID_BYTES, .data = arena_copy(arena, bytes_of_id(&taking->entry.request_id))
	};
	receipt->number = taking->entry.number;
	receipt->queued_at_ms = taking->entry.queued_at_ms;
	if (taking->result.status == STATUS_REFUSED) {
		receipt->findings = taking->result.verdict.findings;
		receipt->n_findings = taking->result.verdict.finding_count;
	}
	receipt->node_id = arena_string(arena, identity->node);
	receipt->log_key = services_log_key(arena, identity);
	bool made = receipt->event_id.data != NULL && receipt->request_id.data != NULL &&
	            receipt->node_id != NULL && receipt->log_key != NULL &&
	            list_created(receipt, &taking->event, arena) &&
	            sign(receipt, identity, &taking->entry, arena);
	return made ? receipt : NULL;
}

static Civil__V1__SubmitOutcome *outcome(struct takings *takings, const struct taking *taking)
{
	struct arena *arena = arena_of(takings);

	if (!taking->queues) {
		return outcome_of(&taking->result, arena);
	}
	Civil__V1__SubmitOutcome *out = arena_alloc(arena, sizeof(*out));
	if (out == NULL) {
		return NULL;
	}
	civil__v1__submit_outcome__init(out);
	out->outcome_case = CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_PROVISIONAL;
	out->provisional = provisional_of(takings, taking);
	return out->provisional == NULL ? NULL : out;
}

/* Takes events; on STATUS_OK the caller answers and ends the view. */
static enum status take(struct takings *takings, struct rpc_call *call,
                        const struct services *services, const struct bytes events[], size_t count)
{
	*takings = (struct takings){ .services = services, .call = call, .count = count };
	enum status status = node_view(services->node, &takings->view);

	if (status != STATUS_OK) {
		return status;
	}
	takings->list = arena_array(arena_of(takings), count, sizeof(*takings->list));
	status = takings->list == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = look_at(takings, &takings->list[i], events[i]);
	}
	if (status == STATUS_OK) {
		status = queue(takings, events);
	}
	if (status != STATUS_OK) {
		ledger_view_end(&takings->view);
	}
	return status;
}

static void answer_one(struct takings *takings)
{
	const struct taking *taking = &takings->list[0];
	Civil__V1__SubmitResponse response;

	civil__v1__submit_response__init(&response);
	if (taking->queues) {
		response.provisional = provisional_of(takings, taking);
	} else if (taking->result.status == STATUS_OK) {
		response.receipt = outcome_receipt(taking->result.receipt);
	} else {
		struct outcome_failure failure;

		outcome_fail(&failure, &taking->result, arena_of(takings));
		rpc_call_fail(takings->call, &failure.failure);
		return;
	}
	if (response.receipt == NULL && response.provisional == NULL) {
		rpc_call_refuse(takings->call, STATUS_NO_MEMORY, NULL);
	} else {
		rpc_call_reply(takings->call, &response.base);
	}
}

void outbox_calls_submit(struct rpc_call *call, const struct services *services,
                         const struct bytes *event)
{
	struct takings takings;
	enum status status = take(&takings, call, services, event, 1);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	answer_one(&takings);
	ledger_view_end(&takings.view);
}

void outbox_calls_submit_batch(struct rpc_call *call, const struct services *services,
                               const struct bytes events[], size_t count)
{
	Civil__V1__SubmitBatchResponse response;
	struct takings takings;
	enum status status = take(&takings, call, services, events, count);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	civil__v1__submit_batch_response__init(&response);
	response.outcomes =
	        arena_array(arena_of(&takings), count, sizeof(Civil__V1__SubmitOutcome *));
	for (size_t i = 0; response.outcomes != NULL && i < count; i++) {
		response.outcomes[i] = outcome(&takings, &takings.list[i]);
		if (response.outcomes[i] == NULL) {
			break;
		}
		response.n_outcomes++;
	}
	if (response.n_outcomes == count) {
		rpc_call_reply(call, &response.base);
	} else {
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
	}
	ledger_view_end(&takings.view);
}
