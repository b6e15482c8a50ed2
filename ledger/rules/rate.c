/* How fast a key works, at what hours, and whether the signer saw the last state. */
#include "ledger/person/persona.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/watch.h"

#define HOUR_MS (INT64_C(60) * 60 * 1000)

/* REGISTERED events by the key in the open hour before the signing time, counted to the higher of
 * the two limits. */
static size_t rate_of(struct judgement *j, struct signer *signer, const Civil__V1__RuleSet *law)
{
	int64_t signed_at = j->event->header->signed_at_ms;
	int32_t limit = law->rate_limit > law->rate_watch ? law->rate_limit : law->rate_watch;

	if (!signer->rate_loaded && limit > 0) {
		signer->rate_loaded = true;
		if (!judgement_settle(j, view_signed_between(
		                                 j->view, &signer->rate, signer->public_key,
		                                 signed_at - HOUR_MS, signed_at, (size_t)limit))) {
			signer->rate = 0;
		}
	}
	return signer->rate;
}

static void below(struct judgement *j, int32_t limit)
{
	const Civil__V1__RuleSet *law = j->law_registered;

	for (size_t i = 0; limit > 0 && i < j->signer_count; i++) {
		if (rate_of(j, &j->signers[i], law) >= (size_t)limit) {
			Civil__V1__RuleFinding *finding = finding_broken(j, j->signers[i].path);

			finding_fact(j, finding, "limit", "%d", limit);
		}
	}
}

void rule_p10(struct judgement *j)
{
	const Civil__V1__RuleSet *law = judgement_law_registered(j);

	if (law != NULL) {
		below(j, law->rate_limit);
	}
}

void rule_w02(struct judgement *j)
{
	const Civil__V1__RuleSet *law = judgement_law_registered(j);

	if (law != NULL) {
		below(j, law->rate_watch);
	}
}

void rule_w01(struct judgement *j)
{
	if (watch_is_out_of_hours(j->event->header->signed_at_ms)) {
		(void)finding_broken(j, "header.signed_at_ms");
	}
}

/* A mother or father of a birth is named, not changed: the office need not have read the state. */
static bool version_is_checked(const struct judgement *j, const struct party *party)
{
	return party->expected_version != 0 &&
	       !(j->own.kind != NULL && j->own.kind->id == KIND_BIRTH &&
	         party->role != SUBJECT(CHILD));
}

void rule_p08(struct judgement *j)
{
	for (size_t i = 0; i < j->own.party_count; i++) {
		const struct party *party = &j->own.parties[i];
		uint64_t version;
		uint64_t count;

		if (version_is_checked(j, party) &&
		    judgement_settle(j, persona_version(j->view, &version, &count, &party->id)) &&
		    version != party->expected_version) {
			(void)finding_broken(j, party->path);
		}
	}
}
