/* Which kinds of acts a reference may name: rule S13 asks, ledger/rules/target.c says where.
 *
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_RULES_TARGET_FITS_H
#define LEDGER_RULES_TARGET_FITS_H

#include "ledger/event/kind.h"

/* One kind each. */
bool fits_marriage(const struct kind *kind);
bool fits_notice(const struct kind *kind);
bool fits_objection(const struct kind *kind);
bool fits_adoption(const struct kind *kind);
bool fits_guardianship(const struct kind *kind);
bool fits_block(const struct kind *kind);
bool fits_death(const struct kind *kind);
bool fits_revocation(const struct kind *kind);
bool fits_hold(const struct kind *kind);
bool fits_court_decision(const struct kind *kind);
bool fits_departure(const struct kind *kind);
bool fits_application(const struct kind *kind);
bool fits_statelessness(const struct kind *kind);
bool fits_merge(const struct kind *kind);
bool fits_certificate(const struct kind *kind);
bool fits_digitised(const struct kind *kind);
bool fits_verified(const struct kind *kind);

/* A digitised or verified paper. */
bool fits_paper(const struct kind *kind);

/* Acts of persons: what amends, repairs identities or governs is not corrected. */
bool fits_correctable(const struct kind *kind);

/* A death or presumed death. */
bool fits_end_of_life(const struct kind *kind);

/* Acts that name persons and that no verb of their own undoes. */
bool fits_revocable(const struct kind *kind);

/* Acts that state something of persons. */
bool fits_erasable(const struct kind *kind);

/* An act of seal. */
bool fits_seal(const struct kind *kind);

/* What seals may be opened: a seal, or the adoption that sealed. */
bool fits_sealing(const struct kind *kind);

/* Acts of persons that certificates tell of. */
bool fits_certifiable(const struct kind *kind);

/* Who lost or renounced a nationality may get it back. */
bool fits_end_of_nationality(const struct kind *kind);

#endif
