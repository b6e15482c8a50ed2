#include "tests/support/source.h"

#include "api/log_records.h"
#include "ledger/base/crypto.h"
#include "ledger/log/tree.h"
#include "tests/support/founding.h"

#include <check.h>
#include <stdio.h>

enum {
	ARENA_BYTES_MAX = 16 << 20,
	PAGE_BYTES_MAX = 4 << 20,
	NAME_MAX_BYTES = 64,
	BATCH_INTERVAL_MS = 1000,
};

static ProtobufCBinaryData binary(struct bytes bytes)
{
	/* protobuf-c has no const bytes; packing only reads them. */
	union {
		const uint8_t *in;
		uint8_t *out;
	} pointer = { .in = bytes.data };

	return (ProtobufCBinaryData){ .len = bytes.size, .data = pointer.out };
}

static int64_t time_of(const struct source_history *history, size_t batch)
{
	bool other = history->other_from > 0 && (batch + 1) * history->batch > history->other_from;

	return clock_now_ms(&founding_clock) + (int64_t)batch * BATCH_INTERVAL_MS + other;
}

void source_fill(struct ledger *ledger, const struct source_history *history, size_t size)
{
	struct ledger_result results[BATCH_EVENTS_MAX];

	ck_assert_uint_le(size, founding_count);
	while (ledger_head(ledger).size < size) {
		size_t from = (size_t)ledger_head(ledger).size;
		size_t batch = from / history->batch;
		size_t end = (batch + 1) * history->batch;
		const struct ledger_batch next = {
			.number = ledger_head(ledger).batch + 1,
			.recorded_at_ms = time_of(history, batch),
			.events = founding_events + from,
			.count = (end < size ? end : size) - from,
		};

		ck_assert_int_eq(ledger_apply(ledger, results, &next, STORE_UNSYNCED), STATUS_OK);
		ck_assert_uint_eq(ledger_head(ledger).size, from + next.count);
	}
}

struct ledger *source_ledger(struct store **store, const struct source_history *history,
                             size_t size)
{
	struct detail detail = { "", "" };
	struct ledger *ledger;

	ck_assert_int_eq(store_memory_open(store), STATUS_OK);
	ck_assert_int_eq(ledger_format(*store, &founding_ledger, &detail), STATUS_OK);
	ck_assert_int_eq(ledger_open(&ledger, *store, &detail), STATUS_OK);
	source_fill(ledger, history, size);
	return ledger;
}

static struct bytes keep(struct arena *arena, ProtobufCBinaryData bytes)
{
	uint8_t *copy = arena_copy(arena, bytes_of(bytes.data, bytes.len));

	ck_assert(copy != NULL || bytes.len == 0);
	return bytes_of(copy, bytes.len);
}

/* Takes all records of a ledger. */
static void take(struct source *source, struct ledger *ledger)
{
	struct ledger_view view;
	struct buf bytes;
	uint64_t next = 0;

	buf_init(&bytes, PAGE_BYTES_MAX);
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	ck_assert_int_eq(log_records_append(&view.view, &bytes, &next, true, SOURCE_RECORDS_MAX,
	                                    PAGE_BYTES_MAX),
	                 STATUS_OK);
	ck_assert_uint_eq(next, ledger_head(ledger).size);
	const Civil__V1__ListRecordsResponse *message = civil__v1__list_records_response__unpack(
	        &source->answer.allocator, bytes.size, bytes.data);
	ck_assert_ptr_nonnull(message);
	source->count = message->n_records;
	for (size_t i = 0; i < source->count; i++) {
		const Civil__V1__LogRecord *record = message->records[i];

		source->records[i].record = keep(&source->arena, record->record);
		source->records[i].content = keep(&source->arena, record->content);
		source->records[i].opening = keep(&source->arena, record->opening);
	}
	ledger_view_end(&view);
	buf_fini(&bytes);
}

struct hash source_hash(const struct source *source, size_t index)
{
	struct hash hash;

	merkle_leaf(&hash, source->records[index].record);
	return hash;
}

/* Builds the tree over what it holds. */
static void plant(struct source *source)
{
	struct tree tree;

	store_close(source->tree);
	ck_assert_int_eq(store_memory_open(&source->tree), STATUS_OK);
	struct store_batch *batch = store_batch_begin(source->tree);
	tree_init(&tree);
	for (size_t i = 0; i < source->count; i++) {
		struct hash leaf = source_hash(source, i);

		tree_append(&tree, batch, &leaf);
	}
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
	store_batch_end(batch);
}

static struct source *of(struct upstream *upstream)
{
	return (struct source *)upstream;
}

static ProtobufCBinaryData *list_hashes(struct source *source, const struct proof *proof)
{
	ProtobufCBinaryData *hashes =
	        arena_array(&source->answer, proof->count + 1, sizeof(*hashes));

	ck_assert_ptr_nonnull(hashes);
	for (size_t i = 0; i < proof->count; i++) {
		hashes[i] = source_copy(source, binary(bytes_of_hash(&proof->hashes[i])));
	}
	return hashes;
}

