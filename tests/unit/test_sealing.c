/* Goal: for a reader without a warrant what is sealed answers exactly as what was never recorded,
 * at every position; rules see it; a warrant opens it for its reader alone, an unseal for all.
 * Method: a wedding and a person sealed; every question of the query service put by readers with
 * and without warrant, and held against the answers about what does not exist; each rule broken
 * once. */
#include "ledger/sealing.h"

#include "ledger/person/state.h"
#include "ledger/query/get_history.h"
#include "ledger/query/get_person.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE
#define NOW    UINT64_MAX

static struct reg *reg;
static struct id groom;
static struct id bride;
static struct hash wedding;
static struct reg_part both[3];
static struct reg_part couple[3];

static struct ledger_view view;
static struct reader reader;
static int32_t today;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	groom = reg_paper_person(reg, MALE, "វុទ្ធី", "1986-01-20", "070803");
	bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1988-04-12", "070803");
	wedding = reg_paper_marriage(reg, &groom, &bride, "2010-05-05", "070803");
	both[0] = (struct reg_part){ ROLE(SUBJECT), &groom };
	both[1] = (struct reg_part){ ROLE(SUBJECT), &bride };
	both[2] = (struct reg_part){ 0, NULL };
	couple[0] = (struct reg_part){ ROLE(SPOUSE_A), &groom };
	couple[1] = (struct reg_part){ ROLE(SPOUSE_B), &bride };
	couple[2] = both[2];
	reg_on(reg, "2026-06-20");
	ck_assert(date_parse(&today, "2026-06-21"));
}

static void teardown(void)
{
	reg_end(reg);
}

/* Seals under a decision. */
static struct hash sealed(const struct hash *target, const struct reg_part *parts,
                          const char *until)
{
	struct hash decision = reg_decided(reg, reg->today, "seal", parts[0].person,
	                                   parts[1].role == 0 ? NULL : parts[1].person, NULL);
	Civil__V1__Content *content = reg_seal(reg, target, until);

	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1+J.court-14", KIND_SEAL, parts, content), "");
	return reg_event(reg);
}

static Civil__V1__Content *opening_of(const struct hash *seal, const char *name,
                                      const char *warrant)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__SealOpened *opened = reg_new(reg, &civil__v1__seal_opened__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_SEAL_OPENED;
	content->seal_opened = opened;
	opened->target = reg_bytes(reg, bytes_of_hash(seal));
	opened->reader = reg_text(reg, name);
	opened->warrant = reg_text(reg, warrant);
	opened->date = reg_date(reg, reg->today);
	return content;
}

static const char *open_for(const struct hash *seal, const char *name, const char *warrant)
{
	struct hash decision = reg_decided(reg, reg->today, "seal_opened", &groom, &bride, seal);
	Civil__V1__Content *content = opening_of(seal, name, warrant);

	reg_cite(reg, content, &decision);
	return reg_act(reg, "CC.court-14", KIND_SEAL_OPENED, both, content);
}

