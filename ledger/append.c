#include "ledger/append.h"

#include "ledger/base/assert.h"
#include "ledger/index.h"
#include "ledger/log/merkle.h"
#include "ledger/number.h"
#include "ledger/store/keys.h"

/* Bytes of a message in the arena; size 0 on exhaustion (no message here packs to nothing). */
static struct bytes pack(const ProtobufCMessage *message, struct arena *arena)
{
	size_t size = protobuf_c_message_get_packed_size(message);
	uint8_t *packed = arena_alloc(arena, size);

	if (packed == NULL) {
		return bytes_of(NULL, 0);
	}
	return bytes_of(packed, protobuf_c_message_pack(message, packed));
}

static ProtobufCBinaryData binary(struct bytes bytes)
{
	/* protobuf-c has no const bytes; packing only reads them. */
	union {
		const uint8_t *in;
		uint8_t *out;
	} pointer = { .in = bytes.data };

	return (ProtobufCBinaryData){ .len = bytes.size, .data = pointer.out };
}

/* Links each subject to its previous record, and moves the person's version on. */
static enum status link_subjects(struct view *view, struct store_batch *batch, uint64_t *links,
                                 const struct event *event, uint64_t index)
{
	for (size_t i = 0; i < event->header->n_subjects; i++) {
		struct id person = event_subject_id(event, i);
		uint8_t role = (uint8_t)event->header->subjects[i]->role;
		uint8_t value[16];
		uint64_t count;
		struct key key;
		enum status status = view_version(view, &links[i], &count, &person);

		if (status != STATUS_OK) {
			return status;
		}
		key_history(&key, &person, index);
		store_batch_put(batch, STORE_HISTORY, key_bytes(&key), bytes_of(&role, 1));
		bytes_write_u64(value, index + 1);
		bytes_write_u64(value + 8, count + 1);
		store_batch_put(batch, STORE_HISTORY, bytes_of_id(&person),
		                bytes_of(value, sizeof(value)));
		view_remember_version(view, &person, index + 1, count + 1);
	}
	return STATUS_OK;
}

/* The number of a block that a declared birth takes; NULL for other contents. */
static const char *number_of_block(const Civil__V1__Content *content)
{
	return content->kind_case == CIVIL__V1__CONTENT__KIND_BIRTH &&
	                       content->birth->kidc_block != NULL
	               ? content->birth->kidc_block->number
	               : NULL;
}

/* Whom an event gives a number, or repeats it for: the child of a verified birth or of one that
 * takes a number of a block, the holder of number_allocated. */
static int numbered_subject(const struct event *event)
{
	const Civil__V1__Content *content = event->content;

	if (number_of_block(content) != NULL ||
	    (content->kind_case == CIVIL__V1__CONTENT__KIND_VERIFICATION &&
	     content->verification->kidc_source != CIVIL__V1__NUMBER_SOURCE__NUMBER_SOURCE_NONE)) {
		return event_subject_of_role(event->header,
		                             CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD, 0);
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_NUMBER_ALLOCATED) {
		return event_subject_of_role(event->header,
		                             CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_HOLDER, 0);
	}
	return -1;
}

/* The number that an earlier step of the case gave this person; NULL when none did. */
static enum status number_of_case(struct view *view, const char **number, struct bytes case_id,
                                  const struct id *person)
{
	struct stored_record *records;
	size_t count;
	enum status status = view_case(view, &records, &count, case_id);

	*number = NULL;
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		for (size_t n = 0; n < records[i].kept->n_numbers; n++) {
			const Civil__V1__AllocatedNumber *given = records[i].kept->numbers[n];

			if (bytes_equal(bytes_of(given->person_id.data, given->person_id.len),
			                bytes_of_id(person))) {
				*number = given->number;
			}
		}
	}
	return status;
}

/* Adds a number to what is kept beside the record, which has room for it. */
static enum status keep_number(struct view *view, Civil__V1__RecordContent *kept,
                               struct bytes person, const char *number)
{
	Civil__V1__AllocatedNumber *given = arena_alloc(view->arena, sizeof(*given));
	uint8_t *holder = arena_copy(view->arena, person);
	char *digits = arena_string(view->arena, number);

	if (given == NULL || (holder == NULL && person.size > 0) || digits == NULL) {
		return STATUS_NO_MEMORY;
	}
	civil__v1__allocated_number__init(given);
	given->person_id = (ProtobufCBinaryData){ .len = person.size, .data = holder };
	given->number = digits;
	kept->numbers[kept->n_numbers] = given;
	kept->n_numbers++;
	return STATUS_OK;
}

