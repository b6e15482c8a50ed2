/* Goal: a dwelling and a family book list exactly those who are in them on the day asked about, as
 * known at the position asked about; whose address is hidden is not listed; pages go on where the
 * one before ended.
 * Method: three persons of one dwelling who come, stay, leave and hide; every day before and after;
 * a household of sixty in pages. */
#include "ledger/query/list_household.h"

#include "ledger/event/partial_date.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"
#include "tests/support/register_household.h"

#include <check.h>
#include <stdlib.h>

#define MALE    CIVIL__V1__SEX__SEX_MALE
#define CASE(n) CIVIL__V1__CONTENT__KIND_##n
#define PART(n) CIVIL__V1__HOUSEHOLD_PART__HOUSEHOLD_PART_##n

static struct reg *reg;
static struct ledger_view view;
static bool viewing;
static struct id father;
static struct id son;
static struct id home;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	father = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	son = reg_paper_person(reg, MALE, "សុខ", "1999-06-15", "070803");
	home = reg_reside(reg, &father, "07080301", "2020-02-10");
	reg_on(reg, "2026-06-20");
}

static void close_view(void)
{
	if (viewing) {
		ledger_view_end(&view);
		viewing = false;
	}
}

static void teardown(void)
{
	close_view();
	reg_end(reg);
}

static void open_view(void)
{
	close_view();
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	viewing = true;
}

static int32_t day(const char *date)
{
	int32_t number;

	ck_assert(partial_date_day(&number, reg_date(reg, date)));
	return number;
}

static Civil__V1__ListResidentsRequest asking(const char *date)
{
	Civil__V1__ListResidentsRequest request;

	civil__v1__list_residents_request__init(&request);
	request.unit = reg_bytes(reg, bytes_of_id(&home));
	request.valid = reg_date(reg, date);
	return request;
}

static Civil__V1__ListResidentsResponse *residents(const Civil__V1__ListResidentsRequest *request)
{
	Civil__V1__ListResidentsResponse *response = NULL;

	open_view();
	ck_assert_int_eq(query_list_residents(&view.view, &response, request, day("2026-06-20")),
	                 STATUS_OK);
	return response;
}

static enum status refused(const Civil__V1__ListResidentsRequest *request)
{
	Civil__V1__ListResidentsResponse *response = NULL;

	open_view();
	enum status status =
	        query_list_residents(&view.view, &response, request, day("2026-06-20"));

	ck_assert_ptr_null(response);
	return status;
}

static bool is(const Civil__V1__HouseholdMember *member, const struct id *person)
{
	return bytes_equal(bytes_of(member->person_id.data, member->person_id.len),
	                   bytes_of_id(person));
}

/* The row of a person among the residents on a day; NULL when there is none. */
static const Civil__V1__HouseholdMember *resident(const struct id *person, const char *date)
{
	const Civil__V1__ListResidentsRequest request = asking(date);
	const Civil__V1__ListResidentsResponse *response = residents(&request);

	for (size_t i = 0; i < response->n_members; i++) {
		if (is(response->members[i], person)) {
			return response->members[i];
		}
	}
	return NULL;
}

static void arrives(const struct id *person, const char *date)
{
	const struct reg_part parts[] = { { ROLE(RESIDENT), person }, { 0, NULL } };
	Civil__V1__Content *content = reg_arrival(reg, date, &home, NULL);

	content->residence_arrival->reason = reg_text(reg, "first_entry");
	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_RESIDENCE_ARRIVAL, parts, content), "");
}

static void stays(const struct id *person, const char *from, const char *until)
{
	const struct reg_part parts[] = { { ROLE(RESIDENT), person }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_TEMPORARY_RESIDENCE, parts,
	                         reg_stay(reg, &home, from, until)),
	                 "");
}

static void hides(const struct id *person)
{
	const struct reg_part parts[] = { { ROLE(RESIDENT), person }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "PD.0708", KIND_ADDRESS_PROTECTION_SET, parts,
	                         reg_hidden(reg, "2026-06-10", "2026-06-12")),
	                 "");
}

START_TEST(residents_are_those_of_the_day)
{
	const Civil__V1__HouseholdMember *found;

	arrives(&son, "2026-06-01");
	ck_assert_ptr_null(resident(&son, "2026-05-31"));
	found = resident(&son, "2026-06-01");
	ck_assert_int_eq(found->part, PART(RESIDENT));
	ck_assert_int_eq(found->birth->year, 1999);
	ck_assert_int_eq(found->sex, MALE);
	ck_assert_int_eq(found->from->day, 1);
	ck_assert_ptr_null(found->to);
	ck_assert(!found->leaving);
	ck_assert_ptr_nonnull(resident(&father, "2020-02-10"));
	ck_assert_ptr_null(resident(&father, "2020-02-09"));
}
END_TEST

