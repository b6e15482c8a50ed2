/* StatisticsService: counts. Cells of few are told to those whom the operator lets read contents.
 */
#include "api/caller.h"
#include "api/question.h"
#include "ledger/log/tree.h"
#include "ledger/query/count_acts.h"

#include "civil/v1/statistics_service.pb-c.h"

#define SERVICE "civil.v1.StatisticsService"

/* The counts with the root of the tree that they were taken at. */
static enum status count_at_root(struct view *view, Civil__V1__CountActsResponse **out,
                                 const Civil__V1__CountActsRequest *request)
{
	struct hash root;
	enum status status = query_count_acts(view, out, request);

	if (status == STATUS_OK) {
		status = tree_root_at(view->store, &root, (*out)->position->known);
	}
	if (status == STATUS_OK) {
		(*out)->root.data = arena_copy(view->arena, bytes_of_hash(&root));
		(*out)->root.len = (*out)->root.data == NULL ? 0 : HASH_BYTES;
	}
	return status == STATUS_OK && (*out)->root.len == 0 ? STATUS_NO_MEMORY : status;
}

QUESTION(count_acts, CountActsRequest, CountActsResponse,
         count_at_root(asking->view, &response, request))

/* Refuses exact cells to callers who are no readers. */
static void count_for_caller(struct rpc_call *call, void *context)
{
	const Civil__V1__CountActsRequest *request = rpc_call_request(call);
	const struct services *services = context;
	struct detail detail;

	if (request->exact && services->content_readers != NULL &&
	    !caller_is_listed(rpc_call_peer(call), services->content_readers, services->demo)) {
		detail_set(&detail, "exact",
		           "cells below 5 are for the statistics office: content.readers does not "
		           "name this caller");
		rpc_call_refuse(call, STATUS_DENIED, &detail);
		return;
	}
	count_acts(call, context);
}

static const struct method methods[] = {
	{ .path = "/" SERVICE "/CountActs",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = QUESTION_BYTES_MAX,
	  .request = &civil__v1__count_acts_request__descriptor,
	  .response = &civil__v1__count_acts_response__descriptor,
	  .start = count_for_caller },
};

struct service service_statistics(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