static enum status give_block(struct view *view, Civil__V1__RecordContent *kept,
                              const struct event *event)
{
	size_t count = (size_t)event->content->block_reserved->count;
	const char **numbers;
	enum status status = number_allocate_block(view, &numbers, &event->id, count);

	if (status != STATUS_OK) {
		return status;
	}
	kept->numbers = arena_array(view->arena, count, sizeof(*kept->numbers));
	if (kept->numbers == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = keep_number(view, kept, bytes_of(NULL, 0), numbers[i]);
	}
	return status;
}

/* Adds the number that this event gives, or repeats, to what is kept beside the record. */
static enum status give_number(struct view *view, Civil__V1__RecordContent *kept,
                               const struct event *event)
{
	int subject = numbered_subject(event);
	const char *number;

	if (event->content->kind_case == CIVIL__V1__CONTENT__KIND_BLOCK_RESERVED) {
		return give_block(view, kept, event);
	}
	if (subject < 0) {
		return STATUS_OK;
	}
	struct id person = event_subject_id(event, (size_t)subject);
	enum status status = number_of_case(
	        view, &number, bytes_of(event->header->case_id.data, event->header->case_id.len),
	        &person);
	if (status == STATUS_OK && number == NULL) {
		number = number_of_block(event->content);
	}
	if (status == STATUS_OK && number == NULL) {
		status = number_allocate(view, &number, &event->id, &person);
	}
	if (status != STATUS_OK) {
		return status;
	}
	kept->numbers = arena_array(view->arena, 1, sizeof(*kept->numbers));
	return kept->numbers == NULL ? STATUS_NO_MEMORY
	                             : keep_number(view, kept, bytes_of_id(&person), number);
}

static enum status make_record(struct view *view, struct store_batch *batch, struct appended *out,
                               const struct ledger_head *head, const struct event *event,
                               int64_t recorded_at_ms)
{
	Civil__V1__Record *record = arena_alloc(view->arena, sizeof(*record));
	uint64_t *links =
	        arena_array(view->arena, event->header->n_subjects, sizeof(*record->links));

	if (record == NULL || links == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = link_subjects(view, batch, links, event, head->size);
	if (status != STATUS_OK) {
		return status;
	}
	civil__v1__record__init(record);
	record->index = head->size;
	record->recorded_at_ms = recorded_at_ms;
	record->previous = binary(bytes_of_hash(&head->head));
	record->header = binary(event->header_bytes);
	record->n_signatures = event->signature_count;
	record->signatures = arena_copy(
	        view->arena, bytes_of(event->signatures, event->signature_count * sizeof(void *)));
	record->n_links = event->header->n_subjects;
	record->links = links;
	if (record->signatures == NULL) {
		return STATUS_NO_MEMORY;
	}
	out->record.index = head->size;
	out->record.recorded_at_ms = recorded_at_ms;
	out->record.record = record;
	out->record.event = *event;
	out->record.record_bytes = pack(&record->base, view->arena);
	return out->record.record_bytes.size == 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status make_kept(struct view *view, struct appended *out, struct bytes *packed,
                             const struct event *event, const struct verdict *verdict)
{
	Civil__V1__RecordContent *kept = arena_alloc(view->arena, sizeof(*kept));

	if (kept == NULL) {
		return STATUS_NO_MEMORY;
	}
	civil__v1__record_content__init(kept);
	kept->content = binary(event->content_bytes);
	kept->opening = binary(event->opening);
	kept->law_version = arena_string(view->arena, verdict->law_version);
	kept->findings = verdict->findings;
	kept->n_findings = verdict->finding_count;
	enum status status = give_number(view, kept, event);
	if (status != STATUS_OK) {
		return status;
	}
	out->record.kept = kept;
	*packed = kept->law_version == NULL ? bytes_of(NULL, 0) : pack(&kept->base, view->arena);
	return packed->size == 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status append_event(struct view *view, struct store_batch *batch, struct appended *out,
                         const struct ledger_head *head, const struct event *event,
                         const struct verdict *verdict, int64_t recorded_at_ms)
{
	struct bytes kept;
	struct key key;

	ASSERT(verdict->accepted);
	ASSERT(view->size == head->size);
	*out = (struct appended){ .hash = { { 0 } } };
	enum status status = make_record(view, batch, out, head, event, recorded_at_ms);
	if (status == STATUS_OK) {
		status = make_kept(view, out, &kept, event, verdict);
	}
	if (status != STATUS_OK) {
		return status;
	}
	merkle_leaf(&out->hash, out->record.record_bytes);
	key_record(&key, head->size);
	store_batch_put(batch, STORE_RECORD, key_bytes(&key), out->record.record_bytes);
	store_batch_put(batch, STORE_CONTENT, key_bytes(&key), kept);
	status = index_record(view, batch, &out->record);
	if (status == STATUS_OK) {
		view_remember(view, &out->record, kept);
	}
	return status;
}
