/* Goal: an office without a network registers births with the numbers of its block: each number
 * once, by that office, until the block's last day or its return; such a birth is provisional until
 * the district has verified it. A number that is closed resolves for ever.
 * Method: a block for one commune; births declared with its numbers, and near misses; the child's
 * state after each step; what comes back of the block. */
#include "ledger/number.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASE(name)   CIVIL__V1__CONTENT__KIND_##name
#define NUMBER(name) CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_##name
#define SOURCE(name) CIVIL__V1__NUMBER_SOURCE__NUMBER_SOURCE_##name

enum { BLOCK_COUNT = 4, NUMBERS_KEPT = 8 };

static struct reg *reg;
static struct id mother;
static struct hash block;
static char numbers[NUMBERS_KEPT][16];
static const struct reg_part nobody[] = { { 0, NULL } };
static struct reg_part newborn[3];

static Civil__V1__Content *reservation(const char *office, int count, const char *expires)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__BlockReserved *act = reg_new(reg, &civil__v1__block_reserved__descriptor);

	content->kind_case = CASE(BLOCK_RESERVED);
	content->block_reserved = act;
	act->office_id = reg_text(reg, office);
	act->scheme = reg_text(reg, "kidc");
	act->count = count;
	act->expires = reg_date(reg, expires);
	act->date = reg_date(reg, reg->today);
	return content;
}

/* Reserved for an office until a day; its numbers are kept. */
static struct hash reserve(const char *office, const char *verifier, const char *expires)
{
	const Civil__V1__Receipt *receipt;

	ck_assert_str_eq(reg_act(reg, verifier, KIND_BLOCK_RESERVED, nobody,
	                         reservation(office, BLOCK_COUNT, expires)),
	                 "");
	receipt = reg->result.receipt;
	ck_assert_uint_eq(receipt->n_numbers, BLOCK_COUNT);
	for (size_t i = 0; i < receipt->n_numbers; i++) {
		ck_assert_uint_eq(receipt->numbers[i]->person_id.len, 0);
		ck_assert(check_digit_personal_number_valid(receipt->numbers[i]->number));
		(void)snprintf(numbers[i], sizeof(numbers[i]), "%s", receipt->numbers[i]->number);
	}
	return reg_event(reg);
}

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ម៉ាលា", "1999-09-09", "070803");
	newborn[0] = (struct reg_part){ ROLE(CHILD), NULL };
	newborn[1] = (struct reg_part){ ROLE(MOTHER), &mother };
	newborn[2] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2026-02-02");
	block = reserve("070803", "V.0708", "2026-03-31");
}

static void teardown(void)
{
	reg_end(reg);
}

static Civil__V1__Content *birth(const char *date, const struct hash *of_block, const char *number)
{
	Civil__V1__Content *content = reg_birth(reg, "ពិសិដ្ឋ", date);

	content->common->signed_offline = true;
	content->birth->kidc_block = reg_new(reg, &civil__v1__block_number__descriptor);
	content->birth->kidc_block->block = reg_bytes(reg, bytes_of_hash(of_block));
	content->birth->kidc_block->number = reg_text(reg, number);
	return content;
}

/* The answer to a declaration of a fresh case. */
static const char *declare(struct reg_case *c, const char *signers, Civil__V1__Content *content)
{
	*c = reg_case_begin(reg, KIND_BIRTH, newborn);
	return reg_declare(reg, c, signers, content);
}

static Civil__V1__Content *verification(const struct reg_case *c, Civil__V1__NumberSource source)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Verification *act = reg_new(reg, &civil__v1__verification__descriptor);

	content->kind_case = CASE(VERIFICATION);
	content->verification = act;
	act->declaration = reg_bytes(reg, bytes_of_hash(&c->declared));
	act->kidc_source = source;
	return content;
}

static const char *verify(struct reg_case *c, const char *signers, Civil__V1__NumberSource source)
{
	c->parts[0].person = &c->created;
	return reg_offer(reg, signers, KIND_BIRTH, CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED,
	                 &c->case_id, c->parts, verification(c, source));
}

static const char *give_back(const char *verifier, const struct hash *of_block, int unused)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__BlockReturned *act = reg_new(reg, &civil__v1__block_returned__descriptor);

	content->kind_case = CASE(BLOCK_RETURNED);
	content->block_returned = act;
	act->block = reg_bytes(reg, bytes_of_hash(of_block));
	act->unused_count = unused;
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, verifier, KIND_BLOCK_RETURNED, nobody, content);
}

