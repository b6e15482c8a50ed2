#include "ledger/rules/judgement.h"
#include "ledger/rules/jurisdiction.h"
#include "ledger/rules/kinship.h"
#include "ledger/rules/merge.h"
#include "ledger/rules/office_acts.h"
#include "ledger/rules/signer.h"
#include "ledger/rules/target.h"

enum { GENESIS_OFFICERS_MIN = 3 };

/* Record 0 is signed by the keys it names itself: its signers are judged by that alone. */
static bool is_genesis(const struct judgement *j)
{
	return j->event->content->kind_case == CONTENT_CASE(GENESIS);
}

void rule_s01(struct judgement *j)
{
	for (size_t i = 0; i < j->signer_count; i++) {
		const struct signer *signer = &j->signers[i];

		if (is_genesis(j) && j->view->size == 0 ? !signer->founder
		                                        : !signer->enrolled || !signer->active) {
			(void)finding_broken(j, signer->path);
		}
	}
}

void rule_s02(struct judgement *j)
{
	bool own_office = false;

	if (is_genesis(j)) {
		return;
	}
	for (size_t i = 0; i < j->signer_count; i++) {
		const struct signer *signer = &j->signers[i];

		if (signer->enrolled && signer->part == SIGNER_STRANGER && j->kind != NULL) {
			Civil__V1__RuleFinding *finding = finding_broken(j, signer->path);

			finding_fact(j, finding, "kind", "%s", j->kind->name);
		}
		if (signer->enrolled && signer->part != SIGNER_STRANGER &&
		    !office_acts_node_signs(j, signer->public_key)) {
			(void)finding_broken(j, signer->path);
		}
		own_office = own_office || !signer->enrolled ||
		             strcmp(signer->key.office, j->event->header->office_id) == 0;
	}
	if (!own_office) {
		(void)finding_broken(j, "header.office_id");
	}
}

void rule_s03(struct judgement *j)
{
	struct tested_places places;
	bool loaded = false;

	if (is_genesis(j) || j->kind == NULL) {
		return;
	}
	for (size_t i = 0; i < j->signer_count; i++) {
		const struct signer *signer = &j->signers[i];

		if (signer->part == SIGNER_STRANGER || signer->reach == REACH_NATION ||
		    !signer->office_known) {
			continue;
		}
		if (!loaded) {
			jurisdiction_places(j, &places);
			loaded = true;
		}
		if (!places.missing && !jurisdiction_covers(&signer->office, &places)) {
			(void)finding_broken(j, signer->path);
		}
	}
}

/* The keyers of the paper that a verification speaks of. */
static bool is_keyer(struct judgement *j, const struct signer *signer)
{
	const Civil__V1__LegacyDigitised *digitised =
	        j->event->content->kind_case == CONTENT_CASE(LEGACY_VERIFIED) ? target_digitised(j)
	                                                                      : NULL;

	for (size_t i = 0; digitised != NULL && i < digitised->n_keyings; i++) {
		const ProtobufCBinaryData *keyer = &digitised->keyings[i]->officer_id;

		if (bytes_equal(bytes_of(keyer->data, keyer->len),
		                bytes_of_id(&signer->key.officer))) {
			return true;
		}
	}
	return false;
}

void rule_s04(struct judgement *j)
{
	for (size_t i = 0; i < j->signer_count; i++) {
		const struct signer *signer = &j->signers[i];
		bool party = signer->enrolled && is_keyer(j, signer);

		for (size_t p = 0; p < j->own.party_count && signer->enrolled; p++) {
			if (party || !signer->key.has_person) {
				continue;
			}
			party = kinship_close(j, &signer->key.person, &j->own.parties[p].id);
		}
		if (party) {
			(void)finding_broken(j, signer->path);
		}
	}
}

/* Every founding officer signs, and there are at least three. */
static void founders_complete(struct judgement *j)
{
	const Civil__V1__Genesis *genesis = j->event->content->genesis;
	size_t founders = 0;

	for (size_t i = 0; i < j->signer_count; i++) {
		founders += j->signers[i].founder;
	}
	if (founders < genesis->n_officers || genesis->n_officers < GENESIS_OFFICERS_MIN) {
		(void)finding_broken(j, "signatures");
	}
}

