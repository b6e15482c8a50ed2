/* The table of steps: what each kind of act does to a person, one family per file.
 *
 * A step gets an act that names the person and changes the state; the part of the person in the act
 * decides how. A kind without a row changes nothing (court_decision, governance).
 *
 * Thread: constant table, any thread. */
#ifndef LEDGER_PERSON_STEP_H
#define LEDGER_PERSON_STEP_H

#include "ledger/person/fold.h"

struct step {
	/* On the valid date; NULL when the kind changes no person. */
	void (*apply)(struct fold *fold, const struct act *act);
	/* A second effect on its own day, and that day; false when this act has none. */
	void (*follow)(struct fold *fold, const struct act *act);
	bool (*follow_day)(int32_t *day, const struct act *act);
	/* The act that this one builds on, among the person's; NULL when there is none. */
	const struct act *(*anchor)(const struct acts *acts, const struct act *act,
	                            const struct id *person);
};

/* Row of a kind. Total. */
const struct step *step_of_kind(enum kind_id kind);

/* Creates a person who is known from a paper that records another act. */
void step_create(struct fold *fold, const struct act *act, const Civil__V1__NewPerson *person);

/* vital.c */
void step_birth(struct fold *fold, const struct act *act);
void step_death(struct fold *fold, const struct act *act);
void step_death_documents(struct fold *fold, const struct act *act);
bool step_death_documents_day(int32_t *day, const struct act *act);
const struct act *step_death_anchor(const struct acts *acts, const struct act *act,
                                    const struct id *person);

/* union.c */
void step_marriage_notice(struct fold *fold, const struct act *act);
void step_marriage(struct fold *fold, const struct act *act);
void step_marriage_ended(struct fold *fold, const struct act *act);
bool step_marriage_ended_day(int32_t *day, const struct act *act);
void step_divorce(struct fold *fold, const struct act *act);
const struct act *step_divorce_anchor(const struct acts *acts, const struct act *act,
                                      const struct id *person);
/* The other spouse of a marriage or notice; false when the person is no spouse in it. */
bool union_spouse(const struct act *act, struct id *out, const struct id *person);
/* The person's marriage that an act (event id) concluded; NULL when there is none. */
Civil__V1__PersonMarriage *union_find(const struct fold *fold, struct bytes act);
/* Ends marriages in force with `spouse`, or all when NULL, by the death in `act`. */
void union_end_by_death(struct fold *fold, const struct act *act, const struct id *spouse);

/* residence.c */
void step_residence_departure(struct fold *fold, const struct act *act);
void step_residence_arrival(struct fold *fold, const struct act *act);
void residence_begin(struct fold *fold, const struct act *act, Civil__V1__Address *address,
                     ProtobufCBinaryData unit_id, Civil__V1__PartialDate *from, const char *fields);
/* Moves the residence to the former ones. */
void residence_end(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to);

/* number.c */
void step_number_allocated(struct fold *fold, const struct act *act);
/* Adds the numbers that the act gave to the person. */
void number_add(struct fold *fold, const struct act *act, Civil__V1__PartialDate *from);
/* Closes the live numbers. */
void number_close(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to);

/* document.c */
void step_document_applied(struct fold *fold, const struct act *act);
void step_document_issued(struct fold *fold, const struct act *act);
void step_document_renewed(struct fold *fold, const struct act *act);
void step_document_replaced(struct fold *fold, const struct act *act);
void step_document_status(struct fold *fold, const struct act *act); /* all other verbs */
const struct act *step_document_anchor(const struct acts *acts, const struct act *act,
                                       const struct id *person);
/* The issue inside a content; NULL when it issues no document. */
const Civil__V1__DocumentIssued *document_issue_of(const Civil__V1__Content *content);
/* Cancels all live documents from the day of the moment on. */
void document_cancel_live(struct fold *fold);
/* True for live, delivered, found: the holder may use it. */
bool document_is_live(Civil__V1__DocumentStatus status);

#endif
