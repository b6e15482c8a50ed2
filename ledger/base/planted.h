/* Bugs that a simulation must find, written where somebody could make them.
 *
 *   if (PLANTED("unknown taken for decided") || status == STATUS_OK) ...
 * Always false, and compiled out, unless PLANTED_ENABLED is defined (MODE=planted, which builds
 * tests alone); then the test says which one is alive. */
#ifndef LEDGER_BASE_PLANTED_H
#define LEDGER_BASE_PLANTED_H

#include <stdbool.h>

#ifdef PLANTED_ENABLED
bool planted(const char *name); /* tests/support/planted.c */
#define PLANTED(name) planted(name)
#else
#define PLANTED(name) false
#endif

#endif
