#include "ledger/store/keys.h"

#include "ledger/base/assert.h"

_Static_assert((int)STORE_HISTORY_PREFIX == (int)ID_BYTES, "cursors over one id need its prefix");

void key_begin(struct key *key)
{
	key->size = 0;
	key->failed = false;
}

void key_raw(struct key *key, struct bytes bytes)
{
	if (key->failed || bytes.size > sizeof(key->bytes) - key->size) {
		key->failed = true;
		return;
	}
	if (bytes.size > 0) {
		memcpy(key->bytes + key->size, bytes.data, bytes.size);
		key->size += bytes.size;
	}
}

void key_u8(struct key *key, uint8_t value)
{
	key_raw(key, bytes_of(&value, 1));
}

void key_u32(struct key *key, uint32_t value)
{
	uint8_t out[4];

	bytes_write_u32(out, value);
	key_raw(key, bytes_of(out, sizeof(out)));
}

void key_u64(struct key *key, uint64_t value)
{
	uint8_t out[8];

	bytes_write_u64(out, value);
	key_raw(key, bytes_of(out, sizeof(out)));
}

void key_id(struct key *key, const struct id *id)
{
	key_raw(key, bytes_of_id(id));
}

void key_hash(struct key *key, const struct hash *hash)
{
	key_raw(key, bytes_of_hash(hash));
}

void key_string0(struct key *key, struct bytes text)
{
	if (text.size > 0 && memchr(text.data, 0, text.size) != NULL) {
		key->failed = true;
		return;
	}
	key_raw(key, text);
	key_u8(key, 0);
}

struct bytes key_bytes(const struct key *key)
{
	ASSERT(!key->failed);
	ASSERT(key->size <= sizeof(key->bytes));
	return bytes_of(key->bytes, key->size);
}

/* Takes `size` bytes off the front; NULL when fewer are left. */
static const uint8_t *key_take(struct bytes *rest, size_t size)
{
	if (rest->size < size) {
		return NULL;
	}
	const uint8_t *part = rest->data;

	*rest = bytes_of(rest->data + size, rest->size - size);
	return part;
}

bool key_read_u8(struct bytes *rest, uint8_t *value)
{
	const uint8_t *part = key_take(rest, 1);

	if (part != NULL) {
		*value = *part;
	}
	return part != NULL;
}

bool key_read_u32(struct bytes *rest, uint32_t *value)
{
	const uint8_t *part = key_take(rest, 4);

	if (part != NULL) {
		*value = bytes_read_u32(part);
	}
	return part != NULL;
}

bool key_read_u64(struct bytes *rest, uint64_t *value)
{
	const uint8_t *part = key_take(rest, 8);

	if (part != NULL) {
		*value = bytes_read_u64(part);
	}
	return part != NULL;
}

bool key_read_id(struct bytes *rest, struct id *id)
{
	const uint8_t *part = key_take(rest, ID_BYTES);

	if (part != NULL) {
		memcpy(id->bytes, part, ID_BYTES);
	}
	return part != NULL;
}

bool key_read_hash(struct bytes *rest, struct hash *hash)
{
	const uint8_t *part = key_take(rest, HASH_BYTES);

	if (part != NULL) {
		memcpy(hash->bytes, part, HASH_BYTES);
	}
	return part != NULL;
}

bool key_read_string0(struct bytes *rest, struct bytes *text)
{
	const uint8_t *end = rest->size == 0 ? NULL : memchr(rest->data, 0, rest->size);

	if (end == NULL) {
		return false;
	}
	size_t size = (size_t)(end - rest->data);

	*text = bytes_of(rest->data, size);
	*rest = bytes_of(end + 1, rest->size - size - 1);
	return true;
}

void key_meta(struct key *key, const char *name)
{
	key_begin(key);
	key_raw(key, bytes_of_string(name));
}

void key_record(struct key *key, uint64_t index)
{
	key_begin(key);
	key_u64(key, index);
}

void key_content(struct key *key, uint64_t index)
{
	key_begin(key);
	key_u64(key, index);
}

void key_event(struct key *key, const struct hash *event_id)
{
	key_begin(key);
	key_hash(key, event_id);
}

void key_request(struct key *key, const struct id *request_id)
{
	key_begin(key);
	key_id(key, request_id);
}

void key_history_prefix(struct key *key, const struct id *person_id)
{
	key_begin(key);
	key_id(key, person_id);
}

void key_history(struct key *key, const struct id *person_id, uint64_t index)
{
	key_history_prefix(key, person_id);
	key_u64(key, index);
}

void key_case_prefix(struct key *key, const struct id *case_id)
{
	key_begin(key);
	key_id(key, case_id);
}

void key_case(struct key *key, const struct id *case_id, uint64_t index)
{
	key_case_prefix(key, case_id);
	key_u64(key, index);
}

void key_person(struct key *key, const struct id *person_id)
{
	key_begin(key);
	key_id(key, person_id);
}