/* Joint officers, where the row wants them from different offices. */
static bool offices_distinct(const struct judgement *j)
{
	for (size_t a = 0; a < j->signer_count; a++) {
		for (size_t b = a + 1; b < j->signer_count; b++) {
			if (j->signers[a].part == SIGNER_SEAT &&
			    j->signers[b].part == SIGNER_SEAT &&
			    strcmp(j->signers[a].key.office, j->signers[b].key.office) == 0) {
				return false;
			}
		}
	}
	return true;
}

static bool seats_filled(struct judgement *j)
{
	struct seats seats;
	size_t seated = 0;
	bool strangers = false;

	signers_seats(j, &seats);
	for (size_t i = 0; i < j->signer_count; i++) {
		seated += j->signers[i].part == SIGNER_SEAT;
		strangers = strangers || j->signers[i].part == SIGNER_STRANGER;
	}
	/* Beside somebody who may not sign at all, only the number counts: S02 names the rest. */
	return strangers ? signers_of_event(j) >= seats.count : seated == seats.count;
}

/* Whoever raised a suspicion does not settle it. */
static bool raiser_signed(struct judgement *j)
{
	for (size_t i = 0; i < j->signer_count; i++) {
		if (j->signers[i].enrolled && pair_raised_by(j, &j->signers[i].key.officer)) {
			return true;
		}
	}
	return false;
}

/* Who goes on with another key signs with the old one. */
static bool own_key_signs(const struct judgement *j)
{
	struct bytes key = office_acts_own_key(j);

	for (size_t i = 0; i < j->signer_count; i++) {
		if (bytes_equal(key, j->signers[i].public_key)) {
			return true;
		}
	}
	return key.size == 0;
}

void rule_s05(struct judgement *j)
{
	Civil__V1__RuleFinding *finding = NULL;

	if (is_genesis(j)) {
		if (j->view->size == 0) {
			founders_complete(j);
		}
		return;
	}
	if (j->kind == NULL) {
		return;
	}
	if (!own_key_signs(j)) {
		finding = finding_broken(j, "signatures");
	} else if (!seats_filled(j) || (j->kind->distinct_offices && !offices_distinct(j))) {
		finding = finding_broken(j, "signatures");
	} else if (raiser_signed(j)) {
		finding = finding_broken(j, "signatures");
	} else if (j->step == STEP(VERIFIED) && j->declared != NULL &&
	           signers_overlap(j, &j->declared->event)) {
		finding = finding_broken(j, "signatures");
	} else if (j->step == STEP(VERIFIED) && j->registered != NULL &&
	           signers_are_registrars(j, &j->registered->event)) {
		finding = finding_broken(j, "signatures"); /* of a provisional birth */
	} else if (j->step == STEP(REGISTERED) && j->kind->profile == PROFILE_DECLARED &&
	           signers_of_case(j) < 2) {
		finding = finding_broken(j, "signatures");
	} else if (j->step == STEP(REGISTERED) && j->kind->profile == PROFILE_VERIFIED &&
	           j->verified != NULL && signers_registrar_signed(j, &j->verified->event)) {
		finding = finding_broken(j, "signatures");
	}
	finding_fact(j, finding, "kind", "%s", j->kind->name);
}

void rule_s18(struct judgement *j)
{
	int32_t day = j->own.registered_day;
	struct office office;

	if (is_genesis(j)) {
		return;
	}
	for (size_t i = 0; i < j->signer_count; i++) {
		const struct signer *signer = &j->signers[i];

		if (signer->enrolled && (!signer->office_known || day < signer->office.opened_day ||
		                         day > signer->office.closed_day)) {
			(void)finding_broken(j, signer->path);
		}
	}
	if (!judgement_settle(j, authority_office(j->view, &office, j->event->header->office_id))) {
		(void)finding_broken(j, "header.office_id");
	}
}
