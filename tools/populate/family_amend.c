/* Acts taken away and given back, disputes, holds, and a husband who is presumed dead. */
#include "ledger/base/date.h"
#include "tools/populate/family_case.h"

/* Both of the national office, under a decision. */
static struct hash amend(struct family *family, Civil__V1__Content *content,
                         const struct hash *decision, int32_t day, const char *expected)
{
	struct writer *writer = family->writer;
	Civil__V1__LegalBasis *basis = writer_new(writer, &civil__v1__legal_basis__descriptor);
	Civil__V1__LegalBasis *bases[1] = { basis };
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_AMENDMENT, 0,
	                                 &family->country->nation[0], day, content);

	basis->text = writer_text(writer, "court");
	basis->act = writer_bytes(writer, bytes_of_hash(decision));
	if (content->common == NULL) {
		content->common = writer_new(writer, &civil__v1__common__descriptor);
	}
	content->common->legal_basis = bases;
	content->common->n_legal_basis = 1;
	draft.signers[1] = &family->country->nation[2];
	draft.signer_count = 2;
	draft.expected = expected;
	family_spouses(family, &draft);
	return writer_emit(writer, &draft);
}

static struct hash revoke(struct family *family, int32_t day, const char *expected)
{
	struct writer *writer = family->writer;
	struct hash decision = family_ordered(family, "revocation", day - 1);
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_REVOCATION);
	Civil__V1__Revocation *revocation = writer_new(writer, &civil__v1__revocation__descriptor);

	revocation->target = writer_bytes(writer, bytes_of_hash(&family->marriage));
	revocation->ground = CIVIL__V1__AMENDMENT_GROUND__AMENDMENT_GROUND_DUPLICATE;
	revocation->effect = CIVIL__V1__REVOCATION_EFFECT__REVOCATION_EFFECT_EX_TUNC;
	revocation->date = writer_date(writer, day);
	content->revocation = revocation;
	return amend(family, content, &decision, day, expected);
}

/* The marriage is revoked as a duplicate, once; and given back, because it was none. */
static void revoked_in_error(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	struct hash revocation = revoke(family, day, NULL);

	(void)revoke(family, day + 1, "S14");
	struct hash decision = family_ordered(family, "reinstatement", day + 1);
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_REINSTATEMENT);
	Civil__V1__Reinstatement *back = writer_new(writer, &civil__v1__reinstatement__descriptor);

	back->target = writer_bytes(writer, bytes_of_hash(&revocation));
	back->ground = CIVIL__V1__AMENDMENT_GROUND__AMENDMENT_GROUND_REVOKED_IN_ERROR;
	back->date = writer_date(writer, day + 2);
	content->reinstatement = back;
	(void)amend(family, content, &decision, day + 2, NULL);
}

/* Both spouses as persons concerned. */
static struct hash concern(struct family *family, const struct officer *first,
                           const struct officer *second, int32_t day, Civil__V1__Content *content)
{
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_COURT, 0,
	                                 first, day, content);

	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT;
	draft.parts[0].person = &family->husband.id;
	draft.parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT;
	draft.parts[1].person = &family->wife.id;
	draft.part_count = 2;
	if (second != NULL) {
		draft.signers[1] = second;
		draft.signer_count = 2;
	}
	return writer_emit(family->writer, &draft);
}

