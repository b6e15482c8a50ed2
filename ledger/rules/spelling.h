/* How far two spellings lie apart.
 *
 *     distance = Levenshtein distance in code points, after dropping U+200B to U+200D
 *     close:  distance <= 4  and  2 * distance <= length of the longer         (catalogue, D3)
 *
 * Thread: pure. Memory: none. */
#ifndef LEDGER_RULES_SPELLING_H
#define LEDGER_RULES_SPELLING_H

#include <stdbool.h>

/* True for equal and for close spellings. Texts longer than a name part may be are not close. */
bool spelling_is_close(const char *a, const char *b);

#endif
