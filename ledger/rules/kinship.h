/* Kinship by the edges of states: parents belong to the child's state, so climbing finds them all.
 *
 * Degrees are counted as in civil law: steps up to the common ancestor and down again, so brother
 * and sister are 2, uncle and niece 3. Adoption makes kin, and takes none away: the parents whose
 * place adopters took are climbed too. What a search finds is never told, only that it found.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_KINSHIP_H
#define LEDGER_RULES_KINSHIP_H

#include "ledger/rules/judgement.h"

/* True when b is a, a's spouse in force, ascendant, descendant or sibling. Rule S04. */
bool kinship_close(struct judgement *j, const struct id *a, const struct id *b);

/* True when one descends from the other, or both from an ancestor with steps up and down
 * together <= degree. */
bool kinship_forbids(struct judgement *j, const struct id *a, const struct id *b, int32_t degree);

/* True when a is b, or descends from b. Rule S17. */
bool kinship_descends(struct judgement *j, const struct id *a, const struct id *b);

/* State of anybody, NULL when not REGISTERED: of a party when the person is one, so that it is read
 * once. */
const Civil__V1__PersonState *kinship_state(struct judgement *j, const struct id *person);

/* True when one is an ascendant of the other, or they are married now. */
bool kinship_direct(struct judgement *j, const struct id *a, const struct id *b);

#endif
