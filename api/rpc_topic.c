#include "api/rpc_internal.h"
#include "ledger/base/assert.h"

#include <stdlib.h>

struct rpc_topic {
	pthread_mutex_t lock;
	struct rpc_link *first;
};

struct rpc_topic *rpc_topic_new(void)
{
	struct rpc_topic *topic = calloc(1, sizeof(*topic));

	if (topic != NULL) {
		(void)pthread_mutex_init(&topic->lock, NULL); /* cannot fail without attributes */
	}
	return topic;
}

void rpc_topic_free(struct rpc_topic *topic)
{
	if (topic == NULL) {
		return;
	}
	ASSERT(topic->first == NULL);
	(void)pthread_mutex_destroy(&topic->lock);
	free(topic);
}

void rpc_topic_insert(struct rpc_topic *topic, struct rpc_link *link, struct rpc_call *call)
{
	ASSERT(link->topic == NULL);
	(void)pthread_mutex_lock(&topic->lock);
	*link = (struct rpc_link){ .topic = topic, .call = call, .next = topic->first };
	if (topic->first != NULL) {
		topic->first->previous = link;
	}
	topic->first = link;
	(void)pthread_mutex_unlock(&topic->lock);
}

void rpc_topic_remove(struct rpc_link *link)
{
	struct rpc_topic *topic = link->topic;

	if (topic == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&topic->lock);
	if (link->previous != NULL) {
		link->previous->next = link->next;
	} else {
		topic->first = link->next;
	}
	if (link->next != NULL) {
		link->next->previous = link->previous;
	}
	(void)pthread_mutex_unlock(&topic->lock);
	*link = (struct rpc_link){ 0 };
}

void rpc_topic_publish(struct rpc_topic *topic)
{
	/* The lock keeps the calls: a call leaves its topics before its last reference goes. A wake
	 * only posts to a completion queue and never comes back here. */
	(void)pthread_mutex_lock(&topic->lock);
	for (struct rpc_link *link = topic->first; link != NULL; link = link->next) {
		rpc_call_wake(link->call);
	}
	(void)pthread_mutex_unlock(&topic->lock);
}

void rpc_call_subscribe(struct rpc_call *call, struct rpc_topic *topic)
{
	if (!atomic_load(&call->stream.closed)) {
		rpc_topic_insert(topic, &call->stream.subscribed, call);
	}
}
