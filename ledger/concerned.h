/* Whom a reading is about: the persons that its request names, and those whose own data its answer
 * tells. A relative in somebody's state is not among them: the state is the person's. For the log
 * of accesses.
 *
 * Thread and memory as the view's. */
#ifndef LEDGER_CONCERNED_H
#define LEDGER_CONCERNED_H

#include "ledger/base/arena.h"

struct event;
struct view;

struct concerned {
	struct arena *arena;
	struct id *persons;
	size_t count;
	size_t room;
	bool failed; /* there was no memory: the list is not whole */
};

/* Notes a person, once, for the reader of a view, where somebody wants to know. */
void concerned_note(const struct view *view, const struct id *person);

/* Notes everybody whom an act names. */
void concerned_note_all(const struct view *view, const struct event *event);

#endif
