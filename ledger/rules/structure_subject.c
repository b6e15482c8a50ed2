#include "ledger/base/crypto.h"
#include "ledger/person/persona.h"
#include "ledger/rules/identity.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/merge.h"
#include "ledger/rules/standing.h"
#include "ledger/rules/target.h"

void rule_s11(struct judgement *j)
{
	for (size_t i = 0; i < j->own.party_count; i++) {
		struct party *party = &j->own.parties[i];

		if (!party->created && party_state(j, party) == NULL) {
			(void)finding_broken(j, party->path);
		}
	}
	identity_true_person(j);
}

/* Subjects that the kind's row demands. */
static const struct kind_subject *demanded(const struct judgement *j)
{
	if (j->kind != NULL && j->kind->subjects_of_effective) {
		return j->own.kind == NULL ? NULL : j->own.kind->subjects;
	}
	return j->kind == NULL ? NULL : j->kind->subjects;
}

static size_t count_role(const struct matter *matter, Civil__V1__SubjectRole role)
{
	size_t count = 0;

	for (size_t i = 0; i < matter->party_count; i++) {
		count += matter->parties[i].role == role;
	}
	return count;
}

static void check_roles(struct judgement *j, const struct kind_subject *rows)
{
	for (size_t i = 0; rows[i].role != SUBJECT(UNSPECIFIED); i++) {
		size_t count = count_role(&j->own, rows[i].role);

		if (count < rows[i].min || count > rows[i].max) {
			(void)finding_broken(j, role_name(rows[i].role));
		}
	}
	for (size_t p = 0; p < j->own.party_count; p++) {
		bool known = false;

		for (size_t i = 0; rows[i].role != SUBJECT(UNSPECIFIED) && !known; i++) {
			known = rows[i].role == j->own.parties[p].role;
		}
		if (!known) {
			(void)finding_broken(j, j->own.parties[p].path);
		}
	}
}

static void check_distinct(struct judgement *j)
{
	for (size_t a = 0; a < j->own.party_count; a++) {
		for (size_t b = 0; b < a; b++) {
			if (id_equal(&j->own.parties[a].id, &j->own.parties[b].id)) {
				(void)finding_broken(j, j->own.parties[a].path);
			}
		}
	}
}

/* Whether the two are married on the valid date; any spouse when `spouse` is NULL. */
static enum ternary married_to(const Civil__V1__PersonState *state, const struct party *spouse,
                               struct interval valid)
{
	enum ternary married = TERNARY_NO;

	for (size_t i = 0; i < state->n_marriages; i++) {
		const ProtobufCBinaryData *other = &state->marriages[i]->spouse;
		struct union_span span;

		if ((spouse != NULL &&
		     !bytes_equal(bytes_of_id(&spouse->id), bytes_of(other->data, other->len))) ||
		    !standing_union(&span, state->marriages[i])) {
			continue;
		}
		married = ternary_or(married, ternary_and(interval_not_after(span.from, valid),
		                                          interval_before(valid, span.to)));
	}
	return married;
}

/* Who leaves a widow or widower names them, and nobody else. */
static void check_surviving_spouse(struct judgement *j)
{
	struct party *deceased = matter_party(&j->own, SUBJECT(DECEASED));
	struct party *spouse = matter_party(&j->own, SUBJECT(SURVIVING_SPOUSE));
	const Civil__V1__PersonState *state = deceased == NULL ? NULL : party_state(j, deceased);
	enum ternary married;

	if (state == NULL) {
		return; /* S11 */
	}
	married = married_to(state, spouse, j->own.valid);
	if (spouse != NULL) {
		married = ternary_of(married == TERNARY_NO);
	}
	(void)finding_unless(j, ternary_not(married), role_name(SUBJECT(SURVIVING_SPOUSE)));
}

static bool names_person(const struct judgement *j, const struct id *person)
{
	for (size_t i = 0; i < j->own.party_count; i++) {
		if (id_equal(&j->own.parties[i].id, person)) {
			return true;
		}
	}
	return false;
}

/* Persons of a record, as its header names them. */
static struct id person_of(const struct act *act, size_t s)
{
	const Civil__V1__Subject *subject = act->header->subjects[s];
	struct id id;

	if (subject->person_id.len == ID_BYTES) {
		memcpy(id.bytes, subject->person_id.data, ID_BYTES);
		return id;
	}
	return crypto_created_id(&act->event_id, subject->ordinal);
}

