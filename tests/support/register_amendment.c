#include "tests/support/register_amendment.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"

#define CONTENT(member) CIVIL__V1__CONTENT__KIND_##member

static ProtobufCBinaryData of_hash(struct reg *reg, const struct hash *hash)
{
	return reg_bytes(reg, bytes_of_hash(hash));
}

Civil__V1__Content *reg_revocation(struct reg *reg, const struct hash *target, bool ex_nunc)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Revocation *revocation = reg_new(reg, &civil__v1__revocation__descriptor);

	content->kind_case = CONTENT(REVOCATION);
	content->revocation = revocation;
	revocation->target = of_hash(reg, target);
	revocation->ground = CIVIL__V1__AMENDMENT_GROUND__AMENDMENT_GROUND_UNTRUE;
	revocation->effect = ex_nunc ? CIVIL__V1__REVOCATION_EFFECT__REVOCATION_EFFECT_EX_NUNC
	                             : CIVIL__V1__REVOCATION_EFFECT__REVOCATION_EFFECT_EX_TUNC;
	revocation->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_reinstatement(struct reg *reg, const struct hash *target)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Reinstatement *back = reg_new(reg, &civil__v1__reinstatement__descriptor);

	content->kind_case = CONTENT(REINSTATEMENT);
	content->reinstatement = back;
	back->target = of_hash(reg, target);
	back->ground = CIVIL__V1__AMENDMENT_GROUND__AMENDMENT_GROUND_REVOKED_IN_ERROR;
	back->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_death_revoked(struct reg *reg, const struct hash *target)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__DeathRevoked *revoked = reg_new(reg, &civil__v1__death_revoked__descriptor);

	content->kind_case = CONTENT(DEATH_REVOKED);
	content->death_revoked = revoked;
	revoked->target = of_hash(reg, target);
	revoked->found_on = reg_date(reg, reg->today);
	revoked->proof = reg_text(reg, "fingerprints");
	revoked->authority = reg_text(reg, "national police");
	return content;
}

Civil__V1__Content *reg_cause(struct reg *reg, const struct hash *target, const char *icd)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__CauseCoded *coded = reg_new(reg, &civil__v1__cause_coded__descriptor);
	Civil__V1__CodedCause *line = reg_new(reg, &civil__v1__coded_cause__descriptor);

	content->kind_case = CONTENT(CAUSE_CODED);
	content->cause_coded = coded;
	coded->target = of_hash(reg, target);
	coded->codes = arena_array(&reg->arena, 1, sizeof(*coded->codes));
	coded->codes[0] = line;
	coded->n_codes = 1;
	line->line = reg_text(reg, "a");
	line->icd_version = reg_text(reg, "ICD-10");
	line->code = reg_text(reg, icd);
	coded->underlying = reg_text(reg, icd);
	coded->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_disappearance(struct reg *reg, const char *last_seen, const char *place)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Disappearance *missing = reg_new(reg, &civil__v1__disappearance__descriptor);

	content->kind_case = CONTENT(DISAPPEARANCE);
	content->disappearance = missing;
	missing->last_seen = reg_partial(reg, last_seen);
	missing->place = reg_place(reg, place, "KH-2014");
	missing->reported_by = reg_new(reg, &civil__v1__informant__descriptor);
	missing->reported_by->name = reg_name(reg, "ចាន់", "Chan");
	missing->reported_by->relationship = reg_text(reg, "brother");
	return content;
}

