#include "node/disk.h"
#include "node/failpoint.h"
#include "node/limits.h"
#include "node/node_internal.h"

/* Free space, looked up at most once in DISK_CHECK_INTERVAL_MS. */
static uint64_t free_bytes(struct node *node)
{
	int64_t now = clock_monotonic_ns(node->options.clock);

	(void)pthread_mutex_lock(&node->lock);
	if (node->disk_looked_at_ns == 0 ||
	    now - node->disk_looked_at_ns > (int64_t)DISK_CHECK_INTERVAL_MS * 1000000) {
		node->disk_looked_at_ns = now;
		if (disk_free(node->folder, &node->disk_free_bytes) != STATUS_OK) {
			node->disk_free_bytes = 0; /* cannot tell: take nothing new */
		}
	}
	uint64_t bytes = node->disk_free_bytes;
	(void)pthread_mutex_unlock(&node->lock);
	return bytes;
}

enum status node_submit(struct node *node, struct submission *submission)
{
	if (free_bytes(node) < node->options.disk_reserve_bytes) {
		return STATUS_DISK_FULL;
	}
	return node->pipeline == NULL ? STATUS_UNSUPPORTED
	                              : pipeline_submit(node->pipeline, submission);
}

struct outbox *node_outbox(struct node *node)
{
	return node->outbox;
}

enum status node_queue(struct node *node, struct outbox_entry entries[],
                       const struct outbox_event events[], size_t count, size_t *which,
                       struct detail *detail)
{
	if (free_bytes(node) < node->options.disk_reserve_bytes) {
		return STATUS_DISK_FULL;
	}
	enum status status = outbox_add(node->outbox, entries, events, count,
	                                clock_now_ms(node->options.clock), which, detail);
	if (status_is_fatal(status)) {
		node_fatal(node, status, detail);
	}
	FAILPOINT("queued");
	courier_wake(node->courier);
	return status;
}

enum status node_view(struct node *node, struct ledger_view *view)
{
	return ledger_view_begin(node->ledger, view);
}

struct node_status node_status(struct node *node)
{
	struct node_status status = {
		.disk_free_bytes = free_bytes(node),
		.started_at_ms = node->started_at_ms,
		.checkpoint_size = checkpointing_size(node->checkpointing),
		.follows = node_follows(node),
	};
	if (status.follows) {
		status.following = follower_state(node->follower);
		status.order.reachable = true;
		status.outbox = outbox_counts(node->outbox);
	} else {
		status.counts = pipeline_counts(node->pipeline);
		status.order = sequencer_state(node->sequencer);
	}
	status.access = access_writer_counts(node->access);
	status.disk_full = status.disk_free_bytes < node->options.disk_reserve_bytes;
	(void)pthread_mutex_lock(&node->lock);
	status.head = node->head;
	if (status.follows) {
		status.counts.position.durable = node->durable_batch;
	}
	(void)pthread_mutex_unlock(&node->lock);
	return status;
}

uint64_t node_size(struct node *node)
{
	(void)pthread_mutex_lock(&node->lock);
	uint64_t size = node->head.size;
	(void)pthread_mutex_unlock(&node->lock);
	return size;
}

struct node_position node_position(struct node *node)
{
	(void)pthread_mutex_lock(&node->lock);
	struct node_position position = { .size = node->head.size, .batch = node->head.batch };
	(void)pthread_mutex_unlock(&node->lock);
	return position;
}

enum status node_confirm(struct node *node, uint64_t *newest, struct detail *detail)
{
	return node->sequencer == NULL ? STATUS_UNSUPPORTED
	                               : sequencer_confirm(node->sequencer, newest, detail);
}

bool node_follows(const struct node *node)
{
	return node->pipeline == NULL;
}

const struct identity *node_identity(const struct node *node)
{
	return &node->identity;
}

const struct clock *node_clock(const struct node *node)
{
	return node->options.clock;
}

uint64_t node_checkpoint_size(struct node *node)
{
	return checkpointing_size(node->checkpointing);
}

/* Reads when record size - 1 was recorded. */
static int64_t recorded_at(struct node *node, uint64_t size)
{
	struct stored_record record;
	struct ledger_view view;
	int64_t at_ms = 0;

	if (size > 0 && ledger_view_begin(node->ledger, &view) == STATUS_OK) {
		if (view_record(&view.view, &record, size - 1) == STATUS_OK) {
			at_ms = record.recorded_at_ms;
		}
		ledger_view_end(&view);
	}
	return at_ms;
}

int64_t node_checkpoint_at_ms(struct node *node)
{
	uint64_t size = checkpointing_size(node->checkpointing);

	(void)pthread_mutex_lock(&node->lock);
	bool known = node->checkpoint_size == size;
	int64_t at_ms = node->checkpoint_at_ms;
	(void)pthread_mutex_unlock(&node->lock);
	if (known) {
		return at_ms;
	}
	at_ms = recorded_at(node, size);
	(void)pthread_mutex_lock(&node->lock);
	node->checkpoint_size = size;
	node->checkpoint_at_ms = at_ms;
	(void)pthread_mutex_unlock(&node->lock);
	return at_ms;
}

int64_t node_verified_at_ms(struct node *node)
{
	return node_follows(node) ? follower_state(node->follower).verified_at_ms : 0;
}

enum status node_checkpoint(struct node *node, struct buf *note)
{
	return checkpointing_newest(node->checkpointing, note);
}

enum status node_witnessed(struct node *node, struct buf *notes)
{
	buf_reset(notes);
	return node->follower == NULL ? STATUS_OK : follower_notes(node->follower, notes);
}

struct access_writer *node_access(struct node *node)
{
	return node->access;
}

struct store *node_access_store(struct node *node)
{
	return node->access_store;
}

struct store *node_store(struct node *node)
{
	return node->store;
}
