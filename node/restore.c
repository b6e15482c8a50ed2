#include "node/restore.h"

#include "ledger/format.h"
#include "ledger/ledger.h"
#include "node/durable_file.h"
#include "node/failpoint.h"
#include "node/floor.h"
#include "node/folder.h"
#include "node/seen.h"

#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct restoring {
	const struct backup *backup;
	const struct restore_options *options;
	struct manifest manifest;
	char part[BACKUP_PATH_MAX + 16]; /* where it is made */
	uint64_t done, total;
	struct bytes largest; /* of what was seen */
	struct tree_head seen;
	struct detail *detail;
};

static void step(void *context, uint64_t bytes)
{
	struct restoring *restoring = context;
	const struct backup_progress *progress = &restoring->options->progress;

	restoring->done += bytes;
	if (progress->step != NULL) {
		progress->step(progress->context, restoring->done, restoring->total);
	}
}

static enum status check_target(const struct restoring *restoring)
{
	const char *to = restoring->options->to;
	struct stat present;

	if (strlen(to) >= BACKUP_PATH_MAX) {
		detail_set(restoring->detail, to, "this path is too long");
		return STATUS_INVALID;
	}
	if (lstat(to, &present) == 0) {
		detail_set(restoring->detail, to, "is there already; name a new folder");
		return STATUS_EXISTS;
	}
	return STATUS_OK;
}

static enum status check_format(const struct restoring *restoring)
{
	if (restoring->manifest.store_format > LEDGER_FORMAT) {
		detail_set(restoring->detail, restoring->backup->path,
		           "this backup has store format %" PRIu32 " and this program knows %d; "
		           "restore it with the newer program that made it",
		           restoring->manifest.store_format, LEDGER_FORMAT);
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

/* Reads what was seen and remembers the largest. */
static enum status read_seen(struct restoring *restoring, struct tree_head *head, struct bytes note)
{
	struct note *parsed = malloc(sizeof(*parsed));
	struct checkpoint checkpoint;
	enum status status = parsed == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	if (status == STATUS_OK && (note_parse(parsed, note) != STATUS_OK ||
	                            checkpoint_parse(&checkpoint, parsed->text) != STATUS_OK)) {
		detail_set(restoring->detail, "seen", "this note is no checkpoint");
		status = STATUS_CORRUPT;
	}
	free(parsed);
	if (status != STATUS_OK) {
		return status;
	}
	*head = checkpoint.head;
	if (restoring->largest.size == 0 || head->size > restoring->seen.size) {
		restoring->largest = note;
		restoring->seen = *head;
	}
	return STATUS_OK;
}

static enum status bound(struct restoring *restoring)
{
	const struct restore_options *options = restoring->options;
	uint64_t size = restoring->manifest.head.size;
	struct tree_head head;
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < options->seen_count; i++) {
		status = read_seen(restoring, &head, options->seen[i]);
	}
	if (status == STATUS_OK && restoring->seen.size > size && !options->catch_up) {
		detail_set(restoring->detail, restoring->backup->path,
		           "%" PRIu64 " records were seen signed and this backup holds %" PRIu64
		           "; restore a newer one, or, for a node that fetches the rest from its "
		           "cluster, say --catch-up",
		           restoring->seen.size, size);
		return STATUS_OUT_OF_RANGE;
	}
	return status;
}

/* Makes the empty folder beside; what a cut restore left is removed. */
static enum status make_part(struct restoring *restoring)
{
	char path[PATH_MAX];

	(void)snprintf(restoring->part, sizeof(restoring->part), "%s.restoring",
	               restoring->options->to);
	folder_path(path, restoring->part, "store");
	enum status status = folder_remove_flat(path, restoring->detail);
	if (status == STATUS_OK) {
		status = folder_remove_flat(restoring->part, restoring->detail);
	}
	if (status == STATUS_OK) {
		status = folder_make(restoring->part, restoring->detail);
	}
	return status == STATUS_OK ? folder_make(path, restoring->detail) : status;
}

static enum status copy_files(struct restoring *restoring)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < restoring->manifest.file_count; i++) {
		const struct manifest_file *file = &restoring->manifest.files[i];
		char from[PATH_MAX];
		char to[PATH_MAX];

		if (strncmp(file->name, "store/", strlen("store/")) != 0) {
			continue; /* the old node's checkpoint: not this one's to show */
		}
		backup_file_path(from, restoring->backup, &file->hash);
		folder_path(to, restoring->part, file->name);
		status = folder_copy(from, to, &file->hash, step, restoring, restoring->detail);
		if (status == STATUS_NOT_FOUND) {
			status = STATUS_CORRUPT; /* a backup without it is none */
		}
		FAILPOINT("restore_file");
	}
	return status;
}

static enum status root_at(void *context, struct hash *root, uint64_t size)
{
	struct ledger_view *view = context;

	return ledger_root(&view->view, root, size);
}

