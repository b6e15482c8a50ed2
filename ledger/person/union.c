/* Notices, marriages, divorces, and the civil status that follows from them.
 *
 * A marriage is an interval [date of marriage, end). A status is kept with the act that brought it:
 * when a marriage ends while another one is in force, the status goes back to that one; while one
 * is disputed, it is undetermined. */
#include "ledger/person/step.h"

#include "ledger/event/partial_date.h"

#define ROLE(name)   CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define STATUS(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define UNION(name)  CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_##name
#define REASON(name) CIVIL__V1__END_REASON__END_REASON_##name

static const char marriage_fields[] = " date_of_marriage place ";
static const char divorce_fields[] = " date_final ";

bool union_spouse(const struct act *act, struct id *out, const struct id *person)
{
	Civil__V1__SubjectRole role = act_role(act, person);

	if (role == ROLE(SPOUSE_A)) {
		return act_person(act, out, ROLE(SPOUSE_B), 0);
	}
	return role == ROLE(SPOUSE_B) && act_person(act, out, ROLE(SPOUSE_A), 0);
}

static void set_status(struct fold *fold, Civil__V1__CivilStatus status,
                       Civil__V1__Provenance *provenance)
{
	Civil__V1__PersonCivilStatus *civil =
	        fold_new(fold, &civil__v1__person_civil_status__descriptor);

	if (civil != NULL) {
		civil->status = status;
		civil->provenance = provenance;
		fold->state->civil_status = civil;
	}
}

static bool is_dead(const struct fold *fold)
{
	const Civil__V1__PersonLife *life = fold->state->life;

	return life != NULL && (life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD ||
	                        life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_PRESUMED_DEAD);
}

/* Writes the end into a marriage in force. */
static void end_marriage(struct fold *fold, const struct act *act,
                         Civil__V1__PersonMarriage *marriage, Civil__V1__PartialDate *to,
                         Civil__V1__EndReason reason, ProtobufCBinaryData end_act)
{
	marriage->status = UNION(ENDED);
	marriage->to = to;
	marriage->end_reason = reason;
	marriage->end_act = end_act;
	fold_end(fold, marriage->provenance, act, to);
}

/* The marriage that is in force, the newest if there are several; NULL when there is none. */
static const Civil__V1__PersonMarriage *marriage_in_force(const struct fold *fold)
{
	for (size_t i = fold->state->n_marriages; i > 0; i--) {
		if (fold->state->marriages[i - 1]->status == UNION(IN_FORCE)) {
			return fold->state->marriages[i - 1];
		}
	}
	return NULL;
}

static bool has_disputed(const struct fold *fold)
{
	for (size_t i = 0; i < fold->state->n_marriages; i++) {
		if (fold->state->marriages[i]->status == UNION(DISPUTED)) {
			return true;
		}
	}
	return false;
}

void union_status_after(struct fold *fold, Civil__V1__CivilStatus status,
                        Civil__V1__Provenance *provenance)
{
	const Civil__V1__PersonMarriage *other = marriage_in_force(fold);

	if (is_dead(fold)) {
		return;
	}
	if (other != NULL) {
		set_status(fold, STATUS(MARRIED), fold_provenance_copy(fold, other->provenance));
	} else {
		set_status(fold, has_disputed(fold) ? STATUS(UNDETERMINED) : status, provenance);
	}
}

static bool is_open(const Civil__V1__PersonMarriage *marriage)
{
	return marriage->status == UNION(IN_FORCE) || marriage->status == UNION(DISPUTED);
}

