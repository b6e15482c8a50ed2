#include "ledger/base/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buf *out, struct bytes in)
{
	for (size_t at = 0; at < in.size; at += 3) {
		size_t left = in.size - at;
		uint32_t group = (uint32_t)in.data[at] << 16;

		if (left > 1) {
			group |= (uint32_t)in.data[at + 1] << 8;
		}
		if (left > 2) {
			group |= in.data[at + 2];
		}
		const char quad[4] = { alphabet[group >> 18], alphabet[group >> 12 & 63],
			               left > 1 ? alphabet[group >> 6 & 63] : '=',
			               left > 2 ? alphabet[group & 63] : '=' };

		buf_append(out, bytes_of(quad, sizeof(quad)));
	}
}

/* Value of a character, or 64 when it is none of the alphabet. */
static uint32_t base64_value(uint8_t character)
{
	if (character >= 'A' && character <= 'Z') {
		return character - (uint32_t)'A';
	}
	if (character >= 'a' && character <= 'z') {
		return character - (uint32_t)'a' + 26;
	}
	if (character >= '0' && character <= '9') {
		return character - (uint32_t)'0' + 52;
	}
	return character == '+' ? 62 : character == '/' ? 63 : 64;
}

/* Bytes that a last group of four stands for: 3, less one for each '='. */
static size_t base64_last_size(struct bytes text)
{
	if (text.data[text.size - 1] != '=') {
		return 3;
	}
	return text.data[text.size - 2] != '=' ? 2 : 1;
}

/* Decodes one group of four that stands for `size` bytes. */
static bool base64_decode_group(uint8_t out[], size_t size, const uint8_t quad[4])
{
	uint32_t group = 0;

	for (size_t i = 0; i < 4; i++) {
		uint32_t value = i <= size ? base64_value(quad[i]) : 0;

		if (value == 64) {
			return false;
		}
		group = group << 6 | value;
	}
	for (size_t i = 0; i < size; i++) {
		out[i] = (uint8_t)(group >> (16 - 8 * i));
	}
	/* Bits behind the last byte would make a second text for the same bytes. */
	return (group & ((UINT32_C(1) << (24 - 8 * size)) - 1)) == 0;
}

bool base64_decode(uint8_t *out, size_t capacity, size_t *size, struct bytes text)
{
	if (text.size % 4 != 0) {
		return false;
	}
	size_t written = 0;

	for (size_t at = 0; at < text.size; at += 4) {
		bool last = at + 4 == text.size;
		size_t count = last ? base64_last_size(text) : 3;

		if (count > capacity - written ||
		    !base64_decode_group(out + written, count, text.data + at)) {
			return false;
		}
		written += count;
	}
	*size = written;
	return true;
}

bool base64_decode_exactly(uint8_t *out, size_t size, struct bytes text)
{
	size_t decoded = 0;

	return text.size == BASE64_LENGTH(size) && base64_decode(out, size, &decoded, text) &&
	       decoded == size;
}
