#include "ledger/person/amend.h"

#include "ledger/authority/authority.h"
#include "ledger/event/field_path.h"
#include "ledger/person/join.h"

bool amend_is_correction(const struct stored_record *record)
{
	return record->event.content != NULL &&
	       record->event.content->kind_case == CIVIL__V1__CONTENT__KIND_CORRECTION;
}

static const Civil__V1__Correction *correction_of(const struct stored_record *record,
                                                  const struct act *act)
{
	const Civil__V1__Correction *correction;

	if (!amend_is_correction(record)) {
		return NULL;
	}
	correction = record->event.content->correction;
	return bytes_equal(bytes_of(correction->target.data, correction->target.len),
	                   bytes_of_hash(&act->event_id))
	               ? correction
	               : NULL;
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
                                    const struct stored_record *record, bool trust)
{
	const Civil__V1__Correction *correction = record->event.content->correction;
	struct amendment amendment = {
		.act = act,
		.changes = changes,
		.index = record->index,
		.court = correction->path == CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT,
	};
	enum status status =
	        trust ? authority_disputed(view, &amendment.disputed, record) : STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < correction->n_changes; i++) {
		status = apply_change(&amendment, correction->changes[i], view->arena);
	}
	act->amended = record->index;
	return status;
}

enum status amend_act(struct view *view, struct act *act, const struct stored_record *records,
                      size_t count, bool trust)
{
	struct act_change *changes;
	size_t total = 0;

	for (size_t i = 0; i < count; i++) {
		const Civil__V1__Correction *correction = correction_of(&records[i], act);

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
	for (size_t i = 0; i < count; i++) {
		if (correction_of(&records[i], act) == NULL) {
			continue;
		}
		enum status status = apply_correction(view, act, changes, &records[i], trust);
		if (status != STATUS_OK) {
			return status;
		}
	}
	return join_read_content(act);
}
