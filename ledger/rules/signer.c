#include "ledger/rules/signer.h"

#include "ledger/authority/scope.h"
#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/rules/office_acts.h"
#include "ledger/rules/target.h"

#define ROLE(name) ROLE_BIT(OFFICER(name))

uint32_t signer_with_stand_ins(uint32_t roles)
{
	return (roles & ROLE(VERIFIER)) != 0 ? roles | ROLE(PROVINCIAL) : roles;
}

static bool lists_rule(const struct kind *kind, enum rule_id rule)
{
	for (size_t i = 0; kind->rules[i] != RULE_NONE; i++) {
		if (kind->rules[i] == rule) {
			return true;
		}
	}
	return false;
}

bool signer_entitled(const struct kind *kind, uint32_t roles)
{
	uint32_t entitled = 0;

	for (size_t i = 0; kind->seats[i].step != 0; i++) {
		entitled |= kind->seats[i].roles;
	}
	if (lists_rule(kind, RULE_L11)) { /* who approves a late act signs it too */
		entitled |= ROLE(VERIFIER) | ROLE(PROVINCIAL);
	}
	if (lists_rule(kind, RULE_L15) || lists_rule(kind, RULE_L16) ||
	    lists_rule(kind, RULE_L23)) { /* what the district police's signature passes */
		entitled |= ROLE(DISTRICT_POLICE);
	}
	return (signer_with_stand_ins(entitled) & roles) != 0;
}

int signer_level(uint32_t roles)
{
	static const struct {
		uint32_t roles;
		int level;
	} levels[] = {
		{ ROLE(NATIONAL) | ROLE(ID_CARD) | ROLE(PASSPORT) | ROLE(NATIONALITY) |
		          ROLE(IMMIGRATION) | ROLE(HEALTH_CODER) | ROLE(E_SERVICE),
		  4 },
		{ ROLE(PROVINCIAL) | ROLE(JUDGE) | ROLE(COURT_CLERK), 3 },
		{ ROLE(VERIFIER) | ROLE(DISTRICT_POLICE), 2 },
	};

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if ((roles & levels[i].roles) != 0) {
			return levels[i].level;
		}
	}
	return 1;
}

static bool founding_key(const struct judgement *j, struct bytes public_key)
{
	const Civil__V1__Content *content = j->event->content;

	if (j->view->size != 0 || content->kind_case != CONTENT_CASE(GENESIS)) {
		return false;
	}
	for (size_t i = 0; i < content->genesis->n_officers; i++) {
		const ProtobufCBinaryData *named = &content->genesis->officers[i]->public_key;

		if (bytes_equal(bytes_of(named->data, named->len), public_key)) {
			return true;
		}
	}
	return false;
}

static void load_signer(struct judgement *j, struct signer *signer, size_t i)
{
	static const char *const paths[SIGNATURES_MAX] = {
		"signatures[0]", "signatures[1]", "signatures[2]", "signatures[3]",
		"signatures[4]", "signatures[5]", "signatures[6]", "signatures[7]",
	};
	const Civil__V1__Signature *signature = j->event->signatures[i];

	ASSERT(i < SIGNATURES_MAX);
	signer->path = paths[i];
	signer->public_key = bytes_of(signature->public_key.data, signature->public_key.len);
	signer->founder = founding_key(j, signer->public_key);
	signer->enrolled =
	        judgement_settle(j, authority_key(j->view, &signer->key, signer->public_key));
	if (signer->enrolled) {
		scope_on(&signer->key, j->recorded_day);
		signer->active = authority_key_active(&signer->key, j->recorded_day);
		signer->office_known = judgement_settle(
		        j, authority_office(j->view, &signer->office, signer->key.office));
	}
}

