/* Contents about family books, stays and hidden addresses, for a register
 * (tests/support/register.h). `parts` are the subjects of the act, ended by role 0: each member
 * among them gets the relation "child".
 *
 * Thread: one. Memory: of the register. */
#ifndef TESTS_SUPPORT_REGISTER_HOUSEHOLD_H
#define TESTS_SUPPORT_REGISTER_HOUSEHOLD_H

#include "tests/support/register.h"

Civil__V1__Content *reg_book_opened(struct reg *reg, const struct reg_part *parts,
                                    const char *number, const struct id *unit, const char *date);
Civil__V1__Content *reg_book_added(struct reg *reg, const struct reg_part *parts,
                                   const char *number, const char *date);
Civil__V1__Content *reg_book_removed(struct reg *reg, const char *number, const char *date);
Civil__V1__Content *reg_book_headed(struct reg *reg, const struct reg_part *parts,
                                    const char *number, const char *date);
Civil__V1__Content *reg_book_closed(struct reg *reg, const char *number, const char *date);

/* The book or books that an act ends or leaves, and the new one. */
struct reg_books {
	const char *number;
	const char *second; /* of a merger */
	const char *into;
	const struct id *unit;
};
Civil__V1__Content *reg_book_split(struct reg *reg, const struct reg_part *parts,
                                   const struct reg_books *books, const char *date);
Civil__V1__Content *reg_book_replaced(struct reg *reg, const struct reg_part *parts,
                                      const struct reg_books *books, const char *date);
Civil__V1__Content *reg_book_merged(struct reg *reg, const struct reg_part *parts,
                                    const struct reg_books *books, const char *date);

/* A stay in a unit, and a hidden address; `until` may be NULL for the latter. */
Civil__V1__Content *reg_stay(struct reg *reg, const struct id *unit, const char *from,
                             const char *until);
Civil__V1__Content *reg_hidden(struct reg *reg, const char *from, const char *until);

#endif
