/* Effects of merged offices, changed scopes, rotated and compromised keys, retired officers. */
#include "ledger/authority/authority_value.h"
#include "ledger/authority/governance_effect.h"
#include "ledger/authority/scope.h"
#include "ledger/event/partial_date.h"

static bool covers(const struct office *office, const char *area)
{
	for (size_t i = 0; i < office->area_count; i++) {
		if (strcmp(office->areas[i], area) == 0) {
			return true;
		}
	}
	return false;
}

/* The office that goes on covers the areas of both. */
static enum status take_areas(const struct effect *effect, struct office *into,
                              const struct office *from)
{
	size_t room = into->area_count + from->area_count;
	const char **areas = arena_array(effect->view->arena, room, sizeof(*areas));
	uint64_t *since = arena_array(effect->view->arena, room, sizeof(*since));

	if (areas == NULL || since == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < into->area_count; i++) {
		areas[i] = into->areas[i];
		since[i] = into->areas_since[i];
	}
	into->areas = areas;
	into->areas_since = since;
	for (size_t i = 0; i < from->area_count && into->area_count < OFFICE_AREAS_MAX; i++) {
		if (!covers(into, from->areas[i])) {
			areas[into->area_count] = from->areas[i];
			since[into->area_count] = effect->index;
			into->area_count++;
		}
	}
	return STATUS_OK;
}

enum status effect_office_merged(const struct effect *effect)
{
	const Civil__V1__OfficeMerged *merged = effect->event->content->office_merged;
	struct office from;
	struct office into;
	enum status status = authority_office(effect->view, &from, merged->office_id);

	if (status == STATUS_OK) {
		status = authority_office(effect->view, &into, merged->into);
	}
	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status; /* S12 saw to it */
	}
	(void)partial_date_day(&from.closed_day, merged->date);
	if (into.area_count > 0) { /* else it covers the nation */
		status = take_areas(effect, &into, &from);
	}
	if (status == STATUS_OK) {
		status = governance_put_office(effect, &from);
	}
	return status == STATUS_OK ? governance_put_office(effect, &into) : status;
}

enum status effect_officer_scope_changed(const struct effect *effect)
{
	const Civil__V1__OfficerScopeChanged *changed =
	        effect->event->content->officer_scope_changed;
	struct scope_change change = { .index = effect->index, .until_day = INT32_MAX };
	struct officer_key key;
	enum status status = governance_known_key(effect, &key, &changed->public_key);

	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < changed->n_roles; i++) {
		change.roles |= ROLE_BIT((unsigned)changed->roles[i]);
	}
	(void)partial_date_day(&change.from_day, changed->from); /* S07 saw to it */
	(void)partial_date_day(&change.until_day, changed->until);
	memcpy(change.office, changed->office_id, strlen(changed->office_id) + 1);
	status = scope_add(&key, &change, effect->view->arena);
	return status == STATUS_OK ? governance_put_officer(effect, &key) : status;
}

/* The key signs until the day before `day`. */
static enum status retire(const struct effect *effect, struct officer_key *key, int32_t day)
{
	const struct scope_change change = {
		.index = effect->index,
		.from_day = day,
		.until_day = INT32_MAX,
	};
	enum status status = scope_add(key, &change, effect->view->arena);

	return status == STATUS_OK ? governance_put_officer(effect, key) : status;
}

enum status effect_officer_key_rotated(const struct effect *effect)
{
	const Civil__V1__OfficerKeyRotated *rotated = effect->event->content->officer_key_rotated;
	struct officer_key old;
	int32_t day = 0;
	enum status status = governance_known_key(effect, &old, &rotated->public_key);

	if (status != STATUS_OK) {
		return status;
	}
	struct officer_key new = old;

	(void)partial_date_day(&day, rotated->date); /* S07 saw to it */
	memcpy(new.public_key, rotated->new_public_key.data, PUBLIC_KEY_BYTES);
	new.enrolled_index = effect->index;
	status = scope_begin(&new, day, effect->view->arena);
	if (status == STATUS_OK) {
		status = governance_put_officer(effect, &new);
	}
	return status == STATUS_OK ? retire(effect, &old, day) : status;
}

enum status effect_officer_retired(const struct effect *effect)
{
	const Civil__V1__OfficerRetired *retired = effect->event->content->officer_retired;
	struct officer_key key;
	int32_t day = 0;
	enum status status = governance_known_key(effect, &key, &retired->public_key);

	if (status != STATUS_OK) {
		return status;
	}
	(void)partial_date_day(&day, retired->date);
	return retire(effect, &key, day + 1);
}

/* The first record of that time or later; recorded_at never decreases. */
static enum status first_since(const struct effect *effect, uint64_t *first, int64_t since_ms)
{
	uint64_t end = effect->index;

	*first = 0;
	while (*first < end) {
		uint64_t middle = *first + (end - *first) / 2;
		struct stored_record record;
		enum status status = view_record(effect->view, &record, middle);

		if (status != STATUS_OK) {
			return status;
		}
		if (record.recorded_at_ms < since_ms) {
			*first = middle + 1;
		} else {
			end = middle;
		}
	}
	return STATUS_OK;
}

/* Lets readers see at once whether any key ever was, and which records it may have signed: from the
 * instant that it was lost to this one, behind which nobody signs with it (S01). */
static enum status put_compromised(const struct effect *effect, int64_t since_ms)
{
	uint64_t first;
	uint8_t value[16];
	struct key key;
	enum status status = first_since(effect, &first, since_ms);

	if (status != STATUS_OK) {
		return status;
	}
	bytes_write_u64(value, effect->index);
	bytes_write_u64(value + 8, first);
	key_authority(&key, 'c', bytes_of(value, 8));
	store_batch_put(effect->batch, STORE_AUTHORITY, key_bytes(&key),
	                bytes_of(value, sizeof(value)));
	*effect->reference_changed = true;
	return STATUS_OK;
}

enum status effect_officer_key_compromised(const struct effect *effect)
{
	const Civil__V1__OfficerKeyCompromised *compromised =
	        effect->event->content->officer_key_compromised;
	struct officer_key key;
	enum status status = governance_known_key(effect, &key, &compromised->public_key);

	if (status != STATUS_OK) {
		return status;
	}
	key.compromised_index = effect->index;
	key.compromised_since_ms = compromised->since_ms;
	status = put_compromised(effect, compromised->since_ms);
	return status == STATUS_OK ? governance_put_officer(effect, &key) : status;
}
