#include "ledger/log/note.h"

#include "ledger/base/assert.h"
#include "ledger/base/base64.h"
#include "ledger/base/crypto.h"
#include "ledger/base/text.h"

#include <inttypes.h>

enum {
	TIME_BYTES = 8,
	DATED_BYTES = TIME_BYTES + SIGNATURE_BYTES,
	LINE_BYTES_MIN = NOTE_KEY_ID_BYTES + 1, /* a signature has at least one byte */
};

static const char dash[] = "\xe2\x80\x94 "; /* U+2014 and a space, before every signature */

/* Takes one code point off the front. False for bytes that are not strict UTF-8. */
static bool take_code_point(struct bytes *rest, uint32_t *out)
{
	size_t length = 0;

	if (!text_decode(out, &length, *rest)) {
		return false;
	}
	*rest = bytes_of(rest->data + length, rest->size - length);
	return true;
}

/* Unicode's White_Space, without the control characters, which a note cannot have. */
static bool is_space(uint32_t point)
{
	return point == ' ' || point == 0x85 || point == 0xa0 || point == 0x1680 ||
	       (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
	       point == 0x202f || point == 0x205f || point == 0x3000;
}

static bool is_plain_text(struct bytes text)
{
	uint32_t point = 0;

	while (text.size > 0) {
		if (!take_code_point(&text, &point) || (point < 0x20 && point != '\n')) {
			return false;
		}
	}
	return true;
}

/* Names of others may have any letters. */
static bool is_signer_name(struct bytes name)
{
	uint32_t point = 0;

	if (name.size == 0) {
		return false;
	}
	while (name.size > 0) {
		if (!take_code_point(&name, &point) || is_space(point) || point == '+') {
			return false;
		}
	}
	return true;
}

bool note_text_is_valid(struct bytes text)
{
	return text.size > 0 && text.data[text.size - 1] == '\n' && is_plain_text(text);
}

void note_begin(struct buf *out, struct bytes text)
{
	ASSERT(note_text_is_valid(text));
	buf_append(out, text);
	buf_append_u8(out, '\n');
}

static void note_append_line(struct buf *out, const struct note_key *key, struct bytes signature)
{
	uint8_t line[NOTE_KEY_ID_BYTES + DATED_BYTES];

	ASSERT(signature.size <= DATED_BYTES);
	memcpy(line, key->id, NOTE_KEY_ID_BYTES);
	memcpy(line + NOTE_KEY_ID_BYTES, signature.data, signature.size);
	buf_append_string(out, dash);
	buf_append_string(out, key->name);
	buf_append_u8(out, ' ');
	base64_encode(out, bytes_of(line, NOTE_KEY_ID_BYTES + signature.size));
	buf_append_u8(out, '\n');
}

void note_sign(struct buf *out, struct bytes text, const struct note_key *key,
               const uint8_t secret_key[SECRET_KEY_BYTES])
{
	uint8_t signature[SIGNATURE_BYTES];

	ASSERT(key->type == NOTE_KEY_ED25519);
	crypto_sign_plain(signature, text, secret_key);
	note_append_line(out, key, bytes_of(signature, sizeof(signature)));
}

/* What a cosigner signs. */
static void dated_message(struct buf *out, struct bytes text, uint64_t time_s)
{
	buf_printf(out, "cosignature/v1\ntime %" PRIu64 "\n", time_s);
	buf_append(out, text);
}

void note_cosign(struct buf *out, struct bytes text, uint64_t time_s, const struct note_key *key,
                 const uint8_t secret_key[SECRET_KEY_BYTES])
{
	uint8_t signature[DATED_BYTES];
	struct buf message;

	ASSERT(key->type == NOTE_KEY_COSIGNATURE);
	buf_init(&message, NOTE_BYTES_MAX);
	dated_message(&message, text, time_s);
	if (buf_status(&message) != STATUS_OK) {
		out->failed = true;
	} else {
		bytes_write_u64(signature, time_s);
		crypto_sign_plain(signature + TIME_BYTES, buf_bytes(&message), secret_key);
		note_append_line(out, key, bytes_of(signature, sizeof(signature)));
	}
	buf_fini(&message);
}

/* Size of the text: up to the last empty line, the LF before it included. 0 when there is none. */
static size_t text_size(struct bytes bytes)
{
	for (size_t at = bytes.size; at >= 2; at--) {
		if (bytes.data[at - 1] == '\n' && bytes.data[at - 2] == '\n') {
			return at - 1;
		}
	}
	return 0;
}

/* Splits one signature line, without its LF. */
static bool line_parse(struct note_line *out, struct bytes line)
{
	size_t dash_size = strlen(dash);
	uint8_t decoded[NOTE_SIGNATURE_MAX];
	size_t decoded_size = 0;

	if (line.size < dash_size || memcmp(line.data, dash, dash_size) != 0) {
		return false;
	}
	line = bytes_of(line.data + dash_size, line.size - dash_size);

	const uint8_t *space = line.size == 0 ? NULL : memchr(line.data, ' ', line.size);
	if (space == NULL) {
		return false;
	}
	size_t name_size = (size_t)(space - line.data);

	out->name = bytes_of(line.data, name_size);
	out->encoded = bytes_of(space + 1, line.size - name_size - 1);
	return is_signer_name(out->name) &&
	       base64_decode(decoded, sizeof(decoded), &decoded_size, out->encoded) &&
	       decoded_size >= LINE_BYTES_MIN;
}

enum status note_parse(struct note *note, struct bytes bytes)
{
	size_t size = text_size(bytes);

	if (bytes.size > NOTE_BYTES_MAX || size == 0 || !is_plain_text(bytes)) {
		return STATUS_INVALID;
	}
	struct bytes rest = bytes_of(bytes.data + size + 1, bytes.size - size - 1);

	note->text = bytes_of(bytes.data, size);
	note->line_count = 0;
	while (rest.size > 0) {
		const uint8_t *end = memchr(rest.data, '\n', rest.size);

		if (end == NULL || note->line_count == NOTE_LINES_MAX) {
			return STATUS_INVALID;
		}
		size_t line_size = (size_t)(end - rest.data);

		if (!line_parse(&note->lines[note->line_count], bytes_of(rest.data, line_size))) {
			return STATUS_INVALID;
		}
		note->line_count++;
		rest = bytes_of(end + 1, rest.size - line_size - 1);
	}
	return note->line_count > 0 ? STATUS_OK : STATUS_INVALID;
}

/* Finds the first line of a key. `signature` gets what follows the key id. */
static bool note_find_line(const struct note *note, const struct note_key *key,
                           uint8_t decoded[NOTE_SIGNATURE_MAX], struct bytes *signature)
{
	struct bytes name = bytes_of_string(key->name);

	for (size_t i = 0; i < note->line_count; i++) {
		const struct note_line *line = &note->lines[i];
		size_t size = 0;

		if (!bytes_equal(line->name, name)) {
			continue;
		}
		bool decodes = base64_decode(decoded, NOTE_SIGNATURE_MAX, &size, line->encoded);
		ASSERT(decodes); /* note_parse saw to it */
		if (memcmp(decoded, key->id, NOTE_KEY_ID_BYTES) == 0) {
			*signature =
			        bytes_of(decoded + NOTE_KEY_ID_BYTES, size - NOTE_KEY_ID_BYTES);
			return true;
		}
	}
	return false;
}

static enum status verify_dated(struct note_verdict *verdict, struct bytes text,
                                struct bytes signature, struct bytes public_key)
{
	struct buf message;

	if (signature.size != DATED_BYTES) {
		return STATUS_INVALID;
	}
	uint64_t time_s = bytes_read_u64(signature.data);

	buf_init(&message, NOTE_BYTES_MAX + 64);
	dated_message(&message, text, time_s);
	enum status status = buf_status(&message);
	if (status == STATUS_OK &&
	    !crypto_verify_plain(buf_bytes(&message),
	                         bytes_of(signature.data + TIME_BYTES, SIGNATURE_BYTES),
	                         public_key)) {
		status = STATUS_INVALID;
	}
	buf_fini(&message);
	if (status == STATUS_OK) {
		*verdict = (struct note_verdict){ .signed_by = true, .time_s = time_s };
	}
	return status;
}

static enum status verify_key(struct note_verdict *verdict, struct bytes text,
                              struct bytes signature, const struct note_key *key)
{
	struct bytes public_key = bytes_of(key->public_key, sizeof(key->public_key));

	if (key->type == NOTE_KEY_COSIGNATURE) {
		return verify_dated(verdict, text, signature, public_key);
	}
	if (!crypto_verify_plain(text, signature, public_key)) {
		return STATUS_INVALID;
	}
	*verdict = (struct note_verdict){ .signed_by = true };
	return STATUS_OK;
}

enum status note_verify(const struct note *note, struct note_verdict verdicts[],
                        const struct note_key keys[], size_t count)
{
	uint8_t decoded[NOTE_SIGNATURE_MAX];
	struct bytes signature;
	size_t signed_count = 0;

	for (size_t i = 0; i < count; i++) {
		verdicts[i] = (struct note_verdict){ .signed_by = false };
		if (!note_find_line(note, &keys[i], decoded, &signature)) {
			continue;
		}
		enum status status = verify_key(&verdicts[i], note->text, signature, &keys[i]);
		if (status != STATUS_OK) {
			return status;
		}
		signed_count++;
	}
	return signed_count > 0 ? STATUS_OK : STATUS_NOT_FOUND;
}
