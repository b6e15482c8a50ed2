/* The gazetteer's file: level, code, Khmer, Latin, UNGEGN, separated by tabs; first line headings.
 * Thread: one owner. Memory: rows point into country->text, both freed by country_free. */
#ifndef TOOLS_POPULATE_GAZETTEER_ROWS_H
#define TOOLS_POPULATE_GAZETTEER_ROWS_H

#include "tools/populate/country.h"

struct gazetteer_row {
	const char *code;
	const char *km;
	const char *latin;
};

/* Reads into country->rows. STATUS_NOT_FOUND; STATUS_INVALID with the line. */
enum status gazetteer_rows_read(struct country *country, const char *path,
                                struct detail *detail) NODISCARD;

#endif