/* "All of the target" means all, and nobody else. */
static void check_all_of_target(struct judgement *j)
{
	struct target targets[TARGETS_MAX];
	const struct act *target;

	if (!judgement_target(j, &target) || targets_of(j, targets) == 0 ||
	    targets[0].fits == NULL || !targets[0].fits(target->kind)) {
		return; /* S12 or S13 */
	}
	for (size_t s = 0; s < target->header->n_subjects; s++) {
		struct id person = person_of(target, s);

		if (!names_person(j, &person)) {
			(void)finding_broken(j, role_name(target->header->subjects[s]->role));
		}
	}
	for (size_t p = 0; p < j->own.party_count; p++) {
		bool objects = j->event->content->kind_case == CONTENT_CASE(OBJECTION) &&
		               j->own.parties[p].role == SUBJECT(OBJECTOR);

		if (!objects && act_role(target, &j->own.parties[p].id) != j->own.parties[p].role) {
			(void)finding_broken(j, j->own.parties[p].path);
		}
	}
}

/* Causes are of the deceased of the death, whose history tells of them. */
static void check_deceased_of_target(struct judgement *j)
{
	const struct party *deceased = matter_party(&j->own, SUBJECT(DECEASED));
	const struct act *target;

	if (deceased != NULL && judgement_target(j, &target) && target->kind->id == KIND_DEATH &&
	    act_role(target, &deceased->id) != SUBJECT(DECEASED)) {
		(void)finding_broken(j, deceased->path);
	}
}

/* Everybody whom a court orders something about is a subject of the decision. */
static void check_ordered(struct judgement *j)
{
	const Civil__V1__CourtDecision *decision = j->event->content->court_decision;

	for (size_t o = 0; o < decision->n_orders; o++) {
		const Civil__V1__CourtOrder *order = decision->orders[o];

		for (size_t i = 0; i < order->n_persons; i++) {
			struct id person;

			if (order->persons[i].len != ID_BYTES) {
				continue; /* S07 */
			}
			memcpy(person.bytes, order->persons[i].data, ID_BYTES);
			if (judgement_settle(j, persona_resolve(j->view, &person)) &&
			    !names_person(j, &person)) {
				(void)finding_broken(j, "content.court_decision.orders");
				return;
			}
		}
	}
}

/* Whom a subject of a record stands for now: an unmerge may have given the act to another. */
static struct id subject_now(struct judgement *j, const struct stored_record *record, size_t s)
{
	struct id person = event_subject_id(&record->event, s);
	struct persona persona;

	if (judgement_settle(j, persona_load(j->view, &persona, &person))) {
		person = persona_named(&persona, record->index, &person);
		person = persona_root(&persona, &person);
	}
	return person;
}

static bool is_subject_of(struct judgement *j, const struct stored_record *target,
                          const struct id *person)
{
	for (size_t s = 0; s < target->event.header->n_subjects; s++) {
		struct id subject = subject_now(j, target, s);

		if (id_equal(&subject, person)) {
			return true;
		}
	}
	return false;
}

/* A dispute, or a hold of acts, names the subjects of all its targets, and nobody else: their
 * histories tell of it. */
static void check_all_of_targets(struct judgement *j)
{
	struct target targets[TARGETS_MAX];
	size_t count = targets_of(j, targets);
	uint32_t concerned = 0; /* parties whom a target names */
	struct stored_record record;

	for (size_t i = 0; i < count; i++) {
		if (!judgement_settle(
		            j, view_record_by_event(j->view, &record, targets[i].event_id))) {
			return; /* S12 */
		}
		for (size_t s = 0; s < record.event.header->n_subjects; s++) {
			struct id person = subject_now(j, &record, s);

			if (!names_person(j, &person)) {
				(void)finding_broken(j, targets[i].path);
				break;
			}
		}
		for (size_t p = 0; p < j->own.party_count; p++) {
			concerned |= (uint32_t)is_subject_of(j, &record, &j->own.parties[p].id)
			             << p;
		}
	}
	for (size_t p = 0; p < j->own.party_count && count > 0; p++) {
		if ((concerned & UINT32_C(1) << p) == 0) {
			(void)finding_broken(j, j->own.parties[p].path);
		}
	}
}

