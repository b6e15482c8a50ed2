#include "ledger/authority/reference.h"

#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/store/keys.h"

/* Counts the entries of a family that begin with one letter, so that arrays can be made once. */
static enum status count_entries(struct view *view, size_t *count, char letter)
{
	struct key prefix;

	key_authority(&prefix, letter, bytes_of(NULL, 0));
	struct store_cursor *cursor = store_cursor_open(view->store, STORE_AUTHORITY,
	                                                key_bytes(&prefix), bytes_of(NULL, 0));
	size_t entries = 0;

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; store_cursor_valid(cursor); store_cursor_next(cursor)) {
		entries++;
	}
	enum status status = store_cursor_status(cursor);
	store_cursor_close(cursor);
	if (status == STATUS_OK) {
		*count = entries;
	}
	return status;
}

/* Whether an entry of record `index` counts, and for which sizes of views that is so. */
static bool counts(const struct view *view, struct reference *reference, uint64_t index)
{
	if (index >= view->size) {
		reference->last_size = index < reference->last_size ? index : reference->last_size;
		return false;
	}
	if (index >= reference->first_size) {
		reference->first_size = index + 1;
	}
	return true;
}

/* Value of 'l': index u64, RuleSet bytes. */
static enum status read_rule_set(const struct view *view, struct reference *reference,
                                 struct bytes value, struct arena *arena)
{
	struct unpack unpack = unpack_of(value);

	uint64_t index = unpack_u64(&unpack);
	if (!counts(view, reference, index)) {
		return STATUS_OK;
	}
	const Civil__V1__RuleSet *set =
	        civil__v1__rule_set__unpack(&arena->allocator, unpack.rest.size, unpack.rest.data);
	if (set == NULL) {
		return STATUS_CORRUPT;
	}
	reference->rule_sets[reference->rule_set_count] = set;
	reference->rule_set_indexes[reference->rule_set_count] = index;
	reference->rule_set_count++;
	return STATUS_OK;
}

/* Value of 'v': first day u32, parts u32, parts seen u32, index of the last part u64. Versions come
 * in the order of their names and are put in the order of their days here. */
static enum status read_version(const struct view *view, struct reference *reference,
                                struct bytes key, struct bytes value, struct arena *arena)
{
	struct unpack unpack = unpack_of(value);
	struct bytes day = unpack_bytes(&unpack, 4);
	uint32_t parts = unpack_u32(&unpack);
	uint32_t seen = unpack_u32(&unpack);
	uint64_t index = unpack_u64(&unpack);

	if (!unpack_done(&unpack)) {
		return STATUS_CORRUPT;
	}
	if (seen < parts || !counts(view, reference, index)) {
		return STATUS_OK;
	}
	char *name = arena_alloc(arena, key.size); /* the prefix letter makes room for the NUL */
	if (name == NULL) {
		return STATUS_NO_MEMORY;
	}
	memcpy(name, key.data + 1, key.size - 1);

	struct gazetteer_version version = { .name = name, .first_day = key_read_day(day.data) };
	size_t at = reference->version_count;

	while (at > 0 && reference->versions[at - 1].first_day > version.first_day) {
		reference->versions[at] = reference->versions[at - 1];
		at--;
	}
	reference->versions[at] = version;
	reference->version_count++;
	return STATUS_OK;
}

/* Value of 'n': index u64, scheme. */
static enum status read_scheme(const struct view *view, struct reference *reference,
                               struct bytes value, struct arena *arena)
{
	struct unpack unpack = unpack_of(value);

	if (!counts(view, reference, unpack_u64(&unpack))) {
		return STATUS_OK;
	}
	char *scheme = arena_alloc(arena, unpack.rest.size + 1);
	if (scheme == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (unpack.rest.size > 0) {
		memcpy(scheme, unpack.rest.data, unpack.rest.size);
	}
	reference->number_scheme = scheme;
	return unpack.failed ? STATUS_CORRUPT : STATUS_OK;
}

/* Value of 'c': index u64, first u64. */
static enum status read_compromised(const struct view *view, struct reference *reference,
                                    struct bytes value)
{
	struct unpack unpack = unpack_of(value);
	uint64_t index = unpack_u64(&unpack);
	uint64_t first = unpack_u64(&unpack);

