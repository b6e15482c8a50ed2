#include "ledger/query/query.h"

#include "ledger/concerned.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/persona.h"

enum status query_begin(struct query *out, const struct view *view, bool asked, uint64_t known)
{
	if (asked && known > view->size) {
		return STATUS_OUT_OF_RANGE;
	}
	*out = (struct query){ .view = *view, .size = view->size };
	if (asked && known < view->size) {
		out->view.size = known;
	}
	return STATUS_OK;
}

static enum status find_person(struct query *query, struct id *out,
                               const ProtobufCBinaryData *person_id, const char *number)
{
	struct id person;
	uint64_t index;

	if (person_id != NULL) {
		if (person_id->len != ID_BYTES) {
			return STATUS_INVALID;
		}
		memcpy(out->bytes, person_id->data, ID_BYTES);
		return persona_resolve(&query->view, out);
	}
	if (number == NULL) {
		return STATUS_INVALID;
	}
	enum status status = view_number(&query->view, &person, &index, NUMBER_PERSONAL,
	                                 bytes_of_string(number));
	if (status == STATUS_OK) {
		*out = person;
		status = persona_resolve(&query->view, out);
	}
	return status;
}

enum status query_person(struct query *query, struct id *out, const ProtobufCBinaryData *person_id,
                         const char *number)
{
	enum status status = find_person(query, out, person_id, number);

	if (status == STATUS_OK) {
		concerned_note(&query->view, out);
	}
	return status;
}

enum status query_named(struct query *query, struct id *out,
                        const Civil__V1__PersonReference *person)
{
	if (person == NULL) {
		return STATUS_INVALID;
	}
	bool by_id = person->person_case == CIVIL__V1__PERSON_REFERENCE__PERSON_PERSON_ID;
	bool by_number = person->person_case == CIVIL__V1__PERSON_REFERENCE__PERSON_NUMBER;

	return query_person(query, out, by_id ? &person->person_id : NULL,
	                    by_number ? person->number : NULL);
}

enum status query_day(int32_t *out, const Civil__V1__Date *day, int32_t today)
{
	if (day == NULL) {
		*out = today;
		return STATUS_OK;
	}
	return partial_date_day(out, day) ? STATUS_OK : STATUS_INVALID;
}

void *query_new(struct query *query, const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(query->view.arena, descriptor->sizeof_message);

	if (message != NULL) {
		descriptor->message_init(message);
	}
	return message;
}

bool query_bytes(struct query *query, ProtobufCBinaryData *out, struct bytes bytes)
{
	uint8_t *copy = arena_copy(query->view.arena, bytes);

	if (copy == NULL) {
		return false;
	}
	*out = (ProtobufCBinaryData){ .data = copy, .len = bytes.size };
	return true;
}

Civil__V1__Position *query_position(struct query *query)
{
	Civil__V1__Position *position = query_new(query, &civil__v1__position__descriptor);

	if (position != NULL) {
		position->known = query->view.size;
		position->size = query->size;
	}
	return position;
}
