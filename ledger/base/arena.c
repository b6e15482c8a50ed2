#include "ledger/base/arena.h"

#include "ledger/base/assert.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARENA_CHUNK_BYTES = 16384 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) uint8_t data[];
};

static void *arena_protobuf_alloc(void *arena, size_t size)
{
	return arena_alloc(arena, size);
}

/* Memory goes back with the arena, all at once. */
static void arena_protobuf_free(void *arena, void *pointer)
{
	(void)arena;
	(void)pointer;
}

void arena_init(struct arena *arena, size_t cap)
{
	ASSERT(cap <= PTRDIFF_MAX); /* so that a chunk's size and its frame cannot wrap */
	*arena = (struct arena){ .cap = cap };
	arena->allocator = (ProtobufCAllocator){
		.alloc = arena_protobuf_alloc,
		.free = arena_protobuf_free,
		.allocator_data = arena,
	};
}

void arena_move(struct arena *to, struct arena *from)
{
	*to = *from;
	to->allocator.allocator_data = to;
	arena_init(from, from->cap);
}

static void free_chunks(struct arena *arena)
{
	struct arena_chunk *chunk = arena->first;

	while (chunk != NULL) {
		struct arena_chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
	arena->first = NULL;
	arena->current = NULL;
	arena->held = 0;
}

void arena_fini(struct arena *arena)
{
	free_chunks(arena);
	arena->used = 0;
}

void arena_reset(struct arena *arena)
{
	if (arena->held > arena->cap + ARENA_CHUNK_BYTES) {
		free_chunks(arena);
	}
	for (struct arena_chunk *chunk = arena->first; chunk != NULL; chunk = chunk->next) {
		chunk->used = 0;
	}
	arena->current = arena->first;
	arena->used = 0;
	arena->cap_reached = false;
	arena->heap_failed = false;
}

/* A chunk behind `current` with room for `size`: the next kept one, else a new one. */
static struct arena_chunk *arena_advance(struct arena *arena, size_t size)
{
	struct arena_chunk *current = arena->current;

	while (current != NULL && current->next != NULL) {
		current = current->next;
		if (current->size >= size) {
			ASSERT(current->used == 0);
			return current;
		}
	}

	size_t chunk_size = size > ARENA_CHUNK_BYTES ? size : ARENA_CHUNK_BYTES;
	struct arena_chunk *chunk = malloc(sizeof(*chunk) + chunk_size);
	if (chunk == NULL) {
		return NULL;
	}
	*chunk = (struct arena_chunk){ .size = chunk_size };
	arena->held += chunk_size;
	if (current == NULL) {
		arena->first = chunk;
	} else {
		current->next = chunk;
	}
	return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t alignment = alignof(max_align_t);

	const size_t room = arena->cap - arena->used;
	const size_t rounded = (size + alignment - 1) / alignment * alignment;

	/* Compared before rounding too: a size near SIZE_MAX rounds to a small one. */
	if (size > room || rounded > room) {
		arena->cap_reached = true;
		return NULL;
	}
	struct arena_chunk *chunk = arena->current;
	if (chunk == NULL || rounded > chunk->size - chunk->used) {
		chunk = arena_advance(arena, rounded);
		if (chunk == NULL) {
			arena->heap_failed = true;
			return NULL;
		}
		arena->current = chunk;
	}

	void *memory = chunk->data + chunk->used;
	chunk->used += rounded;
	arena->used += rounded;
	memset(memory, 0, rounded);
	return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size) {
		arena->cap_reached = true;
		return NULL;
	}
	return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, struct bytes bytes)
{
	void *memory = arena_alloc(arena, bytes.size);

	if (memory != NULL && bytes.size > 0) {
		memcpy(memory, bytes.data, bytes.size);
	}
	return memory;
}

char *arena_string(struct arena *arena, const char *string)
{
	return arena_copy(arena, bytes_of(string, strlen(string) + 1));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	ASSERT(length >= 0);

	char *text = arena_alloc(arena, (size_t)length + 1);
	if (text == NULL) {
		return NULL;
	}
	va_start(arguments, format);
	(void)vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}
