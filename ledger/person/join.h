/* From records to acts: joins the steps of a case. Internal to ledger/person.
 *
 * A REGISTERED record of a kind with steps names the DECLARED it brings into force; its VERIFIED
 * and the number that was given are found in the case. Every other REGISTERED record states its act
 * itself, save those that amend another.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_JOIN_H
#define LEDGER_PERSON_JOIN_H

#include "ledger/person/acts.h"

/* Whether to ask for keys known as compromised. A key found out before the record `affirmed` (0:
 * none) does not count: the act was affirmed in spite of it. */
struct join_trust {
	bool asked;
	uint64_t affirmed;
};

/* Makes the act that `record` brings into force, before corrections. `known` are records that are
 * at hand (those of a person, or none); others of the case are read. `trust` asks whether a key
 * that signed any record of the act is compromised, and sets `disputed`.
 * STATUS_OK; STATUS_NOT_FOUND when the record brings no act into force. */
enum status join_act(struct view *view, struct act *out, const struct stored_record *record,
                     const struct stored_record *known, size_t known_count,
                     struct join_trust trust) NODISCARD;

/* Reads kind, message and valid date anew from act->content; a malformed date is the day of
 * declaration. STATUS_OK; STATUS_NOT_FOUND when the content states no act. */
enum status join_read_content(struct act *act) NODISCARD;

/* True when the record may bring an act into force. */
bool join_is_act(const struct stored_record *record);

#endif
