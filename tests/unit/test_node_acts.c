/* Goal: offices merge, officers move, change keys and leave; institutions read while they may; code
 * lists and nodes are published and admitted once; a node signs for itself alone.
 * Method: each kind refused in one respect and then accepted, and what officers may sign on the
 * days before and after. */
#include "ledger/base/limits.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MALE    CIVIL__V1__SEX__SEX_MALE
#define CASE(n) CIVIL__V1__CONTENT__KIND_##n
#define MAKE(kind_, field, message)                                                                \
	Civil__V1__Content *content = reg_content(reg);                                            \
	content->kind_case = CASE(kind_);                                                          \
	content->field = reg_new(reg, &civil__v1__##field##__descriptor);                          \
	message = content->field

static struct reg *reg;
static struct id man;
static struct reg_part subject[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	subject[0] = (struct reg_part){ ROLE(SUBJECT), &man };
	reg_on(reg, "2026-06-01");
}

static void teardown(void)
{
	reg_end(reg);
}

/* Public key of an officer by name, enrolled or not. */
static ProtobufCBinaryData key_of(const char *officer)
{
	struct compose_key keys[SIGNATURES_MAX];
	char office[OFFICE_ID_MAX + 1];

	ck_assert_uint_eq(ground_keys(keys, office, officer), 1);
	return reg_bytes(reg, bytes_of(keys[0].public_key, PUBLIC_KEY_BYTES));
}

/* Something that registrars and commune police may sign anywhere: a proof of life. */
static const char *prove(const char *signer, const char *office)
{
	Civil__V1__ProofOfLife *act;
	MAKE(PROOF_OF_LIFE, proof_of_life, act);

	act->date = reg_date(reg, reg->today);
	act->how = CIVIL__V1__LIFE_PROOF__LIFE_PROOF_VISIT;
	act->office_id = reg_text(reg, office);
	reg->office = office;
	return reg_act(reg, signer, KIND_PROOF_OF_LIFE, subject, content);
}

static void open_institution(void)
{
	Civil__V1__OfficeOpened *act;
	MAKE(OFFICE_OPENED, office_opened, act);

	act->office_id = reg_text(reg, "bank-1");
	act->sort = CIVIL__V1__OFFICE_SORT__OFFICE_SORT_INSTITUTION;
	act->date = reg_date(reg, reg->today);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_OFFICE_OPENED, NULL, content), "");
}

static const char *authorise(const char *institution, const char *until)
{
	const struct hash fingerprint = { { 7 } };
	Civil__V1__InstitutionPackage *package =
	        reg_new(reg, &civil__v1__institution_package__descriptor);
	Civil__V1__InstitutionAuthorised *act;
	MAKE(INSTITUTION_AUTHORISED, institution_authorised, act);

	act->institution = reg_text(reg, institution);
	act->certificate_fingerprint = reg_bytes(reg, bytes_of_hash(&fingerprint));
	act->purposes = arena_array(&reg->arena, 1, sizeof(*act->purposes));
	act->purposes[0] = reg_text(reg, "credit");
	act->n_purposes = 1;
	package->name = reg_text(reg, "identity");
	package->fields = arena_array(&reg->arena, 1, sizeof(*package->fields));
	package->fields[0] = reg_text(reg, "names");
	package->n_fields = 1;
	act->packages = arena_array(&reg->arena, 1, sizeof(*act->packages));
	act->packages[0] = package;
	act->n_packages = 1;
	act->basis = reg_text(reg, "law on banks");
	act->from = reg_date(reg, "2026-06-01");
	act->until = until == NULL ? NULL : reg_date(reg, until);
	return reg_act(reg, "G1+G2", KIND_INSTITUTION_AUTHORISED, NULL, content);
}

