/* Goal: histories, acts and cases show every record with its kind, part, signers and hash, what
 * amended it and whether it is in force.
 * Method: a family in a memory store; each answer and each refusal once; pages joined. */
#include "ledger/query/find_act.h"
#include "ledger/query/get_case.h"
#include "ledger/query/get_history.h"

#include "ledger/log/merkle.h"

#include "tests/support/family.h"

#include <check.h>
#include <stdlib.h>

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

static struct family family;

static void setup(void)
{
	family_begin(&family);
}

static void teardown(void)
{
	family_end(&family);
}

static Civil__V1__GetHistoryResponse *get_history(struct id *person, int32_t page, char *token)
{
	struct view view = life_view(&family.life);
	Civil__V1__GetHistoryRequest request;
	Civil__V1__GetHistoryResponse *response;

	civil__v1__get_history_request__init(&request);
	request.person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	request.person_id = family_id(person);
	request.page_size = page;
	if (token != NULL) {
		request.page_token = token;
	}
	ck_assert_int_eq(query_get_history(&view, &response, &request, 0), STATUS_OK);
	return response;
}

START_TEST(a_history_shows_steps_signers_and_hashes)
{
	const Civil__V1__GetHistoryResponse *response = get_history(&family.child, 0, NULL);
	struct view view = life_view(&family.life);
	struct stored_record record;
	struct hash hash;

	ck_assert_uint_eq(response->n_entries, 3);
	ck_assert_str_eq(response->next_page_token, "");
	for (size_t i = 0; i < 3; i++) {
		const Civil__V1__HistoryEntry *entry = response->entries[i];

		ck_assert_str_eq(entry->kind, "birth");
		ck_assert_int_eq(entry->role, ROLE(CHILD));
		ck_assert(entry->in_force);
		ck_assert_uint_eq(entry->n_signers, 1);
		ck_assert_str_eq(entry->signers[0]->office_id, "070803");
		ck_assert_str_eq(entry->signers[0]->role, i == 1 ? "V" : "R");
		ck_assert_int_eq(view_record(&view, &record, entry->index), STATUS_OK);
		merkle_leaf(&hash, record.record_bytes);
		ck_assert_mem_eq(entry->record_hash.data, hash.bytes, HASH_BYTES);
		ck_assert_mem_eq(entry->event_id.data, record.event.id.bytes, HASH_BYTES);
		ck_assert_int_eq(entry->content->kind_case, record.event.content->kind_case);
	}
}
END_TEST

START_TEST(a_notification_belongs_to_the_history_of_those_its_case_names)
{
	const struct life_birth birth = { .name = "D",
		                          .date = "2020-01-01",
		                          .mother = &family.woman };
	Civil__V1__Content *content = life_content(&family.life);
	Civil__V1__Notification notification;
	char kind[] = "birth";

	civil__v1__notification__init(&notification);
	notification.kind = kind;
	content->kind_case = CIVIL__V1__CONTENT__KIND_NOTIFICATION;
	content->notification = &notification;
	struct id case_id = life_case(&family.life);
	(void)life_put(&family.life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	               CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED, &case_id, NULL, 0, content);
	uint64_t notified = family.life.head.size - 1;
	(void)life_birth_declared_in(&family.life, &birth, &case_id);
	(void)life_birth_declared_in(&family.life, &birth, &case_id);
	const Civil__V1__GetHistoryResponse *response = get_history(&family.woman, 0, NULL);
	size_t seen = 0;

	for (size_t i = 0; i < response->n_entries; i++) {
		ck_assert(i == 0 || response->entries[i - 1]->index < response->entries[i]->index);
		seen += response->entries[i]->index == notified ? 1 : 0;
	}
	ck_assert_uint_eq(seen, 1);
}
END_TEST

START_TEST(a_history_names_the_corrections_of_each_act)
{
	struct part parts[3];
	const Civil__V1__GetHistoryResponse *response;

	family_birth_parts(&family, parts);
	(void)life_correction(&family.life, parts, 3, &family.birth, "birth.name.latin_given",
	                      life_value_text(&family.life, "Sophia"), false);
	response = get_history(&family.child, 0, NULL);
	ck_assert_uint_eq(response->n_entries, 4);
	ck_assert_uint_eq(response->entries[2]->n_amended_by, 1);
	ck_assert_uint_eq(response->entries[2]->amended_by[0], family.life.head.size - 1);
	ck_assert_uint_eq(response->entries[0]->n_amended_by, 0);
	ck_assert_str_eq(response->entries[3]->kind, "correction");
}
END_TEST

