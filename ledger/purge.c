/* Erased bytes leave the disk. */
#include "ledger/base/limits.h"
#include "ledger/erase.h"
#include "ledger/ledger_internal.h"
#include "ledger/store/keys.h"

/* Keys being gathered, in the ledger's scratch memory. */
struct purging {
	struct view *view;
	struct store_purge *keys;
	size_t count;
};

static enum status add_key(struct purging *purging, enum store_family family, const struct key *key)
{
	const void *copy = arena_copy(purging->view->arena, key_bytes(key));

	if (copy == NULL) {
		return STATUS_NO_MEMORY;
	}
	purging->keys[purging->count] = (struct store_purge){ family, bytes_of(copy, key->size) };
	purging->count++;
	return STATUS_OK;
}

/* The content of a record, and the states that were folded from it. */
static enum status add_record(struct purging *purging, uint64_t index)
{
	struct stored_record record;
	struct key key;
	enum status status = view_record(purging->view, &record, index);

	if (status == STATUS_OK) {
		key_content(&key, index);
		status = add_key(purging, STORE_CONTENT, &key);
	}
	for (size_t i = 0; status == STATUS_OK && i < record.event.header->n_subjects; i++) {
		struct id person = event_subject_id(&record.event, i);

		key_person(&key, &person);
		status = add_key(purging, STORE_PERSON, &key);
	}
	return status;
}

static enum status gather(struct purging *purging)
{
	struct erase_list list;
	enum status status = erase_pending(purging->view, &list);

	if (status != STATUS_OK) {
		return status;
	}
	purging->keys = arena_array(purging->view->arena, list.count * (1 + SUBJECTS_MAX),
	                            sizeof(*purging->keys));
	if (purging->keys == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; status == STATUS_OK && i < list.count; i++) {
		status = add_record(purging, list.index[i]);
	}
	return status;
}

enum status purge_load(struct ledger *ledger, struct store_view *store)
{
	struct view view = { .store = store, .size = ledger->head.size, .arena = &ledger->scratch };
	struct erase_list list;

	arena_reset(&ledger->scratch);
	enum status status = erase_pending(&view, &list);
	if (status == STATUS_OK) {
		ledger->erasing = list.count > 0;
	}
	return status;
}

/* Ends the list: what it named is gone. */
static enum status forget(struct ledger *ledger)
{
	struct store_batch *batch = store_batch_begin(ledger->store);

	if (batch == NULL) {
		return STATUS_NO_MEMORY;
	}
	erase_forget(batch);
	enum status status = store_batch_commit(batch, STORE_UNSYNCED);
	store_batch_end(batch);
	return status;
}

enum status ledger_purge(struct ledger *ledger)
{
	if (!ledger->erasing) {
		return STATUS_OK;
	}
	struct store_view *store = store_view_begin(ledger->store);
	if (store == NULL) {
		return STATUS_NO_MEMORY;
	}
	struct view view = { .store = store, .size = ledger->head.size, .arena = &ledger->scratch };
	struct purging purging = { .view = &view };

	arena_reset(&ledger->scratch);
	enum status status = gather(&purging);
	store_view_end(store); /* it would keep the old versions alive */
	if (status == STATUS_OK) {
		status = store_purge(ledger->store, &ledger->purge_moment, purging.keys,
		                     purging.count);
	}
	if (status == STATUS_OK) {
		status = forget(ledger);
	}
	if (status == STATUS_OK) {
		ledger->erasing = false;
	}
	return status;
}
