/* A growing byte buffer that owns its memory and is born with a maximum.
 *
 * Invariants: size <= capacity <= maximum. After a failed append the buffer is `failed`, holds what
 * it held before, and every later append fails too: a writer may append many times and ask once.
 * Memory: heap; buf_fini frees. A zeroed struct is not a buffer: call buf_init. */
#ifndef LEDGER_BASE_BUF_H
#define LEDGER_BASE_BUF_H

#include "ledger/base/bytes.h"
#include "ledger/base/status.h"

struct buf {
	uint8_t *data;
	size_t size;
	size_t capacity;
	size_t maximum;
	bool failed;
};

/* Makes an empty buffer that will never hold more than `maximum` bytes. Allocates nothing. */
void buf_init(struct buf *buf, size_t maximum);

/* Frees; `buf` may be initialised again. Accepts a finished buffer. */
void buf_fini(struct buf *buf);

/* Forgets contents and failure, keeps the memory. */
void buf_reset(struct buf *buf);

/* Appends. On overflow of the maximum or of memory: sets `failed`, changes nothing else. */
void buf_append(struct buf *buf, struct bytes bytes);
void buf_append_u8(struct buf *buf, uint8_t value);
void buf_append_u16(struct buf *buf, uint16_t value); /* big-endian */
void buf_append_u32(struct buf *buf, uint32_t value); /* big-endian */
void buf_append_u64(struct buf *buf, uint64_t value); /* big-endian */
void buf_append_string(struct buf *buf, const char *string);

/* printf into the buffer, without the NUL. */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Grows by `size` bytes and returns where to write them, or NULL after setting `failed`. */
uint8_t *buf_extend(struct buf *buf, size_t size);

/* Replaces the contents. STATUS_NO_MEMORY when it does not fit. */
enum status buf_assign(struct buf *buf, struct bytes bytes) NODISCARD;

/* STATUS_OK, or STATUS_NO_MEMORY when any append since the last reset failed. */
enum status buf_status(const struct buf *buf) NODISCARD;

static inline struct bytes buf_bytes(const struct buf *buf)
{
	return bytes_of(buf->data, buf->size);
}

#endif
