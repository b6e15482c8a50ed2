/* Old papers: digitised, verified, linked, and the number that follows. */
#include "ledger/base/crypto.h"
#include "ledger/base/date.h"
#include "ledger/number.h"
#include "tools/populate/family.h"

#include <stdio.h>

static const struct civil_date paper_day = { 2020, 2, 3 };
static const struct civil_date paper_marriage_day = { 2020, 2, 5 };

static struct draft identity_act(const struct officer *signer, int32_t day,
                                 Civil__V1__Content *content)
{
	return (struct draft){
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_IDENTITY,
		.signers = { signer },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
}

static Civil__V1__KeyedField *keyed_field(struct writer *writer, const char *name,
                                          const char *value)
{
	Civil__V1__KeyedField *field = writer_new(writer, &civil__v1__keyed_field__descriptor);

	field->name = writer_text(writer, "%s", name);
	field->value = writer_text(writer, "%s", value);
	return field;
}

static Civil__V1__Keying *keying(struct writer *writer, const struct officer *officer)
{
	Civil__V1__Keying *keying = writer_new(writer, &civil__v1__keying__descriptor);

	keying->officer_id = writer_bytes(writer, bytes_of_id(&officer->id));
	keying->fields = arena_alloc(&writer->arena, sizeof(Civil__V1__KeyedField *));
	keying->fields[0] = keyed_field(writer, "entry", "as written");
	keying->n_fields = 1;
	return keying;
}

/* Scans and keys one paper; returns the event id of legacy_verified. */
static struct hash digitise(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	const struct commune *commune = family->commune;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_LEGACY_DIGITISED);
	Civil__V1__LegacyDigitised *digitised =
	        writer_new(writer, &civil__v1__legacy_digitised__descriptor);
	Civil__V1__PaperReference *paper =
	        writer_new(writer, &civil__v1__paper_reference__descriptor);
	Civil__V1__Keying *keyings[2] = { keying(writer, &commune->clerk),
		                          keying(writer, &commune->registrar) };
	struct id scanned = writer_id(writer);
	struct hash image = crypto_sha256(bytes_of_id(&scanned));

	paper->book = writer_text(writer, "%u", 1 + random_below(&writer->random, 90));
	paper->year = 2000;
	paper->page = writer_text(writer, "%u", 1 + random_below(&writer->random, 200));
	paper->entry = writer_text(writer, "%u", 1 + random_below(&writer->random, 20));
	paper->office_id = writer_text(writer, "%s", commune->code);
	digitised->image_digest = writer_bytes(writer, bytes_of_hash(&image));
	digitised->form_generation = writer_text(writer, "form_2000");
	digitised->paper_reference = paper;
	digitised->keyings = keyings;
	digitised->n_keyings = 2;
	digitised->date = writer_date(writer, day);
	content->legacy_digitised = digitised;
	struct draft draft = identity_act(&commune->clerk, day, content);
	struct hash scan = writer_emit(writer, &draft);

	content = writer_content(writer, CIVIL__V1__CONTENT__KIND_LEGACY_VERIFIED);
	Civil__V1__LegacyVerified *verified =
	        writer_new(writer, &civil__v1__legacy_verified__descriptor);
	Civil__V1__KeyedField *resolved[1] = { keyed_field(writer, "entry", "as written") };

	verified->digitised = writer_bytes(writer, bytes_of_hash(&scan));
	verified->resolved = resolved;
	verified->n_resolved = 1;
	verified->date = writer_date(writer, day);
	content->legacy_verified = verified;
	draft = identity_act(&commune->district->verifier, day, content);
	return writer_emit(writer, &draft);
}

static Civil__V1__ParentDetails *unknown_mother(struct writer *writer, const struct person *person,
                                                const char *commune)
{
	Civil__V1__ParentDetails *details =
	        writer_new(writer, &civil__v1__parent_details__descriptor);

	details->name = family_name(writer, person->serial + 7);
	details->birth = writer_year(writer, date_of_day(person->birth).year - 25);
	details->nationality = writer_text(writer, "KHM");
	details->residence = writer_place(writer, commune, person->birth);
	return details;
}

