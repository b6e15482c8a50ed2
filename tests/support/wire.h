/* Protobuf's wire form taken apart, to build encodings that a decoder reads and that are not ours.
 * Thread: any. Memory: views into the bytes given. */
#ifndef TESTS_SUPPORT_WIRE_H
#define TESTS_SUPPORT_WIRE_H

#include "ledger/base/buf.h"

enum wire_type { WIRE_VARINT = 0, WIRE_LENGTH = 2 };

/* One field as it stands in a message. */
struct wire_field {
	unsigned number;
	enum wire_type type;
	struct bytes whole; /* tag, length and value */
	struct bytes value; /* of a varint its bytes, else what the length covers */
};

/* Fields of a message in their order; asserts that there are no other wire types and at most
 * `maximum`. Returns how many. */
size_t wire_split(struct wire_field out[], size_t maximum, struct bytes message);

/* Appends parts of fields. The longer form of a varint has one byte more than it needs. */
void wire_varint(struct buf *out, uint64_t value, bool longer);
void wire_tag(struct buf *out, unsigned number, enum wire_type type);
void wire_field_of_bytes(struct buf *out, unsigned number, struct bytes value);
void wire_field_of_number(struct buf *out, unsigned number, uint64_t value);

#endif
