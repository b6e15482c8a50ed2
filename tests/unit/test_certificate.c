/* Goal: certificates are given out by whoever may say what they say, about acts that nobody
 * disputes or holds (L26), and are superseded by whatever changes the act. Method: extracts of one
 * birth, before and after a correction, a dispute, a hold and a revocation; each template by each
 * officer. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MALE        CIVIL__V1__SEX__SEX_MALE
#define TEMPLATE(n) CIVIL__V1__CERTIFICATE_TEMPLATE__CERTIFICATE_TEMPLATE_##n
#define STATUS(n)   CIVIL__V1__CERTIFICATE_STATUS__CERTIFICATE_STATUS_##n
#define CASE(n)     CIVIL__V1__CONTENT__KIND_##n

static struct reg *reg;
static struct id man;
static struct hash birth;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	const Civil__V1__PersonState *state = reg_state(reg, &man);
	memcpy(birth.bytes, state->birth->act.data, HASH_BYTES);
	reg_on(reg, "2026-06-01");
}

static void teardown(void)
{
	reg_end(reg);
}

static const struct reg_part *child(void)
{
	static struct reg_part parts[2];

	parts[0] = (struct reg_part){ ROLE(CHILD), &man };
	return parts;
}

static Civil__V1__Content *certificate(Civil__V1__CertificateTemplate says, const struct hash *act,
                                       const char *serial)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__CertificateIssued *issued =
	        reg_new(reg, &civil__v1__certificate_issued__descriptor);

	content->kind_case = CASE(CERTIFICATE_ISSUED);
	content->certificate_issued = issued;
	issued->act = reg_bytes(reg, bytes_of_hash(act));
	issued->template_ = says;
	issued->as_of = reg_date(reg, reg->today);
	issued->serial = reg_text(reg, serial);
	issued->rendering_digest = reg_bytes(reg, bytes_of_hash(act));
	issued->collector = reg_text(reg, "holder");
	return content;
}

static const char *issue(const char *signer, Civil__V1__CertificateTemplate says,
                         const char *serial)
{
	return reg_act(reg, signer, KIND_CERTIFICATE_ISSUED, child(),
	               certificate(says, &birth, serial));
}

static Civil__V1__Content *withdrawal(const struct hash *target, const char *serial)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CASE(CERTIFICATE_WITHDRAWN);
	content->certificate_withdrawn =
	        reg_new(reg, &civil__v1__certificate_withdrawn__descriptor);
	content->certificate_withdrawn->target = reg_bytes(reg, bytes_of_hash(target));
	content->certificate_withdrawn->serial = reg_text(reg, serial);
	content->certificate_withdrawn->reason = reg_text(reg, "misprint");
	content->certificate_withdrawn->date = reg_date(reg, reg->today);
	return content;
}

static Civil__V1__CertificateStatus status(size_t i)
{
	const Civil__V1__PersonState *state = reg_state(reg, &man);

	ck_assert_uint_lt(i, state->n_certificates);
	return state->certificates[i]->status;
}

START_TEST(each_template_has_its_officers)
{
	ck_assert_str_eq(issue("R.140101", TEMPLATE(EXTRACT), "x1"), ""); /* any registrar */
	ck_assert_str_eq(issue("K.070803", TEMPLATE(EXTRACT), "x2"), "S02");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(NATIONALITY), "x2"), "S02");
	ck_assert_str_eq(issue("NA.nationality", TEMPLATE(NATIONALITY), "x2"), "");
	ck_assert_str_eq(issue("NA.nationality", TEMPLATE(FAMILY), "x3"), "S02");
	ck_assert_str_eq(issue("R.140101", TEMPLATE(FAMILY), "x3"), "S03");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(FAMILY), "x3"), "");
	ck_assert_uint_eq(reg_state(reg, &man)->n_certificates, 3);
}
END_TEST

START_TEST(s15_a_serial_is_used_once)
{
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "S15");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x2"), "");
}
END_TEST

START_TEST(s13_certificates_are_about_acts_of_persons)
{
	struct hash card = reg_card(reg, &man, "C1", "2026-06-01");
	const struct reg_part holder[] = { { ROLE(HOLDER), &man }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_CERTIFICATE_ISSUED, holder,
	                         certificate(TEMPLATE(EXTRACT), &card, "x1")),
	                 "S13");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "");
}
END_TEST

