#include "ledger/query/protection.h"

#include "ledger/event/kind.h"
#include "ledger/event/message.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"

static bool belongs_to_case(const Civil__V1__ReadContext *context)
{
	return context != NULL && context->case_reference[0] != '\0';
}

/* In force on the day: from its first day, which the fold has seen to, to its last. */
static bool is_in_force(const Civil__V1__PersonAddressProtection *protection, int32_t day)
{
	int32_t last;

	return protection != NULL && (protection->until == NULL ||
	                              !partial_date_day(&last, protection->until) || last >= day);
}

enum status protection_now(struct query *query, bool *out, const struct id *person,
                           const Civil__V1__ReadContext *context, int32_t today)
{
	struct view newest = query->view;
	Civil__V1__PersonState *now;

	*out = false;
	if (belongs_to_case(context)) {
		return STATUS_OK;
	}
	newest.size = query->size;
	enum status status = state_at(&newest, &now, person, today);

	if (status == STATUS_OK) {
		*out = is_in_force(now->address_protection, today);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status protection_applies(struct query *query, bool *out, const Civil__V1__PersonState *state,
                               int32_t day, const Civil__V1__ReadContext *context, int32_t today)
{
	bool is_newest = day == today && query->view.size == query->size;
	struct id person;

	*out = state->address_protection != NULL && !belongs_to_case(context);
	if (*out || is_newest || state->person_id.len != ID_BYTES) {
		return STATUS_OK;
	}
	memcpy(person.bytes, state->person_id.data, ID_BYTES);
	return protection_now(query, out, &person, context, today);
}

/* What a document printed, and what the register says instead. */
static void drop_printed_addresses(Civil__V1__PersonState *state)
{
	size_t kept = 0;

	for (size_t i = 0; i < state->n_inconsistencies; i++) {
		if (strcmp(state->inconsistencies[i]->field, "address") != 0) {
			state->inconsistencies[kept] = state->inconsistencies[i];
			kept++;
		}
	}
	state->n_inconsistencies = kept;
}

enum status protection_hide(struct query *query, Civil__V1__PersonState *state, int32_t day,
                            const Civil__V1__ReadContext *context, int32_t today)
{
	bool hidden;
	enum status status = protection_applies(query, &hidden, state, day, context, today);

	if (status == STATUS_OK && hidden) {
		state->residence = NULL;
		state->n_former_residences = 0;
		state->pending_move = NULL;
		state->temporary_residence = NULL;
		state->address_protection = NULL;
		drop_printed_addresses(state);
	}
	return status;
}

/* Contents are no deeper than their types, which never contain themselves. */
static void strip(ProtobufCMessage *message)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;

	for (unsigned f = 0; f < type->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &type->fields[f];
		size_t count =
		        field->type == PROTOBUF_C_TYPE_MESSAGE ? message_count(message, field) : 0;

		for (size_t i = 0; i < count; i++) {
			ProtobufCMessage *part;

			memcpy(&part, message_element(message, field, i),
			       sizeof(ProtobufCMessage *));
			if (part->descriptor != &civil__v1__address__descriptor) {
				strip(part);
			} else if (field->label != PROTOBUF_C_LABEL_REPEATED) {
				memset(message_member(message, field), 0, sizeof(part));
				if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
					memset(message_quantifier(message, field), 0,
					       sizeof(uint32_t));
				}
			}
		}
	}
}

void protection_strip(Civil__V1__Content **content)
{
	if (*content == NULL) {
		return;
	}
	if (kind_of_content(CIVIL__V1__EVENT_CLASS__EVENT_CLASS_RESIDENCE, (*content)->kind_case) !=
	            NULL ||
	    kind_of_content(CIVIL__V1__EVENT_CLASS__EVENT_CLASS_HOUSEHOLD, (*content)->kind_case) !=
	            NULL) {
		*content = NULL;
		return;
	}
	strip(&(*content)->base);
}
