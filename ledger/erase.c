#include "ledger/erase.h"

#include "ledger/event/canonical.h"
#include "ledger/index_names.h"
#include "ledger/memo.h"
#include "ledger/person/persona.h"
#include "ledger/store/keys.h"
#include "ledger/view_internal.h"

#define CONTENT_CASE(name) CIVIL__V1__CONTENT__KIND_##name
#define STEP(name)         CIVIL__V1__EVENT_STEP__EVENT_STEP_##name

static const char meta_erasing[] = "erasing";

/* One erasure at work. */
struct erasing {
	struct view *view;
	struct store_batch *batch;
	const struct stored_record *record; /* the content_erased */
	struct bytes target;                /* event id */
	struct bytes residue;
	struct index_list done;
};

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

static ProtobufCBinaryData binary(struct bytes bytes, struct arena *arena)
{
	return (ProtobufCBinaryData){ .len = bytes.size, .data = arena_copy(arena, bytes) };
}

bool erase_is(const struct stored_record *record)
{
	return record->event.content != NULL &&
	       record->event.content->kind_case == CONTENT_CASE(CONTENT_ERASED);
}

/* Under every id that was ever joined with the person's: a merge gave names to the others, and an
 * unmerge leaves their rows. */
static enum status forget_person(const struct erasing *erasing, const Civil__V1__Content *content,
                                 const struct id *person)
{
	struct persona persona;
	enum status status =
	        index_names_forget(erasing->view, erasing->batch, &content->base, person);

	if (status == STATUS_OK) {
		status = persona_load(erasing->view, &persona, person);
	}
	for (size_t i = 0; status == STATUS_OK && i < persona.member_count; i++) {
		status = index_names_forget(erasing->view, erasing->batch, &content->base,
		                            &persona.members[i].id);
	}
	return status;
}

/* Nobody is found any more by a name that only this record tells. */
static enum status forget_names(const struct erasing *erasing, const struct stored_record *record)
{
	const struct event *event = &record->event;
	enum status status = STATUS_OK;

	for (size_t i = 0;
	     status == STATUS_OK && event->content != NULL && i < event->header->n_subjects; i++) {
		struct id person = event_subject_id(event, i);

		status = forget_person(erasing, event->content, &person);
	}
	return status;
}

/* Writes the row of one record anew, with what the court leaves of it. */
static enum status erase_row(struct erasing *erasing, const struct stored_record *record,
                             bool residue)
{
	struct arena *arena = erasing->view->arena;
	Civil__V1__RecordContent kept = *record->kept;
	struct bytes packed;
	struct key key;

	if (record->index >= erasing->record->index) {
		return STATUS_OK; /* what comes later speaks of the residue */
	}
	enum status status = forget_names(erasing, record);
	if (status != STATUS_OK) {
		return status;
	}
	kept.content = (ProtobufCBinaryData){ 0 };
	kept.opening = (ProtobufCBinaryData){ 0 };
	kept.n_findings = 0;
	kept.findings = NULL;
	kept.residue = residue ? binary(erasing->residue, arena) : (ProtobufCBinaryData){ 0 };
	kept.erased_by = binary(bytes_of_hash(&erasing->record->event.id), arena);
	if (kept.erased_by.data == NULL || (residue && kept.residue.data == NULL)) {
		return STATUS_NO_MEMORY;
	}
	status = canonical_pack(&packed, &kept.base, arena);
	if (status != STATUS_OK) {
		return status;
	}
	key_content(&key, record->index);
	store_batch_put(erasing->batch, STORE_CONTENT, key_bytes(&key), packed);
	memo_forget(erasing->view->memo, MEMO_RECORD, key_bytes(&key));
	return index_list_add(&erasing->done, arena, record->index);
}

/* The steps of a case that tell of persons. */
static enum status erase_case(struct erasing *erasing, struct bytes case_id)
{
	struct stored_record *records;
	size_t count;
	enum status status = view_case(erasing->view, &records, &count, case_id);

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const Civil__V1__EventStep step = records[i].event.header->step;

		if (step == STEP(DECLARED) || step == STEP(NOTIFIED)) {
			status = erase_row(erasing, &records[i], step == STEP(DECLARED));
		}
	}
	return status;
}

/* The paper behind a linked act: what two clerks keyed, and what a verifier made of it. */
static enum status erase_paper(struct erasing *erasing, struct bytes verified)
{
	struct stored_record record;
	enum status status = view_record_by_event(erasing->view, &record, verified);

