/* Goal: a full adoption looks like a birth to whoever may not know of it, on every day and at every
 * position, while rules and warranted readers see all of it.
 * Method: a child adopted under another name; states, histories and numbers put by readers with and
 * without the warrant; certificates; a second adoption, the end of one, a child without a birth. */
#include "ledger/person/veil.h"

#include "ledger/person/state.h"
#include "ledger/query/get_history.h"
#include "ledger/rules/rule.h"
#include "ledger/sealing.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_filiation.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FEMALE      CIVIL__V1__SEX__SEX_FEMALE
#define MALE        CIVIL__V1__SEX__SEX_MALE
#define NOW         UINT64_MAX
#define BASIS(name) CIVIL__V1__PARENT_BASIS__PARENT_BASIS_##name
#define FULL        CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_FULL
#define SIMPLE      CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_SIMPLE
#define CASE(name)  CIVIL__V1__CONTENT__KIND_##name

static struct reg *reg;
static struct id mother;
static struct id sister;
static struct id wife;
static struct id husband;
static struct id child;
static struct hash birth;
static uint64_t before; /* size just before the adoption: its index */
static struct hash act;
static struct reg_part parts[4];

static struct ledger_view view;
static struct reader reader;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1999-09-09", "070803");
	wife = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1988-08-08", "140101");
	husband = reg_paper_person(reg, MALE, "វុទ្ធី", "1986-06-06", "140101");
	(void)reg_reside(reg, &mother, "07080301", "2020-02-10");
	child = reg_born(reg, "ពិសិដ្ឋ", "2020-06-06", &mother, NULL);
	birth = reg_event(reg);
	sister = reg_born(reg, "សុភា", "2021-09-09", &mother, NULL);
	parts[0] = (struct reg_part){ ROLE(CHILD), &child };
	parts[1] = (struct reg_part){ ROLE(ADOPTER_A), &wife };
	parts[2] = (struct reg_part){ ROLE(ADOPTER_B), &husband };
	parts[3] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2026-02-02");
}

static void teardown(void)
{
	reg_end(reg);
}

static void adopt(void)
{
	act = reg_adopted(reg, FULL, parts, "វិសាល");
	before = reg_size(reg) - 1;
}

static bool is_investigator(const void *context, const char *name)
{
	(void)context;
	return strcmp(name, "investigator") == 0;
}

/* Begins reading; NULL: a reader who names no warrant. */
static void read_under(const char *warrant)
{
	int32_t today;

	ck_assert(date_parse(&today, reg->today));
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	reader = (struct reader){ .today = today,
		                  .warrant = warrant == NULL ? "" : warrant,
		                  .is_called = is_investigator };
	ck_assert_int_eq(reader_begin(&reader, &view.view), STATUS_OK);
	view.view.reader = &reader;
}

/* State on a day (NULL: all days) as known at a size; NULL when there is none. */
static const Civil__V1__PersonState *read_at(const struct id *person, const char *day,
                                             uint64_t size)
{
	struct view at = view.view;
	int32_t valid = STATE_VALID_ALL;
	Civil__V1__PersonState *state;

	if (size != NOW) {
		at.size = size;
	}
	ck_assert(day == NULL || date_parse(&valid, day));
	enum status status = state_at(&at, &state, person, valid);
	if (status == STATUS_NOT_FOUND) {
		return NULL;
	}
	ck_assert_int_eq(status, STATUS_OK);
	return state;
}

static bool history_tells(const struct id *person, const char *kind)
{
	Civil__V1__GetHistoryRequest request;
	Civil__V1__GetHistoryResponse *response;

	civil__v1__get_history_request__init(&request);
	request.person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	request.person_id = reg_bytes(reg, bytes_of_id(person));
	ck_assert_int_eq(query_get_history(&view.view, &response, &request, reader.today),
	                 STATUS_OK);
	for (size_t i = 0; i < response->n_entries; i++) {
		if (strcmp(response->entries[i]->kind, kind) == 0) {
			return true;
		}
	}
	return false;
}

