#include "api/caller.h"

#include <string.h>

static bool is_listed(const char *list, const char *name)
{
	size_t size = strlen(name);

	while (list != NULL && size > 0) {
		if (strncmp(list, name, size) == 0 && (list[size] == ',' || list[size] == '\0')) {
			return true;
		}
		list = strchr(list, ',');
		list = list == NULL ? NULL : list + 1;
	}
	return false;
}

bool caller_is_listed(const struct rpc_peer *peer, const char *list, bool plaintext)
{
	if (!peer->authenticated) {
		return plaintext;
	}
	for (size_t i = 0; i < peer->names_count; i++) {
		if (is_listed(list, peer->names[i])) {
			return true;
		}
	}
	return false;
}
