/* Every limit of the ledger, with its unit and its reason. Changing one that bounds signed bytes
 * is a change of format. Limits of a node (queues, waits) stand in node/limits.h. */
#ifndef LEDGER_BASE_LIMITS_H
#define LEDGER_BASE_LIMITS_H

enum {
	/* Signed bytes */
	HEADER_BYTES_MAX = 4096,        /* 16 subjects and 16 references fit twice */
	CONTENT_BYTES_MAX = 32768,      /* a gazetteer part of 30 KiB and its frame */
	SIGNATURES_MAX = 8,             /* officers on one event */
	SUBJECTS_MAX = 16,              /* persons an act may change */
	REFERENCES_MAX = 16,            /* earlier events an event names */
	SIGNED_EVENT_BYTES_MAX = 40960, /* header, content, opening, 8 signatures, frames */
	TEXT_BYTES_MAX = 2000,          /* 500 Khmer code points of 3 bytes, and frames */
	REPEATED_MAX = 64,              /* elements of any repeated field not named here */
	BLOCK_NUMBERS_MAX = 500,        /* numbers reserved for an office at once, by law */
	GAZETTEER_AREAS_MAX = 1024,     /* areas in one part: what fits 30 KiB */

	/* Batches: what one sequencer slot and one write hold */
	BATCH_EVENTS_MAX = 512,
	BATCH_BYTES_MAX = 262144, /* six events of the largest size, or 512 of 500 bytes */

	/* Names, EVENTS.md section H */
	NAME_CODE_POINTS_MAX = 64,
	NAME_BYTES_MAX = 255,

	/* Memory of one call or one event */
	EVENT_ARENA_BYTES_MAX = 16 * SIGNED_EVENT_BYTES_MAX + 4096,
	REFERENCE_ARENA_BYTES_MAX = 4 * 1024 * 1024, /* rule sets, names of gazetteer versions */
	FOLD_ARENA_BYTES_MAX = 256 * 1024 * 1024,    /* a person with thousands of acts */

	/* Persons */
	HISTORY_ACTS_MAX =
	        100000, /* records folded for one person; beyond it we refuse, not hang */
};

_Static_assert(SIGNED_EVENT_BYTES_MAX > HEADER_BYTES_MAX + CONTENT_BYTES_MAX,
               "an event of full header and content must fit");
_Static_assert(BATCH_BYTES_MAX >= SIGNED_EVENT_BYTES_MAX, "one event always fits a batch");

#endif