static void pack(struct source *source, struct buf *out, const ProtobufCMessage *message)
{
	buf_reset(out);
	uint8_t *packed = buf_extend(out, protobuf_c_message_get_packed_size(message));
	ck_assert_ptr_nonnull(packed);
	(void)protobuf_c_message_pack(message, packed);
	if (source->spoil_bytes != NULL) {
		source->spoil_bytes(out);
	}
}

static enum status checkpoint(struct upstream *upstream, struct buf *out, uint64_t size,
                              int timeout_ms, struct detail *detail)
{
	struct source *source = of(upstream);
	struct store_view *view;
	Civil__V1__GetCheckpointResponse message;
	ProtobufCBinaryData witnessed[SOURCE_WITNESSED_MAX];
	struct proof proof = { .count = 0 };
	struct hash root;

	ck_assert_int_gt(timeout_ms, 0);
	source->checkpoint_calls++;
	if (source->checkpoint_status != STATUS_OK || size > source->count) {
		detail_set(detail, "", "%s does not answer", upstream->name);
		return source->checkpoint_status == STATUS_OK ? STATUS_OUT_OF_RANGE
		                                              : source->checkpoint_status;
	}
	arena_reset(&source->answer);
	civil__v1__get_checkpoint_response__init(&message);
	message.note = source_copy(source, binary(buf_bytes(&source->note)));
	view = store_view_begin(source->tree);
	if (size > 0) {
		ck_assert_int_eq(tree_root_at(view, &root, size), STATUS_OK);
		message.root = source_copy(source, binary(bytes_of_hash(&root)));
	}
	if (size <= source->signed_.size) {
		ck_assert_int_eq(tree_prove_consistency(view, &proof, size, source->signed_.size),
		                 STATUS_OK);
	}
	store_view_end(view);
	message.n_consistency = proof.count;
	message.consistency = list_hashes(source, &proof);
	message.n_witnessed = source->witnessed_count;
	message.witnessed = witnessed;
	for (size_t i = 0; i < source->witnessed_count; i++) {
		witnessed[i] = binary(source->witnessed[i]);
	}
	if (source->spoil_checkpoint != NULL) {
		source->spoil_checkpoint(source, &message);
	}
	pack(source, out, &message.base);
	return STATUS_OK;
}

static Civil__V1__LogRecord *log_record(struct source *source, size_t index)
{
	const struct source_record *held = &source->records[index];
	Civil__V1__LogRecord *record = arena_alloc(&source->answer, sizeof(*record));

	ck_assert_ptr_nonnull(record);
	civil__v1__log_record__init(record);
	record->index = index;
	record->record = source_copy(source, binary(held->record));
	record->content = source_copy(source, binary(held->content));
	record->opening = source_copy(source, binary(held->opening));
	return record;
}

static size_t page_end(const struct source *source, const struct upstream_range *range)
{
	size_t count = (size_t)range->count;

	if (source->page_records_max > 0 && count > source->page_records_max) {
		count = source->page_records_max;
	}
	return range->from + count < range->proven_in ? (size_t)range->from + count
	                                              : (size_t)range->proven_in;
}

static enum status records(struct upstream *upstream, struct buf *out,
                           const struct upstream_range *range, int timeout_ms,
                           struct detail *detail)
{
	struct source *source = of(upstream);
	Civil__V1__ListRecordsResponse message;
	Civil__V1__LogRecord *list[SOURCE_RECORDS_MAX + 1];
	struct proof proof;

	ck_assert_int_gt(timeout_ms, 0);
	ck_assert_uint_ge(range->count, 1);
	ck_assert_uint_le(range->count, UPSTREAM_PAGE_RECORDS);
	ck_assert_uint_ge(range->proven_in, range->from);
	source->records_calls++;
	source->range = *range;
	if (source->records_status != STATUS_OK || range->proven_in > source->count) {
		detail_set(detail, "", "%s does not answer", upstream->name);
		return source->records_status == STATUS_OK ? STATUS_OUT_OF_RANGE
		                                           : source->records_status;
	}
	arena_reset(&source->answer);
	civil__v1__list_records_response__init(&message);
	message.size = source->count;
	message.next = page_end(source, range);
	message.records = list;
	for (size_t i = (size_t)range->from; i < message.next; i++) {
		list[message.n_records++] = log_record(source, i);
	}
	struct store_view *view = store_view_begin(source->tree);
	ck_assert_int_eq(tree_prove_consistency(view, &proof, message.next, range->proven_in),
	                 STATUS_OK);
	store_view_end(view);
	message.n_consistency = proof.count;
	message.consistency = list_hashes(source, &proof);
	if (source->spoil_page != NULL) {
		source->spoil_page(source, &message);
	}
	pack(source, out, &message.base);
	return STATUS_OK;
}

