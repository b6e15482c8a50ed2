#include "node/evidence_check.h"

#include <stdlib.h>

#define FIRST_LINE "civil-ledger/evidence/v1\n"

/* The value of a line of the head, "name: value"; no data when there is none. */
static struct bytes value_of(struct bytes head, const char *name)
{
	const struct bytes wanted = bytes_of_string(name);

	while (head.size > 0) {
		const uint8_t *end = memchr(head.data, '\n', head.size);
		size_t size = end == NULL ? head.size : (size_t)(end - head.data);

		if (size >= wanted.size && memcmp(head.data, wanted.data, wanted.size) == 0) {
			return bytes_of(head.data + wanted.size, size - wanted.size);
		}
		size += end != NULL;
		head = bytes_of(head.data + size, head.size - size);
	}
	return bytes_of(NULL, 0);
}

static const uint8_t *find(struct bytes text, const char *what)
{
	return text.size == 0 ? NULL : memmem(text.data, text.size, what, strlen(what));
}

/* Cuts the text into its head and the two notes. */
static bool cut(struct bytes *head, struct bytes *ours, struct bytes *theirs, struct bytes text)
{
	const struct bytes first = bytes_of_string(FIRST_LINE);
	const uint8_t *end = text.data + text.size;

	if (text.size < first.size || memcmp(text.data, first.data, first.size) != 0) {
		return false;
	}
	const uint8_t *our = find(text, "\nours:\n");
	const uint8_t *their = find(text, "\ntheirs:\n");
	const uint8_t *notes = our != NULL && (their == NULL || our < their) ? our : their;

	*head = bytes_of(text.data, notes == NULL ? text.size : (size_t)(notes - text.data));
	*ours = bytes_of(NULL, 0);
	*theirs = bytes_of(NULL, 0);
	if (our != NULL) {
		const uint8_t *note = our + strlen("\nours:\n");

		*ours = bytes_of(note, (size_t)((their > our ? their : end) - note));
	}
	if (their != NULL) {
		const uint8_t *note = their + strlen("\ntheirs:\n");

		*theirs = bytes_of(note, (size_t)(end - note));
	}
	return true;
}

static bool read_hash(struct hash *hash, struct bytes hex)
{
	char text[2 * HASH_BYTES + 1];

	if (hex.size != 2 * HASH_BYTES) {
		return false;
	}
	memcpy(text, hex.data, hex.size);
	text[hex.size] = '\0';
	return bytes_from_hex(hash->bytes, HASH_BYTES, text);
}

/* Hashes in hexadecimal, by commas. */
static bool read_proof(struct proof *proof, struct bytes text)
{
	proof->count = 0;
	while (text.size > 0) {
		size_t size = text.size < 2 * HASH_BYTES ? text.size : 2 * HASH_BYTES;

		if (proof->count == PROOF_HASHES_MAX ||
		    !read_hash(&proof->hashes[proof->count], bytes_of(text.data, size))) {
			return false;
		}
		proof->count++;
		if (size < text.size && text.data[size] != ',') {
			return false;
		}
		size += size < text.size;
		text = bytes_of(text.data + size, text.size - size);
	}
	return true;
}

static bool read_number(uint64_t *number, struct bytes text)
{
	*number = 0;
	for (size_t i = 0; i < text.size; i++) {
		unsigned digit = (unsigned)text.data[i] - '0';

		if (digit > 9 || *number > (UINT64_MAX - digit) / 10) {
			return false;
		}
		*number = *number * 10 + digit;
	}
	return text.size > 0;
}

static bool read_kind(enum evidence_kind *kind, struct bytes text)
{
	for (*kind = EVIDENCE_FORK; *kind <= EVIDENCE_RECORD; (*kind)++) {
		if (bytes_equal(text, bytes_of_string(evidence_kind_name(*kind)))) {
			return true;
		}
	}
	return false;
}

static void open_statement(struct evidence_statement *out, struct bytes note,
                           const struct note_key keys[], size_t key_count)
{
	struct checkpoint checkpoint;

	*out = (struct evidence_statement){ .is_signed = false };
	for (size_t i = 0; note.size > 0 && !out->is_signed && i < key_count; i++) {
		if (checkpoint_open(&checkpoint, note, &keys[i]) == STATUS_OK) {
			out->is_signed = true;
			out->key = i;
			out->head = checkpoint.head;
		}
	}
}

/* The root that a statement has, or is proven to have, at `size`. */
static bool root_at(struct hash *root, const struct evidence_statement *statement, uint64_t size,
                    struct bytes claimed, struct bytes path)
{
	struct tree_head old = { .size = size };
	struct proof proof;

	if (!statement->is_signed) {
		return false;
	}
	if (statement->head.size == size) {
		*root = statement->head.root;
		return true;
	}
	if (!read_hash(&old.root, claimed) || !read_proof(&proof, path) ||
	    proof_check_consistency(&old, &statement->head, &proof) != STATUS_OK) {
		return false;
	}
	*root = old.root;
	return true;
}

static bool forked(const struct evidence_verdict *verdict, struct bytes head)
{
	struct hash ours;
	struct hash theirs;

	return root_at(&ours, &verdict->ours, verdict->size, value_of(head, "our root: "),
	               value_of(head, "our proof: ")) &&
	       root_at(&theirs, &verdict->theirs, verdict->size, value_of(head, "their root: "),
	               value_of(head, "their proof: ")) &&
	       !hash_equal(&ours, &theirs);
}

enum status evidence_check(struct evidence_verdict *out, struct bytes text,
                           const struct note_key keys[], size_t key_count, struct detail *detail)
{
	struct bytes head;
	struct bytes ours;
	struct bytes theirs;

	if (!cut(&head, &ours, &theirs, text) || !read_kind(&out->kind, value_of(head, "kind: ")) ||
	    !read_number(&out->size, value_of(head, "size: "))) {
		detail_set(detail, "", "this is no evidence, or of a newer version");
		return STATUS_INVALID;
	}
	open_statement(&out->ours, ours, keys, key_count);
	open_statement(&out->theirs, theirs, keys, key_count);
	out->convicts = false;
	switch (out->kind) {
	case EVIDENCE_FORK:
		out->convicts = forked(out, head);
		break;
	case EVIDENCE_ROLLBACK:
		out->convicts = out->ours.is_signed && out->theirs.is_signed &&
		                out->ours.key == out->theirs.key &&
		                out->theirs.head.size < out->ours.head.size;
		break;
	case EVIDENCE_RECORD:
		break;
	}
	return STATUS_OK;
}
