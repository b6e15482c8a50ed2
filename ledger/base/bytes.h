/* A borrowed view of bytes, and the fixed-size values of the ledger.
 *
 * Memory: `struct bytes` owns nothing; whoever made the view says how long it lives. */
#ifndef LEDGER_BASE_BYTES_H
#define LEDGER_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
	HASH_BYTES = 32,       /* SHA-256 */
	ID_BYTES = 16,         /* person, case, request, unit, ledger ids */
	PUBLIC_KEY_BYTES = 32, /* Ed25519, RFC 8032 */
	SECRET_KEY_BYTES = 64, /* libsodium's expanded form: seed, public key */
	SIGNATURE_BYTES = 64,
	OPENING_BYTES = 32, /* HMAC key of a content commitment */
};

struct bytes {
	const uint8_t *data; /* may be NULL when size is 0 */
	size_t size;
};

struct hash {
	uint8_t bytes[HASH_BYTES];
};

struct id {
	uint8_t bytes[ID_BYTES];
};

static inline struct bytes bytes_of(const void *data, size_t size)
{
	return (struct bytes){ .data = data, .size = size };
}

/* View of a NUL-terminated string, without the NUL. */
static inline struct bytes bytes_of_string(const char *string)
{
	return bytes_of(string, strlen(string));
}

static inline struct bytes bytes_of_hash(const struct hash *hash)
{
	return bytes_of(hash->bytes, sizeof(hash->bytes));
}

static inline struct bytes bytes_of_id(const struct id *id)
{
	return bytes_of(id->bytes, sizeof(id->bytes));
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool hash_equal(const struct hash *a, const struct hash *b)
{
	return memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

static inline bool id_equal(const struct id *a, const struct id *b)
{
	return memcmp(a->bytes, b->bytes, ID_BYTES) == 0;
}

/* Big-endian integers: the only byte order on disk and in hashed bytes. */
static inline void bytes_write_u32(uint8_t out[4], uint32_t value)
{
	for (size_t i = 0; i < 4; i++) {
		out[i] = (uint8_t)(value >> (24 - 8 * i));
	}
}

static inline void bytes_write_u64(uint8_t out[8], uint64_t value)
{
	for (size_t i = 0; i < 8; i++) {
		out[i] = (uint8_t)(value >> (56 - 8 * i));
	}
}

static inline uint32_t bytes_read_u32(const uint8_t in[4])
{
	uint32_t value = 0;
	for (size_t i = 0; i < 4; i++) {
		value = value << 8 | in[i];
	}
	return value;
}

static inline uint64_t bytes_read_u64(const uint8_t in[8])
{
	uint64_t value = 0;
	for (size_t i = 0; i < 8; i++) {
		value = value << 8 | in[i];
	}
	return value;
}

/* Lower-case hexadecimal. `out` holds 2 * in.size + 1 characters; ends with NUL. */
void bytes_to_hex(char *out, struct bytes in);

/* Reads exactly `size` bytes from 2 * size hexadecimal digits of either case.
 * False, with `out` untouched, when `hex` has another length or another character. */
bool bytes_from_hex(uint8_t *out, size_t size, const char *hex);

#endif
