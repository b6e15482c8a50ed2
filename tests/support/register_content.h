/* Contents with values that break no rule of the ground (tests/support/register.h), to be changed
 * by a test before they are offered; and whole histories in one call.
 *
 * Thread and memory as register.h. */
#ifndef TESTS_SUPPORT_REGISTER_CONTENT_H
#define TESTS_SUPPORT_REGISTER_CONTENT_H

#include "tests/support/register.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

/* Parts. Surname of everybody is "Example". */
void *reg_new(struct reg *reg, const ProtobufCMessageDescriptor *descriptor);
char *reg_text(struct reg *reg, const char *text);
ProtobufCBinaryData reg_bytes(struct reg *reg, struct bytes bytes);
Civil__V1__Date *reg_date(struct reg *reg, const char *day);
Civil__V1__PartialDate *reg_partial(struct reg *reg, const char *day);
Civil__V1__Name *reg_name(struct reg *reg, const char *khmer, const char *latin);
Civil__V1__Place *reg_place(struct reg *reg, const char *code, const char *gazetteer);
Civil__V1__Address *reg_address(struct reg *reg, const char *code, const char *gazetteer);

/* Content with common and today's date of declaration. */
Civil__V1__Content *reg_content(struct reg *reg);

/* Adds to common. */
void reg_override(struct reg *reg, Civil__V1__Content *content, const char *rule);
void reg_cite(struct reg *reg, Civil__V1__Content *content, const struct hash *decision);
void reg_document_shown(struct reg *reg, Civil__V1__Content *content, const char *type);
void reg_witnesses(struct reg *reg, Civil__V1__LateDeclaration *late, size_t count);

/* Acts. Births: in 070801, mother living in 070803, single, nationality KHM; places are of the
 * gazetteer in force on the day. `name` is Khmer; the Latin name is "Sokha". */
Civil__V1__Content *reg_birth(struct reg *reg, const char *name, const char *date);
void reg_of_delivery(struct reg *reg, Civil__V1__Content *birth, const char *delivery,
                     int32_t order);
/* Mother as the informant describes her. */
void reg_mother_told(struct reg *reg, Civil__V1__Birth *birth, const char *born);
Civil__V1__Content *reg_death(struct reg *reg, const char *date);
Civil__V1__Content *reg_notice(struct reg *reg, const char *posted);
Civil__V1__Content *reg_marriage(struct reg *reg, Civil__V1__MarriageForm form, const char *date,
                                 const char *place);
Civil__V1__Content *reg_divorce(struct reg *reg, const struct hash *target,
                                const struct hash *decision, const char *final_on);
Civil__V1__Content *reg_decision(struct reg *reg, const char *final_on, const char *kind,
                                 const struct id *first, const struct id *second,
                                 const struct hash *target);
Civil__V1__Content *reg_departure(struct reg *reg, const char *date, const struct id *unit,
                                  const char *to);
Civil__V1__Content *reg_arrival(struct reg *reg, const char *date, const struct id *unit,
                                const struct hash *release);
Civil__V1__Content *reg_number(struct reg *reg, const char *place, const char *gazetteer);
Civil__V1__Content *reg_card_applied(struct reg *reg, const char *date);
/* Printed as the register says. */
Civil__V1__Content *reg_card_issued(struct reg *reg, const struct id *holder,
                                    const struct hash *application, const char *number,
                                    const char *on);
/* A renewal that takes the place of another card. */
Civil__V1__Content *reg_card_renewed(struct reg *reg, const struct id *holder,
                                     const struct hash *application, const char *number,
                                     const char *on, const char *replaces);
Civil__V1__Content *reg_card_verb(struct reg *reg, enum kind_id kind, const char *number,
                                  const char *on);
Civil__V1__Content *reg_correction(struct reg *reg, const struct hash *target, bool court);
void reg_change(struct reg *reg, Civil__V1__Content *correction, const char *path,
                Civil__V1__FieldValue *before, Civil__V1__FieldValue *after);
Civil__V1__FieldValue *reg_value_text(struct reg *reg, const char *text);
Civil__V1__FieldValue *reg_value_date(struct reg *reg, const char *day);
Civil__V1__FieldValue *reg_value_place(struct reg *reg, const char *code, const char *gazetteer);

/* Whole histories; each asserts that every record was made.
 * A linked paper birth of a commune and a number; records of 2020-02-03. */
struct id reg_paper_person(struct reg *reg, Civil__V1__Sex sex, const char *name, const char *date,
                           const char *commune);
/* The same with a mother of the register. */
struct id reg_paper_child(struct reg *reg, Civil__V1__Sex sex, const char *name, const char *date,
                          const char *commune, const struct id *mother);
/* A linked paper marriage; returns its event id. */
struct hash reg_paper_marriage(struct reg *reg, const struct id *groom, const struct id *bride,
                               const char *date, const char *commune);
/* Digitised and verified papers of the commune, for a link that the test makes itself. */
struct hash reg_paper(struct reg *reg, const char *commune);
/* Verifies a digitised paper. */
const char *reg_paper_verified(struct reg *reg, const char *signers, const struct hash *digitised);
Civil__V1__Content *reg_linked(struct reg *reg, const struct hash *verified);
/* Opens a unit in the village; the resident enters for the first time. */
struct id reg_unit(struct reg *reg, const char *village, const char *date);
struct id reg_reside(struct reg *reg, const struct id *person, const char *village,
                     const char *date);
/* Declared, verified and registered within the month; the child. */
struct id reg_born(struct reg *reg, const char *name, const char *date, const struct id *mother,
                   const struct id *father);
/* Event id of a decision, made by CC.court-14. */
struct hash reg_decided(struct reg *reg, const char *final_on, const char *kind,
                        const struct id *first, const struct id *second, const struct hash *target);
/* Applied for and issued on a day. */
struct hash reg_card(struct reg *reg, const struct id *holder, const char *number, const char *on);

#endif
