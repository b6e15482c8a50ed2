/* Goal: nobody is in two family books, and a book with members has exactly one head (L16); numbers
 * of books are used once (S15); only nationals are in them (L14).
 * Method: three persons of one dwelling through opening, entering, leaving, a new head, a split, a
 * merger and the end; each refused in one respect and then accepted; a household of sixty. */
#include "ledger/person/household.h"

#include "ledger/base/limits.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"
#include "tests/support/register_household.h"

#include <check.h>
#include <stdlib.h>

#define MALE    CIVIL__V1__SEX__SEX_MALE
#define CASE(n) CIVIL__V1__CONTENT__KIND_##n
#define POLICE  "PD.0708"
#define HEAD    1
#define MEMBER  2

static struct reg *reg;
static struct id father;
static struct id son;
static struct id uncle;
static struct id home;
static struct reg_part parts[SUBJECTS_MAX + 1];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	father = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	son = reg_paper_person(reg, MALE, "សុខ", "1999-06-15", "070803");
	uncle = reg_paper_person(reg, MALE, "ដារ៉ា", "1976-06-15", "070803");
	home = reg_reside(reg, &father, "07080301", "2020-02-10");
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

/* Who takes part: the head (NULL: none) and the members, ended by NULL. */
static void taking_part(const struct id *head, const struct id *first, const struct id *second)
{
	size_t count = 0;

	if (head != NULL) {
		parts[count++] = (struct reg_part){ ROLE(HEAD), head };
	}
	if (first != NULL) {
		parts[count++] = (struct reg_part){ ROLE(MEMBER), first };
	}
	if (second != NULL) {
		parts[count++] = (struct reg_part){ ROLE(MEMBER), second };
	}
	parts[count] = (struct reg_part){ 0, NULL };
}

static const char *offer(const char *signers, enum kind_id kind, Civil__V1__Content *content)
{
	return reg_act(reg, signers, kind, parts, content);
}

static const char *opens(const char *signers, const char *number, const char *date)
{
	return offer(signers, KIND_FAMILY_BOOK_OPENED,
	             reg_book_opened(reg, parts, number, &home, date));
}

static const char *adds(const char *number, const char *date)
{
	return offer(POLICE, KIND_FAMILY_BOOK_MEMBER_ADDED,
	             reg_book_added(reg, parts, number, date));
}

static const char *removes(const char *number, const char *date)
{
	return offer(POLICE, KIND_FAMILY_BOOK_MEMBER_REMOVED, reg_book_removed(reg, number, date));
}

static const char *heads(const char *number, const char *date)
{
	return offer(POLICE, KIND_FAMILY_BOOK_HEAD_CHANGED,
	             reg_book_headed(reg, parts, number, date));
}

static const char *splits(const char *number, const char *into, const char *date)
{
	const struct reg_books books = { .number = number, .into = into, .unit = &home };

	return offer(POLICE, KIND_FAMILY_BOOK_SPLIT, reg_book_split(reg, parts, &books, date));
}

static const char *replaces(const char *number, const char *into, const char *date)
{
	const struct reg_books books = { .number = number, .into = into, .unit = &home };

	return offer(POLICE, KIND_FAMILY_BOOK_REPLACED,
	             reg_book_replaced(reg, parts, &books, date));
}

static const char *merges(const char *first, const char *second, const char *into, const char *date)
{
	const struct reg_books books = { first, second, into, &home };

	return offer(POLICE, KIND_FAMILY_BOOK_MERGED, reg_book_merged(reg, parts, &books, date));
}

static const char *closes(const char *number, const char *date)
{
	return offer(POLICE, KIND_FAMILY_BOOK_CLOSED, reg_book_closed(reg, number, date));
}

static const Civil__V1__PersonFamilyBook *book(const struct id *person, const char *date)
{
	return reg_state_at(reg, person, date, UINT64_MAX)->family_book;
}

static void ck_assert_book(const struct id *person, const char *date, const char *number, int part)
{
	const Civil__V1__PersonFamilyBook *found = book(person, date);

	ck_assert_ptr_nonnull(found);
	ck_assert_str_eq(found->book_number, number);
	ck_assert_int_eq(found->head, part == HEAD);
	ck_assert_str_eq(found->relation, part == HEAD ? "" : "child");
}

/* Father and son in book FB-1 since the 1st of June. */
static void open_first(void)
{
	taking_part(&father, &son, NULL);
	ck_assert_str_eq(opens(POLICE, "FB-1", "2026-06-01"), "");
}

