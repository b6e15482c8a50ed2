#include "ledger/event/name_key.h"
#include "ledger/event/partial_date.h"
#include "ledger/rules/duplicate.h"
#include "ledger/rules/filiation.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/standing.h"

static const Civil__V1__Birth *birth_of(const struct matter *matter)
{
	return matter->message != NULL &&
	                       matter->message->descriptor == &civil__v1__birth__descriptor
	               ? (const Civil__V1__Birth *)matter->message
	               : NULL;
}

/* Birth of a parent: of the person named, or as the informant describes it. NOTHING to judge when
 * neither is there, UNKNOWN when a person has no date. */
enum parent_birth { PARENT_ABSENT, PARENT_UNDATED, PARENT_DATED };

static enum parent_birth parent_birth(struct judgement *j, struct interval *birth,
                                      Civil__V1__SubjectRole role)
{
	struct party *parent = matter_party(j->matter, role);
	const Civil__V1__Birth *act = birth_of(j->matter);
	const Civil__V1__ParentDetails *details = NULL;

	if (parent != NULL) {
		if (party_birth(j, parent, birth)) {
			return PARENT_DATED;
		}
		return party_state(j, parent) == NULL ? PARENT_ABSENT : PARENT_UNDATED;
	}
	/* What an informant once told of a mother whom no record knows does not bind a correction.
	 */
	if (act != NULL && !j->matter->corrected) {
		details = role == SUBJECT(MOTHER) ? act->mother_details : act->father_details;
	}
	return details != NULL &&
	                       partial_date_interval(birth, details->birth, j->matter->declared_day)
	               ? PARENT_DATED
	               : PARENT_ABSENT;
}

/* lowest <= age <= highest on the valid date; no highest when it is 0. */
static enum ternary age_between(struct interval birth, struct interval valid, int32_t lowest,
                                int32_t highest)
{
	enum ternary old_enough = interval_age_at_least(birth, valid, lowest);

	if (highest == 0) {
		return old_enough;
	}
	return ternary_and(old_enough,
	                   ternary_not(interval_age_at_least(birth, valid, highest + 1)));
}

static void impossible_age(struct judgement *j, Civil__V1__SubjectRole role, struct interval child)
{
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	struct law_answer answer = { 0 };
	struct interval birth;
	enum parent_birth known = parent_birth(j, &birth, role);

	for (size_t i = 0; known == PARENT_DATED && i < count; i++) {
		bool mother = role == SUBJECT(MOTHER);
		int32_t lowest = mother ? laws[i]->mother_age_min : laws[i]->father_age_min;
		int32_t highest = mother ? laws[i]->mother_age_max : 0;

		law_answer_add(&answer, age_between(birth, child, lowest, highest));
	}
	if (answer.answered || known == PARENT_UNDATED) {
		(void)finding_unless(j, answer.answered ? answer.value : TERNARY_UNKNOWN,
		                     role_name(role));
	}
}

void rule_s23(struct judgement *j)
{
	struct interval child;

	if (j->matter->dated && filiation_child_birth(j, &child)) {
		impossible_age(j, SUBJECT(MOTHER), child);
		impossible_age(j, SUBJECT(FATHER), child);
	}
}

static void unlikely_age(struct judgement *j, Civil__V1__SubjectRole role, int32_t lowest,
                         int32_t highest)
{
	struct interval birth;
	struct interval child;

	if (!j->matter->dated || !filiation_child_birth(j, &child)) {
		return;
	}
	switch (parent_birth(j, &birth, role)) {
	case PARENT_DATED:
		(void)finding_unless(j, age_between(birth, child, lowest, highest),
		                     role_name(role));
		break;
	case PARENT_UNDATED:
		(void)finding_undecided(j, role_name(role));
		break;
	case PARENT_ABSENT:
		break;
	}
}

void rule_p01(struct judgement *j)
{
	unlikely_age(j, SUBJECT(MOTHER), 12, 55);
}

void rule_p02(struct judgement *j)
{
	unlikely_age(j, SUBJECT(FATHER), 13, 90);
}

/* At least `days` between two births, whichever came first. */
static enum ternary apart(struct interval a, struct interval b, int32_t days)
{
	return ternary_or(interval_days_at_least(a, b, days), interval_days_at_least(b, a, days));
}

static bool same_delivery(const Civil__V1__Birth *birth, const struct known_birth *known)
{
	return birth->delivery_id.len > 0 &&
	       bytes_equal(bytes_of(birth->delivery_id.data, birth->delivery_id.len),
	                   known->delivery_id);
}

static bool same_mother(struct matter *matter, const struct known_birth *known)
{
	const struct party *mother = matter_party(matter, SUBJECT(MOTHER));

	return (mother != NULL) == known->has_mother &&
	       (mother == NULL || id_equal(&mother->id, &known->mother));
}

void rule_s24(struct judgement *j)
{
	enum { DAYS_OF_ONE_DELIVERY = 2 };
	const Civil__V1__Birth *birth = birth_of(j->matter);
	const struct known_birth *known;

	if (birth == NULL || birth->delivery_id.len == 0 || !j->matter->dated) {
		return;
	}
	enum ternary worst = TERNARY_YES;
	size_t count = judgement_delivery(
	        j, bytes_of(birth->delivery_id.data, birth->delivery_id.len), &known);

	for (size_t i = 0; i < count; i++) {
		if ((!known[i].registered && !known[i].open) || !same_delivery(birth, &known[i])) {
			continue; /* ended, or corrected to another delivery */
		}
		enum ternary together = ternary_not(
		        apart(j->matter->valid, known[i].date, DAYS_OF_ONE_DELIVERY + 1));

		if (birth->plurality != known[i].plurality ||
		    birth->birth_order == known[i].birth_order ||
		    !same_mother(j->matter, &known[i])) {
			together = TERNARY_NO;
		}
		worst = ternary_and(worst, together);
	}
	(void)finding_unless(j, worst, matter_path(j, "delivery_id"));
}

