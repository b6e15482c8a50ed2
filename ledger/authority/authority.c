#include "ledger/authority/authority.h"

#include "ledger/authority/authority_value.h"
#include "ledger/authority/reference.h"
#include "ledger/authority/row_cache.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/store/keys.h"

enum status authority_get(struct view *view, struct bytes *value, const struct key *key)
{
	struct bytes known;
	struct buf buf;
	bool absent;

	if (row_cache_find(view->rows, &known, &absent, key_bytes(key))) {
		if (absent) {
			return STATUS_NOT_FOUND;
		}
		*value = bytes_of(arena_copy(view->arena, known), known.size);
		return value->data == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	buf_init(&buf, CONTENT_BYTES_MAX);
	enum status status = store_get(view->store, &buf, STORE_AUTHORITY, key_bytes(key));
	if (status == STATUS_OK || status == STATUS_NOT_FOUND) {
		row_cache_put(view->rows, key_bytes(key), buf_bytes(&buf),
		              status == STATUS_NOT_FOUND);
	}
	if (status == STATUS_OK) {
		void *copy = arena_copy(view->arena, buf_bytes(&buf));

		status = copy == NULL ? STATUS_NO_MEMORY : STATUS_OK;
		*value = bytes_of(copy, buf.size);
	}
	buf_fini(&buf);
	return status;
}

enum status authority_office(struct view *view, struct office *out, const char *id)
{
	struct bytes value;
	struct office office;

	if (strlen(id) > OFFICE_ID_MAX) {
		return STATUS_NOT_FOUND;
	}
	struct key key;
	key_authority(&key, 'o', bytes_of_string(id));
	enum status status = authority_get(view, &value, &key);

	if (status == STATUS_OK) {
		status = authority_office_decode(&office, value, id, view->arena);
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (office.index >= view->size) {
		return STATUS_NOT_FOUND;
	}
	while (office.area_count > 0 && office.areas_since[office.area_count - 1] >= view->size) {
		office.area_count--; /* of later mergers */
	}
	*out = office;
	return STATUS_OK;
}

enum status authority_key(struct view *view, struct officer_key *out, struct bytes public_key)
{
	struct bytes value;
	struct officer_key found;

	if (public_key.size != PUBLIC_KEY_BYTES) {
		return STATUS_NOT_FOUND;
	}
	struct key key;
	key_authority(&key, 'k', public_key);
	enum status status = authority_get(view, &value, &key);

	if (status == STATUS_OK) {
		status = authority_key_decode(&found, value, public_key);
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (found.enrolled_index >= view->size) {
		return STATUS_NOT_FOUND;
	}
	if (found.suspended_index >= view->size) {
		found.suspended_index = UINT64_MAX;
	}
	if (found.compromised_index >= view->size) {
		found.compromised_index = UINT64_MAX;
	}
	found.known = view->size;
	*out = found;
	return STATUS_OK;
}

enum status authority_institution(struct view *view, struct institution *out, const char *id)
{
	struct institution institution;
	struct bytes value;
	struct key key;

	if (strlen(id) > OFFICE_ID_MAX) {
		return STATUS_NOT_FOUND;
	}
	key_authority(&key, 'i', bytes_of_string(id));
	enum status status = authority_get(view, &value, &key);

	if (status == STATUS_OK) {
		status = authority_institution_decode(&institution, value, id, view->arena);
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (institution.index >= view->size) {
		return STATUS_NOT_FOUND;
	}
	if (institution.revoked_index >= view->size) {
		institution.revoked_index = UINT64_MAX;
	}
	*out = institution;
	return STATUS_OK;
}

bool authority_institution_active(const struct institution *institution, int32_t day)
{
	return institution->from_day <= day && day <= institution->until_day &&
	       (institution->revoked_index == UINT64_MAX || day <= institution->revoked_day);
}

enum status authority_node(struct view *view, struct officer_key *out, const char *node_id)
{
	struct bytes value;
	struct key key;