START_TEST(who_moves_out_is_listed_among_the_former)
{
	const struct reg_part parts[] = { { ROLE(RESIDENT), &father }, { 0, NULL } };
	struct id other = reg_unit(reg, "07080101", "2020-02-10");
	Civil__V1__ListResidentsRequest request = asking("2026-06-10");

	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_RESIDENCE_DEPARTURE, parts,
	                         reg_departure(reg, "2026-06-01", &home, "070801")),
	                 "");
	struct hash release = reg_event(reg);

	ck_assert(resident(&father, "2026-06-01")->leaving);
	ck_assert_str_eq(reg_act(reg, "PC.070801", KIND_RESIDENCE_ARRIVAL, parts,
	                         reg_arrival(reg, "2026-06-05", &other, &release)),
	                 "");
	ck_assert_ptr_null(resident(&father, "2026-06-05"));
	request.former = true;
	const Civil__V1__ListResidentsResponse *response = residents(&request);

	ck_assert_uint_eq(response->n_members, 1);
	ck_assert_int_eq(response->members[0]->to->day, 5);
	ck_assert_str_eq(response->address->code, "07080301");
	ck_assert_ptr_null(response->closed_on);
}
END_TEST

START_TEST(a_stay_ends_with_its_last_day)
{
	stays(&son, "2026-06-01", "2026-06-10");
	ck_assert_int_eq(resident(&son, "2026-06-10")->part, PART(STAYING));
	ck_assert_int_eq(resident(&son, "2026-06-10")->to->day, 10);
	ck_assert_ptr_null(resident(&son, "2026-06-11"));
}
END_TEST