static const char *unseal(const struct hash *seal)
{
	struct hash decision = reg_decided(reg, reg->today, "unseal", &groom, &bride, seal);
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Unseal *message = reg_new(reg, &civil__v1__unseal__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_UNSEAL;
	content->unseal = message;
	message->target = reg_bytes(reg, bytes_of_hash(seal));
	message->authority = reg_text(reg, "court of Battambang");
	message->date = reg_date(reg, reg->today);
	reg_cite(reg, content, &decision);
	return reg_act(reg, "G1+CC.court-14", KIND_UNSEAL, both, content);
}

static bool is_investigator(const void *context, const char *name)
{
	(void)context;
	return strcmp(name, "investigator") == 0;
}

/* Begins reading; NULL: a reader who names no warrant. */
static void read_under(const char *warrant)
{
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	reader = (struct reader){ .today = today,
		                  .warrant = warrant == NULL ? "" : warrant,
		                  .is_called = is_investigator };
	ck_assert_int_eq(reader_begin(&reader, &view.view), STATUS_OK);
	view.view.reader = &reader;
}

static ProtobufCBinaryData field(const struct id *person)
{
	return reg_bytes(reg, bytes_of_id(person));
}

static enum status person_at(const Civil__V1__PersonState **out, const struct id *person,
                             uint64_t size)
{
	Civil__V1__GetPersonRequest request;
	Civil__V1__GetPersonResponse *response;

	civil__v1__get_person_request__init(&request);
	request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_PERSON_ID;
	request.person_id = field(person);
	if (size != NOW) {
		request.known_case = CIVIL__V1__GET_PERSON_REQUEST__KNOWN_KNOWN_SIZE;
		request.known_size = size;
	}
	enum status status = query_get_person(&view.view, &response, &request, today);
	if (status == STATUS_OK) {
		*out = response->state;
	}
	return status;
}

static size_t marriages_at(const struct id *person, uint64_t size)
{
	const Civil__V1__PersonState *state;

	ck_assert_int_eq(person_at(&state, person, size), STATUS_OK);
	return state->n_marriages;
}

static const Civil__V1__GetHistoryResponse *history(const struct id *person)
{
	Civil__V1__GetHistoryRequest request;
	Civil__V1__GetHistoryResponse *response;

	civil__v1__get_history_request__init(&request);
	request.person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	request.person_id = field(person);
	ck_assert_int_eq(query_get_history(&view.view, &response, &request, today), STATUS_OK);
	return response;
}

static bool history_tells(const struct id *person, const char *kind)
{
	const Civil__V1__GetHistoryResponse *response = history(person);

	for (size_t i = 0; i < response->n_entries; i++) {
		if (strcmp(response->entries[i]->kind, kind) == 0) {
			return true;
		}
	}
	return false;
}

static void ck_assert_shut(uint64_t size)
{
	struct stored_record record;

	ck_assert_uint_eq(marriages_at(&groom, size), 0);
	ck_assert_uint_eq(marriages_at(&bride, size), 0);
	ck_assert(!history_tells(&groom, "legacy_linked") || history(&groom)->n_entries == 2);
	ck_assert(!history_tells(&groom, "seal"));
	ck_assert(!history_tells(&groom, "court_decision"));
	ck_assert_int_eq(view_record_by_event(&view.view, &record, bytes_of_hash(&wedding)),
	                 STATUS_NOT_FOUND);
}

START_TEST(a_sealed_act_is_absent_at_every_position_and_nothing_else_is)
{
	uint64_t before = reg_size(reg);
	const Civil__V1__PersonState *state;

	read_under(NULL);
	size_t entries = history(&groom)->n_entries;
	ck_assert_uint_eq(marriages_at(&groom, NOW), 1);
	ledger_view_end(&view);

	(void)sealed(&wedding, both, NULL);
	read_under(NULL);
	ck_assert_shut(NOW);
	ck_assert_shut(before);
	ck_assert_uint_eq(history(&groom)->n_entries, entries - 1);
	ck_assert_int_eq(person_at(&state, &groom, NOW), STATUS_OK);
	ck_assert_uint_eq(state->history_count, entries - 1);
	ck_assert_uint_eq(state->version, history(&groom)->entries[entries - 2]->index + 1);
	ledger_view_end(&view);
}
END_TEST

START_TEST(without_a_seal_or_a_reader_everything_is_seen)
{
	read_under(NULL);
	ck_assert(!reader.is_needed);
	ck_assert_uint_eq(marriages_at(&groom, NOW), 1);
	ledger_view_end(&view);
	(void)sealed(&wedding, both, NULL);
	ck_assert_uint_eq(reg_state(reg, &groom)->n_marriages, 1);
}
END_TEST

START_TEST(rules_still_see_what_is_sealed)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1987-03-03", "070803");
	const struct reg_part parts[] = { { ROLE(SPOUSE_A), &groom },
		                          { ROLE(SPOUSE_B), &other },
		                          { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, parts);

	reg_on(reg, "2026-06-20");
	(void)sealed(&wedding, both, NULL);
	ck_assert_ptr_nonnull(strstr(
	        reg_declare(reg, &c, "K.070803",
	                    reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                 "2026-06-20", "070803")),
	        "L04"));
}
END_TEST

START_TEST(a_warrant_opens_the_seal_for_its_reader_alone)
{
	struct hash seal = sealed(&wedding, both, NULL);

	ck_assert_str_eq(open_for(&seal, "investigator", "warrant 12"), "");
	read_under("warrant 12");
	ck_assert_uint_eq(marriages_at(&groom, NOW), 1);
	ck_assert(history_tells(&groom, "seal"));
	ck_assert(history_tells(&groom, "seal_opened"));
	ledger_view_end(&view);
	read_under("warrant 13");
	ck_assert_shut(NOW);
	ledger_view_end(&view);
	ck_assert_str_eq(open_for(&seal, "somebody else", "warrant 14"), "");
	read_under("warrant 14");
	ck_assert_shut(NOW);
	ledger_view_end(&view);
}
END_TEST

