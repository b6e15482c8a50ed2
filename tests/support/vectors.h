/* Files of golden vectors: "name value" a line, "#" begins a comment. Read from tests/vectors, so
 * the tests run from the top of the source. */
#ifndef TESTS_SUPPORT_VECTORS_H
#define TESTS_SUPPORT_VECTORS_H

#include "ledger/base/buf.h"

/* Reads the file into memory. Fails the test when it cannot. */
void vectors_load(const char *path);
void vectors_free(void);

/* The value of a name; fails the test when there is none. Lives until vectors_free. */
const char *vectors_get(const char *name);

/* The same, of a name made as by printf, or NULL when there is none. */
const char *vectors_find(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The line "name value" at an index, comments counted too; NULL behind the last. */
const char *vectors_line(size_t index);

/* A value in hexadecimal, decoded into `out`. */
void vectors_bytes(struct buf *out, const char *name);

#endif
