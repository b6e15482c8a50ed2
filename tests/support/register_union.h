/* Contents of what follows a notice or a wedding, of filiation, guardians and names, with values
 * that break no rule of the ground (tests/support/register.h). Dates are texts; a decision may be
 * NULL: then the field is absent.
 *
 * Thread and memory as register.h. */
#ifndef TESTS_SUPPORT_REGISTER_UNION_H
#define TESTS_SUPPORT_REGISTER_UNION_H

#include "tests/support/register_content.h"

/* A decision of CC.court-14, final today, that orders `kind` for the persons of the parts. */
struct hash reg_ordered(struct reg *reg, const char *kind, const struct reg_part *parts);

Civil__V1__Content *reg_objection(struct reg *reg, const struct hash *notice);
Civil__V1__Content *reg_objection_resolved(struct reg *reg, const struct hash *objection,
                                           bool upheld, const struct hash *decision);
Civil__V1__Content *reg_annulment(struct reg *reg, const struct hash *wedding,
                                  const struct hash *decision, const char *final_on,
                                  bool ab_initio);
Civil__V1__Content *reg_separation(struct reg *reg, const struct hash *wedding,
                                   const struct hash *decision, const char *final_on);
Civil__V1__Content *reg_reconciliation(struct reg *reg, const struct hash *wedding,
                                       const struct hash *decision, const char *final_on);
/* In force when `ended_on` is NULL. */
Civil__V1__Content *reg_resolved(struct reg *reg, const struct hash *wedding,
                                 const struct hash *decision, const char *ended_on);

#endif
