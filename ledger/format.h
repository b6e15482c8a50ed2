/* Versions of what outlives a program: the store's contents. Bytes that are hashed and signed carry
 * versions of their own (FORMATS.md).
 *
 * A program opens the version it was built for, and says so when it meets another. A build with
 * FORMAT_RAISED stands for the next version, so that tests have two programs that differ. */
#ifndef LEDGER_FORMAT_H
#define LEDGER_FORMAT_H

enum {
#ifdef FORMAT_RAISED
	LEDGER_FORMAT = 2,
#else
	LEDGER_FORMAT = 1,
#endif
};

#endif
