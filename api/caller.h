/* Who calls, held against a list of names.
 * Thread: any. Memory: none. */
#ifndef API_CALLER_H
#define API_CALLER_H

#include "api/rpc_call.h"

/* True when a name in the caller's certificate stands in the list, which has commas between names;
 * without TLS, when `plaintext` says so. */
bool caller_is_listed(const struct rpc_peer *peer, const char *list, bool plaintext);

#endif
