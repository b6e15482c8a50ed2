#include "ledger/authority/authority_value.h"

#include "ledger/base/assert.h"
#include "ledger/base/unpack.h"

void authority_office_encode(struct buf *out, const struct office *office)
{
	ASSERT(office->area_count <= OFFICE_AREAS_MAX);
	buf_append_u64(out, office->index);
	buf_append_u8(out, (uint8_t)office->sort);
	buf_append_u32(out, (uint32_t)office->opened_day);
	buf_append_u32(out, (uint32_t)office->closed_day);
	buf_append_u8(out, (uint8_t)office->area_count);
	for (size_t i = 0; i < office->area_count; i++) {
		buf_append_u8(out, (uint8_t)strlen(office->areas[i]));
		buf_append_string(out, office->areas[i]);
	}
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
	office.area_count = unpack_u8(&unpack);
	office.areas = arena_array(arena, office.area_count, sizeof(*office.areas));
	if (office.areas == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < office.area_count; i++) {
		size_t length = unpack_u8(&unpack);
		struct bytes code = unpack_bytes(&unpack, length);
		char *area = arena_alloc(arena, length + 1);

		if (area == NULL) {
			return STATUS_NO_MEMORY;
		}
		if (code.size > 0) {
			memcpy(area, code.data, code.size);
		}
		office.areas[i] = area;
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
	if (unpack.failed || unpack.rest.size > OFFICE_ID_MAX) {
		return STATUS_CORRUPT;
	}
	memcpy(key.office, unpack.rest.data, unpack.rest.size);
	*out = key;
	return STATUS_OK;
}
