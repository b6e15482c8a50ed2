/* Assertions about our own state. Never about input, disk or peers: those get a status.
 *
 * ASSERT is on in every build and must be cheap. VERIFY is for costly checks (recomputing what is
 * kept incrementally) and is on when VERIFY_ENABLED is defined, as in every test mode. */
#ifndef LEDGER_BASE_ASSERT_H
#define LEDGER_BASE_ASSERT_H

/* Prints file, line and condition to stderr and aborts. Prints nothing else: no content. */
_Noreturn void assert_failed(const char *file, int line, const char *condition);

#define ASSERT(condition)                                                                          \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			assert_failed(__FILE__, __LINE__, #condition);                             \
		}                                                                                  \
	} while (0)

#ifdef VERIFY_ENABLED
#define VERIFY(condition) ASSERT(condition)
#else
#define VERIFY(condition) ((void)(0 && (condition))) /* compiled, never run */
#endif

#endif
