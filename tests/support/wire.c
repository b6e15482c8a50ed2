#include "tests/support/wire.h"

#include "ledger/base/assert.h"

static uint64_t read_varint(struct bytes *rest)
{
	uint64_t value = 0;

	for (unsigned shift = 0;; shift += 7) {
		ASSERT(rest->size > 0 && shift < 64);
		const uint8_t byte = rest->data[0];

		*rest = bytes_of(rest->data + 1, rest->size - 1);
		value |= (uint64_t)(byte & 0x7Fu) << shift;
		if (byte < 0x80) {
			return value;
		}
	}
}

size_t wire_split(struct wire_field out[], size_t maximum, struct bytes message)
{
	struct bytes rest = message;
	size_t count = 0;

	while (rest.size > 0) {
		const uint8_t *start = rest.data;
		const uint64_t tag = read_varint(&rest);
		struct wire_field field = { .number = (unsigned)(tag >> 3), .type = tag & 7 };

		ASSERT(field.type == WIRE_VARINT || field.type == WIRE_LENGTH);
		if (field.type == WIRE_VARINT) {
			field.value.data = rest.data;
			(void)read_varint(&rest);
			field.value.size = (size_t)(rest.data - field.value.data);
		} else {
			const uint64_t length = read_varint(&rest);

			ASSERT(length <= rest.size);
			field.value = bytes_of(rest.data, (size_t)length);
			rest = bytes_of(rest.data + length, rest.size - (size_t)length);
		}
		field.whole = bytes_of(start, (size_t)(rest.data - start));
		ASSERT(count < maximum);
		out[count++] = field;
	}
	return count;
}

void wire_varint(struct buf *out, uint64_t value, bool longer)
{
	while (value >= 0x80) {
		buf_append_u8(out, (uint8_t)(value | 0x80u));
		value >>= 7;
	}
	buf_append_u8(out, (uint8_t)(longer ? value | 0x80u : value));
	if (longer) {
		buf_append_u8(out, 0);
	}
}

void wire_tag(struct buf *out, unsigned number, enum wire_type type)
{
	wire_varint(out, (uint64_t)number << 3 | type, false);
}

void wire_field_of_bytes(struct buf *out, unsigned number, struct bytes value)
{
	wire_tag(out, number, WIRE_LENGTH);
	wire_varint(out, value.size, false);
	buf_append(out, value);
}

void wire_field_of_number(struct buf *out, unsigned number, uint64_t value)
{
	wire_tag(out, number, WIRE_VARINT);
	wire_varint(out, value, false);
}
