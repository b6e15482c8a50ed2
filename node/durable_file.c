#include "node/durable_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status file_fail(struct detail *detail, const char *path, const char *step)
{
	detail_set(detail, path, "%s: %s", step, strerror(errno));
	return STATUS_IO;
}

static bool file_write_all(int file, struct bytes contents)
{
	while (contents.size > 0) {
		ssize_t written = write(file, contents.data, contents.size);

		if (written < 0 && errno == EINTR) {
			continue;
		}
		if (written < 0) {
			return false;
		}
		contents = bytes_of(contents.data + written, contents.size - (size_t)written);
	}
	return true;
}

static enum status file_write_new(const char *path, struct bytes contents, struct detail *detail)
{
	enum status status = STATUS_OK;
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (file < 0) {
		return file_fail(detail, path, "cannot make this file");
	}
	if (!file_write_all(file, contents) || fsync(file) != 0) {
		status = file_fail(detail, path, "cannot write this file");
	}
	if (close(file) != 0 && status == STATUS_OK) {
		status = file_fail(detail, path, "cannot close this file");
	}
	return status;
}

static enum status folder_sync_of(const char *path, struct detail *detail)
{
	char copy[PATH_MAX]; /* dirname writes into it */

	(void)snprintf(copy, sizeof(copy), "%s", path); /* fits: the name with ".new" did */
	int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum status status = STATUS_OK;

	if (folder < 0 || fsync(folder) != 0) {
		status = file_fail(detail, path, "cannot sync the folder of this file");
	}
	if (folder >= 0) {
		(void)close(folder); /* was only read */
	}
	return status;
}

enum status durable_file_write(const char *path, struct bytes contents, struct detail *detail)
{
	char path_new[PATH_MAX];
	int length = snprintf(path_new, sizeof(path_new), "%s.new", path);

	if (length < 0 || (size_t)length >= sizeof(path_new)) {
		errno = ENAMETOOLONG;
		return file_fail(detail, path, "cannot make this file");
	}
	enum status status = file_write_new(path_new, contents, detail);

	if (status != STATUS_OK) {
		return status;
	}
	if (rename(path_new, path) != 0) {
		return file_fail(detail, path, "cannot put the new file in its place");
	}
	return folder_sync_of(path, detail);
}

enum status durable_file_read(const char *path, struct buf *out, struct detail *detail)
{
	uint8_t chunk[4096];
	ssize_t count = 0;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0 && errno == ENOENT) {
		detail_set(detail, path, "there is no such file");
		return STATUS_NOT_FOUND;
	}
	if (file < 0) {
		return file_fail(detail, path, "cannot open this file");
	}
	enum status status = STATUS_OK;

	buf_reset(out);
	while ((count = read(file, chunk, sizeof(chunk))) != 0) {
		if (count < 0 && errno == EINTR) {
			continue;
		}
		if (count < 0) {
			status = file_fail(detail, path, "cannot read this file");
			break;
		}
		buf_append(out, bytes_of(chunk, (size_t)count));
		status = buf_status(out);
		if (status != STATUS_OK) {
			detail_set(detail, path, "this file is larger than %zu bytes",
			           out->maximum);
			break;
		}
	}
	(void)close(file); /* was only read */
	return status;
}
