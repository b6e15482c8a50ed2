/* Goal: a page is applied as it is elsewhere, and nothing that was changed on its way is.
 * Method: honest pages of every length; then each part of an answer changed, moved, doubled or left
 * out, and the same page taken when it comes whole.
 */
#include "tests/support/page_fixture.h"

#include <check.h>
#include <stdlib.h>

/* Honest pages. */

START_TEST(records_become_what_they_are_elsewhere_in_pages_of_any_length) /* 1 .. EVENTS */
{
	while (ledger_head(page_ledger).size < EVENTS) {
		uint64_t missing = EVENTS - ledger_head(page_ledger).size;

		page_take(missing < (uint64_t)_i ? missing : (size_t)_i);
	}
	struct ledger_head head = ledger_head(page_ledger);
	struct hash last = source_hash(&page_source, EVENTS - 1);
	ck_assert_mem_eq(&head.root, &page_source.signed_.root, HASH_BYTES);
	ck_assert_mem_eq(&head.head, &last, HASH_BYTES);
}
END_TEST

START_TEST(a_page_ends_where_a_time_ends_unless_it_is_the_last)
{
	ck_assert_int_eq(page_ask_and_read(2 * BATCH + 3), STATUS_OK);
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
	ck_assert_int_eq(page_examine_it(), STATUS_OK);
	ck_assert_uint_eq(page_count(page_read_last), 2 * BATCH + 3);
	ck_assert_uint_eq(page_whole(page_read_last, EVENTS), 2 * BATCH);
	ck_assert_uint_eq(page_whole(page_read_last, HELD + 2 * BATCH + 3), 2 * BATCH + 3);
	ck_assert_int_eq(page_ask_and_read(BATCH - 1), STATUS_OK);
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
	ck_assert_int_eq(page_examine_it(), STATUS_OK);
	ck_assert_uint_eq(page_whole(page_read_last, EVENTS), BATCH - 1);
}
END_TEST

START_TEST(batches_take_no_more_numbers_than_they_had)
{
	uint64_t before = ledger_head(page_ledger).batch;

	page_take(EVENTS - HELD);
	ck_assert_uint_eq(ledger_head(page_ledger).batch - before, (EVENTS - HELD) / BATCH);
}
END_TEST

/* Answers that were changed on their way. */

typedef void spoil_page(struct source *source, Civil__V1__ListRecordsResponse *message);

struct spoiling {
	spoil_page *spoil;
	enum status read;
	enum status prove;     /* when it reads */
	enum page_fault fault; /* of a finding, when it is proven */
};

static void no_records(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->next -= message->n_records;
	message->n_records = 0;
}

static void one_too_many(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->records[message->n_records] = message->records[0];
	message->n_records++;
	message->next++;
}

static void without_the_first(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->records++;
	message->n_records--;
}

static void without_the_last(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->n_records--;
}

static void without_the_last_as_if_asked(struct source *from,
                                         Civil__V1__ListRecordsResponse *message)
{
	without_the_last(from, message);
	message->next--;
}

static void two_exchanged(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	Civil__V1__LogRecord *record = message->records[3];

	(void)from;
	message->records[3] = message->records[4];
	message->records[4] = record;
}

static void two_exchanged_and_renumbered(struct source *from,
                                         Civil__V1__ListRecordsResponse *message)
{
	two_exchanged(from, message);
	message->records[3]->index--;
	message->records[4]->index++;
}

static void one_twice(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->records[4]->record = message->records[3]->record;
}

static void a_record_changed(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	page_flip(&message->records[7]->record);
}

static void a_record_emptied(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->records[7]->record.len = 0;
}

static void a_proof_changed(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	page_flip(&message->consistency[0]);
}

static void a_proof_cut(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->n_consistency--;
}

static void a_hash_cut(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->consistency[0].len--;
}

static void a_proof_without_end(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	static ProtobufCBinaryData hashes[PROOF_HASHES_MAX + 1];

	(void)from;
	for (size_t i = 0; i <= PROOF_HASHES_MAX; i++) {
		hashes[i] = message->consistency[0];
	}
	message->consistency = hashes;
	message->n_consistency = PROOF_HASHES_MAX + 1;
}

static void a_content_changed(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	page_flip(&message->records[7]->content);
}

static void an_opening_changed(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	page_flip(&message->records[7]->opening);
}

static void an_opening_cut(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->records[7]->opening.len--;
}

static void a_content_left_out(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	(void)from;
	message->records[7]->content.len = 0;
	message->records[7]->opening.len = 0;
}

static void contents_exchanged(struct source *from, Civil__V1__ListRecordsResponse *message)
{
	ProtobufCBinaryData content = message->records[7]->content;

	(void)from;
	message->records[7]->content = message->records[8]->content;
	message->records[8]->content = content;
}

