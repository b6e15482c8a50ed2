/* Free space of the data directory, and the reserve below which nothing new is taken.
 *
 * Thread: any. Memory: none. */
#ifndef NODE_DISK_H
#define NODE_DISK_H

#include "ledger/base/status.h"

#include <stdint.h>

/* Bytes that an ordinary process may still write below `path`. STATUS_IO. */
enum status disk_free(const char *path, uint64_t *bytes) NODISCARD;

#endif
