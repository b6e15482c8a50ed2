/* A service of every kind of method, over the messages of the health protocol: each request and
 * response is a HealthCheckRequest, whose `service` is the text.
 *
 *     Echo    unary          the same text
 *     Who     unary          the caller's certificate: "fingerprint subject", or "nobody"
 *     Remaining  unary       milliseconds until the deadline, as the handler sees it
 *     Park    unary          waits for echo_release, which answers from the thread of the test
 *     Refuse  unary          STATUS_REFUSED with two broken rules
 *     Count   server stream  as many messages as the text says, then the end
 *     News    server stream  one message "news" after each echo_publish, without end
 *     Chat    bidi           every text again; ends when the client does
 *     Hold    bidi           takes messages and consumes none until echo_release,
 *                            after which it is held no more
 *
 * Thread: handlers on a queue's thread, the functions below on the test's. */
#ifndef TESTS_SUPPORT_ECHO_H
#define TESTS_SUPPORT_ECHO_H

#include "api/rpc_call.h"

enum { ECHO_TEXT_MAX = 4096 };

struct echo;

struct echo *echo_new(void);
void echo_free(struct echo *echo); /* after the server is stopped */
const struct service *echo_service(const struct echo *echo);

/* Waits until so many calls are parked or held. */
void echo_wait_parked(struct echo *echo, size_t count);

/* Waits until Hold has taken so many messages. */
void echo_wait_held(struct echo *echo, size_t count);

/* Answers all calls that are parked, and consumes what is held. */
void echo_release(struct echo *echo);

void echo_publish(struct echo *echo);

/* Calls and streams whose state was freed since the start. */
size_t echo_states_freed(struct echo *echo);

/* Messages that Hold has taken. */
size_t echo_held(struct echo *echo);

#endif
