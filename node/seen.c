#include "node/seen.h"

#include "node/durable_file.h"

#include <inttypes.h>
#include <stdlib.h>

enum status seen_read(struct tree_head *seen, const char *path, struct detail *detail)
{
	struct note *note = malloc(sizeof(*note));
	struct checkpoint checkpoint;
	struct buf bytes;

	if (note == NULL) {
		return STATUS_NO_MEMORY;
	}
	buf_init(&bytes, CHECKPOINT_NOTE_MAX);
	enum status status = durable_file_read(path, &bytes, detail);
	if (status == STATUS_OK && (note_parse(note, buf_bytes(&bytes)) != STATUS_OK ||
	                            checkpoint_parse(&checkpoint, note->text) != STATUS_OK)) {
		status = STATUS_CORRUPT;
	}
	if (status == STATUS_NO_MEMORY) {
		status = STATUS_CORRUPT; /* larger than any checkpoint */
	}
	if (status == STATUS_OK) {
		*seen = checkpoint.head;
	} else if (status == STATUS_CORRUPT) {
		detail_set(detail, path, "is not the checkpoint that civilctl restore put there");
	}
	buf_fini(&bytes);
	free(note);
	return status;
}

enum status seen_check(const struct tree_head *seen, uint64_t size, bool follows,
                       enum status (*root_at)(void *context, struct hash *root, uint64_t size),
                       void *context, struct detail *detail)
{
	struct hash root;

	if (seen->size > size && follows) {
		return STATUS_OK;
	}
	if (seen->size > size) {
		detail_set(detail, "seen",
		           "%" PRIu64 " records were seen signed and this node was restored with "
		           "%" PRIu64 ": start it as a core node or replica, which fetches the "
		           "rest, or restore a newer backup",
		           seen->size, size);
		return STATUS_OUT_OF_RANGE;
	}
	enum status status = root_at(context, &root, seen->size);
	if (status == STATUS_OK && !hash_equal(&root, &seen->root)) {
		detail_set(detail, "seen",
		           "the first %" PRIu64 " records are not those that were seen signed; "
		           "keep this folder as evidence, and restore from a peer",
		           seen->size);
		return STATUS_DIVERGED;
	}
	return status;
}