static void stop(struct upstream *upstream)
{
	of(upstream)->stopped = true;
}

static const struct upstream_methods methods = {
	.checkpoint = checkpoint,
	.records = records,
	.stop = stop,
};

void source_init(struct source *source, const char *name, const struct source_history *history)
{
	uint8_t public_key[PUBLIC_KEY_BYTES];
	uint8_t seed[32] = { 0 };
	char origin[NAME_MAX_BYTES];
	struct store *store;

	*source = (struct source){ .upstream = { .methods = &methods, .name = name } };
	arena_init(&source->arena, ARENA_BYTES_MAX);
	arena_init(&source->answer, ARENA_BYTES_MAX);
	buf_init(&source->note, CHECKPOINT_NOTE_MAX);
	(void)snprintf(origin, sizeof(origin), "ledger.example/%s", name);
	memcpy(seed, name, strlen(name) < sizeof(seed) ? strlen(name) : sizeof(seed));
	crypto_keypair(public_key, source->secret_key, seed);
	ck_assert_int_eq(note_key_init(&source->key, origin, NOTE_KEY_ED25519, public_key),
	                 STATUS_OK);
	ck_assert_uint_le(history->count, SOURCE_RECORDS_MAX);
	struct ledger *ledger = source_ledger(&store, history, history->count);
	take(source, ledger);
	ledger_close(ledger);
	store_close(store);
	plant(source);
}

void source_fini(struct source *source)
{
	store_close(source->tree);
	arena_fini(&source->arena);
	arena_fini(&source->answer);
	buf_fini(&source->note);
}

void source_sign(struct source *source, size_t size)
{
	struct store_view *view = store_view_begin(source->tree);
	struct checkpoint said = { .head = { .size = size } };
	struct buf text;

	ck_assert_uint_le(size, source->count);
	ck_assert_int_eq(tree_root_at(view, &said.head.root, size), STATUS_OK);
	store_view_end(view);
	memcpy(said.origin, source->key.name, sizeof(said.origin));
	buf_init(&text, CHECKPOINT_TEXT_MAX);
	checkpoint_format(&text, &said);
	buf_reset(&source->note);
	note_begin(&source->note, buf_bytes(&text));
	note_sign(&source->note, buf_bytes(&text), &source->key, source->secret_key);
	ck_assert_int_eq(buf_status(&source->note), STATUS_OK);
	buf_fini(&text);
	source->signed_ = said.head;
}

static Civil__V1__Record *unpack(struct source *source, size_t index)
{
	const struct bytes bytes = source->records[index].record;
	Civil__V1__Record *record =
	        civil__v1__record__unpack(&source->arena.allocator, bytes.size, bytes.data);

	ck_assert_ptr_nonnull(record);
	return record;
}

static void put(struct source *source, size_t index, const Civil__V1__Record *record)
{
	size_t size = civil__v1__record__get_packed_size(record);
	uint8_t *packed = arena_alloc(&source->arena, size);

	ck_assert_ptr_nonnull(packed);
	source->records[index].record = bytes_of(packed, civil__v1__record__pack(record, packed));
	plant(source);
}

void source_forge(struct source *source, size_t index,
                  void (*change)(struct source *source, Civil__V1__Record *record))
{
	Civil__V1__Record *record = unpack(source, index);

	change(source, record);
	put(source, index, record);
}

void source_replace(struct source *source, size_t index, size_t event_of)
{
	Civil__V1__Record *record = unpack(source, index);
	const Civil__V1__Record *other = unpack(source, event_of);

	record->header = other->header;
	record->signatures = other->signatures;
	record->n_signatures = other->n_signatures;
	record->links = other->links;
	record->n_links = other->n_links;
	source->records[index].content = source->records[event_of].content;
	source->records[index].opening = source->records[event_of].opening;
	put(source, index, record);
}

void source_place(struct source *source, size_t index, struct bytes event)
{
	Civil__V1__Record *record = unpack(source, index);
	const Civil__V1__SignedEvent *placed =
	        civil__v1__signed_event__unpack(&source->arena.allocator, event.size, event.data);

	ck_assert_ptr_nonnull(placed);
	record->header = placed->header;
	record->signatures = placed->signatures;
	record->n_signatures = placed->n_signatures;
	source->records[index].content = keep(&source->arena, placed->content);
	source->records[index].opening = keep(&source->arena, placed->opening);
	put(source, index, record);
}

ProtobufCBinaryData source_copy(struct source *source, ProtobufCBinaryData bytes)
{
	ProtobufCBinaryData copy = { .len = bytes.len };

	copy.data = bytes.len == 0 ? NULL
	                           : arena_copy(&source->answer, bytes_of(bytes.data, bytes.len));
	ck_assert(copy.data != NULL || bytes.len == 0);
	return copy;
}
