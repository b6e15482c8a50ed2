#include "ledger/rules/identity.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/persona.h"
#include "ledger/person/state.h"

void identity_true_person(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	Civil__V1__PersonState *state;
	struct id person;

	if (content->kind_case != CONTENT_CASE(FALSE_IDENTITY) ||
	    content->false_identity->true_person.len != ID_BYTES) {
		return;
	}
	memcpy(person.bytes, content->false_identity->true_person.data, ID_BYTES);
	if (!judgement_settle(j, persona_resolve(j->view, &person)) ||
	    !judgement_settle(j, state_cached(j->view, &state, &person))) {
		(void)finding_broken(j, "content.false_identity.true_person");
	}
}

/* The paper that an act names, and the path of the field. */
static struct bytes paper_of(const Civil__V1__Content *content, const char **path)
{
	const ProtobufCBinaryData *paper = NULL;

	if (content->kind_case == CONTENT_CASE(LEGACY_VERIFIED)) {
		*path = "content.legacy_verified.digitised";
		paper = &content->legacy_verified->digitised;
	} else if (content->kind_case == CONTENT_CASE(LEGACY_LINKED)) {
		*path = "content.legacy_linked.verified";
		paper = &content->legacy_linked->verified;
	} else if (content->kind_case == CONTENT_CASE(LEGACY_REJECTED)) {
		*path = "content.legacy_rejected.act";
		paper = &content->legacy_rejected->act;
	}
	return paper == NULL ? bytes_of(NULL, 0) : bytes_of(paper->data, paper->len);
}

static bool is_rejected(struct judgement *j, struct bytes paper)
{
	struct id nobody;
	uint64_t index;

	return judgement_settle(j, view_number(j->view, &nobody, &index, NUMBER_REJECTED, paper));
}

/* A verified paper builds on the digitised one. */
void identity_paper_in_force(struct judgement *j)
{
	const char *path = "";
	struct bytes paper = paper_of(j->event->content, &path);
	struct stored_record record;
	size_t steps = 0;

	while (paper.size > 0 && steps < 2) {
		if (is_rejected(j, paper)) {
			(void)finding_broken(j, path);
			return;
		}
		const char *below = "";

		paper = judgement_settle(j, view_record_by_event(j->view, &record, paper)) &&
		                        record.event.content != NULL
		                ? paper_of(record.event.content, &below)
		                : bytes_of(NULL, 0);
		steps++;
	}
}

bool identity_lives(struct judgement *j, struct party *party, int32_t day)
{
	const Civil__V1__PersonState *state = party_state_on(j, party, day);
	int32_t until;

	return state != NULL && state->proof_of_life != NULL &&
	       partial_date_day(&until, state->proof_of_life->until) && day <= until;
}
