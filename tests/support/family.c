#include "tests/support/family.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

static void enrol(struct life *life)
{
	uint8_t key[PUBLIC_KEY_BYTES] = { 1 };
	Civil__V1__OfficerRole roles[] = { CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_REGISTRAR,
		                           CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_VERIFIER };
	char office[] = "070803";
	Civil__V1__Content *content = life_content(life);
	Civil__V1__OfficerEnrolled officer;

	civil__v1__officer_enrolled__init(&officer);
	officer.public_key = (ProtobufCBinaryData){ .len = sizeof(key), .data = key };
	officer.roles = roles;
	officer.n_roles = 2;
	officer.office_id = office;
	officer.from = life_date(life, "2020-01-01");
	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_ENROLLED;
	content->officer_enrolled = &officer;
	(void)life_act(life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE, NULL, 0, content);
}

void family_begin(struct family *family)
{
	const struct life_birth her = { .name = "Her",
		                        .date = "1987-07-07",
		                        .address = "07080301" };
	const struct life_birth him = { .name = "Him", .date = "1985-03-03" };
	const struct life_birth birth = { .name = "Sophea",
		                          .date = "2020-01-01",
		                          .mother = &family->woman,
		                          .father = &family->man };
	struct hash verified;

	life_begin(&family->life);
	enrol(&family->life);
	(void)life_legacy_birth(&family->life, &family->woman, &her);
	(void)life_legacy_birth(&family->life, &family->man, &him);
	family->open = life_birth_declared(&family->life, &birth);
	family->child = family->open.child;
	verified = life_verified(&family->life, &family->open);
	family->birth = life_registered(&family->life, &family->open, &verified, "B", 7);
}

void family_end(struct family *family)
{
	life_end(&family->life);
}

void family_birth_parts(const struct family *family, struct part parts[3])
{
	parts[0] = (struct part){ &family->child, ROLE(CHILD) };
	parts[1] = (struct part){ &family->woman, ROLE(MOTHER) };
	parts[2] = (struct part){ &family->man, ROLE(FATHER) };
}

void family_compromise(struct family *family)
{
	uint8_t key[PUBLIC_KEY_BYTES] = { 1 };
	Civil__V1__Content *content = life_content(&family->life);
	Civil__V1__OfficerKeyCompromised compromised;

	civil__v1__officer_key_compromised__init(&compromised);
	compromised.public_key = (ProtobufCBinaryData){ .len = sizeof(key), .data = key };
	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_KEY_COMPROMISED;
	content->officer_key_compromised = &compromised;
	(void)life_act(&family->life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE, NULL, 0,
	               content);
}

ProtobufCBinaryData family_id(struct id *id)
{
	return (ProtobufCBinaryData){ .len = ID_BYTES, .data = id->bytes };
}
