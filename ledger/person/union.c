/* Marriages, their ends, and the civil status that follows from them.
 *
 * A marriage is an interval [date of marriage, end). A status is kept with the act that brought it:
 * when a marriage ends while another one is in force, the status goes back to that one; while one
 * is disputed, it is undetermined. A marriage annulled from the beginning stays in the list as one
 * that never was, and nothing else of it stays: that is known when the wedding is read. */
#include "ledger/person/step.h"

#include "ledger/event/partial_date.h"

#define ROLE(name)   CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define STATUS(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define UNION(name)  CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_##name
#define REASON(name) CIVIL__V1__END_REASON__END_REASON_##name

static const char marriage_fields[] = " date_of_marriage place ";
static const char final_fields[] = " date_final ";

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

/* What the newest marriage in force makes of a living person; false when there is none. */
static bool status_of_marriage(struct fold *fold)
{
	const Civil__V1__PersonMarriage *marriage = marriage_in_force(fold);

	if (marriage == NULL) {
		return false;
	}
	set_status(fold, marriage->separated ? STATUS(SEPARATED) : STATUS(MARRIED),
	           fold_provenance_copy(fold, marriage->standing != NULL ? marriage->standing
	                                                                 : marriage->provenance));
	return true;
}

void union_status_after(struct fold *fold, Civil__V1__CivilStatus status,
                        Civil__V1__Provenance *provenance)
{
	if (!is_dead(fold) && !status_of_marriage(fold)) {
		set_status(fold, has_disputed(fold) ? STATUS(UNDETERMINED) : status, provenance);
	}
}

static bool is_open(const Civil__V1__PersonMarriage *marriage)
{
	return marriage->status == UNION(IN_FORCE) || marriage->status == UNION(DISPUTED);
}

/* Ends the marriages that a death ends, all or the one with the spouse. False when there is none.
 */
static bool end_open(struct fold *fold, const struct act *death, const struct id *spouse)
{
	const bool presumed = death->kind->id == KIND_PRESUMED_DEATH;
	ProtobufCBinaryData end_act = fold_bytes(fold, bytes_of_hash(&death->event_id));
	bool ended = false;

	for (size_t i = 0; i < fold->state->n_marriages; i++) {
		Civil__V1__PersonMarriage *marriage = fold->state->marriages[i];

		if (is_open(marriage) &&
		    (spouse == NULL || fold_same_other(fold, marriage->spouse, spouse))) {
			end_marriage(fold, death, marriage, death_date(fold, death),
			             presumed ? REASON(PRESUMED_DEATH) : REASON(DEATH), end_act);
			ended = true;
		}
	}
	return ended;
}

void union_end_by_death(struct fold *fold, const struct act *act, const struct id *spouse)
{
	const bool presumed = act->kind->id == KIND_PRESUMED_DEATH;

	if (end_open(fold, act, spouse) && spouse != NULL) {
		union_status_after(
		        fold, STATUS(WIDOWED),
		        fold_provenance(fold, act, death_date(fold, act),
		                        presumed ? " presumed_date " : " date_of_death "));
	}
}

void union_bereave(struct fold *fold, const struct act *act, const struct act *death)
{
	struct id spouse;

	if (act_person(death, &spouse, ROLE(DECEASED), 0) && end_open(fold, death, &spouse)) {
		union_status_after(fold, STATUS(WIDOWED),
		                   fold_provenance_voided(fold, act, death_date(fold, death)));
	}
}

bool union_annuls(const struct act *act, const struct act *marriage)
{
	return act->kind->id == KIND_ANNULMENT && act->content->annulment->ab_initio &&
	       bytes_equal(union_target(act), bytes_of_hash(&marriage->event_id));
}

/* The annulment from the beginning of a marriage; NULL when there is none. */
static const struct act *annulment_of(const struct fold *fold, const struct act *marriage)
{
	for (size_t i = 0; i < fold->acts->count; i++) {
		const struct act *act = &fold->acts->act[i];

		if (act->voided.sort == ACT_VOID_NOT && union_annuls(act, marriage)) {
			return act;
		}
	}
	return NULL;
}

