/* The store in memory: one treap a family, a version of all of them per commit.
 *
 * A batch changes a draft version that begins as the committed one; commit publishes the draft
 * under the lock, which protects nothing but the committed roots. Views and cursors hold a version.
 */
#include "ledger/store/store_memory_internal.h"

#include <stdlib.h>

struct memory_view {
	struct store_view base;
	const struct memory_version *version; /* own, or the batch's draft */
	struct memory_version own;
};

struct memory_batch {
	struct store_batch base;
	struct memory_version draft;
	struct memory_view view;
	bool failed;
};

struct memory_cursor {
	struct store_cursor base;
	struct treap_node *root;
	const struct treap_node *node; /* NULL at the end */
	size_t prefix_size;
	uint8_t prefix[STORE_KEY_BYTES_MAX];
};

static void version_retain(struct memory_version *out, struct memory_store *store)
{
	pthread_mutex_lock(&store->lock);
	for (size_t i = 0; i < STORE_FAMILIES; i++) {
		out->roots[i] = treap_retain(store->committed.roots[i]);
	}
	pthread_mutex_unlock(&store->lock);
}

void memory_version_release(struct memory_version *version)
{
	for (size_t i = 0; i < STORE_FAMILIES; i++) {
		treap_release(version->roots[i]);
		version->roots[i] = NULL;
	}
}

static void memory_close(struct store *base)
{
	struct memory_store *store = memory_store_of(base);

	memory_forget_versions(store);
	free(store->versions);
	memory_version_release(&store->committed);
	pthread_mutex_destroy(&store->lock);
	free(store);
}

static enum status memory_sync(struct store *base)
{
	struct memory_store *store = memory_store_of(base);

	if (!memory_is_willing(store)) {
		store_set_fault(base, "simulated");
		return STATUS_IO;
	}
	memory_forget_versions(store);
	return STATUS_OK;
}

static enum status memory_checkpoint(struct store *store, const char *path, struct detail *detail)
{
	(void)store;
	detail_set(detail, path, "a store in memory has no files to copy");
	return STATUS_UNSUPPORTED;
}

static bool memory_property(struct store *store, enum store_family family, const char *name,
                            uint64_t *value)
{
	(void)store;
	(void)family;
	(void)name;
	(void)value;
	return false;
}

static struct store_batch *memory_batch_begin(struct store *base)
{
	struct memory_batch *batch = calloc(1, sizeof(*batch));

	if (batch == NULL) {
		return NULL;
	}
	batch->base.store = base;
	batch->view.base = (struct store_view){ .store = base, .batch = &batch->base };
	batch->view.version = &batch->draft;
	version_retain(&batch->draft, memory_store_of(base));
	return &batch->base;
}

static void memory_batch_put(struct store_batch *base, enum store_family family, struct bytes key,
                             struct bytes value)
{
	struct memory_batch *batch = (struct memory_batch *)base;

	if (!batch->failed && !treap_put(&batch->draft.roots[family], key, value)) {
		batch->failed = true;
	}
}

static void memory_batch_delete(struct store_batch *base, enum store_family family,
                                struct bytes key)
{
	struct memory_batch *batch = (struct memory_batch *)base;

	if (!batch->failed && !treap_delete(&batch->draft.roots[family], key)) {
		batch->failed = true;
	}
}

static enum status memory_batch_commit(struct store_batch *base, enum store_durability durability)
{
	struct memory_batch *batch = (struct memory_batch *)base;
	struct memory_store *store = memory_store_of(base->store);
	struct memory_version before;

	if (batch->failed || !memory_version_new(store)) {
		return STATUS_NO_MEMORY;
	}
	if (!memory_is_willing(store)) {
		store_set_fault(base->store, "simulated");
		return STATUS_IO;
	}
	pthread_mutex_lock(&store->lock);
	before = store->committed;
	for (size_t i = 0; i < STORE_FAMILIES; i++) {
		store->committed.roots[i] = treap_retain(batch->draft.roots[i]);
	}
	pthread_mutex_unlock(&store->lock);
	if (store->simulated && durability == STORE_UNSYNCED) {
		store->versions[store->version_count] = before;
		store->version_count++;
	} else {
		memory_version_release(&before);
		memory_forget_versions(store);
	}
	return STATUS_OK;
}

static void memory_batch_end(struct store_batch *base)
{
	struct memory_batch *batch = (struct memory_batch *)base;

	memory_version_release(&batch->draft);
	free(batch);
}

static struct store_view *memory_batch_view(struct store_batch *base)
{
	return &((struct memory_batch *)base)->view.base;
}

