/* The records of whoever an id stands for: ledger/person/persona.h. */
#include "ledger/person/persona.h"

#include <stdlib.h>

static int compare_indexes(const void *left, const void *right)
{
	const uint64_t *a = left;
	const uint64_t *b = right;

	return *a < *b ? -1 : *a > *b;
}

static bool moved_from(const struct persona *persona, uint64_t index)
{
	for (size_t i = persona->move_count; i > 0; i--) {
		if (persona->moves[i - 1].index == index) {
			struct id now = persona_root(persona, &persona->moves[i - 1].person);

			return !id_equal(&now, &persona->person);
		}
	}
	return false;
}

/* The histories of the ids in scope one behind the other, and what was moved to the person. */
static enum status gather(struct view *view, uint64_t **out, size_t *out_count,
                          const struct persona *persona, enum persona_scope scope)
{
	uint64_t *own[PERSONA_MEMBERS_MAX];
	size_t counts[PERSONA_MEMBERS_MAX];
	size_t all = persona->move_count;
	size_t at = 0;

	for (size_t m = 0; m < persona->member_count; m++) {
		const struct persona_member *member = &persona->members[m];
		enum status status = STATUS_OK;

		counts[m] = 0;
		if (scope == PERSONA_GROUP ||
		    id_equal(&persona->members[member->root].id, &persona->person)) {
			status = view_history(view, &own[m], &counts[m], &member->id);
		}
		if (status != STATUS_OK) {
			return status;
		}
		all += counts[m];
	}
	uint64_t *indexes = arena_array(view->arena, all, sizeof(*indexes));

	if (indexes == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t m = 0; m < persona->member_count; m++) {
		for (size_t i = 0; i < counts[m]; i++) {
			indexes[at] = own[m][i];
			at++;
		}
	}
	for (size_t i = 0; i < persona->move_count; i++) {
		indexes[at] = persona->moves[i].index;
		at += persona->moves[i].index < view->size;
	}
	*out = indexes;
	*out_count = at;
	return STATUS_OK;
}

enum status persona_history(struct view *view, uint64_t **indexes, size_t *count,
                            const struct persona *persona, enum persona_scope scope)
{
	uint64_t *gathered;
	size_t all;
	size_t kept = 0;

	if (persona->member_count == 0) {
		return view_history(view, indexes, count, &persona->person);
	}
	enum status status = gather(view, &gathered, &all, persona, scope);
	if (status != STATUS_OK) {
		return status;
	}
	if (all > 1) {
		qsort(gathered, all, sizeof(*gathered), compare_indexes);
	}
	for (size_t i = 0; i < all; i++) {
		bool repeated = kept > 0 && gathered[kept - 1] == gathered[i];

		if (!repeated && (scope == PERSONA_GROUP || !moved_from(persona, gathered[i]))) {
			gathered[kept] = gathered[i];
			kept++;
		}
	}
	*indexes = gathered;
	*count = kept;
	return STATUS_OK;
}

enum status persona_version(struct view *view, uint64_t *version, uint64_t *count,
                            const struct id *person)
{
	struct persona persona;
	uint64_t *indexes;
	size_t records;
	enum status status = persona_load(view, &persona, person);

	if (status != STATUS_OK || persona.member_count == 0) {
		return status == STATUS_OK ? view_version(view, version, count, person) : status;
	}
	status = persona_history(view, &indexes, &records, &persona, PERSONA_PERSON);
	if (status == STATUS_OK) {
		*version = records == 0 ? 0 : indexes[records - 1] + 1;
		*count = records;
	}
	return status;
}

enum status persona_covered(struct view *view, bool *out, const struct persona *persona)
{
	enum status status = view_history_covered(view, out, &persona->person);

	for (size_t i = 0; status == STATUS_OK && !*out && i < persona->member_count; i++) {
		status = view_history_covered(view, out, &persona->members[i].id);
	}
	return status;
}
