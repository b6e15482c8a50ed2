#include "ledger/sealing.h"

#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/event/partial_date.h"
#include "ledger/store/keys.h"
#include "ledger/view_internal.h"

#define CONTENT_CASE(name) CIVIL__V1__CONTENT__KIND_##name
#define CLASS(name)        CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name

/* Seals that a record inherits at once; more of them add nothing a reader could see. */
enum {
	SEALS_MAX = 64,
	READER_NAME_BYTES = TEXT_BYTES_MAX + 1,
};

/* A row of one of the sorts: which seal, or which record, and until when. */
struct sealing_row {
	uint64_t index;
	int32_t until;
};

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

static void begin(struct key *key, char letter)
{
	key_begin(key);
	key_u8(key, (uint8_t)letter);
}

/* Rows below a prefix, at most `room` of them. */
static enum status read_rows(struct view *view, struct sealing_row *rows, size_t *count,
                             const struct key *prefix, size_t room)
{
	struct store_cursor *cursor =
	        store_cursor_open(view->store, STORE_NAME, key_bytes(prefix), bytes_of(NULL, 0));
	enum status status = STATUS_OK;

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	*count = 0;
	for (; *count < room && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		struct bytes key = store_cursor_key(cursor);
		struct bytes value = store_cursor_value(cursor);

		if (key.size != prefix->size + sizeof(uint64_t) || value.size < 4) {
			status = STATUS_CORRUPT;
			break;
		}
		rows[*count].index = bytes_read_u64(key.data + prefix->size);
		rows[*count].until = key_read_day(value.data);
		(*count)++;
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}

static enum status has_seals(struct view *view, bool *out)
{
	struct bytes value;
	struct key key;

	begin(&key, 'q');
	enum status status = view_get(view, &value, STORE_NAME, key_bytes(&key));
	*out = status == STATUS_OK;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void key_warrant(struct key *key, const char *warrant)
{
	struct hash hash = crypto_sha256(bytes_of_string(warrant));

	begin(key, 'w');
	key_raw(key, bytes_of(hash.bytes, ID_BYTES));
}

/* Notes the seal that an opening is of, when it is for this reader. */
static enum status read_opening(struct reader *reader, struct bytes value)
{
	char name[READER_NAME_BYTES];

	if (value.size < sizeof(uint64_t) || value.size - sizeof(uint64_t) >= sizeof(name)) {
		return STATUS_CORRUPT;
	}
	size_t length = value.size - sizeof(uint64_t);
	memcpy(name, value.data + sizeof(uint64_t), length);
	name[length] = '\0';
	if (reader->is_called != NULL && reader->is_called(reader->context, name)) {
		reader->opened[reader->opened_count] = bytes_read_u64(value.data);
		reader->opened_count++;
	}
	return STATUS_OK;
}

enum status reader_begin(struct reader *reader, struct view *view)
{
	struct key key;
	enum status status = has_seals(view, &reader->is_needed);

	reader->opened_count = 0;
	if (status != STATUS_OK || !reader->is_needed || reader->warrant[0] == '\0') {
		return status;
	}
	key_warrant(&key, reader->warrant);
	struct store_cursor *cursor =
	        store_cursor_open(view->store, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; status == STATUS_OK && reader->opened_count < READER_OPENINGS_MAX &&
	       store_cursor_valid(cursor);
	     store_cursor_next(cursor)) {
		status = read_opening(reader, store_cursor_value(cursor));
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}

static bool is_open_to(const struct reader *reader, const struct sealing_row *seal)
{
	for (size_t i = 0; i < reader->opened_count; i++) {
		if (reader->opened[i] == seal->index) {
			return true;
		}
	}
	return seal->until < reader->today;
}

enum status sealing_covers(struct view *view, bool *out, uint64_t index)
{
	struct sealing_row seals[SEALS_MAX];
	struct key prefix;
	size_t count;

	*out = false;
	if (view->reader == NULL || !view->reader->is_needed) {
		return STATUS_OK;
	}
	begin(&prefix, 'q');
	key_u64(&prefix, index);
	enum status status = read_rows(view, seals, &count, &prefix, SEALS_MAX);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		*out = *out || !is_open_to(view->reader, &seals[i]);
	}
	return status;
}

enum status sealing_stands(struct view *view, bool *out, uint64_t seal)
{
	struct sealing_row row;
	struct key prefix;
	size_t count;

	begin(&prefix, 'x');
	key_u64(&prefix, seal);
	enum status status = read_rows(view, &row, &count, &prefix, 1);
	if (status == STATUS_OK) {
		*out = count > 0;
	}
	return status;
}

/* One seal at work. */
struct covering {
	struct view *view;
	struct store_batch *batch;
	uint64_t seal;
	int32_t until;
};

static void cover(const struct covering *covering, uint64_t index)
{
	struct key until;
	struct key key;

	key_begin(&until);
	key_day(&until, covering->until);
	begin(&key, 'q');
	key_u64(&key, index);
	key_u64(&key, covering->seal);
	store_batch_put(covering->batch, STORE_NAME, key_bytes(&key), key_bytes(&until));
	begin(&key, 'x');
	key_u64(&key, covering->seal);
	key_u64(&key, index);
	store_batch_put(covering->batch, STORE_NAME, key_bytes(&key), key_bytes(&until));
}

static bool refers_to(const struct stored_record *record, struct bytes event_id)
{
	const Civil__V1__EventHeader *header = record->event.header;

	for (size_t i = 0; i < header->n_references; i++) {
		if (bytes_equal(of(header->references[i]), event_id)) {
			return true;
		}
	}
	return false;
}

/* What amends acts and what courts record go with the acts that they refer to. */
static bool follows(const struct stored_record *record)
{
	return record->event.header->event_class == CLASS(AMENDMENT) ||
	       record->event.header->event_class == CLASS(COURT);
}

/* The decisions that a record cites. */
static enum status cover_decisions(const struct covering *covering,
                                   const struct stored_record *record)
{
	const Civil__V1__EventHeader *header = record->event.header;
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < header->n_references; i++) {
		struct stored_record cited;

		status = view_record_by_event(covering->view, &cited, of(header->references[i]));
		if (status == STATUS_OK && cited.event.kind != NULL &&
		    cited.event.kind->id == KIND_COURT_DECISION) {
			cover(covering, cited.index);
		}
		status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	return status;
}

/* All steps of the act. */
static enum status cover_steps(const struct covering *covering, const struct stored_record *act)
{
	const ProtobufCBinaryData *case_id = &act->event.header->case_id;
	struct stored_record *records;
	size_t count = 0;
	enum status status = STATUS_OK;

	cover(covering, act->index);
	if (case_id->len == ID_BYTES) {
		status = view_case(covering->view, &records, &count, of(*case_id));
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		cover(covering, records[i].index);
	}
	return status == STATUS_OK ? cover_decisions(covering, act) : status;
}

/* Whoever amends an act names its subjects, so the first one's history has it. */
static enum status cover_act(const struct covering *covering, struct bytes event_id)
{
	struct stored_record act;
	uint64_t *indexes;
	size_t count = 0;
	enum status status = view_record_by_event(covering->view, &act, event_id);

	if (status == STATUS_OK) {
		status = cover_steps(covering, &act);
	}
	if (status == STATUS_OK && act.event.header->n_subjects > 0) {
		struct id person = event_subject_id(&act.event, 0);

		status = view_history(covering->view, &indexes, &count, &person);
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record record;

		status = view_record(covering->view, &record, indexes[i]);
		if (status == STATUS_OK && follows(&record) && refers_to(&record, event_id)) {
			cover(covering, record.index);
			status = cover_decisions(covering, &record);
		}
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status cover_person(const struct covering *covering, const struct id *person)
{
	struct key until;
	struct key key;
	uint64_t *indexes;
	size_t count;
	enum status status = view_history(covering->view, &indexes, &count, person);

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		cover(covering, indexes[i]);
	}
	key_begin(&until);
	key_day(&until, covering->until);
	begin(&key, 'z');
	key_id(&key, person);
	key_u64(&key, covering->seal);
	store_batch_put(covering->batch, STORE_NAME, key_bytes(&key), key_bytes(&until));
	return status;
}

static enum status apply_seal(struct view *view, struct store_batch *batch,
                              const struct stored_record *record)
{
	const Civil__V1__Seal *seal = record->event.content->seal;
	struct covering covering = { .view = view, .batch = batch, .seal = record->index };
	enum status status = STATUS_OK;
	uint8_t first[8];
	struct key key;

	if (!partial_date_day(&covering.until, seal->until)) {
		covering.until = INT32_MAX;
	}
	begin(&key, 'q');
	bytes_write_u64(first, record->index);
	store_batch_put(batch, STORE_NAME, key_bytes(&key), bytes_of(first, sizeof(first)));
	cover(&covering, record->index);
	for (size_t i = 0; status == STATUS_OK && i < seal->n_targets; i++) {
		status = cover_act(&covering, of(seal->targets[i]));
	}
	for (size_t i = 0;
	     status == STATUS_OK && seal->scope == CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_PERSON &&
	     i < record->event.header->n_subjects;
	     i++) {
		struct id person = event_subject_id(&record->event, i);

		status = cover_person(&covering, &person);
	}
	return status == STATUS_OK ? cover_decisions(&covering, record) : status;
}

/* Rows of the seal of one sort, and their counterparts. */
static enum status apply_unseal(struct view *view, struct store_batch *batch,
                                const struct stored_record *record)
{
	struct stored_record seal;
	struct sealing_row rows[SEALS_MAX];
	struct key prefix;
	struct key key;
	size_t count = SEALS_MAX;
	enum status status =
	        view_record_by_event(view, &seal, of(record->event.content->unseal->target));

	begin(&prefix, 'x');
	key_u64(&prefix, seal.index);
	while (status == STATUS_OK && count == SEALS_MAX) { /* deleted rows are not read again */
		status = read_rows(view, rows, &count, &prefix, SEALS_MAX);
		for (size_t i = 0; status == STATUS_OK && i < count; i++) {
			begin(&key, 'x');
			key_u64(&key, seal.index);
			key_u64(&key, rows[i].index);
			store_batch_delete(batch, STORE_NAME, key_bytes(&key));
			begin(&key, 'q');
			key_u64(&key, rows[i].index);
			key_u64(&key, seal.index);
			store_batch_delete(batch, STORE_NAME, key_bytes(&key));
		}
	}
	for (size_t i = 0; status == STATUS_OK && i < seal.event.header->n_subjects; i++) {
		struct id person = event_subject_id(&seal.event, i);

		begin(&key, 'z');
		key_id(&key, &person);
		key_u64(&key, seal.index);
		store_batch_delete(batch, STORE_NAME, key_bytes(&key));
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The record is covered by whatever covers what it follows. */
static enum status inherit(struct view *view, struct store_batch *batch, uint64_t index,
                           const struct key *prefix)
{
	struct sealing_row seals[SEALS_MAX];
	size_t count;
	enum status status = read_rows(view, seals, &count, prefix, SEALS_MAX);

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const struct covering covering = { view, batch, seals[i].index, seals[i].until };

		cover(&covering, index);
	}
	return status;
}

static enum status apply_later(struct view *view, struct store_batch *batch,
                               const struct stored_record *record)
{
	const Civil__V1__EventHeader *header = record->event.header;
	enum status status = STATUS_OK;
	struct key prefix;

	for (size_t i = 0; status == STATUS_OK && i < header->n_subjects; i++) {
		struct id person = event_subject_id(&record->event, i);

		begin(&prefix, 'z');
		key_id(&prefix, &person);
		status = inherit(view, batch, record->index, &prefix);
	}
	for (size_t i = 0; status == STATUS_OK && i < header->n_references; i++) {
		struct stored_record other;

		status = view_record_by_event(view, &other, of(header->references[i]));
		if (status == STATUS_OK &&
		    (follows(record) ||
		     (header->case_id.len == ID_BYTES &&
		      bytes_equal(of(header->case_id), of(other.event.header->case_id))))) {
			begin(&prefix, 'q');
			key_u64(&prefix, other.index);
			status = inherit(view, batch, record->index, &prefix);
		}
		status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	return status;
}

static enum status apply_opening(struct view *view, struct store_batch *batch,
                                 const struct stored_record *record)
{
	const Civil__V1__SealOpened *opened = record->event.content->seal_opened;
	struct stored_record seal;
	enum status status = view_record_by_event(view, &seal, of(opened->target));

	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	size_t length = strlen(opened->reader);
	uint8_t *value = arena_alloc(view->arena, sizeof(uint64_t) + length);
	struct key key;

	if (value == NULL) {
		return STATUS_NO_MEMORY;
	}
	bytes_write_u64(value, seal.index);
	memcpy(value + sizeof(uint64_t), opened->reader, length);
	key_warrant(&key, opened->warrant);
	key_u64(&key, record->index);
	store_batch_put(batch, STORE_NAME, key_bytes(&key),
	                bytes_of(value, sizeof(uint64_t) + length));
	return STATUS_OK;
}

enum status sealing_apply(struct view *view, struct store_batch *batch,
                          const struct stored_record *record)
{
	const Civil__V1__Content *content = record->event.content;
	enum status status;
	bool any;

	if (content->kind_case == CONTENT_CASE(SEAL)) {
		return apply_seal(view, batch, record);
	}
	status = has_seals(view, &any);
	if (status != STATUS_OK || !any) {
		return status;
	}
	if (content->kind_case == CONTENT_CASE(UNSEAL)) {
		status = apply_unseal(view, batch, record);
	}
	if (status == STATUS_OK) { /* another seal may cover what was unsealed */
		status = apply_later(view, batch, record);
	}
	return status == STATUS_OK && content->kind_case == CONTENT_CASE(SEAL_OPENED)
	               ? apply_opening(view, batch, record)
	               : status;
}
