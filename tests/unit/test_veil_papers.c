/* Goal: what a full adoption seals stays so where papers tell of a child, and where there never was
 * a birth act.
 * Method: extracts of the birth and of its face, a card printed before, a foreigner's child. */
#include "ledger/rules/rule.h"
#include "tests/support/adopted.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define BASIS(name) CIVIL__V1__PARENT_BASIS__PARENT_BASIS_##name
#define FULL        CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_FULL
#define CASE(name)  CIVIL__V1__CONTENT__KIND_##name

static struct adopted ground;
static struct reg *reg;

static void setup(void)
{
	adopted_begin(&ground);
	reg = ground.reg;
}

static void teardown(void)
{
	adopted_end(&ground);
}

static const char *extract(const struct reg_part *about, const struct hash *of, const char *serial)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__CertificateIssued *issued =
	        reg_new(reg, &civil__v1__certificate_issued__descriptor);

	content->kind_case = CASE(CERTIFICATE_ISSUED);
	content->certificate_issued = issued;
	issued->act = reg_bytes(reg, bytes_of_hash(of));
	issued->template_ = CIVIL__V1__CERTIFICATE_TEMPLATE__CERTIFICATE_TEMPLATE_EXTRACT;
	issued->as_of = reg_date(reg, reg->today);
	issued->serial = reg_text(reg, serial);
	issued->rendering_digest = reg_bytes(reg, bytes_of_hash(of));
	issued->collector = reg_text(reg, "the father");
	return reg_act(reg, "R.140101", KIND_CERTIFICATE_ISSUED, about, content);
}

START_TEST(l26_extracts_are_given_of_the_face_and_not_of_what_it_hides)
{
	const struct reg_part seen[] = { { ROLE(CHILD), &ground.child },
		                         { ROLE(MOTHER), &ground.wife },
		                         { ROLE(FATHER), &ground.husband },
		                         { 0, NULL } };
	const struct reg_part born[] = { { ROLE(CHILD), &ground.child },
		                         { ROLE(MOTHER), &ground.mother },
		                         { 0, NULL } };

	ck_assert_str_eq(extract(born, &ground.birth, "x1"), "");
	adopted_by_couple(&ground);
	ck_assert_str_eq(extract(born, &ground.birth, "x2"), "L26");
	ck_assert_str_eq(extract(ground.parts, &ground.act, "x2"), "S16");
	ck_assert_str_eq(extract(seen, &ground.act, "x2"), "");
	adopted_read(&ground, NULL);
	const Civil__V1__PersonState *state =
	        adopted_state(&ground, &ground.child, NULL, ADOPTED_NOW);
	ck_assert_uint_eq(state->n_certificates, 1);
	ck_assert_str_eq(state->certificates[0]->serial, "x2");
	ck_assert_int_eq(state->certificates[0]->status,
	                 CIVIL__V1__CERTIFICATE_STATUS__CERTIFICATE_STATUS_CURRENT);
	adopted_read_end(&ground);
}
END_TEST

START_TEST(a_child_without_a_birth_act_has_parents_by_birth_too)
{
	const struct reg_part created[] = { { ROLE(SUBJECT), NULL }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ForeignerEnrolled *foreigner =
	        reg_new(reg, &civil__v1__foreigner_enrolled__descriptor);

	content->kind_case = CASE(FOREIGNER_ENROLLED);
	content->foreigner_enrolled = foreigner;
	foreigner->person = reg_new(reg, &civil__v1__new_person__descriptor);
	foreigner->person->role = ROLE(SUBJECT);
	foreigner->person->name = reg_name(reg, "លី", "Linh");
	foreigner->person->sex = CIVIL__V1__SEX__SEX_FEMALE;
	foreigner->person->birth = reg_partial(reg, "2019-01-01");
	foreigner->nationalities = arena_array(&reg->arena, 1, sizeof(char *));
	foreigner->nationalities[0] = reg_text(reg, "VNM");
	foreigner->n_nationalities = 1;
	foreigner->passport_number = reg_text(reg, "N1");
	foreigner->country = reg_text(reg, "VNM");
	foreigner->address = reg_address(reg, "07080301", "KH-2014");
	foreigner->date = reg_date(reg, reg->today);
	ck_assert_str_eq(
	        reg_act(reg, "IM.immigration+R.070803", KIND_FOREIGNER_ENROLLED, created, content),
	        "");
	struct id linh = reg_created(reg);

	ground.parts[0].person = &linh;
	(void)reg_adopted(reg, FULL, ground.parts, "វិសាល");
	adopted_read(&ground, NULL);
	const Civil__V1__PersonState *state = adopted_state(&ground, &linh, NULL, ADOPTED_NOW);
	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_int_eq(state->parents[0]->basis, BASIS(BIRTH));
	ck_assert_uint_eq(state->parents[0]->act.len, 0);
	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert(!adopted_tells(&ground, &linh, "adoption"));
	ck_assert(adopted_has_child(&ground, &ground.wife, &linh, ADOPTED_NOW));
	adopted_read_end(&ground);
}
END_TEST

START_TEST(an_older_card_tells_no_earlier_name)
{
	Civil__V1__Content *content;
	struct hash decision;

	reg_on(reg, "2036-02-02");
	(void)reg_card(reg, &ground.child, "C1", "2036-02-02");
	decision = reg_decided_for(reg, "adoption", ground.parts, NULL);
	content = reg_adoption(reg, FULL, &decision);
	content->adoption->new_name = reg_name(reg, "វិសាល", "Visal");
	content->adoption->consents = arena_array(&reg->arena, 1, sizeof(void *));
	content->adoption->consents[0] = reg_new(reg, &civil__v1__adoption_consent__descriptor);
	content->adoption->n_consents = 1;
	content->adoption->consents[0]->role = ROLE(CHILD);
	content->adoption->consents[0]->date = reg_date(reg, reg->today);
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_ADOPTION, ground.parts, content), "");
	ck_assert_uint_eq(reg_state(reg, &ground.child)->n_inconsistencies, 1);
	adopted_read(&ground, NULL);
	const Civil__V1__PersonState *state =
	        adopted_state(&ground, &ground.child, NULL, ADOPTED_NOW);
	ck_assert_uint_eq(state->n_documents, 1);
	ck_assert_uint_eq(state->n_inconsistencies, 0);
	adopted_read_end(&ground);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("veil_papers");
	TCase *tcase = tcase_create("veil_papers");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l26_extracts_are_given_of_the_face_and_not_of_what_it_hides);
	tcase_add_test(tcase, a_child_without_a_birth_act_has_parents_by_birth_too);
	tcase_add_test(tcase, an_older_card_tells_no_earlier_name);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
