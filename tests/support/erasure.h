/* A register with one birth that a court has erased, or is about to.
 *
 * Thread: one. Memory: everything lives until erasure_end. */
#ifndef TESTS_SUPPORT_ERASURE_H
#define TESTS_SUPPORT_ERASURE_H

#include "tests/support/register_amendment.h"

/* Given name of the child, which no other text of the register resembles; what is left of it. */
extern const char erasure_secret[];
extern const char erasure_left[];

struct erasure {
	struct reg *reg;
	struct id mother;
	struct id child;
	struct hash birth;         /* event id of the registration */
	struct reg_part family[3]; /* subjects of the birth */
};

/* Lays the ground over a store of the caller's, or in memory when it is NULL; and the birth. */
void erasure_begin(struct erasure *erasure, struct store *store);
void erasure_end(struct erasure *erasure);

/* A content_erased; `decision` NULL: an unknown one. */
Civil__V1__Content *erasure_order(struct reg *reg, const struct hash *target,
                                  const Civil__V1__Content *residue, const struct hash *decision);

/* A decision that orders the erasure of the birth. */
struct hash erasure_ordered(struct erasure *erasure);

/* Erases the birth under such a decision, down to a name and a date; the answer. */
const char *erasure_erase(struct erasure *erasure, const char *date);

/* Given name of the child as known at a size (UINT64_MAX: now). */
const char *erasure_name(struct erasure *erasure, uint64_t size);

/* Corrects the given name by a court; the answer. */
const char *erasure_correct(struct erasure *erasure, const char *before, const char *after);

#endif
