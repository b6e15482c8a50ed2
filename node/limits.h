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

	/* An order kept elsewhere */
	SYNC_INTERVAL_MS = 1000,   /* between syncs of the ledger: the order holds the rest */
	CORE_RETRY_MS = 50,        /* between attempts while the order or its leader is silent */
	FORWARD_AGAIN_MS = 3000,   /* a leader that took events and is silent has lost them */
	PROPOSE_TIMEOUT_MS = 1000, /* for a leader to take them */
	DECISION_WAIT_MS = 10000,  /* beyond it a submitter learns that the outcome is unknown */
	STOP_WAIT_MS = 3000,       /* for what is in flight when a node stops */

	/* Following other nodes */
	FOLLOW_INTERVAL_MS = 250,     /* between looks for something new */
	WITNESS_INTERVAL_MS = 5000,   /* between looks at every node that is known */
	STALE_MS = 10000,             /* behind others this long, another upstream is followed */
	CHECKPOINT_TIMEOUT_MS = 3000, /* for a node to say what it has signed */
	PAGE_TIMEOUT_MS = 15000,      /* for a page of 1 MiB over a provincial line */

	/* of a courier */
	COURIER_AGAIN_MS = 30000,   /* what was delivered and is not here yet is sent again */
	COURIER_TIMEOUT_MS = 15000, /* for a core node to decide what it was brought */

	/* Disk */
	DISK_CHECK_INTERVAL_MS = 1000,
};

#endif
