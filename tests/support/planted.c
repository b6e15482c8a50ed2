#include "tests/support/planted.h"

#include <string.h>

static const char *alive;

void planted_choose(const char *name)
{
	alive = name;
}

bool planted(const char *name)
{
	return alive != NULL && strcmp(alive, name) == 0;
}
