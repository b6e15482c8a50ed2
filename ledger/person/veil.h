/* What a full adoption looks like to whoever may not know of it: a birth.
 *
 * The adoption seals the birth act and itself (ledger/sealing.h). In their place a reader without
 * the warrant finds one act, the face of the adoption: the birth as corrected, with the adopters as
 * parents, the name given, no registration number, and the id and index of the adoption's record.
 * It stands on the day of birth, at every known position that knows the child, in the states of
 * child and adopters; the earlier parents have none. A child that has no birth act gets the
 * adoption itself as face: the step tells its parents as by birth.
 *
 * The last adoption that stands and is shut to the reader has the face; what a court has sealed
 * beside has none.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_VEIL_H
#define LEDGER_PERSON_VEIL_H

#include "ledger/person/acts.h"
#include "ledger/person/persona.h"

/* True when the content is that of an adoption that seals. */
bool veil_is_full(const Civil__V1__Content *content);

/* The face of a full adoption, read with all corrections. `known`: a view without reader that knows
 * the birth. STATUS_OK; STATUS_NOT_FOUND when the child is not known to it; trouble of the store.
 */
enum status veil_face(struct view *known, struct act *out, const struct act *adoption) NODISCARD;

/* Adds the faces that the view's reader finds in the acts of a person. Without a reader nothing
 * happens. STATUS_OK; STATUS_NO_MEMORY; trouble of the store. */
enum status veil_add(struct view *view, struct acts *acts, const struct persona *persona) NODISCARD;

/* Takes away what documents issued before tell of an earlier name: the differences in the name. */
void veil_hide_names(Civil__V1__PersonState *state, const struct acts *acts,
                     const struct id *person);

#endif
