/* A mother's child whom a couple adopts, and readers of what is left to see: the ground of the
 * tests of adoptions that seal.
 *
 * Thread and memory as register.h. */
#ifndef TESTS_SUPPORT_ADOPTED_H
#define TESTS_SUPPORT_ADOPTED_H

#include "ledger/person/state.h"
#include "ledger/sealing.h"
#include "tests/support/register_filiation.h"

enum { ADOPTED_PARTS = 3 };
#define ADOPTED_NOW UINT64_MAX

struct adopted {
	struct reg *reg;
	struct id mother; /* has a daughter too: sister */
	struct id sister;
	struct id wife;
	struct id husband;
	struct id child;
	struct hash birth;                        /* the child's act */
	struct hash act;                          /* the adoption, from adopted_by_couple on */
	uint64_t index;                           /* of its record: the size just before it */
	struct reg_part parts[ADOPTED_PARTS + 1]; /* child, wife, husband */
	struct ledger_view view;                  /* of the reader */
	struct reader reader;
};

/* Nobody is adopted yet; the day is 2026-02-02. */
void adopted_begin(struct adopted *adopted);
void adopted_end(struct adopted *adopted);

/* A full adoption of the child, who is called "Visal" from now on. */
void adopted_by_couple(struct adopted *adopted);

/* Begins and ends reading as "investigator" who names a warrant; NULL: none. */
void adopted_read(struct adopted *adopted, const char *warrant);
void adopted_read_end(struct adopted *adopted);

/* State on a day (NULL: all days) as known at a size, read so; NULL when there is none. */
const Civil__V1__PersonState *adopted_state(struct adopted *adopted, const struct id *person,
                                            const char *day, uint64_t size);

/* Whether the history, or the children, so read have the kind or the child. */
bool adopted_tells(struct adopted *adopted, const struct id *person, const char *kind);
bool adopted_has_child(struct adopted *adopted, const struct id *parent, const struct id *child,
                       uint64_t size);

#endif
