#include "node/failpoint.h"

#ifdef FAILPOINTS_ENABLED
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

void failpoint_pass(const char *name)
{
	static atomic_int passes; /* of the one name that the environment gives */
	const char *asked = getenv("CIVIL_FAILPOINT");
	const char *colon = asked == NULL ? NULL : strrchr(asked, ':');

	if (colon == NULL || strncmp(asked, name, (size_t)(colon - asked)) != 0 ||
	    name[colon - asked] != '\0') {
		return;
	}
	if (atomic_fetch_add(&passes, 1) + 1 == (int)strtol(colon + 1, NULL, 10)) {
		(void)raise(SIGKILL);
	}
}
#else
/* A source file must declare something. */
typedef int failpoint_none;
#endif
