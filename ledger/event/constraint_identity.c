/* Field rows of identities: foreigners, false identities, proofs of life, rejected papers. */
#include "ledger/event/constraint_table.h"

#define CAMBODIA "KHM"

static const struct field_row foreigner_enrolled_rows[] = {
	NEEDED_MESSAGE("person", &table_new_person),     NEEDED("nationalities", FORM_COUNTRY),
	NEEDED("passport_number", FORM_DOCUMENT_NUMBER), NEEDED("country", FORM_COUNTRY),
	NEEDED_MESSAGE("address", &table_address),       NEEDED("date", FORM_DATE),
};

/* One person, the subject; who has the nationality of Cambodia has a birth to be registered. */
static void check_foreigner_enrolled(struct checking *checking, const struct position *position,
                                     const ProtobufCMessage *message)
{
	const Civil__V1__ForeignerEnrolled *enrolled =
	        (const Civil__V1__ForeignerEnrolled *)message;

	const Civil__V1__EventHeader *header = checking->header;

	for (size_t i = 0; header != NULL && i < header->n_subjects; i++) {
		if (header->subjects[i]->ordinal == 0) {
			constraint_report(checking, position, "person", RULE_S07,
			                  "is on the register already");
			break;
		}
	}
	if (enrolled->person != NULL &&
	    enrolled->person->role != CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT) {
		constraint_report(checking, position, "person.role", RULE_S07,
		                  "is not that of the subject");
	}
	for (size_t i = 0; i < enrolled->n_nationalities; i++) {
		if (strcmp(enrolled->nationalities[i], CAMBODIA) == 0) {
			constraint_report(checking, position, "nationalities", RULE_S07,
			                  "name this country");
			return;
		}
	}
}

const struct table table_foreigner_enrolled =
        TABLE(foreigner_enrolled, foreigner_enrolled_rows, check_foreigner_enrolled);

static const struct field_row false_identity_rows[] = {
	NEEDED("true_identity", FORM_ENUM),
	OPTIONAL("true_person", FORM_ID),
	NEEDED("date", FORM_DATE),
};

/* The true person is another, and nobody can be named for an identity that is not known. */
static void check_false_identity(struct checking *checking, const struct position *position,
                                 const ProtobufCMessage *message)
{
	const Civil__V1__FalseIdentity *found = (const Civil__V1__FalseIdentity *)message;
	const Civil__V1__EventHeader *header = checking->header;
	const struct bytes person = bytes_of(found->true_person.data, found->true_person.len);

	for (size_t i = 0; header != NULL && person.size > 0 && i < header->n_subjects; i++) {
		const ProtobufCBinaryData *subject = &header->subjects[i]->person_id;

		if (bytes_equal(bytes_of(subject->data, subject->len), person)) {
			constraint_report(checking, position, "true_person", RULE_S07,
			                  "is the false one");
		}
	}
	if (found->true_person.len > 0 &&
	    found->true_identity == CIVIL__V1__TRUE_IDENTITY__TRUE_IDENTITY_UNKNOWN) {
		constraint_report(checking, position, "true_person", RULE_S07,
		                  "does not go with an unknown identity");
	}
}

const struct table table_false_identity =
        TABLE(false_identity, false_identity_rows, check_false_identity);

static const struct field_row legacy_rejected_rows[] = {
	NEEDED("act", FORM_ACT),
	NEEDED("reason", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_legacy_rejected = TABLE(legacy_rejected, legacy_rejected_rows, NULL);

static const struct field_row proof_of_life_rows[] = {
	NEEDED("date", FORM_DATE),
	NEEDED("how", FORM_ENUM),
	NEEDED("office_id", FORM_OFFICE),
};

const struct table table_proof_of_life = TABLE(proof_of_life, proof_of_life_rows, NULL);
