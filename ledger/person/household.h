/* What an act does to a family book, in one shape for all kinds; and whom the index of persons
 * (view_residents, view_book_members) stands for when identities were merged.
 *
 * Thread and memory as ledger/view.h. What is answered is shared with the content. */
#ifndef LEDGER_PERSON_HOUSEHOLD_H
#define LEDGER_PERSON_HOUSEHOLD_H

#include "ledger/view.h"

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

/* Replaces an id that the index of a unit, or of a book, gave by the one it stands for. `*first`:
 * no smaller id of the index stands for the same person, so that everybody counts once.
 * STATUS_OK; trouble of the store. */
enum status household_resident(struct view *view, bool *first, struct id *person,
                               struct bytes unit) NODISCARD;
enum status household_member(struct view *view, bool *first, struct id *person,
                             const char *book_number) NODISCARD;

#endif
