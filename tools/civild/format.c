#include "ledger/base/crypto.h"
#include "node/node.h"
#include "tools/civild/civild.h"

#include <stdio.h>

int civild_format(const struct civild_arguments *arguments)
{
	struct identity identity = { .node = "" };
	struct detail detail = { "", "" };
	char ledger[2 * ID_BYTES + 1];
	uint8_t seed[32];

	if (crypto_init() != STATUS_OK) {
		civild_complain("cryptography cannot start", STATUS_UNAVAILABLE, NULL);
		return EXIT_CODE_ERROR;
	}
	if (arguments->ledger_hex == NULL) {
		crypto_random(identity.ledger.bytes, ID_BYTES);
	} else if (!bytes_from_hex(identity.ledger.bytes, ID_BYTES, arguments->ledger_hex)) {
		detail_set(&detail, "--ledger-id", "a ledger id has 32 hexadecimal digits");
		civild_complain("format", STATUS_INVALID, &detail);
		return EXIT_CODE_USAGE;
	}
	(void)snprintf(identity.node, sizeof(identity.node), "%s", arguments->node);
	(void)snprintf(identity.origin, sizeof(identity.origin), "%s", arguments->origin);
	crypto_random(seed, sizeof(seed));
	enum status status = node_format(arguments->config.data, &identity, seed, &detail);
	crypto_wipe(seed, sizeof(seed));
	identity_fini(&identity);
	if (status != STATUS_OK) {
		civild_complain("format", status, &detail);
		return civild_exit_code(status);
	}
	bytes_to_hex(ledger, bytes_of_id(&identity.ledger));
	(void)printf("Formatted %s for node %s of ledger %s.\n"
	             "Next: civild start --node-data %s\n",
	             arguments->config.data, identity.node, ledger, arguments->config.data);
	return EXIT_CODE_OK;
}
