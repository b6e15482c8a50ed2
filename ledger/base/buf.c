#include "ledger/base/buf.h"

#include "ledger/base/assert.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUF_CAPACITY_MIN = 64 };

void buf_init(struct buf *buf, size_t maximum)
{
	*buf = (struct buf){ .maximum = maximum };
}

void buf_fini(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){ .maximum = buf->maximum };
}

void buf_reset(struct buf *buf)
{
	buf->size = 0;
	buf->failed = false;
}

/* Smallest doubling of the present capacity that holds `needed` bytes, cut at the maximum. */
static size_t buf_next_capacity(const struct buf *buf, size_t needed)
{
	size_t capacity = buf->capacity < BUF_CAPACITY_MIN ? BUF_CAPACITY_MIN : buf->capacity;

	while (capacity < needed) {
		if (capacity > buf->maximum / 2) {
			return buf->maximum;
		}
		capacity *= 2;
	}
	return capacity < buf->maximum ? capacity : buf->maximum;
}

uint8_t *buf_extend(struct buf *buf, size_t size)
{
	if (buf->failed || size > buf->maximum - buf->size) {
		buf->failed = true;
		return NULL;
	}
	if (buf->size + size > buf->capacity) {
		size_t capacity = buf_next_capacity(buf, buf->size + size);
		uint8_t *data = realloc(buf->data, capacity);

		if (data == NULL) {
			buf->failed = true;
			return NULL;
		}
		buf->data = data;
		buf->capacity = capacity;
	}
	ASSERT(buf->size + size <= buf->capacity || size == 0);

	uint8_t *start = buf->data + buf->size;
	buf->size += size;
	return start;
}

void buf_append(struct buf *buf, struct bytes bytes)
{
	if (bytes.size == 0) {
		return;
	}
	uint8_t *start = buf_extend(buf, bytes.size);

	if (start != NULL) {
		memcpy(start, bytes.data, bytes.size);
	}
}

void buf_append_u8(struct buf *buf, uint8_t value)
{
	buf_append(buf, bytes_of(&value, 1));
}

void buf_append_u16(struct buf *buf, uint16_t value)
{
	const uint8_t out[2] = { (uint8_t)(value >> 8), (uint8_t)value };

	buf_append(buf, bytes_of(out, sizeof(out)));
}

void buf_append_u32(struct buf *buf, uint32_t value)
{
	uint8_t out[4];

	bytes_write_u32(out, value);
	buf_append(buf, bytes_of(out, sizeof(out)));
}

void buf_append_u64(struct buf *buf, uint64_t value)
{
	uint8_t out[8];

	bytes_write_u64(out, value);
	buf_append(buf, bytes_of(out, sizeof(out)));
}

void buf_append_string(struct buf *buf, const char *string)
{
	buf_append(buf, bytes_of_string(string));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	ASSERT(length >= 0);

	/* vsnprintf writes a NUL behind the text; it is taken off again below. */
	uint8_t *start = buf_extend(buf, (size_t)length + 1);
	if (start == NULL) {
		return;
	}
	va_start(arguments, format);
	(void)vsnprintf((char *)start, (size_t)length + 1, format, arguments);
	va_end(arguments);
	buf->size--;
}

enum status buf_assign(struct buf *buf, struct bytes bytes)
{
	buf_reset(buf);
	buf_append(buf, bytes);
	return buf_status(buf);
}

enum status buf_status(const struct buf *buf)
{
	return buf->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
