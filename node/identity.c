#include "node/identity.h"

#include "ledger/base/crypto.h"
#include "ledger/format.h"
#include "node/durable_file.h"
#include "node/folder.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

enum { IDENTITY_BYTES_MAX = 1024, KEY_FILE_BYTES = 2 * 32 + 1 };

bool identity_name_is_valid(const char *name)
{
	size_t length = strlen(name);

	return length >= 1 && length <= NODE_NAME_MAX &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static bool origin_is_valid(const char *origin)
{
	size_t length = strlen(origin);

	return length >= 1 && length <= NODE_ORIGIN_MAX && strpbrk(origin, " +\n\t") == NULL;
}

/* The key file must be there before the identity, which says that formatting is complete. */
static enum status write_key(const char *folder, const uint8_t seed[32], struct detail *detail)
{
	char path[PATH_MAX];
	char text[KEY_FILE_BYTES + 1];

	bytes_to_hex(text, bytes_of(seed, 32));
	text[KEY_FILE_BYTES - 1] = '\n';
	folder_path(path, folder, "node.key");
	enum status status = durable_file_write(path, bytes_of(text, KEY_FILE_BYTES), detail);
	crypto_wipe(text, sizeof(text));
	if (status == STATUS_OK && chmod(path, S_IRUSR | S_IWUSR) != 0) {
		detail_set(detail, path, "cannot be made private");
		status = STATUS_IO;
	}
	return status;
}

enum status identity_create(const char *folder, struct identity *identity, const uint8_t seed[32],
                            struct detail *detail)
{
	char path[PATH_MAX];
	char ledger[2 * ID_BYTES + 1];
	struct stat present;
	struct buf text;

	if (!identity_name_is_valid(identity->node) || !origin_is_valid(identity->origin)) {
		detail_set(detail, "node",
		           "the node's name is 1 to 63 of a-z, 0-9 and hyphen; its origin has no "
		           "space or plus");
		return STATUS_INVALID;
	}
	folder_path(path, folder, "identity");
	if (stat(path, &present) == 0) {
		detail_set(detail, path, "the folder is formatted already");
		return STATUS_EXISTS;
	}
	enum status status = write_key(folder, seed, detail);
	if (status != STATUS_OK) {
		return status;
	}
	crypto_keypair(identity->public_key, identity->secret_key, seed);
	bytes_to_hex(ledger, bytes_of_id(&identity->ledger));
	buf_init(&text, IDENTITY_BYTES_MAX);
	if (LEDGER_FORMAT > 1) {
		buf_printf(&text, "format %d\n", LEDGER_FORMAT);
	}
	buf_printf(&text, "node %s\norigin %s\nledger %s\n", identity->node, identity->origin,
	           ledger);
	status = buf_status(&text);
	if (status == STATUS_OK) {
		status = durable_file_write(path, buf_bytes(&text), detail);
	}
	buf_fini(&text);
	return status;
}

static enum status load_key(const char *folder, struct identity *identity, struct detail *detail)
{
	char path[PATH_MAX];
	uint8_t seed[32];
	struct stat present;
	struct buf text;

	folder_path(path, folder, "node.key");
	if (stat(path, &present) == 0 && (present.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		detail_set(detail, path, "others may read the node's key; run: chmod 600");
		return STATUS_DENIED;
	}
	buf_init(&text, KEY_FILE_BYTES + 1);
	enum status status = durable_file_read(path, &text, detail);
	if (status == STATUS_OK) {
		buf_append_u8(&text, 0);
		if (text.size != KEY_FILE_BYTES + 1 || text.data[KEY_FILE_BYTES - 1] != '\n') {
			status = STATUS_CORRUPT;
		} else {
			text.data[KEY_FILE_BYTES - 1] = 0;
			status = bytes_from_hex(seed, sizeof(seed), (const char *)text.data)
			                 ? STATUS_OK
			                 : STATUS_CORRUPT;
		}
		crypto_wipe(text.data, text.size);
	}
	if (status == STATUS_OK) {
		crypto_keypair(identity->public_key, identity->secret_key, seed);
	} else if (status == STATUS_CORRUPT) {
		detail_set(detail, path, "is not 64 hexadecimal digits and a line feed");
	}
	crypto_wipe(seed, sizeof(seed));
	buf_fini(&text);
	return status;
}

/* Takes the line "format N", which folders of format 1 do not have; returns its length. */
static size_t skip_format(const struct buf *text, unsigned *format)
{
	int end = 0;

	if (sscanf((const char *)text->data, "format %9u\n%n", format, &end) != 1) {
		*format = 1;
		return 0;
	}
	return (size_t)end;
}

enum status identity_load(const char *folder, struct identity *identity, struct detail *detail)
{
	char path[PATH_MAX];
	char ledger[2 * ID_BYTES + 1];
	unsigned format = 1;
	int end = 0;
	struct buf text;

	*identity = (struct identity){ .node = "" };
	folder_path(path, folder, "identity");
	buf_init(&text, IDENTITY_BYTES_MAX);
	enum status status = durable_file_read(path, &text, detail);
	if (status == STATUS_NOT_FOUND) {
		detail_set(detail, path, "the folder is not formatted; run: civild format");
	}
	if (status == STATUS_OK) {
		buf_append_u8(&text, 0);
		const char *lines = (const char *)text.data + skip_format(&text, &format);
		int fields = sscanf(lines,
		                    "node %63[a-z0-9-]\norigin %127[^ \n]\nledger %32[0-9a-f]\n%n",
		                    identity->node, identity->origin, ledger, &end);

		if (format > LEDGER_FORMAT) {
			detail_set(detail, path,
			           "this folder has format %u and this program knows %d; start "
			           "the newer program that made it",
			           format, LEDGER_FORMAT);
			status = STATUS_UNSUPPORTED;
		} else if (fields != 3 || lines + end + 1 != (const char *)text.data + text.size ||
		           !bytes_from_hex(identity->ledger.bytes, ID_BYTES, ledger)) {
			detail_set(detail, path, "is not an identity that civild format wrote");
			status = STATUS_CORRUPT;
		}
	}
	buf_fini(&text);
	return status == STATUS_OK ? load_key(folder, identity, detail) : status;
}

void identity_fini(struct identity *identity)
{
	crypto_wipe(identity->secret_key, sizeof(identity->secret_key));
}
