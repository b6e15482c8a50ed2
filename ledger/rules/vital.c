#include "ledger/rules/identity.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/standing.h"

void rule_l01(struct judgement *j)
{
	struct party *child = matter_party(j->matter, SUBJECT(CHILD));
	const Civil__V1__PersonState *state = child == NULL ? NULL : party_state(j, child);

	if (state != NULL && state->birth != NULL && state->birth->act.len > 0) {
		(void)finding_broken(j, child->path);
	}
}

/* A death takes the place of a presumed one, so only another death stands in its way. */
void rule_l02(struct judgement *j)
{
	struct party *deceased = matter_party(j->matter, SUBJECT(DECEASED));
	const Civil__V1__PersonState *state = deceased == NULL ? NULL : party_state(j, deceased);

	if (state != NULL && state->life != NULL &&
	    (state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD ||
	     (state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_PRESUMED_DEAD &&
	      j->matter->kind->id == KIND_PRESUMED_DEATH))) {
		(void)finding_broken(j, deceased->path);
	}
}

/* A correction of the death itself, whose state holds that very death; or a death that takes the
 * place of what a court presumed. */
static bool is_own_death(const struct matter *matter, const struct party *party,
                         const Civil__V1__PersonState *state)
{
	return party->role == SUBJECT(DECEASED) &&
	       (matter->corrected ||
	        (matter->kind->id == KIND_DEATH && state->life != NULL &&
	         state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_PRESUMED_DEAD));
}

void rule_l03(struct judgement *j)
{
	for (size_t i = 0; i < j->matter->party_count && j->matter->dated; i++) {
		struct party *party = &j->matter->parties[i];
		const Civil__V1__PersonState *state = party_state(j, party);

		if (state == NULL || is_own_death(j->matter, party, state)) {
			continue;
		}
		(void)finding_unless(j, standing_alive_on(state, j->matter->valid), party->path);
	}
}

static enum ternary parent_alive(struct judgement *j, struct party *parent, int32_t days_after)
{
	const Civil__V1__PersonState *state = party_state(j, parent);
	struct interval death;

	if (state == NULL || !standing_death(&death, state)) {
		return TERNARY_YES;
	}
	return days_after == 0 ? interval_not_after(j->matter->valid, death)
	                       : ternary_not(interval_days_at_least(death, j->matter->valid,
	                                                            days_after + 1));
}

void rule_p04(struct judgement *j)
{
	enum { DAYS_AFTER_FATHER = 300 };
	struct party *mother = matter_party(j->matter, SUBJECT(MOTHER));
	struct party *father = matter_party(j->matter, SUBJECT(FATHER));

	if (mother != NULL && j->matter->dated) {
		(void)finding_unless(j, parent_alive(j, mother, 0), mother->path);
	}
	if (father != NULL && j->matter->dated) {
		(void)finding_unless(j, parent_alive(j, father, DAYS_AFTER_FATHER), father->path);
	}
}

/* At most 110 years old, or proved to be alive: the child of a birth on the day of declaration,
 * spouses at the wedding. */
void rule_p07(struct judgement *j)
{
	enum { TOO_OLD = 111 };
	struct matter *matter = j->matter;

	if (!matter->dated) {
		return;
	}
	if (matter->kind->id == KIND_BIRTH) {
		struct party *child = matter_party(matter, SUBJECT(CHILD));
		enum ternary too_old = interval_age_at_least(
		        matter->valid, interval_of_day(matter->declared_day), TOO_OLD);

		if (child != NULL && identity_lives(j, child, matter->declared_day)) {
			return;
		}
		(void)finding_unless(j, ternary_not(too_old), matter_date_path(j));
		return;
	}
	for (size_t i = 0; i < matter->party_count; i++) {
		struct party *spouse = &matter->parties[i];
		enum ternary too_old = TERNARY_UNKNOWN;
		struct interval birth;

		if (party_birth(j, spouse, &birth)) {
			too_old = interval_age_at_least(birth, matter->valid, TOO_OLD);
		} else if (party_state(j, spouse) == NULL) {
			continue; /* S11, or told by the paper alone */
		}
		if (identity_lives(j, spouse, matter->valid.latest)) {
			continue;
		}
		(void)finding_unless(j, ternary_not(too_old), spouse->path);
	}
}

static void other_parent(struct judgement *j, const Civil__V1__PersonState *child,
                         Civil__V1__SubjectRole role)
{
	struct party *declared = matter_party(j->matter, role);

	for (size_t i = 0; declared != NULL && i < child->n_parents; i++) {
		const Civil__V1__PersonParent *parent = child->parents[i];

		if (parent->role == role &&
		    !bytes_equal(bytes_of(parent->person_id.data, parent->person_id.len),
		                 bytes_of_id(&declared->id))) {
			(void)finding_broken(j, declared->path);
			return;
		}
	}
}

void rule_l20(struct judgement *j)
{
	struct party *child = matter_party(j->matter, SUBJECT(CHILD));
	const Civil__V1__PersonState *state = child == NULL ? NULL : party_state(j, child);

	if (state != NULL && j->matter->content != NULL &&
	    j->matter->content->kind_case == CONTENT_CASE(RECOGNITION)) {
		other_parent(j, state, j->matter->content->recognition->parent_role);
	} else if (state != NULL) {
		other_parent(j, state, SUBJECT(MOTHER));
		other_parent(j, state, SUBJECT(FATHER));
	}
}

void rule_w04(struct judgement *j)
{
	if (j->own.message != NULL && j->own.message->descriptor == &civil__v1__death__descriptor &&
	    ((const Civil__V1__Death *)j->own.message)->n_cause_chain == 0) {
		(void)finding_broken(j, "content.death.cause_chain");
	}
}
