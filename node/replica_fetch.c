#include "ledger/base/planted.h"
#include "node/failpoint.h"
#include "node/limits.h"
#include "node/replica_internal.h"

/* The page holds a record that is not good. */
static enum status judge_finding(struct replica *replica, const struct page_finding *finding,
                                 struct detail *detail)
{
	switch (finding->fault) {
	case PAGE_CONTENT_MISSING:
		return STATUS_DENIED;
	case PAGE_CONTENT_WRONG:
		return STATUS_INVALID;
	case PAGE_RECORD_WRONG:
		break;
	}
	return witness_denounce(replica->options.witness, replica_current(replica),
	                        &replica->target, finding->index, finding->record, detail);
}

/* Applies what is good of a page that was read; what is behind a bad record stays away. */
static enum status take_page(struct replica *replica, uint64_t size, struct detail *detail)
{
	struct ledger_view view;
	struct page_finding finding;
	struct page_finding applying;
	struct detail refusal = { "", "" };
	enum status status = ledger_view_begin(replica->options.ledger, &view);

	if (status != STATUS_OK) {
		return status;
	}
	status = page_prove(replica->page, view.view.store, &replica->target.head, detail);
	ledger_view_end(&view);
	if (status != STATUS_OK && !PLANTED("page not proven")) {
		return status;
	}
	status = page_examine(replica->page, &finding, replica->options.crew, &replica->head,
	                      detail);
	if (status != STATUS_OK && status != STATUS_INVALID) {
		return status;
	}
	if (page_count(replica->page) > 0) {
		enum status applied =
		        page_apply(replica->page, &applying, replica->options.ledger,
		                   page_whole(replica->page, size), STORE_UNSYNCED, &refusal);

		if (applied == STATUS_INVALID) { /* before whatever was found above */
			*detail = refusal;
			finding = applying;
		}
		status = applied == STATUS_OK ? status : applied;
		FAILPOINT("page_applied");
	}
	replica->head = ledger_head(replica->options.ledger);
	return status == STATUS_INVALID ? judge_finding(replica, &finding, detail) : status;
}

enum status replica_fetch(struct replica *replica, struct replica_update *update, uint64_t limit,
                          struct detail *detail)
{
	uint64_t size = replica->head.size;
	uint64_t end = limit < replica->target.head.size ? limit : replica->target.head.size;
	uint64_t missing = end - size;
	const struct upstream_range range = {
		.from = size,
		.count = missing < UPSTREAM_PAGE_RECORDS ? missing : UPSTREAM_PAGE_RECORDS,
		.proven_in = replica->target.head.size,
	};
	size_t asked = replica->choice.current;
	enum status status = upstream_records(replica_current(replica), &replica->answer, &range,
	                                      PAGE_TIMEOUT_MS, detail);

	if (status == STATUS_OK) {
		status = page_read(replica->page, buf_bytes(&replica->answer), &range, detail);
	}
	if (status == STATUS_OK) {
		status = take_page(replica, end, detail);
	}
	update->applied = replica->head.size > size;
	replica->state.records += replica->head.size - size;
	replica->state.pages += update->applied;
	if (status != STATUS_OK) {
		return replica_sort_out(replica, asked, status, detail);
	}
	choice_worked(&replica->choice, asked);
	if (replica->head.size < replica->target.head.size) {
		return STATUS_OK;
	}
	replica_note_verified(replica, replica->target.head.size, replica->target_at_ms);
	status = witness_settle(replica->options.witness, detail);
	return status == STATUS_OK ? STATUS_OK : replica_sort_out(replica, asked, status, detail);
}

enum status replica_pull(struct replica *replica, struct replica_update *update, uint64_t size,
                         struct detail *detail)
{
	int64_t at;

	*update = (struct replica_update){ .at_ns = 0 };
	replica->head = ledger_head(replica->options.ledger);
	if (replica->head.size >= size || replica->state.contradicted ||
	    !choice_pick(&replica->choice, replica_now_ns(replica), &at)) {
		return STATUS_OK;
	}
	update->progress = true;
	if (replica->following && replica->target.head.size > replica->head.size) {
		return replica_fetch(replica, update, size, detail);
	}
	enum status status = replica_ask(replica, replica->choice.current, detail);
	/* Who has signed no more than is here cannot help now. */
	update->progress = replica->following && replica->target.head.size > replica->head.size;
	return status;
}
