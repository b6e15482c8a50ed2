#include "node/manifest.h"

#include "ledger/base/assert.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_LINE "civil-ledger/backup/v"

enum { VKEY_MAX = 400, FILES_FIRST = 64 };

void manifest_init(struct manifest *manifest)
{
	*manifest = (struct manifest){ .number = 0 };
}

void manifest_fini(struct manifest *manifest)
{
	free(manifest->files);
	manifest_init(manifest);
}

struct manifest_file *manifest_add(struct manifest *manifest)
{
	size_t count = manifest->file_count;

	if (count == MANIFEST_FILES_MAX) {
		return NULL;
	}
	/* The list doubles whenever it has filled a power of two. */
	if (count == 0 || (count >= FILES_FIRST && (count & (count - 1)) == 0)) {
		size_t capacity = count == 0 ? FILES_FIRST : 2 * count;
		struct manifest_file *files =
		        realloc(manifest->files, capacity * sizeof(*manifest->files));

		if (files == NULL) {
			return NULL;
		}
		manifest->files = files;
	}
	manifest->file_count++;
	manifest->files[count] = (struct manifest_file){ .size = 0 };
	return &manifest->files[count];
}

bool manifest_name_is_valid(const char *name)
{
	static const char letters[] =
	        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

	if (strcmp(name, "checkpoint") == 0) {
		return true;
	}
	if (strncmp(name, "store/", strlen("store/")) != 0) {
		return false;
	}
	const char *rest = name + strlen("store/");

	return strlen(name) <= MANIFEST_NAME_MAX && rest[0] != '\0' && rest[0] != '.' &&
	       strspn(rest, letters) == strlen(rest);
}

uint64_t manifest_bytes(const struct manifest *manifest)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < manifest->file_count; i++) {
		bytes += manifest->files[i].size;
	}
	return bytes;
}

static void put_hash(struct buf *out, const char *name, const struct hash *hash)
{
	char hex[2 * HASH_BYTES + 1];

	bytes_to_hex(hex, bytes_of_hash(hash));
	buf_printf(out, "%s %s\n", name, hex);
}

static void put_text(struct buf *out, const struct manifest *manifest)
{
	const struct ledger_head *head = &manifest->head;
	char hex[2 * HASH_BYTES + 1];

	bytes_to_hex(hex, bytes_of_id(&manifest->ledger));
	buf_printf(out, FIRST_LINE "%d\nnode %s\norigin %s\nledger %s\nkey ", MANIFEST_FORMAT,
	           manifest->node, manifest->origin, hex);
	note_key_format(out, &manifest->key);
	buf_printf(out, "\nnumber %" PRIu64 "\nmade %" PRId64 "\nstore-format %" PRIu32 "\n",
	           manifest->number, manifest->made_at_ms, manifest->store_format);
	buf_printf(out, "batch %" PRIu64 "\nsize %" PRIu64 "\nrecorded %" PRId64 "\n", head->batch,
	           head->size, head->recorded_at_ms);
	put_hash(out, "head", &head->head);
	put_hash(out, "root", &head->root);
	put_hash(out, "previous", &manifest->previous);
	buf_printf(out, "files %zu\n", manifest->file_count);
	for (size_t i = 0; i < manifest->file_count; i++) {
		const struct manifest_file *file = &manifest->files[i];

		bytes_to_hex(hex, bytes_of_hash(&file->hash));
		buf_printf(out, "file %s %" PRIu64 " %s\n", hex, file->size, file->name);
	}
}

enum status manifest_seal(struct buf *out, const struct manifest *manifest,
                          const uint8_t secret_key[SECRET_KEY_BYTES])
{
	struct buf text;

	buf_init(&text, MANIFEST_BYTES_MAX);
	put_text(&text, manifest);
	enum status status = buf_status(&text);
	if (status == STATUS_OK) {
		note_begin(out, buf_bytes(&text));
		note_sign(out, buf_bytes(&text), &manifest->key, secret_key);
		status = buf_status(out);
	}
	buf_fini(&text);
	return status;
}

/* Reads what stands before the list of files; `*used` is how much that is. Lenient: the text is
 * written again and compared. */
