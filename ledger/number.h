/* Personal numbers (KIDC): given at apply, random-looking, never reused.
 *
 *   draw(attempt) = 10^9 + (first 8 bytes of SHA-256("civil-ledger/number/v1\n" || event id ||
 *                   person id || u32 attempt), as u64) mod 9 * 10^9
 *   number        = draw || Damm check digit: 11 digits
 * The first attempt whose number was never used wins. It depends on the records alone, so all nodes
 * give the same number; it tells nothing of birth date, sex or order of registration to anybody who
 * does not hold the event.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_NUMBER_H
#define LEDGER_NUMBER_H

#include "ledger/base/check_digit.h"
#include "ledger/view.h"

/* The number of one attempt, with its check digit and a NUL. Pure. */
void number_draw(char out[PERSONAL_NUMBER_DIGITS + 1], const struct hash *event_id,
                 const struct id *person, uint32_t attempt);

/* Gives a number for `person`, as text in the view's arena. */
enum status number_allocate(struct view *view, const char **number, const struct hash *event_id,
                            const struct id *person) NODISCARD;

/* Gives the numbers of a block, all different: the nth is drawn for the person id that is the
 * number n, big endian, so that nobody's number comes twice. */
enum status number_allocate_block(struct view *view, const char ***numbers,
                                  const struct hash *event_id, size_t count) NODISCARD;

#endif
