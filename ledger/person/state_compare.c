/* Where two states differ, by descriptor: a new attribute needs no code here.
 *
 * Paths are field names with indexes, "names[0].name". A shared shape (a date, name, place,
 * address, registration number) is one value; so is an element or a whole attribute that only one
 * side has. Left out: history_count and version, which change with every record, and provenance,
 * which says where a value comes from and not what it is; of that, only `disputed` is compared. */
#include "ledger/person/state.h"

#include "ledger/base/limits.h"
#include "ledger/event/message.h"
#include "ledger/person/json.h"

#include <stdlib.h>

enum { DEPTH_MAX = 8, TEXT_MAX = 1024 * 1024 };

struct comparison {
	struct arena *arena;
	struct state_difference *found;
	size_t count;
	size_t capacity;
	enum status status;
};

/* Shapes that are one value. */
static bool is_unit(const ProtobufCMessageDescriptor *descriptor)
{
	return descriptor == &civil__v1__partial_date__descriptor ||
	       descriptor == &civil__v1__date__descriptor ||
	       descriptor == &civil__v1__name__descriptor ||
	       descriptor == &civil__v1__place__descriptor ||
	       descriptor == &civil__v1__address__descriptor ||
	       descriptor == &civil__v1__registration_number__descriptor;
}

static bool is_left_out(const ProtobufCMessageDescriptor *descriptor,
                        const ProtobufCFieldDescriptor *field)
{
	if (descriptor == &civil__v1__provenance__descriptor) {
		return strcmp(field->name, "disputed") != 0;
	}
	return descriptor == &civil__v1__person_state__descriptor &&
	       (strcmp(field->name, "history_count") == 0 || strcmp(field->name, "version") == 0);
}

static const char *value_text(struct comparison *comparison, const ProtobufCMessage *message,
                              const ProtobufCFieldDescriptor *field, size_t i)
{
	struct buf buf;
	char *text = NULL;

	if (message == NULL || i >= message_count(message, field)) {
		return "";
	}
	buf_init(&buf, TEXT_MAX);
	json_append_value(&buf, message, field, i);
	buf_append_u8(&buf, 0);
	if (buf_status(&buf) == STATUS_OK) {
		text = arena_copy(comparison->arena, buf_bytes(&buf));
	}
	buf_fini(&buf);
	if (text == NULL) {
		comparison->status = STATUS_NO_MEMORY;
	}
	return text;
}

static void add_difference(struct comparison *comparison, const char *path, const char *before,
                           const char *after)
{
	if (comparison->count == comparison->capacity) {
		size_t capacity = comparison->capacity == 0 ? 16 : 2 * comparison->capacity;
		struct state_difference *grown =
		        arena_array(comparison->arena, capacity, sizeof(*grown));

		if (grown == NULL) {
			comparison->status = STATUS_NO_MEMORY;
			return;
		}
		if (comparison->count > 0) {
			memcpy(grown, comparison->found, comparison->count * sizeof(*grown));
		}
		comparison->found = grown;
		comparison->capacity = capacity;
	}
	comparison->found[comparison->count] =
	        (struct state_difference){ .path = path, .before = before, .after = after };
	comparison->count++;
}

/* One pair of messages, one of which may be NULL, on the way down. */
struct level {
	const char *path;
	const ProtobufCMessageDescriptor *descriptor;
	const ProtobufCMessage *before;
	const ProtobufCMessage *after;
	unsigned field;
	size_t element;
};

static const ProtobufCMessage *child_of(const ProtobufCMessage *message,
                                        const ProtobufCFieldDescriptor *field, size_t i)
{
	if (message == NULL || i >= message_count(message, field)) {
		return NULL;
	}
	return message_message(message, field, i);
}

static const char *path_of(struct comparison *comparison, const struct level *level,
                           const ProtobufCFieldDescriptor *field, size_t i)
{
	const char *path = arena_printf(comparison->arena, "%s%s%s", level->path,
	                                level->path[0] == '\0' ? "" : ".", field->name);

	if (path != NULL && field->label == PROTOBUF_C_LABEL_REPEATED) {
		path = arena_printf(comparison->arena, "%s[%zu]", path, i);
	}
	if (path == NULL) {
		comparison->status = STATUS_NO_MEMORY;
	}
	return path;
}

/* Compares element i of a field. True when both sides have a message to go down into. */
static bool compare_element(struct comparison *comparison, struct level *down,
                            const struct level *level, const ProtobufCFieldDescriptor *field,
                            size_t i)
{
	const char *path = path_of(comparison, level, field, i);
	const char *before;
	const char *after;

	if (path == NULL) {
		return false;
	}
	if (field->type == PROTOBUF_C_TYPE_MESSAGE && !is_unit(field->descriptor)) {
		*down = (struct level){ .path = path,
			                .descriptor = field->descriptor,
			                .before = child_of(level->before, field, i),
			                .after = child_of(level->after, field, i) };
		if (down->before != NULL && down->after != NULL) {
			return true;
		}
		if (down->descriptor == &civil__v1__provenance__descriptor) {
			return false;
		}
	}
	before = value_text(comparison, level->before, field, i);
	after = value_text(comparison, level->after, field, i);
	if (before != NULL && after != NULL && strcmp(before, after) != 0) {
		add_difference(comparison, path, before, after);
	}
	return false;
}

static size_t elements_of(const struct level *level, const ProtobufCFieldDescriptor *field)
{
	size_t before = level->before == NULL ? 0 : message_count(level->before, field);
	size_t after = level->after == NULL ? 0 : message_count(level->after, field);

	return before > after ? before : after;
}

/* Walks both trees with a stack of its own; the schema is not recursive, so DEPTH_MAX bounds it. */
static void compare_messages(struct comparison *comparison, const struct level *top)
{
	struct level stack[DEPTH_MAX];
	size_t depth = 1;

	stack[0] = *top;
	while (depth > 0 && comparison->status == STATUS_OK) {
		struct level *level = &stack[depth - 1];
		const ProtobufCFieldDescriptor *field;
		struct level down;

		if (level->field == level->descriptor->n_fields) {
			depth--;
			continue;
		}
		field = &level->descriptor->fields[level->field];
		if (is_left_out(level->descriptor, field) ||
		    level->element >= elements_of(level, field)) {
			level->field++;
			level->element = 0;
			continue;
		}
		level->element++;
		if (compare_element(comparison, &down, level, field, level->element - 1) &&
		    depth < DEPTH_MAX) {
			stack[depth] = down;
			depth++;
		}
	}
}

static int compare_paths(const void *left, const void *right)
{
	const struct state_difference *a = left;
	const struct state_difference *b = right;

	return strcmp(a->path, b->path);
}

enum status state_compare(struct state_difference **out, size_t *count,
                          const Civil__V1__PersonState *before, const Civil__V1__PersonState *after,
                          struct arena *arena)
{
	struct comparison comparison = { .arena = arena };
	const struct level top = { .path = "",
		                   .descriptor = &civil__v1__person_state__descriptor,
		                   .before = before == NULL ? NULL : &before->base,
		                   .after = after == NULL ? NULL : &after->base };

	compare_messages(&comparison, &top);
	if (comparison.status != STATUS_OK) {
		return comparison.status;
	}
	if (comparison.count > 1) {
		qsort(comparison.found, comparison.count, sizeof(*comparison.found), compare_paths);
	}
	*out = comparison.found;
	*count = comparison.count;
	return STATUS_OK;
}
