/* The ledger's only way to disk: ordered byte keys in families, atomic batches, snapshots.
 *
 * Two implementations pass one conformance suite (tests/unit/test_store.c): store_memory.c for
 * tests and simulation, store_rocksdb.c for nodes.
 *
 * Invariants
 *   I1  A commit is atomic over all families: after any crash all of it is there or none of it.
 *   I2  Commits survive in order: a prefix of the committed batches is there after a crash, and
 *       every batch committed with STORE_SYNCED, unless the disk lied (node/floor.h notices).
 *   I3  A view shows one moment: what was committed before it began, and nothing else. A batch's
 *       view shows the last commit plus what that batch has written so far.
 *   I4  Keys are ordered as unsigned bytes; iteration follows that order.
 *   I5  After STATUS_IO or STATUS_CORRUPT the store is not used again; the process ends.
 *   I6  Family names are on disk and never change; a store with a family unknown to this program,
 *       or without one that it needs, is refused, not guessed at.
 *
 * Thread: one thread writes (begins batches and commits). Views that read committed data may begin,
 * be read and end on any thread, one thread per view. Memory: values are copied into the caller's
 * buf; a cursor's key and value are borrowed until it moves. Everything begun on a store ends
 * before store_close, a cursor before its view, and a cursor of a batch's view before the next
 * write to that batch: these three are asserted. */
#ifndef LEDGER_STORE_STORE_H
#define LEDGER_STORE_STORE_H

#include "ledger/base/buf.h"
#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

/* The column families (DESIGN section 8). Key layouts stand in ledger/store/keys.h. */
enum store_family {
	STORE_META,      /* names of single values: format version, ledger id, head */
	STORE_RECORD,    /* index -> record bytes */
	STORE_CONTENT,   /* index -> content, opening, what was derived when it was applied */
	STORE_EVENT,     /* event id -> index */
	STORE_REQUEST,   /* request id -> event id */
	STORE_HISTORY,   /* person id, index -> role */
	STORE_CASE,      /* case id, index -> step */
	STORE_PERSON,    /* person id -> cached person state */
	STORE_NUMBER,    /* sort of number, value -> owner */
	STORE_NAME,      /* search key of a name -> person or act */
	STORE_AUTHORITY, /* offices, officers, keys, rule sets, gazetteer rows */
	STORE_WORK,      /* office, queue, case -> open work; officer key, time -> index */
	STORE_TREE,      /* level, index -> Merkle node of a complete subtree */
};
enum { STORE_FAMILIES = STORE_TREE + 1 };

enum {
	STORE_KEY_BYTES_MAX = 512, /* a search key of 255 bytes, two ids and what goes between */
	STORE_HISTORY_PREFIX = 16, /* STORE_HISTORY and STORE_CASE keys begin with an id */
};

/* The stable name of a family, as on disk. */
const char *store_family_name(enum store_family family);

struct store;
struct store_batch;
struct store_view;
struct store_cursor;

enum store_durability {
	STORE_UNSYNCED, /* durable some time later; another log holds the order */
	STORE_SYNCED,   /* durable when the call returns */
};

struct store_options {
	size_t cache_bytes; /* block cache shared by all families; 0: 8 MiB */
	bool create;        /* make an empty store; false: refuse a missing one */
	bool read_only;     /* beside a live writer, or for an audit; shows the moment of opening */
};

/* Opens the RocksDB store in folder `path`.
 * STATUS_OK, `*out` is given to the caller; or
 *   STATUS_NOT_FOUND    no store there and !options->create
 *   STATUS_EXISTS       options->create and the folder holds a store or anything else
 *   STATUS_BUSY         another process has it open for writing
 *   STATUS_UNSUPPORTED  it has families this program does not know, or lacks one
 *   STATUS_NO_MEMORY
 *   STATUS_IO, STATUS_CORRUPT  with the engine's message in `detail`
 * The engine recovers to a point in time and can drop committed batches silently when its log is
 * damaged in the middle: the caller compares its head with the floor (node/floor.h) after opening.
 * Creates the folder itself, not its parents. `create` and `read_only` exclude each other. */
enum status store_rocksdb_open(struct store **out, const char *path,
                               const struct store_options *options,
                               struct detail *detail) NODISCARD;

/* Opens an empty store in memory. STATUS_NO_MEMORY when it cannot. */
enum status store_memory_open(struct store **out) NODISCARD;

/* Closes and frees. Every batch, view and cursor must have ended. Accepts NULL. */
void store_close(struct store *store);

/* The engine's message of the first failure since opening, for the log; "" while there is none.
 * May be called from any thread; lives as long as the store. */
