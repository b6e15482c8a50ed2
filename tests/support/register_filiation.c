#include "tests/support/register_filiation.h"

#define CONTENT(member) CIVIL__V1__CONTENT__KIND_##member

struct hash reg_decided_for(struct reg *reg, const char *kind, const struct reg_part *parts,
                            const struct hash *target)
{
	Civil__V1__Content *content = reg_decision(reg, reg->today, kind, NULL, NULL, target);
	Civil__V1__CourtOrder *order = content->court_decision->orders[0];
	struct reg_part about[REG_PARTS_MAX + 1] = { { 0, NULL } };

	order->persons = arena_array(&reg->arena, REG_PARTS_MAX, sizeof(*order->persons));
	for (size_t i = 0; parts[i].role != 0; i++) {
		about[i] = (struct reg_part){ ROLE(SUBJECT), parts[i].person };
		order->persons[i] = reg_bytes(reg, bytes_of_id(parts[i].person));
		order->n_persons++;
	}
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_COURT_DECISION, about, content), "");
	return reg_event(reg);
}

Civil__V1__Content *reg_adoption(struct reg *reg, Civil__V1__AdoptionForm form,
                                 const struct hash *decision)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Adoption *act = reg_new(reg, &civil__v1__adoption__descriptor);

	content->kind_case = CONTENT(ADOPTION);
	content->adoption = act;
	act->date_final = reg_date(reg, reg->today);
	if (decision != NULL) {
		act->decision = reg_bytes(reg, bytes_of_hash(decision));
	}
	act->form = form;
	return content;
}

struct hash reg_adopted(struct reg *reg, Civil__V1__AdoptionForm form, const struct reg_part *parts,
                        const char *name)
{
	struct hash decision = reg_decided_for(reg, "adoption", parts, NULL);
	Civil__V1__Content *content = reg_adoption(reg, form, &decision);

	if (name != NULL) {
		content->adoption->new_name = reg_name(reg, name, "Visal");
	}
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_ADOPTION, parts, content), "");
	return reg_event(reg);
}

const char *reg_adoption_ended(struct reg *reg, const struct hash *adoption,
                               const struct reg_part *parts)
{
	struct hash decision = reg_decided_for(reg, "adoption_revoked", parts, adoption);
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__AdoptionRevoked *act = reg_new(reg, &civil__v1__adoption_revoked__descriptor);

	content->kind_case = CONTENT(ADOPTION_REVOKED);
	content->adoption_revoked = act;
	act->target = reg_bytes(reg, bytes_of_hash(adoption));
	act->decision = reg_bytes(reg, bytes_of_hash(&decision));
	act->date_final = reg_date(reg, reg->today);
	return reg_act(reg, "R.070803", KIND_ADOPTION_REVOKED, parts, content);
}
