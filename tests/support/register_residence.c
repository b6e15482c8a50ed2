/* Contents about dwellings, numbers, cards and corrections. */
#include "ledger/person/state.h"
#include "tests/support/register_content.h"

#include <check.h>

#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name

Civil__V1__Content *reg_departure(struct reg *reg, const char *date, const struct id *unit,
                                  const char *to)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ResidenceDeparture *departure =
	        reg_new(reg, &civil__v1__residence_departure__descriptor);

	content->kind_case = CONTENT(RESIDENCE_DEPARTURE);
	content->residence_departure = departure;
	departure->date = reg_date(reg, date);
	departure->from_unit = reg_bytes(reg, bytes_of_id(unit));
	departure->to = reg_place(reg, to, "KH-2014");
	departure->reason = reg_text(reg, "work");
	return content;
}

Civil__V1__Content *reg_arrival(struct reg *reg, const char *date, const struct id *unit,
                                const struct hash *release)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ResidenceArrival *arrival =
	        reg_new(reg, &civil__v1__residence_arrival__descriptor);

	content->kind_case = CONTENT(RESIDENCE_ARRIVAL);
	content->residence_arrival = arrival;
	arrival->date = reg_date(reg, date);
	arrival->unit = reg_bytes(reg, bytes_of_id(unit));
	arrival->reason = reg_text(reg, "work");
	arrival->from = reg_place(reg, "07", "KH-2014");
	if (release != NULL) {
		arrival->release = reg_bytes(reg, bytes_of_hash(release));
	}
	return content;
}

Civil__V1__Content *reg_number(struct reg *reg, const char *place, const char *gazetteer)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NumberAllocated *number = reg_new(reg, &civil__v1__number_allocated__descriptor);

	content->kind_case = CONTENT(NUMBER_ALLOCATED);
	content->number_allocated = number;
	number->scheme = reg_text(reg, "kidc");
	number->reason = CIVIL__V1__NUMBER_REASON__NUMBER_REASON_LEGACY;
	number->date = reg_date(reg, reg->today);
	number->place = reg_place(reg, place, gazetteer);
	return content;
}

Civil__V1__Content *reg_card_applied(struct reg *reg, const char *date)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__DocumentApplied *applied =
	        reg_new(reg, &civil__v1__document_applied__descriptor);
	struct hash photo = { { 9 } };

	content->kind_case = CONTENT(DOCUMENT_APPLIED);
	content->document_applied = applied;
	applied->sort = reg_text(reg, "ordinary");
	applied->reason = CIVIL__V1__DOCUMENT_REASON__DOCUMENT_REASON_FIRST;
	applied->date = reg_date(reg, date);
	applied->photo_digest = reg_bytes(reg, bytes_of_hash(&photo));
	applied->delivery = CIVIL__V1__DELIVERY_MODE__DELIVERY_MODE_COUNTER;
	return content;
}

/* Everything as the register says now. */
static Civil__V1__DocumentSnapshot *snapshot_of(struct reg *reg, const struct id *holder)
{
	Civil__V1__DocumentSnapshot *snapshot =
	        reg_new(reg, &civil__v1__document_snapshot__descriptor);
	const Civil__V1__PersonState *state = reg_state(reg, holder);

	ck_assert_ptr_nonnull(state);
	snapshot->name = state->names[0]->name;
	snapshot->sex = state->sex->sex;
	snapshot->birth = state->birth->date;
	snapshot->nationality = reg_text(
	        reg, state->n_nationalities == 0 ? "KHM" : state->nationalities[0]->country);
	snapshot->address = state->residence != NULL ? state->residence->address
	                                             : reg_address(reg, "07080301", "KH-2014");
	snapshot->number = reg_text(reg, state->numbers[0]->number);
	return snapshot;
}

Civil__V1__Content *reg_card_issued(struct reg *reg, const struct id *holder,
                                    const struct hash *application, const char *number,
                                    const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__DocumentIssued *issued = reg_new(reg, &civil__v1__document_issued__descriptor);

	content->kind_case = CONTENT(DOCUMENT_ISSUED);
	content->document_issued = issued;
	issued->application = reg_bytes(reg, bytes_of_hash(application));
	issued->document_number = reg_text(reg, number);
	issued->serial = reg_text(reg, "S1");
	issued->issued_on = reg_date(reg, on);
	issued->expires_on = reg_date(reg, on);
	issued->expires_on->year += 10;
	issued->expires_on->day = 1;
	issued->snapshot = snapshot_of(reg, holder);
	return content;
}

