/* The table of steps: what each kind of act does to a person, one family per file.
 *
 * An act that was revoked ex tunc, or a death that never was, does nothing of this; what it leaves
 * behind all the same is in `remains`, `closing` and `follow_remains`: numbers that resolve for
 * ever, documents that only a document act brings back, marriages in dispute. One that was revoked
 * ex nunc does all of it until its day; then it `end`s, or is without effect from that day on.
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
	/* On the day from which a revocation ex nunc works; NULL: then nothing of the act stays. */
	void (*end)(struct fold *fold, const struct act *act);
	/* Of an act without effect: on its own day, and on the day on which that was decided. */
	void (*remains)(struct fold *fold, const struct act *act);
	void (*closing)(struct fold *fold, const struct act *act);
	bool follow_remains; /* `follow` happens without effect too */
};

/* Row of a kind. Total. */
const struct step *step_of_kind(enum kind_id kind);

/* Creates a person who is known from a paper that records another act. */
void step_create(struct fold *fold, const struct act *act, const Civil__V1__NewPerson *person);

/* vital.c */
void step_birth(struct fold *fold, const struct act *act);
void step_birth_remains(struct fold *fold, const struct act *act);
void step_birth_closing(struct fold *fold, const struct act *act);
void step_foetal_death(struct fold *fold, const struct act *act);

/* The edge belongs to the child; the parent keeps a hint where to look. */
void birth_hint(struct fold *fold, const struct act *act);

/* death.c */
void step_death(struct fold *fold, const struct act *act);
void step_presumed_death(struct fold *fold, const struct act *act);
void step_disappearance(struct fold *fold, const struct act *act);
void step_death_remains(struct fold *fold, const struct act *act);
void step_death_documents(struct fold *fold, const struct act *act);
bool step_death_documents_day(int32_t *day, const struct act *act);
const struct act *step_death_anchor(const struct acts *acts, const struct act *act,
                                    const struct id *person);

/* Day of a death or presumed death, as a partial date. */
Civil__V1__PartialDate *death_date(struct fold *fold, const struct act *act);

/* notice.c */
void step_marriage_notice(struct fold *fold, const struct act *act);
void step_objection(struct fold *fold, const struct act *act);
void step_objection_resolved(struct fold *fold, const struct act *act);
const struct act *step_objection_anchor(const struct acts *acts, const struct act *act,
                                        const struct id *person);
/* A wedding takes its notice (event id) down. */
void notice_remove(struct fold *fold, ProtobufCBinaryData act);

/* union.c */
void step_marriage(struct fold *fold, const struct act *act);
void step_marriage_ended(struct fold *fold, const struct act *act);
bool step_marriage_ended_day(int32_t *day, const struct act *act);
void step_marriage_revoked(struct fold *fold, const struct act *act);
void step_divorce(struct fold *fold, const struct act *act);
void step_annulment(struct fold *fold, const struct act *act);
void step_separation(struct fold *fold, const struct act *act);
void step_reconciliation(struct fold *fold, const struct act *act);
void step_marriage_resolved(struct fold *fold, const struct act *act);
const struct act *step_union_anchor(const struct acts *acts, const struct act *act,
                                    const struct id *person);
/* Event id of the marriage that a divorce, annulment, separation, reconciliation or settlement is
 * about; empty for other acts. */
struct bytes union_target(const struct act *act);
/* True when the act says that the marriage never was. */
bool union_annuls(const struct act *act, const struct act *marriage);
/* The other spouse of a marriage or notice; false when the person is no spouse in it. */
bool union_spouse(const struct act *act, struct id *out, const struct id *person);
/* The person's marriage that an act (event id) concluded; NULL when there is none. */
Civil__V1__PersonMarriage *union_find(const struct fold *fold, struct bytes act);
/* Ends marriages in force with `spouse`, or all when NULL, by the death in `act`. */
void union_end_by_death(struct fold *fold, const struct act *act, const struct id *spouse);
/* Civil status of a living person when a marriage has ended or come into dispute: that of another
 * marriage in force, undetermined while one is disputed, else `status`. */
void union_status_after(struct fold *fold, Civil__V1__CivilStatus status,
                        Civil__V1__Provenance *provenance);
/* The marriage with `spouse` is disputed from the day of the removed death in `act`. */
void union_dispute(struct fold *fold, const struct act *act, const struct id *spouse);
/* The death of the survivor of a removed death of this person, when it was known by then and names
 * the person not: they counted as dead. NULL when there is none, or `act` is no removed death. */
enum status union_bereaved(const struct act **out, struct view *view, const struct act *act,
                           const struct id *person) NODISCARD;
/* Ends the marriage of the returned person by that death. */
void union_bereave(struct fold *fold, const struct act *act, const struct act *death);
/* Whether the spouse of a removed death had married again when it was removed, and has still. */
enum status union_remarried(bool *out, struct view *view, const struct act *death,
                            const struct id *person) NODISCARD;

/* filiation.c */
void step_recognition(struct fold *fold, const struct act *act);
void step_parentage_disputed(struct fold *fold, const struct act *act);
void step_parentage_set(struct fold *fold, const struct act *act);
void step_legitimation(struct fold *fold, const struct act *act);
void filiation_edge(struct fold *fold, const struct act *act, const struct id *person,
                    Civil__V1__SubjectRole role, Civil__V1__ParentBasis basis,
                    Civil__V1__PartialDate *from);
/* The registered name becomes a former one, and `name` (NULL: nothing happens) takes its place. */
void filiation_name(struct fold *fold, const struct act *act, Civil__V1__Name *name,
                    Civil__V1__PartialDate *from);