START_TEST(a_book_is_opened_by_the_police_of_the_district_of_the_dwelling)
{
	taking_part(&father, &son, NULL);
	ck_assert_str_eq(opens("PD.1401", "FB-1", "2026-06-01"), "S03");
	ck_assert_str_eq(opens("PC.070803", "FB-1", "2026-06-01"), "S02");
	open_first();
	ck_assert_book(&father, "2026-06-01", "FB-1", HEAD);
	ck_assert_book(&son, "2026-06-01", "FB-1", MEMBER);
	ck_assert_ptr_null(book(&son, "2026-05-31"));
	taking_part(&uncle, NULL, NULL);
	ck_assert_str_eq(opens(POLICE, "FB-1", "2026-06-01"), "S15");
	home = uncle; /* no dwelling */
	ck_assert_str_eq(opens(POLICE, "FB-2", "2026-06-01"), "L16");
}
END_TEST

START_TEST(nobody_enters_a_second_book)
{
	open_first();
	taking_part(&uncle, &son, NULL);
	ck_assert_str_eq(opens(POLICE, "FB-2", "2026-06-02"), "L16");
	taking_part(&uncle, NULL, NULL);
	ck_assert_str_eq(opens(POLICE, "FB-2", "2026-06-02"), "");
	taking_part(NULL, &son, NULL);
	ck_assert_str_eq(adds("FB-2", "2026-06-03"), "L16");
	ck_assert_str_eq(removes("FB-2", "2026-06-03"), "L16");
	ck_assert_str_eq(removes("FB-1", "2026-06-03"), "");
	ck_assert_str_eq(adds("FB-3", "2026-06-03"), "L16");
	ck_assert_str_eq(adds("FB-2", "2026-06-03"), "");
	ck_assert_book(&son, "2026-06-03", "FB-2", MEMBER);
	ck_assert_uint_eq(reg_state_at(reg, &son, "2026-06-03", UINT64_MAX)->n_former_family_books,
	                  1);
}
END_TEST

START_TEST(a_second_officer_of_the_police_lets_it_pass)
{
	open_first();
	ck_assert_str_eq(reg_enrol(reg, "G1+G2", "PD2.0708", NULL), "");
	taking_part(&uncle, &son, NULL);
	ck_assert_str_eq(opens(POLICE "+PD2.0708", "FB-2", "2026-06-02"), "");
	ck_assert_book(&son, "2026-06-02", "FB-2", MEMBER);
}
END_TEST

