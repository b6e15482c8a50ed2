#include "ledger/authority/scope.h"

#include "ledger/base/buf.h"
#include "ledger/base/unpack.h"

/* Reads the next change; false at the end, and where bytes are not what scope_add wrote. */
static bool next(struct unpack *unpack, struct scope_change *out)
{
	struct scope_change change = { .index = unpack_u64(unpack) };

	change.roles = unpack_u32(unpack);
	change.from_day = (int32_t)unpack_u32(unpack);
	change.until_day = (int32_t)unpack_u32(unpack);
	size_t length = unpack_u8(unpack);
	if (unpack->failed || length > OFFICE_ID_MAX) {
		return false;
	}
	struct bytes office = unpack_bytes(unpack, length);
	if (unpack->failed) {
		return false;
	}
	if (office.size > 0) {
		memcpy(change.office, office.data, office.size);
	}
	*out = change;
	return true;
}

static void append(struct buf *out, const struct scope_change *change)
{
	buf_append_u64(out, change->index);
	buf_append_u32(out, change->roles);
	buf_append_u32(out, (uint32_t)change->from_day);
	buf_append_u32(out, (uint32_t)change->until_day);
	buf_append_u8(out, (uint8_t)strlen(change->office));
	buf_append_string(out, change->office);
}

void scope_on(struct officer_key *key, int32_t day)
{
	struct unpack unpack = unpack_of(key->changes);
	struct scope_change change;
	struct scope_change found = { .index = UINT64_MAX };

	while (next(&unpack, &change)) {
		if (change.index < key->known && change.from_day <= day &&
		    day <= change.until_day) {
			found = change;
		}
	}
	if (found.index == UINT64_MAX) {
		return;
	}
	if (found.roles == 0) {
		key->until_day = found.from_day - 1;
		return;
	}
	key->roles = found.roles;
	key->from_day = found.from_day;
	key->until_day = found.until_day;
	memcpy(key->office, found.office, sizeof(key->office));
}

bool scope_retired(const struct officer_key *key)
{
	struct unpack unpack = unpack_of(key->changes);
	struct scope_change change;

	while (next(&unpack, &change)) {
		if (change.index < key->known && change.roles == 0) {
			return true;
		}
	}
	return false;
}

/* Gives the key the bytes of a buffer, and ends it. */
static enum status take(struct officer_key *key, struct buf *changes, struct arena *arena)
{
	enum status status = buf_status(changes);

	if (status == STATUS_OK && changes->size > 0) {
		const uint8_t *copy = arena_copy(arena, buf_bytes(changes));

		status = copy == NULL ? STATUS_NO_MEMORY : STATUS_OK;
		key->changes = bytes_of(copy, changes->size);
	} else if (status == STATUS_OK) {
		key->changes = bytes_of(NULL, 0);
	}
	buf_fini(changes);
	return status;
}

enum status scope_add(struct officer_key *key, const struct scope_change *change,
                      struct arena *arena)
{
	struct unpack unpack = unpack_of(key->changes);
	struct scope_change oldest;
	struct buf changes;

	bool more = true;

	while (more && unpack.rest.size > SCOPE_BYTES_MAX) {
		more = next(&unpack, &oldest); /* dropped */
	}
	buf_init(&changes, 2 * SCOPE_BYTES_MAX);
	buf_append(&changes, unpack.rest);
	append(&changes, change);
	return take(key, &changes, arena);
}

enum status scope_begin(struct officer_key *key, int32_t day, struct arena *arena)
{
	struct unpack unpack = unpack_of(key->changes);
	struct scope_change change;
	struct buf changes;

	buf_init(&changes, 2 * SCOPE_BYTES_MAX);
	while (next(&unpack, &change)) {
		if (change.until_day >= day) {
			change.from_day = change.from_day > day ? change.from_day : day;
			append(&changes, &change);
		}
	}
	key->from_day = key->from_day > day ? key->from_day : day;
	return take(key, &changes, arena);
}
