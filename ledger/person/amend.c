#include "ledger/person/amend.h"

#include "ledger/authority/authority.h"
#include "ledger/event/field_path.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/join.h"

#define KIND_CASE(name) CIVIL__V1__CONTENT__KIND_##name

static Civil__V1__Content__KindCase case_of(const struct stored_record *record)
{
	return record->event.content == NULL || record->event.header->step !=
	                                                CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED
	               ? KIND_CASE(_NOT_SET)
	               : record->event.content->kind_case;
}

static bool is_correction(const struct stored_record *record)
{
	return case_of(record) == KIND_CASE(CORRECTION);
}

bool amend_is_no_act(const struct stored_record *record)
{
	Civil__V1__Content__KindCase kind_case = case_of(record);

	return kind_case == KIND_CASE(CORRECTION) || kind_case == KIND_CASE(REVOCATION) ||
	       kind_case == KIND_CASE(REINSTATEMENT);
}

bool amend_amends(const struct stored_record *record)
{
	Civil__V1__Content__KindCase kind_case = case_of(record);

	return amend_is_no_act(record) || kind_case == KIND_CASE(DEATH_REVOKED) ||
	       kind_case == KIND_CASE(DISPUTE_OPENED) || kind_case == KIND_CASE(DISPUTE_CLOSED) ||
	       kind_case == KIND_CASE(CAUSE_CODED) || kind_case == KIND_CASE(CONTENT_ERASED);
}

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* What a record takes the effect of away, and how; false when it takes none away. */
static bool voids(struct amend_void *out, const struct stored_record *record)
{
	const Civil__V1__Content *content = record->event.content;
	const Civil__V1__Date *date = NULL;
	struct amend_void found = { .by = { .sort = ACT_VOID_NEVER } };

	switch ((int)case_of(record)) {
	case KIND_CASE(REVOCATION):
		found.target = of(content->revocation->target);
		date = content->revocation->date;
		if (content->revocation->effect ==
		    CIVIL__V1__REVOCATION_EFFECT__REVOCATION_EFFECT_EX_NUNC) {
			found.by.sort = ACT_VOID_FROM;
		}
		break;
	case KIND_CASE(REINSTATEMENT):
		found.target = of(content->reinstatement->target);
		date = content->reinstatement->date;
		break;
	case KIND_CASE(DEATH_REVOKED):
		found.target = of(content->death_revoked->target);
		date = content->death_revoked->found_on;
		found.by.sort = ACT_VOID_UNTRUE;
		break;
	default:
		return false;
	}
	found.by.index = record->index;
	found.by.event_id = record->event.id;
	found.by.law_version = record->kept->law_version;
	found.by.date = date;
	if (!partial_date_day(&found.by.day, date)) {
		found.by.day = INT32_MAX; /* rules refuse it; a fold must not stop */
	}
	*out = found;
	return true;
}

/* What a record changes, which is one act or one record that amends; empty for others. */
static struct bytes target_of(const struct stored_record *record)
{
	const Civil__V1__Content *content = record->event.content;

	switch ((int)case_of(record)) {
	case KIND_CASE(CORRECTION):
		return of(content->correction->target);
	case KIND_CASE(REVOCATION):
		return of(content->revocation->target);
	case KIND_CASE(REINSTATEMENT):
		return of(content->reinstatement->target);
	case KIND_CASE(DEATH_REVOKED):
		return of(content->death_revoked->target);
	case KIND_CASE(CAUSE_CODED):
		return of(content->cause_coded->target);
	default:
		return bytes_of(NULL, 0);
	}
}

const struct act_void *amend_voided(const struct amendments *amendments, struct bytes event_id)
{
	for (size_t i = 0; i < amendments->void_count; i++) {
		if (bytes_equal(amendments->voids[i].target, event_id)) {
			return &amendments->voids[i].by;
		}
	}
	return NULL;
}

/* From the newest to the oldest: who is voided when its turn comes takes nothing away. */
static enum status collect_voids(struct amendments *found, struct arena *arena)
{
	found->voids = arena_array(arena, found->count, sizeof(*found->voids));
	if (found->voids == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = found->count; i > 0; i--) {
		const struct stored_record *record = &found->records[i - 1];

		if (voids(&found->voids[found->void_count], record) &&
		    amend_voided(found, bytes_of_hash(&record->event.id)) == NULL) {
			found->void_count++;
		}
	}
	return STATUS_OK;
}

