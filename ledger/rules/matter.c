#include "ledger/rules/judgement.h"

#include "ledger/event/field_path.h"

/* Name of the field of the oneof that is set. */
static const char *content_field(const Civil__V1__Content *content)
{
	const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(
	        content->base.descriptor, (unsigned)content->kind_case);

	return field == NULL ? "" : field->name;
}

const char *matter_path(struct judgement *j, const char *field)
{
	const struct matter *matter = j->matter;
	const char *path;

	if (matter->corrected || matter->content == NULL || matter->kind == NULL) {
		return "content.correction";
	}
	if (matter->from_paper) {
		path = arena_printf(j->view->arena, "content.legacy_linked.%s.%s",
		                    matter->kind->name, field);
	} else {
		path = arena_printf(j->view->arena, "content.%s.%s", content_field(matter->content),
		                    field);
	}
	(void)judgement_settle(j, path == NULL ? STATUS_NO_MEMORY : STATUS_OK);
	return path == NULL ? "" : path;
}

const char *matter_date_path(struct judgement *j)
{
	return matter_path(j, j->matter->kind == NULL ? "" : j->matter->kind->valid_dates[0]);
}

void law_answer_add(struct law_answer *answer, enum ternary value)
{
	if (!answer->answered) {
		answer->answered = true;
		answer->value = value;
	} else if (answer->value != value) {
		answer->value = TERNARY_UNKNOWN;
	}
}

bool judgement_target(struct judgement *j, const struct act **target)
{
	const Civil__V1__Content *content = j->event->content;
	struct bytes event_id = { 0 };

	if (!j->target_loaded) {
		j->target_loaded = true;
		if (content->kind_case == CONTENT_CASE(CORRECTION)) {
			event_id = bytes_of(content->correction->target.data,
			                    content->correction->target.len);
		} else if (content->kind_case == CONTENT_CASE(DIVORCE)) {
			event_id = bytes_of(content->divorce->target.data,
			                    content->divorce->target.len);
		}
		j->target_found = event_id.size == HASH_BYTES &&
		                  judgement_settle(j, acts_find(j->view, &j->target, event_id));
	}
	*target = &j->target;
	return j->target_found;
}

void judgement_correct(struct judgement *j)
{
	const Civil__V1__Correction *correction = j->event->content->correction;
	struct matter *matter = &j->target_corrected;
	const struct act *target;

	if (!judgement_target(j, &target)) {
		return;
	}
	const Civil__V1__Content *content = target->content;

	for (size_t i = 0; i < correction->n_changes; i++) {
		Civil__V1__Content *changed;
		enum status status =
		        field_path_apply(&changed, content, correction->changes[i]->path,
		                         correction->changes[i]->new_value, j->view->arena);

		if (status == STATUS_INVALID) {
			j->change_refused = i + 1; /* S07 says so */
			return;
		}
		if (!judgement_settle(j, status)) {
			return;
		}
		content = changed;
	}
	matter->header = j->event->header;
	matter->parties = j->own.parties;
	matter->party_count = j->own.party_count;
	matter->case_id = bytes_of(target->header->case_id.data, target->header->case_id.len);
	matter->registered_day = target->registered_day;
	matter->corrected = true;
	matter->is_act = true;
	matter->index = target->index;
	matter->event_id = target->event_id;
	/* A paper says its kind by what it carries; elsewhere the content's is the act's. */
	matter_set_content(j, matter, target->kind, content);
}