	if (strlen(node_id) > OFFICE_ID_MAX) {
		return STATUS_NOT_FOUND;
	}
	key_authority(&key, 'w', bytes_of_string(node_id));
	enum status status = authority_get(view, &value, &key);
	if (status != STATUS_OK) {
		return status;
	}
	struct unpack unpack = unpack_of(value);

	(void)unpack_u64(&unpack); /* index: that of the key */
	return unpack.failed ? STATUS_CORRUPT : authority_key(view, out, unpack.rest);
}

void authority_codelist_key(struct key *key, const char *list, const char *version, int32_t part)
{
	key_authority(key, 'd', bytes_of(NULL, 0));
	key_string0(key, bytes_of_string(list));
	key_string0(key, bytes_of_string(version));
	key_u32(key, (uint32_t)part);
}

enum status authority_codelist_has_part(struct view *view, bool *has, const char *list,
                                        const char *version, int32_t part)
{
	struct bytes value;
	struct key key;

	authority_codelist_key(&key, list, version, part);
	if (key_failed(&key)) {
		*has = false; /* S07: such a name is too long */
		return STATUS_OK;
	}
	enum status status = authority_get(view, &value, &key);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		return status;
	}
	*has = status == STATUS_OK && value.size == 8 && bytes_read_u64(value.data) < view->size;
	return STATUS_OK;
}

bool authority_key_active(const struct officer_key *key, int32_t day)
{
	return key->suspended_index == UINT64_MAX && key->compromised_index == UINT64_MAX &&
	       key->from_day <= day && day <= key->until_day;
}

enum status authority_any_merged(struct view *view, bool *merged)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);

	if (status == STATUS_OK) {
		*merged = reference->first_merge < view->size;
	}
	return status;
}

enum status authority_any_compromised(struct view *view, bool *compromised)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);

	if (status == STATUS_OK) {
		*compromised = reference->first_compromised < view->size;
	}
	return status;
}

/* The first record from `from` on that names the person; UINT64_MAX when there is none. */
static enum status next_record(struct view *view, uint64_t *out, const struct id *person,
                               uint64_t from)
{
	struct key prefix;
	struct key start;
	struct id named;

	*out = UINT64_MAX;
	key_history_prefix(&prefix, person);
	key_history(&start, person, from);
	struct store_cursor *cursor = store_cursor_open(view->store, STORE_HISTORY,
	                                                key_bytes(&prefix), key_bytes(&start));
	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = store_cursor_status(cursor);
	if (store_cursor_valid(cursor) &&
	    !key_read_history(store_cursor_key(cursor), &named, out)) {
		status = STATUS_CORRUPT;
	}
	store_cursor_close(cursor);
	return status;
}

enum status authority_may_dispute(struct view *view, bool *out, const struct id *person)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);
	uint64_t from = UINT64_MAX;
	uint64_t next = 0;

	*out = false;
	for (size_t i = 0; status == STATUS_OK && !*out && i < reference->doubtful_count; i++) {
		const struct doubtful *doubtful = &reference->doubtful[i];

		if (from == UINT64_MAX || doubtful->first < from || next < doubtful->first) {
			from = doubtful->first;
			status = next_record(view, &next, person, from);
		}
		*out = status == STATUS_OK && next < doubtful->end;
	}
	return status;
}

enum status authority_disputed(struct view *view, bool *disputed,
                               const struct stored_record *record, uint64_t affirmed)
{
	bool found = false;

	for (size_t i = 0; i < record->event.signature_count && !found; i++) {
		const Civil__V1__Signature *signature = record->event.signatures[i];
		struct officer_key key;
		enum status status = authority_key(
		        view, &key,
		        bytes_of(signature->public_key.data, signature->public_key.len));

		if (status == STATUS_NOT_FOUND) {
			continue;
		}
		if (status != STATUS_OK) {
			return status;
		}
		found = key.compromised_index != UINT64_MAX && key.compromised_index > affirmed &&
		        key.compromised_since_ms <= record->recorded_at_ms;
	}
	*disputed = found;
	return STATUS_OK;
}