/* Seats of a refusal or withdrawal: the registrar's, and those of the step that would be next. */
static void seats_of_end(const struct judgement *j, struct seats *seats)
{
	Civil__V1__EventStep next = STEP(REGISTERED);
	struct kind_seat only = { .step = j->step, .reach = REACH_AREA };

	if (j->kind->profile == PROFILE_VERIFIED || j->kind->profile == PROFILE_DECLARED) {
		if (j->declared == NULL) {
			next = STEP(DECLARED);
		} else if (j->kind->profile == PROFILE_VERIFIED && j->verified == NULL) {
			next = STEP(VERIFIED);
		}
	}
	for (size_t i = 0; j->kind->seats[i].step != 0; i++) {
		const struct kind_seat *seat = &j->kind->seats[i];

		only.roles |= seat->step == next ? seat->roles : seat->roles & ROLE(REGISTRAR);
		if (seat->step == next && seat->reach == REACH_NATION) {
			only.reach = REACH_NATION;
		}
	}
	seats->seat[0] = only;
	seats->count = 1;
}

static bool any_signer_has(const struct judgement *j, uint32_t roles)
{
	for (size_t i = 0; i < j->signer_count; i++) {
		if (j->signers[i].enrolled && (j->signers[i].key.roles & roles) != 0) {
			return true;
		}
	}
	return false;
}

/* A province governs the officers of its communes, and calls any key of its offices compromised,
 * unless the nation signs. */
static bool province_governs(const struct judgement *j)
{
	bool any_office = j->event->content->kind_case == CONTENT_CASE(OFFICER_KEY_COMPROMISED);

	return !any_signer_has(j, ROLE(NATIONAL)) && (any_office || j->commune_concerned);
}

/* Who gives out a certificate follows from what it says. */
static enum seat_variant certificate_variant(const Civil__V1__Content *content)
{
	switch ((int)content->certificate_issued->template_) {
	case CIVIL__V1__CERTIFICATE_TEMPLATE__CERTIFICATE_TEMPLATE_EXTRACT:
		return SEAT_EXTRACT;
	case CIVIL__V1__CERTIFICATE_TEMPLATE__CERTIFICATE_TEMPLATE_NATIONALITY:
		return SEAT_NATIONALITY;
	default:
		return SEAT_CERTIFICATE;
	}
}

static bool variant_applies(const struct judgement *j, enum seat_variant variant)
{
	const Civil__V1__Content *content = j->event->content;
	bool court = content->kind_case == CONTENT_CASE(CORRECTION) &&
	             content->correction->path == CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT;

	switch (variant) {
	case SEAT_ALWAYS:
		return true;
	case SEAT_ADMINISTRATIVE:
		return !court;
	case SEAT_COURT:
		return court;
	case SEAT_POLICE:
		return !any_signer_has(j, ROLE(COURT_CLERK));
	case SEAT_CLERK_OF_COURT:
		return any_signer_has(j, ROLE(COURT_CLERK));
	case SEAT_E_SERVICE:
		return any_signer_has(j, ROLE(E_SERVICE));
	case SEAT_OF_OFFICE:
		return !any_signer_has(j, ROLE(E_SERVICE));
	case SEAT_EXTRACT:
	case SEAT_NATIONALITY:
	case SEAT_CERTIFICATE:
		return certificate_variant(content) == variant;
	case SEAT_PROVINCE:
		return province_governs(j);
	case SEAT_NATIONAL:
		return !province_governs(j);
	}
	return false;
}

void signers_seats(const struct judgement *j, struct seats *seats)
{
	seats->count = 0;
	seats->filled = 0;
	if (j->kind == NULL) {
		return;
	}
	if (j->step == STEP(REFUSED) || j->step == STEP(WITHDRAWN)) {
		seats_of_end(j, seats);
		return;
	}
	for (size_t i = 0; j->kind->seats[i].step != 0; i++) {
		const struct kind_seat *seat = &j->kind->seats[i];

		if (seat->step == j->step && variant_applies(j, seat->variant)) {
			seats->seat[seats->count] = *seat;
			seats->count++;
		}
	}
}

static bool can_fill(const struct signer *signer, const struct kind_seat *seat)
{
	return signer->enrolled && (signer_with_stand_ins(seat->roles) & signer->key.roles) != 0;
}

