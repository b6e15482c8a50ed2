#include "tests/support/map_memory_internal.h"

#include <check.h>
#include <stdlib.h>
#include <time.h>

struct connection {
	struct ordered_map map; /* first */
	struct map_memory *servers;
	bool watching;
	unsigned restarts; /* of the servers when the watch began */
	struct map_watcher watcher;
	struct map_memory_entry range; /* key .. value, as "from .. end" */
	size_t heard;                  /* news looked at */
};

static struct connection *connection_of(struct ordered_map *map)
{
	return (struct connection *)(void *)map;
}

static struct map_position position(const struct map_memory *servers)
{
	return (struct map_position){ .cluster = 1, .member = 1, .revision = servers->revision };
}

static enum status change_locked(struct map_memory *servers, struct map_outcome *outcome,
                                 struct arena *arena, const struct map_change *change)
{
	struct map_memory_faults *faults = &servers->faults;

	*outcome = (struct map_outcome){ .held = false };
	if (faults->unreachable) {
		return STATUS_TIMEOUT;
	}
	if (change->puts_count > 0 && faults->questions_lost > 0) {
		faults->questions_lost--;
		return STATUS_TIMEOUT;
	}
	if (change->puts_count > 0 && faults->full) {
		return STATUS_DISK_FULL;
	}
	for (size_t i = 0; i < change->puts_count; i++) {
		int64_t lease = change->puts[i].lease;

		if (lease != 0 && lease <= servers->ended) {
			return STATUS_NOT_FOUND;
		}
	}
	map_apply(servers, outcome, arena, change);
	outcome->position = position(servers);
	if (change->puts_count > 0 && faults->answers_lost > 0) {
		faults->answers_lost--;
		return STATUS_TIMEOUT;
	}
	return STATUS_OK;
}

static enum status memory_change(struct ordered_map *map, struct map_outcome *outcome,
                                 struct arena *arena, const struct map_change *change,
                                 struct detail *detail)
{
	struct map_memory *servers = connection_of(map)->servers;

	(void)detail;
	(void)pthread_mutex_lock(&servers->lock);
	enum status status = change_locked(servers, outcome, arena, change);
	(void)pthread_mutex_unlock(&servers->lock);
	return status;
}

static enum status memory_read(struct ordered_map *map, struct map_found *found,
                               struct map_position *at, struct arena *arena,
                               const struct map_range *range, struct detail *detail)
{
	struct map_memory *servers = connection_of(map)->servers;
	enum status status = STATUS_UNAVAILABLE;

	(void)detail;
	(void)pthread_mutex_lock(&servers->lock);
	if (!servers->faults.unreachable) {
		*found = map_read_range(servers, arena, range);
		*at = position(servers);
		status = STATUS_OK;
	}
	(void)pthread_mutex_unlock(&servers->lock);
	return status;
}

static enum status memory_compact(struct ordered_map *map, int64_t revision, struct detail *detail)
{
	struct map_memory *servers = connection_of(map)->servers;

	(void)detail;
	(void)pthread_mutex_lock(&servers->lock);
	bool good = revision > servers->compacted && revision <= servers->revision;
	servers->compacted = good ? revision : servers->compacted;
	(void)pthread_mutex_unlock(&servers->lock);
	return good ? STATUS_OK : STATUS_OUT_OF_RANGE;
}

static enum status memory_grant(struct ordered_map *map, int64_t *lease, uint32_t seconds,
                                struct detail *detail)
{
	struct map_memory *servers = connection_of(map)->servers;
	enum status status = STATUS_TIMEOUT;

	(void)seconds;
	(void)detail;
	(void)pthread_mutex_lock(&servers->lock);
	if (!servers->faults.unreachable) {
		*lease = ++servers->leases;
		status = STATUS_OK;
	}
	(void)pthread_mutex_unlock(&servers->lock);
	return status;
}

static enum status memory_keep(struct ordered_map *map, int64_t lease, struct detail *detail)
{
	struct map_memory *servers = connection_of(map)->servers;