static const char *close_number(const char *signers, const struct id *holder, const char *number)
{
	const struct reg_part parts[] = { { ROLE(HOLDER), holder }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NumberClosed *act = reg_new(reg, &civil__v1__number_closed__descriptor);

	content->kind_case = CASE(NUMBER_CLOSED);
	content->number_closed = act;
	act->number = reg_text(reg, number);
	act->reason = reg_text(reg, "compromised");
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, signers, KIND_NUMBER_CLOSED, parts, content);
}

START_TEST(a_birth_of_a_block_is_provisional_until_it_is_verified)
{
	struct reg_case c;

	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, numbers[1])), "");
	ck_assert_ptr_null(reg_state(reg, &c.created));
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	const Civil__V1__PersonState *state = reg_state(reg, &c.created);

	ck_assert(state->provisional);
	ck_assert_uint_eq(state->n_numbers, 1);
	ck_assert_str_eq(state->numbers[0]->number, numbers[1]);
	ck_assert_int_eq(state->numbers[0]->status, NUMBER(LIVE));
	ck_assert_int_eq(state->birth->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_PROVISIONAL);
	ck_assert_uint_eq(reg_state(reg, &mother)->n_children, 1);
	reg_on(reg, "2026-02-20");
	ck_assert_str_eq(verify(&c, "V.0708", SOURCE(BLOCK)), "");
	ck_assert_str_eq(reg->result.receipt->numbers[0]->number, numbers[1]);
	state = reg_state(reg, &c.created);
	ck_assert(!state->provisional);
	ck_assert_uint_eq(state->n_numbers, 1);
	ck_assert_str_eq(state->numbers[0]->number, numbers[1]);
	ck_assert_int_eq(state->birth->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_REGISTERED);
	ck_assert(reg_state_at(reg, &c.created, "2026-02-10", reg_size(reg) - 1)->provisional);
	ck_assert_str_eq(verify(&c, "V2.0708", SOURCE(BLOCK)), "S06");
}
END_TEST

/* An office is cut off for three weeks: it declares, registers and prints; then all of it comes. */
START_TEST(an_office_without_a_network_goes_on)
{
	enum { BIRTHS = 3 };
	static const char *const days[BIRTHS] = { "2026-02-03", "2026-02-09", "2026-02-16" };
	static const char *const names[BIRTHS] = { "ពិសិដ្ឋ", "ដារា", "វិសាល" };
	struct reg_case cases[BIRTHS];
	struct id women[BIRTHS];

	reg_on(reg, "2026-02-24");
	for (size_t i = 0; i < BIRTHS; i++) {
		women[i] = reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ស៊ីណា", "1995-05-05",
		                            "070803");
		Civil__V1__Content *content;

		reg_on(reg, "2026-02-24");
		newborn[1].person = &women[i];
		content = birth(days[i], &block, numbers[i]);
		content->birth->name = reg_name(reg, names[i], "Visal");
		content->common->date_of_declaration = reg_date(reg, days[i]);
		ck_assert_str_eq(declare(&cases[i], "K.070803", content), "");
		content = reg_registration(reg, &cases[i]);
		content->registration->date_of_registration = reg_date(reg, days[i]);
		ck_assert_str_eq(reg_register_as(reg, &cases[i], "R.070803", content), "");
		ck_assert(reg_state(reg, &cases[i].created)->provisional);
		ck_assert_str_eq(reg_state(reg, &cases[i].created)->numbers[0]->number, numbers[i]);
	}
	for (size_t i = BIRTHS; i > 0; i--) { /* the district takes them in another order */
		ck_assert_str_eq(verify(&cases[i - 1], "V.0708", SOURCE(BLOCK)), "");
		ck_assert(!reg_state(reg, &cases[i - 1].created)->provisional);
	}
	ck_assert_str_eq(give_back("V.0708", &block, BLOCK_COUNT - BIRTHS), "");
}
END_TEST

