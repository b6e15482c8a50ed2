#include "ledger/authority/gazetteer.h"

#include "ledger/authority/authority_value.h"
#include "ledger/authority/reference.h"
#include "ledger/authority/row_cache.h"
#include "ledger/base/assert.h"
#include "ledger/base/code.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/store/keys.h"

enum {
	AREA_VALUE_MAX = 1024,
	VERSION_NAME_MAX = 32,
	SUCCESSIONS_MAX = 16, /* a chain of renumberings longer than this is not history */
	/* Of one code, which is renumbered once in a generation: room for 100,000. */
	SUCCESSIONS_BYTES_MAX = 4 << 20,
};

static enum status find_version(struct view *view, const struct gazetteer_version **out,
                                const char *name)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);

	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < reference->version_count; i++) {
		if (strcmp(reference->versions[i].name, name) == 0) {
			*out = &reference->versions[i];
			return STATUS_OK;
		}
	}
	return STATUS_NOT_FOUND;
}

enum status gazetteer_area(struct view *view, struct area *out, const char *version,
                           const char *code)
{
	const struct gazetteer_version *found;
	struct bytes value;
	enum status status = find_version(view, &found, version);

	if (status != STATUS_OK) {
		return status;
	}
	if (!code_is_area(code)) {
		return STATUS_NOT_FOUND;
	}
	struct key key;
	key_authority(&key, 'g', bytes_of(NULL, 0));
	key_string0(&key, bytes_of_string(version));
	key_raw(&key, bytes_of_string(code));

	status = authority_get(view, &value, &key);
	if (status != STATUS_OK) {
		return status;
	}
	char *names = arena_alloc(view->arena, value.size + 1);
	if (names == NULL) {
		return STATUS_NO_MEMORY;
	}
	memcpy(names, value.data, value.size);
	names[value.size] = '\0';
	out->km = names;
	out->latin = names + strlen(names) + 1;
	memcpy(out->code, code, strlen(code) + 1);
	return STATUS_OK;
}

enum status gazetteer_in_force(struct view *view, enum ternary *out, const char *version,
                               struct interval days)
{
	const struct gazetteer_version *found;
	enum status status = find_version(view, &found, version);

	if (status == STATUS_NOT_FOUND) {
		*out = TERNARY_NO;
		return STATUS_OK;
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (found->first_day <= days.earliest && days.latest <= found->last_day) {
		*out = TERNARY_YES;
	} else if (days.latest < found->first_day || found->last_day < days.earliest) {
		*out = TERNARY_NO;
	} else {
		*out = TERNARY_UNKNOWN;
	}
	return STATUS_OK;
}

enum status gazetteer_on(struct view *view, char out[33], int32_t day)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);

	if (status != STATUS_OK) {
		return status;
	}
	out[0] = '\0';
	for (size_t i = 0; i < reference->version_count; i++) {
		const struct gazetteer_version *version = &reference->versions[i];

		if (version->first_day <= day && day <= version->last_day &&
		    strlen(version->name) <= VERSION_NAME_MAX) {
			memcpy(out, version->name, strlen(version->name) + 1);
		}
	}
	return STATUS_OK;
}

/* Reads every succession of a code from the table: (day u32 || index u64 || length u8 || new
 * code)*, oldest first. */
static enum status read_successions(struct view *view, struct buf *out, const struct key *prefix)
{
	struct store_cursor *cursor = store_cursor_open(view->store, STORE_AUTHORITY,
	                                                key_bytes(prefix), bytes_of(NULL, 0));
	bool good = true;

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; good && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		struct bytes key = store_cursor_key(cursor);
		struct bytes value = store_cursor_value(cursor);

		good = key.size == prefix->size + 4 && value.size >= 8 &&
		       value.size <= 8 + AREA_CODE_MAX;
		if (good) {
			buf_append_u32(out, (uint32_t)key_read_day(key.data + prefix->size));
			buf_append(out, bytes_of(value.data, 8));
			buf_append_u8(out, (uint8_t)(value.size - 8));
			buf_append(out, bytes_of(value.data + 8, value.size - 8));
		}
	}
	enum status status = store_cursor_status(cursor);
	store_cursor_close(cursor);
	if (status != STATUS_OK) {
		return status;
	}
	return good ? buf_status(out) : STATUS_CORRUPT;
}

