#include "ledger/person/state.h"

#include "ledger/authority/authority.h"
#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/person/acts_internal.h"
#include "ledger/person/aliases.h"
#include "ledger/person/cache.h"
#include "ledger/person/fold.h"
#include "ledger/person/veil.h"

/* How many records name the person, and the last of them: in no act, so in no fold. */
static enum status add_version(struct view *view, Civil__V1__PersonState *state,
                               const struct id *person)
{
	return persona_version(view, &state->version, &state->history_count, person);
}

/* Whether a mark of trust may be missing in the cached state: a compromised key may have signed. */
static enum status may_be_disputed(struct view *view, bool *out, const struct persona *persona)
{
	enum status status = authority_may_dispute(view, out, &persona->person);

	for (size_t i = 0; status == STATUS_OK && !*out && i < persona->member_count; i++) {
		status = authority_may_dispute(view, out, &persona->members[i].id);
	}
	return status;
}

/* The cached state when it is also the state at this view and day: no act of the person lies behind
 * either, and no mark of trust is missing.
 * STATUS_OK with NULL when it has to be folded. */
static enum status state_from_cache(struct view *view, Civil__V1__PersonState **out,
                                    const struct persona *persona, int32_t valid_day)
{
	struct cache_entry entry;
	bool disputed = false;
	enum status status = cache_read(view, &entry, &persona->person);

	*out = NULL;
	if (status != STATUS_OK || entry.as_of > view->size || entry.last_day > valid_day) {
		return status;
	}
	status = may_be_disputed(view, &disputed, persona);
	return status == STATUS_OK && !disputed ? cache_share(view, out, &entry, &persona->person)
	                                        : status;
}

static enum status fold_state(struct view *view, Civil__V1__PersonState **out,
                              const struct persona *persona, int32_t valid_day)
{
	struct stored_record *records;
	struct fold_span span;
	struct fold fold;
	struct acts acts;
	size_t count;
	bool trust;
	enum status status = acts_records(view, &records, &count, persona, 0);

	if (status == STATUS_OK) {
		status = authority_any_compromised(view, &trust);
	}
	if (status == STATUS_OK) {
		status = acts_of_records(view, &acts, records, count, persona, trust);
	}
	if (status == STATUS_OK) {
		status = veil_add(view, &acts, persona);
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (acts.count + acts.voided_count == 0 || valid_day < fold_birth_day(&acts, persona)) {
		return STATUS_NOT_FOUND;
	}
	status = fold_begin(&fold, persona, valid_day, view->arena);
	if (status == STATUS_OK) {
		status = fold_run(&fold, view, &acts, &span);
	}
	if (status == STATUS_OK) {
		status = fold_compare_documents(&fold, view, &acts);
	}
	if (status == STATUS_OK) {
		veil_hide_names(fold.state, &acts, &persona->person);
		*out = fold.state;
	}
	return status;
}

/* What is kept says what folding all acts with their marks of trust would. */
static bool equals_fold(struct view *view, const Civil__V1__PersonState *kept,
                        const struct persona *persona, int32_t valid_day)
{
	Civil__V1__PersonState *folded;
	bool compromised;

	if (authority_any_compromised(view, &compromised) != STATUS_OK || !compromised) {
		return true;
	}
	if (fold_state(view, &folded, persona, valid_day) != STATUS_OK) {
		return false;
	}
	struct hash ours = state_hash(kept, view->arena);
	struct hash theirs = state_hash(folded, view->arena);
	return hash_equal(&ours, &theirs);
}

enum status state_at(struct view *view, Civil__V1__PersonState **out, const struct id *asked,
                     int32_t valid_day)
{
	Civil__V1__PersonState *state = NULL;
	struct persona persona;
	enum status status = persona_load(view, &persona, asked);

	bool covered = false;

	if (status == STATUS_OK) {
		/* No cached state is of a reader who does not see all. */
		status = persona_covered(view, &covered, &persona);
	}
	if (status == STATUS_OK && !covered) {
		status = state_from_cache(view, &state, &persona, valid_day);
		VERIFY(status != STATUS_OK || state == NULL ||
		       equals_fold(view, state, &persona, valid_day));
	}
	if (status == STATUS_OK && state == NULL) {
		status = fold_state(view, &state, &persona, valid_day);
	}
	if (status == STATUS_OK) {
		status = add_version(view, state, &persona.person);
	}
	return status == STATUS_OK ? aliases_read(view, out, state) : status;
}

enum status state_with(struct view *view, Civil__V1__PersonState **out, const struct id *person,
                       const struct stored_record *next)
{
	struct stored_record *records;
	struct fold_span span;
	struct fold fold;
	struct persona persona;
	struct acts acts;
	size_t count;
	enum status status = persona_load(view, &persona, person);

	if (status == STATUS_OK) {
		status = acts_records(view, &records, &count, &persona, 0);
	}
	if (status != STATUS_OK) {
		return status;
	}
	struct stored_record *all = arena_array(view->arena, count + 1, sizeof(*all));

	if (all == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (count > 0) {
		memcpy(all, records, count * sizeof(*all));
	}
	all[count] = *next;
	status = acts_of_records(view, &acts, all, count + 1, &persona, false);
	if (status == STATUS_OK) {
		status = fold_begin(&fold, &persona, STATE_VALID_ALL, view->arena);
	}
	if (status == STATUS_OK) {
		status = fold_run(&fold, view, &acts, &span);
	}
	if (status == STATUS_OK) {
		*out = fold.state;
	}
	return status;
}

enum status state_cached(struct view *view, Civil__V1__PersonState **out, const struct id *asked)
{
	struct cache_entry entry;
	Civil__V1__PersonState *state;
	struct persona persona;
	enum status status = persona_load(view, &persona, asked);

	if (status == STATUS_OK) {
		status = cache_read(view, &entry, &persona.person);
	}
	if (status == STATUS_OK) {
		status = entry.as_of > view->size
		                 ? fold_state(view, &state, &persona, STATE_VALID_ALL)
		                 : cache_share(view, &state, &entry, &persona.person);
	}
	if (status == STATUS_OK) {
		status = add_version(view, state, &persona.person);
	}
	return status == STATUS_OK ? aliases_read(view, out, state) : status;
}

struct hash state_hash(const Civil__V1__PersonState *state, struct arena *arena)
{
	size_t size = civil__v1__person_state__get_packed_size(state);
	uint8_t *packed = arena_alloc(arena, size);
	struct crypto_sha256_state sum;

	ASSERT(packed != NULL);
	(void)civil__v1__person_state__pack(state, packed);
	crypto_sha256_begin(&sum);
	crypto_sha256_update(&sum, bytes_of_string("civil-ledger/person-state/v1\n"));
	crypto_sha256_update(&sum, bytes_of(packed, size));
	return crypto_sha256_end(&sum);
}
