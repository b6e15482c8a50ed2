/* Segments of a field path: parsing, and the rules of where a path may lead. Private to
 * ledger/event/field_path.c, whose header explains paths.
 *
 * Thread: any. Memory: borrows the message and the path. */
#ifndef LEDGER_EVENT_FIELD_SEGMENT_H
#define LEDGER_EVENT_FIELD_SEGMENT_H

#include "civil/v1/amendment.pb-c.h"
#include "civil/v1/content.pb-c.h"

#include <stddef.h>

/* One step of a path: a field, and which of its elements when it is repeated. */
struct segment {
	const ProtobufCFieldDescriptor *field;
	size_t index;
};

/* The message that the first segment is looked up in: Content, save that the act on a linked paper
 * is addressed as if it were the content's own. */
const ProtobufCMessage *field_segment_root(const Civil__V1__Content *content, const char *path);

/* Member of FieldValue that holds a leaf of this field; NOT_SET when the field is no leaf. */
Civil__V1__FieldValue__ValueCase field_segment_value_case(const ProtobufCFieldDescriptor *field);

/* Reads the first segment of `path` as a field of the descriptor, whose message may be absent
 * (NULL). Returns what follows the segment and its point, "" at the end of the path; NULL when it
 * names no field, an element or a oneof case that is not there, a message that cannot be gone
 * through, or at the end no leaf. */
const char *field_segment_step(struct segment *out, const ProtobufCMessage *message,
                               const ProtobufCMessageDescriptor *descriptor, const char *path);

#endif