START_TEST(s22_without_a_block_or_a_broken_network_nothing_is_registered_first)
{
	struct reg_case c;
	Civil__V1__Content *content = birth("2026-02-01", &block, numbers[0]);

	content->common->signed_offline = false;
	ck_assert_str_eq(declare(&c, "K.070803", content), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "S22");
	ck_assert_str_eq(verify(&c, "V.0708", SOURCE(BLOCK)), "");
	c.verified = reg_event(reg);
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	ck_assert(!reg_state(reg, &c.created)->provisional);
	ck_assert_str_eq(reg_state(reg, &c.created)->numbers[0]->number, numbers[0]);
}
END_TEST

START_TEST(s22_a_registration_names_no_verification_to_come)
{
	struct reg_case c;
	Civil__V1__Content *content;

	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, numbers[0])), "");
	content = reg_registration(reg, &c);
	content->registration->verification = reg_bytes(reg, bytes_of_hash(&block));
	ck_assert_str_eq(reg_register_as(reg, &c, "R.070803", content), "S22");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
}
END_TEST

START_TEST(s15_a_number_is_taken_once)
{
	struct reg_case first;
	struct reg_case c;
	char wrong[16];

	ck_assert_str_eq(declare(&first, "K.070803", birth("2026-02-01", &block, numbers[0])), "");
	ck_assert_str_eq(declare(&c, "K.070803", birth("2024-02-01", &block, numbers[0])), "S15");
	ck_assert_str_eq(reg_refuse(reg, &first, "R.070803"), "");
	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, numbers[0])), "S15");
	number_draw(wrong, &block, &mother, 0); /* of nobody */
	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, wrong)), "S15");
	const char *other = reg_state(reg, &mother)->numbers[0]->number;
	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, other)), "S15");
	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, numbers[1])), "");
}
END_TEST

START_TEST(s15_a_newer_declaration_keeps_the_number)
{
	struct reg_case c;

	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, numbers[0])), "");
	c.parts[0].person = &c.created;
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", birth("2026-01-31", &block, numbers[1])),
	                 "S15");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", birth("2026-01-31", &block, numbers[0])),
	                 "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	ck_assert_str_eq(reg_state(reg, &c.created)->numbers[0]->number, numbers[0]);
	ck_assert_uint_eq(reg_state(reg, &c.created)->n_numbers, 1);
}
END_TEST

START_TEST(s15_a_block_is_for_its_office_until_its_last_day)
{
	struct reg_case c;
	struct hash other = reserve("070801", "V.0708", "2026-03-31");

	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &other, numbers[0])), "S15");
	ck_assert_str_eq(declare(&c, "K.070801", birth("2026-02-01", &other, numbers[0])), "");
	ck_assert_str_eq(declare(&c, "K.070801", birth("2024-02-01", &block, numbers[1])), "S15");
	reg_on(reg, "2026-04-01");
	ck_assert_str_eq(declare(&c, "K.070801", birth("2024-02-01", &other, numbers[1])), "S15");
	struct hash nothing = { { 7 } };
	Civil__V1__Content *late = birth("2022-06-01", &other, numbers[1]);

	late->common->date_of_declaration = reg_date(reg, "2026-03-31"); /* came late itself */
	ck_assert_str_eq(declare(&c, "K.070801", late), "");
	ck_assert_str_eq(declare(&c, "K.070801", birth("2018-02-01", &nothing, numbers[2])), "S15");
}
END_TEST

START_TEST(s15_a_verification_names_a_block_only_after_the_declaration)
{
	struct reg_case c;

	ck_assert_str_eq(declare(&c, "K.070803", reg_birth(reg, "ពិសិដ្ឋ", "2026-02-01")), "");
	ck_assert_str_eq(verify(&c, "V.0708", SOURCE(BLOCK)), "S15");
	ck_assert_str_eq(verify(&c, "V.0708", SOURCE(ALLOCATE)), "");
}
END_TEST

START_TEST(s07_what_comes_back_is_counted)
{
	struct reg_case c;

	ck_assert_str_eq(declare(&c, "K.070803", birth("2026-02-01", &block, numbers[0])), "");
	ck_assert_str_eq(give_back("V.0708", &block, BLOCK_COUNT), "S07");
	ck_assert_str_eq(give_back("V.0708", &block, BLOCK_COUNT - 2), "S07");
	ck_assert_str_eq(give_back("V.1401", &block, BLOCK_COUNT - 1), "S03");
	ck_assert_str_eq(give_back("R.070803", &block, BLOCK_COUNT - 1), "S02");
	ck_assert_str_eq(give_back("V.0708", &block, BLOCK_COUNT - 1), "");
	struct hash returned = reg_event(reg);

	ck_assert_str_eq(give_back("V.0708", &block, BLOCK_COUNT - 1), "S14");
	ck_assert_str_eq(give_back("V.0708", &returned, 0), "S13");
	returned.bytes[0] ^= 1;
	ck_assert_str_eq(give_back("V.0708", &returned, 0), "S12");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), ""); /* what was taken stays */
	ck_assert_str_eq(declare(&c, "K.070803", birth("2024-02-01", &block, numbers[1])), "S15");
}
END_TEST

