#include "ledger/base/crypto.h"
#include "ledger/log/merkle.h"
#include "node/disk.h"
#include "node/folder.h"
#include "node/limits.h"
#include "node/log.h"
#include "node/node_internal.h"
#include "node/seen.h"
#include "node/side_store.h"
#include "node/snapshot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

_Noreturn void node_fatal(void *context, enum status status, const struct detail *detail)
{
	char text[2 * DETAIL_TEXT_MAX];

	(void)context;
	log_line(LOG_ERROR, "fatal", "status=%s detail=\"%s\"", status_name(status),
	         log_quote(text, sizeof(text), detail == NULL ? "" : detail->text));
	_exit(EXIT_FAILURE);
}

static void fatal_hook(void *context, enum status status, const struct detail *detail)
{
	node_fatal(context, status, detail);
}

static bool is_solo(const struct node *node)
{
	return node->options.sequencer == NULL && node->options.following == NULL;
}

static bool is_replica(const struct node *node)
{
	return node->options.sequencer == NULL && node->options.following != NULL;
}

static void committed(void *context, const struct ledger_head *head)
{
	struct node *node = context;

	(void)pthread_mutex_lock(&node->lock);
	node->head = *head;
	(void)pthread_mutex_unlock(&node->lock);
	if (is_solo(node)) {
		checkpointing_notify(node->checkpointing, head);
	}
	courier_wake(node->courier);
	if (node->options.committed != NULL) {
		node->options.committed(node->options.context, head);
	}
}

/* Signed is only what a power cut leaves here: a size is signed once. */
static void durable(void *context, const struct ledger_head *head)
{
	struct node *node = context;

	(void)pthread_mutex_lock(&node->lock);
	node->durable_batch = head->batch;
	(void)pthread_mutex_unlock(&node->lock);
	if (!is_solo(node)) {
		checkpointing_notify(node->checkpointing, head);
	}
}

enum status node_format(const char *folder, struct identity *identity, const uint8_t seed[32],
                        struct detail *detail)
{
	const struct store_options options = { .cache_bytes = 1 << 20, .create = true };
	const struct floor_state empty = { .batch = 0 };
	struct store *store = NULL;
	char path[PATH_MAX];
	struct stat present;
	enum status status = folder_make(folder, detail);

	folder_path(path, folder, "identity");
	if (status == STATUS_OK && stat(path, &present) == 0) {
		detail_set(detail, path, "the folder holds a node already; choose another");
		return STATUS_EXISTS;
	}
	folder_path(path, folder, "store");
	if (status == STATUS_OK) {
		status = store_rocksdb_open(&store, path, &options, detail);
	}
	if (status == STATUS_OK) {
		status = ledger_format(store, &identity->ledger, detail);
	}
	store_close(store);
	folder_path(path, folder, "floor");
	if (status == STATUS_OK) {
		status = floor_create(path, &empty, detail);
	}
	/* The identity is last: it says that all the others are there. */
	return status == STATUS_OK ? identity_create(folder, identity, seed, detail) : status;
}

/* The ledger's hash of record size - 1. */
static enum status hash_at(struct node *node, struct hash *hash, uint64_t size)
{
	struct ledger_view view;
	struct stored_record record;

	*hash = (struct hash){ { 0 } };
	if (size == 0) {
		return STATUS_OK;
	}
	enum status status = ledger_view_begin(node->ledger, &view);
	if (status != STATUS_OK) {
		return status;
	}
	status = view_record(&view.view, &record, size - 1);
	if (status == STATUS_OK) {
		merkle_leaf(hash, record.record_bytes);
	}
	ledger_view_end(&view);
	return status;
}

static enum status root_at(void *context, struct hash *root, uint64_t size)
{
	struct node *node = context;
	struct ledger_view view;
	enum status status = ledger_view_begin(node->ledger, &view);

	if (status != STATUS_OK) {
		return status;
	}
	status = ledger_root(&view.view, root, size);
	ledger_view_end(&view);
	return status;
}

