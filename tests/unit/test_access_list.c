/* Goal: a person reads who asked about the person under any of the person's ids, and nothing of
 * others; what law enforcement asked only after 90 days; an auditor reads all, in order, with what
 * is unusual about it; pages join without a gap.
 * Method: a log written by hand beside a register with a merged person; each entry just inside and
 * just outside of what is told.
 */
#include "node/access_list.h"

#include "node/access_log.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"
#include "tests/support/register_household.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define MALE CIVIL__V1__SEX__SEX_MALE

enum { MINUTE_MS = 60000, DAY_MS = 24 * 60 * MINUTE_MS, WATCHED = 30 };

static struct reg *reg;
static struct ledger_view view;
static struct store *store;
static struct store_view *kept;
static struct access_head head;
static struct id person;
static struct id other;
static struct id twin;
static int32_t today;

static void open_views(void)
{
	if (kept != NULL) {
		store_view_end(kept);
		ledger_view_end(&view);
	}
	kept = store_view_begin(store);
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
}

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	head = (struct access_head){ .count = 0 };
	kept = NULL;
	person = reg_paper_person(reg, MALE, "វុទ្ធី", "1976-06-15", "070803");
	other = reg_paper_person(reg, MALE, "សុខា", "1980-01-01", "070803");
	twin = reg_paper_person(reg, MALE, "វុទ្ធី", "1976-06-16", "070803");
	ck_assert(date_parse(&today, "2026-06-21"));
	reg_on(reg, "2026-06-21");
}

static void teardown(void)
{
	store_view_end(kept);
	ledger_view_end(&view);
	store_close(store);
	reg_end(reg);
}

/* An instant in Phnom Penh, `days` before today. */
static int64_t at(int32_t days, int hour, int minute)
{
	return date_instant_of(today - days) + (hour * 60 + minute) * (int64_t)MINUTE_MS;
}

static void keep(const char *caller, int64_t at_ms, const char *purpose, const struct id *first,
                 const struct id *second)
{
	struct id told[2];
	ProtobufCBinaryData persons[2];
	Civil__V1__AccessEntry entry;
	struct access_draft draft = { .entry = &entry, .told = told };
	struct access_draft *drafts[] = { &draft };

	civil__v1__access_entry__init(&entry);
	entry.at_ms = at_ms;
	entry.caller = reg_text(reg, caller);
	entry.purpose = reg_text(reg, purpose);
	entry.person_ids = persons;
	if (first != NULL) {
		told[draft.told_count] = *first;
		draft.told_count++;
	}
	if (second != NULL) {
		told[draft.told_count] = *second;
		draft.told_count++;
	}
	for (size_t i = 0; i < draft.told_count; i++) {
		persons[i] = (ProtobufCBinaryData){ .data = told[i].bytes, .len = ID_BYTES };
	}
	entry.n_person_ids = draft.told_count;
	ck_assert_int_eq(access_log_append(store, &head, drafts, 1), STATUS_OK);
}

static Civil__V1__ListAccessesResponse *list(const struct id *of, int32_t size, const char *token)
{
	Civil__V1__ListAccessesRequest request;
	Civil__V1__ListAccessesResponse *response = NULL;
	struct id copy = *of;

	civil__v1__list_accesses_request__init(&request);
	request.person_case = CIVIL__V1__LIST_ACCESSES_REQUEST__PERSON_PERSON_ID;
	request.person_id = (ProtobufCBinaryData){ .data = copy.bytes, .len = ID_BYTES };
	request.page_size = size;
	request.page_token = reg_text(reg, token);
	ck_assert_int_eq(access_list(&view.view, kept, &response, &request, today), STATUS_OK);
	return response;
}

static enum status audit(Civil__V1__AuditAccessesResponse **out, const char *name, const char *from,
                         const char *to, int32_t size, const char *token)
{
	Civil__V1__AuditAccessesRequest request;

	civil__v1__audit_accesses_request__init(&request);
	request.name = reg_text(reg, name);
	request.from = from == NULL ? NULL : reg_date(reg, from);
	request.to = to == NULL ? NULL : reg_date(reg, to);
	request.page_size = size;
	request.page_token = reg_text(reg, token);
	return access_audit(&view.view, kept, out, &request, today);
}

