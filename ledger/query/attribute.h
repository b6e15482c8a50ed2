/* Single attributes of a state as three-valued answers. Internal to ledger/query.
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_QUERY_ATTRIBUTE_H
#define LEDGER_QUERY_ATTRIBUTE_H

#include "ledger/base/date.h"

#include "civil/v1/kinship_service.pb-c.h"
#include "civil/v1/person.pb-c.h"

/* The state is that of `day`. Each answers UNKNOWN when the state does not hold the attribute, or
 * the day lies inside the uncertainty of the act it comes from. */
enum ternary attribute_alive(const Civil__V1__PersonState *state);
enum ternary attribute_sex(const Civil__V1__PersonState *state, Civil__V1__Sex sex);
enum ternary attribute_civil_status(const Civil__V1__PersonState *state,
                                    Civil__V1__CivilStatus status);
enum ternary attribute_national(const Civil__V1__PersonState *state, const char *country,
                                int32_t day);
enum ternary attribute_resident(const Civil__V1__PersonState *state, const char *area);
enum ternary attribute_number(const Civil__V1__PersonState *state, const char *number);

/* ANSWER_NO, _UNKNOWN, _YES. */
Civil__V1__Answer attribute_answer(enum ternary value);

#endif
