#include "ledger/index.h"

#include "ledger/base/crypto.h"
#include "ledger/event/name_key.h"
#include "ledger/index_paper.h"
#include "ledger/index_people.h"
#include "ledger/person/state.h"
#include "ledger/sealing.h"
#include "ledger/store/keys.h"
#include "ledger/work.h"

/* What every index gets. */
struct indexing {
	struct view *view;
	struct store_batch *batch;
	const struct stored_record *record;
};

static void put_index(const struct indexing *indexing, enum store_family family, struct bytes key)
{
	uint8_t index[8];

	bytes_write_u64(index, indexing->record->index);
	store_batch_put(indexing->batch, family, key, bytes_of(index, sizeof(index)));
}

/* Notes the owner of a number; the first owner stays (a repeated personal number is the same). */
static void put_number(const struct indexing *indexing, enum number_sort sort, struct bytes value,
                       const struct id *owner)
{
	uint8_t person_index[ID_BYTES + 8] = { 0 };
	struct key key;

	key_number(&key, (uint8_t)sort, value);
	if (owner != NULL) {
		memcpy(person_index, owner->bytes, ID_BYTES);
	}
	bytes_write_u64(person_index + ID_BYTES, indexing->record->index);
	store_batch_put(indexing->batch, STORE_NUMBER, key_bytes(&key),
	                bytes_of(person_index, sizeof(person_index)));
}

static enum status index_registration_number(const struct indexing *indexing)
{
	const Civil__V1__Content *content = indexing->record->event.content;
	struct bytes value = number_of_registration(content->registration->registration_number,
	                                            indexing->view->arena);

	if (value.size == 0) {
		return STATUS_NO_MEMORY;
	}
	put_number(indexing, NUMBER_REGISTRATION, value, NULL);
	return STATUS_OK;
}

/* True when nobody owns the number: it is one of a block that no birth has taken. */
static bool is_reserved(const struct id *owner)
{
	static const struct id nobody;

	return id_equal(owner, &nobody);
}

static enum status index_personal_numbers(const struct indexing *indexing)
{
	const Civil__V1__RecordContent *kept = indexing->record->kept;

	for (size_t i = 0; i < kept->n_numbers; i++) {
		const Civil__V1__AllocatedNumber *given = kept->numbers[i];
		struct bytes number = bytes_of_string(given->number);
		struct id person = { { 0 } };
		struct id owner;
		uint64_t first;
		enum status status =
		        view_number(indexing->view, &owner, &first, NUMBER_PERSONAL, number);

		if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
			return status;
		}
		if (given->person_id.len == ID_BYTES) {
			memcpy(person.bytes, given->person_id.data, ID_BYTES);
		}
		if (status == STATUS_NOT_FOUND || is_reserved(&owner)) {
			put_number(indexing, NUMBER_PERSONAL, number, &person);
		}
	}
	return STATUS_OK;
}

/* The sort of a document's number by the class of the event. */
static enum number_sort document_sort(Civil__V1__EventClass event_class)
{
	if (event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_PASSPORT) {
		return NUMBER_PASSPORT;
	}
	return event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_PERMIT ? NUMBER_PERMIT
	                                                                 : NUMBER_ID_CARD;
}

static void index_document(const struct indexing *indexing, const Civil__V1__DocumentIssued *issued)
{
	const struct event *event = &indexing->record->event;
	struct id holder = event_subject_id(event, 0);

	put_number(indexing, document_sort(event->header->event_class),
	           bytes_of_string(issued->document_number), &holder);
}

/* Remembers who died under which name: rule P05 looks for the same death twice. */
static enum status index_death(const struct indexing *indexing)
{
	const struct event *event = &indexing->record->event;
	int deceased = event_subject_of_role(event->header,
	                                     CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_DECEASED, 0);
	Civil__V1__PersonState *state;

	if (deceased < 0) {
		return STATUS_OK;
	}
	struct id person = event_subject_id(event, (size_t)deceased);
	enum status status = state_cached(indexing->view, &state, &person);
	if (status == STATUS_NOT_FOUND || (status == STATUS_OK && state->n_names == 0)) {
		return STATUS_OK;
	}
	if (status != STATUS_OK) {
		return status;
	}
	struct hash name = crypto_sha256(name_key(state->names[0]->name, indexing->view->arena));
	struct key key;

