/* Who a node is: a small file in its data directory, and its key beside it.
 *
 *   identity   lines "node NAME", "origin ORIGIN", "ledger 32-hex"; written once by format;
 *              before them "format N" when the folder's format is not 1 (ledger/format.h)
 *   node.key   64 hexadecimal digits: the seed of the node's Ed25519 key; mode 0600
 * Thread: any. Memory: values; identity_fini wipes the key. */
#ifndef NODE_IDENTITY_H
#define NODE_IDENTITY_H

#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

enum { NODE_NAME_MAX = 63, NODE_ORIGIN_MAX = 127 };

struct identity {
	char node[NODE_NAME_MAX + 1];     /* a-z, 0-9, hyphen */
	char origin[NODE_ORIGIN_MAX + 1]; /* name of the log in checkpoints, such as
	                                     "ledger.example/solo" */
	struct id ledger;
	uint8_t public_key[PUBLIC_KEY_BYTES];
	uint8_t secret_key[SECRET_KEY_BYTES];
};

/* True for 1 to 63 of a-z, 0-9 and hyphen. */
bool identity_name_is_valid(const char *name);

/* Writes both files into a folder; `identity` names node, origin and ledger, the key is made from
 * `seed`. STATUS_EXISTS when there is an identity; STATUS_INVALID for a bad name; STATUS_IO. */
enum status identity_create(const char *folder, struct identity *identity, const uint8_t seed[32],
                            struct detail *detail) NODISCARD;

/* STATUS_NOT_FOUND when the folder was never formatted; STATUS_UNSUPPORTED when a newer program
 * made it; STATUS_CORRUPT; STATUS_DENIED when others
 * may read the key; STATUS_IO. */
enum status identity_load(const char *folder, struct identity *identity,
                          struct detail *detail) NODISCARD;

void identity_fini(struct identity *identity);

#endif
