#include "ledger/event/partial_date.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/notice.h"
#include "ledger/rules/standing.h"
#include "ledger/rules/target.h"
#include "ledger/rules/timeline.h"

static const Civil__V1__Marriage *marriage_of(const struct matter *matter)
{
	return matter->message != NULL &&
	                       matter->message->descriptor == &civil__v1__marriage__descriptor
	               ? (const Civil__V1__Marriage *)matter->message
	               : NULL;
}

static bool is_own(const struct matter *matter, const Civil__V1__PersonMarriage *marriage)
{
	return matter->is_act && bytes_equal(bytes_of(marriage->act.data, marriage->act.len),
	                                     bytes_of_hash(&matter->event_id));
}

/* The marriage judged as an interval: without an end unless it says that it ended before, or is on
 * the ledger and has ended since. */
static struct union_span own_span(const struct matter *matter, const Civil__V1__PersonState *state)
{
	const Civil__V1__Marriage *marriage = marriage_of(matter);
	struct union_span span = { .from = matter->valid, .to = interval_of_day(INT32_MAX) };
	int32_t day;

	for (size_t i = 0; i < state->n_marriages; i++) {
		struct union_span known;

		if (is_own(matter, state->marriages[i]) &&
		    standing_union(&known, state->marriages[i])) {
			span.to = known.to;
			span.ended = known.ended;
		}
	}

	if (marriage != NULL && marriage->already_ended != NULL &&
	    partial_date_day(&day, marriage->already_ended->on)) {
		span.to = interval_of_day(day);
		span.ended = true;
	}
	return span;
}

/* All marriages count, earlier and later: a late registration meets what was concluded since. */
static enum ternary unmarried(struct judgement *j, const Civil__V1__PersonState *state,
                              const Civil__V1__PersonState *own_state)
{
	struct union_span own = own_span(j->matter, own_state);
	enum ternary holds = TERNARY_YES;

	for (size_t i = 0; i < state->n_marriages; i++) {
		struct union_span other;

		if (is_own(j->matter, state->marriages[i]) ||
		    !standing_union(&other, state->marriages[i])) {
			continue;
		}
		/* [from, to) and [from, to) meet when each begins before the other ends. */
		enum ternary meet = ternary_and(interval_before(other.from, own.to),
		                                interval_before(own.from, other.to));

		holds = ternary_and(holds, ternary_not(meet));
	}
	return holds;
}

static const Civil__V1__SubjectRole spouses[] = { SUBJECT(SPOUSE_A), SUBJECT(SPOUSE_B) };

void rule_l04(struct judgement *j)
{
	for (size_t i = 0; i < 2 && j->matter->dated; i++) {
		struct party *spouse = matter_party(j->matter, spouses[i]);
		const Civil__V1__PersonState *state =
		        spouse == NULL ? NULL : party_state(j, spouse);

		if (state == NULL) {
			continue;
		}
		/* One that comes back has the end that it will have. */
		const Civil__V1__PersonState *then =
		        j->event->content->kind_case == CONTENT_CASE(REINSTATEMENT)
		                ? timeline_state(j, spouse)
		                : state;

		(void)finding_unless(j, unmarried(j, state, then == NULL ? state : then),
		                     spouse->path);
	}
}

static int32_t age_required(const Civil__V1__RuleSet *law, Civil__V1__SubjectRole role)
{
	return role == SUBJECT(SPOUSE_A) ? law->groom_age : law->bride_age;
}

/* Full age of both, one by one; or, where the law says so, consent for one who has reached the age
 * of consent while the other is of full age. */
struct ages {
	bool present[2];
	enum ternary of_age[2];
	enum ternary may_consent[2];
};

static bool read_ages(struct judgement *j, struct ages *ages, const Civil__V1__RuleSet *law)
{
	*ages = (struct ages){ 0 };
	for (size_t i = 0; i < 2; i++) {
		struct party *spouse = matter_party(j->matter, spouses[i]);
		int32_t age = age_required(law, spouses[i]);
		struct interval birth;

		if (spouse == NULL ||
		    (spouse->new_person == NULL && party_state(j, spouse) == NULL)) {
			continue; /* S11 or S16 */
		}
		bool known = party_birth(j, spouse, &birth);
		struct interval day = j->matter->valid;

		ages->present[i] = true;
		ages->of_age[i] = age == 0 ? TERNARY_YES
		                  : known  ? interval_age_at_least(birth, day, age)
		                           : TERNARY_UNKNOWN;
		ages->may_consent[i] = known ? interval_age_at_least(birth, day, law->consent_age)
		                             : TERNARY_UNKNOWN;
	}
	return ages->present[0] && ages->present[1];
}

