/* Corrections applied to the acts they target. Internal to ledger/person.
 *
 * Corrections of one act apply in order of index, each setting its new values whatever stands (the
 * old values were compared when it was admitted). The act then reads as corrected: content, message
 * and valid date. Every correction on the ledger is in force until revocations are.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_AMEND_H
#define LEDGER_PERSON_AMEND_H

#include "ledger/person/acts.h"

/* True when the record is a correction; its content is then content->correction. */
bool amend_is_correction(const struct stored_record *record);

/* Applies every correction among `records` (ascending) that targets the act. A change
 * whose path or value does not fit changes nothing. `trust` as for join_act, for the
 * changes. STATUS_OK; STATUS_NO_MEMORY. */
enum status amend_act(struct view *view, struct act *act, const struct stored_record *records,
                      size_t count, bool trust) NODISCARD;

#endif
