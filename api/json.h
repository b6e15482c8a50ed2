/* Messages as JSON and back, by their descriptors: the proto3 JSON mapping.
 *
 *     names       lowerCamelCase of the schema's; reading takes the schema's own too
 *     64 bits     decimal strings; reading takes numbers that fit an int64 too
 *     32 bits     numbers; reading takes decimal strings too
 *     bytes       base64, standard alphabet, padded; reading takes the URL alphabet and missing
 *                 padding too
 *     enums       by name, unknown numbers as numbers; reading takes both
 *     absent      left out; reading takes null for absent
 * Source: protobuf.dev/programming-guides/json. Floats, maps and the well-known types have no
 * mapping here, because no message of ours has them (asserted). Reading is strict: an unknown name,
 * a name that comes twice, a second member of a oneof and a value out of range are errors with
 * their path. tests/interop/json_check.py holds both directions equal to Python's json_format.
 *
 * Written text is safe on a terminal: controls and bidi controls are escaped, bytes that are no
 * UTF-8 become U+FFFD.
 *
 * This is the one door to jansson, which does the parsing; writing needs no library.
 * Thread: any. Memory: text goes to the caller's buf, messages live in the caller's arena. */
#ifndef API_JSON_H
#define API_JSON_H

#include "ledger/base/arena.h"
#include "ledger/base/buf.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

#include <protobuf-c/protobuf-c.h>

enum {
	JSON_TEXT_BYTES_MAX = 4 * 1024 * 1024, /* of one text that is read */
	JSON_NAME_MAX = 64,                    /* of one field; longer ones have no mapping */
};

enum json_layout {
	JSON_COMPACT,  /* one line, no spaces */
	JSON_INDENTED, /* two spaces a level, as json_format prints */
};

/* Appends the message, without a line feed behind it. Overflow shows in buf_status. */
void json_write_message(struct buf *out, const ProtobufCMessage *message, enum json_layout layout);

/* Appends text as a JSON string with its quotes. */
void json_write_string(struct buf *out, struct bytes text);

/* Writes the JSON name of a field, such as "dateOfBirth", and its NUL. */
void json_name(char out[JSON_NAME_MAX], const ProtobufCFieldDescriptor *field);

/* Reads one message. `name` begins the paths of errors, "event" for example.
 *   STATUS_INVALID    no JSON (line and column in `detail`), or not of this type (its path)
 *   STATUS_NO_MEMORY  the arena's cap or the heap is exhausted */
enum status json_read_message(ProtobufCMessage **out, const ProtobufCMessageDescriptor *descriptor,
                              struct bytes text, const char *name, struct arena *arena,
                              struct detail *detail) NODISCARD;

#endif
