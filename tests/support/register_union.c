#include "tests/support/register_union.h"

#define CONTENT(member) CIVIL__V1__CONTENT__KIND_##member

static ProtobufCBinaryData of_hash(struct reg *reg, const struct hash *hash)
{
	return hash == NULL ? (ProtobufCBinaryData){ 0 } : reg_bytes(reg, bytes_of_hash(hash));
}

struct hash reg_ordered(struct reg *reg, const char *kind, const struct reg_part *parts)
{
	struct reg_part named[REG_PARTS_MAX + 1] = { 0 };
	Civil__V1__Content *content = reg_decision(reg, reg->today, kind, NULL, NULL, NULL);
	Civil__V1__CourtOrder *order = content->court_decision->orders[0];
	ProtobufCBinaryData *persons = arena_array(&reg->arena, REG_PARTS_MAX, sizeof(*persons));
	size_t count = 0;

	ck_assert_ptr_nonnull(persons);
	for (; parts[count].role != 0; count++) {
		named[count] = (struct reg_part){ ROLE(SUBJECT), parts[count].person };
		persons[count] = reg_bytes(reg, bytes_of_id(parts[count].person));
	}
	order->persons = persons;
	order->n_persons = count;
	ck_assert_str_eq(reg_act(reg, "CC.court-14", KIND_COURT_DECISION, named, content), "");
	return reg_event(reg);
}

Civil__V1__Content *reg_objection(struct reg *reg, const struct hash *notice)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Objection *objection = reg_new(reg, &civil__v1__objection__descriptor);

	content->kind_case = CONTENT(OBJECTION);
	content->objection = objection;
	objection->notice = of_hash(reg, notice);
	objection->objector_name = reg_name(reg, "សុខា", "Sokha");
	objection->ground = reg_text(reg, "married_already");
	objection->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_objection_resolved(struct reg *reg, const struct hash *objection,
                                           bool upheld, const struct hash *decision)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ObjectionResolved *resolved =
	        reg_new(reg, &civil__v1__objection_resolved__descriptor);

	content->kind_case = CONTENT(OBJECTION_RESOLVED);
	content->objection_resolved = resolved;
	resolved->objection = of_hash(reg, objection);
	resolved->outcome = upheld ? CIVIL__V1__OBJECTION_OUTCOME__OBJECTION_OUTCOME_UPHELD
	                           : CIVIL__V1__OBJECTION_OUTCOME__OBJECTION_OUTCOME_DISMISSED;
	resolved->date = reg_date(reg, reg->today);
	resolved->decision = of_hash(reg, decision);
	return content;
}

Civil__V1__Content *reg_annulment(struct reg *reg, const struct hash *wedding,
                                  const struct hash *decision, const char *final_on, bool ab_initio)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Annulment *annulment = reg_new(reg, &civil__v1__annulment__descriptor);

	content->kind_case = CONTENT(ANNULMENT);
	content->annulment = annulment;
	annulment->target = of_hash(reg, wedding);
	annulment->decision = of_hash(reg, decision);
	annulment->date_final = reg_date(reg, final_on);
	annulment->ab_initio = ab_initio;
	annulment->good_faith = CIVIL__V1__GOOD_FAITH__GOOD_FAITH_BOTH;
	return content;
}

Civil__V1__Content *reg_separation(struct reg *reg, const struct hash *wedding,
                                   const struct hash *decision, const char *final_on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Separation *separation = reg_new(reg, &civil__v1__separation__descriptor);

	content->kind_case = CONTENT(SEPARATION);
	content->separation = separation;
	separation->target = of_hash(reg, wedding);
	separation->decision = of_hash(reg, decision);
	separation->date_final = reg_date(reg, final_on);
	return content;
}

Civil__V1__Content *reg_reconciliation(struct reg *reg, const struct hash *wedding,
                                       const struct hash *decision, const char *final_on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Reconciliation *together = reg_new(reg, &civil__v1__reconciliation__descriptor);

	content->kind_case = CONTENT(RECONCILIATION);
	content->reconciliation = together;
	together->target = of_hash(reg, wedding);
	together->decision = of_hash(reg, decision);
	together->date_final = reg_date(reg, final_on);
	return content;
}

Civil__V1__Content *reg_resolved(struct reg *reg, const struct hash *wedding,
                                 const struct hash *decision, const char *ended_on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__MarriageResolved *resolved =
	        reg_new(reg, &civil__v1__marriage_resolved__descriptor);

	content->kind_case = CONTENT(MARRIAGE_RESOLVED);
	content->marriage_resolved = resolved;
	resolved->target = of_hash(reg, wedding);
	resolved->decision = of_hash(reg, decision);
	resolved->outcome = ended_on == NULL
	                            ? CIVIL__V1__MARRIAGE_OUTCOME__MARRIAGE_OUTCOME_IN_FORCE
	                            : CIVIL__V1__MARRIAGE_OUTCOME__MARRIAGE_OUTCOME_ENDED;
	if (ended_on != NULL) {
		resolved->ended_on = reg_date(reg, ended_on);
	}
	resolved->date_final = reg_date(reg, reg->today);
	return content;
}