void step_marriage(struct fold *fold, const struct act *act)
{
	const Civil__V1__Marriage *content = (const Civil__V1__Marriage *)act->message;
	Civil__V1__PersonMarriage *marriage;
	const Civil__V1__PersonLife *life = fold->state->life;
	const struct act *annulment = annulment_of(fold, act);
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
	notice_remove(fold, content->notice);
	if (annulment != NULL) {
		marriage->status = UNION(NEVER_WAS);
		marriage->end_reason = REASON(ANNULMENT);
		marriage->end_act = fold_bytes(fold, bytes_of_hash(&annulment->event_id));
		return;
	}
	set_status(fold, STATUS(MARRIED),
	           fold_provenance(fold, act, content->date_of_marriage, marriage_fields));
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

struct bytes union_target(const struct act *act)
{
	const Civil__V1__Content *content = act->content;
	const ProtobufCBinaryData *target = NULL;

	switch ((int)content->kind_case) {
	case CIVIL__V1__CONTENT__KIND_DIVORCE:
		target = &content->divorce->target;
		break;
	case CIVIL__V1__CONTENT__KIND_ANNULMENT:
		target = &content->annulment->target;
		break;
	case CIVIL__V1__CONTENT__KIND_SEPARATION:
		target = &content->separation->target;
		break;
	case CIVIL__V1__CONTENT__KIND_RECONCILIATION:
		target = &content->reconciliation->target;
		break;
	case CIVIL__V1__CONTENT__KIND_MARRIAGE_RESOLVED:
		target = &content->marriage_resolved->target;
		break;
	}
	return target == NULL ? bytes_of(NULL, 0) : bytes_of(target->data, target->len);
}

/* The marriage that the act is about, when it has not ended; else NULL. */
static Civil__V1__PersonMarriage *open_target(const struct fold *fold, const struct act *act)
{
	Civil__V1__PersonMarriage *marriage = union_find(fold, union_target(act));

	return marriage != NULL && is_open(marriage) ? marriage : NULL;
}

/* A court ends a marriage on a day. */
static void end_by_court(struct fold *fold, const struct act *act, const Civil__V1__Date *day,
                         Civil__V1__EndReason reason, const char *fields)
{
	Civil__V1__PersonMarriage *marriage = open_target(fold, act);
	Civil__V1__PartialDate *on;

	if (marriage == NULL) {
		return;
	}
	on = fold_partial(fold, day);
	end_marriage(fold, act, marriage, on, reason,
	             fold_bytes(fold, bytes_of_hash(&act->event_id)));
	union_status_after(fold, status_after(reason), fold_provenance(fold, act, on, fields));
}

void step_divorce(struct fold *fold, const struct act *act)
{
	end_by_court(fold, act, act->content->divorce->date_final, REASON(DIVORCE), final_fields);
}

void step_annulment(struct fold *fold, const struct act *act)
{
	if (!act->content->annulment->ab_initio) { /* else the wedding itself says so */
		end_by_court(fold, act, act->content->annulment->date_final, REASON(ANNULMENT),
		             final_fields);
	}
}

/* The marriage goes on, in another way from a day on. */
static void stand(struct fold *fold, const struct act *act, Civil__V1__PersonMarriage *marriage,
                  const Civil__V1__Date *from)
{
	marriage->standing = fold_provenance(fold, act, fold_partial(fold, from), final_fields);
	if (!is_dead(fold)) {
		(void)status_of_marriage(fold); /* one in dispute leaves the status as it is */
	}
}

void step_separation(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonMarriage *marriage = open_target(fold, act);

	if (marriage != NULL) {
		marriage->separated = true;
		stand(fold, act, marriage, act->content->separation->date_final);
	}
}

void step_reconciliation(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonMarriage *marriage = open_target(fold, act);

	if (marriage != NULL && marriage->separated) {
		marriage->separated = false;
		stand(fold, act, marriage, act->content->reconciliation->date_final);
	}
}

void step_marriage_resolved(struct fold *fold, const struct act *act)
{
	const Civil__V1__MarriageResolved *content = act->content->marriage_resolved;
	Civil__V1__PersonMarriage *marriage = open_target(fold, act);

	if (content->outcome == CIVIL__V1__MARRIAGE_OUTCOME__MARRIAGE_OUTCOME_ENDED) {
		end_by_court(fold, act, content->ended_on, REASON(RESOLVED), " ended_on ");
	} else if (marriage != NULL && marriage->status == UNION(DISPUTED)) {
		marriage->status = UNION(IN_FORCE);
		stand(fold, act, marriage, content->date_final);
	}
}

const struct act *step_union_anchor(const struct acts *acts, const struct act *act,
                                    const struct id *person)
{
	(void)person; /* the target says it all */
	return acts_by_event(acts, union_target(act));
}