static const char *revoke(const char *institution)
{
	Civil__V1__InstitutionRevoked *act;
	MAKE(INSTITUTION_REVOKED, institution_revoked, act);

	act->institution = reg_text(reg, institution);
	act->reason = reg_text(reg, "misuse");
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, "G1+G2", KIND_INSTITUTION_REVOKED, NULL, content);
}

static const char *disclose(const char *institution)
{
	const struct hash digest = { { 8 } };
	Civil__V1__Disclosure *act;
	MAKE(DISCLOSURE, disclosure, act);

	act->institution = reg_text(reg, institution);
	act->purpose = reg_text(reg, "elections");
	act->selection = reg_text(reg, "born before 2008");
	act->output_digest = reg_bytes(reg, bytes_of_hash(&digest));
	act->count = 12;
	act->basis = reg_text(reg, "law on elections");
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, "G1", KIND_DISCLOSURE, NULL, content);
}

START_TEST(an_institution_reads_while_it_is_authorised)
{
	struct ledger_view view;
	struct institution found;

	open_institution();
	ck_assert_str_eq(disclose("bank-1"), "S12");
	ck_assert_str_eq(authorise("nowhere", NULL), "S12");
	ck_assert_str_eq(authorise("070803", NULL), "S13");
	ck_assert_str_eq(authorise("bank-1", "2026-06-02"), "");
	ck_assert_str_eq(disclose("bank-1"), "");
	reg_on(reg, "2026-06-03");
	ck_assert_str_eq(disclose("bank-1"), "S14");
	ck_assert_str_eq(authorise("bank-1", NULL), "");
	ck_assert_str_eq(disclose("bank-1"), "");
	ck_assert_str_eq(revoke("070803"), "S12");
	ck_assert_str_eq(revoke("bank-1"), "");
	ck_assert_str_eq(revoke("bank-1"), "S14");
	ck_assert_str_eq(disclose("bank-1"), "S14");

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(authority_institution(&view.view, &found, "bank-1"), STATUS_OK);
	ck_assert_str_eq(found.authorised->packages[0]->fields[0], "names");
	ck_assert(authority_institution_active(&found, found.from_day));
	ck_assert(authority_institution_active(&found, found.revoked_day));
	ck_assert(!authority_institution_active(&found, found.revoked_day + 1));
	ck_assert(!authority_institution_active(&found, found.from_day - 1));
	view.view.size = found.revoked_index;
	ck_assert_int_eq(authority_institution(&view.view, &found, "bank-1"), STATUS_OK);
	ck_assert_uint_eq(found.revoked_index, UINT64_MAX);
	view.view.size = found.index;
	ck_assert_int_eq(authority_institution(&view.view, &found, "bank-1"), STATUS_NOT_FOUND);
	ledger_view_end(&view);
}
END_TEST

static const char *publish(const char *version, int32_t part)
{
	Civil__V1__CodelistEntry *entry = reg_new(reg, &civil__v1__codelist_entry__descriptor);
	Civil__V1__CodelistPublished *act;
	MAKE(CODELIST_PUBLISHED, codelist_published, act);

	entry->code = reg_text(reg, "hospital");
	entry->km = reg_text(reg, "មន្ទីរពេទ្យ");
	entry->en = reg_text(reg, "hospital");
	act->list = reg_text(reg, "site");
	act->version = reg_text(reg, version);
	act->effective_on = reg_date(reg, "2026-07-01");
	act->part = part;
	act->parts = 2;
	act->entries = arena_array(&reg->arena, 1, sizeof(*act->entries));
	act->entries[0] = entry;
	act->n_entries = 1;
	return reg_act(reg, "G1+G2", KIND_CODELIST_PUBLISHED, NULL, content);
}

START_TEST(each_part_of_a_code_list_is_published_once)
{
	ck_assert_str_eq(publish("2026", 3), "S07");
	ck_assert_str_eq(publish("2026", 1), "");
	ck_assert_str_eq(publish("2026", 1), "S15");
	ck_assert_str_eq(publish("2026", 2), "");
	ck_assert_str_eq(publish("2027", 1), "");
}
END_TEST

