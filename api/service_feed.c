/* FeedService: what came since. */
#include "api/question.h"
#include "ledger/query/list_feed.h"

#include "civil/v1/feed_service.pb-c.h"

#define SERVICE "civil.v1.FeedService"

QUESTION(list_feed, ListFeedRequest, ListFeedResponse,
         query_list_feed(asking->view, &response, request))

static const struct method methods[] = {
	QUESTION_METHOD(SERVICE, ListFeed, list_feed),
};

struct service service_feed(struct services *services)
{
	return (struct service){ .name = SERVICE,
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
