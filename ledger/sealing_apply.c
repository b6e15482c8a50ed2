/* What a record does to seals, and seals to it. */
#include "ledger/event/partial_date.h"
#include "ledger/person/persona.h"
#include "ledger/person/veil.h"
#include "ledger/sealing_internal.h"

#define SUBJECT(name)      CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define CONTENT_CASE(name) CIVIL__V1__CONTENT__KIND_##name
#define CLASS(name)        CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* One seal at work. */
struct covering {
	struct view *view;
	struct store_batch *batch;
	uint64_t seal;
	int32_t until;
};

/* Covers a record, and notes of its persons that some record of theirs was ever covered. */
static enum status cover(const struct covering *covering, uint64_t index)
{
	struct stored_record record;
	struct key until;
	struct key key;
	struct view all = *covering->view;

	all.size = UINT64_MAX; /* the record itself, too */
	all.memo = NULL;
	enum status status = view_record(&all, &record, index);
	if (status != STATUS_OK) {
		return status;
	}

	key_begin(&until);
	key_day(&until, covering->until);
	sealing_key(&key, 'q');
	key_u64(&key, index);
	key_u64(&key, covering->seal);
	store_batch_put(covering->batch, STORE_NAME, key_bytes(&key), key_bytes(&until));
	sealing_key(&key, 'x');
	key_u64(&key, covering->seal);
	key_u64(&key, index);
	store_batch_put(covering->batch, STORE_NAME, key_bytes(&key), key_bytes(&until));
	for (size_t i = 0; i < record.event.header->n_subjects; i++) {
		struct id person = event_subject_id(&record.event, i);

		sealing_key_person(&key, &person);
		store_batch_put(covering->batch, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	}
	return STATUS_OK;
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
			status = cover(covering, cited.index);
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
	enum status status = cover(covering, act->index);

	if (status == STATUS_OK && case_id->len == ID_BYTES) {
		status = view_case(covering->view, &records, &count, of(*case_id));
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = cover(covering, records[i].index);
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
			status = cover(covering, record.index);
			if (status == STATUS_OK) {
				status = cover_decisions(covering, &record);
			}
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
		status = cover(covering, indexes[i]);
	}
	key_begin(&until);
	key_day(&until, covering->until);
	sealing_key(&key, 'z');
	key_id(&key, person);
	key_u64(&key, covering->seal);
	store_batch_put(covering->batch, STORE_NAME, key_bytes(&key), key_bytes(&until));
	return status;
}

/* Says that there are seals. */
static void begin_seals(struct store_batch *batch, uint64_t index)
{
	uint8_t first[8];
	struct key key;

	sealing_key(&key, 'q');
	bytes_write_u64(first, index);
	store_batch_put(batch, STORE_NAME, key_bytes(&key), bytes_of(first, sizeof(first)));
}

static enum status apply_seal(struct view *view, struct store_batch *batch,
                              const struct stored_record *record)
{
	const Civil__V1__Seal *seal = record->event.content->seal;
	struct covering covering = { .view = view, .batch = batch, .seal = record->index };

	if (!partial_date_day(&covering.until, seal->until)) {
		covering.until = INT32_MAX;
	}
	begin_seals(batch, record->index);
	enum status status = cover(&covering, record->index);
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

/* Whether a record about the child is of what the adoption replaces: birth, parents, papers about
 * these, and the names where it gives one. */
static bool is_replaced(const struct stored_record *record, Civil__V1__SubjectRole role,
                        const Civil__V1__Adoption *adoption)
{
	const Civil__V1__Content *content = record->event.content;

	switch ((int)record->event.header->event_class) {
	case CLASS(BIRTH):
	case CLASS(FILIATION):
	case CLASS(CERTIFICATE):
		return role == SUBJECT(CHILD);
	case CLASS(NAME):
		return adoption->new_name != NULL;
	case CLASS(IDENTITY):
		return role == SUBJECT(CHILD) && content != NULL &&
		       content->kind_case == CONTENT_CASE(LEGACY_LINKED) &&
		       content->legacy_linked->act_case == CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	}
	return false;
}

/* Part of the person, by any id, in a record. */
static Civil__V1__SubjectRole role_in(const struct stored_record *record,
                                      const struct persona *persona)
{
	const Civil__V1__EventHeader *header = record->event.header;

	for (size_t i = 0; i < header->n_subjects; i++) {
		struct id subject = event_subject_id(&record->event, i);
		struct id root = persona_root(persona, &subject);

		if (id_equal(&root, &persona->person)) {
			return header->subjects[i]->role;
		}
	}
	return SUBJECT(UNSPECIFIED);
}

static enum status apply_adoption(struct view *view, struct store_batch *batch,
                                  const struct stored_record *record)
{
	const Civil__V1__Adoption *adoption = record->event.content->adoption;
	const struct covering covering = { view, batch, record->index, INT32_MAX };
	const int child = event_subject_of_role(record->event.header, SUBJECT(CHILD), 0);
	struct persona persona;
	uint64_t *indexes;
	size_t count = 0;

	if (child < 0) {
		return STATUS_OK;
	}
	struct id person = event_subject_id(&record->event, (size_t)child);
	enum status status = persona_load(view, &persona, &person);

	if (status == STATUS_OK) {
		status = persona_history(view, &indexes, &count, &persona, PERSONA_PERSON);
	}
	begin_seals(batch, record->index);
	if (status == STATUS_OK) {
		status = cover(&covering, record->index);
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record other;

		status = view_record(view, &other, indexes[i]);
		if (status == STATUS_OK && other.index != record->index &&
		    is_replaced(&other, role_in(&other, &persona), adoption)) {
			status = cover_act(&covering, bytes_of_hash(&other.event.id));
		}
	}
	return status == STATUS_OK ? cover_decisions(&covering, record) : status;
}

/* The record is covered by whatever covers what it follows. */
static enum status inherit(struct view *view, struct store_batch *batch, uint64_t index,
                           const struct key *prefix)
{
	struct sealing_row seals[SEALS_MAX];
	size_t count;
	enum status status = sealing_rows(view, seals, &count, prefix, SEALS_MAX);

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const struct covering covering = { view, batch, seals[i].index, seals[i].until };

		status = cover(&covering, index);
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

		sealing_key(&prefix, 'z');
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
			sealing_key(&prefix, 'q');
			key_u64(&prefix, other.index);
			status = inherit(view, batch, record->index, &prefix);
		}
		status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	return status;
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
	if (veil_is_full(content)) {
		status = apply_adoption(view, batch, record);
		return status == STATUS_OK ? apply_later(view, batch, record) : status;
	}
	status = sealing_any(view, &any);
	if (status != STATUS_OK || !any) {
		return status;
	}
	if (content->kind_case == CONTENT_CASE(UNSEAL)) {
		status = sealing_release(view, batch, of(content->unseal->target));
	} else if (content->kind_case == CONTENT_CASE(ADOPTION_REVOKED)) {
		status = sealing_release(view, batch, of(content->adoption_revoked->target));
	}
	if (status == STATUS_OK) { /* another seal may cover what was unsealed */
		status = apply_later(view, batch, record);
	}
	return status == STATUS_OK && content->kind_case == CONTENT_CASE(SEAL_OPENED)
	               ? sealing_open(view, batch, record)
	               : status;
}