static void disputed(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	const struct district *district = family->commune->district;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DISPUTE_OPENED);
	Civil__V1__DisputeOpened *opened =
	        writer_new(writer, &civil__v1__dispute_opened__descriptor);
	ProtobufCBinaryData targets[1] = { writer_bytes(writer, bytes_of_hash(&family->marriage)) };

	opened->targets = targets;
	opened->n_targets = 1;
	opened->authority = writer_text(writer, "office %s", family->commune->code);
	opened->reason = writer_text(writer, "a witness withdrew");
	opened->date = writer_date(writer, day);
	content->dispute_opened = opened;
	(void)concern(family, &family->commune->registrar, NULL, day, content);

	content = writer_content(writer, CIVIL__V1__CONTENT__KIND_DISPUTE_CLOSED);
	Civil__V1__DisputeClosed *closed =
	        writer_new(writer, &civil__v1__dispute_closed__descriptor);

	targets[0] = writer_bytes(writer, bytes_of_hash(&family->marriage));
	closed->targets = targets;
	closed->n_targets = 1;
	closed->authority = writer_text(writer, "province %s", district->province->code);
	closed->outcome = CIVIL__V1__DISPUTE_OUTCOME__DISPUTE_OUTCOME_AFFIRMED;
	closed->date = writer_date(writer, day + 2);
	content->dispute_closed = closed;
	(void)concern(family, &district->province->registrar, &district->verifier, day + 2,
	              content);
}

/* While the court holds them nothing is revoked. */
static void held(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	const struct officer *court = &family->commune->district->province->court;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_LEGAL_HOLD_SET);
	Civil__V1__LegalHoldSet *hold = writer_new(writer, &civil__v1__legal_hold_set__descriptor);

	hold->scope = CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_PERSON;
	hold->authority = writer_text(writer, "court");
	hold->date = writer_date(writer, day);
	content->legal_hold_set = hold;
	struct hash set = concern(family, court, NULL, day, content);

	(void)revoke(family, day + 1, "L19");
	content = writer_content(writer, CIVIL__V1__CONTENT__KIND_LEGAL_HOLD_LIFTED);
	Civil__V1__LegalHoldLifted *lifted =
	        writer_new(writer, &civil__v1__legal_hold_lifted__descriptor);

	lifted->target = writer_bytes(writer, bytes_of_hash(&set));
	lifted->authority = writer_text(writer, "court");
	lifted->date = writer_date(writer, day + 3);
	content->legal_hold_lifted = lifted;
	(void)concern(family, court, NULL, day + 3, content);
}

void family_amend(struct family *family, int32_t day)
{
	struct random *random = &family->writer->random;

	if (random_percent(random, 3)) {
		revoked_in_error(family, day);
	} else if (random_percent(random, 4)) {
		disputed(family, day);
	} else if (random_percent(random, 3)) {
		held(family, day);
	}
}

/* Husband and wife in a death. */
static struct draft death_step(struct family *family, const struct officer *signer, int32_t day,
                               Civil__V1__Content *content)
{
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_DEATH, 0,
	                                 signer, day, content);

	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_DECEASED;
	draft.parts[0].person = &family->husband.id;
	draft.parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SURVIVING_SPOUSE;
	draft.parts[1].person = &family->wife.id;
	draft.part_count = 2;
	return draft;
}

static void come_back(struct family *family, const struct hash *death, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DEATH_REVOKED);
	Civil__V1__DeathRevoked *revoked =
	        writer_new(writer, &civil__v1__death_revoked__descriptor);

	revoked->target = writer_bytes(writer, bytes_of_hash(death));
	revoked->found_on = writer_date(writer, day);
	revoked->proof = writer_text(writer, "in_person");
	revoked->authority = writer_text(writer, "police");
	content->death_revoked = revoked;
	struct draft draft = death_step(family, &family->country->nation[0], day, content);

	draft.signers[1] = &family->commune->district->province->registrar;
	draft.signer_count = 2;
	(void)writer_emit(writer, &draft);
}

void family_presume(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	struct hash decision = family_ordered(family, "presumed_death", day);
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_PRESUMED_DEATH);
	Civil__V1__PresumedDeath *presumed =
	        writer_new(writer, &civil__v1__presumed_death__descriptor);

	presumed->presumed_date = writer_date(writer, day - 1);
	presumed->decision = writer_bytes(writer, bytes_of_hash(&decision));
	content->presumed_death = presumed;
	struct draft draft = death_step(family, &family->commune->registrar, day + 1, content);
	struct hash death = writer_emit(writer, &draft);

	if (random_percent(&writer->random, 50)) {
		come_back(family, &death, day + 10);
	} else {
		family->widowed = true;
	}
}
