#include "ledger/rules/nationality.h"

#include "ledger/person/step.h"
#include "ledger/rules/standing.h"

#define BYTES_OF(field) bytes_of((field)->data, (field)->len)

/* The finding of statelessness that an act which ends a nationality may cite; empty for none. */
static struct bytes finding_cited(const Civil__V1__Content *content)
{
	const ProtobufCBinaryData *cited = content->kind_case == CONTENT_CASE(NATIONALITY_LOST)
	                                           ? &content->nationality_lost->statelessness
	                                           : &content->nationality_renounced->statelessness;

	return BYTES_OF(cited);
}

/* The finding must be in force and be about the holder. */
static bool finding_holds(struct judgement *j, const struct id *holder)
{
	struct bytes cited = finding_cited(j->event->content);
	struct act act;

	return cited.size == HASH_BYTES && judgement_settle(j, acts_find(j->view, &act, cited)) &&
	       act.kind->id == KIND_STATELESSNESS_FOUND && act.voided.sort == ACT_VOID_NOT &&
	       act_role(&act, holder) == SUBJECT(HOLDER);
}

/* Whether a nationality other than that of `country` was proved that the register does not know. */
static bool another_proved(const Civil__V1__Content *content, const char *country)
{
	bool lost = content->kind_case == CONTENT_CASE(NATIONALITY_LOST);
	char *const *others = lost ? content->nationality_lost->other_nationalities
	                           : content->nationality_renounced->other_nationalities;
	size_t count = lost ? content->nationality_lost->n_other_nationalities
	                    : content->nationality_renounced->n_other_nationalities;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(others[i], country) != 0) {
			return true;
		}
	}
	return false;
}

void rule_l17(struct judgement *j)
{
	struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	const char *ended = nationality_ended_by(j->event->content);
	const Civil__V1__PersonState *state = holder == NULL ? NULL : party_state(j, holder);
	enum ternary remains = TERNARY_NO;

	if (state == NULL || ended == NULL || !j->own.dated ||
	    another_proved(j->event->content, ended) || finding_holds(j, &holder->id)) {
		return;
	}
	for (size_t i = 0; i < state->n_nationalities; i++) {
		const char *country = state->nationalities[i]->country;

		if (strcmp(country, ended) != 0) {
			remains = ternary_or(remains,
			                     standing_national_on(state, country, j->own.valid));
		}
	}
	(void)finding_unless(j, remains, holder->path);
}

void nationality_in_force(struct judgement *j)
{
	const Civil__V1__NationalityRestored *restored = j->event->content->nationality_restored;
	struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	const Civil__V1__PersonState *state = holder == NULL ? NULL : party_state(j, holder);
	struct act ended;

	if (state == NULL || !j->own.dated ||
	    !judgement_settle(j, acts_find(j->view, &ended, BYTES_OF(&restored->target))) ||
	    nationality_ended_by(ended.content) == NULL) {
		return; /* S11, S12 or S13 */
	}
	const char *country = nationality_ended_by(ended.content);

	if (ended.voided.sort != ACT_VOID_NOT || act_role(&ended, &holder->id) != SUBJECT(HOLDER) ||
	    standing_national_on(state, country, j->own.valid) != TERNARY_NO ||
	    ended.valid.earliest > j->own.valid.latest) {
		(void)finding_broken(j, "content.nationality_restored.target");
	}
}
