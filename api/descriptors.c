#include "api/descriptors.h"

#include "ledger/base/assert.h"

enum {
	ARENA_BYTES_MAX = 4 * 1024 * 1024,
	NESTING_MAX = 64, /* declarations that wait to be read */
	WIRE_VARINT = 0,
	WIRE_FIXED64 = 1,
	WIRE_BYTES = 2,
	WIRE_FIXED32 = 5,
	VARINT_BYTES_MAX = 10,
};

/* One field of a message; `bytes` only for length-delimited ones, others are passed over. */
struct wire_field {
	unsigned number;
	bool is_bytes;
	struct bytes bytes;
};

static uint64_t wire_varint(struct bytes *rest)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < VARINT_BYTES_MAX; i++) {
		ASSERT(rest->size > 0);
		uint8_t byte = rest->data[0];

		*rest = bytes_of(rest->data + 1, rest->size - 1);
		value |= (uint64_t)(byte & 0x7f) << (7 * i);
		if (byte < 0x80) {
			break;
		}
	}
	return value;
}

/* Takes the next field off `rest`; false at the end. */
static bool wire_next(struct wire_field *field, struct bytes *rest)
{
	uint64_t size = 0;

	if (rest->size == 0) {
		return false;
	}
	uint64_t tag = wire_varint(rest);
	unsigned type = tag & 7;
	*field = (struct wire_field){ .number = (unsigned)(tag >> 3),
		                      .is_bytes = type == WIRE_BYTES };
	if (type == WIRE_VARINT) {
		(void)wire_varint(rest);
	} else if (type == WIRE_BYTES) {
		size = wire_varint(rest);
	} else {
		ASSERT(type == WIRE_FIXED64 || type == WIRE_FIXED32);
		size = type == WIRE_FIXED64 ? 8 : 4;
	}
	ASSERT(size <= rest->size);
	field->bytes = bytes_of(rest->data, size);
	*rest = bytes_of(rest->data + size, rest->size - size);
	return true;
}

/* The first field of that number; empty when there is none. */
static struct bytes wire_find(struct bytes message, unsigned number)
{
	struct wire_field field;

	while (wire_next(&field, &message)) {
		if (field.is_bytes && field.number == number) {
			return field.bytes;
		}
	}
	return bytes_of(NULL, 0);
}

/* What is being read: NULL results of the arena are noticed at the end. */
struct reading {
	struct descriptors *descriptors;
	size_t file;
	bool failed;
};

/* A declaration that waits to be read, with the name of what encloses it. */
struct pending {
	enum descriptor_kind kind;
	const char *scope;
	struct bytes bytes;
};

static const char *reading_text(struct reading *reading, struct bytes text)
{
	const char *copy = arena_printf(&reading->descriptors->arena, "%.*s", (int)text.size,
	                                text.size == 0 ? "" : (const char *)text.data);

	reading->failed = reading->failed || copy == NULL;
	return copy == NULL ? "" : copy;
}

static const char *reading_name(struct reading *reading, const struct pending *pending)
{
	struct bytes name = wire_find(pending->bytes, 1);
	const char *full = arena_printf(&reading->descriptors->arena, "%s%s%.*s", pending->scope,
	                                pending->scope[0] == '\0' ? "" : ".", (int)name.size,
	                                (const char *)name.data);

	reading->failed = reading->failed || full == NULL;
	return full == NULL ? "" : full;
}

static void reading_push(struct pending stack[NESTING_MAX], size_t *depth,
                         enum descriptor_kind kind, const char *scope, struct bytes bytes)
{
	ASSERT(*depth < NESTING_MAX);
	stack[(*depth)++] = (struct pending){ .kind = kind, .scope = scope, .bytes = bytes };
}

/* What a declaration of this kind holds under field `number`; false when nothing with a name. */
static bool reading_inner(enum descriptor_kind *inner, enum descriptor_kind outer, unsigned number)
{
	if (outer == DESCRIPTOR_SERVICE && number == 2) {
		*inner = DESCRIPTOR_METHOD;
		return true;
	}
	if (outer == DESCRIPTOR_MESSAGE && (number == 3 || number == 4)) {
		*inner = number == 3 ? DESCRIPTOR_MESSAGE : DESCRIPTOR_ENUM;
		return true;
	}
	return false;
}