START_TEST(a_person_reads_who_asked_and_nothing_of_others)
{
	keep("clinic", at(3, 9, 0), "care", &person, &other);
	keep("bank", at(2, 9, 0), "credit", &other, NULL);
	keep("school", at(1, 9, 0), "care", &person, NULL);
	open_views();
	Civil__V1__ListAccessesResponse *response = list(&person, 0, "");
	ck_assert_uint_eq(response->n_entries, 2);
	ck_assert_str_eq(response->entries[0]->caller, "clinic");
	ck_assert_str_eq(response->entries[1]->caller, "school");
	ck_assert_uint_eq(response->entries[0]->n_person_ids, 1);
	ck_assert_mem_eq(response->entries[0]->person_ids[0].data, person.bytes, ID_BYTES);
	ck_assert_uint_eq(response->entries[1]->previous.len, 0);
	ck_assert_uint_eq(response->n_openings, 0);
	ck_assert_uint_eq(list(&other, 0, "")->n_entries, 2);
	ck_assert_uint_eq(list(&twin, 0, "")->n_entries, 0);
}
END_TEST

START_TEST(law_enforcement_is_told_after_ninety_days)
{
	keep("police", at(90, 0, 0) - 1, "law_enforcement", &person, NULL);
	keep("police", at(90, 0, 0), "law_enforcement", &person, NULL);
	keep("police", at(0, 9, 0), "law_enforcement", &person, NULL);
	keep("clinic", at(0, 9, 0), "law_enforcements", &person, NULL);
	open_views();
	Civil__V1__ListAccessesResponse *response = list(&person, 0, "");
	ck_assert_uint_eq(response->n_entries, 2);
	ck_assert_uint_eq(response->entries[0]->index, 0);
	ck_assert_uint_eq(response->entries[1]->index, 3);
}
END_TEST

START_TEST(a_token_of_another_day_tells_no_more) /* loop test: the day in it */
{
	static const char *const days[] = { "ffffffff", "00000000", "80100000" };
	char token[128];

	keep("clinic", at(2, 9, 0), "care", &person, NULL);
	keep("clinic", at(1, 9, 0), "care", &person, NULL);
	keep("police", at(1, 9, 0), "law_enforcement", &person, NULL);
	keep("clinic", at(0, 9, 0), "care", &person, NULL);
	open_views();
	(void)snprintf(token, sizeof(token), "%s", list(&person, 1, "")->next_page_token);
	memcpy(token + 16, days[_i], 8); /* behind the position: ledger/query/page.h */
	Civil__V1__ListAccessesResponse *response = list(&person, 1, token);
	ck_assert_uint_eq(response->n_entries, 1);
	ck_assert_uint_eq(response->entries[0]->index, 1);
	response = list(&person, 1, response->next_page_token);
	ck_assert_uint_eq(response->n_entries, 1);
	ck_assert_uint_eq(response->entries[0]->index, 3);
}
END_TEST

static void merge(const struct id *survivor, const struct id *absorbed)
{
	const struct reg_part parts[] = {
		{ CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SURVIVOR, survivor },
		{ CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_ABSORBED, absorbed },
		{ 0, NULL }
	};
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__MergeWinner *winner = reg_new(reg, &civil__v1__merge_winner__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_MERGE;
	content->merge = reg_new(reg, &civil__v1__merge__descriptor);
	content->merge->review_file = reg_text(reg, "r-1");
	content->merge->winners = arena_array(&reg->arena, 1, sizeof(winner));
	content->merge->winners[0] = winner;
	content->merge->n_winners = 1;
	winner->group = CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH;
	winner->winner = CIVIL__V1__MERGE_SIDE__MERGE_SIDE_SURVIVOR;
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_MERGE, parts, content), "");
}