static bool officer_seated(const struct judgement *j, const struct id *officer)
{
	for (size_t i = 0; i < j->signer_count; i++) {
		if (j->signers[i].part == SIGNER_SEAT &&
		    id_equal(&j->signers[i].key.officer, officer)) {
			return true;
		}
	}
	return false;
}

/* The free signer who could fill fewest seats takes this one: then none is left empty that could
 * be filled, as long as a step has no more than two. */
static struct signer *choose(struct judgement *j, const struct seats *seats, size_t s)
{
	struct signer *chosen = NULL;
	size_t fewest = SIZE_MAX;

	for (size_t i = 0; i < j->signer_count; i++) {
		struct signer *signer = &j->signers[i];
		size_t could = 0;

		if (signer->part == SIGNER_SEAT || !can_fill(signer, &seats->seat[s]) ||
		    officer_seated(j, &signer->key.officer)) {
			continue;
		}
		for (size_t other = 0; other < seats->count; other++) {
			could += can_fill(signer, &seats->seat[other]);
		}
		if (could < fewest) {
			fewest = could;
			chosen = signer;
		}
	}
	return chosen;
}

static void give_parts(struct judgement *j)
{
	struct seats seats;
	bool nation = true;
	bool seated = false;

	signers_seats(j, &seats);
	for (size_t s = 0; s < seats.count; s++) {
		struct signer *signer = choose(j, &seats, s);

		nation = nation && seats.seat[s].reach == REACH_NATION;
		if (signer != NULL) {
			signer->part = SIGNER_SEAT;
			signer->reach = seats.seat[s].reach;
			seated = true;
		}
	}
	for (size_t i = 0; i < j->signer_count; i++) {
		struct signer *signer = &j->signers[i];

		if (signer->part == SIGNER_STRANGER &&
		    bytes_equal(office_acts_own_key(j), signer->public_key)) {
			signer->part = SIGNER_SECOND;
			signer->reach = REACH_NATION;
		}
		if (signer->enrolled && signer->part == SIGNER_STRANGER && seated &&
		    signer_entitled(j->kind, signer->key.roles)) {
			signer->part = SIGNER_SECOND;
			signer->reach = nation ? REACH_NATION : REACH_AREA;
		}
	}
}

enum { PROVINCE_DIGITS = 2 };

/* True for an office of a commune or of its police. */
static bool of_commune(struct judgement *j, struct office *office, const char *id)
{
	return judgement_settle(j, authority_office(j->view, office, id)) &&
	       (office->sort == CIVIL__V1__OFFICE_SORT__OFFICE_SORT_COMMUNE ||
	        office->sort == CIVIL__V1__OFFICE_SORT__OFFICE_SORT_POLICE_COMMUNE);
}

/* Whether a governance act concerns an officer of a commune's office. */
static bool concerns_commune(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct officer_key officer;
	const char *id = NULL;

	if (content->kind_case == CONTENT_CASE(OFFICER_ENROLLED)) {
		id = content->officer_enrolled->office_id;
	} else if (target_officer(j, &officer)) {
		id = officer.office;
	}
	struct office office;

	if (id == NULL || !of_commune(j, &office, id)) {
		return false;
	}
	if (content->kind_case != CONTENT_CASE(OFFICER_SCOPE_CHANGED)) {
		return true;
	}
	/* Nobody but the nation moves an officer out of the province, or up. */
	struct office next;

	return of_commune(j, &next, content->officer_scope_changed->office_id) &&
	       office.area_count > 0 && next.area_count > 0 &&
	       memcmp(office.areas[0], next.areas[0], PROVINCE_DIGITS) == 0;
}

void signers_load(struct judgement *j)
{
	size_t count = j->event->signature_count;

	j->signers = arena_array(j->view->arena, count, sizeof(*j->signers));
	if (j->signers == NULL) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
		return;
	}
	j->signer_count = count;
	for (size_t i = 0; i < count; i++) {
		load_signer(j, &j->signers[i], i);
	}
	j->commune_concerned = concerns_commune(j);
	give_parts(j);
}