const char *store_fault(const struct store *store);

/* Begins a batch; NULL when memory is exhausted. One batch at a time per store; not on a store
 * opened read_only. */
struct store_batch *store_batch_begin(struct store *store);

/* Adds a write to the batch. Keys have 1 to STORE_KEY_BYTES_MAX bytes, a value may be empty; both
 * are copied. Failures (memory) are kept and returned by store_batch_commit. */
void store_batch_put(struct store_batch *batch, enum store_family family, struct bytes key,
                     struct bytes value);
void store_batch_delete(struct store_batch *batch, enum store_family family, struct bytes key);

/* Commits everything in the batch at once and leaves it empty, ready for use again.
 *   STATUS_OK, STATUS_NO_MEMORY, STATUS_IO, STATUS_CORRUPT. A full disk here is STATUS_IO, and
 *   fatal: whoever admits work keeps a reserve. After a failure nothing is known of the batch
 *   until the store was closed and opened again. */
enum status store_batch_commit(struct store_batch *batch,
                               enum store_durability durability) NODISCARD;

/* Ends a batch, dropping what was not committed. Accepts NULL. */
void store_batch_end(struct store_batch *batch);

/* Makes every commit so far durable. From the writing thread. STATUS_OK, STATUS_IO. */
enum status store_sync(struct store *store) NODISCARD;

/* Begins a view of what is committed now; NULL when memory is exhausted. An old view keeps old
 * versions of everything from being dropped: hold it for one call or one audit step. */
struct store_view *store_view_begin(struct store *store);

/* The view of a batch: last commit plus the batch's own writes, on the writing thread. Lives as
 * long as the batch; not to be ended by the caller. After a commit it shows that commit. */
struct store_view *store_batch_view(struct store_batch *batch);

/* Ends a view begun by store_view_begin. Accepts NULL. */
void store_view_end(struct store_view *view);

/* Reads one value into `value`. STATUS_OK, STATUS_NOT_FOUND (value untouched), STATUS_NO_MEMORY,
 * STATUS_IO, STATUS_CORRUPT. */
enum status store_get(struct store_view *view, struct buf *value, enum store_family family,
                      struct bytes key) NODISCARD;

/* Opens a cursor on the first key >= `start` that begins with `prefix` (start must begin with
 * prefix, or be empty for the first). NULL when memory is exhausted. */
struct store_cursor *store_cursor_open(struct store_view *view, enum store_family family,
                                       struct bytes prefix, struct bytes start);

/* True while the cursor stands on an entry. False at the end or after an error: ask
 * store_cursor_status then, an I/O error looks like the end. */
bool store_cursor_valid(const struct store_cursor *cursor);
void store_cursor_next(struct store_cursor *cursor);
struct bytes store_cursor_key(const struct store_cursor *cursor);
struct bytes store_cursor_value(const struct store_cursor *cursor);
enum status store_cursor_status(const struct store_cursor *cursor) NODISCARD;

/* Closes a cursor; before its view ends. Accepts NULL. */
void store_cursor_close(struct store_cursor *cursor);

/* Writes a consistent copy of everything committed into folder `path`, which must not exist (hard
 * links where the file system allows). From any thread. STATUS_OK, STATUS_EXISTS,
 * STATUS_UNSUPPORTED (memory, read only), STATUS_IO. */
enum status store_checkpoint(struct store *store, const char *path,
                             struct detail *detail) NODISCARD;

/* A key whose overwritten or deleted values must leave the disk. */
struct store_purge {
	enum store_family family;
	struct bytes key;
};

/* Rewrites what is on disk so that earlier values of these keys, committed over before the call,
 * are in no file and in no log of the store; copies made before (store_checkpoint) keep them. Waits
 * for the engine: some files are written anew. From the writing thread, with no batch begun.
 *
 * `*moment` is 0 in the first call; the store notes in it when that was, and the caller gives it
 * again in later calls for the same values.
 *   STATUS_OK           they are gone; a file that a view has open goes when the view ends
 *   STATUS_BUSY         a view begun before the moment still shows them: ask again later
 *   STATUS_UNSUPPORTED  opened read_only
 *   STATUS_IO, STATUS_CORRUPT */
enum status store_purge(struct store *store, uint64_t *moment, const struct store_purge purged[],
                        size_t count) NODISCARD;

/* Engine figure by its RocksDB property name, such as "rocksdb.background-errors".
 * False when the store has no such figure. */
bool store_property(struct store *store, enum store_family family, const char *name,
                    uint64_t *value);

#endif
