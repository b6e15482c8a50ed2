/* Reads fixed-layout values that we wrote ourselves (derived tables, head, floor).
 *
 * The counterpart of buf_append_*: big-endian, explicit lengths. Any read past the end sets
 * `failed` and gives zeros; ask unpack_done at the end: true when all bytes were read and none was
 * missing. Thread: one owner. Memory: borrows the bytes. */
#ifndef LEDGER_BASE_UNPACK_H
#define LEDGER_BASE_UNPACK_H

#include "ledger/base/bytes.h"

struct unpack {
	struct bytes rest;
	bool failed;
};

static inline struct unpack unpack_of(struct bytes bytes)
{
	return (struct unpack){ .rest = bytes };
}

static inline struct bytes unpack_bytes(struct unpack *unpack, size_t size)
{
	if (unpack->failed || unpack->rest.size < size) {
		unpack->failed = true;
		return bytes_of(NULL, 0);
	}
	struct bytes taken = bytes_of(unpack->rest.data, size);

	unpack->rest = bytes_of(unpack->rest.data + size, unpack->rest.size - size);
	return taken;
}

/* Copies `size` bytes to `out`, or zeros it. */
static inline void unpack_copy(struct unpack *unpack, void *out, size_t size)
{
	struct bytes taken = unpack_bytes(unpack, size);

	if (taken.size == size && size > 0) {
		memcpy(out, taken.data, size);
	} else {
		memset(out, 0, size);
	}
}

static inline uint8_t unpack_u8(struct unpack *unpack)
{
	struct bytes taken = unpack_bytes(unpack, 1);

	return taken.size == 1 ? taken.data[0] : 0;
}

static inline uint32_t unpack_u32(struct unpack *unpack)
{
	struct bytes taken = unpack_bytes(unpack, 4);

	return taken.size == 4 ? bytes_read_u32(taken.data) : 0;
}

static inline uint64_t unpack_u64(struct unpack *unpack)
{
	struct bytes taken = unpack_bytes(unpack, 8);

	return taken.size == 8 ? bytes_read_u64(taken.data) : 0;
}

static inline bool unpack_done(const struct unpack *unpack)
{
	return !unpack->failed && unpack->rest.size == 0;
}

#endif
