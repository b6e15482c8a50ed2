/* A register in which somebody is looked for by name: query_search_person, asked as a reader of the
 * newest position.
 *
 * Thread: one. Memory: answers live until the next search. */
#ifndef TESTS_SUPPORT_SEARCHING_H
#define TESTS_SUPPORT_SEARCHING_H

#include "ledger/query/search_person.h"
#include "tests/support/register.h"

struct searching {
	struct reg *reg; /* of searching_begin; else NULL */
	struct ledger *ledger;
	struct ledger_view view;
	Civil__V1__SearchPersonRequest request;
	int32_t today;
};
extern struct searching searching;

/* A register of its own, on 2026-06-21; and its end. */
void searching_begin(void);
void searching_end(void);

/* The same over a ledger of the caller's; ends with ledger_view_end(&searching.view). */
void searching_in(struct ledger *ledger, const char *today);

/* An empty request but for the given name. */
void ask_anew(const char *given);

enum status search(Civil__V1__SearchPersonResponse **out);

/* Who is found: how many, and whether this one is. */
size_t found(const struct id *person, bool *is_there);
bool finds(const struct id *person, const char *given);

#endif
