/* What the sequencer needs of a replicated, ordered map: a part of what etcd offers, as calls.
 *
 * Keys are bytes in their order. A change happens wholly or not at all, after its conditions were
 * found to hold, and all changes have one order: the map's revision counts them. A lease is a
 * promise to come again: when its holder does not, the keys bound to it go.
 *
 * Every call waits for its answer, but no longer than the time the map was made with; nothing is
 * repeated here. After a call that failed for want of an answer the next one asks another server.
 * `api/etcd_map.h` implements this with gRPC; tests with a map in memory.
 *
 * Thread: one owner for each map; watch callbacks run inside the owner's calls. An owner may have
 * several maps to the same servers. Memory: results live in the caller's arena. */
#ifndef NODE_ORDERED_MAP_H
#define NODE_ORDERED_MAP_H

#include "ledger/base/arena.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

struct ordered_map {
	const struct ordered_map_methods *methods;
};

enum {
	MAP_CONDITIONS_MAX = 4,
	MAP_PUTS_MAX = 4,
	MAP_REMOVALS_MAX = 4,
	MAP_READS_MAX = 4,
};

/* Which map answered, and when. */
struct map_position {
	uint64_t cluster; /* identity of the servers as a whole; another one is another map */
	uint64_t member;  /* the server that answered */
	int64_t revision; /* changes made so far */
};

struct map_entry {
	struct bytes key;
	struct bytes value; /* empty when only keys were asked for */
	int64_t lease;      /* 0: none */
	int64_t changed;    /* revision that wrote it */
};

/* Keys from `key` up to, without, `end`; an empty `end`: that one key. */
struct map_range {
	struct bytes key;
	struct bytes end;
	uint32_t limit;  /* entries; 0: all */
	bool descending; /* from the last key */
	bool keys_only;
	bool stale_allowed; /* what one server knows will do: no quorum is asked */
};

struct map_found {
	const struct map_entry *entries;
	size_t count;
	bool more;
};

enum map_condition_kind {
	MAP_ABSENT,  /* no such key */
	MAP_PRESENT, /* the key is there */
	MAP_EQUAL,   /* the key is there and has this value */
};

struct map_condition {
	enum map_condition_kind kind;
	struct bytes key;
	struct bytes value;
};

struct map_put {
	struct bytes key;
	struct bytes value;
	int64_t lease; /* 0: stays */
};

/* If all conditions hold: removals, then puts; if not: reads. No key may be touched twice. */
struct map_change {
	struct map_condition conditions[MAP_CONDITIONS_MAX];
	size_t conditions_count;
	struct map_range removals[MAP_REMOVALS_MAX];
	size_t removals_count;
	struct map_put puts[MAP_PUTS_MAX];
	size_t puts_count;
	struct map_range reads[MAP_READS_MAX];
	size_t reads_count;
};

struct map_outcome {
	struct map_position position;
	bool held;                             /* the conditions did, and the change is made */
	uint64_t removed;                      /* keys, when it is */
	struct map_found found[MAP_READS_MAX]; /* of each read, when it is not */
};

/* One server, as it sees itself; asks no quorum. */
struct map_status {
	struct map_position position;
	char version[32];
	uint64_t leader; /* member that leads the servers; 0: none */
	uint64_t bytes;  /* of its file */
	uint64_t bytes_in_use;
	bool full;    /* it takes no puts until an operator makes room */
	bool corrupt; /* it contradicts its peers */
};

/* News of a watched range. Bytes die with the return. */
struct map_watcher {
	void (*put)(void *context, const struct map_entry *entry);
	/* Its key, and in `changed` the revision at which it went; the rest is empty. */
	void (*removed)(void *context, const struct map_entry *entry);
	/* The watch is over, for whatever reason; what happened since must be read. */
	void (*ended)(void *context);
	void *context;
};