static bool has_child(const struct id *parent, const struct id *of, uint64_t size)
{
	const Civil__V1__PersonState *state = read_at(parent, NULL, size);

	for (size_t i = 0; i < state->n_children; i++) {
		if (memcmp(state->children[i]->person_id.data, of->bytes, ID_BYTES) == 0) {
			return true;
		}
	}
	return false;
}

/* Wife and husband, by birth, whoever else there was. */
static void ck_assert_veiled(const char *day, uint64_t size)
{
	const Civil__V1__PersonState *state = read_at(&child, day, size);

	ck_assert_ptr_nonnull(state);
	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_mem_eq(state->parents[0]->person_id.data, wife.bytes, ID_BYTES);
	ck_assert_mem_eq(state->parents[1]->person_id.data, husband.bytes, ID_BYTES);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_int_eq(state->parents[i]->basis, BASIS(BIRTH));
		ck_assert_uint_eq(state->parents[i]->act.len, 0);
		ck_assert_uint_eq(state->parents[i]->provenance->source, before);
	}
	ck_assert_int_eq(state->parents[0]->role, ROLE(MOTHER));
	ck_assert_int_eq(state->parents[1]->role, ROLE(FATHER));
	ck_assert_uint_eq(state->n_former_parents, 0);
	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert_mem_eq(state->birth->act.data, act.bytes, HASH_BYTES);
	ck_assert_ptr_null(state->birth->registration_number);
	ck_assert_uint_eq(state->birth->provenance->source, before);
	ck_assert_uint_eq(state->n_numbers, 1);
	ck_assert_uint_eq(state->numbers[0]->provenance->source, before);
}

static void ck_assert_real(void)
{
	const Civil__V1__PersonState *state = read_at(&child, NULL, NOW);

	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_int_eq(state->parents[0]->basis, BASIS(ADOPTIVE_FULL));
	ck_assert_uint_eq(state->n_former_parents, 1);
	ck_assert_uint_eq(state->n_names, 2);
	ck_assert_mem_eq(state->birth->act.data, birth.bytes, HASH_BYTES);
}

START_TEST(an_adopted_child_was_born_to_the_adopters)
{
	struct stored_record record;

	adopt();
	read_under(NULL);
	ck_assert_veiled(NULL, NOW);
	ck_assert_veiled("2021-01-01", NOW);
	ck_assert_veiled("2026-02-02", before);
	ck_assert_veiled("2021-01-01", before);
	ck_assert_ptr_null(read_at(&child, "2020-06-05", NOW));
	ck_assert_int_eq(view_record_by_event(&view.view, &record, bytes_of_hash(&birth)),
	                 STATUS_NOT_FOUND);
	ck_assert_int_eq(view_record_by_event(&view.view, &record, bytes_of_hash(&act)),
	                 STATUS_NOT_FOUND);
	ledger_view_end(&view);
}
END_TEST

START_TEST(the_parents_know_of_their_children_and_no_others)
{
	adopt();
	read_under(NULL);
	ck_assert(has_child(&wife, &child, NOW));
	ck_assert(has_child(&husband, &child, before));
	ck_assert(!has_child(&mother, &child, NOW));
	ck_assert(!has_child(&mother, &child, before));
	ck_assert(has_child(&mother, &sister, NOW));
	ledger_view_end(&view);
}
END_TEST

START_TEST(no_history_tells_of_it)
{
	static const char *const kinds[] = { "birth", "adoption", "court_decision" };

	read_under(NULL);
	ck_assert(history_tells(&child, "birth"));
	ledger_view_end(&view);
	act = reg_adopted(reg, FULL, parts, "វិសាល");
	read_under(NULL);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		ck_assert(!history_tells(&child, kinds[i]));
		ck_assert(!history_tells(&husband, kinds[i]));
	}
	ck_assert(history_tells(&mother, "birth")); /* of the sister */
	ledger_view_end(&view);
}
END_TEST