Civil__V1__Content *reg_presumed(struct reg *reg, const char *on, const struct hash *decision)
{
	static const struct hash unknown = { { 7 } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__PresumedDeath *presumed = reg_new(reg, &civil__v1__presumed_death__descriptor);

	content->kind_case = CONTENT(PRESUMED_DEATH);
	content->presumed_death = presumed;
	presumed->presumed_date = reg_date(reg, on);
	presumed->decision = of_hash(reg, decision == NULL ? &unknown : decision);
	return content;
}

static ProtobufCBinaryData *one_target(struct reg *reg, const struct hash *target)
{
	ProtobufCBinaryData *targets = arena_array(&reg->arena, 1, sizeof(*targets));

	ck_assert_ptr_nonnull(targets);
	targets[0] = of_hash(reg, target);
	return targets;
}

Civil__V1__Content *reg_dispute(struct reg *reg, const struct hash *target)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__DisputeOpened *opened = reg_new(reg, &civil__v1__dispute_opened__descriptor);

	content->kind_case = CONTENT(DISPUTE_OPENED);
	content->dispute_opened = opened;
	opened->targets = one_target(reg, target);
	opened->n_targets = 1;
	opened->authority = reg_text(reg, "provincial office");
	opened->reason = reg_text(reg, "a witness withdrew");
	opened->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_dispute_closed(struct reg *reg, const struct hash *target,
                                       Civil__V1__DisputeOutcome outcome)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__DisputeClosed *closed = reg_new(reg, &civil__v1__dispute_closed__descriptor);

	content->kind_case = CONTENT(DISPUTE_CLOSED);
	content->dispute_closed = closed;
	closed->targets = one_target(reg, target);
	closed->n_targets = 1;
	closed->authority = reg_text(reg, "provincial office");
	closed->outcome = outcome;
	closed->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_hold(struct reg *reg, const struct hash *target, const char *until)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__LegalHoldSet *hold = reg_new(reg, &civil__v1__legal_hold_set__descriptor);

	content->kind_case = CONTENT(LEGAL_HOLD_SET);
	content->legal_hold_set = hold;
	hold->scope = CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_PERSON;
	if (target != NULL) {
		hold->scope = CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_ACT;
		hold->targets = one_target(reg, target);
		hold->n_targets = 1;
	}
	hold->until = until == NULL ? NULL : reg_date(reg, until);
	hold->authority = reg_text(reg, "court");
	hold->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_seal(struct reg *reg, const struct hash *target, const char *until)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Seal *seal = reg_new(reg, &civil__v1__seal__descriptor);

	content->kind_case = CONTENT(SEAL);
	content->seal = seal;
	seal->scope = target == NULL ? CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_PERSON
	                             : CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_ACT;
	if (target != NULL) {
		seal->targets = arena_array(&reg->arena, 1, sizeof(*seal->targets));
		seal->targets[0] = reg_bytes(reg, bytes_of_hash(target));
		seal->n_targets = 1;
	}
	seal->authority = reg_text(reg, "court of Battambang");
	seal->until = until == NULL ? NULL : reg_date(reg, until);
	seal->date = reg_date(reg, reg->today);
	return content;
}

Civil__V1__Content *reg_hold_lifted(struct reg *reg, const struct hash *hold)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__LegalHoldLifted *lifted =
	        reg_new(reg, &civil__v1__legal_hold_lifted__descriptor);

	content->kind_case = CONTENT(LEGAL_HOLD_LIFTED);
	content->legal_hold_lifted = lifted;
	lifted->target = of_hash(reg, hold);
	lifted->authority = reg_text(reg, "court");
	lifted->date = reg_date(reg, reg->today);
	return content;
}

struct hash reg_revoked(struct reg *reg, const struct hash *target, const struct reg_part *parts,
                        bool ex_nunc)
{
	struct hash decision = reg_decided(reg, reg->today, "revocation", parts[0].person,
	                                   parts[1].role == 0 ? NULL : parts[1].person, target);
	Civil__V1__Content *content = reg_revocation(reg, target, ex_nunc);

	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REVOCATION, parts, content), "");
	return reg_event(reg);
}

const Civil__V1__PersonState *reg_state_at(struct reg *reg, const struct id *person,
                                           const char *day, uint64_t size)
{
	struct ledger_view view;
	Civil__V1__PersonState *state;
	Civil__V1__PersonState *kept = NULL;
	int32_t valid;

	ck_assert(partial_date_day(&valid, reg_date(reg, day)));
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	if (size < view.view.size) {
		view.view.size = size;
	}
	enum status status = state_at(&view.view, &state, person, valid);

	if (status == STATUS_OK) {
		size_t packed_size = civil__v1__person_state__get_packed_size(state);
		uint8_t *packed = arena_alloc(&reg->arena, packed_size);

		ck_assert_ptr_nonnull(packed);
		(void)civil__v1__person_state__pack(state, packed);
		kept = civil__v1__person_state__unpack(&reg->arena.allocator, packed_size, packed);
		ck_assert_ptr_nonnull(kept);
	} else {
		ck_assert_int_eq(status, STATUS_NOT_FOUND);
	}
	ledger_view_end(&view);
	return kept;
}