/* True when the ledger is behind its floor and an order elsewhere holds the rest. */
static bool is_refilled(const struct node *node)
{
	return node->options.sequencer != NULL &&
	       ledger_head(node->ledger).size < node->floor.state.size;
}

static enum status open_floor(struct node *node, struct detail *detail)
{
	struct ledger_head head = ledger_head(node->ledger);
	const struct floor_state ours = { .batch = head.batch,
		                          .size = head.size,
		                          .head = head.head };
	struct hash hash = { { 0 } };
	char path[PATH_MAX];

	folder_path(path, node->folder, "floor");
	enum status status = floor_open(&node->floor, path, detail);
	if (status == STATUS_OK && node->floor.state.size <= head.size) {
		status = hash_at(node, &hash, node->floor.state.size);
	}
	if (status == STATUS_OK && is_refilled(node)) {
		return STATUS_OK; /* what is missing comes from the order, and the core compares */
	}
	if (status == STATUS_OK) {
		status = floor_check(&node->floor.state, &ours, &hash, detail);
	}
	if (status == STATUS_OK && node->floor.one_slot_lost) {
		log_line(LOG_WARNING, "floor_slot_lost", "size=%llu",
		         (unsigned long long)node->floor.state.size);
	}
	return status;
}

static enum status open_ledger(struct node *node, struct detail *detail)
{
	const struct store_options options = { .cache_bytes = node->options.cache_bytes };
	char path[PATH_MAX];
	enum status status = identity_load(node->folder, &node->identity, detail);

