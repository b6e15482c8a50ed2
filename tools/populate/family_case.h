/* Pieces of cases with steps, shared by the files of the family. */
#ifndef TOOLS_POPULATE_FAMILY_CASE_H
#define TOOLS_POPULATE_FAMILY_CASE_H

#include "tools/populate/family.h"

/* A draft by one signer, without persons. */
struct draft family_step(struct family *family, Civil__V1__EventClass event_class,
                         Civil__V1__EventStep step, const struct officer *signer, int32_t day,
                         Civil__V1__Content *content);

/* Content of REGISTERED; `verified` may be NULL. Takes a new registration number. */
Civil__V1__Content *family_registration_content(struct family *family, const struct hash *declared,
                                                const struct hash *verified, int which,
                                                int32_t day);

/* Content of a birth of the couple; `latin_typo` replaces the Latin name unless NULL. */
Civil__V1__Content *family_birth_content(struct family *family, const struct person *child,
                                         int32_t declared, const char *latin_typo);

/* Child (NULL: created), mother, father. */
void family_newborn_parts(const struct family *family, struct draft *draft, const struct id *child);

/* Groom and bride. */
void family_spouses(const struct family *family, struct draft *draft);

/* A decision of the province's court, final on the day, that orders acts of this kind about both
 * spouses and their marriage. */
struct hash family_ordered(struct family *family, const char *kind, int32_t day);

/* VERIFIED of a declaration, in the case and with the persons of `like`. */
struct hash family_verify(struct family *family, struct draft *like, const struct hash *declared,
                          int32_t day);

/* The child's Latin name with a letter too many. */
void family_latin_typo(struct family *family, char *out, size_t size, const struct person *child);

#endif
