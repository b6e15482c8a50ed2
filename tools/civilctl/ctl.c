#include "tools/civilctl/ctl.h"

#include "api/rpc_library.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *ctl_option(const struct ctl *ctl, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < ctl->value_count; i++) {
		if (strcmp(ctl->values[i].option->name, name) == 0) {
			found = ctl->values[i].value;
		}
	}
	return found;
}

size_t ctl_option_all(const struct ctl *ctl, const char *name, const char *values[], size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < ctl->value_count && count < max; i++) {
		if (strcmp(ctl->values[i].option->name, name) == 0) {
			values[count] = ctl->values[i].value;
			count++;
		}
	}
	return count;
}

enum ctl_exit ctl_option_number(const struct ctl *ctl, const char *name, uint64_t *out,
                                uint64_t fallback, uint64_t least, uint64_t most)
{
	const char *text = ctl_option(ctl, name);
	char *end;

	*out = fallback;
	if (text == NULL) {
		return CTL_OK;
	}
	errno = 0;
	*out = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || *out < least ||
	    *out > most) {
		ctl_say("--%s takes a number from %llu to %llu, not %s", name,
		        (unsigned long long)least, (unsigned long long)most, text);
		return CTL_USAGE;
	}
	return CTL_OK;
}

const char *ctl_node_folder(const struct ctl *ctl)
{
	const char *folder = ctl_option(ctl, "node");

	if (folder == NULL) {
		folder = getenv("CIVIL_NODE_DATA");
	}
	return folder == NULL || folder[0] == '\0' ? "civil-data" : folder;
}

void ctl_say(const char *format, ...)
{
	va_list arguments;

	(void)fflush(stdout);
	(void)fprintf(stderr, "civilctl: ");
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
	(void)fprintf(stderr, "\n");
}

enum ctl_exit ctl_exit_of(enum status status)
{
	switch (status) {
	case STATUS_OK:
		return CTL_OK;
	case STATUS_INVALID:
	case STATUS_UNSUPPORTED:
	case STATUS_OUT_OF_RANGE:
		return CTL_USAGE;
	case STATUS_NOT_FOUND:
		return CTL_NOT_FOUND;
	case STATUS_DENIED:
		return CTL_DENIED;
	case STATUS_EXISTS:
	case STATUS_REFUSED:
		return CTL_CONFLICT;
	case STATUS_BUSY:
	case STATUS_UNAVAILABLE:
	case STATUS_DISK_FULL:
		return CTL_UNAVAILABLE;
	case STATUS_CORRUPT:
	case STATUS_DIVERGED:
		return CTL_VERIFICATION;
	case STATUS_TIMEOUT:
		return CTL_DEADLINE;
	case STATUS_IO:
	case STATUS_NO_MEMORY:
		return CTL_ERROR;
	}
	return CTL_ERROR;
}

enum ctl_exit ctl_fail(enum status status, const char *what, const struct detail *detail)
{
	if (detail == NULL || detail->text[0] == '\0') {
		ctl_say("%s: %s", what, status_name(status));
	} else {
		ctl_say("%s: %s%s%s", what, detail->path, detail->path[0] == '\0' ? "" : ": ",
		        detail->text);
	}
	return ctl_exit_of(status);
}

static enum ctl_exit read_stream(struct ctl *ctl, struct bytes *out, FILE *file, const char *path)
{
	struct buf read;
	uint8_t block[16384];
	size_t size;
	enum ctl_exit code = CTL_OK;

	buf_init(&read, CTL_FILE_BYTES_MAX);
	while ((size = fread(block, 1, sizeof(block), file)) > 0) {
		buf_append(&read, bytes_of(block, size));
	}
	if (ferror(file) != 0 || buf_status(&read) != STATUS_OK) {
		ctl_say("%s: %s", path, ferror(file) != 0 ? strerror(errno) : "is too long");
		code = CTL_ERROR;
	} else {
		*out = bytes_of(arena_copy(&ctl->arena, buf_bytes(&read)), read.size);
		code = out->data == NULL ? ctl_fail(STATUS_NO_MEMORY, path, NULL) : CTL_OK;
	}
	buf_fini(&read);
	return code;
}

enum ctl_exit ctl_read_file(struct ctl *ctl, struct bytes *out, const char *path)
{
	if (strcmp(path, "-") == 0) {
		return read_stream(ctl, out, stdin, "stdin");
	}
	FILE *file = fopen(path, "rb");

	if (file == NULL) {
		ctl_say("%s: %s", path, strerror(errno));
		return errno == ENOENT ? CTL_NOT_FOUND : CTL_ERROR;
	}
	enum ctl_exit code = read_stream(ctl, out, file, path);
	(void)fclose(file);
	return code;
}

bool ctl_confirm(const struct ctl *ctl, const char *question)
{
	char answer[16] = "";

	if (ctl_option(ctl, "yes") != NULL) {
		return true;
	}
	if (isatty(STDIN_FILENO) == 0 || isatty(STDERR_FILENO) == 0) {
		ctl_say("%s: say so with --yes", question);
		return false;
	}
	(void)fprintf(stderr, "%s? [y/N] ", question);
	return fgets(answer, sizeof(answer), stdin) != NULL &&
	       (answer[0] == 'y' || answer[0] == 'Y');
}

void ctl_fini(struct ctl *ctl)
{
	rpc_client_free(ctl->client);
	rpc_tls_close(ctl->tls);
	if (ctl->connected) {
		rpc_library_stop();
	}
	arena_fini(&ctl->arena);
}