START_TEST(a_merged_person_reads_what_was_asked_under_either_id)
{
	keep("clinic", at(3, 9, 0), "care", &person, NULL);
	keep("bank", at(2, 9, 0), "credit", &twin, &person);
	keep("school", at(1, 9, 0), "care", &twin, NULL);
	merge(&person, &twin);
	open_views();
	for (int i = 0; i < 2; i++) {
		Civil__V1__ListAccessesResponse *response = list(i == 0 ? &person : &twin, 0, "");

		ck_assert_uint_eq(response->n_entries, 3);
		ck_assert_uint_eq(response->entries[1]->n_person_ids, 2);
	}
}
END_TEST

START_TEST(pages_join_without_a_gap_and_a_token_is_for_its_question) /* loop test: page sizes */
{
	const char *token = "";
	uint64_t seen = 0;

	for (int i = 0; i < 25; i++) {
		keep("clinic", at(1, 9, i), i % 3 == 0 ? "law_enforcement" : "care", &person, NULL);
	}
	open_views();
	for (size_t pages = 0; pages == 0 || token[0] != '\0'; pages++) {
		Civil__V1__ListAccessesResponse *response = list(&person, _i, token);

		ck_assert_uint_lt(pages, 30);
		ck_assert_uint_le(response->n_entries, (size_t)_i);
		for (size_t i = 0; i < response->n_entries; i++) {
			seen += seen % 3 == 0 ? 1 : 0; /* withheld */
			ck_assert_uint_eq(response->entries[i]->index, seen);
			seen++;
		}
		token = response->next_page_token;
		/* what is withheld does not shorten a page, and no page comes for it alone */
		ck_assert_uint_gt(response->n_entries, 0);
		ck_assert(token[0] == '\0' || response->n_entries == (size_t)_i);
	}
	ck_assert_uint_ge(seen, 24);
	token = list(&person, 2, "")->next_page_token;
	Civil__V1__ListAccessesRequest request;
	Civil__V1__ListAccessesResponse *response = NULL;
	civil__v1__list_accesses_request__init(&request);
	request.person_case = CIVIL__V1__LIST_ACCESSES_REQUEST__PERSON_PERSON_ID;
	request.person_id = (ProtobufCBinaryData){ .data = other.bytes, .len = ID_BYTES };
	request.page_token = reg_text(reg, token);
	ck_assert_int_eq(access_list(&view.view, kept, &response, &request, today), STATUS_INVALID);
}
END_TEST

START_TEST(an_auditor_reads_all_in_the_order_of_the_chain)
{
	Civil__V1__AuditAccessesResponse *response = NULL;

	for (int i = 0; i < 7; i++) {
		keep(i % 2 == 0 ? "clinic" : "", at(1, 9, i), "law_enforcement", &person, &other);
	}
	open_views();
	ck_assert_int_eq(audit(&response, "", NULL, NULL, 4, ""), STATUS_OK);
	ck_assert_uint_eq(response->n_accesses, 4);
	ck_assert_uint_eq(response->count, 7);
	ck_assert_mem_eq(response->head.data, head.hash.bytes, HASH_BYTES);
	ck_assert_uint_eq(response->accesses[3]->entry->previous.len, HASH_BYTES);
	ck_assert_uint_eq(response->accesses[3]->entry->n_person_ids, 2);
	const char *token = response->next_page_token;
	ck_assert_int_eq(audit(&response, "", NULL, NULL, 4, token), STATUS_OK);
	ck_assert_uint_eq(response->n_accesses, 3);
	ck_assert_uint_eq(response->accesses[2]->entry->index, 6);
	ck_assert_str_eq(response->next_page_token, "");
	ck_assert_int_eq(audit(&response, "clinic", NULL, NULL, 4, token), STATUS_INVALID);
	ck_assert_int_eq(audit(&response, "", "2026-06-01", NULL, 4, ""), STATUS_INVALID);

	Civil__V1__AuditAccessesRequest request;
	civil__v1__audit_accesses_request__init(&request);
	request.name = reg_text(reg, "clinic");
	request.to = reg_date(reg, "2026-02-28");
	request.to->day = 30;
	ck_assert_int_eq(access_audit(&view.view, kept, &response, &request, today),
	                 STATUS_INVALID);
}
END_TEST

