/* Goal: what is accepted as a note, checkpoint, key or tile path has no second encoding.
 * Method: the first byte chooses the decoder; whatever it accepts is written again, and must give
 * the bytes that came in. Of a note, text and lines must cover the input. */
#include "ledger/base/assert.h"
#include "ledger/base/base64.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/tile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void assert_same(const struct buf *again, struct bytes input)
{
	ASSERT(buf_status(again) == STATUS_OK);
	ASSERT(bytes_equal(buf_bytes(again), input));
}

static void fuzz_note(struct buf *again, struct bytes input)
{
	struct note note;

	if (note_parse(&note, input) != STATUS_OK) {
		return;
	}
	ASSERT(note.line_count >= 1 && note.line_count <= NOTE_LINES_MAX);
	note_begin(again, note.text);
	for (size_t i = 0; i < note.line_count; i++) {
		buf_append_string(again, "\xe2\x80\x94 ");
		buf_append(again, note.lines[i].name);
		buf_append_u8(again, ' ');
		buf_append(again, note.lines[i].encoded);
		buf_append_u8(again, '\n');
	}
	assert_same(again, input);
}

static void fuzz_checkpoint(struct buf *again, struct bytes input)
{
	struct checkpoint checkpoint;

	if (checkpoint_parse(&checkpoint, input) == STATUS_OK) {
		ASSERT(note_text_is_valid(input));
		checkpoint_format(again, &checkpoint);
		assert_same(again, input);
	}
}

static void fuzz_key(struct buf *again, struct bytes input)
{
	struct note_key key;

	if (note_key_parse(&key, input) == STATUS_OK) {
		struct note_key parsed;

		/* The id may have come in upper case; what we write reads as the same key. */
		note_key_format(again, &key);
		ASSERT(again->size == input.size);
		ASSERT(note_key_parse(&parsed, buf_bytes(again)) == STATUS_OK);
		ASSERT(memcmp(parsed.id, key.id, sizeof(key.id)) == 0);
	}
}

static void fuzz_tile(struct buf *again, struct bytes input)
{
	struct tile tile;

	if (tile_path_parse(&tile, input) == STATUS_OK) {
		tile_path_format(again, &tile);
		assert_same(again, input);
	}
}

static void fuzz_base64(struct buf *again, struct bytes input)
{
	uint8_t out[NOTE_SIGNATURE_MAX];
	size_t size = 0;

	if (base64_decode(out, sizeof(out), &size, input)) {
		base64_encode(again, bytes_of(out, size));
		assert_same(again, input);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const decoders[])(struct buf * again, struct bytes input) = {
		fuzz_note, fuzz_checkpoint, fuzz_key, fuzz_tile, fuzz_base64,
	};
	struct buf again;

	if (size == 0) {
		return 0;
	}
	buf_init(&again, NOTE_BYTES_MAX);
	decoders[data[0] % 5](&again, bytes_of(data + 1, size - 1));
	buf_fini(&again);
	return 0;
}
