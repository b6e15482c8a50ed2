#include "ledger/work.h"

#include "ledger/base/unpack.h"
#include "ledger/event/partial_date.h"
#include "ledger/store/keys.h"
#include "ledger/view_internal.h"

#define STEP(name) CIVIL__V1__EVENT_STEP__EVENT_STEP_##name

/* Where an open case stands: the value of a 'k' row. */
struct place {
	uint64_t start;
	int32_t opened_day;
	bool registered; /* provisionally: waits for its verification */
	uint8_t delay;
	char area[WORK_AREA_MAX + 1];
	char office[OFFICE_ID_MAX + 1];
};

/* What every row needs. */
struct working {
	struct view *view;
	struct store_batch *batch;
	const struct stored_record *record;
	struct id case_id;
	int32_t day; /* of recording */
};

static void copy_text(char *out, size_t size, const char *text)
{
	size_t length = strnlen(text, size - 1);

	memcpy(out, text, length);
	out[length] = '\0';
}

static void append_day(struct buf *buf, int32_t day)
{
	buf_append_u32(buf, (uint32_t)day + 0x80000000u);
}

static int32_t day_of(uint32_t stored)
{
	return (int32_t)(stored - 0x80000000u);
}

uint8_t work_delay(int64_t days)
{
	enum { MONTH = 30, YEAR = 365, YEARS_5 = 1826 };

	return days <= MONTH ? 1 : days <= YEAR ? 2 : days <= YEARS_5 ? 3 : 4;
}

enum status work_area(struct view *view, char *out, const char *office_id)
{
	struct office office;
	enum status status = authority_office(view, &office, office_id);

