/* The schema of everything under proto/, as protoc compiled it, for reflection.
 *
 * The Makefile has protoc write a FileDescriptorSet (google/protobuf/descriptor.proto) of all
 * files, and descriptors_bin.c takes it into the program. It is read once with a small reader of
 * the wire format, because protobuf-c has no descriptors of descriptors:
 *
 *     FileDescriptorSet    file = 1
 *     FileDescriptorProto  name = 1, package = 2, dependency = 3, message = 4, enum = 5, service =
 * 6 DescriptorProto      name = 1, nested message = 3, enum = 4 EnumDescriptorProto,
 * ServiceDescriptorProto    name = 1; method of a service = 2 MethodDescriptorProto name = 1
 *
 * The bytes are our own, so that they are well formed is asserted.
 * Thread: any, on const descriptors. Memory: names and tables in an arena of its own. */
#ifndef API_DESCRIPTORS_H
#define API_DESCRIPTORS_H

#include "ledger/base/arena.h"
#include "ledger/base/bytes.h"

#include <stdbool.h>

enum {
	DESCRIPTOR_FILES_MAX = 64,
	DESCRIPTOR_IMPORTS_MAX = 32, /* of one file */
	DESCRIPTOR_SYMBOLS_MAX = 4096,
};

struct descriptor_file {
	const char *name;   /* "civil/v1/event.proto" */
	struct bytes bytes; /* FileDescriptorProto */
	const char *imports[DESCRIPTOR_IMPORTS_MAX];
	size_t imports_count;
};

enum descriptor_kind {
	DESCRIPTOR_MESSAGE,
	DESCRIPTOR_ENUM,
	DESCRIPTOR_SERVICE,
	DESCRIPTOR_METHOD,
};

struct descriptor_symbol {
	const char *name; /* full, "civil.v1.QueryService.GetPerson" */
	enum descriptor_kind kind;
	size_t file;
};

struct descriptors {
	struct arena arena;
	struct descriptor_file *files;
	size_t files_count;
	struct descriptor_symbol *symbols;
	size_t symbols_count;
};

/* The set that was built into the program. */
struct bytes descriptors_embedded(void);

/* Reads a set; STATUS_NO_MEMORY leaves nothing to free. */
enum status descriptors_init(struct descriptors *descriptors, struct bytes set) NODISCARD;
void descriptors_fini(struct descriptors *descriptors);

/* By name; NULL when there is none. */
const struct descriptor_file *descriptors_file(const struct descriptors *descriptors,
                                               const char *name);
const struct descriptor_symbol *descriptors_symbol(const struct descriptors *descriptors,
                                                   const char *name);

/* The file and everything that it imports, directly or not, each once, itself first. Returns their
 * number. */
size_t descriptors_closure(const struct descriptor_file *out[DESCRIPTOR_FILES_MAX],
                           const struct descriptors *descriptors,
                           const struct descriptor_file *file);

#endif