/* The act behind each record: that of what it amends, or what it amends. */
static enum status collect_roots(struct amendments *found, struct arena *arena)
{
	found->roots = arena_array(arena, found->count, sizeof(*found->roots));
	if (found->roots == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < found->count; i++) {
		found->roots[i] = target_of(&found->records[i]);
		for (size_t j = 0; j < i; j++) {
			if (bytes_equal(found->roots[i],
			                bytes_of_hash(&found->records[j].event.id))) {
				found->roots[i] = found->roots[j];
				break;
			}
		}
	}
	return STATUS_OK;
}

/* Index of the newest record that changed what the act says or whether it stands; 0 for none. */
static uint64_t amended_at(const struct amendments *amendments, const struct act *act)
{
	for (size_t i = amendments->count; i > 0; i--) {
		if (bytes_equal(amendments->roots[i - 1], bytes_of_hash(&act->event_id))) {
			return amendments->records[i - 1].index;
		}
	}
	return 0;
}

/* Few or none amend, so acts look only at these. */
enum status amend_collect(struct view *view, struct amendments *out,
                          const struct stored_record *records, size_t count)
{
	struct amendments found = { 0 };
	size_t amending = 0;

	for (size_t i = 0; i < count; i++) {
		amending += amend_amends(&records[i]) ? 1 : 0;
	}
	if (amending > 0) {
		found.records = arena_array(view->arena, amending, sizeof(*found.records));
		if (found.records == NULL) {
			return STATUS_NO_MEMORY;
		}
	}
	for (size_t i = 0; i < count && amending > 0; i++) {
		if (amend_amends(&records[i])) {
			found.records[found.count] = records[i];
			found.count++;
		}
	}
	enum status status = amending > 0 ? collect_voids(&found, view->arena) : STATUS_OK;

	if (status == STATUS_OK && amending > 0) {
		status = collect_roots(&found, view->arena);
	}
	if (status == STATUS_OK) {
		*out = found;
	}
	return status;
}

static bool names(const ProtobufCBinaryData *targets, size_t count, struct bytes event_id)
{
	for (size_t i = 0; i < count; i++) {
		if (bytes_equal(of(targets[i]), event_id)) {
			return true;
		}
	}
	return false;
}

bool acts_amends(const struct stored_record *record, struct bytes event_id)
{
	const Civil__V1__Content *content = record->event.content;
	struct bytes target = target_of(record);

	switch ((int)case_of(record)) {
	case KIND_CASE(DISPUTE_OPENED):
		return names(content->dispute_opened->targets, content->dispute_opened->n_targets,
		             event_id);
	case KIND_CASE(DISPUTE_CLOSED):
		return names(content->dispute_closed->targets, content->dispute_closed->n_targets,
		             event_id);
	default:
		return target.size > 0 && bytes_equal(target, event_id);
	}
}

struct amend_dispute amend_dispute_of(const struct amendments *amendments, struct bytes event_id)
{
	struct amend_dispute dispute = { 0 };

	for (size_t i = 0; i < amendments->count; i++) {
		const struct stored_record *record = &amendments->records[i];
		const Civil__V1__Content *content = record->event.content;

		if (case_of(record) == KIND_CASE(DISPUTE_OPENED) && acts_amends(record, event_id)) {
			dispute.open = true;
		} else if (case_of(record) == KIND_CASE(DISPUTE_CLOSED) &&
		           acts_amends(record, event_id)) {
			dispute.open = false;
			if (content->dispute_closed->outcome ==
			    CIVIL__V1__DISPUTE_OUTCOME__DISPUTE_OUTCOME_AFFIRMED) {
				dispute.affirmed = record->index;
			}
		}
	}
	return dispute;
}

/* The correction of this act that a record is, while it stands; NULL otherwise. */
static const Civil__V1__Correction *correction_of(const struct amendments *amendments, size_t i,
                                                  const struct act *act)
{
	const struct stored_record *record = &amendments->records[i];

	if (!is_correction(record) || !acts_amends(record, bytes_of_hash(&act->event_id)) ||
	    amend_voided(amendments, bytes_of_hash(&record->event.id)) != NULL) {
		return NULL;
	}
	return record->event.content->correction;
}

/* Name of the field of the kind's message that a path leads through: the second segment, without an
 * index; "" for a path that leads elsewhere ("common..."). */