/* adoption.c */
void step_adoption(struct fold *fold, const struct act *act);
void step_adoption_revoked(struct fold *fold, const struct act *act);
const struct act *step_adoption_anchor(const struct acts *acts, const struct act *act,
                                       const struct id *person);
/* Whether each adopter becomes mother or father, by the sex known before the act. */
enum status adoption_roles(Civil__V1__SubjectRole roles[ADOPTERS_MAX], struct view *view,
                           const struct act *act) NODISCARD;

/* guardianship.c */
void step_guardianship_set(struct fold *fold, const struct act *act);
void step_guardianship_ended(struct fold *fold, const struct act *act);
const struct act *step_guardianship_anchor(const struct acts *acts, const struct act *act,
                                           const struct id *person);
void step_capacity_set(struct fold *fold, const struct act *act);
void step_name_change(struct fold *fold, const struct act *act);

/* court.c */
void step_legal_hold_set(struct fold *fold, const struct act *act);
void step_legal_hold_lifted(struct fold *fold, const struct act *act);
const struct act *step_legal_hold_lifted_anchor(const struct acts *acts, const struct act *act,
                                                const struct id *person);
/* Lists the acts whose dispute is open in a fresh state. */
void fold_disputed_acts(struct fold *fold, const struct acts *acts);

/* residence.c */
void step_residence_departure(struct fold *fold, const struct act *act);
void step_residence_arrival(struct fold *fold, const struct act *act);
void step_temporary_residence(struct fold *fold, const struct act *act);
void step_address_changed(struct fold *fold, const struct act *act);
void step_address_protection_set(struct fold *fold, const struct act *act);
void step_address_protection_lifted(struct fold *fold, const struct act *act);
void step_emigration(struct fold *fold, const struct act *act);
void step_immigration_return(struct fold *fold, const struct act *act);
void residence_begin(struct fold *fold, const struct act *act, Civil__V1__Address *address,
                     ProtobufCBinaryData unit_id, Civil__V1__PartialDate *from, const char *fields);
/* Moves the residence to the former ones. */
void residence_end(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to);
/* With a life: residence, stay elsewhere and move under way. */
void residence_end_all(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to);

/* household.c */
void step_family_book(struct fold *fold, const struct act *act);
void household_leave(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to);
/* The person takes the place of the head who died. */
void household_new_head(struct fold *fold, const struct act *act, Civil__V1__PartialDate *from);

/* application.c */
void step_application_submitted(struct fold *fold, const struct act *act);
void step_application_moved(struct fold *fold, const struct act *act); /* all other verbs */
const struct act *step_application_anchor(const struct acts *acts, const struct act *act,
                                          const struct id *person);
/* The application_submitted that a verb speaks of; empty for other contents. */
struct bytes application_target(const Civil__V1__Content *content);
/* The application that an application_submitted made; NULL when the person has none such. */
const Civil__V1__PersonApplication *application_find(const Civil__V1__PersonState *state,
                                                     struct bytes act);

/* number.c */
void step_number_allocated(struct fold *fold, const struct act *act);
void step_number_closed(struct fold *fold, const struct act *act);
/* Adds the numbers that the act gave to the person. */
void number_add(struct fold *fold, const struct act *act, Civil__V1__PartialDate *from);
/* Closes the live numbers that records below `index` gave. */
void number_close_known_before(struct fold *fold, uint64_t index, Civil__V1__PartialDate *to);
/* Closes the live numbers. */
void number_close(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to);

/* nationality.c */
void step_nationality_acquired(struct fold *fold, const struct act *act);
void step_nationality_ended(struct fold *fold, const struct act *act); /* renounced, lost */
void step_nationality_restored(struct fold *fold, const struct act *act);
void step_statelessness_found(struct fold *fold, const struct act *act);
const struct act *step_nationality_anchor(const struct acts *acts, const struct act *act,
                                          const struct id *person);
/* A nationality from `from` on; `fields` as for fold_provenance. */
void nationality_add(struct fold *fold, const struct act *act, char *country, char *basis,
                     Civil__V1__PartialDate *from, const char *fields);
/* Whether the person has the nationality of a country on the day of the moment. */
bool nationality_held(const struct fold *fold, const char *country);
/* Country whose nationality the content ends; NULL for other contents. */
const char *nationality_ended_by(const Civil__V1__Content *content);

/* certificate.c */
void step_certificate_issued(struct fold *fold, const struct act *act);
void step_certificate_withdrawn(struct fold *fold, const struct act *act);
const struct act *step_certificate_anchor(const struct acts *acts, const struct act *act,
                                          const struct id *person);
/* Marks certificates whose acts were amended since they were issued. */
void certificates_compare(struct fold *fold, const struct acts *acts);

/* merge.c */
void step_merge(struct fold *fold, const struct act *act);
void step_duplicate_suspected(struct fold *fold, const struct act *act);
void step_duplicate_cleared(struct fold *fold, const struct act *act);

/* identity.c */
void step_foreigner_enrolled(struct fold *fold, const struct act *act);
void step_false_identity(struct fold *fold, const struct act *act);
void step_false_identity_documents(struct fold *fold, const struct act *act);
bool step_false_identity_day(int32_t *day, const struct act *act);
void step_proof_of_life(struct fold *fold, const struct act *act);

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
/* Suspends live documents of a class from the day of the moment on. */
void document_suspend_live(struct fold *fold, const struct act *act, const char *document_class);
/* Cancels all live documents from the day of the moment on. */
void document_cancel_live(struct fold *fold);
/* True for live, delivered, found: the holder may use it. */
bool document_is_live(Civil__V1__DocumentStatus status);

#endif
