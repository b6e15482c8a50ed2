/* Dwellings and family books that an act speaks of. */
#include "ledger/event/partial_date.h"
#include "ledger/person/household.h"
#include "ledger/rules/target.h"

static struct bytes bytes_of_field(const ProtobufCBinaryData *field)
{
	return bytes_of(field->data, field->len);
}

struct bytes target_unit(const struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct bytes unit = { 0 };

	if (content->kind_case == CONTENT_CASE(RESIDENCE_DEPARTURE)) {
		unit = bytes_of_field(&content->residence_departure->from_unit);
	} else if (content->kind_case == CONTENT_CASE(RESIDENCE_ARRIVAL)) {
		unit = bytes_of_field(&content->residence_arrival->unit);
	} else if (content->kind_case == CONTENT_CASE(RESIDENCE_UNIT_CLOSED)) {
		unit = bytes_of_field(&content->residence_unit_closed->unit);
	} else if (content->kind_case == CONTENT_CASE(TEMPORARY_RESIDENCE)) {
		unit = bytes_of_field(&content->temporary_residence->unit);
	}
	return unit;
}

/* The record that opened a unit; NULL when the unit is unknown. */
static const Civil__V1__ResidenceUnitOpened *opened(struct judgement *j, struct bytes unit)
{
	struct stored_record record;
	struct id nobody;
	uint64_t index;

	if (unit.size != ID_BYTES ||
	    !judgement_settle(j, view_number(j->view, &nobody, &index, NUMBER_UNIT, unit)) ||
	    !judgement_settle(j, view_record(j->view, &record, index)) ||
	    record.event.content == NULL ||
	    record.event.content->kind_case != CONTENT_CASE(RESIDENCE_UNIT_OPENED)) {
		return NULL;
	}
	return record.event.content->residence_unit_opened;
}

const Civil__V1__Address *target_unit_address(struct judgement *j, struct bytes unit)
{
	const Civil__V1__ResidenceUnitOpened *dwelling = opened(j, unit);

	return dwelling == NULL ? NULL : dwelling->address;
}

const Civil__V1__Address *target_book_address(struct judgement *j, const char *book_number)
{
	struct stored_record record;
	struct book_act act;
	struct id nobody;
	uint64_t index;

	if (!judgement_settle(j, view_number(j->view, &nobody, &index, NUMBER_FAMILY_BOOK,
	                                     bytes_of_string(book_number))) ||
	    !judgement_settle(j, view_record(j->view, &record, index)) ||
	    record.event.content == NULL || !book_act_of(&act, record.event.content)) {
		return NULL;
	}
	return target_unit_address(j, act.unit);
}

/* Day on which the unit was closed; INT32_MAX while it is open. */
static int32_t closed_on(struct judgement *j, struct bytes unit)
{
	struct stored_record record;
	struct id nobody;
	uint64_t index;
	int32_t day;

	if (judgement_settle(j, view_number(j->view, &nobody, &index, NUMBER_UNIT_CLOSED, unit)) &&
	    judgement_settle(j, view_record(j->view, &record, index)) &&
	    record.event.content != NULL &&
	    record.event.content->kind_case == CONTENT_CASE(RESIDENCE_UNIT_CLOSED) &&
	    partial_date_day(&day, record.event.content->residence_unit_closed->date)) {
		return day;
	}
	return INT32_MAX;
}

bool target_unit_open(struct judgement *j)
{
	struct bytes unit = target_unit(j);
	const Civil__V1__ResidenceUnitOpened *dwelling = opened(j, unit);
	int32_t day;

	return dwelling != NULL && partial_date_day(&day, dwelling->date) && j->own.dated &&
	       day <= j->own.valid.earliest && j->own.valid.latest < closed_on(j, unit);
}
