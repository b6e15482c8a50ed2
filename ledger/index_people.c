#include "ledger/index_people.h"

#include "ledger/event/kind.h"
#include "ledger/store/keys.h"

#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name

static struct bytes bytes_of_field(const ProtobufCBinaryData *field)
{
	return bytes_of(field->data, field->len);
}

/* Everybody whom the record names may live in the unit. */
static void put_residents(struct store_batch *batch, const struct event *event, struct bytes unit)
{
	for (size_t i = 0; unit.size == ID_BYTES && i < event->header->n_subjects; i++) {
		struct id person = event_subject_id(event, i);
		struct key key;

		key_resident(&key, unit, &person);
		store_batch_put(batch, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	}
}

static void put_members(struct store_batch *batch, const struct event *event,
                        const char *book_number)
{
	for (size_t i = 0; i < event->header->n_subjects; i++) {
		struct id person = event_subject_id(event, i);
		struct key key;

		key_book_member(&key, book_number, &person);
		if (!key_failed(&key)) {
			store_batch_put(batch, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
		}
	}
}

/* Notes which record used a number of this sort first. */
static enum status put_first(struct view *view, struct store_batch *batch, uint64_t index,
                             enum number_sort sort, struct bytes value)
{
	uint8_t nobody_index[ID_BYTES + 8] = { 0 };
	struct id nobody;
	uint64_t first;
	struct key key;
	enum status status = view_number(view, &nobody, &first, sort, value);

	if (status != STATUS_NOT_FOUND) {
		return status;
	}
	bytes_write_u64(nobody_index + ID_BYTES, index);
	key_number(&key, (uint8_t)sort, value);
	store_batch_put(batch, STORE_NUMBER, key_bytes(&key),
	                bytes_of(nobody_index, sizeof(nobody_index)));
	return STATUS_OK;
}

/* A corrected book or address: whatever the new value is, who is named may be found there. */
static void put_corrected(struct store_batch *batch, const struct event *event,
                          const Civil__V1__Correction *correction)
{
	for (size_t i = 0; i < correction->n_changes; i++) {
		const Civil__V1__FieldValue *value = correction->changes[i]->new_value;

		if (value == NULL) {
			continue;
		}
		if (value->value_case == CIVIL__V1__FIELD_VALUE__VALUE_TEXT &&
		    strstr(correction->changes[i]->path, "book_number") != NULL) {
			put_members(batch, event, value->text);
		} else if (value->value_case == CIVIL__V1__FIELD_VALUE__VALUE_ADDRESS) {
			put_residents(batch, event, bytes_of_field(&value->address->unit_id));
		}
	}
}

static void put_child(struct store_batch *batch, const struct event *event)
{
	const ProtobufCMessage *message;
	const struct kind *kind = kind_effective(&message, event->kind, event->content);

	if (kind != NULL && kind->id == KIND_BIRTH) {
		const Civil__V1__Birth *birth = (const Civil__V1__Birth *)message;

		if (birth->child_address != NULL) {
			put_residents(batch, event, bytes_of_field(&birth->child_address->unit_id));
		}
	}
}

/* The book that an act opens, or the one that it concerns. */
static const char *book_of(const Civil__V1__Content *content, bool *opens)
{
	*opens = true;
	switch ((int)content->kind_case) {
	case CONTENT(FAMILY_BOOK_OPENED):
		return content->family_book_opened->book_number;
	case CONTENT(FAMILY_BOOK_SPLIT):
		return content->family_book_split->new_book_number;
	case CONTENT(FAMILY_BOOK_MERGED):
		return content->family_book_merged->new_book_number;
	case CONTENT(FAMILY_BOOK_REPLACED):
		return content->family_book_replaced->new_book_number;
	}
	*opens = false;
	switch ((int)content->kind_case) {
	case CONTENT(FAMILY_BOOK_MEMBER_ADDED):
		return content->family_book_member_added->book_number;
	case CONTENT(FAMILY_BOOK_HEAD_CHANGED):
		return content->family_book_head_changed->book_number;
	}
	return NULL;
}

enum status index_people(struct view *view, struct store_batch *batch,
                         const struct stored_record *record)
{
	const struct event *event = &record->event;
	const Civil__V1__Content *content = event->content;
	bool opens;

	if (event->kind == NULL) {
		return STATUS_OK;
	}
	const char *book = book_of(content, &opens);

	if (book != NULL) {
		put_members(batch, event, book);
		return opens ? put_first(view, batch, record->index, NUMBER_FAMILY_BOOK,
		                         bytes_of_string(book))
		             : STATUS_OK;
	}
	switch ((int)content->kind_case) {
	case CONTENT(RESIDENCE_ARRIVAL):
		put_residents(batch, event, bytes_of_field(&content->residence_arrival->unit));
		break;
	case CONTENT(TEMPORARY_RESIDENCE):
		put_residents(batch, event, bytes_of_field(&content->temporary_residence->unit));
		break;
	case CONTENT(CORRECTION):
		put_corrected(batch, event, content->correction);
		break;
	case CONTENT(RESIDENCE_UNIT_CLOSED):
		return put_first(view, batch, record->index, NUMBER_UNIT_CLOSED,
		                 bytes_of_field(&content->residence_unit_closed->unit));
	default:
		put_child(batch, event);
		break;
	}
	return STATUS_OK;
}
