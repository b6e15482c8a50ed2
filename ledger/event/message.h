/* Reading any message by its descriptor: fields by name, by path, and whether they are there.
 *
 * protobuf-c gives C structs and a table that says where each field lies in them. Everything that
 * treats all kinds alike (admission, field rules, corrections, tested places) goes through these
 * few calls, so the casts that such reading needs stand in one file.
 *
 * "There" means: differs from the default, which for proto3 is the same as absent; a member of a
 * oneof is there when its case is set.
 *
 * Thread: any, on const messages. Memory: everything returned is borrowed from the message. */
#ifndef LEDGER_EVENT_MESSAGE_H
#define LEDGER_EVENT_MESSAGE_H

#include "ledger/base/bytes.h"

#include <protobuf-c/protobuf-c.h>

/* Field by name; the name ends at `length`, so that a segment of a path can be given. NULL when the
 * message has no such field. */
const ProtobufCFieldDescriptor *message_field(const ProtobufCMessageDescriptor *descriptor,
                                              const char *name, size_t length);

/* True when the field is there; for a repeated field: has elements. */
bool message_has(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

/* Number of elements: of a repeated field, else 1 when the field is there and 0 when not. */
size_t message_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

/* Elements by type; `i` is 0 for a singular field. The field must have that type and i must be
 * below message_count, save that an absent singular scalar reads as its zero. */
const ProtobufCMessage *message_message(const ProtobufCMessage *message,
                                        const ProtobufCFieldDescriptor *field, size_t i);
const char *message_string(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                           size_t i);
struct bytes message_bytes(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                           size_t i);

/* Integers, enums and bools as one type; a uint64 above INT64_MAX wraps, no signed content has one.
 */
int64_t message_number(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       size_t i);

/* Where element i lies: the string pointer, number, bytes or message pointer itself. */
const void *message_element(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                            size_t i);

/* True when both messages are of one type and would pack to the same bytes. */
bool message_equal(const ProtobufCMessage *a, const ProtobufCMessage *b);

/* Follows a path of message fields, such as "issue.snapshot", and returns the message at its end;
 * NULL when a field of it is absent, unknown, repeated or no message. The empty path is the
 * message itself. */
const ProtobufCMessage *message_at(const ProtobufCMessage *message, const char *path);

/* Bytes that one element of this type takes inside the C struct. */
size_t message_element_size(ProtobufCType type);

/* Where the value of a singular field, or the array pointer of a repeated one, lies in the struct;
 * and the counter or oneof case that belongs to it. For code that writes copies. */
void *message_member(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
void *message_quantifier(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

#endif
