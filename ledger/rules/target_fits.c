#include "ledger/rules/target_fits.h"

#define CLASS(name) CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name

#define FITS(name, kind_id)                                                                        \
	bool fits_##name(const struct kind *kind)                                                  \
	{                                                                                          \
		return kind->id == (kind_id);                                                      \
	}

FITS(marriage, KIND_MARRIAGE)
FITS(notice, KIND_MARRIAGE_NOTICE)
FITS(objection, KIND_OBJECTION)
FITS(adoption, KIND_ADOPTION)
FITS(guardianship, KIND_GUARDIANSHIP_SET)
FITS(block, KIND_BLOCK_RESERVED)
FITS(death, KIND_DEATH)
FITS(revocation, KIND_REVOCATION)
FITS(hold, KIND_LEGAL_HOLD_SET)
FITS(court_decision, KIND_COURT_DECISION)
FITS(departure, KIND_RESIDENCE_DEPARTURE)
FITS(application, KIND_APPLICATION_SUBMITTED)
FITS(statelessness, KIND_STATELESSNESS_FOUND)
FITS(merge, KIND_MERGE)
FITS(certificate, KIND_CERTIFICATE_ISSUED)
FITS(digitised, KIND_LEGACY_DIGITISED)
FITS(verified, KIND_LEGACY_VERIFIED)

bool fits_paper(const struct kind *kind)
{
	return fits_digitised(kind) || fits_verified(kind);
}

/* Acts of persons may be corrected; what amends, repairs identities or governs may not. */
bool fits_correctable(const struct kind *kind)
{
	switch ((int)kind->event_class) {
	case CLASS(AMENDMENT):
	case CLASS(IDENTITY):
	case CLASS(GOVERNANCE):
		return false;
	case CLASS(COURT):
		return kind->id == KIND_COURT_DECISION;
	}
	return true;
}

bool fits_end_of_life(const struct kind *kind)
{
	return kind->id == KIND_DEATH || kind->id == KIND_PRESUMED_DEATH;
}

/* Death_revoked takes deaths back, adoption_revoked adoptions; numbers are closed, documents and
 * certificates revoked or withdrawn by acts of theirs, seals lifted, disputes and holds closed,
 * merges unmerged. */
bool fits_revocable(const struct kind *kind)
{
	switch ((int)kind->event_class) {
	case CLASS(DEATH):
		return kind->id == KIND_DISAPPEARANCE;
	case CLASS(FILIATION):
		return kind->id != KIND_ADOPTION && kind->id != KIND_ADOPTION_REVOKED;
	case CLASS(AMENDMENT):
		return kind->id != KIND_REVOCATION;
	case CLASS(COURT):
		return kind->id == KIND_COURT_DECISION;
	case CLASS(NUMBER):
	case CLASS(ID_CARD):
	case CLASS(PASSPORT):
	case CLASS(PERMIT):
	case CLASS(CERTIFICATE):
	case CLASS(IDENTITY):
	case CLASS(GOVERNANCE):
		return false;
	}
	return true;
}

/* Acts that state something of persons: what amends them goes with its target. */
bool fits_erasable(const struct kind *kind)
{
	switch ((int)kind->event_class) {
	case CLASS(AMENDMENT):
	case CLASS(GOVERNANCE):
		return false;
	case CLASS(COURT):
		return kind->id != KIND_CONTENT_ERASED;
	}
	return true;
}

bool fits_seal(const struct kind *kind)
{
	return kind->id == KIND_SEAL;
}

/* What seals may be opened: a seal, or the adoption that sealed. */
bool fits_sealing(const struct kind *kind)
{
	return fits_seal(kind) || fits_adoption(kind);
}

/* Acts of persons are certified; papers, applications and governance are not. */
bool fits_certifiable(const struct kind *kind)
{
	switch ((int)kind->event_class) {
	case CLASS(BIRTH):
	case CLASS(DEATH):
	case CLASS(MARRIAGE):
	case CLASS(FILIATION):
	case CLASS(NAME):
	case CLASS(RESIDENCE):
	case CLASS(HOUSEHOLD):
	case CLASS(NATIONALITY):
		return true;
	}
	return false;
}

bool fits_end_of_nationality(const struct kind *kind)
{
	return kind->id == KIND_NATIONALITY_LOST || kind->id == KIND_NATIONALITY_RENOUNCED;
}
