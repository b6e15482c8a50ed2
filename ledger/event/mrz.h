/* Machine readable zones: spelling and check digits. Source: ICAO 9303, parts 3, 4 and 5.
 *
 *   TD1 (ID card): 3 lines of 30          TD3 (passport): 2 lines of 44
 *     line 1   5-13 number, 14 check        line 2   0-8 number, 9 check
 *     line 2   0-5 birth, 6 check                    13-18 birth, 19 check
 *              8-13 expiry, 14 check                 21-26 expiry, 27 check
 *              29 check over 1: 5-29,                28-41 personal number, 42 check
 *              2: 0-6, 8-14, 18-28                   43 check over 0-9, 13-19, 21-42
 * Positions from 0. That the lines say what the snapshot says is not checked.
 *
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_EVENT_MRZ_H
#define LEDGER_EVENT_MRZ_H

#include <stdbool.h>
#include <stddef.h>

/* True when a line consists of 0-9, A-Z and '<' and is 30 or 44 characters long. */
bool mrz_line_is_spelled(const char *line);

/* NULL when the lines are of one form and all check digits fit; else what is wrong, static text. */
const char *mrz_fault(char *const lines[], size_t count);

#endif