START_TEST(a_history_says_what_is_no_longer_in_force)
{
	struct hash marriage =
	        life_marriage(&family.life, &family.man, &family.woman, "2010-05-05", NULL);

	ck_assert(get_history(&family.man, 0, NULL)->entries[5]->in_force);
	(void)life_divorce(&family.life, &family.man, &family.woman, &marriage, "2015-05-05");
	ck_assert(!get_history(&family.man, 0, NULL)->entries[5]->in_force);
}
END_TEST

START_TEST(pages_of_a_history_join_without_gap)
{
	const Civil__V1__GetHistoryResponse *whole = get_history(&family.woman, 0, NULL);
	char *token = NULL;
	size_t seen = 0;

	do {
		const Civil__V1__GetHistoryResponse *page = get_history(&family.woman, 1, token);

		ck_assert_uint_eq(page->n_entries, 1);
		ck_assert_uint_eq(page->entries[0]->index, whole->entries[seen]->index);
		seen++;
		token = page->next_page_token;
		/* What comes between belongs to no page of this list. */
		(void)life_notice(&family.life, &family.man, &family.woman, "2020-01-02");
	} while (token[0] != '\0');
	ck_assert_uint_eq(seen, whole->n_entries);
}
END_TEST

START_TEST(bad_pages_are_refused) /* loop test */
{
	static const char *const tokens[] = { "x", "-1", "1 ", "12345678901234567890" };
	struct view view = life_view(&family.life);
	Civil__V1__GetHistoryRequest request;
	Civil__V1__GetHistoryResponse *response;

	civil__v1__get_history_request__init(&request);
	request.person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	request.person_id = family_id(&family.child);
	request.page_token = arena_string(&family.life.arena, tokens[_i]);
	ck_assert_int_eq(query_get_history(&view, &response, &request, 0), STATUS_INVALID);
	request.page_token = arena_string(&family.life.arena, "");
	request.page_size = -1;
	ck_assert_int_eq(query_get_history(&view, &response, &request, 0), STATUS_INVALID);
}
END_TEST

static enum status find_act(Civil__V1__FindActResponse **response, int32_t number, bool numbered)
{
	struct view view = life_view(&family.life);
	Civil__V1__FindActRequest request;
	Civil__V1__RegistrationNumber asked;

	civil__v1__find_act_request__init(&request);
	civil__v1__registration_number__init(&asked);
	asked.office_id = arena_string(&family.life.arena, "070803");
	asked.register_ = arena_string(&family.life.arena, "B");
	asked.year = 2020;
	asked.number = number;
	request.registration_number = numbered ? &asked : NULL;
	return query_find_act(&view, response, &request);
}

START_TEST(an_act_is_found_by_its_number_with_its_declaration)
{
	Civil__V1__FindActResponse *response;

	ck_assert_int_eq(find_act(&response, 7, true), STATUS_OK);
	ck_assert_int_eq(response->registration->header->step,
	                 CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED);
	ck_assert_mem_eq(response->declaration->event_id.data, family.open.declared.bytes,
	                 HASH_BYTES);
	ck_assert_int_eq(find_act(&response, 8, true), STATUS_NOT_FOUND);
	ck_assert_int_eq(find_act(&response, 7, false), STATUS_INVALID);
}
END_TEST

/* An act that was entered in a paper register too. */
static struct hash put_on_paper(const char *page, const char *entry)
{
	struct arena *arena = &family.life.arena;
	Civil__V1__Content *content = life_content(&family.life);
	Civil__V1__MarriageNotice notice;
	Civil__V1__PaperReference paper;
	const struct part parts[] = { { &family.man, ROLE(SPOUSE_A) },
		                      { &family.woman, ROLE(SPOUSE_B) } };

	civil__v1__marriage_notice__init(&notice);
	civil__v1__paper_reference__init(&paper);
	notice.posted_on = life_date(&family.life, "2020-01-02");
	paper.book = arena_string(arena, "B7");
	paper.year = 2020;
	paper.page = arena_string(arena, page);
	paper.entry = arena_string(arena, entry);
	content->common->paper_reference = &paper; /* of the office that signs */
	content->kind_case = CIVIL__V1__CONTENT__KIND_MARRIAGE_NOTICE;
	content->marriage_notice = &notice;
	return life_act(&family.life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_MARRIAGE, parts, 2,
	                content);
}

static enum status find_on_paper(Civil__V1__FindActResponse **response, const char *book,
                                 const char *page, const char *entry)
{
	struct arena *arena = &family.life.arena;
	struct view view = life_view(&family.life);
	Civil__V1__FindActRequest request;
	Civil__V1__PaperReference paper;

	civil__v1__find_act_request__init(&request);
	civil__v1__paper_reference__init(&paper);
	paper.office_id = arena_string(arena, "070803");
	paper.book = arena_string(arena, book);
	paper.year = 2020;
	paper.page = arena_string(arena, page);
	paper.entry = arena_string(arena, entry);
	request.paper_reference = &paper;
	return query_find_act(&view, response, &request);
}

