/* A page on its way from a source to a ledger that holds the first records of its history.
 *
 *   tcase_add_unchecked_fixture(tcase, page_setup_founding, founding_free);
 *   tcase_add_checked_fixture(tcase, page_setup, page_teardown);
 *   page_ask_and_read(20), page_prove_it(), page_examine_it(), page_apply_it(n)
 * Thread: one. Memory: between setup and teardown. */
#ifndef TESTS_SUPPORT_PAGE_FIXTURE_H
#define TESTS_SUPPORT_PAGE_FIXTURE_H

#include "node/page.h"
#include "tests/support/founding.h"
#include "tests/support/source.h"

enum { EVENTS = 40, HELD = 10, BATCH = 5 };

extern const struct source_history page_history;
extern struct source page_source; /* has signed all of its history */
extern struct store *page_store;
extern struct ledger *page_ledger; /* the first HELD records */
extern struct page *page_read_last;
extern struct buf page_answer; /* the last one */
extern struct page_finding page_found;
extern struct detail page_detail;

void page_setup_founding(void);
void page_setup(void);
void page_teardown(void);

/* Asks for `count` records behind those of the ledger, and reads the answer. */
enum status page_ask_and_read(size_t count);
enum status page_prove_it(void);
enum status page_examine_it(void);
enum status page_apply_it(size_t count);

/* All of it, which must succeed. */
void page_take(size_t count);

/* The same bit of any bytes. */
void page_flip(ProtobufCBinaryData *bytes);

#endif
