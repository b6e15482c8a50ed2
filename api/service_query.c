/* QueryService: each call is one pure function of ledger/query over a snapshot. */
#include "api/question.h"
#include "ledger/query/compare_known.h"
#include "ledger/query/document_status.h"
#include "ledger/query/find_act.h"
#include "ledger/query/get_case.h"
#include "ledger/query/get_history.h"
#include "ledger/query/get_person.h"
#include "ledger/query/search_person.h"

#define SERVICE "civil.v1.QueryService"

QUESTION(get_person, GetPersonRequest, GetPersonResponse,
         query_get_person(asking->view, &response, request, asking->today))
QUESTION(get_history, GetHistoryRequest, GetHistoryResponse,
         query_get_history(asking->view, &response, request, asking->today))
QUESTION(compare_known, CompareKnownRequest, CompareKnownResponse,
         query_compare_known(asking->view, &response, request, asking->today))
QUESTION(find_act, FindActRequest, FindActResponse,
         query_find_act(asking->view, &response, request))
QUESTION(get_document_status, GetDocumentStatusRequest, GetDocumentStatusResponse,
         query_document_status(asking->view, &response, request, asking->today))
QUESTION(get_case, GetCaseRequest, GetCaseResponse,
         query_get_case(asking->view, &response, request))
QUESTION(search_person, SearchPersonRequest, SearchPersonResponse,
         query_search_person(asking->view, &response, request, asking->today))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, GetPerson, get_person),
	QUESTION_METHOD(SERVICE, GetHistory, get_history),
	QUESTION_METHOD(SERVICE, CompareKnown, compare_known),
	QUESTION_METHOD(SERVICE, FindAct, find_act),
	QUESTION_METHOD(SERVICE, GetDocumentStatus, get_document_status),
	QUESTION_METHOD(SERVICE, GetCase, get_case),
	QUESTION_METHOD(SERVICE, SearchPerson, search_person),
};

struct service service_query(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
