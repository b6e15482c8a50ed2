#include "ledger/sealing_internal.h"

#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/view_internal.h"

enum { READER_NAME_BYTES = TEXT_BYTES_MAX + 1 };

void sealing_key(struct key *key, char letter)
{
	key_begin(key);
	key_u8(key, (uint8_t)letter);
}

/* Rows below a prefix, at most `room` of them. */
enum status sealing_rows(struct view *view, struct sealing_row *rows, size_t *count,
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

enum status sealing_any(struct view *view, bool *out)
{
	struct bytes value;
	struct key key;

	sealing_key(&key, 'q');
	enum status status = view_get(view, &value, STORE_NAME, key_bytes(&key));
	*out = status == STATUS_OK;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

void sealing_key_person(struct key *key, const struct id *person)
{
	sealing_key(key, 'y');
	key_id(key, person);
}

enum status sealing_touches(struct view *view, bool *out, const struct id *person)
{
	struct bytes marked;
	struct key key;

	*out = false;
	if (view->reader == NULL || !view->reader->is_needed) {
		return STATUS_OK;
	}
	sealing_key_person(&key, person);
	enum status status = view_get(view, &marked, STORE_NAME, key_bytes(&key));
	*out = status == STATUS_OK;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

void sealing_key_warrant(struct key *key, const char *warrant)
{
	struct hash hash = crypto_sha256(bytes_of_string(warrant));

	sealing_key(key, 'w');
	key_raw(key, bytes_of(hash.bytes, ID_BYTES));
}

/* Notes the seal that an opening is of, when it is for this reader. */
static enum status read_opening(struct reader *reader, struct bytes key, struct bytes value)
{
	char name[READER_NAME_BYTES];

	if (key.size < sizeof(uint64_t) || value.size < sizeof(uint64_t) ||
	    value.size - sizeof(uint64_t) >= sizeof(name)) {
		return STATUS_CORRUPT;
	}
	size_t length = value.size - sizeof(uint64_t);
	memcpy(name, value.data + sizeof(uint64_t), length);
	name[length] = '\0';
	if (reader->is_called != NULL && reader->is_called(reader->context, name)) {
		reader->opened[reader->opened_count] = bytes_read_u64(value.data);
		reader->openings[reader->opened_count] =
		        bytes_read_u64(key.data + key.size - sizeof(uint64_t));
		reader->opened_count++;
	}
	return STATUS_OK;
}

enum status reader_begin(struct reader *reader, struct view *view)
{
	struct key key;
	enum status status = sealing_any(view, &reader->is_needed);

	reader->opened_count = 0;
	if (status != STATUS_OK || !reader->is_needed || reader->warrant[0] == '\0') {
		return status;
	}
	sealing_key_warrant(&key, reader->warrant);
	struct store_cursor *cursor =
	        store_cursor_open(view->store, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; status == STATUS_OK && reader->opened_count < READER_OPENINGS_MAX &&
	       store_cursor_valid(cursor);
	     store_cursor_next(cursor)) {
		status = read_opening(reader, store_cursor_key(cursor), store_cursor_value(cursor));
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}

bool reader_opened(const struct reader *reader, uint64_t seal)
{
	for (size_t i = 0; i < reader->opened_count; i++) {
		if (reader->opened[i] == seal) {
			return true;
		}
	}
	return false;
}

enum status reader_opened_for(const struct reader *reader, bool *out, struct view *view,
                              const struct id *person)
{
	struct view all = *view;

	all.reader = NULL;
	*out = false;
	for (size_t i = 0; !*out && i < reader->opened_count; i++) {
		struct stored_record opening;
		enum status status = view_record(&all, &opening, reader->openings[i]);

		if (status != STATUS_OK) {
			return status;
		}
		for (size_t j = 0; j < opening.event.header->n_subjects; j++) {
			struct id named = event_subject_id(&opening.event, j);

			*out = *out || id_equal(&named, person);
		}
	}
	return STATUS_OK;
}

static bool is_open_to(const struct reader *reader, const struct sealing_row *seal)
{
	return reader_opened(reader, seal->index) || seal->until < reader->today;
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
	sealing_key(&prefix, 'q');
	key_u64(&prefix, index);
	enum status status = sealing_rows(view, seals, &count, &prefix, SEALS_MAX);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		*out = *out || !is_open_to(view->reader, &seals[i]);
	}
	return status;
}

/* Whether the record of a seal is an act of seal: a full adoption seals too. */
static enum status is_of_court(struct view *view, bool *out, uint64_t seal)
{
	struct view all = *view;
	struct stored_record record;

	all.reader = NULL;
	all.size = UINT64_MAX;
	all.memo = NULL; /* it sees a part */
	enum status status = view_record(&all, &record, seal);
	*out = status == STATUS_OK && record.event.kind != NULL &&
	       record.event.kind->id == KIND_SEAL;
	return status;
}

enum status sealing_shut_by_court(struct view *view, bool *out, uint64_t index)
{
	struct sealing_row seals[SEALS_MAX];
	struct key prefix;
	size_t count;

	*out = false;
	sealing_key(&prefix, 'q');
	key_u64(&prefix, index);
	enum status status = sealing_rows(view, seals, &count, &prefix, SEALS_MAX);
	for (size_t i = 0; status == STATUS_OK && i < count && !*out; i++) {
		if (!is_open_to(view->reader, &seals[i])) {
			status = is_of_court(view, out, seals[i].index);
		}
	}
	return status;
}

enum status sealing_by_court(struct view *view, bool *out, uint64_t index, int32_t day)
{
	struct sealing_row seals[SEALS_MAX];
	struct key prefix;
	size_t count;

	*out = false;
	sealing_key(&prefix, 'q');
	key_u64(&prefix, index);
	enum status status = sealing_rows(view, seals, &count, &prefix, SEALS_MAX);
	for (size_t i = 0; status == STATUS_OK && i < count && !*out; i++) {
		bool of_court;

		status = is_of_court(view, &of_court, seals[i].index);
		/* An adoption seals what it replaces; of itself extracts are given, as of a birth.
		 */
		*out = status == STATUS_OK && day <= seals[i].until &&
		       (of_court || seals[i].index != index);
	}
	return status;
}

enum status sealing_stands(struct view *view, bool *out, uint64_t seal)
{
	struct sealing_row row;
	struct key prefix;
	size_t count;

	sealing_key(&prefix, 'x');
	key_u64(&prefix, seal);
	enum status status = sealing_rows(view, &row, &count, &prefix, 1);
	if (status == STATUS_OK) {
		*out = count > 0;
	}
	return status;
}

enum status sealing_holds(struct view *view, bool *out, uint64_t seal, uint64_t record)
{
	struct bytes until;
	struct key key;

	sealing_key(&key, 'x');
	key_u64(&key, seal);
	key_u64(&key, record);
	enum status status = view_get(view, &until, STORE_NAME, key_bytes(&key));
	*out = status == STATUS_OK;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
