/* A page of records from another node: what must hold of it before one of them is applied.
 *
 *   page_read      it parses: records from the index asked for, one after the other, no more than
 *                  were asked for, and at least one
 *   page_prove     the records, behind the tree that the ledger has, are the first ones of the tree
 *                  that a checkpoint signs: leaf hashes, root, consistency proof (RFC 9162 2.1.4.2)
 *   page_examine   each record is one that a ledger may hold: place, link to the record before,
 *                  time; its event is canonical, fits its commitment, and is signed by its officers
 *   page_apply     each event becomes that very record here: keys valid at that index, rules, links
 * A page that is not proven says nothing about anybody: a link or a node in between may have
 * changed it. In a proven page a record is what the checkpoint's signer vouches for; where it is
 * wrong, the signer is. Content is bound by the commitment in the record alone: a wrong one is the
 * fault of whoever sent it.
 *
 * Thread: one owner; page_examine shares its work with a crew. Memory: opaque, heap, reused from
 * page to page; what it gives lives until the next page_read. */
#ifndef NODE_PAGE_H
#define NODE_PAGE_H

#include "ledger/ledger.h"
#include "ledger/log/proof.h"
#include "node/crew.h"
#include "node/upstream.h"

struct page;

/* STATUS_OK, STATUS_NO_MEMORY. */
enum status page_new(struct page **out) NODISCARD;
void page_free(struct page *page); /* accepts NULL */

/* Reads bytes of a ListRecordsResponse, the answer to `range`. STATUS_OK; STATUS_INVALID;
 * STATUS_OUT_OF_RANGE when it holds no record. */
enum status page_read(struct page *page, struct bytes response, const struct upstream_range *range,
                      struct detail *detail) NODISCARD;

/* Proves a page that was read, behind the records of the view (as many as range->from). STATUS_OK;
 * STATUS_INVALID; fatal ones of the store. */
enum status page_prove(struct page *page, struct store_view *view, const struct tree_head *signed_,
                       struct detail *detail) NODISCARD;

/* What is wrong with a record of a proven page. */
enum page_fault {
	PAGE_RECORD_WRONG,    /* the signer of the checkpoint answers for it */
	PAGE_CONTENT_MISSING, /* the sender does not have it, or does not give it */
	PAGE_CONTENT_WRONG,   /* the sender changed it */
};

/* Where a page ends to be good. */
struct page_finding {
	enum page_fault fault;
	uint64_t index;
	struct bytes record;
};

/* Examines all records behind `head`. STATUS_OK; STATUS_INVALID with `finding`, of the first record
 * that is not good: those before it may be applied; STATUS_NO_MEMORY. */
enum status page_examine(struct page *page, struct page_finding *finding, struct crew *crew,
                         const struct ledger_head *head, struct detail *detail) NODISCARD;

/* Applies good records, at most `count`, to the ledger, whose size is range->from, each time with
 * as many as were recorded at one time. STATUS_OK; STATUS_INVALID with `finding` when one did not
 * become what it is elsewhere (those before it are applied); fatal ones of the ledger. */
enum status page_apply(struct page *page, struct page_finding *finding, struct ledger *ledger,
                       size_t count, enum store_durability durability,
                       struct detail *detail) NODISCARD;

/* Number of good records. */
size_t page_count(const struct page *page);

/* How many of the good ones to apply so that no time is cut in two where the page ends before
 * `size` records: those of one time took a known number of batches, and must not take more. At
 * least one. */
size_t page_whole(const struct page *page, uint64_t size);

#endif