/* Whether every foetal death of the mother stands so to the birth; those that the register cannot
 * date leave it open. */
static enum ternary foetal_deaths_hold(struct judgement *j,
                                       enum ternary (*holds)(struct interval a, struct interval b))
{
	struct party *mother = matter_party(j->matter, SUBJECT(MOTHER));
	const Civil__V1__PersonState *state = mother == NULL ? NULL : party_state(j, mother);
	enum ternary all = TERNARY_YES;

	for (size_t i = 0; state != NULL && i < state->n_foetal_deaths; i++) {
		enum ternary one = TERNARY_UNKNOWN;
		struct interval date;

		if (partial_date_interval(&date, state->foetal_deaths[i]->date, j->recorded_day)) {
			one = holds(j->matter->valid, date);
		}
		all = ternary_and(all, one);
	}
	return all;
}

enum { SPACING_DAYS = 180 };

static enum ternary spaced(struct interval a, struct interval b)
{
	return apart(a, b, SPACING_DAYS);
}

void rule_p03(struct judgement *j)
{
	const Civil__V1__Birth *birth = birth_of(j->matter);
	const struct known_birth *known;
	enum ternary holds = TERNARY_YES;

	if (birth == NULL || !j->matter->dated) {
		return;
	}
	holds = foetal_deaths_hold(j, spaced);
	size_t count = judgement_births(j, &known);

	for (size_t i = 0; i < count; i++) {
		if (known[i].registered && !same_delivery(birth, &known[i])) {
			holds = ternary_and(holds, spaced(j->matter->valid, known[i].date));
		}
	}
	(void)finding_unless(j, holds, role_name(SUBJECT(MOTHER)));
}

/* Another delivery 180 to 269 days away: possible, seldom. */
static enum ternary close_delivery(struct interval a, struct interval b)
{
	return ternary_and(apart(a, b, 180), ternary_not(apart(a, b, 270)));
}

static enum ternary not_close(struct interval a, struct interval b)
{
	return ternary_not(close_delivery(a, b));
}

/* The later of two births comes at most three years after the earlier. */
static enum ternary within_three_years(struct interval a, struct interval b)
{
	struct interval day_before_a = { a.earliest - 1, a.latest - 1 };
	struct interval day_before_b = { b.earliest - 1, b.latest - 1 };

	return ternary_not(ternary_or(interval_age_at_least(a, day_before_b, 3),
	                              interval_age_at_least(b, day_before_a, 3)));
}

/* The births half of P05; deaths stand in duplicate.c. */
void duplicate_birth(struct judgement *j)
{
	const Civil__V1__Birth *birth = birth_of(j->matter);
	const struct known_birth *known;
	enum ternary candidate = TERNARY_NO;

	if (birth == NULL || !j->matter->dated) {
		return;
	}
	candidate = ternary_not(foetal_deaths_hold(j, not_close));
	size_t count = judgement_births(j, &known);
	struct bytes name = count == 0 ? bytes_of(NULL, 0) : name_key(birth->name, j->view->arena);

	for (size_t i = 0; i < count; i++) {
		if ((!known[i].registered && !known[i].open) || same_delivery(birth, &known[i])) {
			continue;
		}
		candidate = ternary_or(candidate, close_delivery(j->matter->valid, known[i].date));
		if (bytes_equal(name, known[i].name_key)) {
			candidate = ternary_or(candidate,
			                       within_three_years(j->matter->valid, known[i].date));
		}
	}
	(void)finding_unless(j, ternary_not(candidate), matter_path(j, "name"));
}

void rule_p06(struct judgement *j)
{
	const struct known_birth *known;
	enum ternary same = TERNARY_NO;

	if (!j->matter->dated) {
		return;
	}
	size_t count = judgement_births(j, &known);

	for (size_t i = 0; i < count; i++) {
		if (known[i].open && strcmp(known[i].office, j->event->header->office_id) != 0) {
			same = ternary_or(same, interval_same(j->matter->valid, known[i].date));
		}
	}
	(void)finding_unless(j, ternary_not(same), role_name(SUBJECT(MOTHER)));
}

/* True when the marriage makes the spouse the husband at the birth. */
static enum ternary husband_at(const struct union_span *span, struct interval birth)
{
	enum ternary after_wedding = interval_days_at_least(span->from, birth, 180);
	enum ternary before_end = TERNARY_YES;

	if (span->ended) {
		before_end = ternary_not(interval_days_at_least(span->to, birth, 301));
	}
	return ternary_and(after_wedding, before_end);
}

void rule_p09(struct judgement *j)
{
	struct party *mother = matter_party(j->matter, SUBJECT(MOTHER));
	struct party *father = matter_party(j->matter, SUBJECT(FATHER));
	const Civil__V1__PersonState *state = mother == NULL ? NULL : party_state(j, mother);
	enum ternary holds = TERNARY_YES;

	for (size_t i = 0; state != NULL && j->matter->dated && i < state->n_marriages; i++) {
		const Civil__V1__PersonMarriage *marriage = state->marriages[i];
		struct union_span span;

		if (!standing_union(&span, marriage)) {
			continue;
		}
		bool declared = father != NULL &&
		                bytes_equal(bytes_of_id(&father->id),
		                            bytes_of(marriage->spouse.data, marriage->spouse.len));

		if (!declared) {
			holds = ternary_and(holds,
			                    ternary_not(husband_at(&span, j->matter->valid)));
		}
	}
	(void)finding_unless(j, holds, role_name(SUBJECT(FATHER)));
}
