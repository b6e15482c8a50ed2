#include "tests/support/folder.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void folder_new(struct folder *folder)
{
	const char *base = getenv("TMPDIR");

	(void)snprintf(folder->path, sizeof(folder->path), "%s/civil-test-XXXXXX",
	               base != NULL ? base : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(folder->path));
}

static int folder_remove_entry(const char *path, const struct stat *state, int kind,
                               struct FTW *walk)
{
	(void)state;
	(void)kind;
	(void)walk;
	return remove(path);
}

void folder_remove(struct folder *folder)
{
	ck_assert_int_eq(nftw(folder->path, folder_remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
}

void folder_file(char path[FOLDER_PATH_MAX], const struct folder *folder, const char *name)
{
	int length = snprintf(path, FOLDER_PATH_MAX, "%s/%s", folder->path, name);

	ck_assert_int_lt(length, FOLDER_PATH_MAX);
}

size_t folder_read(const char *path, void *out, size_t maximum)
{
	FILE *file = fopen(path, "rb");

	ck_assert_ptr_nonnull(file);
	size_t size = fread(out, 1, maximum, file);
	ck_assert_int_eq(fgetc(file), EOF);
	ck_assert_int_eq(fclose(file), 0);
	return size;
}

void folder_write(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}
