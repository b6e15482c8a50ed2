#include "ledger/query/likeness.h"

#include "ledger/base/limits.h"
#include "ledger/event/partial_date.h"
#include "ledger/rules/spelling.h"

#include <string.h>

#define LIKENESS(name) CIVIL__V1__LIKENESS__LIKENESS_##name

enum { COMMUNE_DIGITS = 6 };

static Civil__V1__Likeness worse(Civil__V1__Likeness a, Civil__V1__Likeness b)
{
	return a > b ? a : b;
}

/* The text without what nobody sees (U+200B to U+200D), and of Latin without what writers leave to
 * taste: case, spaces, hyphens, apostrophes (U+0027, U+2019). Cut where `out` ends: a part of a
 * name is never longer. */
static void reduce(char out[NAME_BYTES_MAX + 1], const char *text)
{
	size_t size = 0;

	for (const char *at = text; *at != '\0' && size < NAME_BYTES_MAX; at++) {
		if (strncmp(at, "\xE2\x80", 2) == 0 && at[2] != '\0' &&
		    strchr("\x8B\x8C\x8D\x99", at[2]) != NULL) {
			at += 2;
		} else if (strchr(" -'", *at) == NULL) {
			out[size] = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
			size++;
		}
	}
	out[size] = '\0';
}

static bool same_when_reduced(const char *a, const char *b)
{
	char first[NAME_BYTES_MAX + 1];
	char second[NAME_BYTES_MAX + 1];

	reduce(first, a);
	reduce(second, b);
	return strcmp(first, second) == 0;
}

static Civil__V1__Likeness of_parts(const char *a, const char *b)
{
	if (strcmp(a, b) == 0) {
		return LIKENESS(EQUAL);
	}
	if (same_when_reduced(a, b)) {
		return LIKENESS(EQUIVALENT);
	}
	return spelling_is_close(a, b) ? LIKENESS(MINOR) : LIKENESS(CONFLICT);
}

/* A surname or given name, and the same with both exchanged. */
static Civil__V1__Likeness of_pairs(const char *surname_a, const char *given_a,
                                    const char *surname_b, const char *given_b)
{
	Civil__V1__Likeness straight =
	        worse(of_parts(surname_a, surname_b), of_parts(given_a, given_b));

	if (straight == LIKENESS(CONFLICT) && same_when_reduced(surname_a, given_b) &&
	    same_when_reduced(given_a, surname_b)) {
		return LIKENESS(MINOR);
	}
	return straight;
}

static bool has_latin(const Civil__V1__Name *name)
{
	return name->latin_given[0] != '\0' || name->latin_surname[0] != '\0';
}

Civil__V1__Likeness likeness_of_names(const Civil__V1__Name *a, const Civil__V1__Name *b)
{
	if (a == NULL || b == NULL) {
		return LIKENESS(CONFLICT);
	}
	Civil__V1__Likeness khmer =
	        of_pairs(a->km_surname, a->km_given, b->km_surname, b->km_given);

	if (has_latin(a) != has_latin(b)) {
		return worse(khmer, LIKENESS(EQUIVALENT));
	}
	return worse(khmer,
	             of_pairs(a->latin_surname, a->latin_given, b->latin_surname, b->latin_given));
}

/* Whether an office could mend one exact day into the other. */
static bool nearly_same_day(int32_t a, int32_t b)
{
	struct civil_date first = date_of_day(a);
	struct civil_date second = date_of_day(b);
	bool one = first.month == second.month || first.day == second.day;
	bool exchanged = first.month == second.day && first.day == second.month;

	return first.year == second.year && (one || exchanged);
}

static bool contains(struct interval outer, struct interval inner)
{
	return outer.earliest <= inner.earliest && inner.latest <= outer.latest;
}

Civil__V1__Likeness likeness_of_births(const Civil__V1__PartialDate *a,
                                       const Civil__V1__PartialDate *b)
{
	struct interval first;
	struct interval second;
	int32_t always = date_to_day((struct civil_date){ DATE_YEAR_MAX, 12, 31 });

	if (!partial_date_interval(&first, a, always) ||
	    !partial_date_interval(&second, b, always)) {
		return LIKENESS(CONFLICT);
	}
	if (first.earliest == second.earliest && first.latest == second.latest) {
		return LIKENESS(EQUAL);
	}
	if (contains(first, second) || contains(second, first)) {
		return LIKENESS(EQUIVALENT);
	}
	return interval_is_exact(first) && interval_is_exact(second) &&
	                       nearly_same_day(first.earliest, second.earliest)
	               ? LIKENESS(MINOR)
	               : LIKENESS(CONFLICT);
}

Civil__V1__Likeness likeness_of_addresses(const Civil__V1__Address *a, const Civil__V1__Address *b)
{
	if (a == NULL || b == NULL) {
		return LIKENESS(CONFLICT);
	}
	if (strcmp(a->code, b->code) == 0) {
		if (strcmp(a->house, b->house) == 0 && strcmp(a->street, b->street) == 0) {
			return LIKENESS(EQUAL);
		}
		if (same_when_reduced(a->house, b->house) &&
		    same_when_reduced(a->street, b->street)) {
			return LIKENESS(EQUIVALENT);
		}
	}
	return strlen(a->code) >= COMMUNE_DIGITS && strncmp(a->code, b->code, COMMUNE_DIGITS) == 0
	               ? LIKENESS(MINOR)
	               : LIKENESS(CONFLICT);
}
