/* A province: a replica that follows the members of a world, and an office that works with its
 * outbox. What members sign and hold it sees at once or not at all: a way to a member loses calls,
 * spoils answers, and ends where the member is down.
 *
 * A member takes events as it takes a client's; while a call waits for its answer other things
 * happen, so that the province can fall meanwhile. Thread: one owner. Memory: province_free. */
#ifndef TESTS_SUPPORT_SIMULATOR_PROVINCE_H
#define TESTS_SUPPORT_SIMULATOR_PROVINCE_H

#include "tests/support/simulator/world.h"

struct province;

struct province *province_new(struct world *world);
void province_free(struct province *province);

/* Its part of what goes wrong in a second; in calm weather it only comes back. */
void province_second(struct province *province);

/* Everything is well again: it loses what is not synced, and starts. */
void province_calm(struct province *province);

/* A member has answered what was brought, or has lost it. */
void province_answered(struct province *province, const struct ticket *ticket);
void province_dropped(struct province *province);

/* What must hold when all is at rest. */
void province_check_end(struct province *province);

#endif