START_TEST(a_correction_supersedes_what_was_given_out_before)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "");
	ck_assert_int_eq(status(0), STATUS(CURRENT));
	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "1975-06-15"),
	           reg_value_date(reg, "1975-06-16"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, child(), content), "");
	ck_assert_int_eq(status(0), STATUS(SUPERSEDED));
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x2"), "");
	ck_assert_int_eq(status(0), STATUS(SUPERSEDED));
	ck_assert_int_eq(status(1), STATUS(CURRENT));
	(void)reg_card(reg, &man, "C1", "2026-06-01"); /* another act changes neither */
	ck_assert_int_eq(status(1), STATUS(CURRENT));
}
END_TEST

START_TEST(what_a_revoked_correction_said_is_superseded_too)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "1975-06-15"),
	           reg_value_date(reg, "1975-06-16"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, child(), content), "");
	struct hash correction = reg_event(reg);
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "");
	ck_assert_int_eq(status(0), STATUS(CURRENT));
	(void)reg_revoked(reg, &correction, child(), false);
	ck_assert_int_eq(status(0), STATUS(SUPERSEDED));
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x2"), "");
	ck_assert_int_eq(status(1), STATUS(CURRENT));
}
END_TEST

START_TEST(s14_a_certificate_is_withdrawn_once_by_its_serial)
{
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "");
	struct hash issued = reg_event(reg);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_CERTIFICATE_WITHDRAWN, child(),
	                         withdrawal(&issued, "x2")),
	                 "S14");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_CERTIFICATE_WITHDRAWN, child(),
	                         withdrawal(&birth, "x1")),
	                 "S13");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_CERTIFICATE_WITHDRAWN, child(),
	                         withdrawal(&issued, "x1")),
	                 "");
	ck_assert_int_eq(status(0), STATUS(WITHDRAWN));
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_CERTIFICATE_WITHDRAWN, child(),
	                         withdrawal(&issued, "x1")),
	                 "S14");
}
END_TEST

START_TEST(l26_what_is_disputed_or_held_is_not_given_out)
{
	const struct reg_part held[] = { { ROLE(SUBJECT), &man }, { 0, NULL } };

	ck_assert_str_eq(
	        reg_act(reg, "R.070803", KIND_DISPUTE_OPENED, held, reg_dispute(reg, &birth)), "");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "L26");
	ck_assert_str_eq(
	        reg_act(reg, "P.07+V.0708", KIND_DISPUTE_CLOSED, held,
	                reg_dispute_closed(reg, &birth,
	                                   CIVIL__V1__DISPUTE_OUTCOME__DISPUTE_OUTCOME_AFFIRMED)),
	        "");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "");
	ck_assert_str_eq(
	        reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_SET, held, reg_hold(reg, NULL, NULL)),
	        "");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x2"), "L19 L26");
}
END_TEST

START_TEST(l26_what_a_court_sealed_is_not_given_out)
{
	const struct reg_part sealed[] = { { ROLE(SUBJECT), &man }, { 0, NULL } };
	struct hash decision = reg_decided(reg, reg->today, "seal", &man, NULL, NULL);
	Civil__V1__Content *content = reg_seal(reg, &birth, "2026-06-20");

	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1+J.court-14", KIND_SEAL, sealed, content), "");
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "L26");
	reg_on(reg, "2026-06-21");
	ck_assert_str_eq(issue("R.070803", TEMPLATE(EXTRACT), "x1"), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L26, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("certificate");
	TCase *tcase = tcase_create("certificate");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, each_template_has_its_officers);
	tcase_add_test(tcase, s15_a_serial_is_used_once);
	tcase_add_test(tcase, s13_certificates_are_about_acts_of_persons);
	tcase_add_test(tcase, a_correction_supersedes_what_was_given_out_before);
	tcase_add_test(tcase, what_a_revoked_correction_said_is_superseded_too);
	tcase_add_test(tcase, s14_a_certificate_is_withdrawn_once_by_its_serial);
	tcase_add_test(tcase, l26_what_is_disputed_or_held_is_not_given_out);
	tcase_add_test(tcase, l26_what_a_court_sealed_is_not_given_out);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
