/* OfficeService: an office's cases, its persons with differing papers, suspected pairs, its
 * figures. */
#include "api/question.h"
#include "ledger/query/get_performance.h"
#include "ledger/query/list_cases.h"
#include "ledger/query/list_duplicates.h"
#include "ledger/query/list_inconsistencies.h"

#define SERVICE "civil.v1.OfficeService"

QUESTION(list_cases, ListCasesRequest, ListCasesResponse,
         query_list_cases(asking->view, &response, request, asking->today))
QUESTION(list_inconsistencies, ListInconsistenciesRequest, ListInconsistenciesResponse,
         query_list_inconsistencies(asking->view, &response, request, asking->today))
QUESTION(list_duplicates, ListDuplicatesRequest, ListDuplicatesResponse,
         query_list_duplicates(asking->view, &response, request, asking->today))
QUESTION(get_performance, GetPerformanceRequest, GetPerformanceResponse,
         query_get_performance(asking->view, &response, request))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, ListCases, list_cases),
	QUESTION_METHOD(SERVICE, ListInconsistencies, list_inconsistencies),
	QUESTION_METHOD(SERVICE, ListDuplicates, list_duplicates),
	QUESTION_METHOD(SERVICE, GetPerformance, get_performance),
};

struct service service_office(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
