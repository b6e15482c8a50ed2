#include "ledger/base/crypto.h"
#include "ledger/ledger.h"
#include "node/backup.h"
#include "node/durable_file.h"
#include "node/failpoint.h"
#include "node/folder.h"
#include "node/snapshot.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* One backup under way. */
struct making {
	struct backup *backup;
	struct backup_made *made;
	struct manifest manifest;
	struct snapshot snapshot;
	const char *node_folder;
	const struct backup_progress *progress;
	uint64_t done;
	struct detail *detail;
};

static void step(void *context, uint64_t bytes)
{
	struct making *making = context;

	making->done += bytes;
	if (making->progress->step != NULL) {
		making->progress->step(making->progress->context, making->done, 0);
	}
}

/* Where a file of the manifest lies now. */
static void source_path(char out[PATH_MAX], const struct making *making, const char *name)
{
	if (strncmp(name, "store/", strlen("store/")) == 0) {
		folder_path(out, making->snapshot.folder, name + strlen("store/"));
	} else {
		folder_path(out, making->node_folder, name);
	}
}

/* Copies `from` under its hash unless it is there with its whole size. */
static enum status keep_file(struct making *making, const char *from,
                             const struct manifest_file *file)
{
	char to[PATH_MAX];
	char path_new[PATH_MAX];
	struct stat present;

	backup_file_path(to, making->backup, &file->hash);
	if (stat(to, &present) == 0 && (uint64_t)present.st_size == file->size) {
		return STATUS_OK;
	}
	(void)snprintf(path_new, sizeof(path_new), "%s/files/new", making->backup->path);
	(void)unlink(path_new); /* of a backup that was cut */
	enum status status = folder_copy(from, path_new, &file->hash, step, making, making->detail);
	FAILPOINT("backup_file");
	if (status == STATUS_OK && rename(path_new, to) != 0) {
		detail_set(making->detail, to, "cannot be put in its place: %s", strerror(errno));
		status = STATUS_IO;
	}
	making->made->new_files++;
	making->made->new_bytes += file->size;
	return status;
}

static enum status add_file(struct making *making, const char *name)
{
	struct manifest_file *file = manifest_add(&making->manifest);
	char from[PATH_MAX];

	if (file == NULL || strlen(name) > MANIFEST_NAME_MAX) {
		detail_set(making->detail, name, "more files than a manifest may name (%d)",
		           MANIFEST_FILES_MAX);
		return STATUS_NO_MEMORY;
	}
	memcpy(file->name, name, strlen(name) + 1);
	source_path(from, making, name);
	enum status status =
	        folder_hash(&file->hash, &file->size, from, step, making, making->detail);

	return status == STATUS_OK ? keep_file(making, from, file) : status;
}

/* The engine's own log and lock are no part of the store. */
static bool is_engines(const char *name)
{
	return strncmp(name, "LOG", 3) == 0 || strcmp(name, "LOCK") == 0;
}

static enum status add_store_file(void *context, const char *name)
{
	char path[PATH_MAX];

	if (is_engines(name)) {
		return STATUS_OK;
	}
	(void)snprintf(path, sizeof(path), "store/%s", name);
	return add_file(context, path);
}

/* The newest checkpoint; a node that has signed none has none. Taken before the snapshot, so that
 * it speaks of no more records than that holds. */
static enum status add_checkpoint(struct making *making)
{
	enum status status = add_file(making, "checkpoint");

	if (status == STATUS_NOT_FOUND) {
		making->manifest.file_count--;
		return STATUS_OK;
	}
	return status;
}

/* Opening the copy compares head, tree and last record. */
static enum status read_head(struct making *making, struct hash *root, uint64_t size)
{
	const struct store_options options = { .read_only = true };
	struct store *store = NULL;
	struct ledger *ledger = NULL;
	struct ledger_view view;
	enum status status =
	        store_rocksdb_open(&store, making->snapshot.folder, &options, making->detail);

	if (status == STATUS_OK) {
		status = ledger_open(&ledger, store, making->detail);
	}
	if (status == STATUS_OK) {
		making->manifest.head = ledger_head(ledger);
		making->manifest.ledger = ledger_id(ledger);
		making->manifest.store_format = ledger_format_of(ledger);
		status = ledger_view_begin(ledger, &view);
	}
	if (status == STATUS_OK) {
		if (size <= making->manifest.head.size) {
			status = ledger_root(&view.view, root, size);
		}
		ledger_view_end(&view);
	}
	ledger_close(ledger);
	store_close(store);
	return status;
}

