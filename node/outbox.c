#include "ledger/base/assert.h"
#include "ledger/base/planted.h"
#include "node/outbox_internal.h"

/* Position of the first entry whose number is not below. */
static size_t position_of(const struct outbox *outbox, uint64_t number)
{
	size_t low = 0;
	size_t high = outbox->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (outbox->entries[middle].number < number) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static struct outbox_entry *entry_of(struct outbox *outbox, uint64_t number)
{
	size_t i = position_of(outbox, number);

	return i < outbox->count && outbox->entries[i].number == number ? &outbox->entries[i]
	                                                                : NULL;
}

static struct outbox_entry *entry_of_event(struct outbox *outbox, const struct hash *event_id)
{
	for (size_t i = 0; i < outbox->count; i++) {
		if (hash_equal(&outbox->entries[i].event_id, event_id)) {
			return &outbox->entries[i];
		}
	}
	return NULL;
}

/* True when another event has the request id of event `which`; `entry` is then of that event. */
static bool is_request_used(const struct outbox *outbox, struct outbox_entry *entry,
                            const struct outbox_event events[], size_t which)
{
	const struct outbox_event *event = &events[which];

	for (size_t i = 0; i < outbox->count; i++) {
		if (id_equal(&outbox->entries[i].request_id, &event->request_id)) {
			*entry = outbox->entries[i];
			return true;
		}
	}
	for (size_t i = 0; i < which; i++) {
		if (id_equal(&events[i].request_id, &event->request_id) &&
		    !hash_equal(&events[i].event_id, &event->event_id)) {
			*entry = (struct outbox_entry){ .event_id = events[i].event_id,
				                        .request_id = event->request_id };
			return true;
		}
	}
	return false;
}

/* Finds the entries of events that are here; counts the others and their bytes. */
static enum status sort_out(struct outbox *outbox, struct outbox_entry entries[],
                            const struct outbox_event events[], size_t count, size_t *which,
                            size_t *new_count, size_t *new_bytes)
{
	*new_count = 0;
	*new_bytes = 0;
	for (size_t i = 0; i < count; i++) {
		const struct outbox_event *event = &events[i];
		const struct outbox_entry *found = entry_of_event(outbox, &event->event_id);

		entries[i] = (struct outbox_entry){ .number = 0 };
		if (found != NULL) {
			entries[i] = *found;
			continue;
		}
		if (is_request_used(outbox, &entries[i], events, i)) {
			*which = i;
			return STATUS_EXISTS;
		}
		(*new_count)++;
		*new_bytes += event->signed_event.size;
	}
	return STATUS_OK;
}

static enum status check_room(const struct outbox *outbox, size_t count, size_t bytes,
                              struct detail *detail)
{
	if (outbox->count + count > OUTBOX_ENTRIES_MAX) {
		detail_set(detail, "outbox",
		           "holds %zu events and has room for %d; it empties "
		           "when the node is connected again",
		           outbox->count, OUTBOX_ENTRIES_MAX);
		return STATUS_BUSY;
	}
	if (outbox->bytes + bytes > OUTBOX_BYTES_MAX) {
		detail_set(detail, "outbox",
		           "holds %zu MiB and has room for %d; it empties when "
		           "the node is connected again",
		           outbox->bytes >> 20, OUTBOX_BYTES_MAX >> 20);
		return STATUS_BUSY;
	}
	return STATUS_OK;
}

/* The entries as they will be: new ones get numbers, refused ones wait again. An event that comes
 * twice in one call has one entry. */
static void number(struct outbox *outbox, struct outbox_entry entries[],
                   const struct outbox_event events[], size_t count, int64_t now_ms)
{
	uint64_t next = outbox->next;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; entries[i].number == 0 && j < i; j++) {
			if (hash_equal(&events[j].event_id, &events[i].event_id)) {
				entries[i] = entries[j];
			}
		}
		entries[i].state = OUTBOX_WAITING;
		if (entries[i].number == 0) {
			entries[i] = (struct outbox_entry){
				.number = next++,
				.queued_at_ms = now_ms,
				.event_id = events[i].event_id,
				.request_id = events[i].request_id,
				.bytes = events[i].signed_event.size,
			};
		}
	}
}