START_TEST(a_foreigner_is_in_no_book)
{
	const struct reg_part holder[] = { { ROLE(HOLDER), &son }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NationalityLost *lost = reg_new(reg, &civil__v1__nationality_lost__descriptor);

	content->kind_case = CASE(NATIONALITY_LOST);
	content->nationality_lost = lost;
	lost->country = reg_text(reg, "KHM");
	lost->basis = reg_text(reg, "decree");
	lost->decree_number = reg_text(reg, "1");
	lost->effective_on = reg_date(reg, "2026-05-01");
	lost->other_nationalities = arena_array(&reg->arena, 1, sizeof(char *));
	lost->other_nationalities[0] = reg_text(reg, "THA");
	lost->n_other_nationalities = 1;
	ck_assert_str_eq(reg_act(reg, "NA.nationality+G1", KIND_NATIONALITY_LOST, holder, content),
	                 "");
	taking_part(&father, &son, NULL);
	ck_assert_str_eq(opens(POLICE, "FB-1", "2026-06-01"), "L14");
	ck_assert_str_eq(opens(POLICE, "FB-1", "2026-04-30"), "");
	taking_part(NULL, &son, NULL);
	ck_assert_str_eq(removes("FB-1", "2026-06-01"), "");
	ck_assert_str_eq(adds("FB-1", "2026-06-02"), "L14");
}
END_TEST

START_TEST(a_head_does_not_leave_members_behind)
{
	open_first();
	taking_part(NULL, &father, NULL);
	ck_assert_str_eq(removes("FB-1", "2026-06-05"), "L16");
	taking_part(&son, NULL, NULL);
	ck_assert_str_eq(heads("FB-1", "2026-06-05"), "L16"); /* and the father? */
	taking_part(&uncle, &father, NULL);
	ck_assert_str_eq(heads("FB-1", "2026-06-05"), "L16");
	taking_part(&son, &father, NULL);
	ck_assert_str_eq(heads("FB-1", "2026-06-05"), "");
	ck_assert_book(&son, "2026-06-05", "FB-1", HEAD);
	ck_assert_book(&father, "2026-06-05", "FB-1", MEMBER);
	ck_assert_book(&father, "2026-06-04", "FB-1", HEAD);
	taking_part(NULL, &father, NULL);
	ck_assert_str_eq(removes("FB-1", "2026-06-06"), "");
	taking_part(NULL, &son, NULL);
	ck_assert_str_eq(removes("FB-1", "2026-06-07"), "");
	ck_assert_ptr_null(book(&son, "2026-06-07"));
}
END_TEST

START_TEST(relations_are_those_of_the_members)
{
	taking_part(&father, NULL, NULL);
	Civil__V1__Content *content = reg_book_opened(reg, parts, "FB-1", &home, "2026-06-01");

	taking_part(&father, &son, NULL);
	ck_assert_str_eq(offer(POLICE, KIND_FAMILY_BOOK_OPENED, content), "S07");
	content = reg_book_opened(reg, parts, "FB-1", &home, "2026-06-01");
	parts[1] = (struct reg_part){ 0, NULL };
	ck_assert_str_eq(offer(POLICE, KIND_FAMILY_BOOK_OPENED, content), "S07");
	parts[1] = (struct reg_part){ ROLE(MEMBER), &uncle };
	ck_assert_str_eq(offer(POLICE, KIND_FAMILY_BOOK_OPENED, content), "S07");
	parts[1] = (struct reg_part){ ROLE(MEMBER), &son };
	ck_assert_str_eq(offer(POLICE, KIND_FAMILY_BOOK_OPENED, content), "");
	taking_part(&father, &son, &uncle);
	content = reg_book_opened(reg, parts, "FB-2", &home, "2026-06-01");
	parts[2].person = &son; /* twice, and the uncle's relation is nobody's */
	ck_assert_str_eq(offer(POLICE, KIND_FAMILY_BOOK_OPENED, content), "S07 S16");
}
END_TEST

static const char *dies(const struct id *person, const struct id *heir)
{
	const struct reg_part all[] = { { ROLE(DECEASED), person },
		                        { heir == NULL ? 0 : ROLE(MEMBER), heir },
		                        { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, all);
	Civil__V1__Content *content = reg_death(reg, "2026-06-15");

	if (heir != NULL) {
		content->death->new_head = reg_bytes(reg, bytes_of_id(heir));
	}
	const char *answer = reg_declare(reg, &c, "K.070803", content);

	return answer[0] != '\0' ? answer : reg_register(reg, &c, "R.070803");
}

START_TEST(a_head_who_dies_leaves_the_book_to_a_member)
{
	open_first();
	ck_assert_str_eq(dies(&father, NULL), "L16");
	ck_assert_str_eq(dies(&father, &uncle), "L16");
	ck_assert_str_eq(dies(&father, &son), "");
	ck_assert_ptr_null(book(&father, "2026-06-15"));
	ck_assert_book(&son, "2026-06-15", "FB-1", HEAD);
	ck_assert_book(&son, "2026-06-14", "FB-1", MEMBER);
	ck_assert_str_eq(dies(&son, NULL), ""); /* nobody is left */
}
END_TEST

START_TEST(who_is_no_head_leaves_no_book_to_anybody)
{
	open_first();
	ck_assert_str_eq(dies(&son, &father), "L16");
	ck_assert_str_eq(dies(&son, NULL), "");
	ck_assert_str_eq(dies(&father, NULL), "");
}
END_TEST

START_TEST(part_of_a_household_takes_a_book_of_its_own)
{
	taking_part(&father, &son, &uncle);
	ck_assert_str_eq(opens(POLICE, "FB-1", "2026-06-01"), "");
	taking_part(&son, &father, NULL);
	ck_assert_str_eq(splits("FB-1", "FB-2", "2026-06-05"), "L16"); /* the head leaves */
	taking_part(&uncle, &son, NULL);
	ck_assert_str_eq(splits("FB-1", "FB-1", "2026-06-05"), "S15");
	ck_assert_str_eq(splits("FB-1", "FB-2", "2026-06-05"), "");
	ck_assert_book(&uncle, "2026-06-05", "FB-2", HEAD);
	ck_assert_book(&son, "2026-06-05", "FB-2", MEMBER);
	ck_assert_book(&father, "2026-06-05", "FB-1", HEAD);
	ck_assert_str_eq(splits("FB-1", "FB-3", "2026-06-06"), "L16");
}
END_TEST

START_TEST(books_become_one_with_all_their_members)
{
	open_first();
	taking_part(&uncle, NULL, NULL);
	ck_assert_str_eq(opens(POLICE, "FB-2", "2026-06-02"), "");
	taking_part(&uncle, &father, NULL);
	ck_assert_str_eq(merges("FB-1", "FB-2", "FB-3", "2026-06-05"), "L16"); /* the son? */
	taking_part(&uncle, &father, &son);
	ck_assert_str_eq(merges("FB-1", "FB-1", "FB-3", "2026-06-05"), "S07");
	ck_assert_str_eq(merges("FB-1", "FB-9", "FB-3", "2026-06-05"), "L16");
	ck_assert_str_eq(merges("FB-1", "FB-2", "FB-2", "2026-06-05"), "S15");
	ck_assert_str_eq(merges("FB-1", "FB-2", "FB-3", "2026-06-05"), "");
	ck_assert_book(&uncle, "2026-06-05", "FB-3", HEAD);
	ck_assert_book(&father, "2026-06-05", "FB-3", MEMBER);
	ck_assert_book(&father, "2026-06-04", "FB-1", HEAD);
	taking_part(NULL, &son, NULL);
	ck_assert_str_eq(removes("FB-1", "2026-06-06"), "L16");
}
END_TEST

START_TEST(a_book_is_replaced_and_closed_with_all_its_members)
{
	open_first();
	taking_part(&father, NULL, NULL);
	ck_assert_str_eq(replaces("FB-1", "FB-2", "2026-06-05"), "L16");
	ck_assert_str_eq(closes("FB-1", "2026-06-05"), "L16");
	taking_part(&father, &son, NULL);
	ck_assert_str_eq(replaces("FB-1", "FB-2", "2026-06-05"), "");
	ck_assert_book(&father, "2026-06-05", "FB-2", HEAD);
	ck_assert_str_eq(closes("FB-1", "2026-06-06"), "L16");
	ck_assert_str_eq(closes("FB-2", "2026-06-06"), "");
	ck_assert_ptr_null(book(&father, "2026-06-06"));
	ck_assert_ptr_null(book(&son, "2026-06-06"));
	taking_part(NULL, &son, NULL);
	ck_assert_str_eq(adds("FB-2", "2026-06-07"), "L16"); /* it has no head */
}
END_TEST

START_TEST(a_household_of_sixty_is_one_book)
{
	struct id members[59];

	taking_part(&father, NULL, NULL);
	ck_assert_str_eq(opens(POLICE, "FB-1", "2026-06-01"), "");
	for (size_t i = 0; i < 59; i++) {
		members[i] = reg_paper_person(reg, MALE, "សុខ", "1999-06-15", "070803");
		reg_on(reg, "2026-06-20");
		taking_part(NULL, &members[i], NULL);
		ck_assert_str_eq(adds("FB-1", "2026-06-02"), "");
	}
	taking_part(NULL, &father, NULL);
	ck_assert_str_eq(removes("FB-1", "2026-06-03"), "L16");
	taking_part(&members[58], &father, NULL);
	ck_assert_str_eq(heads("FB-1", "2026-06-03"), "");
	ck_assert_book(&members[58], "2026-06-03", "FB-1", HEAD);
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S15, RULE_L14, RULE_L16, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("household");
	TCase *tcase = tcase_create("household");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_book_is_opened_by_the_police_of_the_district_of_the_dwelling);
	tcase_add_test(tcase, nobody_enters_a_second_book);
	tcase_add_test(tcase, a_second_officer_of_the_police_lets_it_pass);
	tcase_add_test(tcase, a_foreigner_is_in_no_book);
	tcase_add_test(tcase, a_head_does_not_leave_members_behind);
	tcase_add_test(tcase, relations_are_those_of_the_members);
	tcase_add_test(tcase, a_head_who_dies_leaves_the_book_to_a_member);
	tcase_add_test(tcase, who_is_no_head_leaves_no_book_to_anybody);
	tcase_add_test(tcase, part_of_a_household_takes_a_book_of_its_own);
	tcase_add_test(tcase, books_become_one_with_all_their_members);
	tcase_add_test(tcase, a_book_is_replaced_and_closed_with_all_its_members);
	tcase_add_test(tcase, a_household_of_sixty_is_one_book);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