START_TEST(a_period_has_its_first_and_its_last_day)
{
	Civil__V1__AuditAccessesResponse *response = NULL;

	keep("clinic", at(3, 0, 0) - 1, "care", &person, NULL);
	keep("clinic", at(3, 0, 0), "care", &person, NULL);
	keep("clinic", at(2, 23, 59) + MINUTE_MS - 1, "care", &person, NULL);
	keep("clinic", at(1, 0, 0), "care", &person, NULL);
	open_views();
	ck_assert_int_eq(audit(&response, "clinic", "2026-06-18", "2026-06-19", 0, ""), STATUS_OK);
	ck_assert_uint_eq(response->n_accesses, 2);
	ck_assert_uint_eq(response->accesses[0]->entry->index, 1);
	ck_assert_uint_eq(response->accesses[1]->entry->index, 2);
}
END_TEST

START_TEST(w01_what_is_asked_at_night_is_marked)
{
	Civil__V1__AuditAccessesResponse *response = NULL;

	keep("clinic", at(1, 5, 59), "care", &person, NULL);
	keep("clinic", at(1, 6, 0), "care", &person, NULL);
	keep("clinic", at(1, 20, 0), "care", &person, NULL);
	keep("clinic", at(1, 20, 1), "care", &person, NULL);
	open_views();
	ck_assert_int_eq(audit(&response, "clinic", NULL, NULL, 0, ""), STATUS_OK);
	for (size_t i = 0; i < 4; i++) {
		bool night = i == 0 || i == 3;

		ck_assert_uint_eq(response->accesses[i]->n_findings, night ? 1 : 0);
		if (night) {
			ck_assert_str_eq(response->accesses[i]->findings[0], "W01");
		}
	}
}
END_TEST

START_TEST(w02_more_in_an_hour_than_the_law_has_watched_are_marked)
{
	Civil__V1__AuditAccessesResponse *response = NULL;

	for (int i = 0; i <= WATCHED; i++) {
		keep("clinic", at(1, 9, 0) + i, "care", &person, NULL);
		keep("bank", at(1, 9, 0) + i, "care", &person, NULL);
	}
	keep("clinic", at(1, 10, 0) + 2, "care", &person, NULL); /* 28 in the open hour before */
	open_views();
	ck_assert_int_eq(audit(&response, "clinic", NULL, NULL, 0, ""), STATUS_OK);
	ck_assert_uint_eq(response->n_accesses, WATCHED + 2);
	ck_assert_uint_eq(response->accesses[WATCHED - 1]->n_findings, 0);
	ck_assert_uint_eq(response->accesses[WATCHED]->n_findings, 1);
	ck_assert_str_eq(response->accesses[WATCHED]->findings[0], "W02");
	ck_assert_uint_eq(response->accesses[WATCHED + 1]->n_findings, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("access_list");
	TCase *tcase = tcase_create("access_list");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_person_reads_who_asked_and_nothing_of_others);
	tcase_add_test(tcase, law_enforcement_is_told_after_ninety_days);
	tcase_add_loop_test(tcase, a_token_of_another_day_tells_no_more, 0, 3);
	tcase_add_test(tcase, a_merged_person_reads_what_was_asked_under_either_id);
	tcase_add_loop_test(tcase, pages_join_without_a_gap_and_a_token_is_for_its_question, 1, 8);
	tcase_add_test(tcase, an_auditor_reads_all_in_the_order_of_the_chain);
	tcase_add_test(tcase, a_period_has_its_first_and_its_last_day);
	tcase_add_test(tcase, w01_what_is_asked_at_night_is_marked);
	tcase_add_test(tcase, w02_more_in_an_hour_than_the_law_has_watched_are_marked);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