START_TEST(an_unseal_brings_everything_back_and_is_final)
{
	struct hash seal = sealed(&wedding, both, NULL);

	ck_assert_str_eq(unseal(&seal), "");
	read_under(NULL);
	ck_assert_uint_eq(marriages_at(&groom, NOW), 1);
	ck_assert(history_tells(&groom, "seal"));
	ledger_view_end(&view);
	ck_assert_str_eq(unseal(&seal), "S14");
	ck_assert_str_eq(open_for(&seal, "investigator", "warrant 12"), "S14");
}
END_TEST

START_TEST(one_of_two_seals_is_enough)
{
	struct hash first = sealed(&wedding, both, NULL);

	(void)sealed(&wedding, both, NULL);
	ck_assert_str_eq(unseal(&first), "");
	read_under(NULL);
	ck_assert_shut(NOW);
	ledger_view_end(&view);
}
END_TEST

START_TEST(a_seal_holds_on_its_last_day_and_not_behind_it)
{
	(void)sealed(&wedding, both, "2026-06-21");
	read_under(NULL);
	ck_assert_shut(NOW);
	ledger_view_end(&view);
	today++;
	read_under(NULL);
	ck_assert_uint_eq(marriages_at(&groom, NOW), 1);
	ledger_view_end(&view);
}
END_TEST

START_TEST(what_amends_a_sealed_act_later_is_sealed_with_it)
{
	(void)sealed(&wedding, both, NULL);
	(void)reg_revoked(reg, &wedding, couple, false);
	read_under(NULL);
	ck_assert(!history_tells(&groom, "revocation"));
	ck_assert_shut(NOW);
	ledger_view_end(&view);
}
END_TEST

START_TEST(a_sealed_person_is_nobody)
{
	const struct reg_part alone[] = { both[0], both[2] };
	const Civil__V1__PersonState *state;
	struct id nobody = { { 0xee } };

	(void)sealed(NULL, alone, NULL);
	ck_assert_str_eq(reg_act(reg, "CC.court-14", KIND_COURT_DECISION, alone,
	                         reg_decision(reg, reg->today, "correction", &groom, NULL, NULL)),
	                 "");
	read_under(NULL);
	ck_assert_int_eq(person_at(&state, &groom, NOW), STATUS_NOT_FOUND);
	ck_assert_int_eq(person_at(&state, &nobody, NOW), STATUS_NOT_FOUND);
	ck_assert_uint_eq(marriages_at(&bride, NOW), 0);
	ledger_view_end(&view);
}
END_TEST

START_TEST(the_rules_of_the_family_hold)
{
	struct hash decision = reg_decided(reg, reg->today, "seal", &groom, &bride, NULL);
	Civil__V1__Content *content = reg_seal(reg, &wedding, NULL);
	const struct reg_part alone[] = { both[0], both[2] };
	struct hash nowhere = { { 9 } };

	ck_assert_str_eq(reg_act(reg, "G1+J.court-14", KIND_SEAL, both, content), "L09");
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1", KIND_SEAL, both, content), "S05");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_SEAL, both, content), "S05");
	ck_assert_str_eq(reg_act(reg, "G1+J.court-14", KIND_SEAL, alone, content), "S16");
	content->seal->scope = CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_PERSON;
	ck_assert_str_eq(reg_act(reg, "G1+J.court-14", KIND_SEAL, both, content), "S07");
	content->seal->scope = CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_EDGE;
	ck_assert_str_eq(reg_act(reg, "G1+J.court-14", KIND_SEAL, both, content), "S07");
	content = reg_seal(reg, &nowhere, NULL);
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1+J.court-14", KIND_SEAL, both, content), "S12");
	ck_assert_str_eq(open_for(&wedding, "investigator", "warrant 12"), "S13");
	ck_assert_str_eq(unseal(&wedding), "S13");
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("sealing");
	TCase *all = tcase_create("all");

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, a_sealed_act_is_absent_at_every_position_and_nothing_else_is);
	tcase_add_test(all, without_a_seal_or_a_reader_everything_is_seen);
	tcase_add_test(all, rules_still_see_what_is_sealed);
	tcase_add_test(all, a_warrant_opens_the_seal_for_its_reader_alone);
	tcase_add_test(all, an_unseal_brings_everything_back_and_is_final);
	tcase_add_test(all, one_of_two_seals_is_enough);
	tcase_add_test(all, a_seal_holds_on_its_last_day_and_not_behind_it);
	tcase_add_test(all, what_amends_a_sealed_act_later_is_sealed_with_it);
	tcase_add_test(all, a_sealed_person_is_nobody);
	tcase_add_test(all, the_rules_of_the_family_hold);
	suite_add_tcase(suite, all);
	return suite;
}

int main(void)
{
	return reg_run(suite());
}
