/* The ground of a register (tests/support/register.h): genesis, areas, offices, officers.
 *
 * Thread: one. Memory: none of its own. */
#ifndef TESTS_SUPPORT_REGISTER_GROUND_H
#define TESTS_SUPPORT_REGISTER_GROUND_H

#include "ledger/event/compose.h"
#include "tests/support/register.h"

/* Keys of "R.070803+V.0708", made from the names; the office of the first. Returns how many. */
size_t ground_keys(struct compose_key keys[], char office[], const char *signers);

/* Role of "V2.0708": the letters before number or point. */
Civil__V1__OfficerRole ground_role(const char *officer);

/* Records of genesis, gazetteers, offices and officers. */
void ground_lay(struct reg *reg);

/* Publishes a version in one part: its codes, ended by NULL. */
const char *ground_publish(struct reg *reg, const char *version, const char *effective_on,
                           const char *const codes[], bool renumbered);

/* Opens an office today; `area` may be NULL. */
void ground_office(struct reg *reg, const char *id, Civil__V1__OfficeSort sort, const char *area);

/* Genesis alone, offered once. */
Civil__V1__Content *ground_genesis(struct reg *reg);

/* A rule set by its name: KH-0, KH-1989, KH-2011, KH-2024. */
Civil__V1__RuleSet *ground_rule_set(struct reg *reg, const char *version);

#endif