/* What was seen of no more than these records must be these records. */
static enum status compare_seen(struct restoring *restoring, struct ledger_view *view)
{
	const struct restore_options *options = restoring->options;
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < options->seen_count; i++) {
		struct tree_head head;

		status = read_seen(restoring, &head, options->seen[i]);
		if (status == STATUS_OK) {
			status = seen_check(&head, view->head.size, options->catch_up, root_at,
			                    view, restoring->detail);
		}
	}
	return status;
}

static enum status check_ledger(struct restoring *restoring)
{
	const struct store_options options = { .read_only = true };
	const struct ledger_head *expected = &restoring->manifest.head;
	struct store *store = NULL;
	struct ledger *ledger = NULL;
	struct ledger_view view;
	char path[PATH_MAX];

	folder_path(path, restoring->part, "store");
	enum status status = store_rocksdb_open(&store, path, &options, restoring->detail);
	if (status == STATUS_OK) {
		status = ledger_open(&ledger, store, restoring->detail);
	}
	if (status == STATUS_OK) {
		status = ledger_view_begin(ledger, &view);
	}
	if (status == STATUS_OK) {
		if (view.head.size != expected->size || view.head.batch != expected->batch ||
		    !hash_equal(&view.head.head, &expected->head) ||
		    !hash_equal(&view.head.root, &expected->root) ||
		    !id_equal(&view.ledger_id, &restoring->manifest.ledger)) {
			detail_set(restoring->detail, restoring->backup->path,
			           "the ledger in this backup is not the one its manifest names");
			status = STATUS_CORRUPT;
		}
		if (status == STATUS_OK) {
			status = compare_seen(restoring, &view);
		}
		ledger_view_end(&view);
	}
	ledger_close(ledger);
	store_close(store);
	return status;
}

/* Floor, what was seen, and the identity, which says that all the others are there. */
static enum status write_node(struct restoring *restoring, struct restore_made *made)
{
	const struct manifest *manifest = &restoring->manifest;
	const struct restore_options *options = restoring->options;
	const struct floor_state floor = { .batch = manifest->head.batch,
		                           .size = manifest->head.size,
		                           .head = manifest->head.head };
	struct identity identity = { .ledger = manifest->ledger };
	char path[PATH_MAX];

	(void)snprintf(identity.node, sizeof(identity.node), "%s",
	               options->node == NULL ? manifest->node : options->node);
	memcpy(identity.origin, manifest->origin, sizeof(identity.origin));
	folder_path(path, restoring->part, "floor");
	enum status status = floor_create(path, &floor, restoring->detail);
	folder_path(path, restoring->part, "seen");
	if (status == STATUS_OK && restoring->largest.size > 0) {
		status = durable_file_write(path, restoring->largest, restoring->detail);
	}
	if (status == STATUS_OK) {
		status = identity_create(restoring->part, &identity, options->seed,
		                         restoring->detail);
	}
	if (status == STATUS_OK) {
		status = note_key_init(&made->key, identity.origin, NOTE_KEY_ED25519,
		                       identity.public_key);
	}
	memcpy(made->node, identity.node, sizeof(made->node));
	identity_fini(&identity);
	return status;
}

static enum status publish(struct restoring *restoring)
{
	const char *to = restoring->options->to;
	char path[PATH_MAX];

	folder_path(path, restoring->part, "store");
	enum status status = folder_sync(path, restoring->detail);
	if (status == STATUS_OK) {
		status = folder_sync(restoring->part, restoring->detail);
	}
	FAILPOINT("restore_made");
	if (status == STATUS_OK && rename(restoring->part, to) != 0) {
		detail_set(restoring->detail, to, "cannot be put in its place: %s",
		           strerror(errno));
		status = errno == ENOTEMPTY || errno == EEXIST ? STATUS_EXISTS : STATUS_IO;
	}
	(void)snprintf(path, sizeof(path), "%s", to);
	return status == STATUS_OK ? folder_sync(dirname(path), restoring->detail) : status;
}

enum status restore_make(const struct backup *backup, struct restore_made *made,
                         const struct restore_options *options, struct detail *detail)
{
	struct restoring restoring = { .backup = backup, .options = options, .detail = detail };
	uint64_t number =
	        options->number == 0 ? backup->numbers[backup->count - 1] : options->number;

	manifest_init(&restoring.manifest);
	enum status status = check_target(&restoring);
	if (status == STATUS_OK) {
		status = backup_manifest(backup, &restoring.manifest, NULL, number, options->pinned,
		                         detail);
	}
	if (status == STATUS_OK) {
		status = check_format(&restoring);
	}
	if (status == STATUS_OK) {
		status = bound(&restoring);
	}
	if (status == STATUS_OK) {
		restoring.total = manifest_bytes(&restoring.manifest);
		status = make_part(&restoring);
	}
	if (status == STATUS_OK) {
		status = copy_files(&restoring);
	}
	if (status == STATUS_OK) {
		status = check_ledger(&restoring);
	}
	if (status == STATUS_OK) {
		status = write_node(&restoring, made);
	}
	if (status == STATUS_OK) {
		status = publish(&restoring);
	}
	if (status == STATUS_OK) {
		made->head = restoring.manifest.head;
		made->seen_size = restoring.seen.size;
	}
	manifest_fini(&restoring.manifest);
	return status;
}
