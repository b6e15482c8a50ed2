#include "tools/civilctl/key_file.h"

#include "ledger/base/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_FILE_HEAD "civil-ledger-key/v1\nseed "

enum {
	SEED_BYTES = 32,
	HEAD_BYTES = sizeof(KEY_FILE_HEAD) - 1,
	FILE_BYTES = HEAD_BYTES + 2 * SEED_BYTES + 1,
};

static enum status fail(struct detail *detail, const char *path, const char *what)
{
	int error = errno;

	detail_set(detail, path, "%s: %s", what, strerror(error));
	return error == EEXIST ? STATUS_EXISTS : error == ENOENT ? STATUS_NOT_FOUND : STATUS_IO;
}

enum status key_file_create(struct compose_key *out, const char *path, struct detail *detail)
{
	uint8_t seed[SEED_BYTES];
	char text[FILE_BYTES + 1] = KEY_FILE_HEAD;
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (file < 0) {
		return fail(detail, path, "the key cannot be written");
	}
	crypto_random(seed, sizeof(seed));
	bytes_to_hex(text + HEAD_BYTES, bytes_of(seed, sizeof(seed)));
	text[FILE_BYTES - 1] = '\n';
	bool written = write(file, text, FILE_BYTES) == FILE_BYTES && fsync(file) == 0;
	enum status status = written ? STATUS_OK : fail(detail, path, "the key cannot be written");
	if (close(file) != 0 && status == STATUS_OK) {
		status = fail(detail, path, "the key cannot be written");
	}
	if (status == STATUS_OK) {
		compose_key_of_seed(out, seed);
	} else {
		(void)unlink(path); /* half a key is none */
	}
	crypto_wipe(seed, sizeof(seed));
	crypto_wipe(text, sizeof(text));
	return status;
}

enum status key_file_read(struct compose_key *out, const char *path, struct detail *detail)
{
	uint8_t seed[SEED_BYTES];
	char text[FILE_BYTES + 1] = "";
	struct stat about;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0) {
		return fail(detail, path, "the key cannot be read");
	}
	ssize_t size = fstat(file, &about) == 0 ? read(file, text, sizeof(text)) : -1;
	enum status status = STATUS_OK;
	if (size < 0) {
		status = fail(detail, path, "the key cannot be read");
	} else if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		detail_set(detail, path, "others may read this key; chmod 600 it");
		status = STATUS_DENIED;
	} else if (size != FILE_BYTES || memcmp(text, KEY_FILE_HEAD, HEAD_BYTES) != 0 ||
	           text[FILE_BYTES - 1] != '\n') {
		status = STATUS_INVALID;
	} else {
		text[FILE_BYTES - 1] = '\0';
		status = bytes_from_hex(seed, SEED_BYTES, text + HEAD_BYTES) ? STATUS_OK
		                                                             : STATUS_INVALID;
	}
	(void)close(file);
	if (status == STATUS_INVALID) {
		detail_set(detail, path, "is no key of civilctl key new");
	}
	if (status == STATUS_OK) {
		compose_key_of_seed(out, seed);
	}
	crypto_wipe(seed, sizeof(seed));
	crypto_wipe(text, sizeof(text));
	return status;
}