/* The backup before this one must be a beginning of it. */
static enum status continue_from(struct making *making, const struct manifest *before)
{
	struct hash root = { { 0 } };
	enum status status = read_head(making, &root, before->head.size);

	if (status != STATUS_OK || before->number == 0) {
		return status;
	}
	if (!id_equal(&before->ledger, &making->manifest.ledger)) {
		detail_set(making->detail, making->backup->path,
		           "holds backups of another ledger; name another folder");
		return STATUS_DIVERGED;
	}
	if (before->head.size > making->manifest.head.size) {
		detail_set(making->detail, making->backup->path,
		           "holds a backup of %" PRIu64 " records and the node has %" PRIu64
		           "; name another folder, and find out what was lost",
		           before->head.size, making->manifest.head.size);
		return STATUS_OUT_OF_RANGE;
	}
	if (!hash_equal(&root, &before->head.root)) {
		detail_set(making->detail, making->backup->path,
		           "the first %" PRIu64 " records are not those backed up before; keep "
		           "both, and compare them with a peer",
		           before->head.size);
		return STATUS_DIVERGED;
	}
	return STATUS_OK;
}

static enum status read_before(struct making *making, struct manifest *before)
{
	const struct backup *backup = making->backup;

	if (backup->count == 0) {
		return STATUS_OK;
	}
	return backup_manifest(backup, before, &making->manifest.previous,
	                       backup->numbers[backup->count - 1], NULL, making->detail);
}

/* Signs and writes the manifest, when all that it names is durable. */
static enum status finish(struct making *making, const struct identity *identity)
{
	struct manifest *manifest = &making->manifest;
	char path[PATH_MAX];
	struct buf note;

	(void)snprintf(path, sizeof(path), "%s/files", making->backup->path);
	enum status status = folder_sync(path, making->detail);

	FAILPOINT("backup_files");
	buf_init(&note, MANIFEST_BYTES_MAX);
	if (status == STATUS_OK) {
		status = manifest_seal(&note, manifest, identity->secret_key);
	}
	(void)snprintf(path, sizeof(path), "%s/manifest-%08" PRIu64, making->backup->path,
	               manifest->number);
	if (status == STATUS_OK) {
		status = durable_file_write(path, buf_bytes(&note), making->detail);
	}
	buf_fini(&note);
	FAILPOINT("backup_manifest");
	if (status == STATUS_OK) {
		making->made->number = manifest->number;
		making->made->head = manifest->head;
		making->made->files = manifest->file_count;
		making->made->bytes = manifest_bytes(manifest);
		if (making->backup->count < BACKUPS_MAX) {
			making->backup->numbers[making->backup->count] = manifest->number;
			making->backup->count++;
		}
	}
	return status;
}

static enum status name_maker(struct manifest *manifest, const struct identity *identity)
{
	memcpy(manifest->node, identity->node, sizeof(manifest->node));
	memcpy(manifest->origin, identity->origin, sizeof(manifest->origin));
	return note_key_init(&manifest->key, identity->origin, NOTE_KEY_ED25519,
	                     identity->public_key);
}

enum status backup_make(struct backup *backup, struct backup_made *made, const char *node_folder,
                        int64_t now_ms, const struct backup_progress *progress,
                        struct detail *detail)
{
	struct making making = { .backup = backup,
		                 .made = made,
		                 .node_folder = node_folder,
		                 .progress = progress,
		                 .detail = detail };
	struct identity identity;
	struct manifest before;
	bool taken = false;

	*made = (struct backup_made){ .number = 0 };
	manifest_init(&making.manifest);
	manifest_init(&before);
	enum status status = identity_load(node_folder, &identity, detail);
	if (status == STATUS_OK) {
		status = name_maker(&making.manifest, &identity);
	}
	if (status == STATUS_OK) {
		status = read_before(&making, &before);
	}
	if (status == STATUS_OK) {
		making.manifest.number = before.number + 1;
		making.manifest.made_at_ms = now_ms;
		status = add_checkpoint(&making);
	}
	if (status == STATUS_OK) {
		status = snapshot_begin(&making.snapshot, node_folder, detail);
		taken = status == STATUS_OK;
	}
	if (status == STATUS_OK) {
		status = continue_from(&making, &before);
	}
	if (status == STATUS_OK) {
		status = folder_list(making.snapshot.folder, add_store_file, &making, detail);
	}
	if (taken) {
		snapshot_end(&making.snapshot);
	}
	if (status == STATUS_OK) {
		status = finish(&making, &identity);
	}
	manifest_fini(&making.manifest);
	manifest_fini(&before);
	identity_fini(&identity);
	return status;
}
