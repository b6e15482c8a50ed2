/* What a refusal or failure tells a person: which field, what is wrong, what to do.
 *
 * Optional everywhere (`struct detail *` may be NULL). Fixed size, no heap, cut at the end when too
 * long. Holds no personal content: field paths, limits, positions, rule ids only. */
#ifndef LEDGER_BASE_DETAIL_H
#define LEDGER_BASE_DETAIL_H

enum {
	DETAIL_PATH_MAX = 160, /* "content.birth.mother_details.name.km_given" and an offset */
	DETAIL_TEXT_MAX = 400,
};

struct detail {
	char path[DETAIL_PATH_MAX]; /* field path or file; "" when it concerns the whole */
	char text[DETAIL_TEXT_MAX]; /* one sentence, without a final line feed */
};

/* Writes both parts; does nothing when `detail` is NULL. */
void detail_set(struct detail *detail, const char *path, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

#endif
