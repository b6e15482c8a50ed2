#include "ledger/person/persona.h"
#include "ledger/rules/judgement.h"

#include "ledger/event/message.h"

static void cite(struct judgement *j, struct bytes id)
{
	struct cited_decision *cited = &j->decisions[j->decision_count];
	struct act act;

	if (id.size != HASH_BYTES || j->decision_count == REFERENCES_MAX) {
		return;
	}
	for (size_t i = 0; i < j->decision_count; i++) {
		if (bytes_equal(j->decisions[i].event_id, id)) {
			return;
		}
	}
	*cited = (struct cited_decision){ .event_id = id };
	j->decision_count++;
	if (!judgement_settle(j, acts_find(j->view, &act, id)) ||
	    act.kind->id != KIND_COURT_DECISION) {
		return;
	}
	cited->decision = (const Civil__V1__CourtDecision *)act.message;
	cited->office = act.header->office_id;
	cited->in_force =
	        cited->decision->final && !cited->decision->stay && act.voided.sort == ACT_VOID_NOT;
}

/* The decision that the kind's own field names. */
static void cite_decision(struct judgement *j, const Civil__V1__Content *content)
{
	static const char name[] = "decision";
	const ProtobufCMessage *message = kind_message(content);
	const ProtobufCFieldDescriptor *field =
	        message == NULL ? NULL : message_field(message->descriptor, name, sizeof(name) - 1);

	if (field != NULL && field->type == PROTOBUF_C_TYPE_BYTES) {
		cite(j, message_bytes(message, field, 0));
	}
}

static void cite_content(struct judgement *j, const Civil__V1__Content *content)
{
	const Civil__V1__Common *common = content->common;

	cite_decision(j, content);
	for (size_t i = 0; common != NULL && i < common->n_legal_basis; i++) {
		cite(j,
		     bytes_of(common->legal_basis[i]->act.data, common->legal_basis[i]->act.len));
	}
	for (size_t i = 0; common != NULL && i < common->n_overrides; i++) {
		cite(j, bytes_of(common->overrides[i]->authority.data,
		                 common->overrides[i]->authority.len));
	}
}

size_t judgement_decisions(struct judgement *j, const struct cited_decision **decisions)
{
	if (!j->decisions_loaded) {
		j->decisions_loaded = true;
		cite_content(j, j->event->content);
		if (j->own.content != NULL && j->own.content != j->event->content) {
			cite_content(j, j->own.content);
		}
	}
	*decisions = j->decisions;
	return j->decision_count;
}

static bool names(const ProtobufCBinaryData *list, size_t count, struct bytes id)
{
	for (size_t i = 0; i < count; i++) {
		if (bytes_equal(bytes_of(list[i].data, list[i].len), id)) {
			return true;
		}
	}
	return false;
}

/* Whether the list names the person by any id that stands for it. */
static bool names_person(struct judgement *j, const ProtobufCBinaryData *list, size_t count,
                         const struct id *person)
{
	for (size_t i = 0; i < count; i++) {
		struct id named;

		if (list[i].len != ID_BYTES) {
			continue;
		}
		memcpy(named.bytes, list[i].data, ID_BYTES);
		if (judgement_settle(j, persona_resolve(j->view, &named)) &&
		    id_equal(&named, person)) {
			return true;
		}
	}
	return false;
}

static bool orders(struct judgement *j, const Civil__V1__CourtOrder *order, const char *kind,
                   struct bytes target)
{
	const struct matter *matter =
	        &j->own; /* the persons of the event, whatever act is judged */

	if (strcmp(order->kind, kind) != 0) {
		return false;
	}
	if (target.size > 0 && names(order->targets, order->n_targets, target)) {
		return true;
	}
	for (size_t i = 0; i < matter->party_count; i++) {
		if (!names_person(j, order->persons, order->n_persons, &matter->parties[i].id)) {
			return false;
		}
	}
	return matter->party_count > 0;
}

bool judgement_ordered_by(struct judgement *j, const char *office, const char *kind,
                          struct bytes target)
{
	const struct cited_decision *decisions;
	size_t count = judgement_decisions(j, &decisions);

	for (size_t i = 0; i < count; i++) {
		const Civil__V1__CourtDecision *decision = decisions[i].decision;

		if (office != NULL &&
		    (decisions[i].office == NULL || strcmp(decisions[i].office, office) != 0)) {
			continue;
		}
		for (size_t o = 0; decisions[i].in_force && o < decision->n_orders; o++) {
			if (orders(j, decision->orders[o], kind, target)) {
				return true;
			}
		}
	}
	return false;
}

bool judgement_ordered(struct judgement *j, const char *kind, struct bytes target)
{
	return judgement_ordered_by(j, NULL, kind, target);
}
