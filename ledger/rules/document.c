#include "ledger/event/partial_date.h"
#include "ledger/person/inconsistency.h"
#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/standing.h"
#include "ledger/rules/target.h"

#define COUNTRY_CAMBODIA "KHM"
#define SORT_ORDINARY    "ordinary"

/* The holder's state on the valid date of the act; NULL when S11 or S16 is broken. */
static const Civil__V1__PersonState *holder_then(struct judgement *j, struct party **holder)
{
	*holder = matter_party(&j->own, SUBJECT(HOLDER));
	if (*holder == NULL || !j->own.dated) {
		return NULL;
	}
	return party_state_on(j, *holder, j->own.valid.latest);
}

/* Cards are of one sort; of passports the ordinary one is the only one that a person has once. */
static bool is_single(const struct judgement *j, const char *sort)
{
	return j->event->header->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_ID_CARD ||
	       strcmp(sort, SORT_ORDINARY) == 0;
}

void rule_l12(struct judgement *j)
{
	struct party *holder;
	const Civil__V1__PersonState *state = holder_then(j, &holder);
	const Civil__V1__DocumentApplied *application = target_application(j);
	const char *replaces = target_document_number(j);

	if (application == NULL || !is_single(j, application->sort)) {
		return; /* S12, or a second passport for a duty */
	}
	for (size_t i = 0; state != NULL && i < state->n_documents; i++) {
		const Civil__V1__PersonDocument *document = state->documents[i];

		if (strcmp(document->document_class, target_document_class(j)) == 0 &&
		    is_single(j, document->sort) && strcmp(document->number, replaces) != 0 &&
		    standing_document_live(document, j->own.valid.earliest)) {
			(void)finding_broken(j, holder->path);
			return;
		}
	}
}

static void of_age(struct judgement *j, struct party *holder, struct interval day, const char *path)
{
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	struct law_answer answer = { 0 };
	struct interval birth;

	if (party_state(j, holder) == NULL) {
		return; /* S11 */
	}
	bool known = party_birth(j, holder, &birth);

	for (size_t l = 0; l < count; l++) {
		law_answer_add(&answer,
		               known ? interval_age_at_least(birth, day, laws[l]->id_card_age)
		                     : TERNARY_UNKNOWN);
	}
	if (answer.answered) {
		Civil__V1__RuleFinding *finding = finding_unless(j, answer.value, path);

		finding_fact(j, finding, "law", "%s", laws[count - 1]->version);
		finding_fact(j, finding, "age_required", "%d", laws[count - 1]->id_card_age);
	}
}

void rule_l13(struct judgement *j)
{
	struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	int32_t applied;

	if (holder == NULL || !j->own.dated) {
		return;
	}
	of_age(j, holder, j->own.valid, matter_date_path(j));
	const Civil__V1__DocumentApplied *application = target_application(j);

	if (application != NULL && partial_date_day(&applied, application->date)) {
		of_age(j, holder, interval_of_day(applied), "content.application");
	}
}

/* A family book is of nationals only. */
static void members_national(struct judgement *j)
{
	for (size_t i = 0; i < j->own.party_count && j->own.dated; i++) {
		struct party *member = &j->own.parties[i];
		const Civil__V1__PersonState *state =
		        party_state_on(j, member, j->own.valid.latest);

		if (state != NULL) {
			(void)finding_unless(
			        j, standing_national_on(state, COUNTRY_CAMBODIA, j->own.valid),
			        member->path);
		}
	}
}

void rule_l14(struct judgement *j)
{
	if (j->kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_HOUSEHOLD) {
		members_national(j);
		return;
	}
	struct party *holder;
	const Civil__V1__PersonState *state = holder_then(j, &holder);

	if (state != NULL) {
		(void)finding_unless(j, standing_national_on(state, COUNTRY_CAMBODIA, j->own.valid),
		                     holder->path);
	}
}

void rule_l25(struct judgement *j)
{
	struct party *holder;
	const Civil__V1__PersonState *state = holder_then(j, &holder);

	if (state != NULL) {
		(void)finding_unless(
		        j, ternary_not(standing_national_on(state, COUNTRY_CAMBODIA, j->own.valid)),
		        holder->path);
	}
}

void rule_p11(struct judgement *j)
{
	struct party *holder;
	const Civil__V1__PersonState *state = holder_then(j, &holder);
	const Civil__V1__DocumentIssued *issue = target_issue(j);
	struct inconsistency differing[INCONSISTENCY_FIELDS];
	size_t count;

	if (state == NULL || issue == NULL || issue->snapshot == NULL) {
		return; /* S07 or S11 */
	}
	/* A residence of old is printed with the code of today. */
	if (!judgement_settle(
	            j, state_resolve_residence(j->view, state->residence, j->own.valid.latest))) {
		return;
	}
	if (!judgement_settle(j, inconsistency_find(differing, &count, issue->snapshot, state,
	                                            j->view->arena))) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		(void)finding_broken(j, differing[i].field);
	}
}