	(void)detail;
	(void)pthread_mutex_lock(&servers->lock);
	enum status status = lease <= servers->ended ? STATUS_NOT_FOUND : STATUS_OK;
	status = servers->faults.unreachable ? STATUS_UNAVAILABLE : status;
	(void)pthread_mutex_unlock(&servers->lock);
	return status;
}

/* Removes the keys under leases from `first` to `last`. */
static void end_leases(struct map_memory *servers, int64_t first, int64_t last)
{
	servers->revision++;
	for (size_t n = servers->count; n-- > 0;) {
		int64_t lease = servers->entries[n].lease;

		if (lease != 0 && lease >= first && lease <= last) {
			map_remove_at(servers, n);
		}
	}
}

static enum status memory_revoke(struct ordered_map *map, int64_t lease, struct detail *detail)
{
	struct map_memory *servers = connection_of(map)->servers;

	(void)detail;
	(void)pthread_mutex_lock(&servers->lock);
	end_leases(servers, lease, lease);
	(void)pthread_mutex_unlock(&servers->lock);
	return STATUS_OK;
}

static enum status memory_status(struct ordered_map *map, struct map_status *status,
                                 struct detail *detail)
{
	struct map_memory *servers = connection_of(map)->servers;

	(void)detail;
	(void)pthread_mutex_lock(&servers->lock);
	*status = (struct map_status){ .position = position(servers),
		                       .version = "memory",
		                       .leader = 1,
		                       .full = servers->faults.full };
	bool unreachable = servers->faults.unreachable;
	(void)pthread_mutex_unlock(&servers->lock);
	return unreachable ? STATUS_UNAVAILABLE : STATUS_OK;
}

static enum status memory_watch(struct ordered_map *map, const struct map_range *range,
                                int64_t from, const struct map_watcher *watcher)
{
	struct connection *connection = connection_of(map);
	struct map_memory *servers = connection->servers;

	ck_assert(!connection->watching);
	map_entry_free(&connection->range);
	connection->range = (struct map_memory_entry){ .key = map_bytes(range->key),
		                                       .key_size = range->key.size,
		                                       .value = map_bytes(range->end),
		                                       .value_size = range->end.size };
	connection->watcher = *watcher;
	connection->watching = true;
	(void)pthread_mutex_lock(&servers->lock);
	connection->restarts = servers->restarts;
	connection->heard = 0;
	while (connection->heard < servers->news_count &&
	       servers->news[connection->heard].revision < from) {
		connection->heard++;
	}
	(void)pthread_mutex_unlock(&servers->lock);
	return STATUS_OK;
}

/* Waits for news and takes one out. */
static bool take_news(struct connection *connection, struct map_memory_entry *entry,
                      const struct timespec *until)
{
	struct map_memory *servers = connection->servers;
	int wait = 0;

	(void)pthread_mutex_lock(&servers->lock);
	while (wait == 0 && connection->heard == servers->news_count &&
	       connection->restarts == servers->restarts) {
		wait = pthread_cond_timedwait(&servers->changed, &servers->lock, until);
	}
	bool there = connection->heard < servers->news_count;
	if (there) {
		*entry = map_entry_copy(&servers->news[connection->heard++]);
		if (servers->faults.deaf || servers->faults.unreachable ||
		    !map_in_range(map_key(entry), map_key(&connection->range),
		                  map_value(&connection->range))) {
			entry->key_size = 0;
		}
	}
	(void)pthread_mutex_unlock(&servers->lock);
	return there;
}

/* True when the servers have started again since the watch began: it is over. */
static bool has_ended(struct connection *connection)
{
	struct map_memory *servers = connection->servers;

	(void)pthread_mutex_lock(&servers->lock);
	bool ended = connection->watching && connection->restarts != servers->restarts;
	(void)pthread_mutex_unlock(&servers->lock);
	return ended;
}