	if (counts(view, reference, index)) {
		reference->doubtful[reference->doubtful_count] = (struct doubtful){ first, index };
		reference->doubtful_count++;
		if (index < reference->first_compromised) {
			reference->first_compromised = index;
		}
	}
	return unpack_done(&unpack) ? STATUS_OK : STATUS_CORRUPT;
}

/* Value of 'm': index u64, of the first merge of identities. */
static enum status read_merge(const struct view *view, struct reference *reference,
                              struct bytes value)
{
	struct unpack unpack = unpack_of(value);
	uint64_t index = unpack_u64(&unpack);

	if (counts(view, reference, index)) {
		reference->first_merge = index;
	}
	return unpack_done(&unpack) ? STATUS_OK : STATUS_CORRUPT;
}

/* Reads all entries that begin with one letter. */
static enum status read_entries(struct view *view, struct reference *reference, char letter,
                                struct arena *arena)
{
	struct key prefix;

	key_authority(&prefix, letter, bytes_of(NULL, 0));
	struct store_cursor *cursor = store_cursor_open(view->store, STORE_AUTHORITY,
	                                                key_bytes(&prefix), bytes_of(NULL, 0));
	enum status status = STATUS_OK;

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; status == STATUS_OK && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		struct bytes value = store_cursor_value(cursor);

		if (letter == 'l') {
			status = read_rule_set(view, reference, value, arena);
		} else if (letter == 'n') {
			status = read_scheme(view, reference, value, arena);
		} else if (letter == 'm') {
			status = read_merge(view, reference, value);
		} else if (letter == 'c') {
			status = read_compromised(view, reference, value);
		} else {
			status = read_version(view, reference, store_cursor_key(cursor), value,
			                      arena);
		}
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}

enum status reference_load(struct view *view, const struct reference **out, struct arena *arena)
{
	struct reference *reference = arena_alloc(arena, sizeof(*reference));
	size_t sets;
	size_t versions;
	size_t compromised = 0;
	enum status status = count_entries(view, &sets, 'l');

	if (status == STATUS_OK) {
		status = count_entries(view, &versions, 'v');
	}
	if (status == STATUS_OK) {
		status = count_entries(view, &compromised, 'c');
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (reference != NULL) {
		reference->rule_sets = arena_array(arena, sets, sizeof(*reference->rule_sets));
		reference->rule_set_indexes =
		        arena_array(arena, sets, sizeof(*reference->rule_set_indexes));
		reference->last_size = UINT64_MAX;
		reference->number_scheme = "";
		reference->first_compromised = UINT64_MAX;
		reference->first_merge = UINT64_MAX;
		reference->versions = arena_array(arena, versions, sizeof(*reference->versions));
		reference->doubtful = arena_array(arena, compromised, sizeof(*reference->doubtful));
	}
	if (reference == NULL || reference->rule_sets == NULL || reference->versions == NULL ||
	    reference->rule_set_indexes == NULL || reference->doubtful == NULL) {
		return STATUS_NO_MEMORY;
	}
	static const char letters[] = { 'l', 'v', 'n', 'c', 'm' };
	for (size_t i = 0; status == STATUS_OK && i < sizeof(letters); i++) {
		status = read_entries(view, reference, letters[i], arena);
	}
	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < reference->version_count; i++) {
		bool newest = i + 1 == reference->version_count;

		reference->versions[i].last_day =
		        newest ? INT32_MAX : reference->versions[i + 1].first_day - 1;
	}
	*out = reference;
	return STATUS_OK;
}

enum status reference_of(struct view *view, const struct reference **out)
{
	const struct reference *known = view->reference;

	if (known == NULL || view->size < known->first_size || view->size > known->last_size) {
		enum status status = reference_load(view, &view->reference, view->arena);

		if (status != STATUS_OK) {
			return status;
		}
	}
	*out = view->reference;
	return STATUS_OK;
}
