#include "ledger/base/text.h"

#include <utf8proc.h>

enum { DISTANCE_CODE_POINTS_MAX = 64 };

/* Length that a first byte announces; 0 for one that cannot begin a code point. */
static size_t announced_length(uint8_t first)
{
	if (first < 0x80) {
		return 1;
	}
	if (first < 0xc2) {
		return 0; /* a continuation, or the long form of ASCII */
	}
	if (first < 0xe0) {
		return 2;
	}
	if (first < 0xf0) {
		return 3;
	}
	return first < 0xf5 ? 4 : 0;
}

bool text_decode(uint32_t *code_point, size_t *length, struct bytes text)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const uint8_t first_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };

	if (text.size == 0) {
		return false;
	}
	size_t size = announced_length(text.data[0]);
	if (size == 0 || size > text.size) {
		return false;
	}
	uint32_t value = text.data[0] & first_bits[size];

	for (size_t i = 1; i < size; i++) {
		if ((text.data[i] & 0xc0) != 0x80) {
			return false;
		}
		value = value << 6 | (text.data[i] & 0x3f);
	}
	if (value < smallest[size] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
		return false;
	}
	*code_point = value;
	*length = size;
	return true;
}

static struct bytes after(struct bytes text, size_t length)
{
	return bytes_of(text.data + length, text.size - length);
}

bool text_is_valid(struct bytes text)
{
	while (text.size > 0) {
		uint32_t code_point;
		size_t length;

		if (!text_decode(&code_point, &length, text) || code_point == 0) {
			return false;
		}
		text = after(text, length);
	}
	return true;
}

size_t text_count(struct bytes text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++) {
		count += (text.data[i] & 0xc0) != 0x80;
	}
	return count;
}

enum text_class text_class(uint32_t code_point)
{
	switch (utf8proc_category((utf8proc_int32_t)code_point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return TEXT_LETTER;
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return TEXT_DIGIT;
	case UTF8PROC_CATEGORY_ZS:
		return TEXT_SPACE;
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_SO:
		return TEXT_MARKING;
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
		return TEXT_FORBIDDEN;
	}
	return TEXT_FORBIDDEN;
}

bool text_is_control(uint32_t code_point, bool lines)
{
	if (code_point == '\n') {
		return !lines;
	}
	return code_point < 0x20 || (code_point >= 0x7f && code_point <= 0x9f) ||
	       code_point == 0x200e || code_point == 0x200f ||
	       (code_point >= 0x2028 && code_point <= 0x202e) ||
	       (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x061c;
}

size_t text_width(struct bytes text)
{
	size_t width = 0;

	while (text.size > 0) {
		uint32_t code_point;
		size_t length = 1;

		if (text_decode(&code_point, &length, text)) {
			width += (size_t)utf8proc_charwidth((utf8proc_int32_t)code_point);
		} else {
			length = 1;
			width++;
		}
		text = after(text, length);
	}
	return width;
}

bool text_is_invisible(uint32_t code_point)
{
	return code_point >= 0x200b && code_point <= 0x200d;
}

size_t text_visible(uint8_t *out, struct bytes text)
{
	size_t size = 0;
	uint32_t code_point;
	size_t length;

	while (text_decode(&code_point, &length, text)) {
		if (!text_is_invisible(code_point)) {
			memcpy(out + size, text.data, length);
			size += length;
		}
		text = after(text, length);
	}
	return size;
}

size_t text_ascii_digits(uint8_t *out, struct bytes text)
{
	size_t size = 0;
	uint32_t code_point;
	size_t length;

	while (text_decode(&code_point, &length, text)) {
		if (code_point >= 0x17e0 && code_point <= 0x17e9) {
			out[size] = (uint8_t)('0' + (code_point - 0x17e0));
			size++;
		} else {
			memcpy(out + size, text.data, length);
			size += length;
		}
		text = after(text, length);
	}
	return size;
}

/* Code points without the invisible ones; SIZE_MAX when they do not fit. */
static size_t code_points_of(uint32_t out[DISTANCE_CODE_POINTS_MAX], struct bytes text)
{
	size_t count = 0;

	while (text.size > 0) {
		uint32_t code_point;
		size_t length;

		if (!text_decode(&code_point, &length, text)) {
			return SIZE_MAX;
		}
		text = after(text, length);
		if (text_is_invisible(code_point)) {
			continue;
		}
		if (count == DISTANCE_CODE_POINTS_MAX) {
			return SIZE_MAX;
		}
		out[count] = code_point;
		count++;
	}
	return count;
}

static size_t minimum(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t text_distance(size_t *longer, struct bytes a, struct bytes b)
{
	uint32_t left[DISTANCE_CODE_POINTS_MAX];
	uint32_t right[DISTANCE_CODE_POINTS_MAX];
	size_t row[DISTANCE_CODE_POINTS_MAX + 1];
	size_t left_count = code_points_of(left, a);
	size_t right_count = code_points_of(right, b);

	*longer = left_count > right_count ? left_count : right_count;
	if (*longer == SIZE_MAX) {
		return SIZE_MAX;
	}
	for (size_t j = 0; j <= right_count; j++) {
		row[j] = j;
	}
	for (size_t i = 1; i <= left_count; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= right_count; j++) {
			size_t replace = diagonal + (left[i - 1] != right[j - 1]);

			diagonal = row[j];
			row[j] = minimum(replace, minimum(row[j], row[j - 1]) + 1);
		}
	}
	return row[right_count];
}
