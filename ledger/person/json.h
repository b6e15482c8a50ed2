/* Values of messages as JSON text, for people who compare states. Internal to ledger/person.
 *
 * Field names as in the schema, enums by name, bytes in hexadecimal, 64-bit integers as numbers;
 * absent fields are left out, provenance too. Strings are UTF-8 as stored, with quotes, backslashes
 * and controls escaped (RFC 8259 section 7). Written, never read.
 *
 * Thread: any. Memory: the buffer given. */
#ifndef LEDGER_PERSON_JSON_H
#define LEDGER_PERSON_JSON_H

#include "ledger/base/buf.h"

#include <protobuf-c/protobuf-c.h>

/* Appends element i of a field (0 for a singular one), which must be there. Overflow shows in
 * buf_status. */
void json_append_value(struct buf *buf, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field, size_t i);

#endif
