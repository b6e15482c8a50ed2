#include "node/side_store.h"

#include "node/folder.h"

#include <stdio.h>

enum { CACHE_BYTES = 8 << 20, NAME_BYTES = 64 };

/* A store gets its name when it is whole. */
static enum status make(const char *folder, const char *name, const char *path,
                        struct detail *detail)
{
	const struct store_options options = { .cache_bytes = CACHE_BYTES, .create = true };
	struct store *store = NULL;
	char unfinished[PATH_MAX];
	char unfinished_name[NAME_BYTES];

	(void)snprintf(unfinished_name, sizeof(unfinished_name), "%s.new", name);
	folder_path(unfinished, folder, unfinished_name);
	enum status status = folder_remove_flat(unfinished, detail);
	if (status == STATUS_OK) {
		status = store_rocksdb_open(&store, unfinished, &options, detail);
	}
	store_close(store);
	if (status == STATUS_OK && rename(unfinished, path) != 0) {
		detail_set(detail, path, "cannot be made");
		status = STATUS_IO;
	}
	return status == STATUS_OK ? folder_sync(folder, detail) : status;
}

enum status side_store_open(struct store **out, const char *folder, const char *name,
                            struct detail *detail)
{
	const struct store_options options = { .cache_bytes = CACHE_BYTES };
	char path[PATH_MAX];

	folder_path(path, folder, name);
	enum status status = store_rocksdb_open(out, path, &options, detail);
	if (status == STATUS_NOT_FOUND) {
		status = make(folder, name, path, detail);
		if (status == STATUS_OK) {
			status = store_rocksdb_open(out, path, &options, detail);
		}
	}
	return status;
}
