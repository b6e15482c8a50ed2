#include "ledger/query/protection.h"

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

enum status protection_applies(struct query *query, bool *out, const Civil__V1__PersonState *state,
                               const Civil__V1__ReadContext *context, int32_t today)
{
	struct view newest = query->view;
	Civil__V1__PersonState *now;
	struct id person;

	*out = false;
	if (belongs_to_case(context) || state->person_id.len != ID_BYTES) {
		return STATUS_OK;
	}
	if (state->address_protection != NULL) {
		*out = true;
		return STATUS_OK;
	}
	memcpy(person.bytes, state->person_id.data, ID_BYTES);
	newest.size = query->size;
	newest.reference = NULL;
	enum status status = state_at(&newest, &now, &person, today);

	if (status == STATUS_OK) {
		*out = is_in_force(now->address_protection, today);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
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

enum status protection_hide(struct query *query, Civil__V1__PersonState *state,
                            const Civil__V1__ReadContext *context, int32_t today)
{
	bool hidden;
	enum status status = protection_applies(query, &hidden, state, context, today);

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
