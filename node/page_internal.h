/* The insides of a page, shared by page.c (reading, proving), page_examine.c and page_apply.c
 * alone. */
#ifndef NODE_PAGE_INTERNAL_H
#define NODE_PAGE_INTERNAL_H

#include "node/limits.h"
#include "node/page.h"

#include "civil/v1/log_service.pb-c.h"

enum {
	PAGE_BITES = (UPSTREAM_PAGE_RECORDS + VERIFY_CHUNK_EVENTS - 1) / VERIFY_CHUNK_EVENTS,
};

struct page_record {
	const Civil__V1__LogRecord *sent;
	struct hash hash;                /* since page_prove */
	const Civil__V1__Record *record; /* since page_examine, as the rest; NULL: not parsed */
	struct bytes signed_event;
	struct event event;
	enum status status;
	enum page_fault fault;
	struct detail detail;
};

struct page {
	uint64_t from;
	size_t count; /* records read */
	size_t good;  /* of them found good, from the first on */
	struct proof proof;
	struct arena arena;
	struct arena bites[PAGE_BITES]; /* each of the records of one bite of the crew's */
	struct ledger_head head;        /* behind which it is examined */
	struct page_record records[UPSTREAM_PAGE_RECORDS];
	struct ledger_result results[BATCH_EVENTS_MAX];
};

/* Fills in the finding of record number `i` of the page. */
static inline void page_find(const struct page *page, struct page_finding *finding, size_t i,
                             enum page_fault fault)
{
	const struct page_record *record = &page->records[i];

	*finding = (struct page_finding){
		.fault = fault,
		.index = page->from + i,
		.record = { .data = record->sent->record.data, .size = record->sent->record.len },
	};
}

#endif