static Civil__V1__Birth *paper_birth(struct family *family, const struct person *person)
{
	struct writer *writer = family->writer;
	const struct commune *commune = family->commune;
	Civil__V1__Birth *birth = writer_new(writer, &civil__v1__birth__descriptor);
	Civil__V1__NationalityAtBirth *nationality =
	        writer_new(writer, &civil__v1__nationality_at_birth__descriptor);

	birth->name = family_name(writer, person->serial);
	birth->sex = person->sex;
	birth->date_of_birth = family_birth_date(writer, person);
	birth->place_of_birth = writer_place(writer, commune->code, person->birth);
	birth->plurality = CIVIL__V1__PLURALITY__PLURALITY_SINGLE;
	birth->mother_details = unknown_mother(writer, person, commune->code);
	birth->mother_residence = writer_place(writer, commune->code, person->birth);
	birth->child_address = writer_address(writer, commune->villages[0], person->birth);
	nationality->country = writer_text(writer, "KHM");
	nationality->basis = writer_text(writer, "descent");
	birth->nationality_at_birth =
	        arena_alloc(&writer->arena, sizeof(Civil__V1__NationalityAtBirth *));
	birth->nationality_at_birth[0] = nationality;
	birth->n_nationality_at_birth = 1;
	return birth;
}

static struct draft linked(struct family *family, const struct hash *verified, int32_t day,
                           int32_t declared, Civil__V1__LegacyLinked **out)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_LEGACY_LINKED);
	Civil__V1__LegacyLinked *linked = writer_new(writer, &civil__v1__legacy_linked__descriptor);

	linked->verified = writer_bytes(writer, bytes_of_hash(verified));
	linked->confidence = CIVIL__V1__LINK_CONFIDENCE__LINK_CONFIDENCE_HIGH;
	content->legacy_linked = linked;
	content->common->date_of_declaration = writer_date(writer, declared);
	*out = linked;
	struct draft draft = identity_act(&family->commune->district->verifier, day, content);
	draft.signers[1] = &family->commune->registrar;
	draft.signer_count = 2;
	return draft;
}

static void give_number(struct family *family, struct person *person, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_NUMBER_ALLOCATED);
	Civil__V1__NumberAllocated *allocated =
	        writer_new(writer, &civil__v1__number_allocated__descriptor);

	allocated->scheme = writer_text(writer, "kidc");
	allocated->reason = CIVIL__V1__NUMBER_REASON__NUMBER_REASON_LEGACY;
	allocated->date = writer_date(writer, day);
	allocated->place = writer_place(writer, family->commune->code, day);
	content->number_allocated = allocated;
	const struct draft draft = {
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_NUMBER,
		.parts = { { CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_HOLDER, &person->id } },
		.part_count = 1,
		.signers = { &family->commune->district->verifier, &family->commune->registrar },
		.signer_count = 2,
		.day = day,
		.content = content,
	};
	struct hash id = writer_emit(writer, &draft);
	number_draw(person->number, &id, &person->id, 0);
}

void family_paper_person(struct family *family, struct person *person)
{
	int32_t day = date_to_day(paper_day);
	int32_t last_birth = person->year_only ? date_to_day((struct civil_date){
	                                                 date_of_day(person->birth).year, 12, 31 })
	                                       : person->birth;
	struct hash verified = digitise(family, day);
	Civil__V1__LegacyLinked *act;
	struct draft draft = linked(family, &verified, day, last_birth + 20, &act);

	act->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	act->birth = paper_birth(family, person);
	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD;
	draft.part_count = 1;
	person->act = writer_emit(family->writer, &draft);
	person->id = crypto_created_id(&person->act, 1);
	give_number(family, person, day);
}

void family_paper_marriage(struct family *family)
{
	struct writer *writer = family->writer;
	int32_t day = date_to_day(paper_marriage_day);
	/* Between her 22nd birthday and the end of 2019: of age under every law since 1989. */
	int32_t first = family->wife.birth + 22 * 365 + 6;
	int32_t last = date_to_day((struct civil_date){ 2019, 11, 30 });
	struct hash verified = digitise(family, day);
	Civil__V1__LegacyLinked *act;

	family->wedding = random_between(&writer->random, first, last);
	struct draft draft = linked(family, &verified, day, family->wedding + 5, &act);
	Civil__V1__Marriage *marriage = writer_new(writer, &civil__v1__marriage__descriptor);

	marriage->date_of_marriage = writer_partial(writer, family->wedding);
	marriage->place = writer_place(writer, family->commune->code, family->wedding);
	marriage->form = CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY;
	family_witnesses(family, &marriage->witnesses, &marriage->n_witnesses);
	act->act_case = CIVIL__V1__LEGACY_LINKED__ACT_MARRIAGE;
	act->marriage = marriage;
	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_A;
	draft.parts[0].person = &family->husband.id;
	draft.parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_B;
	draft.parts[1].person = &family->wife.id;
	draft.part_count = 2;
	family->marriage = writer_emit(writer, &draft);
}