	out[0] = '\0';
	if (status == STATUS_OK && office.area_count > 0) {
		copy_text(out, WORK_AREA_MAX + 1, office.areas[0]);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void key_of_case(struct key *key, const struct id *case_id)
{
	key_authority(key, 'k', bytes_of_id(case_id));
}

static void read_text(struct unpack *unpack, char *out, size_t size)
{
	struct bytes text;

	if (!key_read_string0(&unpack->rest, &text) || text.size >= size) {
		unpack->failed = true;
		return;
	}
	memcpy(out, text.data, text.size);
	out[text.size] = '\0';
}

static enum status read_place(const struct working *working, struct place *out)
{
	struct bytes value;
	struct key key;

	key_of_case(&key, &working->case_id);
	enum status status = view_get(working->view, &value, STORE_WORK, key_bytes(&key));
	if (status != STATUS_OK) {
		return status;
	}
	struct unpack unpack = unpack_of(value);

	out->start = unpack_u64(&unpack);
	out->opened_day = day_of(unpack_u32(&unpack));
	out->registered = unpack_u8(&unpack) != 0;
	out->delay = unpack_u8(&unpack);
	read_text(&unpack, out->area, sizeof(out->area));
	read_text(&unpack, out->office, sizeof(out->office));
	return unpack_done(&unpack) ? STATUS_OK : STATUS_CORRUPT;
}

static enum status put(const struct working *working, const struct key *key,
                       const struct buf *value)
{
	enum status status = buf_status(value);

	if (status == STATUS_OK) {
		store_batch_put(working->batch, STORE_WORK, key_bytes(key), buf_bytes(value));
	}
	return status;
}

/* The row of the office's queue, which says what the newest record was. */
static enum status put_queue(const struct working *working, const struct place *place)
{
	const Civil__V1__EventHeader *header = working->record->event.header;
	struct buf value;
	struct key key;

	buf_init(&value, STORE_KEY_BYTES_MAX);
	buf_append(&value, bytes_of_id(&working->case_id));
	buf_append_u64(&value, working->record->index);
	buf_append_u8(&value, (uint8_t)header->event_class);
	buf_append_u8(&value, (uint8_t)header->step);
	append_day(&value, working->day);
	key_work(&key, 'o', place->area, place->office, place->start);
	enum status status = put(working, &key, &value);
	buf_fini(&value);
	return status;
}

static enum status put_open(const struct working *working, const struct place *place)
{
	struct buf value;
	struct key key;

	buf_init(&value, STORE_KEY_BYTES_MAX);
	buf_append_u64(&value, place->start);
	append_day(&value, place->opened_day);
	buf_append_u8(&value, place->registered);
	buf_append_u8(&value, place->delay);
	buf_append(&value, bytes_of(place->area, strlen(place->area) + 1));
	buf_append(&value, bytes_of(place->office, strlen(place->office) + 1));
	key_of_case(&key, &working->case_id);
	enum status status = put(working, &key, &value);
	buf_fini(&value);
	return status == STATUS_OK ? put_queue(working, place) : status;
}

static void drop_open(const struct working *working, const struct place *place)
{
	struct key key;

	key_work(&key, 'o', place->area, place->office, place->start);
	store_batch_delete(working->batch, STORE_WORK, key_bytes(&key));
	key_of_case(&key, &working->case_id);
	store_batch_delete(working->batch, STORE_WORK, key_bytes(&key));
}

static enum status put_ended(const struct working *working, const struct place *place,
                             Civil__V1__EventStep step)
{
	struct buf value;
	struct key key;

	buf_init(&value, STORE_KEY_BYTES_MAX);
	buf_append(&value, bytes_of_id(&working->case_id));
	buf_append_u64(&value, place->start);
	buf_append_u8(&value, (uint8_t)working->record->event.header->event_class);
	buf_append_u8(&value, (uint8_t)step);
	buf_append_u8(&value, place->delay);
	append_day(&value, place->opened_day);
	append_day(&value, working->day);
	key_work(&key, 'e', place->area, place->office, working->record->index);
	enum status status = put(working, &key, &value);
	buf_fini(&value);
	return status;
}

/* From the event that a content states to its declaration; 0 when it does not say. */
static uint8_t delay_of(const struct event *event, int32_t recorded_day)
{
	const ProtobufCMessage *message;
	const struct kind *kind = kind_effective(&message, event->kind, event->content);
	int32_t declared = recorded_day;
	struct interval valid;

	if (event->content->common != NULL) {
		(void)partial_date_day(&declared, event->content->common->date_of_declaration);
	}
	if (kind == NULL || message == NULL || !kind_valid_date(&valid, kind, message, declared)) {
		return 0;
	}
	return work_delay((int64_t)declared - valid.latest);
}

/* A place of the case at the office that signs this record. */
static enum status place_here(const struct working *working, struct place *out, int32_t opened_day)
{
	const struct event *event = &working->record->event;

	*out = (struct place){ .start = working->record->index, .opened_day = opened_day };
	copy_text(out->office, sizeof(out->office), event->header->office_id);
	if (event->kind != NULL && event->content != NULL) {
		out->delay = delay_of(event, working->day);
	}
	return work_area(working->view, out->area, event->header->office_id);
}

/* Notified or declared: the case stands here from now on. */
static enum status arrive(const struct working *working, const struct place *before)
{
	struct place place;
	enum status status =
	        place_here(working, &place, before == NULL ? working->day : before->opened_day);

	if (status != STATUS_OK || before == NULL) {
		return status == STATUS_OK ? put_open(working, &place) : status;
	}
	if (strcmp(before->office, place.office) == 0) {
		place.start = before->start;
	} else {
		status = put_ended(working, before, STEP(DECLARED));
		drop_open(working, before);
	}
	return status == STATUS_OK ? put_open(working, &place) : status;
}

static enum status end(const struct working *working, const struct place *before,
                       Civil__V1__EventStep step)
{
	struct place place;
	enum status status = STATUS_OK;

	if (before == NULL) { /* its only record: at the counter, or an act without steps */
		status = place_here(working, &place, working->day);
	} else {
		place = *before;
		drop_open(working, before);
	}
	return status == STATUS_OK ? put_ended(working, &place, step) : status;
}

/* Only a birth of a reserved number is registered before its verification. */
static bool awaits_verification(const struct event *event)
{
	return event->header->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH &&
	       event->content != NULL &&
	       event->content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION &&
	       event->content->registration->verification.len == 0;
}

static enum status advance(const struct working *working, struct place *before)
{
	const struct event *event = &working->record->event;

	switch (event->header->step) {
	case STEP(NOTIFIED):
	case STEP(DECLARED):
		return arrive(working, before);
	case STEP(VERIFIED):
		if (before == NULL) {
			return STATUS_OK;
		}
		return before->registered ? end(working, before, STEP(REGISTERED))
		                          : put_queue(working, before);
	case STEP(REGISTERED):
		if (before != NULL && awaits_verification(event)) {
			before->registered = true;
			return put_open(working, before);
		}
		return end(working, before, STEP(REGISTERED));
	case STEP(REFUSED):
	case STEP(WITHDRAWN):
		return end(working, before, event->header->step);
	case STEP(UNSPECIFIED):
	case _CIVIL__V1__EVENT_STEP_IS_INT_SIZE:
		break;
	}
	return STATUS_OK;
}

enum status work_record(struct view *view, struct store_batch *batch,
                        const struct stored_record *record)
{
	const Civil__V1__EventHeader *header = record->event.header;
	struct working working = { .view = view,
		                   .batch = batch,
		                   .record = record,
		                   .day = date_of_instant(record->recorded_at_ms) };
	struct place before;

	if (header->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE) {
		return STATUS_OK;
	}
	if (header->case_id.len != ID_BYTES) {
		return advance(&working, NULL);
	}
	memcpy(working.case_id.bytes, header->case_id.data, ID_BYTES);
	enum status status = read_place(&working, &before);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		return status;
	}
	return advance(&working, status == STATUS_OK ? &before : NULL);
}

/* Area, office and index of a key behind its letter. */
static bool read_key(struct work *out, uint64_t *index, struct bytes key)
{
	struct unpack unpack = unpack_of(key);

	(void)unpack_u8(&unpack);
	read_text(&unpack, out->area, sizeof(out->area));
	read_text(&unpack, out->office, sizeof(out->office));
	*index = unpack_u64(&unpack);
	return unpack_done(&unpack);
}

enum status work_read_open(struct work *out, struct bytes key, struct bytes value)
{
	struct unpack unpack = unpack_of(value);

	*out = (struct work){ .has_ended = false };
	unpack_copy(&unpack, out->case_id.bytes, ID_BYTES);
	out->newest = unpack_u64(&unpack);
	out->event_class = unpack_u8(&unpack);
	out->step = unpack_u8(&unpack);
	out->day = day_of(unpack_u32(&unpack));
	return unpack_done(&unpack) && read_key(out, &out->start, key) ? STATUS_OK : STATUS_CORRUPT;
}

enum status work_read_ended(struct work *out, struct bytes key, struct bytes value)
{
	struct unpack unpack = unpack_of(value);

	*out = (struct work){ .has_ended = true };
	unpack_copy(&unpack, out->case_id.bytes, ID_BYTES);
	out->start = unpack_u64(&unpack);
	out->event_class = unpack_u8(&unpack);
	out->step = unpack_u8(&unpack);
	out->delay = unpack_u8(&unpack);
	out->opened_day = day_of(unpack_u32(&unpack));
	out->day = day_of(unpack_u32(&unpack));
	return unpack_done(&unpack) && read_key(out, &out->newest, key) ? STATUS_OK
	                                                                : STATUS_CORRUPT;
}