START_TEST(an_earlier_position_knows_less)
{
	Civil__V1__ListResidentsRequest request = asking("2026-06-20");
	uint64_t before = reg_size(reg);

	arrives(&son, "2026-06-01");
	ck_assert_uint_eq(residents(&request)->n_members, 2);
	request.known_case = CIVIL__V1__LIST_RESIDENTS_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = before;
	ck_assert_uint_eq(residents(&request)->n_members, 1);
	ck_assert_uint_eq(residents(&request)->position->known, before);
	request.known_size = reg_size(reg) + 1;
	ck_assert_int_eq(refused(&request), STATUS_OUT_OF_RANGE);
	request.known_size = 3;
	ck_assert_int_eq(refused(&request), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(whose_address_is_hidden_is_as_absent_save_for_a_case)
{
	Civil__V1__ReadContext context;
	Civil__V1__ListResidentsRequest request = asking("2026-06-10");

	hides(&father);
	ck_assert_ptr_nonnull(resident(&father, "2026-06-09"));
	ck_assert_ptr_null(resident(&father, "2026-06-10"));
	ck_assert_ptr_nonnull(resident(&father, "2026-06-13"));
	civil__v1__read_context__init(&context);
	request.context = &context;
	ck_assert_uint_eq(residents(&request)->n_members, 0);
	context.case_reference = reg_text(reg, "warrant 7/2026");
	ck_assert_uint_eq(residents(&request)->n_members, 1);
}
END_TEST

START_TEST(a_request_names_a_unit_and_a_day)
{
	Civil__V1__ListResidentsRequest request = asking("2026-06-20");

	request.unit.len = 15;
	ck_assert_int_eq(refused(&request), STATUS_INVALID);
	request.unit = reg_bytes(reg, bytes_of_id(&son));
	ck_assert_int_eq(refused(&request), STATUS_NOT_FOUND);
	request = asking("2026-06-20");
	request.valid->month = 13;
	ck_assert_int_eq(refused(&request), STATUS_INVALID);
	request = asking("2026-06-20");
	request.page_size = -1;
	ck_assert_int_eq(refused(&request), STATUS_INVALID);
	request = asking("2026-06-20");
	request.page_token = reg_text(reg, "00");
	ck_assert_int_eq(refused(&request), STATUS_INVALID);
}
END_TEST

static Civil__V1__ListBookMembersResponse *members(const Civil__V1__ListBookMembersRequest *request)
{
	Civil__V1__ListBookMembersResponse *response = NULL;

	open_view();
	ck_assert_int_eq(query_list_book_members(&view.view, &response, request, day("2026-06-20")),
	                 STATUS_OK);
	return response;
}

static void opens_book(const char *date)
{
	const struct reg_part parts[] = { { ROLE(HEAD), &father },
		                          { ROLE(MEMBER), &son },
		                          { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "PD.0708", KIND_FAMILY_BOOK_OPENED, parts,
	                         reg_book_opened(reg, parts, "FB-1", &home, date)),
	                 "");
}

START_TEST(a_book_lists_head_and_members_of_the_day)
{
	const struct reg_part leaving[] = { { ROLE(MEMBER), &son }, { 0, NULL } };
	Civil__V1__ListBookMembersRequest request;
	Civil__V1__ListBookMembersResponse *response;

	opens_book("2026-06-01");
	ck_assert_str_eq(reg_act(reg, "PD.0708", KIND_FAMILY_BOOK_MEMBER_REMOVED, leaving,
	                         reg_book_removed(reg, "FB-1", "2026-06-10")),
	                 "");
	civil__v1__list_book_members_request__init(&request);
	request.book_number = reg_text(reg, "FB-1");
	request.valid = reg_date(reg, "2026-05-31");
	ck_assert_uint_eq(members(&request)->n_members, 0);
	request.valid = reg_date(reg, "2026-06-09");
	response = members(&request);
	ck_assert_uint_eq(response->n_members, 2);
	size_t head = is(response->members[0], &father) ? 0 : 1;

	ck_assert_int_eq(response->members[head]->part, PART(HEAD));
	ck_assert_int_eq(response->members[1 - head]->part, PART(MEMBER));
	ck_assert_str_eq(response->members[1 - head]->relation, "child");
	ck_assert_mem_eq(response->unit.data, home.bytes, ID_BYTES);
	ck_assert_str_eq(response->address->code, "07080301");
	request.valid = reg_date(reg, "2026-06-10");
	ck_assert_uint_eq(members(&request)->n_members, 1);
	request.former = true;
	ck_assert_uint_eq(members(&request)->n_members, 2);
}
END_TEST

static void merge(const struct id *survivor, const struct id *absorbed)
{
	const struct reg_part parts[] = { { ROLE(SURVIVOR), survivor },
		                          { ROLE(ABSORBED), absorbed },
		                          { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__MergeWinner *winner = reg_new(reg, &civil__v1__merge_winner__descriptor);

	content->kind_case = CASE(MERGE);
	content->merge = reg_new(reg, &civil__v1__merge__descriptor);
	content->merge->review_file = reg_text(reg, "r-1");
	content->merge->winners = arena_array(&reg->arena, 1, sizeof(winner));
	content->merge->winners[0] = winner;
	content->merge->n_winners = 1;
	winner->group = CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH;
	winner->winner = CIVIL__V1__MERGE_SIDE__MERGE_SIDE_SURVIVOR;
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_MERGE, parts, content), "");
}

START_TEST(two_identities_of_one_person_are_listed_once)
{
	struct id twin = reg_paper_person(reg, MALE, "វុទ្ធី", "1976-06-15", "070803");
	Civil__V1__ListResidentsRequest request = asking("2026-06-20");

	reg_on(reg, "2026-06-20");
	arrives(&twin, "2026-06-01");
	ck_assert_uint_eq(residents(&request)->n_members, 2);
	merge(&father, &twin);
	ck_assert_uint_eq(residents(&request)->n_members, 1);
	ck_assert(is(residents(&request)->members[0], &father));
}
END_TEST

START_TEST(a_request_names_a_book)
{
	Civil__V1__ListBookMembersRequest request;
	Civil__V1__ListBookMembersResponse *response = NULL;

	civil__v1__list_book_members_request__init(&request);
	open_view();
	ck_assert_int_eq(query_list_book_members(&view.view, &response, &request, 20000),
	                 STATUS_INVALID);
	request.book_number = reg_text(reg, "FB-9");
	ck_assert_int_eq(query_list_book_members(&view.view, &response, &request, 20000),
	                 STATUS_NOT_FOUND);
	ck_assert_ptr_null(response);
}
END_TEST

START_TEST(a_household_of_sixty_comes_in_pages)
{
	Civil__V1__ListResidentsRequest request = asking("2026-06-20");
	size_t found = 0;
	size_t pages = 0;

	for (size_t i = 0; i < 59; i++) {
		struct id person = reg_paper_person(reg, MALE, "សុខ", "1999-06-15", "070803");

		reg_on(reg, "2026-06-20");
		arrives(&person, "2026-06-01");
	}
	ck_assert_uint_eq(residents(&request)->n_members, 60);
	request.page_size = 25;
	do {
		const Civil__V1__ListResidentsResponse *page = residents(&request);

		found += page->n_members;
		pages++;
		request.page_token = reg_text(reg, page->next_page_token);
	} while (request.page_token[0] != '\0');
	ck_assert_uint_eq(found, 60);
	ck_assert_uint_eq(pages, 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query_household");
	TCase *tcase = tcase_create("query_household");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, residents_are_those_of_the_day);
	tcase_add_test(tcase, who_moves_out_is_listed_among_the_former);
	tcase_add_test(tcase, a_stay_ends_with_its_last_day);
	tcase_add_test(tcase, an_earlier_position_knows_less);
	tcase_add_test(tcase, whose_address_is_hidden_is_as_absent_save_for_a_case);
	tcase_add_test(tcase, a_request_names_a_unit_and_a_day);
	tcase_add_test(tcase, a_book_lists_head_and_members_of_the_day);
	tcase_add_test(tcase, two_identities_of_one_person_are_listed_once);
	tcase_add_test(tcase, a_request_names_a_book);
	tcase_add_test(tcase, a_household_of_sixty_comes_in_pages);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
