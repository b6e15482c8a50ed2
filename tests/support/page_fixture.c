#include "tests/support/page_fixture.h"

#include <check.h>

const struct source_history page_history = { .count = EVENTS, .batch = BATCH };
struct source page_source;
struct store *page_store;
struct ledger *page_ledger;
struct page *page_read_last;
struct page_finding page_found;
struct detail page_detail;
struct buf page_answer;

void page_setup_founding(void)
{
	founding_make(EVENTS);
}

void page_setup(void)
{
	source_init(&page_source, "kep", &page_history);
	source_sign(&page_source, EVENTS);
	page_ledger = source_ledger(&page_store, &page_history, HELD);
	ck_assert_int_eq(page_new(&page_read_last), STATUS_OK);
	buf_init(&page_answer, UPSTREAM_PAGE_BYTES_MAX);
}

void page_teardown(void)
{
	buf_fini(&page_answer);
	page_free(page_read_last);
	page_free(NULL);
	ledger_close(page_ledger);
	store_close(page_store);
	source_fini(&page_source);
}

enum status page_ask_and_read(size_t count)
{
	const struct upstream_range range = {
		.from = ledger_head(page_ledger).size,
		.count = count,
		.proven_in = page_source.signed_.size,
	};

	detail_set(&page_detail, "", "%s", "");
	ck_assert_int_eq(
	        upstream_records(&page_source.upstream, &page_answer, &range, 1000, &page_detail),
	        STATUS_OK);
	return page_read(page_read_last, buf_bytes(&page_answer), &range, &page_detail);
}

enum status page_prove_it(void)
{
	struct store_view *view = store_view_begin(page_store);
	enum status status = page_prove(page_read_last, view, &page_source.signed_, &page_detail);

	store_view_end(view);
	return status;
}

enum status page_examine_it(void)
{
	struct ledger_head head = ledger_head(page_ledger);

	return page_examine(page_read_last, &page_found, NULL, &head, &page_detail);
}

enum status page_apply_it(size_t count)
{
	return page_apply(page_read_last, &page_found, page_ledger, count, STORE_UNSYNCED,
	                  &page_detail);
}

void page_take(size_t count)
{
	ck_assert_int_eq(page_ask_and_read(count), STATUS_OK);
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
	ck_assert_int_eq(page_examine_it(), STATUS_OK);
	ck_assert_int_eq(page_apply_it(page_count(page_read_last)), STATUS_OK);
}

void page_flip(ProtobufCBinaryData *bytes)
{
	bytes->data[bytes->len / 2] ^= 1;
}