static void remember(struct outbox *outbox, const struct outbox_entry entries[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct outbox_entry *known = entry_of(outbox, entries[i].number);

		if (known != NULL) {
			*known = entries[i];
			continue;
		}
		ASSERT(outbox->count < OUTBOX_ENTRIES_MAX);
		outbox->entries[outbox->count] = entries[i]; /* its number is the highest */
		outbox->count++;
		outbox->bytes += entries[i].bytes;
		outbox->next = entries[i].number + 1;
	}
}

static enum status commit(struct outbox *outbox, const struct outbox_entry entries[],
                          const struct outbox_event events[], size_t count)
{
	struct store_batch *batch = store_batch_begin(outbox->store);
	uint64_t next = outbox->next;
	uint8_t value[8];

	if (batch == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		outbox_put(batch, &entries[i], bytes_of(NULL, 0), events[i].signed_event);
		next = entries[i].number >= next ? entries[i].number + 1 : next;
	}
	bytes_write_u64(value, next);
	store_batch_put(batch, STORE_META, outbox_next_key(), bytes_of(value, sizeof(value)));
	enum status status = store_batch_commit(
	        batch, PLANTED("queued without a sync") ? STORE_UNSYNCED : STORE_SYNCED);
	store_batch_end(batch);
	return status;
}

enum status outbox_add(struct outbox *outbox, struct outbox_entry entries[],
                       const struct outbox_event events[], size_t count, int64_t now_ms,
                       size_t *which, struct detail *detail)
{
	size_t new_count;
	size_t new_bytes;

	(void)pthread_mutex_lock(&outbox->lock);
	enum status status =
	        sort_out(outbox, entries, events, count, which, &new_count, &new_bytes);
	if (status == STATUS_OK) {
		status = check_room(outbox, new_count, new_bytes, detail);
	}
	if (status == STATUS_OK) {
		number(outbox, entries, events, count, now_ms);
		status = commit(outbox, entries, events, count);
	}
	if (status == STATUS_OK) {
		remember(outbox, entries, count);
	}
	(void)pthread_mutex_unlock(&outbox->lock);
	return status;
}

size_t outbox_list(struct outbox *outbox, struct outbox_entry entries[], size_t max, uint64_t after)
{
	(void)pthread_mutex_lock(&outbox->lock);
	size_t first = position_of(outbox, after + 1);
	size_t count = outbox->count - first < max ? outbox->count - first : max;

	for (size_t i = 0; i < count; i++) {
		entries[i] = outbox->entries[first + i];
	}
	(void)pthread_mutex_unlock(&outbox->lock);
	return count;
}

bool outbox_find(struct outbox *outbox, struct outbox_entry *entry, const struct hash *event_id)
{
	(void)pthread_mutex_lock(&outbox->lock);
	const struct outbox_entry *found = entry_of_event(outbox, event_id);

	if (found != NULL) {
		*entry = *found;
	}
	(void)pthread_mutex_unlock(&outbox->lock);
	return found != NULL;
}

static enum status read_value(struct outbox *outbox, uint64_t number, struct buf *value)
{
	struct store_view *view = store_view_begin(outbox->store);
	uint8_t key[8];

	if (view == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = store_get(view, value, STORE_WORK, outbox_key(key, number));
	store_view_end(view);
	return status;
}

enum status outbox_read(struct outbox *outbox, uint64_t number, struct buf *signed_event,
                        struct buf *refusal)
{
	struct outbox_entry entry;
	struct bytes event_bytes;
	struct bytes refusal_bytes;
	struct buf value;

