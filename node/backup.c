#include "node/backup.h"

#include "ledger/base/crypto.h"
#include "node/durable_file.h"
#include "node/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

void backup_file_path(char out[PATH_MAX], const struct backup *backup, const struct hash *hash)
{
	char hex[2 * HASH_BYTES + 1];

	bytes_to_hex(hex, bytes_of_hash(hash));
	(void)snprintf(out, PATH_MAX, "%s/files/%s", backup->path, hex);
}

/* Takes the number out of "manifest-00000012"; 0: another name. */
static uint64_t number_of(const char *name)
{
	uint64_t number = 0;
	int end = 0;

	if (sscanf(name, "manifest-%8" SCNu64 "%n", &number, &end) != 1 || name[end] != '\0' ||
	    end != (int)strlen("manifest-00000000")) {
		return 0;
	}
	return number;
}

struct listing {
	struct backup *backup;
	bool others; /* something that no backup folder holds */
};

static enum status take_name(void *context, const char *name)
{
	struct listing *listing = context;
	uint64_t number = number_of(name);
	bool known = strcmp(name, "lock") == 0 || strcmp(name, "files") == 0 ||
	             (strncmp(name, "manifest-", strlen("manifest-")) == 0);

	listing->others = listing->others || !known;
	if (number == 0) {
		return STATUS_OK;
	}
	if (listing->backup->count == BACKUPS_MAX) {
		return STATUS_OUT_OF_RANGE;
	}
	listing->backup->numbers[listing->backup->count] = number;
	listing->backup->count++;
	return STATUS_OK;
}

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static enum status take_lock(struct backup *backup, struct detail *detail)
{
	char path[PATH_MAX];

	folder_path(path, backup->path, "lock");
	backup->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (backup->lock < 0) {
		detail_set(detail, path, "cannot be made: %s", strerror(errno));
		return STATUS_IO;
	}
	if (flock(backup->lock, LOCK_EX | LOCK_NB) != 0) {
		detail_set(detail, backup->path, "another process writes to these backups");
		return STATUS_BUSY;
	}
	folder_path(path, backup->path, "files");
	enum status status = folder_make(path, detail);

	return status == STATUS_OK ? folder_sync(backup->path, detail) : status;
}

static enum status list(struct backup *backup, bool create, struct detail *detail)
{
	struct listing listing = { .backup = backup };
	enum status status = folder_list(backup->path, take_name, &listing, detail);

	if (status == STATUS_OUT_OF_RANGE) {
		detail_set(detail, backup->path, "holds %d backups; prune it first", BACKUPS_MAX);
	}
	if (status == STATUS_OK && create && listing.others) {
		detail_set(detail, backup->path,
		           "holds other things than backups; name an empty folder");
		return STATUS_EXISTS;
	}
	if (status == STATUS_OK && !create && backup->count == 0) {
		detail_set(detail, backup->path, "holds no backup");
		return STATUS_NOT_FOUND;
	}
	if (backup->count > 0) {
		qsort(backup->numbers, backup->count, sizeof(backup->numbers[0]), compare_numbers);
	}
	return status;
}

enum status backup_open(struct backup *backup, const char *path, bool create, struct detail *detail)
{
	enum status status = STATUS_OK;

	*backup = (struct backup){ .lock = -1 };
	if (strlen(path) >= sizeof(backup->path)) {
		detail_set(detail, path, "this path is too long");
		return STATUS_INVALID;
	}
	memcpy(backup->path, path, strlen(path) + 1);
	if (create) {
		status = folder_make(path, detail);
	}
	if (status == STATUS_OK) {
		status = list(backup, create, detail);
	}
	if (status == STATUS_OK && create) {
		status = take_lock(backup, detail);
	}
	if (status == STATUS_OK && create) {
		backup->count = 0; /* again, now that nobody else writes */
		status = list(backup, create, detail);
	}
	if (status != STATUS_OK) {
		backup_close(backup);
	}
	return status;
}

void backup_close(struct backup *backup)
{
	if (backup->lock >= 0) {
		(void)close(backup->lock);
	}
	backup->lock = -1;
}

enum status backup_manifest(const struct backup *backup, struct manifest *manifest,
                            struct hash *hash, uint64_t number, const struct note_key *pinned,
                            struct detail *detail)
{
	char name[32];
	char path[PATH_MAX];
	struct buf note;

	(void)snprintf(name, sizeof(name), "manifest-%08" PRIu64, number);
	folder_path(path, backup->path, name);
	buf_init(&note, MANIFEST_BYTES_MAX);
	enum status status = durable_file_read(path, &note, detail);
	if (status == STATUS_NO_MEMORY) {
		status = STATUS_CORRUPT; /* larger than any manifest */
	}
	if (status == STATUS_OK) {
		status = manifest_open(manifest, buf_bytes(&note), pinned, detail);
		if (status == STATUS_OK && manifest->number != number) {
			detail_set(detail, "", "this manifest bears another number");
			status = STATUS_CORRUPT;
		}
		if (status != STATUS_OK && detail != NULL) {
			(void)snprintf(detail->path, sizeof(detail->path), "%s", name);
		}
	}
	if (status == STATUS_OK && hash != NULL) {
		*hash = crypto_sha256(buf_bytes(&note));
	}
	buf_fini(&note);
	return status;
}