void union_end_by_death(struct fold *fold, const struct act *act, const struct id *spouse)
{
	const bool presumed = act->kind->id == KIND_PRESUMED_DEATH;
	Civil__V1__PartialDate *on = death_date(fold, act);
	ProtobufCBinaryData end_act = fold_bytes(fold, bytes_of_hash(&act->event_id));
	bool ended = false;

	for (size_t i = 0; i < fold->state->n_marriages; i++) {
		Civil__V1__PersonMarriage *marriage = fold->state->marriages[i];

		if (is_open(marriage) &&
		    (spouse == NULL || fold_same_id(marriage->spouse, spouse))) {
			end_marriage(fold, act, marriage, on,
			             presumed ? REASON(PRESUMED_DEATH) : REASON(DEATH), end_act);
			ended = true;
		}
	}
	if (ended && spouse != NULL) {
		union_status_after(
		        fold, STATUS(WIDOWED),
		        fold_provenance(fold, act, on,
		                        presumed ? " presumed_date " : " date_of_death "));
	}
}

void union_bereave(struct fold *fold, const struct act *act, const struct act *death)
{
	const bool presumed = death->kind->id == KIND_PRESUMED_DEATH;
	Civil__V1__PartialDate *on = death_date(fold, death);
	ProtobufCBinaryData end_act = fold_bytes(fold, bytes_of_hash(&death->event_id));
	struct id spouse;
	bool ended = false;

	for (size_t i = 0;
	     act_person(death, &spouse, ROLE(DECEASED), 0) && i < fold->state->n_marriages; i++) {
		Civil__V1__PersonMarriage *marriage = fold->state->marriages[i];

		if (is_open(marriage) && fold_same_id(marriage->spouse, &spouse)) {
			end_marriage(fold, death, marriage, on,
			             presumed ? REASON(PRESUMED_DEATH) : REASON(DEATH), end_act);
			ended = true;
		}
	}
	if (ended) {
		union_status_after(fold, STATUS(WIDOWED), fold_provenance_voided(fold, act, on));
	}
}

void step_marriage_notice(struct fold *fold, const struct act *act)
{
	const Civil__V1__MarriageNotice *content = act->content->marriage_notice;
	Civil__V1__PersonNotice *notice;
	struct id other;

	if (!union_spouse(act, &other, fold->person)) {
		return;
	}
	notice = fold_new(fold, &civil__v1__person_notice__descriptor);
	if (notice != NULL) {
		notice->other = fold_bytes(fold, bytes_of_id(&other));
		notice->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		notice->posted_on = content->posted_on;
		notice->until = content->until;
	}
	fold_append(fold, &fold->state->notices, &fold->state->n_notices, notice);
}

/* A wedding takes its notice down. */
static void remove_notice(struct fold *fold, ProtobufCBinaryData act)
{
	Civil__V1__PersonState *state = fold->state;
	size_t kept = 0;

	for (size_t i = 0; i < state->n_notices; i++) {
		if (act.len == 0 ||
		    !bytes_equal(bytes_of(state->notices[i]->act.data, state->notices[i]->act.len),
		                 bytes_of(act.data, act.len))) {
			state->notices[kept] = state->notices[i];
			kept++;
		}
	}
	state->n_notices = kept;
}

void step_marriage(struct fold *fold, const struct act *act)
{
	const Civil__V1__Marriage *content = (const Civil__V1__Marriage *)act->message;
	Civil__V1__PersonMarriage *marriage;
	const Civil__V1__PersonLife *life = fold->state->life;
	struct id spouse;

	if (!union_spouse(act, &spouse, fold->person)) {
		return;
	}
	marriage = fold_new(fold, &civil__v1__person_marriage__descriptor);
	if (marriage == NULL) {
		return;
	}
	marriage->spouse = fold_bytes(fold, bytes_of_id(&spouse));
	marriage->from = content->date_of_marriage;
	marriage->status = UNION(IN_FORCE);
	marriage->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
	marriage->place = content->place;
	if (act->registration != NULL) {
		marriage->registration_number = act->registration->registration_number;
	}
	marriage->provenance =
	        fold_provenance(fold, act, content->date_of_marriage, marriage_fields);
	fold_append(fold, &fold->state->marriages, &fold->state->n_marriages, marriage);
	set_status(fold, STATUS(MARRIED),
	           fold_provenance(fold, act, content->date_of_marriage, marriage_fields));
	remove_notice(fold, content->notice);
	if (is_dead(fold)) { /* died "in 2020", married in March 2020 */
		end_marriage(fold, act, marriage, life->date_of_death,
		             life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD
		                     ? REASON(DEATH)
		                     : REASON(PRESUMED_DEATH),
		             life->act);
	}
}

