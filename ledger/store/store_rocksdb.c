/* Opening, closing and looking after the RocksDB store. */
#include "ledger/store/store_rocksdb.h"

#include "ledger/base/assert.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum folder_content {
	FOLDER_MISSING,
	FOLDER_EMPTY,
	FOLDER_STORE, /* has a CURRENT file, which RocksDB writes last when it creates a database */
	FOLDER_OTHER,
	FOLDER_UNREADABLE,
};

enum status engine_status_of(const char *error)
{
	if (strstr(error, "/LOCK") != NULL) {
		return STATUS_BUSY;
	}
	return strncmp(error, "Corruption", strlen("Corruption")) == 0 ? STATUS_CORRUPT : STATUS_IO;
}

enum status engine_fail(struct store *store, char *error)
{
	enum status status = engine_status_of(error);

	store_set_fault(store, error);
	rocksdb_free(error);
	return status;
}

/* The same while opening, where the message goes to the caller. */
static enum status engine_open_fail(const char *path, char *error, struct detail *detail)
{
	enum status status = engine_status_of(error);

	if (status == STATUS_BUSY) {
		detail_set(detail, path, "another process has this folder open");
	} else {
		detail_set(detail, path, "%s", error);
	}
	rocksdb_free(error);
	return status;
}

static enum folder_content folder_look(const char *path)
{
	DIR *folder = opendir(path);

	if (folder == NULL) {
		return errno == ENOENT ? FOLDER_MISSING : FOLDER_UNREADABLE;
	}
	enum folder_content content = FOLDER_EMPTY;
	const struct dirent *entry;

	errno = 0;
	while (content != FOLDER_STORE && (entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, "CURRENT") == 0) {
			content = FOLDER_STORE;
		} else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
			content = FOLDER_OTHER;
		}
	}
	if (content != FOLDER_STORE && errno != 0) {
		content = FOLDER_UNREADABLE;
	}
	closedir(folder);
	return content;
}

/* Whether `path` may be created or opened, as asked. */
static enum status engine_check_folder(const char *path, bool create, struct detail *detail)
{
	switch (folder_look(path)) {
	case FOLDER_MISSING:
	case FOLDER_EMPTY:
		if (!create) {
			detail_set(detail, path, "there is no store in this folder");
			return STATUS_NOT_FOUND;
		}
		return STATUS_OK;
	case FOLDER_STORE:
		if (create) {
			detail_set(detail, path, "there is a store in this folder already");
			return STATUS_EXISTS;
		}
		return STATUS_OK;
	case FOLDER_OTHER:
		detail_set(detail, path, "this folder holds other files, but no store");
		return create ? STATUS_EXISTS : STATUS_NOT_FOUND;
	case FOLDER_UNREADABLE:
		detail_set(detail, path, "this folder cannot be read: %s", strerror(errno));
		return STATUS_IO;
	}
	ASSERT(false);
}

/* Names of all families, "default" last. */
static void engine_family_names(const char *names[ENGINE_FAMILIES])
{
	for (size_t i = 0; i < STORE_FAMILIES; i++) {
		names[i] = store_family_name((enum store_family)i);
	}
	names[STORE_FAMILIES] = "default";
}

static bool name_is_among(const char *name, char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* The store's families must be exactly ours: another program's store, or a newer one's, holds what
 * we would not keep in step. */
static enum status engine_check_families(const struct engine_options *options, const char *path,
                                         const char *const names[ENGINE_FAMILIES],
                                         struct detail *detail)
{
	enum status status = STATUS_OK;
	size_t count = 0;
	char *error = NULL;
	char **found = rocksdb_list_column_families(options->db, path, &count, &error);

	if (error != NULL) {
		rocksdb_list_column_families_destroy(found, count); /* empty, but allocated */
		return engine_open_fail(path, error, detail);
	}
	for (size_t i = 0; i < ENGINE_FAMILIES; i++) {
		if (!name_is_among(names[i], found, count)) {
			detail_set(detail, path, "this store lacks the family \"%s\"", names[i]);
			status = STATUS_UNSUPPORTED;
		}
	}
	if (status == STATUS_OK && count != ENGINE_FAMILIES) {
		detail_set(detail, path, "this store has %zu families, this program knows %d",
		           count, (int)ENGINE_FAMILIES);
		status = STATUS_UNSUPPORTED;
	}
	rocksdb_list_column_families_destroy(found, count);
	return status;
}

/* The entry of a new folder is durable only when the folder that holds it was synced. */
static enum status folder_sync_parent(const char *path, struct detail *detail)
{
	char above[PATH_MAX];
	int length = snprintf(above, sizeof(above), "%s/..", path);
	enum status status = STATUS_OK;

	if (length < 0 || (size_t)length >= sizeof(above)) {
		detail_set(detail, path, "this path is too long");
		return STATUS_IO;
	}
	int folder = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0 || fsync(folder) != 0) {
		detail_set(detail, above, "cannot sync this folder: %s", strerror(errno));
		status = STATUS_IO;
	}
	if (folder >= 0) {
		(void)close(folder); /* was only read */
	}
	return status;
}

static enum status engine_open_database(struct engine *engine, const char *path,
                                        const struct engine_options *options,
                                        const char *const names[ENGINE_FAMILIES],
                                        struct detail *detail)
{
	const rocksdb_options_t *families[ENGINE_FAMILIES];
	char *error = NULL;