	buf_init(&value, VALUE_BYTES_MAX);
	enum status status = read_value(outbox, number, &value);
	if (status == STATUS_OK &&
	    !outbox_parse(&entry, &refusal_bytes, &event_bytes, buf_bytes(&value))) {
		status = STATUS_CORRUPT;
	}
	if (status == STATUS_OK && signed_event != NULL) {
		status = buf_assign(signed_event, event_bytes);
	}
	if (status == STATUS_OK && refusal != NULL) {
		status = buf_assign(refusal, refusal_bytes);
	}
	buf_fini(&value);
	return status;
}

/* Writes one entry anew, or removes it when `entry` is NULL. */
static enum status rewrite(struct outbox *outbox, uint64_t number, const struct outbox_entry *entry,
                           struct bytes refusal, struct bytes signed_event)
{
	struct store_batch *batch = store_batch_begin(outbox->store);
	uint8_t key[8];

	if (batch == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (entry == NULL) {
		store_batch_delete(batch, STORE_WORK, outbox_key(key, number));
	} else {
		outbox_put(batch, entry, refusal, signed_event);
	}
	enum status status = store_batch_commit(batch, STORE_SYNCED);
	store_batch_end(batch);
	return status;
}

enum status outbox_refuse(struct outbox *outbox, uint64_t number, struct bytes refusal)
{
	struct buf signed_event;

	refusal.size = refusal.size < OUTBOX_REFUSAL_BYTES_MAX ? refusal.size : 0;
	buf_init(&signed_event, SIGNED_EVENT_BYTES_MAX);
	(void)pthread_mutex_lock(&outbox->lock);
	struct outbox_entry *entry = entry_of(outbox, number);
	enum status status =
	        entry == NULL ? STATUS_NOT_FOUND : outbox_read(outbox, number, &signed_event, NULL);
	if (status == STATUS_OK) {
		struct outbox_entry changed = *entry;

		changed.state = OUTBOX_REFUSED;
		status = rewrite(outbox, number, &changed, refusal, buf_bytes(&signed_event));
		if (status == STATUS_OK) {
			*entry = changed;
		}
	}
	(void)pthread_mutex_unlock(&outbox->lock);
	buf_fini(&signed_event);
	return status;
}

/* Removes an entry, with the lock. NULL: there is none. */
static enum status forget(struct outbox *outbox, struct outbox_entry *entry)
{
	enum status status = entry == NULL ? STATUS_NOT_FOUND
	                                   : rewrite(outbox, entry->number, NULL, bytes_of(NULL, 0),
	                                             bytes_of(NULL, 0));
	if (status == STATUS_OK) {
		size_t i = (size_t)(entry - outbox->entries);

		outbox->bytes -= entry->bytes;
		outbox->count--;
		memmove(entry, entry + 1, (outbox->count - i) * sizeof(*entry));
	}
	return status;
}

enum status outbox_remove(struct outbox *outbox, uint64_t number)
{
	(void)pthread_mutex_lock(&outbox->lock);
	enum status status = forget(outbox, entry_of(outbox, number));
	(void)pthread_mutex_unlock(&outbox->lock);
	return status;
}

enum status outbox_dismiss(struct outbox *outbox, uint64_t number)
{
	(void)pthread_mutex_lock(&outbox->lock);
	struct outbox_entry *entry = entry_of(outbox, number);
	bool waits = entry != NULL && entry->state == OUTBOX_WAITING;
	enum status status = waits ? STATUS_REFUSED : forget(outbox, entry);
	(void)pthread_mutex_unlock(&outbox->lock);
	return status;
}

struct outbox_counts outbox_counts(struct outbox *outbox)
{
	struct outbox_counts counts = { .waiting = 0 };

	(void)pthread_mutex_lock(&outbox->lock);
	counts.bytes = outbox->bytes;
	for (size_t i = 0; i < outbox->count; i++) {
		const struct outbox_entry *entry = &outbox->entries[i];
		bool waits = entry->state == OUTBOX_WAITING;

		counts.waiting += waits;
		counts.refused += !waits;
		if (waits && counts.oldest_at_ms == 0) {
			counts.oldest_at_ms = entry->queued_at_ms;
		}
	}
	(void)pthread_mutex_unlock(&outbox->lock);
	return counts;
}