static const char *admit(const char *node_id, const char *key)
{
	Civil__V1__NodeAdmitted *act;
	MAKE(NODE_ADMITTED, node_admitted, act);

	act->node_id = reg_text(reg, node_id);
	act->public_key = key_of(key);
	act->cosigner_key = key_of("cosigner");
	act->role = CIVIL__V1__NODE_ROLE__NODE_ROLE_CORE;
	act->office_id = reg_text(reg, "nat-registry");
	act->from = reg_date(reg, reg->today);
	return reg_act(reg, "G1+G2", KIND_NODE_ADMITTED, NULL, content);
}

static const char *anchor(const char *signer, const char *node_id)
{
	const struct hash head = { { 9 } };
	Civil__V1__AccessAnchor *act;
	MAKE(ACCESS_ANCHOR, access_anchor, act);

	act->node_id = reg_text(reg, node_id);
	act->head = reg_bytes(reg, bytes_of_hash(&head));
	act->count = 3;
	act->from_ms = 1;
	act->to_ms = 2;
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, signer, KIND_ACCESS_ANCHOR, NULL, content);
}

static const char *epoch(const char *signer, const char *node_id, int64_t size)
{
	const struct hash root = { { 9 } };
	Civil__V1__CheckpointEpoch *act;
	MAKE(CHECKPOINT_EPOCH, checkpoint_epoch, act);

	act->node_id = reg_text(reg, node_id);
	act->size = size;
	act->root = reg_bytes(reg, bytes_of_hash(&root));
	act->map_root = reg_bytes(reg, bytes_of_hash(&root));
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, signer, KIND_CHECKPOINT_EPOCH, NULL, content);
}

static const char *retire_node(const char *node_id)
{
	Civil__V1__NodeRetired *act;
	MAKE(NODE_RETIRED, node_retired, act);

	act->node_id = reg_text(reg, node_id);
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, "G1+G2", KIND_NODE_RETIRED, NULL, content);
}

START_TEST(a_node_signs_for_itself_alone_until_it_is_retired)
{
	const int64_t size = (int64_t)reg_size(reg);

	ck_assert_str_eq(anchor("W.nat-registry", "core-1"), "S01 S05 S12");
	ck_assert_str_eq(admit("core-1", "W.nat-registry"), "");
	ck_assert_str_eq(admit("core-1", "W2.nat-registry"), "S15");
	ck_assert_str_eq(admit("core-2", "W.nat-registry"), "S15");
	ck_assert_str_eq(admit("core-2", "W2.nat-registry"), "");
	ck_assert_str_eq(anchor("G1", "core-1"), "S02");
	ck_assert_str_eq(anchor("W2.nat-registry", "core-1"), "S02");
	ck_assert_str_eq(anchor("W.nat-registry", "core-1"), "");
	ck_assert_str_eq(epoch("W.nat-registry", "core-2", size), "S02");
	ck_assert_str_eq(epoch("W.nat-registry", "core-1", size + 100), "S12");
	ck_assert_str_eq(epoch("W.nat-registry", "core-1", size), "");
	ck_assert_str_eq(prove("W.nat-registry", "nat-registry"), "S02");
	ck_assert_str_eq(retire_node("core-3"), "S12");
	ck_assert_str_eq(retire_node("core-1"), "");
	ck_assert_str_eq(retire_node("core-1"), "S14");
	reg_on(reg, "2026-06-02");
	ck_assert_str_eq(anchor("W.nat-registry", "core-1"), "S01");
	ck_assert_str_eq(anchor("W2.nat-registry", "core-2"), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("node_acts");
	TCase *tcase = tcase_create("node_acts");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_institution_reads_while_it_is_authorised);
	tcase_add_test(tcase, each_part_of_a_code_list_is_published_once);
	tcase_add_test(tcase, a_node_signs_for_itself_alone_until_it_is_retired);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
