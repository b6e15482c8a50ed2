#include "node/folder.h"

#include "ledger/base/crypto.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 256 * 1024 };

static enum status fail(struct detail *detail, const char *path, const char *step)
{
	enum status status = errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO;

	detail_set(detail, path, "%s: %s", step, strerror(errno));
	return status;
}

enum status folder_make(const char *path, struct detail *detail)
{
	if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST) {
		(void)fail(detail, path, "cannot be made");
		return STATUS_IO;
	}
	return STATUS_OK;
}

enum status folder_sync(const char *path, struct detail *detail)
{
	enum status status = STATUS_OK;
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0 || fsync(folder) != 0) {
		(void)fail(detail, path, "cannot be synced");
		status = STATUS_IO;
	}
	if (folder >= 0) {
		(void)close(folder); /* was only read */
	}
	return status;
}

enum status folder_list(const char *path, enum status (*take)(void *context, const char *name),
                        void *context, struct detail *detail)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	enum status status = STATUS_OK;

	if (folder == NULL) {
		return fail(detail, path, "cannot be listed");
	}
	errno = 0;
	while (status == STATUS_OK && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] != '.') {
			status = take(context, entry->d_name);
		}
		errno = 0;
	}
	if (status == STATUS_OK && errno != 0) {
		(void)fail(detail, path, "cannot be listed");
		status = STATUS_IO;
	}
	(void)closedir(folder);
	return status;
}

void folder_path(char out[PATH_MAX], const char *folder, const char *name)
{
	int size = snprintf(out, PATH_MAX, "%s/%s", folder, name);

	if (size < 0 || size >= PATH_MAX) {
		out[0] = '\0';
	}
}

static enum status remove_one(void *context, const char *name)
{
	const char *folder = context;
	char path[PATH_MAX];

	folder_path(path, folder, name);
	return unlink(path) == 0 ? STATUS_OK : STATUS_IO;
}

enum status folder_remove_flat(const char *path, struct detail *detail)
{
	char copy[PATH_MAX];

	(void)snprintf(copy, sizeof(copy), "%s", path);
	enum status status = folder_list(path, remove_one, copy, detail);
	if (status == STATUS_NOT_FOUND) {
		return STATUS_OK;
	}
	if (status != STATUS_OK || rmdir(path) != 0) {
		detail_set(detail, path, "cannot be removed: %s", strerror(errno));
		return STATUS_IO;
	}
	return STATUS_OK;
}

static bool write_all(int file, const uint8_t *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(file, bytes, size);

		if (written < 0 && errno != EINTR) {
			return false;
		}
		if (written > 0) {
			bytes += written;
			size -= (size_t)written;
		}
	}
	return true;
}

/* Reads to the end, hashing; writes to `copy` besides when it is a file. */
static enum status pour(int from, int copy, struct hash *hash, uint64_t *size,
                        folder_progress *progress, void *context)
{
	struct crypto_sha256_state state;
	uint8_t *chunk = malloc(CHUNK_BYTES);
	enum status status = chunk == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	*size = 0;
	crypto_sha256_begin(&state);
	while (status == STATUS_OK) {
		ssize_t count = read(from, chunk, CHUNK_BYTES);

		if (count < 0 && errno == EINTR) {
			continue;
		}
		if (count <= 0) {
			status = count == 0 ? STATUS_OK : STATUS_IO;
			break;
		}
		crypto_sha256_update(&state, bytes_of(chunk, (size_t)count));
		*size += (uint64_t)count;
		if (copy >= 0 && !write_all(copy, chunk, (size_t)count)) {
			status = STATUS_IO;
		}
		if (progress != NULL) {
			progress(context, (uint64_t)count);
		}
	}
	*hash = crypto_sha256_end(&state);
	free(chunk);
	return status;
}

enum status folder_hash(struct hash *hash, uint64_t *size, const char *path,
                        folder_progress *progress, void *context, struct detail *detail)
{
	struct hash sum;
	uint64_t bytes = 0;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0) {
		return fail(detail, path, "cannot be opened");
	}
	enum status status = pour(file, -1, &sum, &bytes, progress, context);
	if (status == STATUS_IO) {
		(void)fail(detail, path, "cannot be read");
	}
	(void)close(file); /* was only read */
	if (status == STATUS_OK) {
		*hash = sum;
		*size = bytes;
	}
	return status;
}

enum status folder_copy(const char *from, const char *to, const struct hash *hash,
                        folder_progress *progress, void *context, struct detail *detail)
{
	struct hash sum;
	uint64_t size = 0;
	int source = open(from, O_RDONLY | O_CLOEXEC);

	if (source < 0) {
		return fail(detail, from, "cannot be opened");
	}
	int copy = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (copy < 0) {
		enum status status = errno == EEXIST ? STATUS_EXISTS : STATUS_IO;

		(void)fail(detail, to, "cannot be made");
		(void)close(source);
		return status;
	}
	enum status status = pour(source, copy, &sum, &size, progress, context);
	if (status == STATUS_OK && fsync(copy) != 0) {
		status = STATUS_IO;
	}
	if (status == STATUS_IO) {
		(void)fail(detail, to, "cannot be written");
	}
	if (close(copy) != 0 && status == STATUS_OK) {
		(void)fail(detail, to, "cannot be closed");
		status = STATUS_IO;
	}
	(void)close(source); /* was only read */
	if (status == STATUS_OK && !hash_equal(&sum, hash)) {
		detail_set(detail, from, "does not have the hash that it must have");
		status = STATUS_CORRUPT;
	}
	if (status != STATUS_OK) {
		(void)unlink(to);
	}
	return status;
}
