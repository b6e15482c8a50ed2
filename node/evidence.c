#include "node/evidence.h"

#include "ledger/base/assert.h"
#include "node/durable_file.h"
#include "node/folder.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EVIDENCE_PATH_MAX = sizeof("evidence/") + EVIDENCE_NAME_MAX };

const char *evidence_kind_name(enum evidence_kind kind)
{
	static const char *const names[] = {
		[EVIDENCE_FORK] = "fork",
		[EVIDENCE_ROLLBACK] = "rollback",
		[EVIDENCE_RECORD] = "record",
	};

	return names[kind];
}

static void append_hex(struct buf *out, struct bytes bytes)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes.size; i++) {
		buf_append_u8(out, (uint8_t)digits[bytes.data[i] >> 4]);
		buf_append_u8(out, (uint8_t)digits[bytes.data[i] & 15]);
	}
}

static void append_root(struct buf *out, const char *name, const struct hash *root)
{
	if (root != NULL) {
		buf_append_string(out, name);
		append_hex(out, bytes_of_hash(root));
		buf_append_u8(out, '\n');
	}
}

static void append_proof(struct buf *out, const char *name, const struct proof *proof)
{
	if (proof == NULL) {
		return;
	}
	buf_append_string(out, name);
	for (size_t i = 0; i < proof->count; i++) {
		if (i > 0) {
			buf_append_u8(out, ',');
		}
		append_hex(out, bytes_of_hash(&proof->hashes[i]));
	}
	buf_append_u8(out, '\n');
}

static void append_note(struct buf *out, const char *name, struct bytes note)
{
	if (note.size > 0) {
		buf_printf(out, "\n%s\n", name);
		buf_append(out, note);
	}
}

void evidence_format(struct buf *out, const struct evidence *evidence)
{
	buf_printf(out,
	           "civil-ledger/evidence/v1\nkind: %s\nfound: %" PRId64
	           "\nfrom: %s\ntext: %s\nsize: %" PRIu64 "\n",
	           evidence_kind_name(evidence->kind), evidence->found_at_ms, evidence->from,
	           evidence->text, evidence->size);
	append_root(out, "our root: ", evidence->our_root);
	append_root(out, "their root: ", evidence->their_root);
	append_proof(out, "our proof: ", evidence->our_proof);
	append_proof(out, "their proof: ", evidence->their_proof);
	if (evidence->record.size > 0) {
		buf_printf(out, "record index: %" PRIu64 "\nrecord: ", evidence->record_index);
		append_hex(out, evidence->record);
		buf_append_u8(out, '\n');
	}
	append_note(out, "ours:", evidence->ours);
	append_note(out, "theirs:", evidence->theirs);
}

enum status evidence_store(const char *folder, enum evidence_kind kind, int64_t found_at_ms,
                           struct bytes text, struct detail *detail)
{
	char name[EVIDENCE_PATH_MAX];
	char path[PATH_MAX];

	folder_path(path, folder, "evidence");
	enum status status = folder_make(path, detail);
	if (status == STATUS_OK) {
		status = folder_sync(folder, detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	(void)snprintf(name, sizeof(name), "evidence/%" PRId64 "-%s", found_at_ms,
	               evidence_kind_name(kind));
	folder_path(path, folder, name);
	return durable_file_write(path, text, detail);
}

/* Names that evidence_store gives: digits, a hyphen, a kind. */
static bool is_name(const char *name)
{
	size_t digits = strspn(name, "0123456789");
	size_t letters = digits == 0 || name[digits] != '-'
	                         ? 0
	                         : strspn(name + digits + 1, "abcdefghijklmnopqrstuvwxyz");

	return letters > 0 && name[digits + 1 + letters] == '\0' &&
	       strlen(name) <= EVIDENCE_NAME_MAX;
}

static int is_listed(const struct dirent *entry)
{
	return is_name(entry->d_name);
}

/* Oldest first: their names begin with the time, all of one length until the year 2286. */
static enum status list(const char *path, bool settled,
                        void (*each)(void *context, const char *name, bool settled), void *context,
                        struct detail *detail)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_listed, alphasort);

	if (count < 0) {
		if (errno == ENOENT) {
			return STATUS_OK;
		}
		detail_set(detail, path, "cannot be listed: %s", strerror(errno));
		return errno == ENOMEM ? STATUS_NO_MEMORY : STATUS_IO;
	}
	for (int i = 0; i < count; i++) {
		each(context, entries[i]->d_name, settled);
		free(entries[i]);
	}
	free(entries);
	return STATUS_OK;
}

enum status evidence_list(const char *folder,
                          void (*each)(void *context, const char *name, bool settled),
                          void *context, struct detail *detail)
{
	char path[PATH_MAX];

	folder_path(path, folder, "evidence/settled");
	enum status status = list(path, true, each, context, detail);
	if (status == STATUS_OK) {
		folder_path(path, folder, "evidence");
		status = list(path, false, each, context, detail);
	}
	return status;
}

static void count_unsettled(void *context, const char *name, bool settled)
{
	size_t *count = context;

	(void)name;
	*count += !settled;
}

enum status evidence_count(const char *folder, size_t *count, struct detail *detail)
{
	size_t found = 0;
	enum status status = evidence_list(folder, count_unsettled, &found, detail);

	if (status == STATUS_OK) {
		*count = found;
	}
	return status;
}

static enum status check_name(const char *name, struct detail *detail)
{
	if (is_name(name)) {
		return STATUS_OK;
	}
	detail_set(detail, "", "names of evidence look like 1790000000000-fork");
	return STATUS_INVALID;
}

enum status evidence_read(const char *folder, const char *name, struct buf *out,
                          struct detail *detail)
{
	static const char *const places[] = { "evidence", "evidence/settled" };
	char place[PATH_MAX];
	char path[PATH_MAX];
	enum status status = check_name(name, detail);

	for (size_t i = 0; i < 2 && (status == STATUS_OK || status == STATUS_NOT_FOUND); i++) {
		folder_path(place, folder, places[i]);
		folder_path(path, place, name);
		status = durable_file_read(path, out, detail);
		if (status == STATUS_OK) {
			return STATUS_OK;
		}
	}
	return status;
}

enum status evidence_settle(const char *folder, const char *name, struct detail *detail)
{
	char from[PATH_MAX];
	char to[PATH_MAX];
	char open[PATH_MAX];
	char settled[PATH_MAX];
	enum status status = check_name(name, detail);

	folder_path(to, folder, "evidence/settled");
	folder_path(from, folder, "evidence");
	if (status == STATUS_OK && access(from, F_OK) != 0) {
		detail_set(detail, from, "there is no evidence");
		return STATUS_NOT_FOUND;
	}
	if (status == STATUS_OK) {
		status = folder_make(to, detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	folder_path(open, from, name);
	folder_path(settled, to, name);
	if (rename(open, settled) != 0) {
		detail_set(detail, open, "cannot be moved: %s", strerror(errno));
		return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO;
	}
	return folder_sync(from, detail);
}
