/* Statements and presented values as people type them.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_CLAIM_H
#define TOOLS_CIVILCTL_CLAIM_H

#include "tools/civilctl/ctl.h"

#include "civil/v1/attestation_service.pb-c.h"

/* Reads "age>=18", "alive", "sex=female". CTL_USAGE after saying what is wrong. */
enum ctl_exit claim_read(struct ctl *ctl, Civil__V1__Statement *out, const char *text);

/* Reads "1968", "1968-03" or "1968-03-10". CTL_USAGE after saying so. */
enum ctl_exit claim_date(struct ctl *ctl, Civil__V1__PartialDate **out, const char *text);

/* UNSPECIFIED for another word. */
Civil__V1__Sex claim_sex_of(const char *text);

/* "SURNAME GIVEN", or "GIVEN" alone. */
void claim_name(struct ctl *ctl, char **surname, char **given, const char *text);

/* A copy; "" for NULL. */
char *claim_text(struct ctl *ctl, const char *text);

#endif
