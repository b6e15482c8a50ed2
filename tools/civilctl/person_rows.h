/* The rows of a person's table, by family of facts: what person_table.c puts together.
 *
 * A row is a fact in Khmer and in English, its value, and from its provenance since when it holds,
 * the record that states it and how sure it is.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_PERSON_ROWS_H
#define TOOLS_CIVILCTL_PERSON_ROWS_H

#include "tools/civilctl/ask.h"
#include "tools/civilctl/table.h"

struct person_view {
	struct ctl_table table;
	struct ctl *ctl;
	const Civil__V1__GetPersonResponse *response;
};

/* Adds a row; `provenance` may be NULL. */
void person_row(struct person_view *view, const char *khmer, const char *english, const char *value,
                const Civil__V1__Provenance *provenance);

/* A place by its names; "" for NULL. */
const char *person_row_place(struct person_view *view, const Civil__V1__Place *at);

/* Parents, children, guardians and wards, capacity, nationalities. */
void person_rows_kin(struct person_view *view, const Civil__V1__PersonState *state);

/* Marriages and their notices. */
void person_rows_unions(struct person_view *view, const Civil__V1__PersonState *state);

/* What courts and offices found of the person and of the person's acts: identities, holds,
 * disputes, proofs of life, certificates. */
void person_rows_standing(struct person_view *view, const Civil__V1__PersonState *state);

#endif
