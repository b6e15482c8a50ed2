/* Applications of and for a person, and how far the office has come with each. */
#include "ledger/person/step.h"

#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name
#define STATUS(name)  CIVIL__V1__APPLICATION_STATUS__APPLICATION_STATUS_##name

static const char submitted_fields[] =
        " for_kind application_number channel delivery date office_id ";

void step_application_submitted(struct fold *fold, const struct act *act)
{
	const Civil__V1__ApplicationSubmitted *content = act->content->application_submitted;
	Civil__V1__PersonApplication *application =
	        fold_new(fold, &civil__v1__person_application__descriptor);

	if (application != NULL) {
		application->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		application->for_kind = content->for_kind;
		application->application_number = content->application_number;
		application->office_id = content->office_id;
		application->channel = content->channel;
		application->delivery = content->delivery;
		application->status = STATUS(SUBMITTED);
		application->status_since = fold_date(fold, fold->day);
		application->provenance = fold_provenance(
		        fold, act, fold_partial(fold, content->date), submitted_fields);
	}
	fold_append(fold, &fold->state->applications, &fold->state->n_applications, application);
}

struct bytes application_target(const Civil__V1__Content *content)
{
	const ProtobufCBinaryData *target;

	switch ((int)content->kind_case) {
	case CONTENT(APPLICATION_PROCESSING):
		target = &content->application_processing->application;
		break;
	case CONTENT(APPLICATION_READY):
		target = &content->application_ready->application;
		break;
	case CONTENT(APPLICATION_DELIVERED):
		target = &content->application_delivered->application;
		break;
	case CONTENT(APPLICATION_REFUSED):
		target = &content->application_refused->application;
		break;
	case CONTENT(APPLICATION_WITHDRAWN):
		target = &content->application_withdrawn->application;
		break;
	default:
		return bytes_of(NULL, 0);
	}
	return bytes_of(target->data, target->len);
}

const Civil__V1__PersonApplication *application_find(const Civil__V1__PersonState *state,
                                                     struct bytes act)
{
	for (size_t i = 0; i < state->n_applications; i++) {
		const ProtobufCBinaryData *id = &state->applications[i]->act;

		if (bytes_equal(bytes_of(id->data, id->len), act)) {
			return state->applications[i];
		}
	}
	return NULL;
}

static void set_status(Civil__V1__PersonApplication *application, const Civil__V1__Content *content)
{
	switch ((int)content->kind_case) {
	case CONTENT(APPLICATION_PROCESSING):
		application->status = STATUS(PROCESSING);
		break;
	case CONTENT(APPLICATION_READY):
		application->status = STATUS(READY);
		break;
	case CONTENT(APPLICATION_DELIVERED):
		application->status = STATUS(DELIVERED);
		application->delivered_how = content->application_delivered->delivered_how;
		break;
	case CONTENT(APPLICATION_REFUSED):
		application->status = STATUS(REFUSED);
		application->reason = content->application_refused->reason;
		application->appeal_until = content->application_refused->appeal_until;
		break;
	case CONTENT(APPLICATION_WITHDRAWN):
		application->status = STATUS(WITHDRAWN);
		break;
	}
}

void step_application_moved(struct fold *fold, const struct act *act)
{
	struct bytes target = application_target(act->content);

	for (size_t i = 0; i < fold->state->n_applications; i++) {
		Civil__V1__PersonApplication *application = fold->state->applications[i];

		if (bytes_equal(bytes_of(application->act.data, application->act.len), target)) {
			set_status(application, act->content);
			application->status_since = fold_date(fold, fold->day);
		}
	}
}

const struct act *step_application_anchor(const struct acts *acts, const struct act *act,
                                          const struct id *person)
{
	(void)person; /* the target says it all */
	return acts_by_event(acts, application_target(act->content));
}
