#include "ledger/person/join.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/amend.h"

bool join_is_act(const struct stored_record *record)
{
	const struct event *event = &record->event;

	if (event->content == NULL || amend_is_correction(record) ||
	    event->header->step != CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED) {
		return false;
	}
	return event->content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION ||
	       event->kind != NULL;
}

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* The record of an event: at hand, or read. */
static enum status find_record(struct view *view, struct stored_record *out, struct bytes event_id,
                               const struct stored_record *known, size_t known_count)
{
	for (size_t i = 0; i < known_count; i++) {
		if (bytes_equal(bytes_of_hash(&known[i].event.id), event_id)) {
			*out = known[i];
			return STATUS_OK;
		}
	}
	return view_record_by_event(view, out, event_id);
}

static bool verifies(const struct stored_record *record, struct bytes declaration)
{
	const Civil__V1__Content *content = record->event.content;

	return content != NULL && content->kind_case == CIVIL__V1__CONTENT__KIND_VERIFICATION &&
	       bytes_equal(of(content->verification->declaration), declaration);
}

/* Takes what a record of the case adds: a verification, numbers (the newest stand). */
static void take_case_record(struct act *act, const struct stored_record *record,
                             struct bytes declaration)
{
	act->verified = act->verified || verifies(record, declaration);
	if (record->kept->n_numbers > 0) {
		act->numbers = record->kept->numbers;
		act->number_count = record->kept->n_numbers;
		act->numbers_index = record->index;
	}
}

/* Reads the rest of the case. Records at hand that belong to it are enough when they hold the
 * verification that the registration names; only a provisional birth needs the whole case. */
static enum status join_case(struct view *view, struct act *act, struct bytes declaration,
                             const struct stored_record *known, size_t known_count)
{
	struct bytes verification = of(act->registration->verification);
	struct stored_record *records;
	struct stored_record verified;
	size_t count;
	enum status status;

	if (verification.size == HASH_BYTES) {
		status = find_record(view, &verified, verification, known, known_count);
		if (status == STATUS_OK) {
			take_case_record(act, &verified, declaration);
		}
		if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
			return status;
		}
	}
	if (act->kind->profile != PROFILE_VERIFIED) {
		act->verified = true;
		return STATUS_OK;
	}
	if (act->verified && act->number_count > 0) {
		return STATUS_OK;
	}
	status = view_case(view, &records, &count, of(act->header->case_id));
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		take_case_record(act, &records[i], declaration);
	}
	return status;
}

enum status join_read_content(struct act *act)
{
	const struct kind *kind =
	        kind_of_content(act->header->event_class, act->content->kind_case);
	const ProtobufCMessage *message = NULL;
	struct interval valid;

	if (kind != NULL) {
		kind = kind_effective(&message, kind, act->content);
	}
	if (kind == NULL || message == NULL) {
		return STATUS_NOT_FOUND;
	}
	if (!kind_valid_date(&valid, kind, message, act->declared_day)) {
		valid = interval_of_day(
		        act->declared_day); /* rules refuse it; a fold must not stop */
	}
	act->kind = kind;
	act->message = message;
	act->valid = valid;
	act->legacy = act->content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_LINKED
	                      ? act->content->legacy_linked
	                      : NULL;
	return STATUS_OK;
}

/* Fills what comes from the record that states the act. */
static enum status read_source(struct act *act, const struct stored_record *source)
{
	int32_t declared;

	act->source = source->index;
	act->content_bytes = source->event.content_bytes;
	act->content = source->event.content;
	act->declared_day = act->registered_day;
	if (act->content->common != NULL &&
	    partial_date_day(&declared, act->content->common->date_of_declaration)) {
		act->declared_day = declared;
	}
	return join_read_content(act);
}

enum status join_act(struct view *view, struct act *out, const struct stored_record *record,
                     const struct stored_record *known, size_t known_count)
{
	struct act act = {
		.index = record->index,
		.recorded_at_ms = record->recorded_at_ms,
		.event_id = record->event.id,
		.header = record->event.header,
		.law_version = record->kept->law_version,
		.numbers = record->kept->numbers,
		.number_count = record->kept->n_numbers,
		.registered_day = date_of_instant(record->recorded_at_ms),
	};
	struct stored_record declaration;
	enum status status;

	if (!join_is_act(record)) {
		return STATUS_NOT_FOUND;
	}
	if (act.number_count > 0) {
		act.numbers_index = act.index;
	}
	if (record->event.content->kind_case != CIVIL__V1__CONTENT__KIND_REGISTRATION) {
		act.verified = true;
		status = read_source(&act, record);
		if (status == STATUS_OK) {
			*out = act;
		}
		return status;
	}
	act.registration = record->event.content->registration;
	(void)partial_date_day(&act.registered_day, act.registration->date_of_registration);
	status = find_record(view, &declaration, of(act.registration->declaration), known,
	                     known_count);
	if (status != STATUS_OK || declaration.event.content == NULL) {
		return status == STATUS_OK ? STATUS_NOT_FOUND : status;
	}
	status = read_source(&act, &declaration);
	if (status == STATUS_OK) {
		status = join_case(view, &act, bytes_of_hash(&declaration.event.id), known,
		                   known_count);
	}
	if (status == STATUS_OK) {
		*out = act;
	}
	return status;
}
