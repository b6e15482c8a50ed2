/* Limits of a running node, with unit and reason. Limits of signed bytes: ledger/base/limits.h. */
#ifndef NODE_LIMITS_H
#define NODE_LIMITS_H

enum {
	/* Queues: what may wait before callers are told to come again */
	PENDING_EVENTS_MAX = 8192,    /* events between arrival and answer; a second of work */
	PENDING_BYTES_MAX = 64 << 20, /* their bytes: 8192 full-sized events would be 320 MB */
	VERIFY_CHUNK_EVENTS = 8,      /* one worker's bite: 0.4 ms, so the tail stays short */
	VERIFY_WORKERS_MAX = 64,

	/* Times */
	CHECKPOINT_INTERVAL_MS = 1000, /* between signed checkpoints while records come */
	STOP_GRACE_MS = 10000,         /* SIGTERM to exit, beyond it the supervisor kills */
	BUSY_RETRY_MS = 50,            /* hint to a caller who found a full queue */

	/* Disk */
	DISK_CHECK_INTERVAL_MS = 1000,
};

#endif
