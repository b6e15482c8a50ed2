/* Goal: cards, passports and permits go through the same verbs, each signed by its own office and
 * guarded by its own rules; L25.
 * Method: each verb of each class over one national and one foreigner; ordinary passports and
 * those for a duty; the same number in two classes. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FEMALE       CIVIL__V1__SEX__SEX_FEMALE
#define MALE         CIVIL__V1__SEX__SEX_MALE
#define STATUS(name) CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_##name

/* One class: its kinds in the order of `verbs` below, who signs, who may not. */
struct document_class {
	const char *name;
	const char *issuer;
	const char *stranger;
	enum kind_id first; /* applied; the other verbs follow in the same order in each class */
};

static const struct document_class classes[] = {
	{ "id_card", "IC.id-cards", "PP.passports", KIND_ID_CARD_APPLIED },
	{ "passport", "PP.passports", "IM.immigration", KIND_PASSPORT_APPLIED },
	{ "permit", "IM.immigration", "IC.id-cards", KIND_PERMIT_APPLIED },
};
enum { ID_CARD, PASSPORT, PERMIT, CLASSES };

static struct reg *reg;
static struct id man;
static struct id guest;
static struct reg_part holder[2];

static struct id paper_guest(void)
{
	struct hash paper = reg_paper(reg, "070803");
	const struct reg_part child[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	Civil__V1__Content *content = reg_linked(reg, &paper);

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = reg_birth(reg, "ភ្ញៀវ", "1990-01-01")->birth;
	content->legacy_linked->birth->nationality_at_birth[0]->country = reg_text(reg, "VNM");
	reg_mother_told(reg, content->legacy_linked->birth, "1960");
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, child, content), "");
	struct id person = reg_created(reg);
	const struct reg_part numbered[] = { { ROLE(HOLDER), &person }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_NUMBER_ALLOCATED, numbered,
	                         reg_number(reg, "070803", "KH-2014")),
	                 "");
	return person;
}

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	guest = paper_guest();
	reg_on(reg, "2026-06-01");
}

static void teardown(void)
{
	reg_end(reg);
}

/* The kind of a verb in a class: the verbs stand in the same order in each. */
static enum kind_id kind(int which, enum kind_id card)
{
	return (enum kind_id)((int)classes[which].first + (int)card - (int)KIND_ID_CARD_APPLIED);
}

static const char *act(int which, const char *signer, enum kind_id card,
                       Civil__V1__Content *content)
{
	holder[0] = (struct reg_part){ ROLE(HOLDER), which == PERMIT ? &guest : &man };
	return reg_act(reg, signer, kind(which, card), holder, content);
}

static const char *verb(int which, const char *signer, enum kind_id card, const char *number)
{
	return act(which, signer, card,
	           reg_card_verb(reg, kind(which, card), number, "2026-06-01"));
}

static struct hash applied(int which, const char *sort)
{
	Civil__V1__Content *content = reg_card_applied(reg, "2026-06-01");

	content->document_applied->sort = reg_text(reg, sort);
	ck_assert_str_eq(act(which, classes[which].issuer, KIND_ID_CARD_APPLIED, content), "");
	return reg_event(reg);
}

static Civil__V1__Content *issue(int which, const struct hash *application, const char *number)
{
	const struct id *person = which == PERMIT ? &guest : &man;
	Civil__V1__Content *content =
	        reg_card_issued(reg, person, application, number, "2026-06-01");

	if (which == PERMIT) {
		content->document_issued->snapshot->nationality = reg_text(reg, "VNM");
	}
	return content;
}

static const char *issued(int which, const char *sort, const char *number)
{
	struct hash application = applied(which, sort);

	return act(which, classes[which].issuer, KIND_ID_CARD_ISSUED,
	           issue(which, &application, number));
}

static Civil__V1__DocumentStatus status_of(int which, const char *number)
{
	const Civil__V1__PersonState *state = reg_state(reg, which == PERMIT ? &guest : &man);

	for (size_t i = 0; i < state->n_documents; i++) {
		if (strcmp(state->documents[i]->document_class, classes[which].name) == 0 &&
		    strcmp(state->documents[i]->number, number) == 0) {
			return state->documents[i]->status;
		}
	}
	return STATUS(UNSPECIFIED);
}

/* A document's life, each verb and what it makes of the document. */
static const struct {
	enum kind_id card;
	Civil__V1__DocumentStatus status;
} life[] = {
	{ KIND_ID_CARD_DELIVERED, STATUS(DELIVERED) },
	{ KIND_ID_CARD_LOST, STATUS(LOST) },
	{ KIND_ID_CARD_FOUND, STATUS(FOUND) },
	{ KIND_ID_CARD_SUSPENDED, STATUS(SUSPENDED) },
	{ KIND_ID_CARD_RESUMED, STATUS(LIVE) },
	{ KIND_ID_CARD_STOLEN, STATUS(STOLEN) },
	{ KIND_ID_CARD_REVOKED, STATUS(REVOKED) },
};

START_TEST(each_class_goes_through_all_verbs_at_its_own_office)
{
	const struct document_class *class = &classes[_i];

	ck_assert_str_eq(issued(_i, "ordinary", "N1"), "");
	for (size_t v = 0; v < sizeof(life) / sizeof(life[0]); v++) {
		ck_assert_str_eq(verb(_i, class->stranger, life[v].card, "N1"), "S02");
		ck_assert_str_eq(verb(_i, class->issuer, life[v].card, "N1"), "");
		ck_assert_int_eq(status_of(_i, "N1"), life[v].status);
	}
	ck_assert_str_eq(verb(_i, class->issuer, KIND_ID_CARD_DELIVERED, "N1"), "S14");
}
END_TEST