static void memory_poll(struct ordered_map *map, uint32_t timeout_ms)
{
	struct connection *connection = connection_of(map);
	struct map_memory_entry entry;
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += timeout_ms / 1000;
	until.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	if (has_ended(connection)) {
		connection->watching = false;
		connection->watcher.ended(connection->watcher.context);
		return;
	}
	if (!connection->watching || !take_news(connection, &entry, &until)) {
		return;
	}
	const struct map_watcher *watcher = &connection->watcher;
	const struct map_entry told = {
		.key = map_key(&entry),
		.value = map_value(&entry),
		.lease = entry.lease,
		.changed = entry.revision,
	};

	if (entry.key_size > 0 && entry.value != NULL) {
		watcher->put(watcher->context, &told);
	} else if (entry.key_size > 0) {
		watcher->removed(watcher->context, &told);
	}
	map_entry_free(&entry);
}

static void memory_free(struct ordered_map *map)
{
	struct connection *connection = connection_of(map);

	map_entry_free(&connection->range);
	free(connection);
}

struct ordered_map *map_memory_connect(struct map_memory *servers)
{
	static const struct ordered_map_methods methods = {
		.change = memory_change,
		.read = memory_read,
		.compact = memory_compact,
		.grant = memory_grant,
		.keep = memory_keep,
		.revoke = memory_revoke,
		.status = memory_status,
		.watch = memory_watch,
		.poll = memory_poll,
		.free = memory_free,
	};
	struct connection *connection = calloc(1, sizeof(*connection));

	ck_assert_ptr_nonnull(connection);
	connection->map.methods = &methods;
	connection->servers = servers;
	return &connection->map;
}

void map_memory_init(struct map_memory *servers)
{
	*servers = (struct map_memory){ .revision = 1 };
	(void)pthread_mutex_init(&servers->lock, NULL);
	(void)pthread_cond_init(&servers->changed, NULL);
}

void map_memory_fini(struct map_memory *servers)
{
	for (size_t i = 0; i < servers->count; i++) {
		map_entry_free(&servers->entries[i]);
	}
	for (size_t i = 0; i < servers->news_count; i++) {
		map_entry_free(&servers->news[i]);
	}
	(void)pthread_mutex_destroy(&servers->lock);
	(void)pthread_cond_destroy(&servers->changed);
}

void map_memory_break(struct map_memory *servers, struct map_memory_faults faults)
{
	(void)pthread_mutex_lock(&servers->lock);
	servers->faults = faults;
	(void)pthread_mutex_unlock(&servers->lock);
}

void map_memory_end_watches(struct map_memory *servers)
{
	(void)pthread_mutex_lock(&servers->lock);
	servers->restarts++;
	(void)pthread_cond_broadcast(&servers->changed);
	(void)pthread_mutex_unlock(&servers->lock);
}

void map_memory_end_leases(struct map_memory *servers)
{
	(void)pthread_mutex_lock(&servers->lock);
	end_leases(servers, 1, servers->leases);
	servers->ended = servers->leases;
	(void)pthread_mutex_unlock(&servers->lock);
}

void map_memory_save(struct map_memory *servers, struct map_memory_copy *copy)
{
	(void)pthread_mutex_lock(&servers->lock);
	copy->count = servers->count;
	for (size_t i = 0; i < servers->count; i++) {
		copy->entries[i] = map_entry_copy(&servers->entries[i]);
	}
	(void)pthread_mutex_unlock(&servers->lock);
}

void map_memory_restore(struct map_memory *servers, const struct map_memory_copy *copy)
{
	(void)pthread_mutex_lock(&servers->lock);
	for (size_t i = 0; i < servers->count; i++) {
		map_entry_free(&servers->entries[i]);
	}
	servers->count = copy->count;
	for (size_t i = 0; i < copy->count; i++) {
		servers->entries[i] = map_entry_copy(&copy->entries[i]);
	}
	(void)pthread_mutex_unlock(&servers->lock);
}

void map_memory_forget(struct map_memory_copy *copy)
{
	for (size_t i = 0; i < copy->count; i++) {
		map_entry_free(&copy->entries[i]);
	}
	copy->count = 0;
}
