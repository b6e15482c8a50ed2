/* Adoptions for tests over a register (tests/support/register.h).
 *
 * Thread and memory as register.h. */
#ifndef TESTS_SUPPORT_REGISTER_FILIATION_H
#define TESTS_SUPPORT_REGISTER_FILIATION_H

#include "tests/support/register_content.h"

/* Decision of CC.court-07, final today, that orders the kind for the persons of `parts`, about
 * `target` (NULL: none); its event id. */
struct hash reg_decided_for(struct reg *reg, const char *kind, const struct reg_part *parts,
                            const struct hash *target);

/* An adoption final today; `decision` may be NULL. */
Civil__V1__Content *reg_adoption(struct reg *reg, Civil__V1__AdoptionForm form,
                                 const struct hash *decision);

/* Decided and registered by R.070803: child, adopter_a and perhaps adopter_b; its event id. The
 * child is called `name` (Khmer; NULL: as before), in Latin letters "Visal". */
struct hash reg_adopted(struct reg *reg, Civil__V1__AdoptionForm form, const struct reg_part *parts,
                        const char *name);

/* The end of an adoption, final today, decided and offered by R.070803. */
const char *reg_adoption_ended(struct reg *reg, const struct hash *adoption,
                               const struct reg_part *parts);

#endif
