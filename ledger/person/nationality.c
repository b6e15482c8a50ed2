/* Nationality: acquired, given up or lost, restored; the finding that a person has none.
 *
 * An ended nationality stays in the list with its last day. Who loses that of Cambodia keeps
 * neither card nor passport in use: both are suspended from that day, and only an act about the
 * document brings it back. */
#include "ledger/person/step.h"

#define CAMBODIA "KHM"

void nationality_add(struct fold *fold, const struct act *act, char *country, char *basis,
                     Civil__V1__PartialDate *from, const char *fields)
{
	Civil__V1__PersonNationality *nationality =
	        fold_new(fold, &civil__v1__person_nationality__descriptor);

	if (nationality != NULL) {
		nationality->country = country;
		nationality->basis = basis;
		nationality->provenance = fold_provenance(fold, act, from, fields);
	}
	fold_append(fold, &fold->state->nationalities, &fold->state->n_nationalities, nationality);
	fold->compare = true;
}

/* The nationality of a country that has not ended; NULL. */
static Civil__V1__PersonNationality *find(const struct fold *fold, const char *country)
{
	for (size_t i = 0; i < fold->state->n_nationalities; i++) {
		Civil__V1__PersonNationality *nationality = fold->state->nationalities[i];

		if (strcmp(nationality->country, country) == 0 && nationality->provenance != NULL &&
		    nationality->provenance->valid_to == NULL) {
			return nationality;
		}
	}
	return NULL;
}

bool nationality_held(const struct fold *fold, const char *country)
{
	return find(fold, country) != NULL;
}

/* The basis as the state keeps it: the code of a birth act's list. */
static const char *basis_code(Civil__V1__NationalityBasis basis)
{
	static const char *const codes[] = { "",         "birth",   "descent", "naturalisation",
		                             "marriage", "adoption" };

	return (size_t)basis < sizeof(codes) / sizeof(codes[0]) ? codes[basis] : "";
}

void step_nationality_acquired(struct fold *fold, const struct act *act)
{
	const Civil__V1__NationalityAcquired *acquired = act->content->nationality_acquired;

	if (find(fold, acquired->country) == NULL) { /* else it is had already */
		nationality_add(
		        fold, act, acquired->country, fold_text(fold, basis_code(acquired->basis)),
		        fold_partial(fold, acquired->effective_on), " country basis effective_on ");
	}
}

const char *nationality_ended_by(const Civil__V1__Content *content)
{
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_NATIONALITY_RENOUNCED) {
		return content->nationality_renounced->country;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_NATIONALITY_LOST) {
		return content->nationality_lost->country;
	}
	return NULL;
}

void step_nationality_ended(struct fold *fold, const struct act *act)
{
	const char *country = nationality_ended_by(act->content);
	bool lost = act->content->kind_case == CIVIL__V1__CONTENT__KIND_NATIONALITY_LOST;
	Civil__V1__Date *day = lost ? act->content->nationality_lost->effective_on
	                            : act->content->nationality_renounced->effective_on;
	Civil__V1__PersonNationality *nationality = find(fold, country);

	if (nationality == NULL) {
		return;
	}
	fold_end(fold, nationality->provenance, act, fold_partial(fold, day));
	nationality->ended_by = fold_bytes(fold, bytes_of_hash(&act->event_id));
	if (strcmp(country, CAMBODIA) == 0) {
		document_suspend_live(fold, act, "id_card");
		document_suspend_live(fold, act, "passport");
	}
	fold->compare = true;
}

/* The last of the person's nationalities that the target ended. */
static Civil__V1__PersonNationality *ended_by(const struct fold *fold, ProtobufCBinaryData target)
{
	Civil__V1__PersonNationality *found = NULL;

	for (size_t i = 0; i < fold->state->n_nationalities; i++) {
		Civil__V1__PersonNationality *nationality = fold->state->nationalities[i];

		if (nationality->ended_by.len == target.len && target.len > 0 &&
		    memcmp(nationality->ended_by.data, target.data, target.len) == 0) {
			found = nationality;
		}
	}
	return found;
}

void step_nationality_restored(struct fold *fold, const struct act *act)
{
	const Civil__V1__NationalityRestored *restored = act->content->nationality_restored;
	const Civil__V1__PersonNationality *ended = ended_by(fold, restored->target);

	if (ended != NULL && find(fold, ended->country) == NULL) {
		nationality_add(fold, act, ended->country, fold_text(fold, "restored"),
		                fold_partial(fold, restored->effective_on), " effective_on ");
	}
}

void step_statelessness_found(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonStatelessness *found =
	        fold_new(fold, &civil__v1__person_statelessness__descriptor);

	if (found != NULL) {
		found->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		found->provenance = fold_provenance(
		        fold, act, fold_partial(fold, act->content->statelessness_found->date),
		        " date ");
		fold->state->statelessness = found;
	}
}

/* What is restored was ended before. */
const struct act *step_nationality_anchor(const struct acts *acts, const struct act *act,
                                          const struct id *person)
{
	ProtobufCBinaryData target = act->content->nationality_restored->target;

	(void)person; /* only the holder's acts name a nationality */
	for (size_t i = 0; i < acts->count; i++) {
		if (bytes_equal(bytes_of_hash(&acts->act[i].event_id),
		                bytes_of(target.data, target.len))) {
			return &acts->act[i];
		}
	}
	return NULL;
}
