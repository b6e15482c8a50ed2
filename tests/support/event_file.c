#include "tests/support/event_file.h"

#include "tests/support/wire.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FRAME_BYTES = 12, SIGNATURE_FIELD = 2, FIELDS_MAX = 16 };

static bool map_file(struct bytes *out, const char *path)
{
	struct stat properties;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0 || fstat(file, &properties) != 0) {
		return false;
	}
	void *data = mmap(NULL, (size_t)properties.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	(void)close(file);
	*out = bytes_of(data, (size_t)properties.st_size);
	return data != MAP_FAILED;
}

/* Size of the frame at the front; 0 when there is no whole one. */
static size_t frame_size(struct bytes rest)
{
	if (rest.size < FRAME_BYTES || rest.size - FRAME_BYTES < bytes_read_u32(rest.data)) {
		return 0;
	}
	return FRAME_BYTES + bytes_read_u32(rest.data);
}

static size_t count_frames(struct bytes rest)
{
	size_t count = 0;

	for (size_t size; (size = frame_size(rest)) > 0; count++) {
		rest = bytes_of(rest.data + size, rest.size - size);
	}
	return rest.size == 0 ? count : 0;
}

bool event_file_open(struct event_file *out, const char *path, size_t from, size_t count)
{
	struct bytes rest;

	if (!map_file(&rest, path)) {
		return false;
	}
	size_t all = count_frames(rest);
	if (from >= all) {
		return false;
	}
	out->count = count == 0 || count > all - from ? all - from : count;
	out->events = calloc(out->count, sizeof(*out->events));
	out->recorded_at_ms = calloc(out->count, sizeof(*out->recorded_at_ms));
	if (out->events == NULL || out->recorded_at_ms == NULL) {
		return false;
	}
	for (size_t i = 0; i < from + out->count; i++) {
		size_t size = frame_size(rest);

		if (i >= from) {
			out->recorded_at_ms[i - from] = (int64_t)bytes_read_u64(rest.data + 4);
			out->events[i - from] =
			        bytes_of(rest.data + FRAME_BYTES, size - FRAME_BYTES);
		}
		rest = bytes_of(rest.data + size, rest.size - size);
	}
	return true;
}

size_t event_file_signatures(const struct event_file *file)
{
	struct wire_field fields[FIELDS_MAX];
	size_t signatures = 0;

	for (size_t i = 0; i < file->count; i++) {
		size_t count = wire_split(fields, FIELDS_MAX, file->events[i]);

		for (size_t n = 0; n < count; n++) {
			signatures += fields[n].number == SIGNATURE_FIELD ? 1 : 0;
		}
	}
	return signatures;
}