	while (status == STATUS_OK && record.event.content != NULL) {
		const Civil__V1__Content *content = record.event.content;
		const bool goes_on = content->kind_case == CONTENT_CASE(LEGACY_VERIFIED);

		if (!goes_on && content->kind_case != CONTENT_CASE(LEGACY_DIGITISED)) {
			break;
		}
		status = erase_row(erasing, &record, false);
		if (!goes_on || status != STATUS_OK) {
			break;
		}
		status = view_record_by_event(erasing->view, &record,
		                              of(content->legacy_verified->digitised));
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Whoever corrects an act names all its subjects, so the first one's history has it. */
static enum status erase_corrections(struct erasing *erasing)
{
	const struct stored_record *erased = erasing->record;
	uint64_t *indexes;
	size_t count;

	if (erased->event.header->n_subjects == 0) {
		return STATUS_OK;
	}
	struct id person = event_subject_id(&erased->event, 0);
	enum status status = view_history(erasing->view, &indexes, &count, &person);

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record record;

		status = view_record(erasing->view, &record, indexes[i]);
		if (status == STATUS_OK && record.event.content != NULL &&
		    record.event.content->kind_case == CONTENT_CASE(CORRECTION) &&
		    bytes_equal(of(record.event.content->correction->target), erasing->target)) {
			status = erase_row(erasing, &record, false);
		}
	}
	return status;
}

/* Adds the rows to those whose old bytes wait to leave the disk. */
static enum status write_pending(const struct erasing *erasing)
{
	struct erase_list before;
	struct key key;
	enum status status = erase_pending(erasing->view, &before);

	if (status != STATUS_OK) {
		return status;
	}
	size_t count = before.count + erasing->done.count;
	uint8_t *value = arena_array(erasing->view->arena, count, sizeof(uint64_t));
	if (value == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		bytes_write_u64(value + i * sizeof(uint64_t),
		                i < before.count ? before.index[i]
		                                 : erasing->done.index[i - before.count]);
	}
	key_meta(&key, meta_erasing);
	store_batch_put(erasing->batch, STORE_META, key_bytes(&key),
	                bytes_of(value, count * sizeof(uint64_t)));
	return STATUS_OK;
}

enum status erase_apply(struct view *view, struct store_batch *batch,
                        const struct stored_record *record)
{
	const Civil__V1__ContentErased *order = record->event.content->content_erased;
	struct erasing erasing = { .view = view,
		                   .batch = batch,
		                   .record = record,
		                   .target = of(order->target),
		                   .residue = of(order->residue) };
	struct stored_record target;
	enum status status = view_record_by_event(view, &target, erasing.target);

	if (status != STATUS_OK || target.event.content == NULL) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	const Civil__V1__Content *content = target.event.content;

	if (content->kind_case == CONTENT_CASE(REGISTRATION)) {
		status = erase_case(&erasing, of(target.event.header->case_id));
	} else {
		status = erase_row(&erasing, &target, true);
	}
	if (status == STATUS_OK && content->kind_case == CONTENT_CASE(LEGACY_LINKED)) {
		status = erase_paper(&erasing, of(content->legacy_linked->verified));
	}
	if (status == STATUS_OK) {
		status = erase_corrections(&erasing);
	}
	return status == STATUS_OK ? write_pending(&erasing) : status;
}

void erase_forget(struct store_batch *batch)
{
	struct key key;

	key_meta(&key, meta_erasing);
	store_batch_delete(batch, STORE_META, key_bytes(&key));
}

enum status erase_pending(struct view *view, struct erase_list *out)
{
	struct bytes value;
	struct key key;

	key_meta(&key, meta_erasing);
	enum status status = view_get(view, &value, STORE_META, key_bytes(&key));
	if (status == STATUS_NOT_FOUND) {
		*out = (struct erase_list){ 0 };
		return STATUS_OK;
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (value.size % sizeof(uint64_t) != 0) {
		return STATUS_CORRUPT;
	}
	struct erase_list list = { .count = value.size / sizeof(uint64_t) };

	list.index = arena_array(view->arena, list.count, sizeof(*list.index));
	if (list.index == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < list.count; i++) {
		list.index[i] = bytes_read_u64(value.data + i * sizeof(uint64_t));
	}
	*out = list;
	return STATUS_OK;
}