static const char *changed_field(const char *path, struct arena *arena)
{
	const char *begin = strchr(path, '.');
	size_t length;
	char *field;

	if (begin == NULL || strncmp(path, "common.", strlen("common.")) == 0) {
		return "";
	}
	begin++;
	length = strcspn(begin, ".[");
	field = arena_alloc(arena, length + 1);
	if (field != NULL) {
		memcpy(field, begin, length);
	}
	return field;
}

/* One correction being applied. */
struct amendment {
	struct act *act;
	struct act_change *changes;
	uint64_t index;
	bool court;
	bool disputed;
};

static enum status apply_change(const struct amendment *amendment,
                                const Civil__V1__FieldChange *change, struct arena *arena)
{
	struct act *act = amendment->act;
	Civil__V1__Content *content;
	enum status status =
	        field_path_apply(&content, act->content, change->path, change->new_value, arena);

	if (status != STATUS_OK) { /* what does not fit changes nothing: a fold must not stop */
		return status == STATUS_INVALID ? STATUS_OK : status;
	}
	const char *field = changed_field(change->path, arena);
	if (field == NULL) {
		return STATUS_NO_MEMORY;
	}
	act->content = content;
	amendment->changes[act->change_count] = (struct act_change){
		.field = field,
		.index = amendment->index,
		.court = amendment->court,
		.disputed = amendment->disputed,
	};
	act->change_count++;
	return STATUS_OK;
}

static enum status apply_correction(struct view *view, struct act *act, struct act_change *changes,
                                    const struct amendments *amendments, size_t i, bool trust)
{
	const struct stored_record *record = &amendments->records[i];
	const Civil__V1__Correction *correction = record->event.content->correction;
	struct amend_dispute dispute =
	        amend_dispute_of(amendments, bytes_of_hash(&record->event.id));
	struct amendment amendment = {
		.act = act,
		.changes = changes,
		.index = record->index,
		.court = correction->path == CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT,
	};
	enum status status =
	        trust ? authority_disputed(view, &amendment.disputed, record, dispute.affirmed)
	              : STATUS_OK;

	amendment.disputed = amendment.disputed || dispute.open;
	for (size_t c = 0; status == STATUS_OK && c < correction->n_changes; c++) {
		status = apply_change(&amendment, correction->changes[c], view->arena);
	}
	return status;
}

static enum status correct(struct view *view, struct act *act, const struct amendments *amendments,
                           bool trust)
{
	struct act_change *changes;
	size_t total = 0;

	for (size_t i = 0; i < amendments->count; i++) {
		const Civil__V1__Correction *correction = correction_of(amendments, i, act);

		total += correction == NULL ? 0 : correction->n_changes;
	}
	if (total == 0) {
		return STATUS_OK;
	}
	changes = arena_array(view->arena, total, sizeof(*changes));
	if (changes == NULL) {
		return STATUS_NO_MEMORY;
	}
	act->changes = changes;
	for (size_t i = 0; i < amendments->count; i++) {
		if (correction_of(amendments, i, act) == NULL) {
			continue;
		}
		enum status status = apply_correction(view, act, changes, amendments, i, trust);
		if (status != STATUS_OK) {
			return status;
		}
	}
	return join_read_content(act);
}

/* The newest coding stands. */
static void take_cause(struct act *act, const struct stored_record *record)
{
	if (case_of(record) == KIND_CASE(CAUSE_CODED) &&
	    acts_amends(record, bytes_of_hash(&act->event_id))) {
		act->cause = record->event.content->cause_coded;
	}
}

enum status amend_act(struct view *view, struct act *act, const struct amendments *amendments,
                      bool trust)
{
	enum status status = correct(view, act, amendments, trust);

	if (status != STATUS_OK || amendments->count == 0) {
		return status;
	}
	const struct act_void *voided = amend_voided(amendments, bytes_of_hash(&act->event_id));

	act->amended = amended_at(amendments, act);
	if (voided != NULL) {
		act->voided = *voided;
	}
	if (amend_dispute_of(amendments, bytes_of_hash(&act->event_id)).open) {
		act->disputed = true;
		act->contested = true;
	}
	for (size_t i = 0; i < amendments->count; i++) {
		take_cause(act, &amendments->records[i]);
	}
	return STATUS_OK;
}
