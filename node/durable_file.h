/* Small files that are there whole, old or new, after any crash.
 *
 *   write path.new -> fsync -> rename to path -> fsync of the folder
 * A crash before the rename leaves the old file (and perhaps path.new, which the next write
 * replaces); after it, the new one.
 *
 * Thread: any, one writer per path. Memory: none is kept. */
#ifndef NODE_DURABLE_FILE_H
#define NODE_DURABLE_FILE_H

#include "ledger/base/buf.h"
#include "ledger/base/detail.h"

/* Makes or replaces the file. Durable when it returns STATUS_OK. STATUS_IO says which step failed;
 * the old file is then still there, unless the step was the last one (nobody knows). */
enum status durable_file_write(const char *path, struct bytes contents,
                               struct detail *detail) NODISCARD;

/* Reads the whole file into `out`. STATUS_OK, STATUS_NOT_FOUND, STATUS_IO; STATUS_NO_MEMORY when it
 * is larger than out's maximum. */
enum status durable_file_read(const char *path, struct buf *out, struct detail *detail) NODISCARD;

#endif