static const struct spoiling spoilings[] = {
	{ no_records, .read = STATUS_OUT_OF_RANGE },
	{ one_too_many, .read = STATUS_INVALID },
	{ without_the_first, .read = STATUS_INVALID },
	{ without_the_last, .read = STATUS_INVALID },
	{ two_exchanged, .read = STATUS_INVALID },
	{ a_hash_cut, .read = STATUS_INVALID },
	{ a_proof_without_end, .read = STATUS_INVALID },
	{ without_the_last_as_if_asked, .prove = STATUS_INVALID },
	{ two_exchanged_and_renumbered, .prove = STATUS_INVALID },
	{ one_twice, .prove = STATUS_INVALID },
	{ a_record_changed, .prove = STATUS_INVALID },
	{ a_record_emptied, .prove = STATUS_INVALID },
	{ a_proof_changed, .prove = STATUS_INVALID },
	{ a_proof_cut, .prove = STATUS_INVALID },
	{ a_content_changed, .fault = PAGE_CONTENT_WRONG },
	{ an_opening_changed, .fault = PAGE_CONTENT_WRONG },
	{ an_opening_cut, .fault = PAGE_CONTENT_WRONG },
	{ contents_exchanged, .fault = PAGE_CONTENT_WRONG },
	{ a_content_left_out, .fault = PAGE_CONTENT_MISSING },
};

enum { SPOILINGS = sizeof(spoilings) / sizeof(spoilings[0]) };

START_TEST(what_was_changed_on_its_way_is_no_record) /* loop test: each spoiling */
{
	const struct spoiling *spoiling = &spoilings[_i];

	page_source.spoil_page = spoiling->spoil;
	ck_assert_int_eq(page_ask_and_read(20), spoiling->read);
	if (spoiling->read == STATUS_OK) {
		ck_assert_int_eq(page_prove_it(), spoiling->prove);
	}
	if (spoiling->read == STATUS_OK && spoiling->prove == STATUS_OK) {
		ck_assert_int_eq(page_examine_it(), STATUS_INVALID);
		ck_assert_int_eq(page_found.fault, spoiling->fault);
		ck_assert_uint_eq(page_found.index, HELD + 7);
		ck_assert_uint_eq(page_count(page_read_last), 7);
	}
	ck_assert_str_ne(page_detail.text, "");
	ck_assert_uint_eq(ledger_head(page_ledger).size, HELD);
	page_source.spoil_page = NULL;
	page_take(20);
}
END_TEST

static size_t cut_at;

static void cut(struct buf *bytes)
{
	bytes->size = cut_at;
}

START_TEST(an_answer_that_ends_early_is_no_page)
{
	ck_assert_int_eq(page_ask_and_read(3), STATUS_OK);
	size_t whole = page_answer.size;
	page_source.spoil_bytes = cut;
	for (cut_at = 0; cut_at < whole; cut_at++) {
		if (page_ask_and_read(3) == STATUS_OK) {
			ck_assert_int_eq(page_prove_it(), STATUS_INVALID);
		}
	}
}
END_TEST

START_TEST(a_proof_holds_for_its_own_checkpoint_alone)
{
	ck_assert_int_eq(page_ask_and_read(20), STATUS_OK);
	source_sign(&page_source, EVENTS - 1);
	ck_assert_int_eq(page_prove_it(), STATUS_INVALID);
	source_sign(&page_source, EVENTS);
	page_source.signed_.root.bytes[31] ^= 1;
	ck_assert_int_eq(page_prove_it(), STATUS_INVALID);
	page_source.signed_.root.bytes[31] ^= 1;
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
}
END_TEST

START_TEST(records_of_another_history_are_not_proven_behind_ours)
{
	struct source other;

	source_init(&other, "kep", &(struct source_history){ EVENTS, BATCH, .other_from = 5 });
	source_sign(&other, EVENTS);
	const struct upstream_range range = { HELD, 20, EVENTS };
	ck_assert_int_eq(
	        upstream_records(&other.upstream, &page_answer, &range, 1000, &page_detail),
	        STATUS_OK);
	ck_assert_int_eq(page_read(page_read_last, buf_bytes(&page_answer), &range, &page_detail),
	                 STATUS_OK);
	page_source.signed_ = other.signed_;
	ck_assert_int_eq(page_prove_it(), STATUS_INVALID);
	source_fini(&other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("page");
	TCase *tcase = tcase_create("page");

	tcase_add_unchecked_fixture(tcase, page_setup_founding, founding_free);
	tcase_add_checked_fixture(tcase, page_setup, page_teardown);
	tcase_add_loop_test(tcase, records_become_what_they_are_elsewhere_in_pages_of_any_length, 1,
	                    EVENTS - HELD + 1);
	tcase_add_test(tcase, a_page_ends_where_a_time_ends_unless_it_is_the_last);
	tcase_add_test(tcase, batches_take_no_more_numbers_than_they_had);
	tcase_add_loop_test(tcase, what_was_changed_on_its_way_is_no_record, 0, SPOILINGS);
	tcase_add_test(tcase, an_answer_that_ends_early_is_no_page);
	tcase_add_test(tcase, a_proof_holds_for_its_own_checkpoint_alone);
	tcase_add_test(tcase, records_of_another_history_are_not_proven_behind_ours);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