START_TEST(blocks_have_limits)
{
	static const struct {
		int count;
		const char *expires;
		const char *answer;
	} blocks[] = {
		{ 0, "2026-03-01", "S07" },
		{ 501, "2026-03-01", "S07" },
		{ 1, "2026-02-01", "S07" }, /* before it begins */
		{ 500, "2026-02-02", "" },
	};

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		ck_assert_str_eq(reg_act(reg, "V.0708", KIND_BLOCK_RESERVED, nobody,
		                         reservation("070803", blocks[i].count, blocks[i].expires)),
		                 blocks[i].answer);
	}
	ck_assert_uint_eq(reg->result.receipt->n_numbers, 500);
	ck_assert_str_eq(reg_act(reg, "V.1401", KIND_BLOCK_RESERVED, nobody,
	                         reservation("070803", 1, "2026-03-01")),
	                 "S03");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_BLOCK_RESERVED, nobody,
	                         reservation("070803", 1, "2026-03-01")),
	                 "S02");
	ck_assert_str_eq(reg_act(reg, "V.0708", KIND_BLOCK_RESERVED, nobody,
	                         reservation("c-nowhere", 1, "2026-03-01")),
	                 "S12");
}
END_TEST

START_TEST(s12_a_live_number_of_the_holder_is_closed)
{
	struct id other =
	        reg_paper_person(reg, CIVIL__V1__SEX__SEX_MALE, "វុទ្ធី", "1980-01-01", "070803");
	const char *number = reg_text(reg, reg_state(reg, &mother)->numbers[0]->number);

	reg_on(reg, "2026-02-02");
	ck_assert_str_eq(close_number("G1+G2", &other, number), "S12");
	ck_assert_str_eq(close_number("G1", &mother, number), "S05");
	ck_assert_str_eq(close_number("G1+G2", &mother, numbers[0]), "S12");
	ck_assert_str_eq(close_number("G1+G2", &mother, number), "");
	const Civil__V1__PersonState *state = reg_state(reg, &mother);

	ck_assert_uint_eq(state->n_numbers, 1);
	ck_assert_int_eq(state->numbers[0]->status, NUMBER(CLOSED));
	ck_assert_int_eq(state->numbers[0]->provenance->valid_to->month, 2);
	ck_assert_str_eq(close_number("G1+G2", &mother, number), "S12");
	const struct reg_part holder[] = { { ROLE(HOLDER), &mother }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_NUMBER_ALLOCATED, holder,
	                         reg_number(reg, "070803", "KH-2014")),
	                 "");
	state = reg_state(reg, &mother);
	ck_assert_int_eq(state->numbers[1]->status, NUMBER(LIVE));
	ck_assert_str_ne(state->numbers[1]->number, number);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("number_acts");
	TCase *tcase = tcase_create("number_acts");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_birth_of_a_block_is_provisional_until_it_is_verified);
	tcase_add_test(tcase, an_office_without_a_network_goes_on);
	tcase_add_test(tcase, s22_a_registration_names_no_verification_to_come);
	tcase_add_test(tcase, s22_without_a_block_or_a_broken_network_nothing_is_registered_first);
	tcase_add_test(tcase, s15_a_number_is_taken_once);
	tcase_add_test(tcase, s15_a_newer_declaration_keeps_the_number);
	tcase_add_test(tcase, s15_a_block_is_for_its_office_until_its_last_day);
	tcase_add_test(tcase, s15_a_verification_names_a_block_only_after_the_declaration);
	tcase_add_test(tcase, s07_what_comes_back_is_counted);
	tcase_add_test(tcase, blocks_have_limits);
	tcase_add_test(tcase, s12_a_live_number_of_the_holder_is_closed);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
