/* AttestationService: yes, no, unknown; same, different; free of impediments. */
#include "api/question.h"
#include "ledger/query/list_impediments.h"
#include "ledger/query/match_attributes.h"
#include "ledger/query/verify_attributes.h"

#define SERVICE "civil.v1.AttestationService"

QUESTION(verify_attributes, VerifyAttributesRequest, VerifyAttributesResponse,
         query_verify_attributes(asking->view, &response, request, asking->today))
QUESTION(match_attributes, MatchAttributesRequest, MatchAttributesResponse,
         query_match_attributes(asking->view, &response, request, asking->today))
QUESTION(list_impediments, ListImpedimentsRequest, ListImpedimentsResponse,
         query_list_impediments(asking->view, &response, request, asking->today))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, VerifyAttributes, verify_attributes),
	QUESTION_METHOD(SERVICE, MatchAttributes, match_attributes),
	QUESTION_METHOD(SERVICE, ListImpediments, list_impediments),
};

struct service service_attestation(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
