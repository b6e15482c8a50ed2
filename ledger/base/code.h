/* The shapes of codes and numbers that stand in signed content.
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_BASE_CODE_H
#define LEDGER_BASE_CODE_H

#include <stdbool.h>

/* Area of the gazetteer: 2, 4, 6 or 8 decimal digits. */
bool code_is_area(const char *code);

/* Office: 2 to 32 of a-z, 0-9 and hyphen. */
bool code_is_office(const char *code);

/* A word of a code list: 1 to 32 of a-z, 0-9 and underscore. */
bool code_is_word(const char *code);

/* Number of a document or a book: 1 to 20 of A-Z, a-z, 0-9, hyphen. */
bool code_is_document_number(const char *code);

/* Time of day hh:mm, 00:00 to 23:59. */
bool code_is_time(const char *code);

/* ISO 3166-1 alpha-3 in capitals, by shape. */
bool code_is_country(const char *code);

#endif
