#include "node/snapshot.h"

#include "ledger/base/assert.h"
#include "node/folder.h"
#include "node/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { ANSWER_BYTES_MAX = 600, BACKLOG = 4 };

struct snapshot_door {
	char folder[PATH_MAX];
	struct store *store;
	int listener;
	int stop[2]; /* a pipe; its closing ends the thread */
	pthread_t thread;
};

/* A socket's address has 108 bytes and a folder's path may have more; so the folder is named by an
 * open descriptor of it. */
static enum status address_of(struct sockaddr_un *address, int *folder_file, const char *folder,
                              struct detail *detail)
{
	*folder_file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*folder_file < 0) {
		enum status status = errno == EACCES ? STATUS_DENIED : STATUS_IO;

		status = errno == ENOENT ? STATUS_NOT_FOUND : status;
		detail_set(detail, folder, "cannot be opened: %s", strerror(errno));
		return status;
	}
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	(void)snprintf(address->sun_path, sizeof(address->sun_path), "/proc/self/fd/%d/door",
	               *folder_file);
	return STATUS_OK;
}

static void answer(int connection, enum status status, const struct detail *detail)
{
	char line[ANSWER_BYTES_MAX];

	if (status == STATUS_OK) {
		(void)snprintf(line, sizeof(line), "ok\n");
	} else {
		(void)snprintf(line, sizeof(line), "failed %s %s\n", status_name(status),
		               detail->text);
	}
	/* Who has hung up meanwhile needs no answer. */
	(void)send(connection, line, strlen(line), MSG_NOSIGNAL);
}

/* Waits until `file` can be read or has ended. False when the door closes. */
static bool wait_for(const struct snapshot_door *door, int file)
{
	struct pollfd files[] = { { .fd = file, .events = POLLIN },
		                  { .fd = door->stop[0], .events = POLLIN } };

	while (poll(files, 2, -1) < 0 && errno == EINTR) {
	}
	return files[1].revents == 0;
}

/* One backup, from its connection to its end. False when the door closes. */
static bool serve(const struct snapshot_door *door, int connection)
{
	struct detail detail = { "", "" };
	char path[PATH_MAX];
	char ignored[64];
	bool open = true;

	folder_path(path, door->folder, "snapshot");
	enum status status = folder_remove_flat(path, &detail);
	if (status == STATUS_OK) {
		status = store_checkpoint(door->store, path, &detail);
	}
	log_line(status == STATUS_OK ? LOG_INFO : LOG_WARNING, "snapshot", "status=%s",
	         status_name(status));
	answer(connection, status, &detail);
	do {
		open = wait_for(door, connection);
	} while (open && recv(connection, ignored, sizeof(ignored), 0) > 0);
	if (folder_remove_flat(path, &detail) != STATUS_OK) {
		log_line(LOG_WARNING, "snapshot_left", "status=IO");
	}
	return open;
}

static void *door_main(void *argument)
{
	const struct snapshot_door *door = argument;
	bool open = true;

	while (open && wait_for(door, door->listener)) {
		int connection = accept4(door->listener, NULL, NULL, SOCK_CLOEXEC);

		if (connection >= 0) {
			open = serve(door, connection);
			(void)close(connection);
		}
	}
	return NULL;
}

/* Binds the socket for its owner alone. The store's lock says that no other process serves here,
 * so a socket that is there was left by a crash. */
static enum status listen_at(struct snapshot_door *door, struct detail *detail)
{
	struct sockaddr_un address;
	char path[PATH_MAX];
	int folder_file = -1;
	enum status status = address_of(&address, &folder_file, door->folder, detail);

	if (status != STATUS_OK) {
		return status;
	}
	folder_path(path, door->folder, "door");
	(void)unlink(path);
	door->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* The mode of the descriptor is that of the file that bind makes. */
	if (door->listener < 0 || fchmod(door->listener, S_IRUSR | S_IWUSR) != 0 ||
	    bind(door->listener, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(door->listener, BACKLOG) != 0) {
		detail_set(detail, path, "no socket can be made here: %s", strerror(errno));
		status = STATUS_IO;
	}
	(void)close(folder_file);
	return status;
}

static void door_free(struct snapshot_door *door)
{
	const int files[] = { door->listener, door->stop[0], door->stop[1] };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (files[i] >= 0) {
			(void)close(files[i]);
		}
	}
	free(door);
}

enum status snapshot_door_open(struct snapshot_door **out, const char *folder, struct store *store,
                               struct detail *detail)
{
	struct snapshot_door *door = calloc(1, sizeof(*door));
	char path[PATH_MAX];

