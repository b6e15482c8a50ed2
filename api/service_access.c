/* AccessService: who asked about a person; what a caller or an office asked and tried. */
#include "api/question.h"
#include "node/access_list.h"

#include "civil/v1/access_service.pb-c.h"

#define SERVICE "civil.v1.AccessService"

static enum status list(const struct asking *asking, Civil__V1__ListAccessesResponse **out,
                        const Civil__V1__ListAccessesRequest *request)
{
	struct store_view *log = store_view_begin(node_access_store(asking->services->node));
	enum status status = log == NULL
	                             ? STATUS_NO_MEMORY
	                             : access_list(asking->view, log, out, request, asking->today);

	store_view_end(log);
	return status;
}

static enum status audit(const struct asking *asking, Civil__V1__AuditAccessesResponse **out,
                         const Civil__V1__AuditAccessesRequest *request)
{
	struct store_view *log = store_view_begin(node_access_store(asking->services->node));
	enum status status = log == NULL
	                             ? STATUS_NO_MEMORY
	                             : access_audit(asking->view, log, out, request, asking->today);

	store_view_end(log);
	return status;
}

QUESTION(list_accesses, ListAccessesRequest, ListAccessesResponse, list(asking, &response, request))
QUESTION(audit_accesses, AuditAccessesRequest, AuditAccessesResponse,
         audit(asking, &response, request))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, ListAccesses, list_accesses),
	QUESTION_METHOD(SERVICE, AuditAccesses, audit_accesses),
};

struct service service_access(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
