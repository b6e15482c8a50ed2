#include "tools/populate/example.h"

#include "ledger/base/limits.h"
#include "ledger/event/event.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { PATH_BYTES_MAX = 1024 };

static bool write_file(const char *path, struct bytes bytes)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL) {
		return false;
	}
	bool good = fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
	return fclose(file) == 0 && good;
}

/* The person whom subject 0 names, with a line feed; empty when there is none. */
static void find_person(char out[2 * ID_BYTES + 2], struct bytes signed_event)
{
	struct event event;
	struct arena arena;

	out[0] = '\0';
	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	if (event_admit(&event, signed_event, &arena, NULL) == STATUS_OK &&
	    event.header->n_subjects > 0) {
		struct id person = event_subject_id(&event, 0);

		bytes_to_hex(out, bytes_of_id(&person));
		out[2 * ID_BYTES] = '\n';
		out[2 * ID_BYTES + 1] = '\0';
	}
	arena_fini(&arena);
}

bool example_keep(const char *folder, struct bytes signed_event, const char *rule,
                  uint64_t accepted)
{
	char path[PATH_BYTES_MAX];
	char person[2 * ID_BYTES + 2];
	char known[24];

	(void)snprintf(path, sizeof(path), "%s/%s.event", folder, rule);
	if (access(path, F_OK) == 0) {
		return true;
	}
	bool good = write_file(path, signed_event);
	find_person(person, signed_event);
	(void)snprintf(path, sizeof(path), "%s/%s.person", folder, rule);
	good = good && write_file(path, bytes_of_string(person));
	(void)snprintf(known, sizeof(known), "%" PRIu64 "\n", accepted);
	(void)snprintf(path, sizeof(path), "%s/%s.known", folder, rule);
	return good && write_file(path, bytes_of_string(known));
}