START_TEST(the_child_is_unknown_before_the_birth_was_registered)
{
	uint64_t size = reg_size(reg);
	struct id young = reg_born(reg, "ដារា", "2025-06-06", &mother, NULL);

	reg_on(reg, "2026-02-02");
	parts[0].person = &young;
	(void)reg_adopted(reg, FULL, parts, NULL);
	read_under(NULL);
	ck_assert_ptr_null(read_at(&young, NULL, size));
	ck_assert(!has_child(&wife, &young, size));
	ck_assert_str_eq(read_at(&young, NULL, NOW)->names[0]->name->km_given, "ដារា");
	ledger_view_end(&view);
}
END_TEST

START_TEST(rules_and_warranted_readers_see_all_of_it)
{
	const struct reg_part alone[] = { { ROLE(SUBJECT), &child }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__SealOpened *opened = reg_new(reg, &civil__v1__seal_opened__descriptor);
	struct hash decision;

	adopt();
	decision = reg_decided_for(reg, "seal_opened", alone, &act);
	content->kind_case = CASE(SEAL_OPENED);
	content->seal_opened = opened;
	opened->target = reg_bytes(reg, bytes_of_hash(&act));
	opened->reader = reg_text(reg, "investigator");
	opened->warrant = reg_text(reg, "warrant 12");
	opened->date = reg_date(reg, reg->today);
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_SEAL_OPENED, alone, content), "L09");
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_SEAL_OPENED, alone, content), "");
	ck_assert_uint_eq(reg_state(reg, &child)->n_former_parents, 1);
	read_under("warrant 12");
	ck_assert_real();
	ck_assert(history_tells(&child, "adoption"));
	ck_assert(history_tells(&child, "birth"));
	ledger_view_end(&view);
	read_under("warrant 13");
	ck_assert_veiled(NULL, NOW);
	ck_assert(!history_tells(&child, "seal_opened"));
	ledger_view_end(&view);
}
END_TEST

START_TEST(a_simple_adoption_seals_nothing)
{
	const struct reg_part alone[] = { { ROLE(SUBJECT), &child }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	struct hash simple = reg_adopted(reg, SIMPLE, parts, NULL);

	read_under(NULL);
	ck_assert(!reader.is_needed);
	ck_assert_uint_eq(read_at(&child, NULL, NOW)->n_parents, 3);
	ledger_view_end(&view);
	struct hash decision = reg_decided_for(reg, "seal_opened", alone, &simple);

	content->kind_case = CASE(SEAL_OPENED);
	content->seal_opened = reg_new(reg, &civil__v1__seal_opened__descriptor);
	content->seal_opened->target = reg_bytes(reg, bytes_of_hash(&simple));
	content->seal_opened->reader = reg_text(reg, "investigator");
	content->seal_opened->warrant = reg_text(reg, "warrant 12");
	content->seal_opened->date = reg_date(reg, reg->today);
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_SEAL_OPENED, alone, content), "S14");
}
END_TEST

START_TEST(the_end_of_an_adoption_unseals)
{
	adopt();
	ck_assert_str_eq(reg_adoption_ended(reg, &act, parts), "");
	read_under(NULL);
	const Civil__V1__PersonState *state = read_at(&child, NULL, NOW);

	ck_assert_uint_eq(state->n_parents, 1);
	ck_assert_mem_eq(state->parents[0]->person_id.data, mother.bytes, ID_BYTES);
	ck_assert(history_tells(&child, "adoption"));
	ck_assert(has_child(&mother, &child, NOW));
	ledger_view_end(&view);
}
END_TEST

