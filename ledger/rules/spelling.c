#include "ledger/rules/spelling.h"

#include "ledger/base/limits.h"

#include <stddef.h>
#include <stdint.h>

enum { DISTANCE_MAX = 4 };

struct code_points {
	uint32_t at[NAME_CODE_POINTS_MAX];
	size_t count;
};

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Reads UTF-8 that admission has checked. False when the text is longer than a name part. */
static bool read(struct code_points *out, const char *text)
{
	const unsigned char *byte = (const unsigned char *)text;

	out->count = 0;
	while (*byte != 0) {
		size_t more = *byte < 0x80 ? 0 : *byte < 0xE0 ? 1 : *byte < 0xF0 ? 2 : 3;
		uint32_t point = more == 0 ? *byte : *byte & (0x3Fu >> more);

		byte++;
		for (; more > 0 && *byte != 0; more--, byte++) {
			point = point << 6 | (*byte & 0x3Fu);
		}
		if (point >= 0x200B && point <= 0x200D) {
			continue; /* nobody sees these */
		}
		if (out->count == NAME_CODE_POINTS_MAX) {
			return false;
		}
		out->at[out->count] = point;
		out->count++;
	}
	return true;
}

/* Wagner and Fischer's table, one row at a time. */
static size_t distance(const struct code_points *a, const struct code_points *b)
{
	size_t row[NAME_CODE_POINTS_MAX + 1];

	for (size_t k = 0; k <= b->count; k++) {
		row[k] = k;
	}
	for (size_t i = 1; i <= a->count; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t k = 1; k <= b->count; k++) {
			size_t change = diagonal + (a->at[i - 1] != b->at[k - 1]);

			diagonal = row[k];
			row[k] = smaller(change, smaller(row[k], row[k - 1]) + 1);
		}
	}
	return row[b->count];
}

bool spelling_is_close(const char *a, const char *b)
{
	struct code_points first;
	struct code_points second;

	if (!read(&first, a) || !read(&second, b)) {
		return false;
	}
	size_t apart = distance(&first, &second);
	size_t longer = first.count > second.count ? first.count : second.count;

	return apart <= DISTANCE_MAX && 2 * apart <= longer;
}
