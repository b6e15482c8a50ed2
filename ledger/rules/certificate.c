#include "ledger/rules/certificate.h"

#include "ledger/rules/hold.h"
#include "ledger/sealing.h"

/* What is disputed, held or sealed by a court is not given out as true. What an adoption hides is
 * the truth for certificates. */
void rule_l26(struct judgement *j)
{
	const struct act *target;
	bool held = false;
	bool sealed = false;

	if (!judgement_target(j, &target)) {
		return; /* S12 or S13 */
	}
	for (size_t p = 0; p < j->own.party_count; p++) {
		held = held || hold_stops(j, &j->own.parties[p]);
	}
	if (!judgement_settle(j,
	                      sealing_by_court(j->view, &sealed, target->index, j->recorded_day))) {
		return;
	}
	if (held || sealed || target->disputed) {
		(void)finding_broken(j, "content.certificate_issued.act");
	}
}

void certificate_in_force(struct judgement *j)
{
	const Civil__V1__CertificateWithdrawn *withdrawn = j->event->content->certificate_withdrawn;
	const Civil__V1__PersonState *state =
	        j->own.party_count == 0 ? NULL : party_state(j, &j->own.parties[0]);

	for (size_t i = 0; state != NULL && i < state->n_certificates; i++) {
		const Civil__V1__PersonCertificate *certificate = state->certificates[i];

		if (bytes_equal(bytes_of(certificate->issued_by.data, certificate->issued_by.len),
		                bytes_of(withdrawn->target.data, withdrawn->target.len)) &&
		    (strcmp(certificate->serial, withdrawn->serial) != 0 ||
		     certificate->status ==
		             CIVIL__V1__CERTIFICATE_STATUS__CERTIFICATE_STATUS_WITHDRAWN)) {
			(void)finding_broken(j, "content.certificate_withdrawn.target");
		}
	}
}
