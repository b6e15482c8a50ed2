#include "tests/support/erasure.h"

#include "tests/support/register_ground.h"

const char erasure_secret[] = "ពិសិដ្ឋបំភ្លេចចោល";
const char erasure_left[] = "លុប";

void erasure_begin(struct erasure *erasure, struct store *store)
{
	struct reg *reg = store == NULL ? reg_begin() : reg_begin_over(store);

	*erasure = (struct erasure){ .reg = reg };
	ground_lay(reg);
	erasure->mother =
	        reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	reg_on(reg, "2026-03-02");
	erasure->child = reg_born(reg, erasure_secret, "2026-02-20", &erasure->mother, NULL);
	erasure->birth = reg_event(reg);
	erasure->family[0] = (struct reg_part){ ROLE(CHILD), &erasure->child };
	erasure->family[1] = (struct reg_part){ ROLE(MOTHER), &erasure->mother };
	reg_on(reg, "2026-06-20");
}

void erasure_end(struct erasure *erasure)
{
	reg_end(erasure->reg);
}

Civil__V1__Content *erasure_order(struct reg *reg, const struct hash *target,
                                  const Civil__V1__Content *residue, const struct hash *decision)
{
	static const struct hash unknown = { { 7 } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ContentErased *erased = reg_new(reg, &civil__v1__content_erased__descriptor);
	size_t size = civil__v1__content__get_packed_size(residue);
	uint8_t *packed = arena_alloc(&reg->arena, size);

	ck_assert_ptr_nonnull(packed);
	content->kind_case = CIVIL__V1__CONTENT__KIND_CONTENT_ERASED;
	content->content_erased = erased;
	erased->target = reg_bytes(reg, bytes_of_hash(target));
	erased->residue =
	        reg_bytes(reg, bytes_of(packed, civil__v1__content__pack(residue, packed)));
	erased->decision = reg_bytes(reg, bytes_of_hash(decision == NULL ? &unknown : decision));
	erased->date = reg_date(reg, reg->today);
	return content;
}

struct hash erasure_ordered(struct erasure *erasure)
{
	return reg_decided(erasure->reg, erasure->reg->today, "content_erased", &erasure->child,
	                   &erasure->mother, &erasure->birth);
}

const char *erasure_erase(struct erasure *erasure, const char *date)
{
	struct reg *reg = erasure->reg;
	struct hash decision = erasure_ordered(erasure);

	return reg_act(
	        reg, "G1+G2", KIND_CONTENT_ERASED, erasure->family,
	        erasure_order(reg, &erasure->birth, reg_birth(reg, erasure_left, date), &decision));
}

const char *erasure_name(struct erasure *erasure, uint64_t size)
{
	return reg_state_at(erasure->reg, &erasure->child, "2026-12-31", size)
	        ->names[0]
	        ->name->km_given;
}

const char *erasure_correct(struct erasure *erasure, const char *before, const char *after)
{
	struct reg *reg = erasure->reg;
	struct hash decision = reg_decided(reg, reg->today, "correction", &erasure->child,
	                                   &erasure->mother, &erasure->birth);
	Civil__V1__Content *content = reg_correction(reg, &erasure->birth, true);

	reg_cite(reg, content, &decision);
	reg_change(reg, content, "birth.name.km_given", reg_value_text(reg, before),
	           reg_value_text(reg, after));
	return reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, erasure->family, content);
}
