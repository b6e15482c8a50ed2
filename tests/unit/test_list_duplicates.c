/* Goal: an office lists the pairs that it has to settle, as of a position, and no others.
 * Method: pairs raised in two provinces, cleared and merged; asked by the raiser, its district, its
 * province, another one and the nation, page by page. */
#include "ledger/query/list_duplicates.h"

#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MALE CIVIL__V1__SEX__SEX_MALE
enum { TODAY = 20605 }; /* 2026-06-01 */

static struct reg *reg;
static struct id first;
static struct id second;
static struct id third;
static struct ledger_view view;
static struct view asked_view;
static char *token;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	first = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	second = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	third = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "140101");
	reg_on(reg, "2026-06-01");
	token = NULL;
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *pair_act(const char *signer, enum kind_id kind, const struct id *a,
                            const struct id *b)
{
	const struct reg_part parts[] = { { ROLE(SUBJECT), a }, { ROLE(SUBJECT), b }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);

	if (kind == KIND_DUPLICATE_SUSPECTED) {
		Civil__V1__DuplicateSuspected *act =
		        reg_new(reg, &civil__v1__duplicate_suspected__descriptor);

		content->kind_case = CIVIL__V1__CONTENT__KIND_DUPLICATE_SUSPECTED;
		content->duplicate_suspected = act;
		act->score = 90;
		act->rule = reg_text(reg, "p05");
		act->fields = arena_array(&reg->arena, 1, sizeof(*act->fields));
		act->fields[0] = reg_text(reg, "name");
		act->n_fields = 1;
		act->date = reg_date(reg, reg->today);
	} else {
		content->kind_case = CIVIL__V1__CONTENT__KIND_DUPLICATE_CLEARED;
		content->duplicate_cleared =
		        reg_new(reg, &civil__v1__duplicate_cleared__descriptor);
		content->duplicate_cleared->reason = reg_text(reg, "brothers");
		content->duplicate_cleared->date = reg_date(reg, reg->today);
	}
	return reg_act(reg, signer, kind, parts, content);
}

static void suspect(const char *signer, const struct id *a, const struct id *b)
{
	ck_assert_str_eq(pair_act(signer, KIND_DUPLICATE_SUSPECTED, a, b), "");
}

/* The answer; its status when there is none. Lives until the next question. */
static enum status ask(Civil__V1__ListDuplicatesResponse **out, const char *office, uint64_t known,
                       int32_t page_size)
{
	Civil__V1__ListDuplicatesRequest request;

	civil__v1__list_duplicates_request__init(&request);
	request.office_id = reg_text(reg, office);
	request.page_size = page_size;
	if (token != NULL) {
		request.page_token = token;
	}
	if (known > 0) {
		request.known_case = CIVIL__V1__LIST_DUPLICATES_REQUEST__KNOWN_KNOWN_SIZE;
		request.known_size = known;
	}
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	asked_view = view.view;
	asked_view.arena = &reg->arena;
	enum status status = query_list_duplicates(&asked_view, out, &request, TODAY);
	ledger_view_end(&view);
	return status;
}

static size_t pairs_of(const char *office, uint64_t known)
{
	Civil__V1__ListDuplicatesResponse *response;

	ck_assert_int_eq(ask(&response, office, known, 0), STATUS_OK);
	return response->n_pairs;
}

START_TEST(a_pair_is_seen_where_it_was_raised_and_above)
{
	Civil__V1__ListDuplicatesResponse *response;

	ck_assert_uint_eq(pairs_of("0708", 0), 0);
	suspect("R.070803", &first, &second);
	suspect("V.1401", &first, &third);
	ck_assert_uint_eq(pairs_of("070803", 0), 1);
	ck_assert_uint_eq(pairs_of("0708", 0), 1);
	ck_assert_uint_eq(pairs_of("07", 0), 1);
	ck_assert_uint_eq(pairs_of("070801", 0), 0);
	ck_assert_uint_eq(pairs_of("14", 0), 1);
	ck_assert_uint_eq(pairs_of("140101", 0), 0);
	ck_assert_uint_eq(pairs_of("nat-registry", 0), 2);
	ck_assert_int_eq(ask(&response, "0708", 0, 0), STATUS_OK);
	ck_assert_str_eq(response->pairs[0]->office_id, "070803");
	ck_assert_int_eq(response->pairs[0]->score, 90);
	ck_assert_str_eq(response->pairs[0]->fields[0], "name");
	ck_assert_mem_eq(response->pairs[0]->person_ids[0].data, first.bytes, ID_BYTES);
	ck_assert_mem_eq(response->pairs[0]->person_ids[1].data, second.bytes, ID_BYTES);
	ck_assert_uint_eq(response->pairs[0]->index + 2, reg_size(reg));
}
END_TEST

START_TEST(a_cleared_pair_is_left_out_but_was_known)
{
	suspect("V.0708", &first, &second);
	const uint64_t before = reg_size(reg);

	ck_assert_str_eq(pair_act("V2.0708", KIND_DUPLICATE_CLEARED, &first, &second), "");
	ck_assert_uint_eq(pairs_of("0708", 0), 0);
	ck_assert_uint_eq(pairs_of("0708", before), 1);
	ck_assert_uint_eq(pairs_of("0708", before - 1), 0);
}
END_TEST

START_TEST(pages_follow_each_other)
{
	Civil__V1__ListDuplicatesResponse *response;

	suspect("V.0708", &first, &second);
	suspect("V.0708", &first, &third);
	ck_assert_int_eq(ask(&response, "0708", 0, 1), STATUS_OK);
	ck_assert_uint_eq(response->n_pairs, 1);
	token = response->next_page_token;
	ck_assert_str_ne(token, "");
	suspect("V.0708", &second, &third); /* after the first page: no part of this list */
	ck_assert_int_eq(ask(&response, "0708", 0, 1), STATUS_OK);
	ck_assert_uint_eq(response->n_pairs, 1);
	ck_assert_mem_eq(response->pairs[0]->person_ids[1].data, third.bytes, ID_BYTES);
	ck_assert_str_eq(response->next_page_token, "");
}
END_TEST

START_TEST(what_is_asked_wrongly_has_its_status)
{
	Civil__V1__ListDuplicatesResponse *response;

	ck_assert_int_eq(ask(&response, "nowhere", 0, 0), STATUS_NOT_FOUND);
	ck_assert_int_eq(ask(&response, "0708", reg_size(reg) + 1, 0), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(ask(&response, "0708", 0, -1), STATUS_INVALID);
	token = reg_text(reg, "00");
	ck_assert_int_eq(ask(&response, "0708", 0, 0), STATUS_INVALID);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("list_duplicates");
	TCase *tcase = tcase_create("list_duplicates");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_pair_is_seen_where_it_was_raised_and_above);
	tcase_add_test(tcase, a_cleared_pair_is_left_out_but_was_known);
	tcase_add_test(tcase, pages_follow_each_other);
	tcase_add_test(tcase, what_is_asked_wrongly_has_its_status);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
