#include "ledger/rules/notice.h"

#include "ledger/rules/target.h"

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

static bool has_objection(const Civil__V1__PersonNotice *notice, struct bytes objection)
{
	for (size_t i = 0; i < notice->n_objections; i++) {
		if (bytes_equal(of(notice->objections[i]), objection)) {
			return true;
		}
	}
	return false;
}

/* Whether a notice of the couple takes what the content says of it. */
static bool stands(const struct judgement *j, const Civil__V1__PersonNotice *notice,
                   struct bytes target)
{
	if (j->event->content->kind_case == CONTENT_CASE(OBJECTION)) {
		return bytes_equal(of(notice->act), target) && !notice->voided;
	}
	return has_objection(notice, target);
}

void notice_in_force(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct party *groom = matter_party(&j->own, SUBJECT(SPOUSE_A));
	struct target targets[TARGETS_MAX];
	const Civil__V1__PersonState *state;
	const struct act *target;

	if ((content->kind_case != CONTENT_CASE(OBJECTION) &&
	     content->kind_case != CONTENT_CASE(OBJECTION_RESOLVED)) ||
	    groom == NULL || !judgement_target(j, &target) || targets_of(j, targets) == 0 ||
	    !targets[0].fits(target->kind)) {
		return; /* S07, S12, S13 or S16 */
	}
	state = party_state(j, groom);
	for (size_t i = 0; state != NULL && i < state->n_notices; i++) {
		if (stands(j, state->notices[i], targets[0].event_id)) {
			return;
		}
	}
	(void)finding_broken(j, targets[0].path);
}

bool notice_is_void(struct judgement *j, struct party *party, struct bytes notice)
{
	const Civil__V1__PersonState *state = party_state(j, party);

	for (size_t i = 0; state != NULL && i < state->n_notices; i++) {
		if (state->notices[i]->voided && bytes_equal(of(state->notices[i]->act), notice)) {
			return true;
		}
	}
	return false;
}

/* Any notice of the couple counts: leaving it unnamed does not silence who objects. */
void rule_l18(struct judgement *j)
{
	struct party *groom = matter_party(j->matter, SUBJECT(SPOUSE_A));
	struct party *bride = matter_party(j->matter, SUBJECT(SPOUSE_B));
	const Civil__V1__PersonState *state = groom == NULL ? NULL : party_state(j, groom);

	for (size_t i = 0; state != NULL && bride != NULL && i < state->n_notices; i++) {
		if (state->notices[i]->n_objections > 0 &&
		    bytes_equal(of(state->notices[i]->other), bytes_of_id(&bride->id))) {
			(void)finding_broken(j, matter_path(j, "notice"));
			return;
		}
	}
}
