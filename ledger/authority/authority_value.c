#include "ledger/authority/authority_value.h"

#include "ledger/base/assert.h"
#include "ledger/base/unpack.h"

/* Areas that the office was opened with: those of mergers stand behind them. */
static size_t own_areas(const struct office *office)
{
	size_t own = 0;

	while (own < office->area_count &&
	       (office->areas_since == NULL || office->areas_since[own] == office->index)) {
		own++;
	}
	return own;
}

void authority_office_encode(struct buf *out, const struct office *office)
{
	size_t own = own_areas(office);

	ASSERT(office->area_count <= OFFICE_AREAS_MAX);
	buf_append_u64(out, office->index);
	buf_append_u8(out, (uint8_t)office->sort);
	buf_append_u32(out, (uint32_t)office->opened_day);
	buf_append_u32(out, (uint32_t)office->closed_day);
	buf_append_u8(out, (uint8_t)own);
	for (size_t i = 0; i < office->area_count; i++) {
		if (i >= own) {
			buf_append_u64(out, office->areas_since[i]);
		}
		buf_append_u8(out, (uint8_t)strlen(office->areas[i]));
		buf_append_string(out, office->areas[i]);
	}
}

/* Index, length and two digits. */
enum { MERGED_AREA_BYTES_MIN = 8 + 1 + 2 };

/* One area code with its length before it; NULL when memory is exhausted. */
static char *area_decode(struct unpack *unpack, struct arena *arena)
{
	size_t length = unpack_u8(unpack);
	struct bytes code = unpack_bytes(unpack, length);
	char *area = arena_alloc(arena, length + 1);

	if (area != NULL && code.size > 0) {
		memcpy(area, code.data, code.size);
	}
	return area;
}

enum status authority_office_decode(struct office *out, struct bytes value, const char *id,
                                    struct arena *arena)
{
	struct unpack unpack = unpack_of(value);
	struct office office = { .index = unpack_u64(&unpack) };

	memcpy(office.id, id, strlen(id) + 1);
	office.sort = (Civil__V1__OfficeSort)unpack_u8(&unpack);
	office.opened_day = (int32_t)unpack_u32(&unpack);
	office.closed_day = (int32_t)unpack_u32(&unpack);
	size_t own = unpack_u8(&unpack);
	size_t room = own + unpack.rest.size / MERGED_AREA_BYTES_MIN;

	if (own > OFFICE_AREAS_MAX) {
		return STATUS_CORRUPT;
	}
	office.areas = arena_array(arena, room, sizeof(*office.areas));
	office.areas_since = arena_array(arena, room, sizeof(*office.areas_since));
	if (office.areas == NULL || office.areas_since == NULL) {
		return STATUS_NO_MEMORY;
	}
	while (!unpack.failed && office.area_count < room &&
	       (office.area_count < own || unpack.rest.size > 0)) {
		size_t i = office.area_count;

		office.areas_since[i] = i < own ? office.index : unpack_u64(&unpack);
		office.areas[i] = area_decode(&unpack, arena);
		if (office.areas[i] == NULL) {
			return STATUS_NO_MEMORY;
		}
		office.area_count++;
	}
	if (!unpack_done(&unpack)) {
		return STATUS_CORRUPT;
	}
	*out = office;
	return STATUS_OK;
}

void authority_key_encode(struct buf *out, const struct officer_key *key)
{
	buf_append(out, bytes_of_id(&key->officer));
	buf_append_u8(out, key->has_person);
	buf_append(out, bytes_of_id(&key->person));
	buf_append_u32(out, key->roles);
	buf_append_u32(out, (uint32_t)key->from_day);
	buf_append_u32(out, (uint32_t)key->until_day);
	buf_append_u64(out, key->enrolled_index);
	buf_append_u64(out, key->suspended_index);
	buf_append_u64(out, key->compromised_index);
	buf_append_u64(out, (uint64_t)key->compromised_since_ms);
	buf_append_string(out, key->office);
	if (key->changes.size > 0) {
		buf_append_u8(out, 0);
		buf_append(out, key->changes);
	}
}

enum status authority_key_decode(struct officer_key *out, struct bytes value,
                                 struct bytes public_key)
{
	struct unpack unpack = unpack_of(value);
	struct officer_key key = { .has_person = false };

	memcpy(key.public_key, public_key.data, PUBLIC_KEY_BYTES);
	unpack_copy(&unpack, key.officer.bytes, ID_BYTES);
	key.has_person = unpack_u8(&unpack) != 0;
	unpack_copy(&unpack, key.person.bytes, ID_BYTES);
	key.roles = unpack_u32(&unpack);
	key.from_day = (int32_t)unpack_u32(&unpack);
	key.until_day = (int32_t)unpack_u32(&unpack);
	key.enrolled_index = unpack_u64(&unpack);
	key.suspended_index = unpack_u64(&unpack);
	key.compromised_index = unpack_u64(&unpack);
	key.compromised_since_ms = (int64_t)unpack_u64(&unpack);
	if (unpack.failed) {
		return STATUS_CORRUPT;
	}
	size_t length = unpack.rest.size == 0
	                        ? 0
	                        : strnlen((const char *)unpack.rest.data, unpack.rest.size);
	if (length > OFFICE_ID_MAX) {
		return STATUS_CORRUPT;
	}
	struct bytes office = unpack_bytes(&unpack, length);
	if (office.size > 0) {
		memcpy(key.office, office.data, office.size);
	}
	if (unpack.rest.size > 0) {
		(void)unpack_u8(&unpack); /* the NUL behind the office */
		key.changes = unpack.rest;
	}
	*out = key;
	return STATUS_OK;
}

void authority_institution_encode(struct buf *out, const struct institution *institution)
{
	size_t size = civil__v1__institution_authorised__get_packed_size(institution->authorised);

	buf_append_u64(out, institution->index);
	buf_append_u64(out, institution->revoked_index);
	buf_append_u32(out, (uint32_t)institution->revoked_day);
	buf_append_u32(out, (uint32_t)institution->from_day);
	buf_append_u32(out, (uint32_t)institution->until_day);
	uint8_t *packed = buf_extend(out, size);
	if (packed != NULL) {
		(void)civil__v1__institution_authorised__pack(institution->authorised, packed);
	}
}

enum status authority_institution_decode(struct institution *out, struct bytes value,
                                         const char *id, struct arena *arena)
{
	struct unpack unpack = unpack_of(value);
	struct institution institution = { .index = unpack_u64(&unpack) };

	institution.revoked_index = unpack_u64(&unpack);
	institution.revoked_day = (int32_t)unpack_u32(&unpack);
	institution.from_day = (int32_t)unpack_u32(&unpack);
	institution.until_day = (int32_t)unpack_u32(&unpack);
	if (unpack.failed) {
		return STATUS_CORRUPT;
	}
	memcpy(institution.id, id, strlen(id) + 1);
	institution.authorised = civil__v1__institution_authorised__unpack(
	        &arena->allocator, unpack.rest.size, unpack.rest.data);
	if (institution.authorised == NULL) {
		return STATUS_CORRUPT;
	}
	*out = institution;
	return STATUS_OK;
}
