#include "ledger/person/amend.h"

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

static enum status apply_change(struct act *act, struct act_change *changes, uint64_t index,
                                const Civil__V1__Correction *correction,
                                const Civil__V1__FieldChange *change, struct arena *arena)
{
	Civil__V1__Content *content;
	enum status status =
	        field_path_apply(&content, act->content, change->path, change->new_value, arena);

	if (status != STATUS_OK) { /* what does not fit changes nothing: a fold must not stop */
		return status == STATUS_INVALID ? STATUS_OK : status;
	}
	act->content = content;
	changes[act->change_count] = (struct act_change){
		.field = changed_field(change->path, arena),
		.index = index,
		.court = correction->path == CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT,
	};
	if (changes[act->change_count].field == NULL) {
		return STATUS_NO_MEMORY;
	}
	act->change_count++;
	return STATUS_OK;
}

enum status amend_act(struct act *act, const struct stored_record *records, size_t count,
                      struct arena *arena)
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
	changes = arena_array(arena, total, sizeof(*changes));
	if (changes == NULL) {
		return STATUS_NO_MEMORY;
	}
	act->changes = changes;
	for (size_t i = 0; i < count; i++) {
		const Civil__V1__Correction *correction = correction_of(&records[i], act);

		for (size_t c = 0; correction != NULL && c < correction->n_changes; c++) {
			enum status status =
			        apply_change(act, changes, records[i].index, correction,
			                     correction->changes[c], arena);

			if (status != STATUS_OK) {
				return status;
			}
			act->amended = records[i].index;
		}
	}
	return join_read_content(act);
}
