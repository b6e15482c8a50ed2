#include "api/metrics.h"

/* One figure: HELP, TYPE and the sample. */
static void figure(struct buf *out, const char *name, const char *type, const char *help,
                   double value)
{
	buf_printf(out, "# HELP civil_%s %s\n# TYPE civil_%s %s\ncivil_%s %.17g\n", name, help,
	           name, type, name, value);
}

static void write_ledger(struct buf *out, const struct node_status *status, int64_t now_ms)
{
	double age = status->head.size == 0
	                     ? 0.0
	                     : (double)(now_ms - status->head.recorded_at_ms) / 1000.0;

	figure(out, "ledger_records", "gauge", "Records in the ledger.", (double)status->head.size);
	figure(out, "ledger_batches", "gauge", "Batches applied.", (double)status->head.batch);
	figure(out, "ledger_newest_record_age_seconds", "gauge", "Age of the newest record.", age);
	figure(out, "checkpoint_records", "gauge", "Size of the newest signed checkpoint.",
	       (double)status->checkpoint_size);
	figure(out, "disk_free_bytes", "gauge", "Free space of the data folder.",
	       (double)status->disk_free_bytes);
	figure(out, "disk_below_reserve", "gauge", "1 while submissions are turned away.",
	       status->disk_full ? 1.0 : 0.0);
}

static void write_access(struct buf *out, const struct access_writer_counts *access)
{
	figure(out, "access_entries_total", "counter", "Questions and refusals in the log.",
	       (double)access->entries);
	figure(out, "access_writes_total", "counter", "Synced writes of that log.",
	       (double)access->writes);
}

static void write_pipeline(struct buf *out, const struct pipeline_counts *counts)
{
	figure(out, "events_accepted_total", "counter", "Events that became records.",
	       (double)counts->accepted);
	figure(out, "events_repeated_total", "counter", "Events answered with an earlier receipt.",
	       (double)counts->repeated);
	figure(out, "events_refused_total", "counter", "Events refused.", (double)counts->refused);
	figure(out, "submissions_busy_total", "counter", "Submissions turned away, queue full.",
	       (double)counts->busy);
	figure(out, "events_pending", "gauge", "Events between arrival and answer.",
	       (double)counts->pending_events);
	figure(out, "commits_total", "counter", "Batches committed by this process.",
	       (double)counts->batches);
	figure(out, "commit_seconds_total", "counter", "Time in order, apply, commit and floor.",
	       (double)counts->commit_ns / 1e9);
}

static void write_order(struct buf *out, const struct sequencer_state *order)
{
	figure(out, "order_leading", "gauge", "1 while this node proposes batches.",
	       order->leading ? 1.0 : 0.0);
	figure(out, "order_reachable", "gauge", "1 while the keeper of the order answers.",
	       order->reachable ? 1.0 : 0.0);
	figure(out, "order_full", "gauge", "1 while the keeper of the order has no room.",
	       order->full ? 1.0 : 0.0);
	figure(out, "order_newest_batch", "gauge", "Newest batch known to be decided.",
	       (double)order->newest);
}

static void write_following(struct buf *out, const struct replica_state *following, int64_t now_ms)
{
	double age = following->verified_at_ms == 0
	                     ? 0.0
	                     : (double)(now_ms - following->verified_at_ms) / 1000.0;

	figure(out, "upstream_connected", "gauge", "1 while the node that is followed answers.",
	       following->connected ? 1.0 : 0.0);
	figure(out, "upstream_records", "gauge", "Records that the node that is followed signed.",
	       (double)following->upstream_size);
	figure(out, "verified_records", "gauge", "Records that a signed statement confirmed.",
	       (double)following->verified_size);
	figure(out, "verified_age_seconds", "gauge", "Since a signed statement confirmed them.",
	       age);
	figure(out, "contradicted", "gauge", "1: signed statements contradict each other.",
	       following->contradicted ? 1.0 : 0.0);
	figure(out, "upstream_switches_total", "counter", "Changes to another upstream.",
	       (double)following->switches);
	figure(out, "upstream_failures_total", "counter", "Calls without an answer.",
	       (double)following->failures);
	figure(out, "upstream_unproven_total", "counter", "Answers that were not proven.",
	       (double)following->unproven);
}

static void write_outbox(struct buf *out, const struct outbox_counts *outbox, int64_t now_ms)
{
	double age =
	        outbox->oldest_at_ms == 0 ? 0.0 : (double)(now_ms - outbox->oldest_at_ms) / 1000.0;

	figure(out, "outbox_waiting", "gauge", "Events that wait to be registered.",
	       (double)outbox->waiting);
	figure(out, "outbox_refused", "gauge", "Refused events that an office has to handle.",
	       (double)outbox->refused);
	figure(out, "outbox_bytes", "gauge", "Bytes of events in the outbox.",
	       (double)outbox->bytes);
	figure(out, "outbox_oldest_age_seconds", "gauge", "Since the oldest that waits was taken.",
	       age);
}

static void write_store(struct buf *out, struct node *node)
{
	uint64_t value;

	if (store_property(node_store(node), STORE_RECORD, "rocksdb.background-errors", &value)) {
		figure(out, "store_background_errors", "gauge", "Errors of the engine.",
		       (double)value);
	}
	if (store_property(node_store(node), STORE_RECORD, "rocksdb.is-write-stopped", &value)) {
		figure(out, "store_write_stopped", "gauge", "1 while the engine takes no writes.",
		       (double)value);
	}
}

static void write_server(struct buf *out, const struct rpc_server *server)
{
	struct rpc_server_stats stats;

	rpc_server_stats(&stats, server);
	figure(out, "rpc_calls_total", "counter", "Calls matched with a method.",
	       (double)stats.counters[RPC_COUNTER_CALLS]);
	figure(out, "rpc_failed_total", "counter", "Calls answered with an error.",
	       (double)stats.counters[RPC_COUNTER_FAILED]);
	figure(out, "rpc_busy_total", "counter", "Calls refused over the limit.",
	       (double)stats.counters[RPC_COUNTER_BUSY]);
	figure(out, "rpc_calls", "gauge", "Unary calls under way.", (double)stats.calls);
	figure(out, "rpc_streams", "gauge", "Streams open.", (double)stats.streams);
}

void metrics_write(struct buf *out, struct node *node, const struct rpc_server *server,
                   const char *version)
{
	struct node_status status = node_status(node);

	buf_printf(out,
	           "# HELP civil_build_info Version of the program.\n"
	           "# TYPE civil_build_info gauge\ncivil_build_info{version=\"%s\"} 1\n",
	           version);
	figure(out, "start_time_seconds", "gauge", "When the process started, Unix time.",
	       (double)status.started_at_ms / 1000.0);
	write_ledger(out, &status, clock_now_ms(node_clock(node)));
	if (status.follows) {
		write_following(out, &status.following, clock_now_ms(node_clock(node)));
		write_outbox(out, &status.outbox, clock_now_ms(node_clock(node)));
	} else {
		write_pipeline(out, &status.counts);
		write_order(out, &status.order);
	}
	write_access(out, &status.access);
	write_store(out, node);
	if (server != NULL) {
		write_server(out, server);
	}
}
