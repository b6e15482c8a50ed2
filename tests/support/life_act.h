/* Whole acts of a life, each as the records that make it: tests/support/life.h.
 *
 * Every call returns the event id of the record that brings the act into force: what later acts
 * target. Dates are text as in life.h. */
#ifndef TESTS_SUPPORT_LIFE_ACT_H
#define TESTS_SUPPORT_LIFE_ACT_H

#include "tests/support/life.h"

struct life_birth {
	const char *name; /* given name */
	Civil__V1__Sex sex;
	const char *date;
	const struct id *mother; /* may be NULL */
	const struct id *father;
	const char *address; /* village of 8 digits, or NULL */
	bool unverified;     /* REGISTERED without VERIFIED: provisional */
};

/* Birth of a new person, with a number unless unverified; writes the child's id. */
struct hash life_birth(struct life *life, struct id *child, const struct life_birth *birth);

/* The declaration alone; the case stays open. Writes the event id, the child and the case. */
struct life_case_open {
	struct hash declared;
	struct id child;
	struct id case_id;
	struct part parts[3];
	size_t part_count;
	Civil__V1__EventClass event_class;
};
struct life_case_open life_birth_declared(struct life *life, const struct life_birth *birth);
struct life_case_open life_birth_declared_in(struct life *life, const struct life_birth *birth,
                                             const struct id *case_id);

/* VERIFIED with a number, and REGISTERED, of an open case. */
struct hash life_verified(struct life *life, const struct life_case_open *open);
struct hash life_registered(struct life *life, const struct life_case_open *open,
                            const struct hash *verified, const char *register_code, int number);

/* A paper birth linked: no steps, certainty legacy. */
struct hash life_legacy_birth(struct life *life, struct id *child, const struct life_birth *birth);

/* A paper marriage linked; spouse_b is created by it, born on `born`. */
struct hash life_legacy_marriage(struct life *life, struct id *bride, const struct id *groom,
                                 const char *date, const char *born);

/* Number by number_allocated. */
struct hash life_number(struct life *life, const struct id *person, const char *date);

/* `already_ended` may be NULL. */
struct hash life_marriage(struct life *life, const struct id *groom, const struct id *bride,
                          const char *date, const char *already_ended);
struct hash life_notice(struct life *life, const struct id *groom, const struct id *bride,
                        const char *posted_on);
struct hash life_divorce(struct life *life, const struct id *groom, const struct id *bride,
                         const struct hash *marriage, const char *date);
/* `spouse` may be NULL. */
struct hash life_death(struct life *life, const struct id *person, const struct id *spouse,
                       const char *date);

struct hash life_unit(struct life *life, struct id *unit, const char *village);
struct hash life_departure(struct life *life, const struct id *person, const struct id *unit,
                           const char *date);
struct hash life_arrival(struct life *life, const struct id *person, const struct id *unit,
                         const char *date);

struct hash life_card_applied(struct life *life, const struct id *person, const char *date);

/* Application and issue of an ID card; `birth` is printed as date of birth. */
struct hash life_card(struct life *life, const struct id *person, const char *number,
                      const char *date, const char *expires, const char *birth);
struct hash life_card_renewed(struct life *life, const struct id *person, const char *old_number,
                              const char *number, const char *date, const char *birth);
/* A verb that names a document: delivered, lost, stolen, found, suspended, resumed, revoked. */
struct hash life_card_verb(struct life *life, const struct id *person,
                           Civil__V1__Content__KindCase verb, const char *number, const char *date);

/* Corrections of one field; the parts are those of the target. */
struct hash life_correction(struct life *life, const struct part *parts, size_t count,
                            const struct hash *target, const char *path,
                            Civil__V1__FieldValue *value, bool court);
Civil__V1__FieldValue *life_value_date(struct life *life, const char *date);
Civil__V1__FieldValue *life_value_text(struct life *life, const char *text);

#endif
