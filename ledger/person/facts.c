#include "ledger/person/facts.h"

#include "ledger/authority/law.h"
#include "ledger/authority/reference.h"
#include "ledger/person/step.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

Civil__V1__DelayClass facts_delay_class(const Civil__V1__RuleSet *law, enum kind_id kind,
                                        int32_t declared_day, int32_t day)
{
	int64_t delay = (int64_t)declared_day - day;
	int64_t in_time = law->birth_in_time_days;
	int64_t late = law->birth_late_days;

	if (kind == KIND_DEATH) {
		in_time = law->death_in_time_days;
		late = law->death_late_days;
	} else if (kind == KIND_MARRIAGE) {
		in_time = law->marriage_in_time_days;
		late = law->marriage_late_days;
	}
	if (delay <= in_time) {
		return CIVIL__V1__DELAY_CLASS__DELAY_CLASS_IN_TIME;
	}
	if (delay <= late) {
		return CIVIL__V1__DELAY_CLASS__DELAY_CLASS_LATE;
	}
	return CIVIL__V1__DELAY_CLASS__DELAY_CLASS_VERY_LATE;
}

static enum status birth_facts(struct facts *out, struct view *view, const struct act *act)
{
	const Civil__V1__RuleSet *law;
	enum status status = law_on_before(view, &law, act->registered_day, act->index);

	if (status == STATUS_OK) {
		out->delay_class =
		        facts_delay_class(law, act->kind->id, act->declared_day, act->valid.latest);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status number_scheme(struct facts *out, struct view *view)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);

	if (status == STATUS_OK) {
		out->number_scheme = reference->number_scheme;
	}
	return status;
}

/* The address as the unit was opened with. */
static enum status unit_address(struct facts *out, struct view *view, const struct act *act,
                                const ProtobufCBinaryData *unit)
{
	struct view before = *view;
	struct stored_record opened;
	struct id nobody;
	uint64_t index;

	before.size = act->index;
	before.memo = NULL; /* it sees a part */
	enum status status =
	        view_number(&before, &nobody, &index, NUMBER_UNIT, bytes_of(unit->data, unit->len));

	if (status == STATUS_OK) {
		status = view_record(&before, &opened, index);
	}
	if (status == STATUS_OK && opened.event.content != NULL &&
	    opened.event.content->kind_case == CIVIL__V1__CONTENT__KIND_RESIDENCE_UNIT_OPENED) {
		out->address = opened.event.content->residence_unit_opened->address;
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The other person of a death or of a cleared pair; false for other acts. */
static bool other_person(struct id *out, const struct act *act, const struct id *person)
{
	switch ((int)act->kind->id) {
	case KIND_DEATH:
	case KIND_PRESUMED_DEATH:
		return act_person(act, out,
		                  act_role(act, person) == ROLE(DECEASED) ? ROLE(SURVIVING_SPOUSE)
		                                                          : ROLE(DECEASED),
		                  0);
	case KIND_DUPLICATE_CLEARED:
		return act_person(act, out, ROLE(SUBJECT), 0) &&
		       (!id_equal(out, person) || act_person(act, out, ROLE(SUBJECT), 1));
	default:
		return false;
	}
}

/* The ids that stood for the other person when the act was recorded. */
static enum status other_ids(struct facts *out, struct view *view, const struct act *act,
                             const struct id *person)
{
	struct view then = *view;
	struct persona persona;
	struct id other;
	struct id *ids;

	then.size = act->index;
	then.memo = NULL; /* it sees a part */
	if (!other_person(&other, act, person)) {
		return STATUS_OK;
	}
	enum status status = persona_load(&then, &persona, &other);
	if (status != STATUS_OK || persona.member_count == 0) {
		return status;
	}
	ids = arena_array(view->arena, persona.member_count, sizeof(*ids));
	if (ids == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < persona.member_count; i++) {
		struct id root = persona_root(&persona, &persona.members[i].id);

		if (id_equal(&root, &persona.person)) {
			ids[out->other_count] = persona.members[i].id;
			out->other_count++;
		}
	}
	out->others = ids;
	return STATUS_OK;
}

enum status facts_of_act(struct facts *out, struct view *view, const struct act *act,
                         const struct id *person)
{
	struct facts facts = { .number_scheme = "" };
	enum status status = STATUS_OK;

	if (act->kind->id == KIND_BIRTH &&
	    act_role(act, person) == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD) {
		status = birth_facts(&facts, view, act);
		if (status == STATUS_OK && act->number_count > 0) {
			status = number_scheme(&facts, view);
		}
	} else if (act->kind->id == KIND_RESIDENCE_ARRIVAL) {
		status = unit_address(&facts, view, act, &act->content->residence_arrival->unit);
	} else if (act->kind->id == KIND_TEMPORARY_RESIDENCE) {
		status = unit_address(&facts, view, act, &act->content->temporary_residence->unit);
	} else if (act->kind->id == KIND_ADOPTION &&
	           act_role(act, person) == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD) {
		status = adoption_roles(facts.adopters, view, act);
	} else if (act->voided.sort == ACT_VOID_UNTRUE) {
		status = union_remarried(&facts.remarried, view, act, person);
	}
	if (status == STATUS_OK) {
		status = other_ids(&facts, view, act, person);
	}
	if (status == STATUS_OK) {
		*out = facts;
	}
	return status;
}