START_TEST(each_class_is_renewed_and_replaced)
{
	const char *issuer = classes[_i].issuer;

	ck_assert_str_eq(issued(_i, "ordinary", "N1"), "");
	for (int round = 0; round < 2; round++) {
		struct hash application = applied(_i, "ordinary");
		Civil__V1__DocumentIssued *next =
		        issue(_i, &application, round == 0 ? "N2" : "N3")->document_issued;
		Civil__V1__Content *content = reg_content(reg);

		if (round == 0) {
			content->kind_case = CIVIL__V1__CONTENT__KIND_DOCUMENT_RENEWED;
			content->document_renewed =
			        reg_new(reg, &civil__v1__document_renewed__descriptor);
			content->document_renewed->issue = next;
			content->document_renewed->replaces = reg_text(reg, "N1");
			content->document_renewed->reason = reg_text(reg, "renewal");
		} else {
			content->kind_case = CIVIL__V1__CONTENT__KIND_DOCUMENT_REPLACED;
			content->document_replaced =
			        reg_new(reg, &civil__v1__document_replaced__descriptor);
			content->document_replaced->issue = next;
			content->document_replaced->replaces = reg_text(reg, "N2");
			content->document_replaced->reason = reg_text(reg, "damaged");
		}
		ck_assert_str_eq(act(_i, issuer,
		                     round == 0 ? KIND_ID_CARD_RENEWED : KIND_ID_CARD_REPLACED,
		                     content),
		                 "");
	}
	ck_assert_int_eq(status_of(_i, "N1"), STATUS(REPLACED));
	ck_assert_int_eq(status_of(_i, "N2"), STATUS(REPLACED));
	ck_assert_int_eq(status_of(_i, "N3"), STATUS(LIVE));
}
END_TEST

START_TEST(one_number_may_be_that_of_two_classes)
{
	ck_assert_str_eq(issued(ID_CARD, "ordinary", "N1"), "");
	ck_assert_str_eq(verb(PASSPORT, "PP.passports", KIND_ID_CARD_LOST, "N1"), "S12");
	ck_assert_str_eq(issued(PASSPORT, "ordinary", "N1"), "");
	ck_assert_str_eq(verb(PASSPORT, "PP.passports", KIND_ID_CARD_LOST, "N1"), "");
	ck_assert_int_eq(status_of(ID_CARD, "N1"), STATUS(LIVE));
	ck_assert_int_eq(status_of(PASSPORT, "N1"), STATUS(LOST));
}
END_TEST

START_TEST(an_application_is_of_the_class_that_is_issued)
{
	struct hash card = applied(ID_CARD, "ordinary");

	ck_assert_str_eq(
	        act(PASSPORT, "PP.passports", KIND_ID_CARD_ISSUED, issue(PASSPORT, &card, "P1")),
	        "S12");
}
END_TEST

START_TEST(l12_a_person_has_one_ordinary_passport)
{
	ck_assert_str_eq(issued(PASSPORT, "ordinary", "P1"), "");
	ck_assert_str_eq(issued(PASSPORT, "ordinary", "P2"), "L12");
	ck_assert_str_eq(issued(PASSPORT, "service", "P2"), "");
	ck_assert_str_eq(issued(PASSPORT, "service", "P3"), "");
	ck_assert_str_eq(issued(ID_CARD, "ordinary", "C1"), "");
	ck_assert_str_eq(issued(PERMIT, "visa", "V1"), "");
	ck_assert_str_eq(issued(PERMIT, "visa", "V2"), "");
}
END_TEST

START_TEST(l13_a_passport_has_no_age)
{
	struct id child = reg_paper_person(reg, FEMALE, "ក្មេង", "2019-06-02", "070803");

	man = child;
	ck_assert_str_eq(issued(PASSPORT, "ordinary", "P1"), "");
	ck_assert_str_eq(act(ID_CARD, "IC.id-cards", KIND_ID_CARD_APPLIED,
	                     reg_card_applied(reg, "2026-06-01")),
	                 "L13");
}
END_TEST

START_TEST(l14_a_passport_is_for_nationals)
{
	man = guest;
	ck_assert_str_eq(act(PASSPORT, "PP.passports", KIND_ID_CARD_APPLIED,
	                     reg_card_applied(reg, "2026-06-01")),
	                 "L14");
}
END_TEST

START_TEST(l25_a_permit_is_for_who_is_no_national)
{
	Civil__V1__Content *content = reg_card_applied(reg, "2026-06-01");
	struct id foreigner = guest;

	guest = man;
	ck_assert_str_eq(act(PERMIT, "IM.immigration", KIND_ID_CARD_APPLIED, content), "L25");
	reg_override(reg, content, "L25");
	ck_assert_str_eq(
	        act(PERMIT, "IM.immigration+IM2.immigration", KIND_ID_CARD_APPLIED, content),
	        "L25");
	guest = foreigner;
	ck_assert_str_eq(act(PERMIT, "IM.immigration", KIND_ID_CARD_APPLIED,
	                     reg_card_applied(reg, "2026-06-01")),
	                 "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L25, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("passport");
	TCase *tcase = tcase_create("passport");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, each_class_goes_through_all_verbs_at_its_own_office, 0, CLASSES);
	tcase_add_loop_test(tcase, each_class_is_renewed_and_replaced, 0, CLASSES);
	tcase_add_test(tcase, one_number_may_be_that_of_two_classes);
	tcase_add_test(tcase, an_application_is_of_the_class_that_is_issued);
	tcase_add_test(tcase, l12_a_person_has_one_ordinary_passport);
	tcase_add_test(tcase, l13_a_passport_has_no_age);
	tcase_add_test(tcase, l14_a_passport_is_for_nationals);
	tcase_add_test(tcase, l25_a_permit_is_for_who_is_no_national);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
