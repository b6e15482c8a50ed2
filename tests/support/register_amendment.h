/* Contents that amend acts, and of courts, with values that break no rule of the ground
 * (tests/support/register.h). Dates default to reg->today.
 *
 * Thread and memory as register.h. */
#ifndef TESTS_SUPPORT_REGISTER_AMENDMENT_H
#define TESTS_SUPPORT_REGISTER_AMENDMENT_H

#include "tests/support/register_content.h"

/* A seal of an act (of the person: NULL) until a day (NULL: for ever), without its decision. */
Civil__V1__Content *reg_seal(struct reg *reg, const struct hash *target, const char *until);

Civil__V1__Content *reg_revocation(struct reg *reg, const struct hash *target, bool ex_nunc);
Civil__V1__Content *reg_reinstatement(struct reg *reg, const struct hash *target);
Civil__V1__Content *reg_death_revoked(struct reg *reg, const struct hash *target);
Civil__V1__Content *reg_cause(struct reg *reg, const struct hash *target, const char *icd);
Civil__V1__Content *reg_disappearance(struct reg *reg, const char *last_seen, const char *place);
/* Cites the decision, or none when it is NULL: then an unknown one. */
Civil__V1__Content *reg_presumed(struct reg *reg, const char *on, const struct hash *decision);
Civil__V1__Content *reg_dispute(struct reg *reg, const struct hash *target);
Civil__V1__Content *reg_dispute_closed(struct reg *reg, const struct hash *target,
                                       Civil__V1__DisputeOutcome outcome);
/* Scope act when `target` is given, else scope person. `until` may be NULL. */
Civil__V1__Content *reg_hold(struct reg *reg, const struct hash *target, const char *until);
Civil__V1__Content *reg_hold_lifted(struct reg *reg, const struct hash *hold);

/* Revokes the act under a decision that orders it, and asserts that a record was made. */
struct hash reg_revoked(struct reg *reg, const struct hash *target, const struct reg_part *parts,
                        bool ex_nunc);

/* State on a day as known at a size (UINT64_MAX: now), folded from the records; NULL when there is
 * none. Lives until reg_end. */
const Civil__V1__PersonState *reg_state_at(struct reg *reg, const struct id *person,
                                           const char *day, uint64_t size);

#endif
