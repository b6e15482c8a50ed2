/* ConsistencyService: how well the papers of a person agree. */
#include "api/question.h"
#include "ledger/query/compare_documents.h"

#include "civil/v1/consistency.pb-c.h"

#define SERVICE "civil.v1.ConsistencyService"

QUESTION(compare_documents, CompareDocumentsRequest, CompareDocumentsResponse,
         query_compare_documents(asking->view, &response, request, asking->today))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, CompareDocuments, compare_documents),
};

struct service service_consistency(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