	folder_path(path, node->folder, "store");
	if (status == STATUS_OK) {
		status = store_rocksdb_open(&node->store, path, &options, detail);
	}
	if (status == STATUS_OK) {
		status = ledger_open(&node->ledger, node->store, detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	struct id ledger = ledger_id(node->ledger);
	if (!id_equal(&ledger, &node->identity.ledger)) {
		detail_set(detail, path, "holds another ledger than the identity names");
		return STATUS_DIVERGED;
	}
	node->head = ledger_head(node->ledger);
	return open_floor(node, detail);
}

/* A node that was restored from a backup goes on from what was seen signed of it. */
static enum status read_seen(struct node *node, struct tree_head *seen, struct detail *detail)
{
	bool follows = !is_solo(node);
	char path[PATH_MAX];

	folder_path(path, node->folder, "seen");
	enum status status = seen_read(seen, path, detail);
	if (status == STATUS_NOT_FOUND) {
		return STATUS_OK;
	}
	return status == STATUS_OK
	               ? seen_check(seen, node->head.size, follows, root_at, node, detail)
	               : status;
}

static enum status start_signing(struct node *node, struct detail *detail)
{
	char path[PATH_MAX];
	struct checkpointing_options signing = {
		.identity = &node->identity, .path = path, .fatal = fatal_hook, .context = node
	};

	folder_path(path, node->folder, "checkpoint");
	enum status status = read_seen(node, &signing.seen, detail);
	return status == STATUS_OK ? checkpointing_start(&node->checkpointing, &signing,
	                                                 &node->head, root_at, node, detail)
	                           : status;
}

static struct pipeline_hooks hooks_of(struct node *node)
{
	return (struct pipeline_hooks){
		.committed = committed, .durable = durable, .fatal = fatal_hook, .context = node
	};
}

static enum status start_pipeline(struct node *node)
{
	if (node->sequencer == NULL) {
		node->sequencer = sequencer_local_new(node->head.batch);
	}
	if (node->sequencer == NULL) {
		return STATUS_NO_MEMORY;
	}
	const struct pipeline_options pipeline = {
		.ledger = node->ledger,
		.store = node->store,
		.sequencer = node->sequencer,
		.floor = &node->floor,
		.clock = node->options.clock,
		.node_name = node->identity.node,
		.workers = node->options.workers,
		.peers = node->options.peers,
		.catch_up = node->follower == NULL ? NULL : follower_catch_up(node->follower),
		.hooks = hooks_of(node),
	};
	return pipeline_start(&node->pipeline, &pipeline);
}

static enum status start_following(struct node *node, struct detail *detail)
{
	const struct follower_options options = {
		.folder = node->folder,
		.ledger = node->ledger,
		.store = node->store,
		.floor = &node->floor,
		.checkpointing = node->checkpointing,
		.clock = node->options.clock,
		.workers = node->options.workers,
		.following = node->options.following,
		.watches = node->options.sequencer != NULL,
		.hooks = hooks_of(node),
	};

	node->durable_batch = node->floor.state.batch;
	return follower_start(&node->follower, &options, detail);
}

static enum status open_outbox(struct node *node, struct detail *detail)
{
	enum status status = side_store_open(&node->outbox_store, node->folder, "outbox", detail);

	return status == STATUS_OK ? outbox_open(&node->outbox, node->outbox_store, detail)
	                           : status;
}

static enum status start_access(struct node *node, struct detail *detail)
{
	enum status status = side_store_open(&node->access_store, node->folder, "access", detail);
	const struct access_writer_options options = { .store = node->access_store,
		                                       .fatal = fatal_hook,
		                                       .context = node };

	return status == STATUS_OK ? access_writer_start(&node->access, &options, detail) : status;
}

static enum status start_courier(struct node *node, struct detail *detail)
{
	const struct following *following = node->options.following;
	struct courier_options options = {
		.ledger = node->ledger,
		.upstreams = following->couriers,
		.upstream_count = following->upstream_count,
		.clock = node->options.clock,
		.fatal = fatal_hook,
		.context = node,
	};
	enum status status = open_outbox(node, detail);

	crypto_random(&options.seed, sizeof(options.seed));
	options.outbox = node->outbox;
	if (status == STATUS_OK) {
		status = courier_new(&node->courier, &options);
	}
	return status == STATUS_OK ? courier_start(node->courier) : status;
}

static enum status start_threads(struct node *node, struct detail *detail)
{
	enum status status = start_signing(node, detail);

	if (status == STATUS_OK) {
		status = start_access(node, detail);
	}
	if (status == STATUS_OK && is_replica(node)) {
		status = start_courier(node, detail);
	}
	if (status == STATUS_OK && node->options.following != NULL) {
		status = start_following(node, detail);
	}
	return status != STATUS_OK || is_replica(node) ? status : start_pipeline(node);
}

enum status node_open(struct node **out, const struct node_options *options, struct detail *detail)
{
	struct node *node = calloc(1, sizeof(*node));

	if (node == NULL) {
		sequencer_free(options->sequencer);
		return STATUS_NO_MEMORY;
	}
	node->options = *options;
	node->sequencer = options->sequencer;
	node->floor.file = -1;
	node->started_at_ms = clock_now_ms(options->clock);
	(void)snprintf(node->folder, sizeof(node->folder), "%s", options->folder);
	(void)pthread_mutex_init(&node->lock, NULL);
	enum status status = open_ledger(node, detail);
	if (status == STATUS_OK) {
		status = start_threads(node, detail);
	}
	if (status == STATUS_OK) {
		status = snapshot_door_open(&node->door, node->folder, node->store, detail);
	}
	if (status != STATUS_OK) {
		node_close(node);
		return status;
	}
	*out = node;
	return STATUS_OK;
}

void node_close(struct node *node)
{
	if (node == NULL) {
		return;
	}
	snapshot_door_close(node->door);
	follower_hush(node->follower);
	pipeline_stop(node->pipeline);
	follower_stop(node->follower);
	courier_free(node->courier);
	outbox_close(node->outbox);
	store_close(node->outbox_store);
	access_writer_stop(node->access);
	store_close(node->access_store);
	checkpointing_stop(node->checkpointing);
	sequencer_free(node->sequencer);
	floor_close(&node->floor);
	ledger_close(node->ledger);
	store_close(node->store);
	identity_fini(&node->identity);
	(void)pthread_mutex_destroy(&node->lock);
	free(node);
}
