/* grpc.health.v1: says which services answer.
 *
 * Names: "" for the server as a whole, every service's full name, and two of our own:
 *     civil.read   the node answers reads
 *     civil.write  the node can take submissions now
 * All start as NOT_SERVING; the node sets them as it comes up, and takes "" and "civil.write" back
 * before it stops. Check of another name is NOT_FOUND; Watch of it says SERVICE_UNKNOWN, and goes
 * on, as the protocol demands.
 *
 * Thread: health_set and health_get from any; the rest from the owner.
 * Memory: names are copied. At most HEALTH_NAMES_MAX. */
#ifndef API_HEALTH_H
#define API_HEALTH_H

#include "api/service.h"
#include "ledger/base/status.h"

#include <stdbool.h>

enum { HEALTH_NAMES_MAX = 32, HEALTH_NAME_MAX = 64 };

#define HEALTH_SERVER ""
#define HEALTH_READ   "civil.read"
#define HEALTH_WRITE  "civil.write"

struct health;

/* Knows the three names above and those of `services`. STATUS_NO_MEMORY. */
enum status health_new(struct health **out, const struct service *const services[],
                       size_t services_count) NODISCARD;

/* After rpc_server_stop. Accepts NULL. */
void health_free(struct health *health);

/* The service to give to the server. */
const struct service *health_service(const struct health *health);

/* Sets a known name, and tells those who watch it. */
void health_set(struct health *health, const char *name, bool serving);

/* Sets all names. */
void health_set_all(struct health *health, bool serving);

/* False also for a name that is not known. */
bool health_get(struct health *health, const char *name);

#endif
