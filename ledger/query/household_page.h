/* A page of who is in a dwelling or in a family book: what ledger/query/list_household.h's
 * questions share. Internal to ledger/query.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_HOUSEHOLD_PAGE_H
#define LEDGER_QUERY_HOUSEHOLD_PAGE_H

#include "ledger/query/page.h"

#include "civil/v1/household_service.pb-c.h"

/* One list in the making. */
struct household {
	struct query query;
	struct page page;
	struct bytes unit;       /* of a dwelling; empty for a book */
	const char *book_number; /* of a book; else NULL */
	bool former;
	const Civil__V1__ReadContext *context;
	int32_t today;
	Civil__V1__HouseholdMember **members;
	size_t count;
	size_t capacity;
	char *next; /* token; "" on the last page */
};

/* Reads page, day and position. STATUS_OK; STATUS_INVALID; STATUS_OUT_OF_RANGE known > size. */
enum status household_begin(struct household *household, struct view *view,
                            struct page_request *asked, const Civil__V1__Date *valid,
                            int32_t today) NODISCARD;

/* Looks at as many persons as the page holds, and adds what their states say. STATUS_OK; trouble of
 * the store. */
enum status household_page(struct household *household) NODISCARD;

#endif