	for (size_t i = 0; i < ENGINE_FAMILIES; i++) {
		families[i] = options->families[i];
	}
	if (engine->read_only) {
		engine->db = rocksdb_open_for_read_only_column_families(
		        options->db, path, ENGINE_FAMILIES, names, families, engine->families, 0,
		        &error);
	} else {
		engine->db = rocksdb_open_column_families(options->db, path, ENGINE_FAMILIES, names,
		                                          families, engine->families, &error);
	}
	return error != NULL ? engine_open_fail(path, error, detail) : STATUS_OK;
}

static void engine_close(struct store *base)
{
	struct engine *engine = engine_of(base);

	/* Waits for what runs and starts nothing new: a clean end is short. */
	rocksdb_cancel_all_background_work(engine->db, 1);
	for (size_t i = 0; i < ENGINE_FAMILIES; i++) {
		rocksdb_column_family_handle_destroy(engine->families[i]);
	}
	rocksdb_close(engine->db);
	rocksdb_writeoptions_destroy(engine->synced);
	rocksdb_writeoptions_destroy(engine->unsynced);
	rocksdb_readoptions_destroy(engine->current);
	free(engine);
}

/* Makes every write so far durable. A batch without keys, written synced, syncs the log below it;
 * the engine's own call for this is one of those to stay clear of in 7.8. */
static enum status engine_sync(struct store *base)
{
	struct engine *engine = engine_of(base);
	rocksdb_writebatch_t *batch = rocksdb_writebatch_create();
	char *error = NULL;

	ASSERT(!engine->read_only);
	rocksdb_writebatch_put_log_data(batch, "sync", strlen("sync"));
	rocksdb_write(engine->db, engine->synced, batch, &error);
	rocksdb_writebatch_destroy(batch);
	return error != NULL ? engine_fail(base, error) : STATUS_OK;
}

static enum status engine_checkpoint(struct store *base, const char *path, struct detail *detail)
{
	struct engine *engine = engine_of(base);
	char *error = NULL;

	if (engine->read_only) {
		detail_set(detail, path, "a store opened read-only cannot be copied");
		return STATUS_UNSUPPORTED;
	}
	if (access(path, F_OK) == 0) {
		detail_set(detail, path, "this path exists already");
		return STATUS_EXISTS;
	}
	rocksdb_checkpoint_t *checkpoint = rocksdb_checkpoint_object_create(engine->db, &error);

	if (error == NULL) {
		/* 0: write the memory tables out first, so that the copy is of immutable files. */
		rocksdb_checkpoint_create(checkpoint, path, 0, &error);
		rocksdb_checkpoint_object_destroy(checkpoint);
	}
	if (error == NULL) {
		return STATUS_OK;
	}
	/* The copy failed, not the store: no fault of the store is kept. */
	detail_set(detail, path, "%s", error);
	rocksdb_free(error);
	return STATUS_IO;
}

static bool engine_property(struct store *base, enum store_family family, const char *name,
                            uint64_t *value)
{
	struct engine *engine = engine_of(base);

	return rocksdb_property_int_cf(engine->db, engine->families[family], name, value) == 0;
}

static const struct store_table engine_table = {
	.close = engine_close,
	.sync = engine_sync,
	.checkpoint = engine_checkpoint,
	.purge = engine_purge,
	.property = engine_property,
	.batch_begin = engine_batch_begin,
	.batch_put = engine_batch_put,
	.batch_delete = engine_batch_delete,
	.batch_commit = engine_batch_commit,
	.batch_end = engine_batch_end,
	.batch_view = engine_batch_view,
	.view_begin = engine_view_begin,
	.view_end = engine_view_end,
	.get = engine_get,
	.cursor_open = engine_cursor_open,
	.cursor_valid = engine_cursor_valid,
	.cursor_next = engine_cursor_next,
	.cursor_key = engine_cursor_key,
	.cursor_value = engine_cursor_value,
	.cursor_status = engine_cursor_status,
	.cursor_close = engine_cursor_close,
};

enum status store_rocksdb_open(struct store **out, const char *path,
                               const struct store_options *store_options, struct detail *detail)
{
	ASSERT(!(store_options->create && store_options->read_only));

	const char *names[ENGINE_FAMILIES];
	struct engine_options options;
	struct engine *engine = NULL;
	enum status status = engine_check_folder(path, store_options->create, detail);

	if (status != STATUS_OK) {
		return status;
	}
	engine_family_names(names);
	engine_options_init(&options, store_options);
	if (!store_options->create) {
		status = engine_check_families(&options, path, names, detail);
		if (status != STATUS_OK) {
			goto out;
		}
	}
	engine = calloc(1, sizeof(*engine));
	if (engine == NULL) {
		status = STATUS_NO_MEMORY;
		goto out;
	}
	engine->base.table = &engine_table;
	engine->read_only = store_options->read_only;
	status = engine_open_database(engine, path, &options, names, detail);
	if (status != STATUS_OK) {
		free(engine);
		goto out;
	}
	engine->synced = rocksdb_writeoptions_create();
	rocksdb_writeoptions_set_sync(engine->synced, 1);
	engine->unsynced = rocksdb_writeoptions_create();
	engine->current = rocksdb_readoptions_create();
	status = store_options->create ? folder_sync_parent(path, detail) : STATUS_OK;
	if (status != STATUS_OK) {
		engine_close(&engine->base);
		goto out;
	}
	*out = &engine->base;
out:
	engine_options_fini(&options);
	return status;
}
