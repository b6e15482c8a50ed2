/* A disk that loses power: a plugin of nbdkit.
 *
 *   file=PATH      what survives; its size is the disk's
 *   control=PATH   Unix socket: eight bytes, a seed, cut the power; one byte answers
 *   lie=1          a flush is answered and does nothing
 *
 * What is written lies in a cache until it is flushed, or written with FUA. At the cut each sector
 * of 512 bytes in the cache survives or not, as the seed says, each for itself: that reorders and
 * tears whatever was not flushed. After the cut every request fails.
 *
 * `cache` is a private mapping of the file and `durable` a shared one, so the cache needs memory
 * for what was written alone. Built by tests/powercut/run, because only it needs nbdkit's header.
 * Thread: nbdkit gives one request at a time; the thread of the control socket takes the lock. */
#define NBDKIT_API_VERSION 2
#include <nbdkit-plugin.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define THREAD_MODEL NBDKIT_THREAD_MODEL_SERIALIZE_ALL_REQUESTS

enum { SECTOR = 512 };

static char *file_path;
static char *control_path;
static bool lies;
static size_t size;
static uint8_t *durable;
static uint8_t *cache;
static uint8_t *is_dirty; /* a byte a sector */
static int listener = -1;
static pthread_t control;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards the three above, and is_cut */
static bool is_cut;

static int cut_config(const char *key, const char *value)
{
	if (strcmp(key, "file") == 0) {
		file_path = nbdkit_absolute_path(value);
	} else if (strcmp(key, "control") == 0) {
		control_path = nbdkit_absolute_path(value);
	} else if (strcmp(key, "lie") == 0) {
		lies = strcmp(value, "1") == 0;
	} else {
		nbdkit_error("unknown parameter %s", key);
		return -1;
	}
	return 0;
}

static int cut_get_ready(void)
{
	struct stat present;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int file = file_path == NULL ? -1 : open(file_path, O_RDWR | O_CLOEXEC);

	if (file < 0 || fstat(file, &present) != 0 || control_path == NULL) {
		nbdkit_error("file= and control= are needed: %m");
		return -1;
	}
	size = (size_t)present.st_size / SECTOR * SECTOR;
	durable = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	cache = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	is_dirty = calloc(size / SECTOR, 1);
	(void)close(file);
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", control_path);
	(void)unlink(control_path);
	if (durable == MAP_FAILED || cache == MAP_FAILED || is_dirty == NULL ||
	    bind(listener, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(listener, 1) != 0) {
		nbdkit_error("cannot map or listen: %m");
		return -1;
	}
	return 0;
}

/* xorshift64*: the seed must not be zero. */
static uint64_t draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static void keep(size_t sector)
{
	memcpy(durable + sector * SECTOR, cache + sector * SECTOR, SECTOR);
	is_dirty[sector] = 0;
}

/* Some cuts keep most of the cache, some nearly nothing. */
static void cut_power(uint64_t seed)
{
	uint64_t state = seed | 1;
	uint64_t survive_of_256 = draw(&state) % 257;

	is_cut = true;
	for (size_t sector = 0; sector < size / SECTOR; sector++) {
		if (is_dirty[sector] != 0 && draw(&state) >> 56 < survive_of_256) {
			keep(sector);
		}
	}
}

static void *control_main(void *argument)
{
	uint64_t seed = 0;
	int connection = accept(listener, NULL, NULL);

	(void)argument;
	if (connection >= 0 && recv(connection, &seed, sizeof(seed), MSG_WAITALL) == sizeof(seed)) {
		(void)pthread_mutex_lock(&lock);
		cut_power(seed);
		(void)pthread_mutex_unlock(&lock);
		(void)send(connection, "x", 1, MSG_NOSIGNAL);
	}
	if (connection >= 0) {
		(void)close(connection);
	}
	return NULL;
}

static int cut_after_fork(void)
{
	return pthread_create(&control, NULL, control_main, NULL) == 0 ? 0 : -1;
}

static void *cut_open(int is_read_only)
{
	(void)is_read_only;
	return NBDKIT_HANDLE_NOT_NEEDED;
}

static int64_t cut_get_size(void *handle)
{
	(void)handle;
	return (int64_t)size;
}

static int cut_can_fua(void *handle)
{
	(void)handle;
	return NBDKIT_FUA_NATIVE;
}

/* Takes the lock; false, without it, when there is no power. */
static bool has_power(void)
{
	(void)pthread_mutex_lock(&lock);
	if (is_cut) {
		(void)pthread_mutex_unlock(&lock);
		nbdkit_set_error(EIO);
		return false;
	}
	return true;
}

static int cut_pread(void *handle, void *out, uint32_t count, uint64_t offset, uint32_t flags)
{
	(void)handle;
	(void)flags;
	if (!has_power()) {
		return -1;
	}
	memcpy(out, cache + offset, count);
	(void)pthread_mutex_unlock(&lock);
	return 0;
}

static int cut_pwrite(void *handle, const void *bytes, uint32_t count, uint64_t offset,
                      uint32_t flags)
{
	(void)handle;
	if (!has_power()) {
		return -1;
	}
	memcpy(cache + offset, bytes, count);
	for (size_t sector = offset / SECTOR; sector * SECTOR < offset + count; sector++) {
		is_dirty[sector] = 1;
		if ((flags & NBDKIT_FLAG_FUA) != 0 && !lies) {
			keep(sector);
		}
	}
	(void)pthread_mutex_unlock(&lock);
	return 0;
}

static int cut_flush(void *handle, uint32_t flags)
{
	(void)handle;
	(void)flags;
	if (!has_power()) {
		return -1;
	}
	for (size_t sector = 0; !lies && sector < size / SECTOR; sector++) {
		if (is_dirty[sector] != 0) {
			keep(sector);
		}
	}
	(void)pthread_mutex_unlock(&lock);
	return 0;
}

static struct nbdkit_plugin plugin = {
	.name = "cut",
	.config = cut_config,
	.get_ready = cut_get_ready,
	.after_fork = cut_after_fork,
	.open = cut_open,
	.get_size = cut_get_size,
	.can_fua = cut_can_fua,
	.pread = cut_pread,
	.pwrite = cut_pwrite,
	.flush = cut_flush,
};

NBDKIT_REGISTER_PLUGIN(plugin)
