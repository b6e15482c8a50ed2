#include "ledger/rules/filiation.h"

#include "ledger/event/partial_date.h"
#include "ledger/rules/kinship.h"
#include "ledger/rules/standing.h"

static bool is_id(const ProtobufCBinaryData *data, const struct id *id)
{
	return bytes_equal(bytes_of(data->data, data->len), bytes_of_id(id));
}

static bool has_parent(struct judgement *j, struct party *child, Civil__V1__SubjectRole role)
{
	const struct party *parent = matter_party(&j->own, role);
	const Civil__V1__PersonState *state = party_state(j, child);

	for (size_t i = 0; parent != NULL && state != NULL && i < state->n_parents; i++) {
		if (state->parents[i]->role == role &&
		    is_id(&state->parents[i]->person_id, &parent->id)) {
			return true;
		}
	}
	return false;
}

void filiation_fits(struct judgement *j)
{
	struct party *child = matter_party(&j->own, SUBJECT(CHILD));
	const struct act *marriage;

	if (j->event->content->kind_case != CONTENT_CASE(LEGITIMATION) || child == NULL) {
		return; /* S16 */
	}
	static const Civil__V1__SubjectRole parents[] = { SUBJECT(MOTHER), SUBJECT(FATHER) };
	bool of_them = judgement_target(j, &marriage) && marriage->kind->id == KIND_MARRIAGE;

	for (size_t i = 0; i < sizeof(parents) / sizeof(parents[0]); i++) {
		const struct party *parent = matter_party(&j->own, parents[i]);

		if (parent == NULL || party_state(j, child) == NULL) {
			continue; /* S11 or S16 */
		}
		if (!has_parent(j, child, parents[i])) {
			(void)finding_broken(j, parent->path);
		}
		if (of_them && act_role(marriage, &parent->id) == SUBJECT(UNSPECIFIED)) {
			(void)finding_broken(j, "content.legitimation.marriage");
		}
	}
}

/* The child is the adopters' still. */
static void adoption_in_force(struct judgement *j)
{
	struct party *child = matter_party(&j->own, SUBJECT(CHILD));
	const Civil__V1__PersonState *state = child == NULL ? NULL : party_state(j, child);
	const struct act *adoption;

	if (state == NULL || !judgement_target(j, &adoption) ||
	    adoption->kind->id != KIND_ADOPTION || act_role(adoption, &child->id) != child->role) {
		return; /* S11, S12, S13 or S16 */
	}
	for (size_t i = 0; i < state->n_parents; i++) {
		if (bytes_equal(bytes_of(state->parents[i]->act.data, state->parents[i]->act.len),
		                bytes_of_hash(&adoption->event_id))) {
			return;
		}
	}
	(void)finding_broken(j, "content.adoption_revoked.target");
}

/* The guardianship has begun, and neither ended nor run out. */
static void guardianship_in_force(struct judgement *j)
{
	const ProtobufCBinaryData *target = &j->event->content->guardianship_ended->target;
	struct party *ward = matter_party(&j->own, SUBJECT(WARD));
	const Civil__V1__PersonState *state = ward == NULL ? NULL : party_state(j, ward);

	for (size_t i = 0; state != NULL && j->own.dated && i < state->n_guardianships; i++) {
		const Civil__V1__PersonGuardianship *known = state->guardianships[i];
		struct interval from;
		struct interval to;

		if (!bytes_equal(bytes_of(known->act.data, known->act.len),
		                 bytes_of(target->data, target->len)) ||
		    known->provenance == NULL) {
			continue;
		}
		bool begun = partial_date_interval(&from, known->provenance->valid_from, 0) &&
		             from.earliest <= j->own.valid.earliest;
		bool over = known->ended_by.len > 0 ||
		            (partial_date_interval(&to, known->provenance->valid_to, 0) &&
		             to.latest < j->own.valid.earliest);

		if (!begun || over) {
			(void)finding_broken(j, "content.guardianship_ended.target");
		}
	}
}

void filiation_in_force(struct judgement *j)
{
	struct party *mother = matter_party(&j->own, SUBJECT(MOTHER));
	const Civil__V1__PersonState *state;
	const struct act *marriage;

	if (j->event->content->kind_case == CONTENT_CASE(ADOPTION_REVOKED)) {
		adoption_in_force(j);
	} else if (j->event->content->kind_case == CONTENT_CASE(GUARDIANSHIP_ENDED)) {
		guardianship_in_force(j);
	}
	if (j->event->content->kind_case != CONTENT_CASE(LEGITIMATION) || mother == NULL ||
	    !judgement_target(j, &marriage)) {
		return; /* S12 or S16 */
	}
	state = party_state(j, mother);
	for (size_t i = 0; state != NULL && i < state->n_marriages; i++) {
		const Civil__V1__PersonMarriage *known = state->marriages[i];

		if (bytes_equal(bytes_of(known->act.data, known->act.len),
		                bytes_of_hash(&marriage->event_id)) &&
		    known->status != CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_IN_FORCE &&
		    known->status != CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_DISPUTED) {
			(void)finding_broken(j, "content.legitimation.marriage");
		}
	}
}

/* Whether the act makes parents of persons of this role. */
static bool makes_parent(const struct judgement *j, Civil__V1__SubjectRole role)
{
	const Civil__V1__Content *content = j->event->content;

	if (content->kind_case == CONTENT_CASE(RECOGNITION)) {
		return content->recognition->parent_role == role;
	}
	if (content->kind_case == CONTENT_CASE(ADOPTION)) {
		return role == SUBJECT(ADOPTER_A) || role == SUBJECT(ADOPTER_B);
	}
	if (content->kind_case != CONTENT_CASE(PARENTAGE_SET)) {
		return false;
	}
	for (size_t i = 0; i < content->parentage_set->n_set; i++) {
		if (content->parentage_set->set[i]->role == role) {
			return true;
		}
	}
	return false;
}

