#include "ledger/authority/tables.h"

#include "ledger/authority/authority_value.h"
#include "ledger/authority/reference.h"
#include "ledger/authority/row_cache.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/store/keys.h"

#include <stdlib.h>

struct tables {
	struct row_cache *rows;
	const struct reference *reference; /* NULL before the first view */
	struct arena arena;                /* of the reference */
	uint64_t changed;                  /* index in the row 't'; UINT64_MAX when there is none */
};

struct tables *tables_new(void)
{
	struct tables *tables = calloc(1, sizeof(*tables));

	if (tables == NULL) {
		return NULL;
	}
	arena_init(&tables->arena, REFERENCE_ARENA_BYTES_MAX);
	tables->rows = row_cache_new();
	if (tables->rows == NULL) {
		tables_free(tables);
		return NULL;
	}
	return tables;
}

void tables_free(struct tables *tables)
{
	if (tables != NULL) {
		row_cache_free(tables->rows);
		arena_fini(&tables->arena);
		free(tables);
	}
}

static void changed_key(struct key *key)
{
	key_authority(key, 't', bytes_of(NULL, 0));
}

static enum status read_changed(struct view *view, uint64_t *out)
{
	struct bytes value;
	struct key key;

	changed_key(&key);
	enum status status = authority_get(view, &value, &key);

	if (status == STATUS_NOT_FOUND) {
		*out = UINT64_MAX;
		return STATUS_OK;
	}
	if (status == STATUS_OK) {
		struct unpack unpack = unpack_of(value);

		*out = unpack_u64(&unpack);
		status = unpack_done(&unpack) ? STATUS_OK : STATUS_CORRUPT;
	}
	return status;
}

enum status tables_enter(struct tables *tables, struct view *view)
{
	uint64_t changed;
	enum status status = read_changed(view, &changed);

	if (status == STATUS_OK && (tables->reference == NULL || tables->changed != changed)) {
		tables->reference = NULL;
		row_cache_clear(tables->rows);
		arena_reset(&tables->arena);
		tables->changed = changed;
		status = reference_load(view, &tables->reference, &tables->arena);
	}
	if (status == STATUS_OK) {
		view->reference = tables->reference;
		view->rows = tables->rows;
	}
	return status;
}

void tables_changed(struct store_batch *batch, uint64_t index)
{
	uint8_t bytes[sizeof(index)];
	struct key key;

	changed_key(&key);
	bytes_write_u64(bytes, index);
	store_batch_put(batch, STORE_AUTHORITY, key_bytes(&key), bytes_of(bytes, sizeof(bytes)));
}
