/* Checked fixtures that open each kind of store, for suites that run over both. */
#ifndef TESTS_SUPPORT_STORES_H
#define TESTS_SUPPORT_STORES_H

#include "ledger/store/store.h"
#include "tests/support/folder.h"

/* What the fixture opened; NULL before. */
extern struct store *stores_store;
extern char stores_path[FOLDER_PATH_MAX]; /* of the RocksDB store, in a fresh folder */

void stores_setup_memory(void);
void stores_teardown_memory(void);
void stores_setup_rocksdb(void);
void stores_teardown_rocksdb(void);

/* Closes and opens the store again where there is a disk: everything committed must survive. */
void stores_reopen(void);

#endif