void filiation_no_cycle(struct judgement *j)
{
	struct party *child = matter_party(&j->own, SUBJECT(CHILD));

	for (size_t i = 0; child != NULL && i < j->own.party_count; i++) {
		struct party *parent = &j->own.parties[i];

		if (makes_parent(j, parent->role) && kinship_descends(j, &parent->id, &child->id)) {
			(void)finding_broken(j, parent->path);
		}
	}
}

bool filiation_child_birth(struct judgement *j, struct interval *birth)
{
	struct party *child = matter_party(j->matter, SUBJECT(CHILD));

	if (j->matter->kind == NULL || j->matter->kind->id != KIND_RECOGNITION) {
		*birth = j->matter->valid;
		return j->matter->dated;
	}
	return child != NULL && party_birth(j, child, birth);
}

/* The mother of the child as the register knows her, or as the recognition names her; NULL. */
static const Civil__V1__PersonState *mother_of(struct judgement *j, struct party *child)
{
	const Civil__V1__PersonState *state = party_state(j, child);

	for (size_t i = 0; state != NULL && i < state->n_parents; i++) {
		const ProtobufCBinaryData *person = &state->parents[i]->person_id;

		if (state->parents[i]->role == SUBJECT(MOTHER) && person->len == ID_BYTES) {
			struct id mother;

			memcpy(mother.bytes, person->data, ID_BYTES);
			return kinship_state(j, &mother);
		}
	}
	struct party *named = matter_party(j->matter, SUBJECT(MOTHER));

	return named == NULL ? NULL : party_state(j, named);
}

/* A mother who is alive on the day consents to a father. */
static void mother_consents(struct judgement *j, const Civil__V1__Recognition *recognition,
                            struct party *child)
{
	const Civil__V1__PersonState *mother = mother_of(j, child);

	if (mother == NULL || !j->matter->dated || recognition->mother_consent ||
	    recognition->parent_role != SUBJECT(FATHER)) {
		return;
	}
	enum ternary alive = standing_alive_on(mother, j->matter->valid);

	if (mother->life != NULL &&
	    mother->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_MISSING) {
		alive = ternary_and(alive, TERNARY_UNKNOWN);
	}
	(void)finding_unless(j, ternary_not(alive), "content.recognition.mother_consent");
}

/* A child who is old enough consents. */
static void child_consents(struct judgement *j, const Civil__V1__Adoption *adoption,
                           struct party *child)
{
	enum { CONSENT_FROM = 15 }; /* years; of the law of adoption */
	enum ternary old_enough;
	struct interval birth;

	if (!j->matter->dated || !party_birth(j, child, &birth)) {
		return;
	}
	old_enough = interval_age_at_least(birth, j->matter->valid, CONSENT_FROM);
	for (size_t i = 0; i < adoption->n_consents; i++) {
		if (adoption->consents[i]->role == SUBJECT(CHILD)) {
			return;
		}
	}
	(void)finding_unless(j, ternary_not(old_enough), "content.adoption.consents");
}

void rule_l21(struct judgement *j)
{
	struct party *child = matter_party(j->matter, SUBJECT(CHILD));
	const Civil__V1__Content *content = j->matter->content;

	if (child == NULL || content == NULL) {
		return; /* S16 */
	}
	if (content->kind_case == CONTENT_CASE(RECOGNITION)) {
		mother_consents(j, content->recognition, child);
	} else if (content->kind_case == CONTENT_CASE(ADOPTION)) {
		child_consents(j, content->adoption, child);
	}
}

/* An adopter of a child of another country: 30 years old, 22 to 45 years older than the child. */
static enum ternary is_of_age(struct judgement *j, struct party *adopter, struct interval child)
{
	enum { AGE_MIN = 30, YEARS_OLDER_MIN = 22, YEARS_OLDER_MAX = 45 };
	struct interval birth;

	if (!party_birth(j, adopter, &birth)) {
		return TERNARY_UNKNOWN;
	}
	return ternary_and(
	        interval_age_at_least(birth, j->matter->valid, AGE_MIN),
	        ternary_and(interval_age_at_least(birth, child, YEARS_OLDER_MIN),
	                    ternary_not(interval_age_at_least(birth, child, YEARS_OLDER_MAX + 1))));
}

void rule_l22(struct judgement *j)
{
	static const Civil__V1__SubjectRole adopters[] = { SUBJECT(ADOPTER_A), SUBJECT(ADOPTER_B) };
	const Civil__V1__Content *content = j->matter->content;
	struct party *child = matter_party(j->matter, SUBJECT(CHILD));
	struct interval birth;

	if (content == NULL || content->kind_case != CONTENT_CASE(ADOPTION) || child == NULL ||
	    !content->adoption->inter_country || !j->matter->dated ||
	    !party_birth(j, child, &birth)) {
		return; /* S07, S11 or S16 */
	}
	for (size_t i = 0; i < sizeof(adopters) / sizeof(adopters[0]); i++) {
		struct party *adopter = matter_party(j->matter, adopters[i]);

		if (adopter == NULL) {
			(void)finding_broken(j, role_name(adopters[i]));
		} else if (party_state(j, adopter) != NULL) {
			(void)finding_unless(j, is_of_age(j, adopter, birth), adopter->path);
		}
	}
}
