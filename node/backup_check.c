/* What is in a folder of backups: verified, and pruned. */
#include "node/backup.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A set of files, sorted by hash. */
struct file_set {
	struct manifest_file *files;
	size_t count;
};

static int compare_files(const void *a, const void *b)
{
	const struct manifest_file *x = a;
	const struct manifest_file *y = b;

	return memcmp(x->hash.bytes, y->hash.bytes, HASH_BYTES);
}

/* Adds what the set lacks. */
static enum status set_add(struct file_set *set, const struct manifest *manifest)
{
	size_t most = set->count + manifest->file_count;
	size_t kept = 0;

	if (manifest->file_count == 0) {
		return STATUS_OK;
	}
	struct manifest_file *files = realloc(set->files, most * sizeof(*files));
	if (files == NULL) {
		return STATUS_NO_MEMORY;
	}
	memcpy(files + set->count, manifest->files, manifest->file_count * sizeof(*files));
	qsort(files, most, sizeof(*files), compare_files);
	for (size_t i = 0; i < most; i++) {
		if (kept == 0 || compare_files(&files[kept - 1], &files[i]) != 0) {
			files[kept] = files[i];
			kept++;
		}
	}
	*set = (struct file_set){ .files = files, .count = kept };
	return STATUS_OK;
}

static bool set_has(const struct file_set *set, const struct hash *hash)
{
	const struct manifest_file wanted = { .hash = *hash };

	return set->count > 0 &&
	       bsearch(&wanted, set->files, set->count, sizeof(wanted), compare_files) != NULL;
}

/* Reads the manifests from index `from` on into the set; each must continue the one before. */
static enum status read_manifests(const struct backup *backup, struct file_set *set, size_t from,
                                  const struct note_key *pinned, struct detail *detail)
{
	struct hash previous = { { 0 } };
	uint64_t size = 0;
	enum status status = STATUS_OK;

	for (size_t i = from; status == STATUS_OK && i < backup->count; i++) {
		struct manifest manifest;
		struct hash hash;

		manifest_init(&manifest);
		status = backup_manifest(backup, &manifest, &hash, backup->numbers[i], pinned,
		                         detail);
		/* Pruning takes the oldest away; a gap between others is a loss. */
		if (status == STATUS_OK && i > from &&
		    (!hash_equal(&manifest.previous, &previous) || manifest.head.size < size)) {
			detail_set(detail, backup->path,
			           "backup %" PRIu64 " does not continue the one before it; one "
			           "is missing or was exchanged",
			           backup->numbers[i]);
			status = STATUS_DIVERGED;
		}
		if (status == STATUS_OK) {
			status = set_add(set, &manifest);
		}
		previous = hash;
		size = manifest.head.size;
		manifest_fini(&manifest);
	}
	return status;
}

struct hashing {
	const struct backup_progress *progress;
	uint64_t done, total;
};

static void step(void *context, uint64_t bytes)
{
	struct hashing *hashing = context;

	hashing->done += bytes;
	if (hashing->progress->step != NULL) {
		hashing->progress->step(hashing->progress->context, hashing->done, hashing->total);
	}
}

static enum status check_file(const struct backup *backup, const struct manifest_file *file,
                              struct hashing *hashing, struct detail *detail)
{
	char path[PATH_MAX];
	struct hash hash;
	uint64_t size = 0;

	backup_file_path(path, backup, &file->hash);
	enum status status = folder_hash(&hash, &size, path, step, hashing, detail);
	if (status == STATUS_NOT_FOUND) {
		detail_set(detail, path,
		           "%s is missing; make a new backup, which copies it again if the node "
		           "still has it",
		           file->name);
		return STATUS_CORRUPT;
	}
	if (status == STATUS_OK && (size != file->size || !hash_equal(&hash, &file->hash))) {
		detail_set(detail, path,
		           "%s is damaged; remove this file and make a new backup, which copies "
		           "it again if the node still has it",
		           file->name);
		return STATUS_CORRUPT;
	}
	return status;
}

enum status backup_verify(const struct backup *backup, struct backup_verdict *verdict,
                          const struct note_key *pinned, const struct backup_progress *progress,
                          struct detail *detail)
{
	struct file_set set = { .count = 0 };
	struct hashing hashing = { .progress = progress };
	enum status status = read_manifests(backup, &set, 0, pinned, detail);

	for (size_t i = 0; i < set.count; i++) {
		hashing.total += set.files[i].size;
	}
	for (size_t i = 0; status == STATUS_OK && i < set.count; i++) {
		status = check_file(backup, &set.files[i], &hashing, detail);
	}
	if (status == STATUS_OK) {
		*verdict = (struct backup_verdict){ .backups = backup->count,
			                            .files = set.count,
			                            .bytes = hashing.total };
	}
	free(set.files);
	return status;
}

struct pruning {
	const struct backup *backup;
	const struct file_set *kept;
	struct backup_pruned *pruned;
};

static enum status remove_unnamed(void *context, const char *name)
{
	struct pruning *pruning = context;
	struct stat present;
	struct hash hash;
	char path[PATH_MAX];

	if (bytes_from_hex(hash.bytes, HASH_BYTES, name) && set_has(pruning->kept, &hash)) {
		return STATUS_OK;
	}
	(void)snprintf(path, sizeof(path), "%s/files/%s", pruning->backup->path, name);
	if (stat(path, &present) != 0 || unlink(path) != 0) {
		return STATUS_IO;
	}
	pruning->pruned->files++;
	pruning->pruned->bytes += (uint64_t)present.st_size;
	return STATUS_OK;
}

static enum status remove_manifests(const struct backup *backup, size_t count,
                                    struct backup_pruned *pruned, struct detail *detail)
{
	for (size_t i = 0; i < count; i++) {
		char path[PATH_MAX];

		(void)snprintf(path, sizeof(path), "%s/manifest-%08" PRIu64, backup->path,
		               backup->numbers[i]);
		if (unlink(path) != 0) {
			detail_set(detail, path, "cannot be removed: %s", strerror(errno));
			return STATUS_IO;
		}
		pruned->backups++;
	}
	return folder_sync(backup->path, detail);
}

enum status backup_prune(struct backup *backup, struct backup_pruned *pruned, uint64_t keep,
                         struct detail *detail)
{
	size_t gone = backup->count > keep ? backup->count - (size_t)keep : 0;
	struct file_set kept = { .count = 0 };
	struct pruning pruning = { .backup = backup, .kept = &kept, .pruned = pruned };
	char path[PATH_MAX];

	*pruned = (struct backup_pruned){ .backups = 0 };
	if (keep == 0) {
		detail_set(detail, backup->path, "at least one backup is kept");
		return STATUS_INVALID;
	}
	enum status status = read_manifests(backup, &kept, gone, NULL, detail);
	if (status == STATUS_OK) {
		status = remove_manifests(backup, gone, pruned, detail);
	}
	(void)snprintf(path, sizeof(path), "%s/files", backup->path);
	if (status == STATUS_OK) {
		status = folder_list(path, remove_unnamed, &pruning, detail);
	}
	if (status == STATUS_OK) {
		memmove(backup->numbers, backup->numbers + gone,
		        (backup->count - gone) * sizeof(backup->numbers[0]));
		backup->count -= gone;
	}
	free(kept.files);
	return status;
}
