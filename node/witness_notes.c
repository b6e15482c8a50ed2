#include "node/witness_internal.h"

#define NOTES_MAGIC "civil-ledger/witnessed/v1\n"

static bool is_blank(struct bytes line)
{
	return line.size == 0 || line.data[0] == '#';
}

/* Takes a line off the front; the last one may lack its end. */
static struct bytes take_line(struct bytes *rest)
{
	const uint8_t *end = memchr(rest->data, '\n', rest->size);
	size_t size = end == NULL ? rest->size : (size_t)(end - rest->data);
	struct bytes line = bytes_of(rest->data, size);
	size_t taken = end == NULL ? size : size + 1;

	*rest = bytes_of(rest->data + taken, rest->size - taken);
	return line;
}

enum status witness_read_keys(struct note_key keys[WITNESS_KEYS_MAX], size_t *count,
                              struct bytes text, struct detail *detail)
{
	size_t found = 0;

	for (size_t number = 1; text.size > 0; number++) {
		struct bytes line = take_line(&text);

		if (is_blank(line)) {
			continue;
		}
		if (found == WITNESS_KEYS_MAX) {
			detail_set(detail, "", "there are more than %d keys", WITNESS_KEYS_MAX);
			return STATUS_OUT_OF_RANGE;
		}
		if (note_key_parse(&keys[found], line) != STATUS_OK ||
		    keys[found].type != NOTE_KEY_ED25519) {
			detail_set(detail, "", "line %zu is no key that signs checkpoints", number);
			return STATUS_INVALID;
		}
		found++;
	}
	if (found == 0) {
		detail_set(detail, "", "there is no key");
		return STATUS_OUT_OF_RANGE;
	}
	*count = found;
	return STATUS_OK;
}

void witness_notes(const struct witness *witness, struct buf *out)
{
	buf_append_string(out, NOTES_MAGIC);
	for (size_t i = 0; i < witness->signer_count; i++) {
		const struct statement *held = &witness->signers[i].held;

		if (held->size > 0) {
			buf_append_u32(out, (uint32_t)held->size);
			buf_append(out, statement_note(held));
		}
	}
}

bool witness_notes_begin(struct bytes *rest)
{
	const struct bytes magic = bytes_of_string(NOTES_MAGIC);

	if (rest->size < magic.size || !bytes_equal(bytes_of(rest->data, magic.size), magic)) {
		return false;
	}
	*rest = bytes_of(rest->data + magic.size, rest->size - magic.size);
	return true;
}

bool witness_notes_next(struct bytes *rest, struct bytes *note)
{
	size_t size = rest->size < 4 ? 0 : bytes_read_u32(rest->data);

	if (size == 0 || size > WITNESS_NOTE_BYTES_MAX || size > rest->size - 4) {
		return false;
	}
	*note = bytes_of(rest->data + 4, size);
	*rest = bytes_of(rest->data + 4 + size, rest->size - 4 - size);
	return true;
}

enum status witness_load(struct witness *witness, struct bytes notes, struct detail *detail)
{
	struct bytes note;

	if (!witness_notes_begin(&notes)) {
		detail_set(detail, "witnessed", "is not what this node wrote");
		return STATUS_CORRUPT;
	}
	while (witness_notes_next(&notes, &note)) {
		struct tree_head head;
		size_t key;

		if (witness_open_note(witness, note, &key, &head)) { /* else trusted no longer */
			statement_set(&witness->signers[key].ahead, note, &head);
		}
	}
	if (notes.size > 0) {
		detail_set(detail, "witnessed", "is not what this node wrote");
		return STATUS_CORRUPT;
	}
	return witness_settle(witness, detail);
}

enum status witness_store(struct witness *witness, struct detail *detail)
{
	struct buf notes;

	if (!witness->changed) {
		return STATUS_OK;
	}
	buf_init(&notes, WITNESS_NOTES_BYTES_MAX);
	witness_notes(witness, &notes);
	enum status status = buf_status(&notes);
	if (status == STATUS_OK) {
		status = witness->options.store_notes(witness->options.context, buf_bytes(&notes),
		                                      detail);
	}
	buf_fini(&notes);
	if (status == STATUS_OK) {
		witness->changed = false;
	}
	return status;
}