void key_tree(struct key *key, uint8_t level, uint64_t index)
{
	key_begin(key);
	key_u8(key, level);
	key_u64(key, index);
}

bool key_read_record(struct bytes key, uint64_t *index)
{
	return key.size == 8 && key_read_u64(&key, index);
}

bool key_read_history(struct bytes key, struct id *id, uint64_t *index)
{
	return key.size == ID_BYTES + 8 && key_read_id(&key, id) && key_read_u64(&key, index);
}

void key_day(struct key *key, int32_t day)
{
	key_u32(key, (uint32_t)day ^ UINT32_C(0x80000000));
}

int32_t key_read_day(const uint8_t bytes[4])
{
	return (int32_t)(bytes_read_u32(bytes) ^ UINT32_C(0x80000000));
}

void key_number(struct key *key, uint8_t sort, struct bytes value)
{
	key_begin(key);
	key_u8(key, sort);
	key_raw(key, value);
}

void key_death_name(struct key *key, const struct hash *name, uint64_t index)
{
	key_begin(key);
	key_u8(key, 'd');
	key_raw(key, bytes_of(name->bytes, ID_BYTES));
	key_u64(key, index);
}

void key_birth_of_mother(struct key *key, const struct id *mother, uint64_t index)
{
	key_begin(key);
	key_u8(key, 'm');
	key_id(key, mother);
	key_u64(key, index);
}

void key_delivery(struct key *key, struct bytes delivery_id, uint64_t index)
{
	key_begin(key);
	key_u8(key, 'b');
	key_raw(key, delivery_id);
	key_u64(key, index);
}

void key_resident(struct key *key, struct bytes unit, const struct id *person)
{
	key_begin(key);
	key_u8(key, 'u');
	key_raw(key, unit);
	key_id(key, person);
}

void key_book_member(struct key *key, const char *book_number, const struct id *person)
{
	key_begin(key);
	key_u8(key, 'h');
	key_string0(key, bytes_of_string(book_number));
	key_id(key, person);
}

void key_named_prefix(struct key *key, uint64_t given, const uint64_t *surname)
{
	key_begin(key);
	key_u8(key, 's');
	key_u64(key, given);
	if (surname != NULL) {
		key_u64(key, *surname);
	}
}

static void key_u16(struct key *key, uint16_t value)
{
	key_u8(key, (uint8_t)(value >> 8));
	key_u8(key, (uint8_t)value);
}

void key_named(struct key *key, const struct key_named *named, const struct id *person)
{
	key_named_prefix(key, named->given, &named->surname);
	key_u16(key, named->year);
	key_id(key, person);
}

bool key_read_named(struct bytes key, struct key_named *named, struct id *person)
{
	uint8_t letter;
	uint8_t year[2];
	struct key_named read = { .year = 0 };

	if (!key_read_u8(&key, &letter) || letter != 's' || !key_read_u64(&key, &read.given) ||
	    !key_read_u64(&key, &read.surname) || !key_read_u8(&key, &year[0]) ||
	    !key_read_u8(&key, &year[1]) || !key_read_id(&key, person) || key.size != 0) {
		return false;
	}
	read.year = (uint16_t)(year[0] << 8 | year[1]);
	*named = read;
	return true;
}

void key_authority(struct key *key, char letter, struct bytes name)
{
	key_begin(key);
	key_u8(key, (uint8_t)letter);
	key_raw(key, name);
}

void key_work(struct key *key, char letter, const char *area, const char *office, uint64_t index)
{
	key_begin(key);
	key_u8(key, (uint8_t)letter);
	key_string0(key, bytes_of_string(area));
	key_string0(key, bytes_of_string(office));
	key_u64(key, index);
}

void key_statistic_prefix(struct key *key, uint8_t kind, uint8_t basis)
{
	key_begin(key);
	key_u8(key, 's');
	key_u8(key, kind);
	key_u8(key, basis);
}

void key_statistic_month(struct key *key, uint16_t year, uint8_t month)
{
	key_u8(key, (uint8_t)(year >> 8));
	key_u8(key, (uint8_t)year);
	key_u8(key, month);
}

void key_statistic(struct key *key, const struct statistic_place *place, uint64_t index,
                   uint8_t nth)
{
	key_statistic_prefix(key, place->kind, place->basis);
	key_statistic_month(key, place->year, place->month);
	key_string0(key, bytes_of_string(place->area));
	key_u64(key, index);
	key_u8(key, nth);
}

void key_inconsistent(struct key *key, const char *area, const struct id *person)
{
	key_begin(key);
	key_u8(key, 'i');
	key_string0(key, bytes_of_string(area));
	key_id(key, person);
}

void key_signed(struct key *key, struct bytes public_key, int64_t signed_at_ms, uint64_t index)
{
	key_authority(key, 'r', public_key);
	key_u64(key, (uint64_t)signed_at_ms);
	key_u64(key, index);
}