struct ordered_map_methods {
	enum status (*change)(struct ordered_map *map, struct map_outcome *outcome,
	                      struct arena *arena, const struct map_change *change,
	                      struct detail *detail);
	enum status (*read)(struct ordered_map *map, struct map_found *found,
	                    struct map_position *position, struct arena *arena,
	                    const struct map_range *range, struct detail *detail);
	enum status (*compact)(struct ordered_map *map, int64_t revision, struct detail *detail);
	enum status (*grant)(struct ordered_map *map, int64_t *lease, uint32_t seconds,
	                     struct detail *detail);
	enum status (*keep)(struct ordered_map *map, int64_t lease, struct detail *detail);
	enum status (*revoke)(struct ordered_map *map, int64_t lease, struct detail *detail);
	enum status (*status)(struct ordered_map *map, struct map_status *status,
	                      struct detail *detail);
	enum status (*watch)(struct ordered_map *map, const struct map_range *range, int64_t from,
	                     const struct map_watcher *watcher);
	void (*poll)(struct ordered_map *map, uint32_t timeout_ms);
	void (*free)(struct ordered_map *map);
};

/* Statuses of all calls, besides what each says:
 *   STATUS_UNAVAILABLE  no answer to a question; nothing is known
 *   STATUS_BUSY         turned away: it did not happen
 *   STATUS_DENIED       we may not ask this
 *   STATUS_INVALID      larger than the servers take, or malformed
 *   STATUS_IO           an answer that does not parse
 *   STATUS_NO_MEMORY    the arena is too small for the answer */

/* STATUS_OK: an answer, see outcome->held. STATUS_TIMEOUT: no answer, and it may have happened, or
 * may happen yet. STATUS_DISK_FULL: refused, the servers are full (a change without puts never is).
 * STATUS_NOT_FOUND: refused, a lease is gone. */
static inline enum status NODISCARD map_change(struct ordered_map *map, struct map_outcome *outcome,
                                               struct arena *arena, const struct map_change *change,
                                               struct detail *detail)
{
	return map->methods->change(map, outcome, arena, change, detail);
}

/* Entries of a range. Linearizable unless range->stale_allowed. */
static inline enum status NODISCARD map_read(struct ordered_map *map, struct map_found *found,
                                             struct map_position *position, struct arena *arena,
                                             const struct map_range *range, struct detail *detail)
{
	return map->methods->read(map, found, position, arena, range, detail);
}

/* Forgets what was removed or overwritten before a revision. STATUS_OUT_OF_RANGE: it has done so
 * already, or the revision lies ahead. */
static inline enum status NODISCARD map_compact(struct ordered_map *map, int64_t revision,
                                                struct detail *detail)
{
	return map->methods->compact(map, revision, detail);
}

/* A new lease; the servers may make it longer. STATUS_TIMEOUT: there may be one that nobody knows;
 * it ends by itself. STATUS_DISK_FULL. */
static inline enum status NODISCARD map_grant(struct ordered_map *map, int64_t *lease,
                                              uint32_t seconds, struct detail *detail)
{
	return map->methods->grant(map, lease, seconds, detail);
}

/* Starts the lease's time again. STATUS_NOT_FOUND: it has ended. */
static inline enum status NODISCARD map_keep(struct ordered_map *map, int64_t lease,
                                             struct detail *detail)
{
	return map->methods->keep(map, lease, detail);
}

/* Ends a lease and removes its keys. STATUS_NOT_FOUND: it had ended. STATUS_TIMEOUT. */
static inline enum status NODISCARD map_revoke(struct ordered_map *map, int64_t lease,
                                               struct detail *detail)
{
	return map->methods->revoke(map, lease, detail);
}

static inline enum status NODISCARD map_status(struct ordered_map *map, struct map_status *status,
                                               struct detail *detail)
{
	return map->methods->status(map, status, detail);
}

/* Watches a range from revision `from` on; one watch a map, and none before the last one ended.
 * News come in map_poll and in other calls. It is a hint: news may be missing, late or repeated.
 * A watch over which nothing is heard ends. STATUS_OK: `ended` will be called once.
 * STATUS_NO_MEMORY. */
static inline enum status NODISCARD map_watch(struct ordered_map *map,
                                              const struct map_range *range, int64_t from,
                                              const struct map_watcher *watcher)
{
	return map->methods->watch(map, range, from, watcher);
}

/* Waits up to `timeout_ms` for news, at least when a watch is on. */
static inline void map_poll(struct ordered_map *map, uint32_t timeout_ms)
{
	map->methods->poll(map, timeout_ms);
}

static inline void map_free(struct ordered_map *map)
{
	if (map != NULL) {
		map->methods->free(map);
	}
}

#endif
