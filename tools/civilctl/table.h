/* Tables for people (aligned, aware of the width of Khmer) and for programs: CSV (RFC 4180), and a
 * JSON array with an object for each row, whose names are the columns' ("NEW FILES" is newFiles).
 *
 * Thread: one owner. Memory: cells are borrowed until the table is printed; rows grow in the arena
 * of the run. */
#ifndef TOOLS_CIVILCTL_TABLE_H
#define TOOLS_CIVILCTL_TABLE_H

#include "tools/civilctl/ctl.h"

#include <stdio.h>

enum { TABLE_COLUMNS_MAX = 10 };

struct table_row {
	const char *cells[TABLE_COLUMNS_MAX];
	struct table_row *next;
};

struct ctl_table {
	struct ctl *ctl;
	const char *columns[TABLE_COLUMNS_MAX];
	size_t column_count;
	struct table_row *first;
	struct table_row *last;
};

/* Begins a table; `columns` ends with NULL. */
void table_init(struct ctl_table *table, struct ctl *ctl, const char *const columns[]);

/* Adds a row of as many cells as there are columns; NULL is an empty cell. False when memory is
 * exhausted. */
bool table_add(struct ctl_table *table, const char *const cells[]);

/* Prints as ctl->output says. Controls in cells are shown as '?' to people. */
void table_print(const struct ctl_table *table, FILE *out);

#endif
