/* Fresh folders for tests, under TMPDIR or /tmp. */
#ifndef TESTS_SUPPORT_FOLDER_H
#define TESTS_SUPPORT_FOLDER_H

#include <stddef.h>

enum { FOLDER_PATH_MAX = 256 };

struct folder {
	char path[FOLDER_PATH_MAX];
};

/* Makes an empty folder that nobody else has. Fails the test when it cannot. */
void folder_new(struct folder *folder);

/* Removes it with all that is in it. */
void folder_remove(struct folder *folder);

/* Writes folder/name into `path`. */
void folder_file(char path[FOLDER_PATH_MAX], const struct folder *folder, const char *name);

/* Reads a whole file of at most `maximum` bytes into `out`; returns its size. */
size_t folder_read(const char *path, void *out, size_t maximum);

/* Makes or replaces a file. */
void folder_write(const char *path, const void *bytes, size_t size);

#endif
