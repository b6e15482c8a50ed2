/* Goal: what a court had erased is read as the residue at every known position, and chain, tree and
 * the acts beside it stay as they were.
 * Method: a birth, its correction and a paper erased; rows, states and roots before and after. */
#include "ledger/erase.h"
#include "tests/support/erasure.h"

#include <stdlib.h>

#define NOW UINT64_MAX

static struct erasure given;
static struct reg *reg;

static void setup(void)
{
	erasure_begin(&given, NULL);
	reg = given.reg;
}

static void teardown(void)
{
	erasure_end(&given);
}

START_TEST(the_residue_is_read_at_every_known_position)
{
	uint64_t before = reg_size(reg);
	struct hash root = ledger_head(reg->ledger).root;
	char *number = reg_text(reg, reg_state(reg, &given.child)->numbers[0]->number);

	ck_assert_str_eq(erasure_name(&given, NOW), erasure_secret);
	ck_assert_str_eq(erasure_erase(&given, "2026"), "");
	ck_assert_str_eq(erasure_name(&given, NOW), erasure_left);
	ck_assert_str_eq(erasure_name(&given, before), erasure_left);
	const Civil__V1__PersonState *state = reg_state(reg, &given.child);

	ck_assert_int_eq(state->birth->date->precision,
	                 CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR);
	ck_assert_str_eq(state->numbers[0]->number, number);
	ck_assert_uint_eq(state->n_parents, 1);
	ck_assert_uint_eq(reg_state(reg, &given.mother)->n_children, 1);

	struct ledger_view view;
	struct hash again;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(ledger_root(&view.view, &again, before), STATUS_OK);
	ck_assert_mem_eq(&again, &root, sizeof(root));
	ledger_view_end(&view);
}
END_TEST

/* The record with this event id, as everybody reads it now. */
static struct stored_record read_record(struct ledger_view *view, const struct hash *event_id)
{
	struct stored_record record;

	ck_assert_int_eq(view_record_by_event(&view->view, &record, bytes_of_hash(event_id)),
	                 STATUS_OK);
	return record;
}

START_TEST(the_rows_say_who_erased_them_and_keep_neither_content_nor_opening)
{
	struct ledger_view view;
	struct stored_record *records;
	size_t count;
	size_t erased = 0;

	ck_assert_str_eq(erasure_erase(&given, "2026"), "");
	struct hash eraser = reg_event(reg);

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	struct stored_record registered = read_record(&view, &given.birth);
	const ProtobufCBinaryData *case_id = &registered.event.header->case_id;

	ck_assert_uint_eq(registered.kept->erased_by.len, 0);
	ck_assert_int_eq(
	        view_case(&view.view, &records, &count, bytes_of(case_id->data, case_id->len)),
	        STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		const Civil__V1__RecordContent *kept = records[i].kept;

		if (kept->erased_by.len == 0) {
			continue;
		}
		erased++;
		ck_assert_int_eq(records[i].event.header->step,
		                 CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED);
		ck_assert_mem_eq(kept->erased_by.data, eraser.bytes, HASH_BYTES);
		ck_assert_uint_eq(kept->content.len, 0);
		ck_assert_uint_eq(kept->opening.len, 0);
		ck_assert_uint_eq(kept->n_findings, 0);
		ck_assert_uint_gt(kept->residue.len, 0);
		ck_assert_uint_gt(strlen(kept->law_version), 0);
	}
	ck_assert_uint_eq(erased, 1);
	ledger_view_end(&view);
}
END_TEST

START_TEST(corrections_before_go_with_their_target_and_later_ones_correct_the_residue)
{
	struct ledger_view view;

	ck_assert_str_eq(erasure_correct(&given, erasure_secret, "វិសាល"), "");
	struct hash correction = reg_event(reg);

	ck_assert_str_eq(erasure_name(&given, NOW), "វិសាល");
	ck_assert_str_eq(erasure_erase(&given, "2026-02-20"), "");
	ck_assert_str_eq(erasure_name(&given, NOW), erasure_left);
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_ptr_null(read_record(&view, &correction).event.content);
	ledger_view_end(&view);
	ck_assert_str_eq(erasure_correct(&given, erasure_secret, "ដារា"), "S19");
	ck_assert_str_eq(erasure_correct(&given, erasure_left, "ដារា"), "");
	ck_assert_str_eq(erasure_name(&given, NOW), "ដារា");
}
END_TEST

static Civil__V1__Content *linked_birth(const struct hash *verified, const char *name,
                                        const char *date)
{
	Civil__V1__Content *content = reg_linked(reg, verified);
	Civil__V1__Birth *message = reg_birth(reg, name, date)->birth;

	reg_mother_told(reg, message, "1965");
	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = message;
	return content;
}

START_TEST(the_paper_behind_a_linked_act_goes_with_it)
{
	struct hash verified = reg_paper(reg, "070803");
	const struct reg_part created[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	struct ledger_view view;

	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_LEGACY_LINKED, created,
	                         linked_birth(&verified, erasure_secret, "1990-05-05")),
	                 "");
	struct hash linked = reg_event(reg);
	struct id person = reg_created(reg);
	const struct reg_part named[] = { { ROLE(CHILD), &person }, { 0, NULL } };
	struct hash decision =
	        reg_decided(reg, reg->today, "content_erased", &person, NULL, &linked);
	ck_assert_str_eq(
	        reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, named,
	                erasure_order(reg, &linked, linked_birth(&verified, erasure_left, "1990"),
	                              &decision)),
	        "");
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_ptr_null(read_record(&view, &verified).event.content);
	ck_assert_str_eq(
	        read_record(&view, &linked).event.content->legacy_linked->birth->name->km_given,
	        erasure_left);
	ledger_view_end(&view);
	ck_assert_str_eq(reg_state(reg, &person)->names[0]->name->km_given, erasure_left);
}
END_TEST

START_TEST(an_erased_act_may_be_erased_further)
{
	ck_assert_str_eq(erasure_erase(&given, "2026"), "");
	struct hash decision = erasure_ordered(&given);

	ck_assert_str_eq(
	        reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                erasure_order(reg, &given.birth, reg_birth(reg, "ក", "2026"), &decision)),
	        "");
	ck_assert_str_eq(erasure_name(&given, NOW), "ក");
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("erase");
	TCase *all = tcase_create("all");

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, the_residue_is_read_at_every_known_position);
	tcase_add_test(all, the_rows_say_who_erased_them_and_keep_neither_content_nor_opening);
	tcase_add_test(all,
	               corrections_before_go_with_their_target_and_later_ones_correct_the_residue);
	tcase_add_test(all, the_paper_behind_a_linked_act_goes_with_it);
	tcase_add_test(all, an_erased_act_may_be_erased_further);
	suite_add_tcase(suite, all);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(suite());

	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
