/* HouseholdService: who lives together. */
#include "api/question.h"
#include "ledger/query/list_household.h"

#define SERVICE "civil.v1.HouseholdService"

QUESTION(list_residents, ListResidentsRequest, ListResidentsResponse,
         query_list_residents(asking->view, &response, request, asking->today))
QUESTION(list_book_members, ListBookMembersRequest, ListBookMembersResponse,
         query_list_book_members(asking->view, &response, request, asking->today))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, ListResidents, list_residents),
	QUESTION_METHOD(SERVICE, ListBookMembers, list_book_members),
};

struct service service_household(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
