/* Reading an act with merged ids: each as whom it stands for. Internal to ledger/person.
 *
 * The record keeps its bytes; the act gets a header of its own. Thread and memory as ledger/view.h.
 */
#ifndef LEDGER_PERSON_READING_H
#define LEDGER_PERSON_READING_H

#include "ledger/person/acts.h"
#include "ledger/person/persona.h"

/* Reads the ids of the person's group, and no others: a fold may not depend on records that do not
 * name the person. Writes act->named. STATUS_NOT_FOUND when the act is about another one. */
enum status reading_for(struct view *view, struct act *act,
                        const struct persona *persona) NODISCARD;

/* Reads all ids; those of a merge or unmerge stay, since it speaks of the ids themselves. */
enum status reading_everybody(struct view *view, struct act *act) NODISCARD;

#endif
