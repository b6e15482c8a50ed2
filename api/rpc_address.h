/* What an address of the form "host:port" allows. Thread: pure. Memory: none. */
#ifndef API_RPC_ADDRESS_H
#define API_RPC_ADDRESS_H

#include <stdbool.h>

/* True for a numeric host in 127.0.0.0/8 or [::1]: the only ones that plaintext may use. Names are
 * not looked up: what "localhost" is, is not for a resolver to say. */
bool rpc_address_is_loopback(const char *address);

#endif