bool step_marriage_ended_day(int32_t *day, const struct act *act)
{
	const Civil__V1__Marriage *content = (const Civil__V1__Marriage *)act->message;

	if (content->already_ended == NULL || !partial_date_day(day, content->already_ended->on)) {
		return false;
	}
	if (*day < act->valid.earliest) {
		*day = act->valid.earliest;
	}
	return true;
}

/* Status of the surviving party when a marriage has ended for this reason. */
static Civil__V1__CivilStatus status_after(Civil__V1__EndReason reason)
{
	switch (reason) {
	case REASON(DEATH):
	case REASON(PRESUMED_DEATH):
		return STATUS(WIDOWED);
	case REASON(DIVORCE):
	case REASON(RESOLVED):
		return STATUS(DIVORCED);
	case REASON(ANNULMENT):
	case REASON(REVOKED):
		return STATUS(ANNULLED);
	case REASON(UNSPECIFIED):
	case _CIVIL__V1__END_REASON_IS_INT_SIZE:
		break;
	}
	return STATUS(UNDETERMINED);
}

void step_marriage_ended(struct fold *fold, const struct act *act)
{
	const Civil__V1__Marriage *content = (const Civil__V1__Marriage *)act->message;
	const Civil__V1__AlreadyEnded *end = content->already_ended;
	Civil__V1__PersonMarriage *marriage = union_find(fold, bytes_of_hash(&act->event_id));
	Civil__V1__PartialDate *on;

	if (marriage == NULL || marriage->status != UNION(IN_FORCE)) {
		return; /* the death itself has ended it */
	}
	on = fold_partial(fold, end->on);
	end_marriage(fold, act, marriage, on, end->reason, end->act);
	union_status_after(fold, status_after(end->reason),
	                   fold_provenance(fold, act, on, " already_ended "));
}

void step_marriage_revoked(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonMarriage *marriage = union_find(fold, bytes_of_hash(&act->event_id));
	Civil__V1__PartialDate *on = fold_partial(fold, act->voided.date);

	if (marriage == NULL || !is_open(marriage)) {
		return; /* it had ended before */
	}
	end_marriage(fold, act, marriage, on, REASON(REVOKED),
	             fold_bytes(fold, bytes_of_hash(&act->voided.event_id)));
	union_status_after(fold, STATUS(ANNULLED), fold_provenance_voided(fold, act, on));
}

Civil__V1__PersonMarriage *union_find(const struct fold *fold, struct bytes act)
{
	for (size_t i = 0; i < fold->state->n_marriages; i++) {
		Civil__V1__PersonMarriage *marriage = fold->state->marriages[i];

		if (bytes_equal(bytes_of(marriage->act.data, marriage->act.len), act)) {
			return marriage;
		}
	}
	return NULL;
}

void step_divorce(struct fold *fold, const struct act *act)
{
	const Civil__V1__Divorce *content = act->content->divorce;
	Civil__V1__PersonMarriage *marriage =
	        union_find(fold, bytes_of(content->target.data, content->target.len));
	Civil__V1__PartialDate *on;

	if (marriage == NULL || !is_open(marriage)) {
		return;
	}
	on = fold_partial(fold, content->date_final);
	end_marriage(fold, act, marriage, on, REASON(DIVORCE),
	             fold_bytes(fold, bytes_of_hash(&act->event_id)));
	union_status_after(fold, STATUS(DIVORCED), fold_provenance(fold, act, on, divorce_fields));
}

const struct act *step_divorce_anchor(const struct acts *acts, const struct act *act,
                                      const struct id *person)
{
	const Civil__V1__Divorce *content = act->content->divorce;

	(void)person; /* the target says it all */
	return acts_by_event(acts, bytes_of(content->target.data, content->target.len));
}