START_TEST(an_act_is_found_by_its_place_in_a_paper_register)
{
	Civil__V1__FindActResponse *response;
	struct hash first = put_on_paper("12", "1");
	struct hash second = put_on_paper("12", "2");

	(void)put_on_paper("120", "1");
	ck_assert_int_eq(find_on_paper(&response, "B7", "12", "2"), STATUS_OK);
	ck_assert_mem_eq(response->registration->event_id.data, second.bytes, HASH_BYTES);
	ck_assert_uint_eq(response->n_others, 0);
	ck_assert_int_eq(find_on_paper(&response, "B7", "12", ""), STATUS_OK);
	ck_assert_mem_eq(response->registration->event_id.data, first.bytes, HASH_BYTES);
	ck_assert_uint_eq(response->n_others, 1); /* page 120 is another page */
	ck_assert_int_eq(find_on_paper(&response, "B7", "", ""), STATUS_OK);
	ck_assert_uint_eq(response->n_others, 2);
	ck_assert_int_eq(find_on_paper(&response, "B7", "1", ""), STATUS_NOT_FOUND);
	ck_assert_int_eq(find_on_paper(&response, "B", "12", "1"), STATUS_NOT_FOUND);
	ck_assert_int_eq(find_on_paper(&response, "", "12", "1"), STATUS_INVALID);
}
END_TEST

static Civil__V1__GetCaseResponse *get_case(struct id *case_id)
{
	struct view view = life_view(&family.life);
	Civil__V1__GetCaseRequest request;
	Civil__V1__GetCaseResponse *response;

	civil__v1__get_case_request__init(&request);
	request.case_id = family_id(case_id);
	ck_assert_int_eq(query_get_case(&view, &response, &request), STATUS_OK);
	return response;
}

START_TEST(a_case_goes_from_open_to_its_end)
{
	const struct life_birth birth = { .name = "D", .date = "2020-01-01" };
	struct life_case_open other = life_birth_declared(&family.life, &birth);
	Civil__V1__Content *content = life_content(&family.life);
	Civil__V1__Refusal refusal;
	const struct part parts[] = { { &other.child, ROLE(CHILD) } };

	ck_assert_int_eq(get_case(&family.open.case_id)->status,
	                 CIVIL__V1__CASE_STATUS__CASE_STATUS_REGISTERED);
	ck_assert_uint_eq(get_case(&family.open.case_id)->n_entries, 3);
	ck_assert_int_eq(get_case(&other.case_id)->status,
	                 CIVIL__V1__CASE_STATUS__CASE_STATUS_OPEN);
	civil__v1__refusal__init(&refusal);
	content->kind_case = CIVIL__V1__CONTENT__KIND_REFUSAL;
	content->refusal = &refusal;
	(void)life_put(&family.life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	               CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED, &other.case_id, parts, 1,
	               content);
	const Civil__V1__GetCaseResponse *refused = get_case(&other.case_id);

	ck_assert_int_eq(refused->status, CIVIL__V1__CASE_STATUS__CASE_STATUS_REFUSED);
	ck_assert(!refused->entries[0]->in_force);
	ck_assert_str_eq(refused->entries[1]->kind, "birth");
}
END_TEST

START_TEST(an_unknown_case_is_not_found_and_a_short_id_invalid)
{
	struct view view = life_view(&family.life);
	Civil__V1__GetCaseRequest request;
	Civil__V1__GetCaseResponse *response;
	struct id none = { { 9 } };

	civil__v1__get_case_request__init(&request);
	ck_assert_int_eq(query_get_case(&view, &response, &request), STATUS_INVALID);
	request.case_id = family_id(&none);
	ck_assert_int_eq(query_get_case(&view, &response, &request), STATUS_NOT_FOUND);
}
END_TEST

static Suite *query_history_suite(void)
{
	Suite *suite = suite_create("query_history");
	TCase *tests = tcase_create("questions");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_history_shows_steps_signers_and_hashes);
	tcase_add_test(tests, a_notification_belongs_to_the_history_of_those_its_case_names);
	tcase_add_test(tests, a_history_names_the_corrections_of_each_act);
	tcase_add_test(tests, a_history_says_what_is_no_longer_in_force);
	tcase_add_test(tests, pages_of_a_history_join_without_gap);
	tcase_add_loop_test(tests, bad_pages_are_refused, 0, 4);
	tcase_add_test(tests, an_act_is_found_by_its_number_with_its_declaration);
	tcase_add_test(tests, an_act_is_found_by_its_place_in_a_paper_register);
	tcase_add_test(tests, a_case_goes_from_open_to_its_end);
	tcase_add_test(tests, an_unknown_case_is_not_found_and_a_short_id_invalid);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(query_history_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
