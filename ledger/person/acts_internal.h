/* Parts of ledger/person/acts.c that the fold and the cache share. Internal to ledger/person.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_ACTS_INTERNAL_H
#define LEDGER_PERSON_ACTS_INTERNAL_H

#include "ledger/person/acts.h"
#include "ledger/person/persona.h"

/* Reads the records with index >= from that name any id of the group, ascending.
 * STATUS_OK; STATUS_OUT_OF_RANGE beyond HISTORY_ACTS_MAX. */
enum status acts_records(struct view *view, struct stored_record **out, size_t *count,
                         const struct persona *persona, uint64_t from) NODISCARD;

/* The acts that these records bring into force for persona->person, corrected, in fold order, ids
 * of the group read as those whom they stand for. `trust`
 * asks whether their keys are compromised: true for answers, false for the cached state, which may
 * not depend on records that do not name the person. */
enum status acts_of_records(struct view *view, struct acts *out,
                            const struct stored_record *records, size_t count,
                            const struct persona *persona, bool trust) NODISCARD;

/* Puts another act among those in force, where fold order wants it. STATUS_OK; STATUS_NO_MEMORY. */
enum status acts_insert(struct acts *acts, const struct act *act, struct arena *arena) NODISCARD;

/* Role in which the act creates the person; SUBJECT_ROLE_UNSPECIFIED when it does not. */
Civil__V1__SubjectRole act_created_role(const struct act *act, const struct id *person);

#endif