Civil__V1__Content *reg_card_renewed(struct reg *reg, const struct id *holder,
                                     const struct hash *application, const char *number,
                                     const char *on, const char *replaces)
{
	Civil__V1__Content *content = reg_card_issued(reg, holder, application, number, on);
	Civil__V1__DocumentRenewed *renewed =
	        reg_new(reg, &civil__v1__document_renewed__descriptor);

	renewed->issue = content->document_issued;
	renewed->replaces = reg_text(reg, replaces);
	renewed->reason = reg_text(reg, "renewal");
	content->kind_case = CONTENT(DOCUMENT_RENEWED);
	content->document_renewed = renewed;
	return content;
}

/* The verbs come in groups of the same fields, each with a type of its own. */
#define LOSS(member)                                                                               \
	content->member = reg_new(reg, &civil__v1__##member##__descriptor);                        \
	content->member->document_number = reg_text(reg, number);                                  \
	content->member->date = reg_partial(reg, on);                                              \
	content->member->report_number = reg_text(reg, "7")

#define STANDING(member)                                                                           \
	content->member = reg_new(reg, &civil__v1__##member##__descriptor);                        \
	content->member->document_number = reg_text(reg, number);                                  \
	content->member->date = reg_date(reg, on);                                                 \
	content->member->reason = reg_text(reg, "settled");                                        \
	content->member->authority = reg_text(reg, "office")

Civil__V1__Content *reg_card_verb(struct reg *reg, enum kind_id kind, const char *number,
                                  const char *on)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = kind_of_id(kind)->content_case;
	switch ((int)content->kind_case) {
	case CONTENT(DOCUMENT_LOST):
		LOSS(document_lost);
		break;
	case CONTENT(DOCUMENT_STOLEN):
		LOSS(document_stolen);
		break;
	case CONTENT(DOCUMENT_DELIVERED):
		content->document_delivered =
		        reg_new(reg, &civil__v1__document_delivered__descriptor);
		content->document_delivered->document_number = reg_text(reg, number);
		content->document_delivered->date = reg_date(reg, on);
		content->document_delivered->to = CIVIL__V1__DELIVERED_TO__DELIVERED_TO_HOLDER;
		content->document_delivered->by = reg_text(reg, "counter");
		break;
	case CONTENT(DOCUMENT_FOUND):
		content->document_found = reg_new(reg, &civil__v1__document_found__descriptor);
		content->document_found->document_number = reg_text(reg, number);
		content->document_found->date = reg_date(reg, on);
		break;
	case CONTENT(DOCUMENT_SUSPENDED):
		STANDING(document_suspended);
		break;
	case CONTENT(DOCUMENT_RESUMED):
		STANDING(document_resumed);
		break;
	case CONTENT(DOCUMENT_REVOKED):
		STANDING(document_revoked);
		break;
	default:
		ck_abort_msg("no verb for %s", kind_of_id(kind)->name);
	}
	return content;
}

Civil__V1__Content *reg_correction(struct reg *reg, const struct hash *target, bool court)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Correction *correction = reg_new(reg, &civil__v1__correction__descriptor);

	content->kind_case = CONTENT(CORRECTION);
	content->correction = correction;
	correction->target = reg_bytes(reg, bytes_of_hash(target));
	correction->ground = CIVIL__V1__CORRECTION_GROUND__CORRECTION_GROUND_OTHER;
	correction->path = court ? CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT
	                         : CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_ADMINISTRATIVE;
	correction->date = reg_date(reg, reg->today);
	correction->changes = arena_array(&reg->arena, 4, sizeof(*correction->changes));
	return content;
}

void reg_change(struct reg *reg, Civil__V1__Content *correction, const char *path,
                Civil__V1__FieldValue *before, Civil__V1__FieldValue *after)
{
	Civil__V1__FieldChange *change = reg_new(reg, &civil__v1__field_change__descriptor);

	change->path = reg_text(reg, path);
	change->old_value = before;
	change->new_value = after;
	correction->correction->changes[correction->correction->n_changes] = change;
	correction->correction->n_changes++;
}

Civil__V1__FieldValue *reg_value_text(struct reg *reg, const char *text)
{
	Civil__V1__FieldValue *value = reg_new(reg, &civil__v1__field_value__descriptor);

	value->value_case = CIVIL__V1__FIELD_VALUE__VALUE_TEXT;
	value->text = reg_text(reg, text);
	return value;
}

Civil__V1__FieldValue *reg_value_date(struct reg *reg, const char *day)
{
	Civil__V1__FieldValue *value = reg_new(reg, &civil__v1__field_value__descriptor);

	value->value_case = CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE;
	value->partial_date = reg_partial(reg, day);
	return value;
}

Civil__V1__FieldValue *reg_value_place(struct reg *reg, const char *code, const char *gazetteer)
{
	Civil__V1__FieldValue *value = reg_new(reg, &civil__v1__field_value__descriptor);

	value->value_case = CIVIL__V1__FIELD_VALUE__VALUE_PLACE;
	value->place = reg_place(reg, code, gazetteer);
	return value;
}
