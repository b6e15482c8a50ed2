/* How many officers signed, and which of them signed before. */
#include "ledger/authority/scope.h"
#include "ledger/rules/signer.h"

/* The officers who signed an event; keys that are unknown are left out. */
static size_t officers_of(struct judgement *j, const struct event *event,
                          struct officer_key out[SIGNATURES_MAX])
{
	size_t count = 0;

	if (event == j->event) {
		for (size_t i = 0; i < j->signer_count; i++) {
			if (j->signers[i].enrolled) {
				out[count] = j->signers[i].key;
				count++;
			}
		}
		return count;
	}
	for (size_t i = 0; i < event->signature_count && i < SIGNATURES_MAX; i++) {
		const ProtobufCBinaryData *key = &event->signatures[i]->public_key;

		if (judgement_settle(j, authority_key(j->view, &out[count],
		                                      bytes_of(key->data, key->len)))) {
			scope_on(&out[count], date_of_instant(event->header->signed_at_ms));
			count++;
		}
	}
	return count;
}

static size_t seats_at(const struct kind *kind, Civil__V1__EventStep step, uint32_t *roles)
{
	size_t count = 0;

	*roles = 0;
	for (size_t i = 0; kind->seats[i].step != 0; i++) {
		if (kind->seats[i].step == step && kind->seats[i].variant == SEAT_ALWAYS) {
			*roles |= kind->seats[i].roles;
			count++;
		}
	}
	*roles = signer_with_stand_ins(*roles);
	return count;
}

bool signers_have_second(struct judgement *j, const struct event *event)
{
	struct officer_key officers[SIGNATURES_MAX];
	size_t count = officers_of(j, event, officers);
	uint32_t seat_roles;

	if (j->kind == NULL) {
		return false;
	}
	if (seats_at(j->kind, event->header->step, &seat_roles) == 0) {
		seat_roles = UINT32_MAX; /* in variants */
	}
	for (size_t a = 0; a < count; a++) {
		for (size_t b = 0; b < count; b++) {
			if ((officers[a].roles & seat_roles) != 0 &&
			    !id_equal(&officers[a].officer, &officers[b].officer) &&
			    signer_entitled(j->kind, officers[b].roles) &&
			    signer_level(officers[b].roles) >= signer_level(officers[a].roles)) {
				return true;
			}
		}
	}
	return false;
}

bool signers_overlap(struct judgement *j, const struct event *other)
{
	struct officer_key officers[SIGNATURES_MAX];
	size_t count = officers_of(j, other, officers);

	for (size_t i = 0; i < j->signer_count; i++) {
		for (size_t o = 0; j->signers[i].enrolled && o < count; o++) {
			if (id_equal(&j->signers[i].key.officer, &officers[o].officer)) {
				return true;
			}
		}
	}
	return false;
}

/* Adds the officers that are not in the list yet. */
static size_t add_distinct(struct id *list, size_t count, size_t max,
                           const struct officer_key *officers, size_t officer_count)
{
	for (size_t i = 0; i < officer_count && count < max; i++) {
		bool there = false;

		for (size_t k = 0; k < count && !there; k++) {
			there = id_equal(&list[k], &officers[i].officer);
		}
		if (!there) {
			list[count] = officers[i].officer;
			count++;
		}
	}
	return count;
}

size_t signers_of_event(struct judgement *j)
{
	struct officer_key officers[SIGNATURES_MAX];
	struct id list[SIGNATURES_MAX];
	size_t count = officers_of(j, j->event, officers);

	return add_distinct(list, 0, SIGNATURES_MAX, officers, count);
}

size_t signers_of_case(struct judgement *j)
{
	struct officer_key officers[SIGNATURES_MAX];
	struct id list[2 * SIGNATURES_MAX];
	size_t max = sizeof(list) / sizeof(list[0]);
	size_t count = officers_of(j, j->event, officers);

	count = add_distinct(list, 0, max, officers, count);
	for (size_t i = 0; i < j->case_count; i++) {
		size_t more = officers_of(j, &j->case_records[i].event, officers);

		count = add_distinct(list, count, max, officers, more);
	}
	return count;
}

bool signers_registrar_signed(struct judgement *j, const struct event *other)
{
	struct officer_key officers[SIGNATURES_MAX];
	size_t count = officers_of(j, other, officers);

	for (size_t i = 0; i < j->signer_count; i++) {
		for (size_t o = 0; j->signers[i].part == SIGNER_SEAT && o < count; o++) {
			if (id_equal(&j->signers[i].key.officer, &officers[o].officer)) {
				return true;
			}
		}
	}
	return false;
}

bool signers_are_registrars(struct judgement *j, const struct event *other)
{
	struct officer_key officers[SIGNATURES_MAX];
	size_t count = officers_of(j, other, officers);

	for (size_t i = 0; i < j->signer_count; i++) {
		for (size_t o = 0; j->signers[i].enrolled && o < count; o++) {
			if ((officers[o].roles & ROLE_BIT(OFFICER(REGISTRAR))) != 0 &&
			    id_equal(&j->signers[i].key.officer, &officers[o].officer)) {
				return true;
			}
		}
	}
	return false;
}
