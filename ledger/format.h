/* Versions of what one program writes and another reads: folders, stores, batches in an order.
 * Bytes that are hashed and signed carry versions of their own (FORMATS.md).
 *
 *   a folder and its store   keep the version they were made with; a program reads those from
 *                            LEDGER_FORMAT_OLDEST on, and refuses a newer one with the way out
 *   a batch in an order      its first byte; a program reads up to BATCH_FORMAT_READ and writes
 *                            BATCH_FORMAT_WRITTEN
 * A new version of a batch is read one release before it is written. So nodes of two releases that
 * follow one another work in one cluster, and a release can be taken back while it is rolled out.
 *
 * A build with FORMAT_RAISED stands for the next release, so that tests have two that differ. */
#ifndef LEDGER_FORMAT_H
#define LEDGER_FORMAT_H

enum {
	LEDGER_FORMAT_OLDEST = 2, /* 1 had no rows of names, nor marks of seals on persons */
	BATCH_FORMAT_WRITTEN = 1,
#ifdef FORMAT_RAISED
	LEDGER_FORMAT = 3,
	BATCH_FORMAT_READ = 2,
#else
	LEDGER_FORMAT = 2,
	BATCH_FORMAT_READ = 1,
#endif
};

_Static_assert(BATCH_FORMAT_WRITTEN <= BATCH_FORMAT_READ, "a program reads what it writes");

#endif
