/* civilctl key new, key show */
#include "ledger/base/crypto.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/key_file.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

static enum ctl_exit print_key(struct ctl *ctl, const struct compose_key *key)
{
	char public_key[2 * PUBLIC_KEY_BYTES + 1];
	char key_id[2 * HASH_BYTES + 1];
	struct hash id = crypto_key_id(key->public_key);
	struct ctl_table table;

	bytes_to_hex(public_key, bytes_of(key->public_key, PUBLIC_KEY_BYTES));
	bytes_to_hex(key_id, bytes_of_hash(&id));
	if (ctl->output == CTL_JSON) {
		session_print_fields((const char *const[]){ "file", ctl->arguments[0], "publicKey",
		                                            public_key, "keyId", key_id, NULL });
		return CTL_OK;
	}
	table_init(&table, ctl, (const char *const[]){ "FILE", "PUBLIC KEY", "KEY ID", NULL });
	(void)table_add(&table, (const char *const[]){ ctl->arguments[0], public_key, key_id });
	table_print(&table, stdout);
	return CTL_OK;
}

static enum ctl_exit run_new(struct ctl *ctl)
{
	struct detail detail = { "", "" };
	struct compose_key key;
	enum status status = key_file_create(&key, ctl->arguments[0], &detail);

	if (status != STATUS_OK) {
		return ctl_fail(status, "key new", &detail);
	}
	enum ctl_exit code = print_key(ctl, &key);
	crypto_wipe(&key, sizeof(key));
	return code;
}

static enum ctl_exit run_show(struct ctl *ctl)
{
	struct detail detail = { "", "" };
	struct compose_key key;
	enum status status = key_file_read(&key, ctl->arguments[0], &detail);

	if (status != STATUS_OK) {
		return ctl_fail(status, "key show", &detail);
	}
	enum ctl_exit code = print_key(ctl, &key);
	crypto_wipe(&key, sizeof(key));
	return code;
}

const struct command command_key_new = {
	.name = "key new",
	.synopsis = "FILE",
	.summary = "make an officer's key",
	.text = "Writes a new Ed25519 key to a file that only its owner can read, and prints the "
	        "public key, which two national officers then enrol on the ledger. An existing "
	        "file is never overwritten.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl key new registrar.key", "make a key" },
	              { "civilctl -o json key new clerk.key", "the same, for a program" } },
	.exits = CTL_BIT(CTL_CONFLICT) | CTL_BIT(CTL_NOT_FOUND),
	.run = run_new,
};

const struct command command_key_show = {
	.name = "key show",
	.synopsis = "FILE",
	.summary = "print the public key of a key file",
	.text = "The secret part is never printed.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl key show registrar.key", "public key and key id" },
	              { "civilctl -o csv key show registrar.key", "the same as CSV" } },
	.exits = CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_DENIED),
	.run = run_show,
};
