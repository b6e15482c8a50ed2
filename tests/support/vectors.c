#include "tests/support/vectors.h"

#include "tests/support/folder.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { VECTORS_BYTES_MAX = 1 << 20, NAME_MAX_BYTES = 100 };

static char *contents;
static size_t contents_size;

void vectors_load(const char *path)
{
	contents = calloc(1, VECTORS_BYTES_MAX + 1);
	ck_assert_ptr_nonnull(contents);
	contents_size = folder_read(path, contents, VECTORS_BYTES_MAX);
	for (size_t i = 0; i < contents_size; i++) {
		contents[i] = (char)(contents[i] == '\n' ? 0 : contents[i]);
	}
}

void vectors_free(void)
{
	free(contents);
}

const char *vectors_find(const char *format, ...)
{
	char name[NAME_MAX_BYTES];
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(name, sizeof(name), format, arguments);
	va_end(arguments);
	ck_assert(length > 0 && (size_t)length < sizeof(name));
	for (size_t at = 0; at < contents_size; at += strlen(contents + at) + 1) {
		const char *line = contents + at;

		if (strncmp(line, name, (size_t)length) == 0 && line[length] == ' ') {
			return line + length + 1;
		}
	}
	return NULL;
}

const char *vectors_line(size_t index)
{
	for (size_t at = 0; at < contents_size; at += strlen(contents + at) + 1) {
		if (index == 0) {
			return contents + at;
		}
		index--;
	}
	return NULL;
}

const char *vectors_get(const char *name)
{
	const char *value = vectors_find("%s", name);

	ck_assert_msg(value != NULL, "no vector %s", name);
	return value;
}

void vectors_bytes(struct buf *out, const char *name)
{
	const char *hex = vectors_get(name);
	size_t size = strlen(hex) / 2;

	buf_reset(out);
	uint8_t *start = buf_extend(out, size);
	ck_assert_ptr_nonnull(start);
	ck_assert(bytes_from_hex(start, size, hex));
}
