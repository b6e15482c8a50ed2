/* Who signed, and what each signature is good for at this step.
 *
 * Seats are filled first, each by an officer of its own; who fills none may stand beside as
 * plausibility second or approver when entitled at another step of the kind. Higher reach contains
 * lower: a provincial registrar may stand in for a verifier, never for a registrar.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_SIGNER_H
#define LEDGER_RULES_SIGNER_H

#include "ledger/rules/judgement.h"

/* The seats of the step being judged. */
struct seats {
	struct kind_seat seat[KIND_SEATS_MAX];
	size_t count;
	size_t filled;
};

/* Reads keys and offices of all signers and gives each its part. */
void signers_load(struct judgement *j);

/* The seats of this step, in the variant that the content or the signers choose. */
void signers_seats(const struct judgement *j, struct seats *seats);

/* Roles that may sign where `roles` may: a province stands in for its districts. */
uint32_t signer_with_stand_ins(uint32_t roles);

/* True when somebody with these roles may sign the kind at some step. */
bool signer_entitled(const struct kind *kind, uint32_t roles);

/* Reach of an officer: 1 commune, 2 district, 3 province, 4 nation. */
int signer_level(uint32_t roles);

/* True when a signature of the event beside the seats makes broken plausibility rules pass: another
 * officer, entitled, of the same or a higher level. */
bool signers_have_second(struct judgement *j, const struct event *event);

/* True when an officer of this event signed the other too. */
bool signers_overlap(struct judgement *j, const struct event *other);

/* True when an officer who fills a seat of this event signed the other. */
bool signers_registrar_signed(struct judgement *j, const struct event *other);

/* True when a signer of this event signed `other` as a registrar. */
bool signers_are_registrars(struct judgement *j, const struct event *other);

/* Distinct officers of this event; of this event and all records of its case. */
size_t signers_of_event(struct judgement *j);
size_t signers_of_case(struct judgement *j);

#endif