/* A seal is opened for some of those whom it concerns. */
static void check_sealed(struct judgement *j)
{
	const struct act *seal;

	for (size_t p = 0; judgement_target(j, &seal) && p < j->own.party_count; p++) {
		if (act_role(seal, &j->own.parties[p].id) == SUBJECT(UNSPECIFIED)) {
			(void)finding_broken(j, j->own.parties[p].path);
		}
	}
}

/* Kinds with roles of their own that are those of their target. */
static bool is_about_target(const struct kind *kind)
{
	static const enum kind_id about[] = {
		KIND_DIVORCE,           KIND_OBJECTION,        KIND_OBJECTION_RESOLVED,
		KIND_ANNULMENT,         KIND_SEPARATION,       KIND_RECONCILIATION,
		KIND_MARRIAGE_RESOLVED, KIND_ADOPTION_REVOKED, KIND_GUARDIANSHIP_ENDED,
		KIND_UNMERGE,
	};

	for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++) {
		if (about[i] == kind->id) {
			return true;
		}
	}
	return false;
}

void rule_s16(struct judgement *j)
{
	const struct kind_subject *rows = demanded(j);

	check_distinct(j);
	if (j->kind == NULL || rows == NULL) {
		return;
	}
	if (j->kind->subjects_of_target) {
		check_all_of_target(j);
		return;
	}
	check_roles(j, rows);
	if (is_about_target(j->kind)) {
		check_all_of_target(j);
	}
	if (j->kind->id == KIND_UNMERGE) {
		merge_reassigned(j);
	}
	if (j->own.kind != NULL && j->own.dated &&
	    (j->own.kind->id == KIND_DEATH || j->own.kind->id == KIND_PRESUMED_DEATH)) {
		check_surviving_spouse(j);
	}
	if (j->kind->id == KIND_CAUSE_CODED) {
		check_deceased_of_target(j);
	}
	if (j->kind->id == KIND_COURT_DECISION) {
		check_ordered(j);
	}
	if (j->kind->id == KIND_DISPUTE_OPENED || j->kind->id == KIND_DISPUTE_CLOSED ||
	    j->kind->id == KIND_LEGAL_HOLD_SET || j->kind->id == KIND_SEAL) {
		check_all_of_targets(j);
	}
	if (j->kind->id == KIND_SEAL_OPENED) {
		check_sealed(j);
	}
}

/* Whether the person was born by an act as far as was known before: by the birth that is corrected,
 * or by what another paper told. */
static enum ternary born_before(struct judgement *j, struct party *child, struct interval valid)
{
	struct interval birth;

	if (j->matter->corrected) {
		return interval_not_after(j->target.valid, valid);
	}
	return party_birth(j, child, &birth) ? interval_not_after(birth, valid) : TERNARY_YES;
}

/* The birth of a known person must not come after what the person has done already: of the acts
 * that the date breaks the worst is told. */
static void check_later_acts(struct judgement *j, struct party *child, const char *path)
{
	enum ternary worst = TERNARY_YES;
	struct acts acts;

	if (!judgement_settle(j, acts_load(j->view, &acts, &child->id))) {
		return;
	}
	for (size_t i = 0; i < acts.count; i++) {
		if ((j->matter->is_act && acts.act[i].index == j->matter->index) ||
		    acts.act[i].kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_COURT) {
			continue;
		}
		enum ternary after = interval_not_after(j->matter->valid, acts.act[i].valid);

		if (after < born_before(j, child, acts.act[i].valid)) {
			worst = ternary_and(worst, after);
		}
	}
	(void)finding_unless(j, worst, path);
}

void rule_s21(struct judgement *j)
{
	struct matter *matter = j->matter;

	for (size_t i = 0; i < matter->party_count && matter->dated; i++) {
		struct party *party = &matter->parties[i];
		enum ternary born = TERNARY_UNKNOWN;
		struct interval birth;

		if (matter->kind->id == KIND_BIRTH && party->role == SUBJECT(CHILD)) {
			if (matter->corrected) {
				check_later_acts(j, party, "content.correction");
			} else if (!party->created) {
				check_later_acts(j, party, party->path);
			}
			continue;
		}
		if (party_birth(j, party, &birth)) {
			born = interval_not_after(birth, matter->valid);
		} else if (party_state(j, party) == NULL) {
			continue; /* S11, or S07 of what the paper tells */
		}
		(void)finding_unless(j, born, party->path);
	}
}
