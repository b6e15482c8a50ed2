/* A person's state folded from all acts by hand, without the cache: what the kept one must equal.
 *
 * Fails the test on trouble. Memory: the view's arena. */
#ifndef TESTS_SUPPORT_FRESH_FOLD_H
#define TESTS_SUPPORT_FRESH_FOLD_H

#include "ledger/person/state.h"

/* NULL when there are no acts by then. */
Civil__V1__PersonState *fresh_fold(struct view *view, const struct id *person, int32_t valid_day);

/* Fails, naming the first difference, unless both are the same to the byte. Either may be NULL. */
void assert_same_state(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b,
                       struct arena *arena, const char *what);

#endif
