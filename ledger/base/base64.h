/* Base64 with the standard alphabet and padding (RFC 4648 section 4), decoded strictly: one text
 * for each sequence of bytes, so no line breaks, no missing padding, and unused bits are zero.
 *
 * Thread: any. Memory: none but the caller's. */
#ifndef LEDGER_BASE_BASE64_H
#define LEDGER_BASE_BASE64_H

#include "ledger/base/buf.h"

/* Characters that `size` bytes take. */
#define BASE64_LENGTH(size) (((size) + 2) / 3 * 4)

/* Appends the text of `in`. */
void base64_encode(struct buf *out, struct bytes in);

/* Decodes into `out`, which holds `capacity` bytes. False when
 * the text is not the encoding of at most that many bytes; `out` may then hold some of them. */
bool base64_decode(uint8_t *out, size_t capacity, size_t *size, struct bytes text);

/* The same for exactly `size` bytes. */
bool base64_decode_exactly(uint8_t *out, size_t size, struct bytes text);

#endif
