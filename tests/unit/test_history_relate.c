/* Goal: the history says of an amended record what amended it, whether it stands, and which acts of
 * the person lean on it.
 * Method: a wedding with a divorce and a birth with a card; corrected, revoked, given back. */
#include "ledger/query/get_history.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

static struct reg *reg;
static struct id groom;
static struct id bride;
static struct hash wedding;
static struct reg_part couple[3];

/* What the history says of a record. */
struct entry {
	size_t amendments;
	size_t dependants;
	uint64_t dependant;
	bool in_force;
};

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	groom = reg_paper_person(reg, CIVIL__V1__SEX__SEX_MALE, "វុទ្ធី", "1986-01-20", "070803");
	bride = reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ម៉ាលា", "1988-04-12", "070803");
	wedding = reg_paper_marriage(reg, &groom, &bride, "2010-05-05", "070803");
	couple[0] = (struct reg_part){ ROLE(SPOUSE_A), &groom };
	couple[1] = (struct reg_part){ ROLE(SPOUSE_B), &bride };
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

/* Entry of an event in the groom's history. */
static struct entry entry_of(const struct hash *event_id)
{
	Civil__V1__GetHistoryRequest request;
	Civil__V1__GetHistoryResponse *response;
	struct ledger_view view;
	struct entry found = { .amendments = SIZE_MAX };

	civil__v1__get_history_request__init(&request);
	request.person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	request.person_id = reg_bytes(reg, bytes_of_id(&groom));
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	enum status status = query_get_history(&view.view, &response, &request, 0);

	for (size_t i = 0; status == STATUS_OK && i < response->n_entries; i++) {
		const Civil__V1__HistoryEntry *entry = response->entries[i];

		if (memcmp(entry->event_id.data, event_id->bytes, HASH_BYTES) == 0) {
			found.amendments = entry->n_amended_by;
			found.dependants = entry->n_dependants;
			found.dependant = entry->n_dependants == 0 ? 0 : entry->dependants[0];
			found.in_force = entry->in_force;
		}
	}
	ledger_view_end(&view);
	ck_assert_int_eq(status, STATUS_OK);
	return found;
}

/* Asserts how many records amended this one, how many acts lean on it (`dependant` is the first of
 * them), and whether it stands. */
static void ck_assert_entry(const struct hash *event_id, size_t amendments, size_t dependants,
                            uint64_t dependant, bool in_force)
{
	struct entry entry = entry_of(event_id);

	ck_assert_uint_eq(entry.amendments, amendments);
	ck_assert_uint_eq(entry.dependants, dependants);
	ck_assert_uint_eq(entry.dependant, dependant);
	ck_assert_int_eq(entry.in_force, in_force);
}

static struct hash reinstated(const struct hash *revocation)
{
	Civil__V1__Content *content = reg_reinstatement(reg, revocation);
	struct hash decision = reg_decided(reg, reg->today, "reinstatement", &groom, &bride, NULL);

	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REINSTATEMENT, couple, content), "");
	return reg_event(reg);
}

START_TEST(a_revoked_act_is_not_in_force_until_it_is_given_back)
{
	ck_assert_entry(&wedding, 0, 0, 0, true);
	struct hash revocation = reg_revoked(reg, &wedding, couple, false);

	ck_assert_entry(&wedding, 1, 0, 0, false);
	ck_assert_entry(&revocation, 0, 0, 0, true);
	struct hash back = reinstated(&revocation);

	ck_assert_entry(&wedding, 1, 0, 0, true);
	ck_assert_entry(&revocation, 1, 0, 0, false);
	ck_assert_entry(&back, 0, 0, 0, true);
}
END_TEST

START_TEST(the_divorce_of_a_revoked_marriage_leans_on_it)
{
	struct hash decision = reg_decided(reg, "2026-06-19", "divorce", &groom, &bride, NULL);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-19")),
	                 "");
	uint64_t divorce = reg_size(reg) - 1;

	ck_assert_entry(&wedding, 0, 0, 0, false); /* ended, and nothing to look at */
	(void)reg_revoked(reg, &wedding, couple, false);
	ck_assert_entry(&wedding, 1, 1, divorce, false);
}
END_TEST

START_TEST(a_card_leans_on_the_birth_that_was_corrected_under_it)
{
	const struct reg_part child[] = { { ROLE(CHILD), &groom }, { 0, NULL } };
	struct hash birth;

	(void)reg_card(reg, &groom, "C000001", "2026-06-19");
	uint64_t card = reg_size(reg) - 1;

	memcpy(birth.bytes, reg_state(reg, &groom)->birth->act.data, HASH_BYTES);
	reg_on(reg, "2026-06-20");
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	reg_change(reg, content, "birth.name.latin_given", reg_value_text(reg, "Sokha"),
	           reg_value_text(reg, "Sokhy"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, child, content), "");
	ck_assert_entry(&birth, 1, 1, card, true);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("history_relate");
	TCase *tcase = tcase_create("history_relate");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_revoked_act_is_not_in_force_until_it_is_given_back);
	tcase_add_test(tcase, the_divorce_of_a_revoked_marriage_leans_on_it);
	tcase_add_test(tcase, a_card_leans_on_the_birth_that_was_corrected_under_it);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