static bool parse_head(struct manifest *manifest, size_t *files, size_t *used, const char *text)
{
	char ledger[2 * ID_BYTES + 1];
	char vkey[VKEY_MAX + 1];
	char hashes[3][2 * HASH_BYTES + 1];
	struct ledger_head *head = &manifest->head;
	int end = 0;
	int fields = sscanf(
	        text,
	        FIRST_LINE "%*u\nnode %63[a-z0-9-]\norigin %127[^ \n]\n"
	                   "ledger %32[0-9a-f]\nkey %400[^ \n]\nnumber %" SCNu64 "\nmade %" SCNd64
	                   "\nstore-format %" SCNu32 "\nbatch %" SCNu64 "\nsize %" SCNu64
	                   "\nrecorded %" SCNd64 "\nhead %64[0-9a-f]\nroot %64[0-9a-f]\n"
	                   "previous %64[0-9a-f]\nfiles %zu\n%n",
	        manifest->node, manifest->origin, ledger, vkey, &manifest->number,
	        &manifest->made_at_ms, &manifest->store_format, &head->batch, &head->size,
	        &head->recorded_at_ms, hashes[0], hashes[1], hashes[2], files, &end);

	*used = (size_t)end;
	return fields == 14 && end > 0 &&
	       bytes_from_hex(manifest->ledger.bytes, ID_BYTES, ledger) &&
	       bytes_from_hex(head->head.bytes, HASH_BYTES, hashes[0]) &&
	       bytes_from_hex(head->root.bytes, HASH_BYTES, hashes[1]) &&
	       bytes_from_hex(manifest->previous.bytes, HASH_BYTES, hashes[2]) &&
	       note_key_parse(&manifest->key, bytes_of_string(vkey)) == STATUS_OK &&
	       *files <= MANIFEST_FILES_MAX;
}

/* Reads the list of files. STATUS_OK, STATUS_CORRUPT, STATUS_NO_MEMORY. */
static enum status parse_files(struct manifest *manifest, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		struct manifest_file *file = manifest_add(manifest);
		char hex[2 * HASH_BYTES + 1];
		int end = 0;

		if (file == NULL) {
			return STATUS_NO_MEMORY;
		}
		int fields = sscanf(text, "file %64[0-9a-f] %" SCNu64 " %63[^ \n]\n%n", hex,
		                    &file->size, file->name, &end);
		if (fields != 3 || end == 0 || !bytes_from_hex(file->hash.bytes, HASH_BYTES, hex) ||
		    !manifest_name_is_valid(file->name)) {
			return STATUS_CORRUPT;
		}
		text += end;
	}
	return STATUS_OK;
}

/* True when writing the manifest gives the text that it was read from. */
static bool is_canonical(const struct manifest *manifest, struct bytes text)
{
	struct buf again;

	buf_init(&again, MANIFEST_BYTES_MAX);
	put_text(&again, manifest);
	bool equal = buf_status(&again) == STATUS_OK && bytes_equal(buf_bytes(&again), text);
	buf_fini(&again);
	return equal;
}

static enum status parse(struct manifest *manifest, struct bytes text, struct detail *detail)
{
	struct buf string;
	unsigned version = 0;
	size_t files = 0;
	size_t used = 0;

	buf_init(&string, MANIFEST_BYTES_MAX + 1);
	buf_append(&string, text);
	buf_append_u8(&string, 0);
	enum status status = buf_status(&string);
	const char *chars = (const char *)string.data;
	if (status == STATUS_OK && sscanf(chars, FIRST_LINE "%u\n", &version) == 1 &&
	    version > MANIFEST_FORMAT) {
		detail_set(detail, "",
		           "this backup has format %u and this program knows %d; use the program "
		           "that made it, or a newer one",
		           version, MANIFEST_FORMAT);
		status = STATUS_UNSUPPORTED;
	} else if (status == STATUS_OK) {
		status = parse_head(manifest, &files, &used, chars) ? STATUS_OK : STATUS_CORRUPT;
	}
	if (status == STATUS_OK) {
		status = parse_files(manifest, files, chars + used);
	}
	buf_fini(&string);
	return status == STATUS_OK && !is_canonical(manifest, text) ? STATUS_CORRUPT : status;
}

enum status manifest_open(struct manifest *manifest, struct bytes bytes,
                          const struct note_key *pinned, struct detail *detail)
{
	struct note *note = malloc(sizeof(*note));
	struct note_verdict verdict;

	if (note == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = note_parse(note, bytes);
	if (status == STATUS_OK) {
		status = parse(manifest, note->text, detail);
	}
	if (status == STATUS_OK && strcmp(manifest->key.name, manifest->origin) != 0) {
		status = STATUS_CORRUPT;
	}
	if (status == STATUS_OK) {
		status = note_verify(note, &verdict, pinned == NULL ? &manifest->key : pinned, 1);
	}
	free(note);
	if (status == STATUS_NOT_FOUND && pinned != NULL) {
		detail_set(detail, "", "this backup is signed by another key than the one pinned");
		return STATUS_DENIED;
	}
	if (status == STATUS_INVALID || status == STATUS_CORRUPT || status == STATUS_NOT_FOUND) {
		detail_set(detail, "", "this is no manifest of a backup, or not what was signed");
		return STATUS_CORRUPT;
	}
	return status;
}
