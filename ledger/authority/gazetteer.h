/* Areas of the country by version, and what became of them.
 *
 * A version is in force from its effective_on to the day before the next version's, once its last
 * part is on the ledger. Codes of 2, 4, 6, 8 digits; a longer code lies in the area it begins with.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_AUTHORITY_GAZETTEER_H
#define LEDGER_AUTHORITY_GAZETTEER_H

#include "ledger/base/date.h"
#include "ledger/view.h"

enum { AREA_CODE_MAX = 8 };

struct area {
	char code[AREA_CODE_MAX + 1];
	const char *km;
	const char *latin;
};

/* STATUS_NOT_FOUND when the version has no such code or is not complete. */
enum status gazetteer_area(struct view *view, struct area *out, const char *version,
                           const char *code) NODISCARD;

/* Whether the version is in force on a day of the interval: YES on all, NO on none. */
enum status gazetteer_in_force(struct view *view, enum ternary *out, const char *version,
                               struct interval days) NODISCARD;

/* Version in force on a day, "" when none is. `out` holds 33 bytes. */
enum status gazetteer_on(struct view *view, char out[33], int32_t day) NODISCARD;

/* The code after all successions up to and including `day`, and the version in force then. A code
 * without successions is its own successor. */
enum status gazetteer_successor(struct view *view, char out[AREA_CODE_MAX + 1], const char *version,
                                const char *code, int32_t day) NODISCARD;

/* Whether this part of a version is on the ledger, complete or not. Rule S15. */
enum status gazetteer_has_part(struct view *view, bool *has, const char *version,
                               int32_t part) NODISCARD;

/* True when `area` is `code` or contains it: area codes are prefixes. */
bool gazetteer_contains(const char *area, const char *code);

#endif
