#include "ledger/event/mrz.h"

#include "ledger/base/assert.h"
#include "ledger/base/check_digit.h"

#include <string.h>

enum { TD1_LINES = 3, TD1_LENGTH = 30, TD3_LINES = 2, TD3_LENGTH = 44 };

bool mrz_line_is_spelled(const char *line)
{
	const size_t length = strlen(line);

	return (length == TD1_LENGTH || length == TD3_LENGTH) &&
	       strspn(line, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<") == length;
}

/* A run of characters of one line. */
struct span {
	size_t line;
	size_t start;
	size_t length;
};

enum { SPANS_MAX = 4 };

/* A check digit and what it covers; spans of length 0 end the list. */
struct check {
	const char *fault;
	struct span digit;
	struct span covers[SPANS_MAX];
	bool may_be_empty; /* an empty field may carry the filler instead of its digit 0 */
};

#define CHECK(fault_, digit_line, digit_at, ...)                                                   \
	{                                                                                          \
		.fault = (fault_), .digit = { digit_line, digit_at, 1 }, .covers = { __VA_ARGS__ } \
	}

static const struct check td1_checks[] = {
	CHECK("number does not fit its check digit", 0, 14, { 0, 5, 9 }),
	CHECK("birth does not fit its check digit", 1, 6, { 1, 0, 6 }),
	CHECK("expiry does not fit its check digit", 1, 14, { 1, 8, 6 }),
	CHECK("last check digit does not fit", 1, 29, { 0, 5, 25 }, { 1, 0, 7 }, { 1, 8, 7 },
	      { 1, 18, 11 }),
};

static const struct check td3_checks[] = {
	CHECK("number does not fit its check digit", 1, 9, { 1, 0, 9 }),
	CHECK("birth does not fit its check digit", 1, 19, { 1, 13, 6 }),
	CHECK("expiry does not fit its check digit", 1, 27, { 1, 21, 6 }),
	{ .fault = "personal number does not fit its check digit",
	  .digit = { 1, 42, 1 },
	  .covers = { { 1, 28, 14 } },
	  .may_be_empty = true },
	CHECK("last check digit does not fit", 1, 43, { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 22 }),
};

static bool is_filler(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '<') {
			return false;
		}
	}
	return true;
}

static bool holds(const struct check *check, char *const lines[])
{
	char covered[TD1_LENGTH * TD1_LINES];
	size_t length = 0;

	for (size_t i = 0; i < SPANS_MAX && check->covers[i].length > 0; i++) {
		const struct span *span = &check->covers[i];

		ASSERT(length + span->length <= sizeof(covered));
		memcpy(covered + length, lines[span->line] + span->start, span->length);
		length += span->length;
	}
	const char digit = lines[check->digit.line][check->digit.start];

	return digit == check_digit_icao(covered, length) ||
	       (check->may_be_empty && digit == '<' && is_filler(covered, length));
}

static bool all_of_length(char *const lines[], size_t count, size_t length)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(lines[i]) != length || !mrz_line_is_spelled(lines[i])) {
			return false;
		}
	}
	return true;
}

const char *mrz_fault(char *const lines[], size_t count)
{
	const bool is_td1 = count == TD1_LINES && all_of_length(lines, count, TD1_LENGTH);
	const bool is_td3 = count == TD3_LINES && all_of_length(lines, count, TD3_LENGTH);

	if (!is_td1 && !is_td3) {
		return "are not three lines of 30 or two of 44 characters";
	}
	const struct check *checks = is_td1 ? td1_checks : td3_checks;
	const size_t check_count = is_td1 ? sizeof(td1_checks) / sizeof(td1_checks[0])
	                                  : sizeof(td3_checks) / sizeof(td3_checks[0]);
	for (size_t i = 0; i < check_count; i++) {
		if (!holds(&checks[i], lines)) {
			return checks[i].fault;
		}
	}
	return NULL;
}
