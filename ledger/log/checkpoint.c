#include "ledger/log/checkpoint.h"

#include "ledger/base/assert.h"
#include "ledger/base/base64.h"

#include <inttypes.h>

void checkpoint_format(struct buf *out, const struct checkpoint *checkpoint)
{
	ASSERT(note_name_is_valid(bytes_of_string(checkpoint->origin)));
	ASSERT(checkpoint->head.size <= TREE_SIZE_MAX);
	buf_printf(out, "%s\n%" PRIu64 "\n", checkpoint->origin, checkpoint->head.size);
	base64_encode(out, bytes_of_hash(&checkpoint->head.root));
	buf_append_u8(out, '\n');
}

/* Takes one line off the front, its LF not included. */
static bool take_line(struct bytes *rest, struct bytes *line)
{
	const uint8_t *end = rest->size == 0 ? NULL : memchr(rest->data, '\n', rest->size);

	if (end == NULL) {
		return false;
	}
	size_t size = (size_t)(end - rest->data);

	*line = bytes_of(rest->data, size);
	*rest = bytes_of(end + 1, rest->size - size - 1);
	return true;
}

/* Decimal digits without a leading zero, at most TREE_SIZE_MAX. */
static bool size_parse(uint64_t *out, struct bytes digits)
{
	uint64_t size = 0;

	if (digits.size == 0 || (digits.size > 1 && digits.data[0] == '0')) {
		return false;
	}
	for (size_t i = 0; i < digits.size; i++) {
		uint8_t digit = (uint8_t)(digits.data[i] - '0');

		if (digit > 9 || size > (TREE_SIZE_MAX - digit) / 10) {
			return false;
		}
		size = size * 10 + digit;
	}
	*out = size;
	return true;
}

enum status checkpoint_parse(struct checkpoint *checkpoint, struct bytes text)
{
	struct checkpoint parsed;
	struct bytes origin;
	struct bytes size;
	struct bytes root;
	struct hash empty;

	if (!take_line(&text, &origin) || !take_line(&text, &size) || !take_line(&text, &root) ||
	    text.size != 0 || !note_name_is_valid(origin) || !size_parse(&parsed.head.size, size) ||
	    !base64_decode_exactly(parsed.head.root.bytes, HASH_BYTES, root)) {
		return STATUS_INVALID;
	}
	merkle_empty(&empty);
	if (parsed.head.size == 0 && !hash_equal(&parsed.head.root, &empty)) {
		return STATUS_INVALID;
	}
	memcpy(parsed.origin, origin.data, origin.size);
	parsed.origin[origin.size] = 0;
	*checkpoint = parsed;
	return STATUS_OK;
}

enum status checkpoint_open(struct checkpoint *checkpoint, struct bytes note_bytes,
                            const struct note_key *log_key)
{
	struct checkpoint parsed;
	struct note_verdict verdict;
	struct note note;
	enum status status = note_parse(&note, note_bytes);

	if (status != STATUS_OK) {
		return status;
	}
	status = checkpoint_parse(&parsed, note.text);
	if (status != STATUS_OK) {
		return status;
	}
	if (strcmp(parsed.origin, log_key->name) != 0) {
		return STATUS_DENIED;
	}
	status = note_verify(&note, &verdict, log_key, 1);
	if (status == STATUS_OK) {
		*checkpoint = parsed;
	}
	return status;
}
