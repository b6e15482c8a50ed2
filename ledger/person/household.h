/* What an act does to a family book, in one shape for all kinds.
 *
 * Thread: pure. Memory: what is answered is shared with the content. */
#ifndef LEDGER_PERSON_HOUSEHOLD_H
#define LEDGER_PERSON_HOUSEHOLD_H

#include "ledger/base/bytes.h"

#include "civil/v1/content.pb-c.h"

struct book_act {
	char *const *from; /* numbers of the books that the act speaks of */
	size_t from_count; /* none when a book is opened */
	char *into;        /* book in which those named are afterwards; NULL: in none */
	bool opens;        /* that book is a new one */
	struct bytes unit; /* dwelling of a new one */
	Civil__V1__FamilyRelation *const *relations;
	size_t relation_count;
	const Civil__V1__Date *date;
};

/* Reads a content of class household; false for any other. */
bool book_act_of(struct book_act *out, const Civil__V1__Content *content);

/* What the person is to the head; NULL when the act does not say. */
char *book_act_relation(const struct book_act *act, struct bytes person);

#endif
