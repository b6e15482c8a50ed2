#include "api/etcd_internal.h"
#include "ledger/base/assert.h"

enum { SIGN_OF_LIFE_MS = 1000, PACKED_BYTES_MAX = 1024 };

static void watch_send(struct etcd_watch *watch, const Etcdserverpb__WatchRequest *request)
{
	uint8_t packed[PACKED_BYTES_MAX];
	size_t size = etcdserverpb__watch_request__get_packed_size(request);

	ASSERT(size <= sizeof(packed));
	(void)etcdserverpb__watch_request__pack(request, packed);
	rpc_client_stream_send(watch->stream, bytes_of(packed, size));
}

static void watch_cancel(struct etcd_watch *watch)
{
	watch->over = true;
	rpc_client_stream_cancel(watch->stream);
}

static void tell_events(const struct etcd_watch *watch, const Etcdserverpb__WatchResponse *response)
{
	const struct map_watcher *watcher = &watch->watcher;

	for (size_t i = 0; i < response->n_events; i++) {
		const Etcdserverpb__Event *event = response->events[i];
		struct map_entry entry;

		if (event->kv == NULL) {
			continue;
		}
		etcd_entry(&entry, event->kv);
		if (event->type == ETCDSERVERPB__EVENT__EVENT_TYPE__PUT) {
			watcher->put(watcher->context, &entry);
		} else {
			watcher->removed(watcher->context, &entry);
		}
	}
}

static void watch_message(void *state, struct bytes message)
{
	struct etcd *etcd = state;
	struct etcd_watch *watch = &etcd->watch;

	watch->heard_ns = etcd_now_ns();
	if (watch->over) {
		return;
	}
	Etcdserverpb__WatchResponse *response =
	        etcdserverpb__watch_response__unpack(NULL, message.size, message.data);
	if (response == NULL || response->canceled) {
		watch_cancel(
		        watch); /* compacted away, or not ours: the owner reads and begins again */
	} else {
		tell_events(watch, response);
	}
	etcdserverpb__watch_response__free_unpacked(response, NULL);
}

static void watch_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct etcd *etcd = state;
	struct etcd_watch *watch = &etcd->watch;

	(void)outcome; /* why it ended does not matter: the owner asks what it missed */
	(void)response;
	watch->stream = NULL;
	if (watch->watcher.ended != NULL) {
		watch->watcher.ended(watch->watcher.context);
	}
}

enum status etcd_watch_start(struct ordered_map *map, const struct map_range *range, int64_t from,
                             const struct map_watcher *watcher)
{
	static const struct rpc_stream_callbacks callbacks = { .message = watch_message,
		                                               .done = watch_done };
	struct etcd *etcd = etcd_of(map);
	struct etcd_watch *watch = &etcd->watch;
	Etcdserverpb__WatchCreateRequest create;
	Etcdserverpb__WatchRequest request;

	ASSERT(watch->stream == NULL);
	*watch = (struct etcd_watch){ .endpoint = etcd->current, .watcher = *watcher };
	watch->stream = rpc_client_stream_open(etcd->clients[watch->endpoint],
	                                       "/etcdserverpb.Watch/Watch", 0, &callbacks, etcd);
	if (watch->stream == NULL) {
		return STATUS_NO_MEMORY;
	}
	etcdserverpb__watch_create_request__init(&create);
	create.key = etcd_bytes(range->key);
	create.range_end = etcd_bytes(range->end);
	create.start_revision = from;
	create.fragment = true;
	etcdserverpb__watch_request__init(&request);
	request.request_union_case = ETCDSERVERPB__WATCH_REQUEST__REQUEST_UNION_CREATE_REQUEST;
	request.create_request = &create;
	watch->heard_ns = etcd_now_ns();
	watch->asked_ns = watch->heard_ns;
	watch_send(watch, &request);
	return STATUS_OK;
}

/* Asks for a sign of life when due; gives up who gives none. */
static void watch_attend(struct etcd_watch *watch)
{
	int64_t now = etcd_now_ns();

	if (watch->over) {
		return;
	}
	if (now - watch->heard_ns > (int64_t)ETCD_SILENCE_MS * 1000000) {
		watch_cancel(watch);
		return;
	}
	if (now - watch->asked_ns > (int64_t)SIGN_OF_LIFE_MS * 1000000) {
		Etcdserverpb__WatchProgressRequest progress;
		Etcdserverpb__WatchRequest request;

		etcdserverpb__watch_progress_request__init(&progress);
		etcdserverpb__watch_request__init(&request);
		request.request_union_case =
		        ETCDSERVERPB__WATCH_REQUEST__REQUEST_UNION_PROGRESS_REQUEST;
		request.progress_request = &progress;
		watch->asked_ns = now;
		if (rpc_client_stream_room(watch->stream) > 0) {
			watch_send(watch, &request);
		}
	}
}

void etcd_poll(struct ordered_map *map, uint32_t timeout_ms)
{
	struct etcd *etcd = etcd_of(map);

	if (etcd->watch.stream != NULL) {
		watch_attend(&etcd->watch);
		(void)rpc_client_poll(etcd->clients[etcd->watch.endpoint], timeout_ms);
	}
}
