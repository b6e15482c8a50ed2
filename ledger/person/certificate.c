/* Certificates that were given out about a person's acts, and whether they still say what stands.
 */
#include "ledger/person/step.h"

#define STATUS(name) CIVIL__V1__CERTIFICATE_STATUS__CERTIFICATE_STATUS_##name

void step_certificate_issued(struct fold *fold, const struct act *act)
{
	const Civil__V1__CertificateIssued *issued = act->content->certificate_issued;
	Civil__V1__PersonCertificate *certificate =
	        fold_new(fold, &civil__v1__person_certificate__descriptor);

	if (certificate != NULL) {
		certificate->serial = issued->serial;
		certificate->template_ = issued->template_;
		certificate->act = issued->act;
		certificate->as_of = issued->as_of;
		certificate->status = STATUS(CURRENT);
		certificate->issued_by = fold_bytes(fold, bytes_of_hash(&act->event_id));
		certificate->provisional = fold->state->provisional;
		certificate->provenance =
		        fold_provenance(fold, act, fold_partial(fold, issued->as_of), "");
	}
	fold_append(fold, &fold->state->certificates, &fold->state->n_certificates, certificate);
}

void step_certificate_withdrawn(struct fold *fold, const struct act *act)
{
	ProtobufCBinaryData target = act->content->certificate_withdrawn->target;

	for (size_t i = 0; i < fold->state->n_certificates; i++) {
		Civil__V1__PersonCertificate *certificate = fold->state->certificates[i];

		if (bytes_equal(bytes_of(certificate->issued_by.data, certificate->issued_by.len),
		                bytes_of(target.data, target.len))) {
			certificate->status = STATUS(WITHDRAWN);
			fold_end(fold, certificate->provenance, act,
			         fold_partial(fold, act->content->certificate_withdrawn->date));
		}
	}
}

const struct act *step_certificate_anchor(const struct acts *acts, const struct act *act,
                                          const struct id *person)
{
	ProtobufCBinaryData target = act->content->certificate_withdrawn->target;

	(void)person; /* all subjects of the act have the certificate */
	return acts_by_event(acts, bytes_of(target.data, target.len));
}

/* Index of the last record that changed what the act says; 0 for none. */
static uint64_t amended_at(const struct acts *acts, struct bytes event_id)
{
	const struct act *act = acts_by_event(acts, event_id);

	for (size_t i = 0; act == NULL && i < acts->voided_count; i++) {
		if (bytes_equal(bytes_of_hash(&acts->voided[i].event_id), event_id)) {
			act = &acts->voided[i];
		}
	}
	if (act == NULL) {
		return 0;
	}
	return act->amended;
}

void certificates_compare(struct fold *fold, const struct acts *acts)
{
	for (size_t i = 0; i < fold->state->n_certificates; i++) {
		Civil__V1__PersonCertificate *certificate = fold->state->certificates[i];

		if (certificate->status == STATUS(CURRENT) && certificate->provenance != NULL &&
		    amended_at(acts, bytes_of(certificate->act.data, certificate->act.len)) >
		            certificate->provenance->known_from) {
			certificate->status = STATUS(SUPERSEDED);
		}
	}
}
