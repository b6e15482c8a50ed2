/* Personal numbers: one live number a person, closed ones resolve for ever. */
#include "ledger/person/step.h"

#define NUMBER(name) CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_##name

void number_close(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to)
{
	for (size_t i = 0; i < fold->state->n_numbers; i++) {
		Civil__V1__PersonNumber *number = fold->state->numbers[i];

		if (number->status == NUMBER(LIVE)) {
			number->status = NUMBER(CLOSED);
			fold_end(fold, number->provenance, act, to);
		}
	}
	fold->compare = true;
}

void number_close_known_before(struct fold *fold, uint64_t index, Civil__V1__PartialDate *to)
{
	for (size_t i = 0; i < fold->state->n_numbers; i++) {
		Civil__V1__PersonNumber *number = fold->state->numbers[i];

		if (number->status == NUMBER(LIVE) && number->provenance != NULL &&
		    number->provenance->known_from < index) {
			number->status = NUMBER(CLOSED);
			number->provenance->valid_to = to;
		}
	}
	fold->compare = true;
}

void number_add(struct fold *fold, const struct act *act, Civil__V1__PartialDate *from)
{
	for (size_t i = 0; i < act->number_count; i++) {
		const Civil__V1__AllocatedNumber *given = act->numbers[i];
		Civil__V1__PersonNumber *number;

		if (!fold_is_person(fold, given->person_id)) {
			continue;
		}
		bool own = fold_same_id(given->person_id, fold->person);
		number = fold_new(fold, &civil__v1__person_number__descriptor);
		if (number != NULL) {
			number->number = given->number;
			number->scheme = fold_text(fold, fold->facts.number_scheme);
			number->status = own ? NUMBER(LIVE) : NUMBER(ALIAS);
			number->provenance = fold_provenance(fold, act, from, "");
		}
		if (number != NULL && number->provenance != NULL) {
			number->provenance->source = act->numbers_index;
		}
		fold_append(fold, &fold->state->numbers, &fold->state->n_numbers, number);
	}
	fold->compare = true;
}

void step_number_allocated(struct fold *fold, const struct act *act)
{
	const Civil__V1__NumberAllocated *content = act->content->number_allocated;
	Civil__V1__PartialDate *from = fold_partial(fold, content->date);

	fold->facts.number_scheme = content->scheme;
	if (!fold_names_other(fold, act)) {
		number_close(fold, act, from); /* one live number a person */
	}
	number_add(fold, act, from);
}

void step_number_closed(struct fold *fold, const struct act *act)
{
	const Civil__V1__NumberClosed *content = act->content->number_closed;

	for (size_t i = 0; i < fold->state->n_numbers; i++) {
		Civil__V1__PersonNumber *number = fold->state->numbers[i];

		if (number->status == NUMBER(LIVE) &&
		    strcmp(number->number, content->number) == 0) {
			number->status = NUMBER(CLOSED);
			fold_end(fold, number->provenance, act, fold_partial(fold, content->date));
		}
	}
	fold->compare = true;
}
