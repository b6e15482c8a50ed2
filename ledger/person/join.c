#include "ledger/person/join.h"

#include "ledger/authority/authority.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/amend.h"

bool join_is_act(const struct stored_record *record)
{
	const struct event *event = &record->event;

	if (event->content == NULL || amend_is_no_act(record) ||
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

/* One act being joined. */
struct join {
	struct view *view;
	struct act act;
	const struct stored_record *known;
	size_t known_count;
	struct join_trust trust;
};

/* The record of an event: at hand, or read. */
static enum status find_record(const struct join *join, struct stored_record *out,
                               struct bytes event_id)
{
	for (size_t i = join->known_count; i > 0; i--) { /* steps follow one another closely */
		if (bytes_equal(bytes_of_hash(&join->known[i - 1].event.id), event_id)) {
			*out = join->known[i - 1];
			return STATUS_OK;
		}
	}
	return view_record_by_event(join->view, out, event_id);
}

/* An act is disputed when any record that it is joined from is. */
static enum status take_trust(struct join *join, const struct stored_record *record)
{
	if (!join->trust.asked || join->act.disputed) {
		return STATUS_OK;
	}
	return authority_disputed(join->view, &join->act.disputed, record, join->trust.affirmed);
}

static bool verifies(const struct stored_record *record, struct bytes declaration)
{
	const Civil__V1__Content *content = record->event.content;

	return content != NULL && content->kind_case == CIVIL__V1__CONTENT__KIND_VERIFICATION &&
	       bytes_equal(of(content->verification->declaration), declaration);
}

/* Takes what a record of the case adds: a verification, numbers (the newest stand). */
static enum status take_case_record(struct join *join, const struct stored_record *record,
                                    struct bytes declaration)
{
	struct act *act = &join->act;

	if (record->kept->n_numbers > 0) {
		act->numbers = record->kept->numbers;
		act->number_count = record->kept->n_numbers;
		act->numbers_index = record->index;
	}
	if (!verifies(record, declaration)) {
		return STATUS_OK;
	}
	act->verified = true;
	return take_trust(join, record);
}

/* Reads the rest of the case. The verification that the registration names is enough when it gave
 * the number; else, as for a provisional birth, the whole case is read. */
static enum status join_case(struct join *join, struct bytes declaration)
{
	struct act *act = &join->act;
	struct bytes verification = of(act->registration->verification);
	struct stored_record *records;
	struct stored_record verified;
	size_t count;
	enum status status;

	if (act->kind->profile != PROFILE_VERIFIED) {
		act->verified = true;
		return STATUS_OK;
	}
	if (verification.size == HASH_BYTES) {
		status = find_record(join, &verified, verification);
		if (status == STATUS_OK) {
			status = take_case_record(join, &verified, declaration);
		}
		if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
			return status;
		}
	}
	if (act->verified && act->number_count > 0) {
		return STATUS_OK;
	}
	status = view_case(join->view, &records, &count, of(act->header->case_id));
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = take_case_record(join, &records[i], declaration);
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
		/* A kind without a date works when it is registered; where the date is missing
		 * rules refuse the act, and a fold must not stop. */
		valid = interval_of_day(kind->valid_dates[0] == NULL ? act->registered_day
		                                                     : act->declared_day);
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

/* An act with steps: the declaration states it, the case adds to it. */
static enum status join_registration(struct join *join, const struct stored_record *record)
{
	struct act *act = &join->act;
	struct stored_record declaration;
	enum status status;

	act->registration = record->event.content->registration;
	(void)partial_date_day(&act->registered_day, act->registration->date_of_registration);
	status = find_record(join, &declaration, of(act->registration->declaration));
	if (status != STATUS_OK || declaration.event.content == NULL) {
		return status == STATUS_OK ? STATUS_NOT_FOUND : status;
	}
	status = read_source(act, &declaration);
	if (status == STATUS_OK) {
		status = take_trust(join, &declaration);
	}
	if (status == STATUS_OK) {
		status = join_case(join, bytes_of_hash(&declaration.event.id));
	}
	return status;
}

static enum status join_record(struct join *join, const struct stored_record *record)
{
	enum status status = take_trust(join, record);

	if (status != STATUS_OK) {
		return status;
	}
	if (record->event.content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION) {
		return join_registration(join, record);
	}
	join->act.verified = true;
	return read_source(&join->act, record);
}

enum status join_act(struct view *view, struct act *out, const struct stored_record *record,
                     const struct stored_record *known, size_t known_count, struct join_trust trust)
{
	struct join join = {
		.view = view, .known = known, .known_count = known_count, .trust = trust
	};

	if (!join_is_act(record)) {
		return STATUS_NOT_FOUND;
	}
	join.act = (struct act){
		.index = record->index,
		.recorded_at_ms = record->recorded_at_ms,
		.event_id = record->event.id,
		.header = record->event.header,
		.law_version = record->kept->law_version,
		.numbers = record->kept->numbers,
		.number_count = record->kept->n_numbers,
		.numbers_index = record->kept->n_numbers == 0 ? 0 : record->index,
		.registered_day = date_of_instant(record->recorded_at_ms),
	};
	enum status status = join_record(&join, record);
	if (status == STATUS_OK) {
		*out = join.act;
	}
	return status;
}
