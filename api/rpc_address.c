#include "api/rpc_address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { HOST_MAX = 64 };

bool rpc_address_is_loopback(const char *address)
{
	char host[HOST_MAX];
	const char *colon = strrchr(address, ':');
	struct in_addr v4;
	struct in6_addr v6;

	if (colon == NULL || (size_t)(colon - address) >= sizeof(host)) {
		return false;
	}
	(void)snprintf(host, sizeof(host), "%.*s", (int)(colon - address), address);
	if (inet_pton(AF_INET, host, &v4) == 1) {
		return ntohl(v4.s_addr) >> 24 == 127;
	}
	size_t length = strlen(host);
	if (length < 2 || host[0] != '[' || host[length - 1] != ']') {
		return false;
	}
	host[length - 1] = '\0';
	return inet_pton(AF_INET6, host + 1, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}
