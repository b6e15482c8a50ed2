/* How long a test may take: EFFORT=long in the environment asks for all that it can do. */
#ifndef TESTS_SUPPORT_EFFORT_H
#define TESTS_SUPPORT_EFFORT_H

#include <stdlib.h>
#include <string.h>

/* `long_form` when the long form is asked for, else `short_form`. */
static inline int effort(int short_form, int long_form)
{
	const char *wanted = getenv("EFFORT");

	return wanted != NULL && strcmp(wanted, "long") == 0 ? long_form : short_form;
}

#endif
