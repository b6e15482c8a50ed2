#include "ledger/event/position.h"

#include "ledger/base/assert.h"

#include <stdio.h>
#include <string.h>

/* Deeper than any message of the schema, which has no recursion. */
enum { POSITION_DEPTH_MAX = 12 };

struct position position_of_root(const char *name)
{
	return (struct position){ .parent = NULL, .name = name, .index = -1 };
}

struct position position_of_element(const struct position *parent,
                                    const ProtobufCFieldDescriptor *field, size_t i)
{
	return (struct position){
		.parent = parent,
		.name = field->name,
		.index = field->label == PROTOBUF_C_LABEL_REPEATED ? (int)i : -1,
	};
}

static void append(char out[DETAIL_PATH_MAX], const char *name, int index)
{
	const size_t length = strlen(out);
	const size_t room = DETAIL_PATH_MAX - length;
	const char *point = length > 0 ? "." : "";

	if (index < 0) {
		(void)snprintf(out + length, room, "%s%s", point, name);
	} else {
		(void)snprintf(out + length, room, "%s%s[%d]", point, name, index);
	}
}

void position_print(char out[DETAIL_PATH_MAX], const struct position *position, const char *field)
{
	const struct position *frames[POSITION_DEPTH_MAX];
	size_t depth = 0;

	for (; position != NULL; position = position->parent) {
		ASSERT(depth < POSITION_DEPTH_MAX);
		frames[depth++] = position;
	}
	out[0] = '\0';
	while (depth > 0) {
		const struct position *frame = frames[--depth];

		append(out, frame->name, frame->index);
	}
	if (field[0] != '\0') {
		append(out, field, -1);
	}
}