static bool consent_given(const struct matter *matter, const Civil__V1__RuleSet *law)
{
	const Civil__V1__Marriage *marriage = marriage_of(matter);

	return law->under_age == CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT &&
	       marriage != NULL && marriage->guardian_consent != NULL &&
	       (marriage->guardian_consent->act.len > 0 ||
	        marriage->guardian_consent->document != NULL);
}

void rule_l05(struct judgement *j)
{
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	struct law_answer answers[2] = { 0 };

	for (size_t l = 0; l < count; l++) {
		struct ages ages;
		bool both = read_ages(j, &ages, laws[l]);
		bool consent = both && consent_given(j->matter, laws[l]);

		for (size_t i = 0; i < 2; i++) {
			enum ternary holds = ages.of_age[i];

			if (consent) {
				holds = ternary_or(holds, ternary_and(ages.may_consent[i],
				                                      ages.of_age[1 - i]));
			}
			if (ages.present[i]) {
				law_answer_add(&answers[i], holds);
			}
		}
	}
	for (size_t i = 0; i < 2; i++) {
		if (!answers[i].answered) {
			continue;
		}
		Civil__V1__RuleFinding *finding =
		        finding_unless(j, answers[i].value, role_name(spouses[i]));

		finding_fact(j, finding, "law", "%s", laws[count - 1]->version);
		finding_fact(j, finding, "age_required", "%d",
		             age_required(laws[count - 1], spouses[i]));
	}
}

/* From the end of each earlier marriage to the valid date. */
static enum ternary waited(const Civil__V1__PersonState *state, const struct matter *matter,
                           int32_t days)
{
	enum ternary holds = TERNARY_YES;

	for (size_t i = 0; i < state->n_marriages; i++) {
		struct union_span span;

		if (!standing_union(&span, state->marriages[i]) || !span.ended) {
			continue;
		}
		enum ternary ended_before = interval_not_after(span.to, matter->valid);
		enum ternary long_ago = interval_days_at_least(span.to, matter->valid, days);

		holds = ternary_and(holds, ternary_or(ternary_not(ended_before), long_ago));
	}
	return holds;
}

void rule_l07(struct judgement *j)
{
	struct party *bride = matter_party(j->matter, SUBJECT(SPOUSE_B));
	const Civil__V1__PersonState *state = bride == NULL ? NULL : party_state(j, bride);
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	struct law_answer answer = { 0 };

	for (size_t l = 0; state != NULL && l < count; l++) {
		int32_t days = laws[l]->waiting_days;

		law_answer_add(&answer, days == 0 ? TERNARY_YES : waited(state, j->matter, days));
	}
	if (answer.answered) {
		Civil__V1__RuleFinding *finding = finding_unless(j, answer.value, bride->path);

		finding_fact(j, finding, "law", "%s", laws[count - 1]->version);
		finding_fact(j, finding, "days_required", "%d", laws[count - 1]->waiting_days);
	}
}

/* The notice that the marriage names, when it is one of both spouses. */
static bool posted_day(struct judgement *j, const Civil__V1__Marriage *marriage, int32_t *day)
{
	struct bytes notice = bytes_of(marriage->notice.data, marriage->notice.len);
	struct act act;

	if (notice.size == 0 || !judgement_settle(j, acts_find(j->view, &act, notice)) ||
	    act.kind->id != KIND_MARRIAGE_NOTICE || act.voided.sort != ACT_VOID_NOT) {
		return false;
	}
	for (size_t i = 0; i < 2; i++) {
		struct party *spouse = matter_party(j->matter, spouses[i]);

		if (spouse == NULL || act_role(&act, &spouse->id) == SUBJECT(UNSPECIFIED) ||
		    notice_is_void(j, spouse, notice)) {
			return false;
		}
	}
	return partial_date_day(day, ((const Civil__V1__MarriageNotice *)act.message)->posted_on);
}

void rule_l08(struct judgement *j)
{
	const Civil__V1__Marriage *marriage = marriage_of(j->matter);
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	struct law_answer answer = { 0 };
	int32_t posted;

	if (marriage == NULL || marriage->form != CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CIVIL) {
		return;
	}
	bool notice = posted_day(j, marriage, &posted);

	for (size_t l = 0; l < count; l++) {
		int32_t days = laws[l]->notice_days;
		enum ternary held = TERNARY_NO;

		if (notice) {
			held = interval_days_at_least(interval_of_day(posted), j->matter->valid,
			                              days);
		}
		law_answer_add(&answer, days == 0 ? TERNARY_YES : held);
	}
	if (answer.answered) {
		Civil__V1__RuleFinding *finding =
		        finding_unless(j, answer.value, matter_path(j, "notice"));

		finding_fact(j, finding, "law", "%s", laws[count - 1]->version);
		finding_fact(j, finding, "days_required", "%d", laws[count - 1]->notice_days);
	}
}
