#include "ledger/query/document_status.h"

#include "ledger/person/state.h"
#include "ledger/query/query.h"

#define ANSWER(name) CIVIL__V1__DOCUMENT_ANSWER__DOCUMENT_ANSWER_##name

/* Answer by DocumentStatus. */
static const Civil__V1__DocumentAnswer answers[] = {
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_UNSPECIFIED] = ANSWER(UNKNOWN),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_APPLIED] = ANSWER(UNKNOWN),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_LIVE] = ANSWER(VALID),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_DELIVERED] = ANSWER(VALID),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_LOST] = ANSWER(LOST),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_STOLEN] = ANSWER(LOST),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_FOUND] = ANSWER(VALID),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_SUSPENDED] = ANSWER(SUSPENDED),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_REPLACED] = ANSWER(SUPERSEDED),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_REVOKED] = ANSWER(REVOKED),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_CANCELLED] = ANSWER(REVOKED),
	[CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_EXPIRED] = ANSWER(EXPIRED),
};

static bool is_disputed(const Civil__V1__Provenance *provenance)
{
	return provenance != NULL && provenance->disputed;
}

static Civil__V1__DocumentAnswer answer_of(const Civil__V1__PersonState *state,
                                           const char *document_class, const char *number)
{
	for (size_t i = 0; i < state->n_documents; i++) {
		const Civil__V1__PersonDocument *document = state->documents[i];
		Civil__V1__DocumentAnswer answer;

		if (strcmp(document->document_class, document_class) != 0 ||
		    strcmp(document->number, number) != 0) {
			continue;
		}
		answer = answers[document->status];
		if (answer == ANSWER(VALID) &&
		    (is_disputed(document->provenance) ||
		     (state->birth != NULL && is_disputed(state->birth->provenance)))) {
			answer = ANSWER(SUSPENDED);
		}
		return answer;
	}
	return ANSWER(UNKNOWN);
}

/* A certificate is superseded when its act was amended, revoked when it was withdrawn. */
static Civil__V1__DocumentAnswer certificate_answer(const Civil__V1__PersonState *state,
                                                    const char *serial)
{
	static const Civil__V1__DocumentAnswer by_status[] = { ANSWER(UNKNOWN), ANSWER(VALID),
		                                               ANSWER(SUPERSEDED),
		                                               ANSWER(REVOKED) };

	for (size_t i = 0; i < state->n_certificates; i++) {
		const Civil__V1__PersonCertificate *certificate = state->certificates[i];

		if (strcmp(certificate->serial, serial) == 0) {
			return is_disputed(certificate->provenance)
			               ? ANSWER(SUSPENDED)
			               : by_status[certificate->status];
		}
	}
	return ANSWER(UNKNOWN);
}

static bool sort_of_class(enum number_sort *out, const char *document_class)
{
	static const struct {
		const char *name;
		enum number_sort sort;
	} classes[] = {
		{ "id_card", NUMBER_ID_CARD },
		{ "passport", NUMBER_PASSPORT },
		{ "permit", NUMBER_PERMIT },
		{ "certificate", NUMBER_CERTIFICATE },
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (strcmp(classes[i].name, document_class) == 0) {
			*out = classes[i].sort;
			return true;
		}
	}
	return false;
}

static enum status look_up(struct query *query, Civil__V1__DocumentAnswer *answer,
                           enum number_sort sort,
                           const Civil__V1__GetDocumentStatusRequest *request, int32_t day)
{
	Civil__V1__PersonState *state;
	struct id holder;
	uint64_t index;
	enum status status =
	        view_number(&query->view, &holder, &index, sort, bytes_of_string(request->number));

	if (status == STATUS_OK) {
		status = state_at(&query->view, &state, &holder, day);
	}
	if (status == STATUS_OK) {
		status = state_resolve(&query->view, state, day, STATE_VALID_ALL);
	}
	if (status == STATUS_OK) {
		*answer = sort == NUMBER_CERTIFICATE
		                  ? certificate_answer(state, request->number)
		                  : answer_of(state, request->document_class, request->number);
	}
	if (status == STATUS_NOT_FOUND) {
		*answer = ANSWER(UNKNOWN);
		return STATUS_OK;
	}
	return status;
}

enum status query_document_status(struct view *view, Civil__V1__GetDocumentStatusResponse **out,
                                  const Civil__V1__GetDocumentStatusRequest *request, int32_t today)
{
	Civil__V1__GetDocumentStatusResponse *response;
	struct query query;
	enum number_sort sort;
	int32_t day;
	enum status status = query_begin(
	        &query, view,
	        request->known_case == CIVIL__V1__GET_DOCUMENT_STATUS_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status == STATUS_OK) {
		status = query_day(&day, request->valid, today);
	}
	if (status == STATUS_OK && !sort_of_class(&sort, request->document_class)) {
		status = STATUS_INVALID;
	}
	if (status != STATUS_OK) {
		return status;
	}
	response = query_new(&query, &civil__v1__get_document_status_response__descriptor);
	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(&query);
	if (response->position == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = look_up(&query, &response->answer, sort, request, day);
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}
