/* Goal: what the signer of a checkpoint has changed itself is seen, is laid to the signer, and is
 * not applied, while all before it is.
 * Method: each part of a record changed before the tree over it is signed.
 */
#include "tests/support/page_fixture.h"
#include "tests/support/sample.h"

#include <check.h>
#include <stdlib.h>

enum { BAD = 17 };

struct forgery {
	void (*change)(struct source *source, Civil__V1__Record *record);
	size_t bad;       /* record that shows it */
	bool examined;    /* seen before it is applied */
	const char *text; /* a part of what is said */
};

static void other_index(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	record->index++;
}

static void other_previous(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	page_flip(&record->previous);
}

static void earlier_time(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	record->recorded_at_ms -= 5000;
}

static void later_time(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	record->recorded_at_ms++;
}

static void other_header(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	page_flip(&record->header);
}

static void other_signature(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	page_flip(&record->signatures[0]->signature);
}

static void no_signature(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	record->n_signatures = 0;
}

static void signature_of_another(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	page_flip(&record->signatures[0]->public_key);
}

static void other_link(struct source *from, Civil__V1__Record *record)
{
	static uint64_t link = 3;

	(void)from;
	record->links = &link;
	record->n_links = 1;
}

static const struct forgery forgeries[] = {
	{ other_index, BAD, true, "does not follow" },
	{ other_previous, BAD, true, "does not follow" },
	{ earlier_time, BAD, true, "before the one before it" },
	{ later_time, BAD + 1, true, "does not follow" },
	{ other_header, BAD, true, "" },
	{ other_signature, BAD, true, "" },
	{ no_signature, BAD, true, "" },
	{ signature_of_another, BAD, true, "" },
	{ other_link, BAD, false, "becomes another record here" },
};

enum { FORGERIES = sizeof(forgeries) / sizeof(forgeries[0]) };

static void ck_assert_found(size_t bad, const char *text)
{
	ck_assert_int_eq(page_found.fault, PAGE_RECORD_WRONG);
	ck_assert_uint_eq(page_found.index, bad);
	ck_assert(bytes_equal(page_found.record, page_source.records[bad].record));
	ck_assert_msg(strstr(page_detail.text, text) != NULL, "%s", page_detail.text);
}

START_TEST(what_the_signer_changed_is_laid_to_the_signer) /* loop test: each forgery */
{
	const struct forgery *forgery = &forgeries[_i];

	source_forge(&page_source, BAD, forgery->change);
	source_sign(&page_source, EVENTS);
	ck_assert_int_eq(page_ask_and_read(EVENTS - HELD), STATUS_OK);
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
	ck_assert_int_eq(page_examine_it(), STATUS_INVALID);
	if (forgery->examined) {
		ck_assert_found(forgery->bad, forgery->text);
		ck_assert_uint_eq(page_count(page_read_last), forgery->bad - HELD);
		ck_assert_int_eq(page_apply_it(page_count(page_read_last)), STATUS_OK);
	} else {
		ck_assert_int_eq(page_apply_it(page_count(page_read_last)), STATUS_INVALID);
		ck_assert_found(forgery->bad, forgery->text);
	}
	ck_assert_uint_eq(ledger_head(page_ledger).size, forgery->bad);
}
END_TEST

START_TEST(an_event_that_was_recorded_before_is_no_second_record)
{
	source_replace(&page_source, BAD, 3);
	source_sign(&page_source, EVENTS);
	ck_assert_int_eq(page_ask_and_read(BAD + 1 - HELD), STATUS_OK);
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
	ck_assert_int_eq(page_examine_it(), STATUS_OK);
	ck_assert_int_eq(page_apply_it(page_count(page_read_last)), STATUS_INVALID);
	ck_assert_found(BAD, "was recorded before");
	ck_assert_uint_eq(ledger_head(page_ledger).size, BAD);
}
END_TEST

/* A death, signed by two whom nobody has enrolled. */
static void place_event_of_strangers(void)
{
	struct arena arena;
	struct buf event;

	arena_init(&arena, 1 << 20);
	buf_init(&event, SIGNED_EVENT_BYTES_MAX);
	const Civil__V1__Content *content = sample_content(KIND_DEATH, false, &arena);
	Civil__V1__EventHeader *header = sample_header(KIND_DEATH, content, &arena);
	header->ledger_id.data = founding_ledger.bytes;
	header->ledger_id.len = ID_BYTES;
	sample_event(&event, header, content, &arena);
	source_place(&page_source, BAD, buf_bytes(&event));
	buf_fini(&event);
	arena_fini(&arena);
}

START_TEST(an_event_that_rules_refuse_is_no_record)
{
	place_event_of_strangers();
	source_sign(&page_source, EVENTS);
	ck_assert_int_eq(page_ask_and_read(BAD + 1 - HELD), STATUS_OK);
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
	ck_assert_int_eq(page_examine_it(), STATUS_OK);
	ck_assert_int_eq(page_apply_it(page_count(page_read_last)), STATUS_INVALID);
	ck_assert_found(BAD, "is refused here by rule ");
	ck_assert_uint_eq(ledger_head(page_ledger).size, BAD);
}
END_TEST

static void not_a_record(struct source *from, Civil__V1__Record *record)
{
	(void)from;
	(void)record;
}

START_TEST(bytes_that_are_no_record_are_laid_to_the_signer)
{
	static const uint8_t noise[] = { 0x0f, 0xff, 0xff, 0xff };

	page_source.records[BAD].record = bytes_of(noise, sizeof(noise));
	source_forge(&page_source, BAD + 1, not_a_record); /* the tree anew */
	source_sign(&page_source, EVENTS);
	ck_assert_int_eq(page_ask_and_read(EVENTS - HELD), STATUS_OK);
	ck_assert_int_eq(page_prove_it(), STATUS_OK);
	ck_assert_int_eq(page_examine_it(), STATUS_INVALID);
	ck_assert_found(BAD, "does not parse");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("page_examine");
	TCase *tcase = tcase_create("page_examine");

	tcase_add_unchecked_fixture(tcase, page_setup_founding, founding_free);
	tcase_add_checked_fixture(tcase, page_setup, page_teardown);
	tcase_add_loop_test(tcase, what_the_signer_changed_is_laid_to_the_signer, 0, FORGERIES);
	tcase_add_test(tcase, an_event_that_was_recorded_before_is_no_second_record);
	tcase_add_test(tcase, an_event_that_rules_refuse_is_no_record);
	tcase_add_test(tcase, bytes_that_are_no_record_are_laid_to_the_signer);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
