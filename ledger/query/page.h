/* Pages (AIP-158), all of one list pinned to one size of the ledger. Internal to ledger/query.
 *
 *     token = hex( known u64 || day u32 || request [8] || position )
 * known     the size that the first page was answered at: later pages read the same
 * day       the day that the first page was answered for, so that midnight changes no list
 * request   first bytes of SHA-256 over the packed request without context, page size and token: a
 *           token is good for the request that it was given for, and for no other
 * position  where the next page begins; its form is the question's own
 * A page may end before it is full, when enough was looked at; only an empty token ends a list.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_PAGE_H
#define LEDGER_QUERY_PAGE_H

#include "ledger/query/query.h"

enum {
	PAGE_DEFAULT = 100,
	PAGE_MAX = 1000,
	PAGE_REQUEST_BYTES = 8,
	PAGE_POSITION_MAX = 128,
};

struct page {
	size_t size;    /* 1 to PAGE_MAX */
	bool first;     /* no token was given */
	uint64_t known; /* of the token; else what the request names */
	bool has_known;
	int32_t day;       /* of the token; else what the caller gives */
	struct bytes from; /* position of the token; empty on the first page */
	uint8_t request[PAGE_REQUEST_BYTES];
};

/* What a request says of its page. `known` is meant when `has_known`. */
struct page_request {
	const ProtobufCMessage *rest; /* the request without context, page size and token */
	int32_t size;
	const char *token;
	bool has_known;
	uint64_t known;
	int32_t day;
};

/* Reads the request. STATUS_OK; STATUS_INVALID a negative size, a token that is none of ours or was
 * given for another request; STATUS_NO_MEMORY. */
enum status page_begin(struct page *out, const struct page_request *request,
                       struct arena *arena) NODISCARD;

/* The token of the page that begins at `position` (at most PAGE_POSITION_MAX bytes, asserted) of
 * the list that `query` answers. NULL when memory is exhausted. */
char *page_token(const struct page *page, const struct query *query, struct bytes position);

#endif
