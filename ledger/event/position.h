/* Where a walk through a message stands. Frames live on the stack of the walk and cost nothing
 * until a path is wanted. Thread: one walk. Memory: borrows names and parents. */
#ifndef LEDGER_EVENT_POSITION_H
#define LEDGER_EVENT_POSITION_H

#include "ledger/base/detail.h"

#include <protobuf-c/protobuf-c.h>

struct position {
	const struct position *parent; /* NULL at the root */
	const char *name;
	int index; /* of an element of a repeated field, else -1 */
};

/* The frame of the root, and of element i of a field (i is ignored for a singular one). */
struct position position_of_root(const char *name);
struct position position_of_element(const struct position *parent,
                                    const ProtobufCFieldDescriptor *field, size_t i);

/* Writes "content.birth.witnesses[1].name", and "." and `field` behind it unless that is empty. Cut
 * at the end when too long. */
void position_print(char out[DETAIL_PATH_MAX], const struct position *position, const char *field);

#endif
