/* A proof of life: somebody came to the police of the commune. */
#include "tools/populate/family.h"

void family_proof(struct family *family, const struct person *person, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_PROOF_OF_LIFE);
	Civil__V1__ProofOfLife *proof = writer_new(writer, &civil__v1__proof_of_life__descriptor);

	proof->date = writer_date(writer, day);
	proof->how = CIVIL__V1__LIFE_PROOF__LIFE_PROOF_IN_PERSON;
	proof->office_id = writer_text(writer, "%s", family->commune->police.office);
	content->proof_of_life = proof;
	const struct draft draft = {
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_IDENTITY,
		.parts = { { CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT, &person->id } },
		.part_count = 1,
		.signers = { &family->commune->police },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
	(void)writer_emit(writer, &draft);
}
