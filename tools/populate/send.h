/* Streams events to a node and holds every answer against what was expected.
 *
 * Thread: one owner. Memory: a window of expectations, whatever the number of events. */
#ifndef TOOLS_POPULATE_SEND_H
#define TOOLS_POPULATE_SEND_H

#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"

struct sender;

/* Connects in plaintext to a node on the loopback and asks for its ledger. False, with the reason
 * in `detail`, when it cannot be reached. */
bool sender_open(struct sender **out, const char *address, struct detail *detail);

/* The ledger that the node serves. */
struct id sender_ledger(const struct sender *sender);

/* Sends one event; waits when too many are unanswered. False once an answer differed. */
bool sender_send(struct sender *sender, struct bytes signed_event, const char *expected);

/* Waits for all answers and closes. False, with the first difference in `detail`. Accepts NULL. */
bool sender_close(struct sender *sender, struct detail *detail);

#endif
