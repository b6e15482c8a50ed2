/* What would stand against a marriage: rules L03 to L07 asked about a wedding that is not declared.
 *
 * The rules themselves are asked, with a matter made for the purpose, so that the answer is what a
 * declaration on that day would meet. The part of a person follows from the sex: a woman is
 * spouse_b, anybody else spouse_a, unless the other's sex says otherwise.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_IMPEDIMENTS_H
#define LEDGER_RULES_IMPEDIMENTS_H

#include "ledger/view.h"

#include "civil/v1/common.pb-c.h"
#include "civil/v1/receipt.pb-c.h"

struct impediments {
	Civil__V1__RuleFinding **findings; /* by rule */
	size_t count;
	const char *law_version;     /* in force on the day; "" before the first */
	Civil__V1__SubjectRole role; /* of the person: spouse_a or spouse_b */
};

/* Judges a marriage of `person` on `day`; with `other` (NULL: nobody yet) also what concerns both.
 * STATUS_OK; STATUS_NOT_FOUND when one of them is not registered; trouble of the store. */
enum status rules_impediments(struct view *view, struct impediments *out, const struct id *person,
                              const struct id *other, int32_t day) NODISCARD;

#endif