	if (door == NULL) {
		return STATUS_NO_MEMORY;
	}
	*door = (struct snapshot_door){ .store = store, .listener = -1, .stop = { -1, -1 } };
	(void)snprintf(door->folder, sizeof(door->folder), "%s", folder);
	folder_path(path, folder, "snapshot");
	enum status status = folder_remove_flat(path, detail);
	if (status == STATUS_OK) {
		status = listen_at(door, detail);
	}
	if (status == STATUS_OK && (pipe2(door->stop, O_CLOEXEC) != 0 ||
	                            pthread_create(&door->thread, NULL, door_main, door) != 0)) {
		status = STATUS_NO_MEMORY;
	}
	if (status != STATUS_OK) {
		door_free(door);
		return status;
	}
	*out = door;
	return STATUS_OK;
}

void snapshot_door_close(struct snapshot_door *door)
{
	char path[PATH_MAX];

	if (door == NULL) {
		return;
	}
	(void)close(door->stop[1]);
	door->stop[1] = -1;
	(void)pthread_join(door->thread, NULL);
	folder_path(path, door->folder, "door");
	(void)unlink(path);
	door_free(door);
}

/* Reads the line of the node. */
static enum status read_answer(int connection, struct detail *detail)
{
	char line[ANSWER_BYTES_MAX + 1];
	size_t size = 0;

	for (;;) {
		ssize_t count = recv(connection, line + size, ANSWER_BYTES_MAX - size, 0);

		if (count < 0 && errno == EINTR) {
			continue;
		}
		if (count <= 0) {
			break;
		}
		size += (size_t)count;
		if (line[size - 1] == '\n' || size == ANSWER_BYTES_MAX) {
			break;
		}
	}
	line[size] = '\0';
	if (strcmp(line, "ok\n") == 0) {
		return STATUS_OK;
	}
	line[strcspn(line, "\n")] = '\0';
	detail_set(detail, "", "the node made no snapshot: %s", size == 0 ? "it hung up" : line);
	return STATUS_UNAVAILABLE;
}

/* STATUS_NOT_FOUND when no node listens there. */
static enum status ask_node(int *out, const char *folder, struct detail *detail)
{
	struct sockaddr_un address;
	int folder_file = -1;
	enum status status = address_of(&address, &folder_file, folder, detail);

	if (status != STATUS_OK) {
		return status;
	}
	int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connection < 0 ||
	    connect(connection, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		status = errno == EACCES ? STATUS_DENIED : STATUS_NOT_FOUND;
		detail_set(detail, folder, "no node answers: %s", strerror(errno));
	}
	(void)close(folder_file);
	if (status == STATUS_OK) {
		status = read_answer(connection, detail);
	}
	if (status != STATUS_OK) {
		if (connection >= 0) {
			(void)close(connection);
		}
		return status;
	}
	*out = connection;
	return STATUS_OK;
}

/* Copies the store of a node that is stopped. */
static enum status copy_stopped(const struct snapshot *snapshot, const char *folder,
                                struct detail *detail)
{
	const struct store_options options = { .cache_bytes = 0 };
	struct store *store = NULL;
	char path[PATH_MAX];

	folder_path(path, folder, "store");
	enum status status = store_rocksdb_open(&store, path, &options, detail);
	if (status == STATUS_OK) {
		status = folder_remove_flat(snapshot->folder, detail);
	}
	if (status == STATUS_OK) {
		status = store_checkpoint(store, snapshot->folder, detail);
	}
	store_close(store);
	return status;
}

enum status snapshot_begin(struct snapshot *snapshot, const char *folder, struct detail *detail)
{
	*snapshot = (struct snapshot){ .connection = -1 };
	if (strlen(folder) + strlen("/snapshot") >= sizeof(snapshot->folder)) {
		detail_set(detail, folder, "this path is too long");
		return STATUS_INVALID;
	}
	(void)snprintf(snapshot->folder, sizeof(snapshot->folder), "%s/snapshot", folder);
	enum status status = ask_node(&snapshot->connection, folder, detail);

	return status == STATUS_NOT_FOUND ? copy_stopped(snapshot, folder, detail) : status;
}

void snapshot_end(struct snapshot *snapshot)
{
	struct detail detail = { "", "" };

	if (snapshot->connection >= 0) {
		(void)close(snapshot->connection);
	} else if (folder_remove_flat(snapshot->folder, &detail) != STATUS_OK) {
		log_line(LOG_WARNING, "snapshot_left", "status=IO");
	}
	snapshot->connection = -1;
}
