#include "tools/civilctl/table.h"

#include "api/json.h"
#include "ledger/base/text.h"

#include <string.h>

enum { JSON_BYTES_MAX = 64 << 20 };

void table_init(struct ctl_table *table, struct ctl *ctl, const char *const columns[])
{
	*table = (struct ctl_table){ .ctl = ctl };
	while (columns[table->column_count] != NULL) {
		table->columns[table->column_count] = columns[table->column_count];
		table->column_count++;
	}
}

bool table_add(struct ctl_table *table, const char *const cells[])
{
	struct table_row *row = arena_alloc(&table->ctl->arena, sizeof(*row));

	if (row == NULL) {
		return false;
	}
	for (size_t i = 0; i < table->column_count; i++) {
		row->cells[i] = cells[i] == NULL ? "" : cells[i];
	}
	if (table->last == NULL) {
		table->first = row;
	} else {
		table->last->next = row;
	}
	table->last = row;
	return true;
}

/* Text from the node must not steer the terminal. */
static void print_safely(FILE *out, const char *text)
{
	struct bytes rest = bytes_of_string(text);

	while (rest.size > 0) {
		uint32_t code_point;
		size_t length = 1;

		if (!text_decode(&code_point, &length, rest) ||
		    text_is_control(code_point, false)) {
			length = length == 0 ? 1 : length;
			(void)fputc('?', out);
		} else {
			(void)fwrite(rest.data, 1, length, out);
		}
		rest = bytes_of(rest.data + length, rest.size - length);
	}
}

static void print_cell(FILE *out, const char *text, size_t width, bool last)
{
	size_t used = text_width(bytes_of_string(text));

	print_safely(out, text);
	if (!last) {
		(void)fprintf(out, "%*s", (int)((used > width ? 0 : width - used) + 2), "");
	}
}

static void print_aligned(const struct ctl_table *table, FILE *out)
{
	size_t widths[TABLE_COLUMNS_MAX] = { 0 };

	for (size_t i = 0; i < table->column_count; i++) {
		widths[i] = text_width(bytes_of_string(table->columns[i]));
		for (const struct table_row *row = table->first; row != NULL; row = row->next) {
			size_t width = text_width(bytes_of_string(row->cells[i]));

			widths[i] = width > widths[i] ? width : widths[i];
		}
	}
	(void)fputs(table->ctl->colour ? "\033[1m" : "", out);
	for (size_t i = 0; i < table->column_count; i++) {
		print_cell(out, table->columns[i], widths[i], i + 1 == table->column_count);
	}
	(void)fputs(table->ctl->colour ? "\033[0m\n" : "\n", out);
	for (const struct table_row *row = table->first; row != NULL; row = row->next) {
		size_t last = table->column_count - 1;

		while (last > 0 && row->cells[last][0] == '\0') {
			last--;
		}
		for (size_t i = 0; i <= last; i++) {
			print_cell(out, row->cells[i], widths[i], i == last);
		}
		(void)fputc('\n', out);
	}
}

static void print_csv_row(FILE *out, const char *const cells[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool quoted = strpbrk(cells[i], ",\"\r\n") != NULL;

		(void)fputs(i == 0 ? "" : ",", out);
		(void)fputs(quoted ? "\"" : "", out);
		for (const char *c = cells[i]; *c != '\0'; c++) {
			(void)fputs(*c == '"' ? "\"" : "", out);
			(void)fputc(*c, out);
		}
		(void)fputs(quoted ? "\"" : "", out);
	}
	(void)fputs("\r\n", out);
}

/* "NEW FILES" to newFiles. */
static void put_name(struct buf *out, const char *column)
{
	bool upper = false;

	buf_append_u8(out, '"');
	for (; *column != '\0'; column++) {
		if (*column == ' ') {
			upper = true;
			continue;
		}
		buf_append_u8(out, (uint8_t)(upper ? *column : *column | 0x20));
		upper = false;
	}
	buf_append_u8(out, '"');
}

static void print_json(const struct ctl_table *table, FILE *out)
{
	struct buf text;

	buf_init(&text, JSON_BYTES_MAX);
	buf_append_u8(&text, '[');
	for (const struct table_row *row = table->first; row != NULL; row = row->next) {
		buf_append_string(&text, row == table->first ? "\n  {" : ",\n  {");
		for (size_t i = 0; i < table->column_count; i++) {
			const char *cell = row->cells[i] == NULL ? "" : row->cells[i];

			buf_append_string(&text, i == 0 ? " " : ", ");
			put_name(&text, table->columns[i]);
			buf_append_string(&text, ": ");
			json_write_string(&text, bytes_of_string(cell));
		}
		buf_append_string(&text, " }");
	}
	buf_append_string(&text, "\n]\n");
	(void)fwrite(text.data, 1, text.size, out); /* main looks at the stream's end */
	buf_fini(&text);
}

void table_print(const struct ctl_table *table, FILE *out)
{
	if (table->ctl->output == CTL_JSON) {
		print_json(table, out);
		return;
	}
	if (table->ctl->output != CTL_CSV) {
		print_aligned(table, out);
		return;
	}
	print_csv_row(out, table->columns, table->column_count);
	for (const struct table_row *row = table->first; row != NULL; row = row->next) {
		print_csv_row(out, row->cells, table->column_count);
	}
}