START_TEST(the_last_of_two_adoptions_has_the_face)
{
	struct id other = reg_paper_person(reg, FEMALE, "ដារា", "1985-01-01", "070803");
	const struct reg_part again[] = { { ROLE(CHILD), &child },
		                          { ROLE(ADOPTER_A), &other },
		                          { 0, NULL } };

	reg_on(reg, "2026-02-02");
	adopt();
	struct hash second = reg_adopted(reg, FULL, again, NULL);

	read_under(NULL);
	const Civil__V1__PersonState *state = read_at(&child, NULL, NOW);
	ck_assert_uint_eq(state->n_parents, 1);
	ck_assert_mem_eq(state->parents[0]->person_id.data, other.bytes, ID_BYTES);
	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert(!has_child(&wife, &child, NOW));
	ledger_view_end(&view);
	ck_assert_str_eq(reg_adoption_ended(reg, &second, again), "");
	read_under(NULL);
	ck_assert_veiled(NULL, NOW);
	ck_assert(has_child(&wife, &child, NOW));
	ledger_view_end(&view);
}
END_TEST

START_TEST(what_a_court_sealed_beside_stays_shut)
{
	const struct reg_part both[] = { { ROLE(SUBJECT), &child },
		                         { ROLE(SUBJECT), &mother },
		                         { 0, NULL } };
	struct hash decision = reg_decided_for(reg, "seal", both, NULL);
	Civil__V1__Content *content = reg_seal(reg, &birth, NULL);

	adopt();
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1+J.court-07", KIND_SEAL, both, content), "");
	read_under(NULL);
	ck_assert_ptr_null(read_at(&child, NULL, NOW));
	ck_assert(!has_child(&wife, &child, NOW));
	ledger_view_end(&view);
}
END_TEST

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
	const struct reg_part seen[] = { { ROLE(CHILD), &child },
		                         { ROLE(MOTHER), &wife },
		                         { ROLE(FATHER), &husband },
		                         { 0, NULL } };
	const struct reg_part born[] = { { ROLE(CHILD), &child },
		                         { ROLE(MOTHER), &mother },
		                         { 0, NULL } };

	ck_assert_str_eq(extract(born, &birth, "x1"), "");
	adopt();
	ck_assert_str_eq(extract(born, &birth, "x2"), "L26");
	ck_assert_str_eq(extract(parts, &act, "x2"), "S16");
	ck_assert_str_eq(extract(seen, &act, "x2"), "");
	read_under(NULL);
	const Civil__V1__PersonState *state = read_at(&child, NULL, NOW);
	ck_assert_uint_eq(state->n_certificates, 1);
	ck_assert_str_eq(state->certificates[0]->serial, "x2");
	ck_assert_int_eq(state->certificates[0]->status,
	                 CIVIL__V1__CERTIFICATE_STATUS__CERTIFICATE_STATUS_CURRENT);
	ledger_view_end(&view);
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
	foreigner->person->sex = FEMALE;
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

	parts[0].person = &linh;
	(void)reg_adopted(reg, FULL, parts, "វិសាល");
	read_under(NULL);
	const Civil__V1__PersonState *state = read_at(&linh, NULL, NOW);
	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_int_eq(state->parents[0]->basis, BASIS(BIRTH));
	ck_assert_uint_eq(state->parents[0]->act.len, 0);
	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert(!history_tells(&linh, "adoption"));
	ck_assert(has_child(&wife, &linh, NOW));
	ledger_view_end(&view);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("veil");
	TCase *tcase = tcase_create("veil");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_adopted_child_was_born_to_the_adopters);
	tcase_add_test(tcase, the_parents_know_of_their_children_and_no_others);
	tcase_add_test(tcase, no_history_tells_of_it);
	tcase_add_test(tcase, the_child_is_unknown_before_the_birth_was_registered);
	tcase_add_test(tcase, rules_and_warranted_readers_see_all_of_it);
	tcase_add_test(tcase, a_simple_adoption_seals_nothing);
	tcase_add_test(tcase, the_end_of_an_adoption_unseals);
	tcase_add_test(tcase, the_last_of_two_adoptions_has_the_face);
	tcase_add_test(tcase, what_a_court_sealed_beside_stays_shut);
	tcase_add_test(tcase, l26_extracts_are_given_of_the_face_and_not_of_what_it_hides);
	tcase_add_test(tcase, a_child_without_a_birth_act_has_parents_by_birth_too);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
