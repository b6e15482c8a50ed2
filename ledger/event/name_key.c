#include "ledger/event/name_key.h"

/* Length of the invisible character at `text`: U+200B, U+200C, U+200D are E2 80 8B to 8D. */
static size_t invisible_length(const char *text)
{
	const unsigned char *byte = (const unsigned char *)text;

	return byte[0] == 0xe2 && byte[1] == 0x80 && byte[2] >= 0x8b && byte[2] <= 0x8d ? 3 : 0;
}

/* Copies a part without invisible characters; returns where the copy ends. */
static uint8_t *append_visible(uint8_t *out, const char *part)
{
	while (*part != '\0') {
		size_t skip = invisible_length(part);

		if (skip > 0) {
			part += skip;
		} else {
			*out = (uint8_t)*part;
			out++;
			part++;
		}
	}
	return out;
}

struct bytes name_key(const Civil__V1__Name *name, struct arena *arena)
{
	if (name == NULL) {
		return bytes_of(NULL, 0);
	}
	uint8_t *key = arena_alloc(arena, strlen(name->km_surname) + strlen(name->km_given) + 1);
	if (key == NULL) {
		return bytes_of(NULL, 0);
	}
	uint8_t *end = append_visible(key, name->km_surname);
	*end = 0;
	end = append_visible(end + 1, name->km_given);
	return bytes_of(key, (size_t)(end - key));
}