/* Adds a declaration of the file and all inside it. */
static void reading_declaration(struct reading *reading, enum descriptor_kind kind,
                                const char *package, struct bytes bytes)
{
	struct descriptors *descriptors = reading->descriptors;
	struct pending stack[NESTING_MAX];
	size_t depth = 0;

	reading_push(stack, &depth, kind, package, bytes);
	while (depth > 0) {
		struct pending pending = stack[--depth];
		const char *name = reading_name(reading, &pending);
		struct bytes rest = pending.bytes;
		struct wire_field field;
		enum descriptor_kind inner;

		ASSERT(descriptors->symbols_count < DESCRIPTOR_SYMBOLS_MAX);
		descriptors->symbols[descriptors->symbols_count++] = (struct descriptor_symbol){
			.name = name,
			.kind = pending.kind,
			.file = reading->file,
		};
		while (wire_next(&field, &rest)) {
			if (field.is_bytes && reading_inner(&inner, pending.kind, field.number)) {
				reading_push(stack, &depth, inner, name, field.bytes);
			}
		}
	}
}

static void reading_file(struct reading *reading, struct bytes bytes)
{
	struct descriptors *descriptors = reading->descriptors;
	const char *package = reading_text(reading, wire_find(bytes, 2));
	struct wire_field field;
	struct bytes rest = bytes;

	ASSERT(descriptors->files_count < DESCRIPTOR_FILES_MAX);
	reading->file = descriptors->files_count;
	struct descriptor_file *file = &descriptors->files[descriptors->files_count++];
	file->bytes = bytes;
	file->name = reading_text(reading, wire_find(bytes, 1));
	while (wire_next(&field, &rest)) {
		if (!field.is_bytes) {
			continue;
		}
		if (field.number == 3) {
			ASSERT(file->imports_count < DESCRIPTOR_IMPORTS_MAX);
			file->imports[file->imports_count++] = reading_text(reading, field.bytes);
		} else if (field.number == 4) {
			reading_declaration(reading, DESCRIPTOR_MESSAGE, package, field.bytes);
		} else if (field.number == 5) {
			reading_declaration(reading, DESCRIPTOR_ENUM, package, field.bytes);
		} else if (field.number == 6) {
			reading_declaration(reading, DESCRIPTOR_SERVICE, package, field.bytes);
		}
	}
}

enum status descriptors_init(struct descriptors *descriptors, struct bytes set)
{
	struct reading reading = { .descriptors = descriptors };
	struct wire_field field;

	*descriptors = (struct descriptors){ 0 };
	arena_init(&descriptors->arena, ARENA_BYTES_MAX);
	descriptors->files =
	        arena_array(&descriptors->arena, DESCRIPTOR_FILES_MAX, sizeof(*descriptors->files));
	descriptors->symbols = arena_array(&descriptors->arena, DESCRIPTOR_SYMBOLS_MAX,
	                                   sizeof(*descriptors->symbols));
	reading.failed = descriptors->files == NULL || descriptors->symbols == NULL;
	while (!reading.failed && wire_next(&field, &set)) {
		reading_file(&reading, field.bytes);
	}
	if (reading.failed) {
		descriptors_fini(descriptors);
		return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

void descriptors_fini(struct descriptors *descriptors)
{
	arena_fini(&descriptors->arena);
}

const struct descriptor_file *descriptors_file(const struct descriptors *descriptors,
                                               const char *name)
{
	for (size_t i = 0; i < descriptors->files_count; i++) {
		if (strcmp(descriptors->files[i].name, name) == 0) {
			return &descriptors->files[i];
		}
	}
	return NULL;
}

const struct descriptor_symbol *descriptors_symbol(const struct descriptors *descriptors,
                                                   const char *name)
{
	for (size_t i = 0; i < descriptors->symbols_count; i++) {
		if (strcmp(descriptors->symbols[i].name, name) == 0) {
			return &descriptors->symbols[i];
		}
	}
	return NULL;
}

size_t descriptors_closure(const struct descriptor_file *out[DESCRIPTOR_FILES_MAX],
                           const struct descriptors *descriptors,
                           const struct descriptor_file *file)
{
	bool taken[DESCRIPTOR_FILES_MAX] = { false };
	size_t count = 0;

	out[count++] = file;
	taken[file - descriptors->files] = true;
	for (size_t done = 0; done < count; done++) {
		for (size_t i = 0; i < out[done]->imports_count; i++) {
			const struct descriptor_file *import =
			        descriptors_file(descriptors, out[done]->imports[i]);

			ASSERT(import != NULL); /* protoc was told to include all imports */
			if (!taken[import - descriptors->files]) {
				taken[import - descriptors->files] = true;
				out[count++] = import;
			}
		}
	}
	return count;
}