	key_death_name(&key, &name, indexing->record->index);
	store_batch_put(indexing->batch, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	return STATUS_OK;
}

/* Remembers the births of a mother, and those of one delivery: rules S24, P03, P05 and P06 compare
 * them. */
static void index_birth(const struct indexing *indexing, const Civil__V1__Birth *birth)
{
	const struct event *event = &indexing->record->event;
	int mother = event_subject_of_role(event->header,
	                                   CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER, 0);
	struct key key;

	if (mother >= 0) {
		struct id person = event_subject_id(event, (size_t)mother);

		key_birth_of_mother(&key, &person, indexing->record->index);
		store_batch_put(indexing->batch, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	}
	if (birth->delivery_id.len == ID_BYTES) {
		key_delivery(&key, bytes_of(birth->delivery_id.data, birth->delivery_id.len),
		             indexing->record->index);
		store_batch_put(indexing->batch, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	}
}

/* Remembers when a key registered: rules P10 and W02 count. */
static void index_rate(const struct indexing *indexing)
{
	const struct event *event = &indexing->record->event;

	for (size_t i = 0; i < event->signature_count; i++) {
		const ProtobufCBinaryData *public_key = &event->signatures[i]->public_key;
		struct key key;

		key_signed(&key, bytes_of(public_key->data, public_key->len),
		           event->header->signed_at_ms, indexing->record->index);
		store_batch_put(indexing->batch, STORE_WORK, key_bytes(&key), bytes_of(NULL, 0));
	}
}

/* Notes of both persons that they were merged, once: readers then look into their histories. */
static enum status index_merge(const struct indexing *indexing)
{
	const struct event *event = &indexing->record->event;

	for (size_t i = 0; i < 2 && event->header->n_subjects == 2; i++) {
		struct id person = event_subject_id(event, i);
		struct id other = event_subject_id(event, 1 - i);
		struct id known;
		uint64_t first;
		enum status status = view_number(indexing->view, &known, &first, NUMBER_MERGED,
		                                 bytes_of_id(&person));

		if (status == STATUS_NOT_FOUND) {
			put_number(indexing, NUMBER_MERGED, bytes_of_id(&person), &other);
		} else if (status != STATUS_OK) {
			return status;
		}
	}
	return STATUS_OK;
}

/* Indexes that depend on what the content is. */
static enum status index_content(const struct indexing *indexing)
{
	const struct event *event = &indexing->record->event;
	const Civil__V1__Content *content = event->content;
	const ProtobufCMessage *message;

	if (content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION) {
		index_rate(indexing);
		enum status status = index_registration_number(indexing);
		return status == STATUS_OK && event->header->event_class ==
		                                      CIVIL__V1__EVENT_CLASS__EVENT_CLASS_DEATH
		               ? index_death(indexing)
		               : status;
	}
	if (event->kind == NULL) {
		return STATUS_OK;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_CERTIFICATE_ISSUED &&
	    event->header->n_subjects > 0) {
		struct id subject = event_subject_id(event, 0);

		put_number(indexing, NUMBER_CERTIFICATE,
		           bytes_of_string(content->certificate_issued->serial), &subject);
		return STATUS_OK;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_MERGE) {
		return index_merge(indexing);
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_ISSUED) {
		index_document(indexing, content->document_issued);
	} else if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_RENEWED) {
		index_document(indexing, content->document_renewed->issue);
	} else if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_REPLACED) {
		index_document(indexing, content->document_replaced->issue);
	} else if (content->kind_case == CIVIL__V1__CONTENT__KIND_RESIDENCE_UNIT_OPENED) {
		struct id unit = crypto_created_id(&event->id, 1);

		put_number(indexing, NUMBER_UNIT, bytes_of_id(&unit), NULL);
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_DUPLICATE_SUSPECTED) {
		uint8_t index[8];
		struct key key;

		bytes_write_u64(index, indexing->record->index);
		key_authority(&key, 'd', bytes_of(index, sizeof(index)));
		store_batch_put(indexing->batch, STORE_WORK, key_bytes(&key), bytes_of(NULL, 0));
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_BLOCK_RETURNED) {
		put_number(indexing, NUMBER_BLOCK_RETURNED,
		           bytes_of(content->block_returned->block.data,
		                    content->block_returned->block.len),
		           NULL);
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_REJECTED) {
		put_number(indexing, NUMBER_REJECTED,
		           bytes_of(content->legacy_rejected->act.data,
		                    content->legacy_rejected->act.len),
		           NULL);
	}
	const struct kind *kind = kind_effective(&message, event->kind, content);

	if (kind != NULL && kind->id == KIND_BIRTH) {
		index_birth(indexing, (const Civil__V1__Birth *)message);
	}
	return kind != NULL && kind->id == KIND_DEATH ? index_death(indexing) : STATUS_OK;
}

enum status index_record(struct view *view, struct store_batch *batch,
                         const struct stored_record *record)
{
	const struct indexing indexing = { .view = view, .batch = batch, .record = record };
	const Civil__V1__EventHeader *header = record->event.header;
	struct bytes request = bytes_of(header->request_id.data, header->request_id.len);

	put_index(&indexing, STORE_EVENT, bytes_of_hash(&record->event.id));
	store_batch_put(batch, STORE_REQUEST, request, bytes_of_hash(&record->event.id));
	if (header->case_id.len == ID_BYTES) {
		uint8_t step = (uint8_t)header->step;
		struct id case_id;
		struct key key;

		memcpy(case_id.bytes, header->case_id.data, ID_BYTES);
		key_case(&key, &case_id, record->index);
		store_batch_put(batch, STORE_CASE, key_bytes(&key), bytes_of(&step, 1));
	}
	enum status status = index_personal_numbers(&indexing);
	if (status == STATUS_OK) {
		status = index_people(view, batch, record);
	}
	if (status == STATUS_OK) {
		status = work_record(view, batch, record);
	}
	if (status == STATUS_OK) {
		status = index_paper(view, batch, record);
	}
	if (status == STATUS_OK) {
		status = sealing_apply(view, batch, record);
	}
	return status == STATUS_OK ? index_content(&indexing) : status;
}
