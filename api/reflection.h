/* grpc.reflection v1 and v1alpha: lets tools such as `buf curl` ask which services and messages the
 * server has. Both versions have the same messages under two names, so one handler serves both.
 *
 * Answers list the services given to reflection_new, and files with everything that they import.
 * Nothing here is secret: the schema is public; still it can be left out of a server.
 * Thread: constant after reflection_new. */
#ifndef API_REFLECTION_H
#define API_REFLECTION_H

#include "api/service.h"
#include "ledger/base/status.h"

enum { REFLECTION_SERVICES_MAX = 32, REFLECTION_VERSIONS = 2 };

struct reflection;

/* Keeps pointers to the services' names. Itself is listed besides. STATUS_NO_MEMORY. */
enum status reflection_new(struct reflection **out, const struct service *const services[],
                           size_t services_count) NODISCARD;

/* After rpc_server_stop. Accepts NULL. */
void reflection_free(struct reflection *reflection);

/* The services to give to the server: v1 at 0, v1alpha at 1. */
const struct service *reflection_service(const struct reflection *reflection, size_t version);

#endif