/* The same through the row cache, which keeps the list under the prefix of its rows. */
static enum status successions_of(struct view *view, struct bytes *out, const char *code)
{
	struct bytes known;
	struct key prefix;
	struct buf list;
	bool absent;
	enum status status = STATUS_OK;

	key_authority(&prefix, 's', bytes_of(NULL, 0));
	key_string0(&prefix, bytes_of_string(code));
	buf_init(&list, SUCCESSIONS_BYTES_MAX);
	if (!row_cache_find(view->rows, &known, &absent, key_bytes(&prefix))) {
		status = read_successions(view, &list, &prefix);
		known = buf_bytes(&list);
		if (status == STATUS_OK) {
			row_cache_put(view->rows, key_bytes(&prefix), known, false);
		}
	}
	if (status == STATUS_OK) {
		*out = bytes_of(arena_copy(view->arena, known), known.size);
		status = out->data == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	buf_fini(&list);
	return status;
}

/* The first succession of `code` after day `after` and not later than `until`: writes the new code
 * and its day. STATUS_NOT_FOUND when there is none. */
static enum status next_succession(struct view *view, char code[AREA_CODE_MAX + 1], int32_t *after,
                                   int32_t until)
{
	struct bytes list;
	enum status status = successions_of(view, &list, code);

	if (status != STATUS_OK) {
		return status;
	}
	struct unpack unpack = unpack_of(list);
	while (unpack.rest.size > 0) {
		int32_t day = (int32_t)unpack_u32(&unpack);
		uint64_t index = unpack_u64(&unpack);
		struct bytes next = unpack_bytes(&unpack, unpack_u8(&unpack));

		ASSERT(!unpack.failed && next.size <= AREA_CODE_MAX); /* of our own making */
		if (day > *after && day <= until && index < view->size) {
			memset(code, 0, AREA_CODE_MAX + 1);
			memcpy(code, next.data, next.size);
			*after = day;
			return STATUS_OK;
		}
	}
	return STATUS_NOT_FOUND;
}

enum status gazetteer_successor(struct view *view, char out[AREA_CODE_MAX + 1], const char *version,
                                const char *code, int32_t day)
{
	const struct gazetteer_version *found;
	char current[AREA_CODE_MAX + 1] = { 0 };
	enum status status = find_version(view, &found, version);
	int32_t after = status == STATUS_OK ? found->first_day : INT32_MIN;

	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		return status;
	}
	if (strlen(code) > AREA_CODE_MAX) {
		return STATUS_NOT_FOUND;
	}
	memcpy(current, code, strlen(code));
	for (int i = 0; i < SUCCESSIONS_MAX; i++) {
		status = next_succession(view, current, &after, day);
		if (status == STATUS_NOT_FOUND) {
			break;
		}
		if (status != STATUS_OK) {
			return status;
		}
	}
	memcpy(out, current, sizeof(current));
	return STATUS_OK;
}

enum status gazetteer_has_part(struct view *view, bool *has, const char *version, int32_t part)
{
	struct buf value;
	struct key key;

	key_authority(&key, 'p', bytes_of(NULL, 0));
	key_string0(&key, bytes_of_string(version));
	key_u32(&key, (uint32_t)part);
	buf_init(&value, AREA_VALUE_MAX);
	enum status status = store_get(view->store, &value, STORE_AUTHORITY, key_bytes(&key));

	if (status == STATUS_OK && value.size != 8) {
		status = STATUS_CORRUPT;
	}
	if (status == STATUS_OK || status == STATUS_NOT_FOUND) {
		*has = status == STATUS_OK && bytes_read_u64(value.data) < view->size;
		status = STATUS_OK;
	}
	buf_fini(&value);
	return status;
}

bool gazetteer_contains(const char *area, const char *code)
{
	return strncmp(area, code, strlen(area)) == 0;
}
