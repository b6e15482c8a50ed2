/* KinshipService: kin, paths between persons, heirs. */
#include "api/question.h"
#include "ledger/query/find_path.h"
#include "ledger/query/list_heirs.h"
#include "ledger/query/list_kin.h"

#define SERVICE "civil.v1.KinshipService"

QUESTION(list_kin, ListKinRequest, ListKinResponse,
         query_list_kin(asking->view, &response, request, asking->today))
QUESTION(find_path, FindPathRequest, FindPathResponse,
         query_find_path(asking->view, &response, request, asking->today))
QUESTION(list_heirs, ListHeirsRequest, ListHeirsResponse,
         query_list_heirs(asking->view, &response, request))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, ListKin, list_kin),
	QUESTION_METHOD(SERVICE, FindPath, find_path),
	QUESTION_METHOD(SERVICE, ListHeirs, list_heirs),
};

struct service service_kinship(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