static struct store_view *memory_view_begin(struct store *base)
{
	struct memory_view *view = calloc(1, sizeof(*view));

	if (view == NULL) {
		return NULL;
	}
	view->base.store = base;
	view->version = &view->own;
	version_retain(&view->own, memory_store_of(base));
	return &view->base;
}

static void memory_view_end(struct store_view *base)
{
	struct memory_view *view = (struct memory_view *)base;

	memory_version_release(&view->own);
	free(view);
}

static enum status memory_get(struct store_view *base, struct buf *value, enum store_family family,
                              struct bytes key)
{
	const struct memory_view *view = (const struct memory_view *)base;
	const struct treap_node *node = treap_find(view->version->roots[family], key);

	return node == NULL ? STATUS_NOT_FOUND : buf_assign(value, treap_value(node));
}

static bool memory_starts_with(struct bytes key, struct bytes prefix)
{
	return key.size >= prefix.size && bytes_equal(bytes_of(key.data, prefix.size), prefix);
}

/* Stands the cursor on `node` if it has the prefix, else at the end. */
static void memory_cursor_stand(struct memory_cursor *cursor, const struct treap_node *node)
{
	struct bytes prefix = bytes_of(cursor->prefix, cursor->prefix_size);

	cursor->node = node != NULL && memory_starts_with(treap_key(node), prefix) ? node : NULL;
}

static struct store_cursor *memory_cursor_open(struct store_view *base, enum store_family family,
                                               struct bytes prefix, struct bytes start)
{
	const struct memory_view *view = (const struct memory_view *)base;
	struct memory_cursor *cursor = malloc(sizeof(*cursor));

	if (cursor == NULL) {
		return NULL;
	}
	cursor->base.view = base;
	cursor->root = treap_retain(view->version->roots[family]);
	cursor->prefix_size = prefix.size;
	if (prefix.size > 0) {
		memcpy(cursor->prefix, prefix.data, prefix.size);
	}
	memory_cursor_stand(cursor, treap_from(cursor->root, start));
	return &cursor->base;
}

static bool memory_cursor_valid(const struct store_cursor *cursor)
{
	return ((const struct memory_cursor *)cursor)->node != NULL;
}

static void memory_cursor_next(struct store_cursor *base)
{
	struct memory_cursor *cursor = (struct memory_cursor *)base;

	memory_cursor_stand(cursor, treap_after(cursor->root, treap_key(cursor->node)));
}

static struct bytes memory_cursor_key(const struct store_cursor *cursor)
{
	return treap_key(((const struct memory_cursor *)cursor)->node);
}

static struct bytes memory_cursor_value(const struct store_cursor *cursor)
{
	return treap_value(((const struct memory_cursor *)cursor)->node);
}

static enum status memory_cursor_status(const struct store_cursor *cursor)
{
	(void)cursor; /* a tree in memory has no read to fail */
	return STATUS_OK;
}

static void memory_cursor_close(struct store_cursor *base)
{
	struct memory_cursor *cursor = (struct memory_cursor *)base;

	treap_release(cursor->root);
	free(cursor);
}

/* What was overwritten is freed with the last view that shows it, and nothing is on disk. */
static enum status memory_purge(struct store *base, uint64_t *moment,
                                const struct store_purge purged[], size_t count)
{
	(void)base;
	(void)purged;
	(void)count;
	*moment = 1;
	return STATUS_OK;
}

static const struct store_table memory_table = {
	.close = memory_close,
	.sync = memory_sync,
	.checkpoint = memory_checkpoint,
	.purge = memory_purge,
	.property = memory_property,
	.batch_begin = memory_batch_begin,
	.batch_put = memory_batch_put,
	.batch_delete = memory_batch_delete,
	.batch_commit = memory_batch_commit,
	.batch_end = memory_batch_end,
	.batch_view = memory_batch_view,
	.view_begin = memory_view_begin,
	.view_end = memory_view_end,
	.get = memory_get,
	.cursor_open = memory_cursor_open,
	.cursor_valid = memory_cursor_valid,
	.cursor_next = memory_cursor_next,
	.cursor_key = memory_cursor_key,
	.cursor_value = memory_cursor_value,
	.cursor_status = memory_cursor_status,
	.cursor_close = memory_cursor_close,
};

enum status store_memory_open(struct store **out)
{
	struct memory_store *store = calloc(1, sizeof(*store));

	if (store == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (pthread_mutex_init(&store->lock, NULL) != 0) {
		free(store);
		return STATUS_NO_MEMORY;
	}
	store->base.table = &memory_table;
	*out = &store->base;
	return STATUS_OK;
}
