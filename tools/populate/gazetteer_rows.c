#include "tools/populate/gazetteer_rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { GAZETTEER_BYTES_MAX = 16 << 20 };

static enum status read_text(struct country *country, const char *path, size_t *size,
                             struct detail *detail)
{
	FILE *file = fopen(path, "rb");

	if (file == NULL) {
		detail_set(detail, path, "cannot be read: %s", strerror(errno));
		return STATUS_NOT_FOUND;
	}
	country->text = malloc(GAZETTEER_BYTES_MAX);
	*size = country->text == NULL ? 0 : fread(country->text, 1, GAZETTEER_BYTES_MAX - 1, file);
	(void)fclose(file);
	if (country->text == NULL) {
		return STATUS_NO_MEMORY;
	}
	country->text[*size] = '\0';
	return STATUS_OK;
}

/* Cuts one line at its tabs; false when it has fewer than four columns. */
static bool cut_row(struct gazetteer_row *row, char *line)
{
	char *columns[4];
	char *rest = line;

	for (size_t i = 0; i < 4; i++) {
		columns[i] = rest;
		rest = rest + strcspn(rest, "\t");
		if (*rest == '\0' && i < 3) {
			return false;
		}
		if (*rest != '\0') {
			*rest = '\0';
			rest++;
		}
	}
	row->code = columns[1];
	row->km = columns[2];
	row->latin = columns[3];
	return true;
}

enum status gazetteer_rows_read(struct country *country, const char *path, struct detail *detail)
{
	size_t size;
	size_t lines = 0;
	enum status status = read_text(country, path, &size, detail);

	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < size; i++) {
		lines += country->text[i] == '\n';
	}
	country->rows = calloc(lines + 1, sizeof(*country->rows));
	if (country->rows == NULL) {
		return STATUS_NO_MEMORY;
	}
	char *line = country->text;
	for (size_t number = 1; *line != '\0'; number++) {
		char *end = line + strcspn(line, "\n");
		char *next = *end == '\0' ? end : end + 1;

		*end = '\0';
		if (number > 1) {
			if (!cut_row(&country->rows[country->row_count], line)) {
				detail_set(detail, path, "line %zu has fewer than four columns",
				           number);
				return STATUS_INVALID;
			}
			country->row_count++;
		}
		line = next;
	}
	return STATUS_OK;
}
