#include "ledger/rules/judgement.h"

#include "ledger/event/field_path.h"
#include "ledger/person/veil.h"

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

	if (matter->corrected) {
		return j->event->content->kind_case == CONTENT_CASE(REINSTATEMENT)
		               ? "content.reinstatement"
		               : "content.correction";
	}
	if (matter->content == NULL || matter->kind == NULL) {
		return "content";
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

/* A paper about a full adoption is about what everybody sees of it: a birth of the adopters. */
static void take_face(struct judgement *j)
{
	struct act face;

	if (j->event->content->kind_case == CONTENT_CASE(CERTIFICATE_ISSUED) &&
	    veil_is_full(j->target.content) &&
	    judgement_settle(j, veil_face(j->view, &face, &j->target))) {
		j->target = face;
	}
}

bool judgement_target(struct judgement *j, const struct act **target)
{
	struct bytes event_id;

	if (!j->target_loaded) {
		j->target_loaded = true;
		event_id = court_target(j->event->content);
		j->target_found =
		        event_id.size == HASH_BYTES &&
		        (judgement_settle(j, acts_find(j->view, &j->target, event_id)) ||
		         judgement_settle(j, acts_find_amendment(j->view, &j->target, event_id)));
		if (j->target_found) {
			take_face(j);
		}
	}
	*target = &j->target;
	return j->target_found;
}

/* What a full adoption seals was sealed when it was recorded: its form stays. */
static bool is_fixed(const struct act *target, const char *path)
{
	return target->kind->id == KIND_ADOPTION && strcmp(path, "adoption.form") == 0;
}

/* Content of the act with the new values of a correction; NULL when a change does not fit. */
static const Civil__V1__Content *corrected_content(struct judgement *j, const struct act *target)
{
	const Civil__V1__Correction *correction = j->event->content->correction;
	const Civil__V1__Content *content = target->content;

	for (size_t i = 0; i < correction->n_changes; i++) {
		Civil__V1__Content *changed;
		enum status status =
		        field_path_apply(&changed, content, correction->changes[i]->path,
		                         correction->changes[i]->new_value, j->view->arena);

		if (status == STATUS_INVALID || is_fixed(target, correction->changes[i]->path)) {
			j->change_refused = i + 1; /* S07 says so */
			return NULL;
		}
		if (!judgement_settle(j, status)) {
			return NULL;
		}
		content = changed;
	}
	return content;
}

static void set_corrected(struct judgement *j, const struct act *act,
                          const Civil__V1__Content *content)
{
	struct matter *matter = &j->target_corrected;

	matter->header = j->event->header;
	matter->parties = j->own.parties;
	matter->party_count = j->own.party_count;
	matter->case_id = bytes_of(act->header->case_id.data, act->header->case_id.len);
	matter->registered_day = act->registered_day;
	matter->corrected = true;
	matter->is_act = true;
	matter->index = act->index;
	matter->event_id = act->event_id;
	/* A paper says its kind by what it carries; elsewhere the content's is the act's. */
	matter_set_content(j, matter, act->kind, content);
}

static struct bytes of(const ProtobufCBinaryData *field)
{
	return bytes_of(field->data, field->len);
}

/* The act behind a revocation: what it revoked may itself have given an act back. Each target is
 * older than what targets it, so the walk ends. */
static bool find_returning(struct judgement *j, struct act *act,
                           const Civil__V1__Content *revocation)
{
	struct bytes target = of(&revocation->revocation->target);
	struct stored_record record;

	while (judgement_settle(j, view_record_by_event(j->view, &record, target)) &&
	       record.event.content != NULL) {
		const Civil__V1__Content *content = record.event.content;

		if (content->kind_case == CONTENT_CASE(REINSTATEMENT)) {
			target = of(&content->reinstatement->target);
		} else if (content->kind_case == CONTENT_CASE(REVOCATION)) {
			target = of(&content->revocation->target);
		} else {
			return judgement_settle(j, acts_find(j->view, act, target));
		}
	}
	return false;
}

void judgement_correct(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	const struct act *target;
	struct act returning;

	if (content->kind_case == CONTENT_CASE(REINSTATEMENT)) {
		if (judgement_target(j, &target) && target->content != NULL &&
		    target->kind->id == KIND_REVOCATION &&
		    find_returning(j, &returning, target->content)) {
			set_corrected(j, &returning, returning.content);
		}
	} else if (content->kind_case == CONTENT_CASE(CORRECTION)) {
		content = judgement_target(j, &target) && target->message != NULL
		                  ? corrected_content(j, target)
		                  : NULL;
		if (content != NULL) {
			set_corrected(j, target, content);
		}
	}
}
