#include "api/health.h"

#include "api/rpc_call.h"
#include "grpc/health/v1/health.pb-c.h"
#include "ledger/base/assert.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef Grpc__Health__V1__HealthCheckRequest Request;
typedef Grpc__Health__V1__HealthCheckResponse Response;
typedef Grpc__Health__V1__HealthCheckResponse__ServingStatus ServingStatus;

#define SERVING         GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVING
#define NOT_SERVING     GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__NOT_SERVING
#define SERVICE_UNKNOWN GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVICE_UNKNOWN

enum { METHODS_COUNT = 2 };

struct health {
	struct service service;
	struct rpc_topic *topic; /* published on every change */
	pthread_mutex_t lock;    /* the fields below */
	size_t names_count;
	char names[HEALTH_NAMES_MAX][HEALTH_NAME_MAX];
	bool serving[HEALTH_NAMES_MAX];
};

/* A watch: which name, and what was told last. */
struct health_watch {
	char name[HEALTH_NAME_MAX];
	ServingStatus told;
	bool has_told;
};

static ServingStatus health_look(struct health *health, const char *name)
{
	ServingStatus found = SERVICE_UNKNOWN;

	(void)pthread_mutex_lock(&health->lock);
	for (size_t i = 0; i < health->names_count; i++) {
		if (strcmp(health->names[i], name) == 0) {
			found = health->serving[i] ? SERVING : NOT_SERVING;
		}
	}
	(void)pthread_mutex_unlock(&health->lock);
	return found;
}

static void health_check(struct rpc_call *call, void *context)
{
	const Request *request = rpc_call_request(call);
	Response response;
	struct detail detail;

	grpc__health__v1__health_check_response__init(&response);
	response.status = health_look(context, request->service);
	if (response.status == SERVICE_UNKNOWN) {
		detail_set(&detail, "service", "no such service");
		rpc_call_refuse(call, STATUS_NOT_FOUND, &detail);
		return;
	}
	rpc_call_reply(call, &response.base);
}

static void health_watch_start(struct rpc_call *call, void *context)
{
	struct health *health = context;
	const Request *request = rpc_call_request(call);
	struct health_watch *watch = calloc(1, sizeof(*watch));

	if (watch == NULL) {
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
		return;
	}
	/* A longer name is unknown in any case, and so is its beginning with an LF. */
	if (strlen(request->service) < sizeof(watch->name)) {
		(void)snprintf(watch->name, sizeof(watch->name), "%s", request->service);
	} else {
		(void)snprintf(watch->name, sizeof(watch->name), "\n");
	}
	rpc_call_set_state(call, watch);
	rpc_call_subscribe(call, health->topic);
}

static void health_watch_writable(struct rpc_call *call, void *context)
{
	struct health_watch *watch = rpc_call_state(call);
	ServingStatus now = health_look(context, watch->name);
	Response response;

	if (watch->has_told && watch->told == now) {
		return;
	}
	watch->told = now;
	watch->has_told = true;
	grpc__health__v1__health_check_response__init(&response);
	response.status = now;
	(void)rpc_call_send(call, &response.base); /* one message always has room here */
}

static const struct method health_methods[METHODS_COUNT] = {
	{
	        .path = "/grpc.health.v1.Health/Check",
	        .kind = METHOD_UNARY,
	        .request_bytes_max = 1024,
	        .request = &grpc__health__v1__health_check_request__descriptor,
	        .response = &grpc__health__v1__health_check_response__descriptor,
	        .start = health_check,
	},
	{
	        .path = "/grpc.health.v1.Health/Watch",
	        .kind = METHOD_SERVER_STREAM,
	        .request_bytes_max = 1024,
	        .request = &grpc__health__v1__health_check_request__descriptor,
	        .response = &grpc__health__v1__health_check_response__descriptor,
	        .start = health_watch_start,
	        .writable = health_watch_writable,
	        .state_free = free,
	},
};

static void health_add(struct health *health, const char *name)
{
	ASSERT(health->names_count < HEALTH_NAMES_MAX);
	ASSERT(strlen(name) < HEALTH_NAME_MAX);
	(void)snprintf(health->names[health->names_count++], HEALTH_NAME_MAX, "%s", name);
}

enum status health_new(struct health **out, const struct service *const services[],
                       size_t services_count)
{
	struct health *health = calloc(1, sizeof(*health));

	if (health == NULL) {
		return STATUS_NO_MEMORY;
	}
	health->topic = rpc_topic_new();
	if (health->topic == NULL) {
		free(health);
		return STATUS_NO_MEMORY;
	}
	(void)pthread_mutex_init(&health->lock, NULL);
	health_add(health, HEALTH_SERVER);
	health_add(health, HEALTH_READ);
	health_add(health, HEALTH_WRITE);
	for (size_t i = 0; i < services_count; i++) {
		health_add(health, services[i]->name);
	}
	health->service = (struct service){
		.name = "grpc.health.v1.Health",
		.methods = health_methods,
		.methods_count = METHODS_COUNT,
		.context = health,
	};
	*out = health;
	return STATUS_OK;
}

void health_free(struct health *health)
{
	if (health == NULL) {
		return;
	}
	rpc_topic_free(health->topic);
	(void)pthread_mutex_destroy(&health->lock);
	free(health);
}

const struct service *health_service(const struct health *health)
{
	return &health->service;
}

void health_set(struct health *health, const char *name, bool serving)
{
	(void)pthread_mutex_lock(&health->lock);
	for (size_t i = 0; i < health->names_count; i++) {
		if (strcmp(health->names[i], name) == 0) {
			health->serving[i] = serving;
		}
	}
	(void)pthread_mutex_unlock(&health->lock);
	rpc_topic_publish(health->topic);
}

void health_set_all(struct health *health, bool serving)
{
	(void)pthread_mutex_lock(&health->lock);
	for (size_t i = 0; i < health->names_count; i++) {
		health->serving[i] = serving;
	}
	(void)pthread_mutex_unlock(&health->lock);
	rpc_topic_publish(health->topic);
}

bool health_get(struct health *health, const char *name)
{
	return health_look(health, name) == SERVING;
}
