/* Births and weddings, and the mistakes in them. */
#include "ledger/base/crypto.h"
#include "ledger/base/date.h"
#include "tools/populate/family_case.h"

#include <stdio.h>

enum {
	LATE_PERCENT = 15,
	VERY_LATE_PERCENT = 4,
	TYPO_PERCENT = 8,
	UNFINISHED_PERCENT = 2,
	NOTIFIED_PERCENT = 30,
	LATIN_MAX = 128
};

struct draft family_step(struct family *family, Civil__V1__EventClass event_class,
                         Civil__V1__EventStep step, const struct officer *signer, int32_t day,
                         Civil__V1__Content *content)
{
	(void)family;
	return (struct draft){
		.event_class = event_class,
		.step = step,
		.signers = { signer },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
}

Civil__V1__Content *family_registration_content(struct family *family, const struct hash *declared,
                                                const struct hash *verified, int which, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_REGISTRATION);
	Civil__V1__Registration *registration =
	        writer_new(writer, &civil__v1__registration__descriptor);

	registration->declaration = writer_bytes(writer, bytes_of_hash(declared));
	if (verified != NULL) {
		registration->verification = writer_bytes(writer, bytes_of_hash(verified));
	}
	registration->registration_number = family_registration(family, which, day);
	registration->date_of_registration = writer_date(writer, day);
	content->registration = registration;
	return content;
}

Civil__V1__Content *family_birth_content(struct family *family, const struct person *child,
                                         int32_t declared, const char *latin_typo)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_BIRTH);
	Civil__V1__Birth *birth = writer_new(writer, &civil__v1__birth__descriptor);
	Civil__V1__NationalityAtBirth *nationality =
	        writer_new(writer, &civil__v1__nationality_at_birth__descriptor);

	birth->name = family_name(writer, child->serial);
	if (latin_typo != NULL) {
		birth->name->latin_given = writer_text(writer, "%s", latin_typo);
	}
	birth->sex = child->sex;
	birth->date_of_birth = writer_partial(writer, child->birth);
	birth->place_of_birth = writer_place(writer, family->commune->code, child->birth);
	birth->plurality = CIVIL__V1__PLURALITY__PLURALITY_SINGLE;
	birth->father_declared = true;
	birth->mother_residence = writer_place(writer, family->home.village, child->birth);
	birth->child_address = writer_address(writer, family->home.village, child->birth);
	birth->weight_g = random_between(&writer->random, 2400, 4200);
	nationality->country = writer_text(writer, "KHM");
	nationality->basis = writer_text(writer, "descent");
	birth->nationality_at_birth =
	        arena_alloc(&writer->arena, sizeof(Civil__V1__NationalityAtBirth *));
	birth->nationality_at_birth[0] = nationality;
	birth->n_nationality_at_birth = 1;
	if (declared - child->birth > 30) {
		birth->late = writer_new(writer, &civil__v1__late_declaration__descriptor);
		birth->late->reason = writer_text(writer, "distance");
		family_witnesses(family, &birth->late->witnesses, &birth->late->n_witnesses);
	}
	content->birth = birth;
	content->common->date_of_declaration = writer_date(writer, declared);
	return content;
}

void family_newborn_parts(const struct family *family, struct draft *draft, const struct id *child)
{
	draft->parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD;
	draft->parts[0].person = child;
	draft->parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER;
	draft->parts[1].person = &family->wife.id;
	draft->parts[2].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_FATHER;
	draft->parts[2].person = &family->husband.id;
	draft->part_count = 3;
}

static void notify_birth(struct family *family, const struct id *case_id, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_NOTIFICATION);
	Civil__V1__Notification *notification =
	        writer_new(writer, &civil__v1__notification__descriptor);

	notification->kind = writer_text(writer, "birth");
	notification->date = writer_partial(writer, day);
	notification->place = writer_place(writer, family->commune->code, day);
	notification->description = writer_text(writer, "one child, alive");
	content->notification = notification;
	struct draft draft =
	        family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	                    CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED,
	                    &family->commune->district->province->notifier, day, content);
	draft.case_id = case_id;
	(void)writer_emit(writer, &draft);
}

/* The delay of a declaration: mostly in time, sometimes late, rarely very late. */
static int32_t delay_days(struct random *random)
{
	if (random_percent(random, VERY_LATE_PERCENT)) {
		return random_between(random, 366, 500);
	}
	return random_percent(random, LATE_PERCENT) ? random_between(random, 31, 300)
	                                            : random_between(random, 1, 20);
}

struct hash family_verify(struct family *family, struct draft *like, const struct hash *declared,
                          int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_VERIFICATION);
	Civil__V1__Verification *verification =
	        writer_new(writer, &civil__v1__verification__descriptor);

	verification->declaration = writer_bytes(writer, bytes_of_hash(declared));
	verification->kidc_source = CIVIL__V1__NUMBER_SOURCE__NUMBER_SOURCE_ALLOCATE;
	content->verification = verification;
	like->step = CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED;
	like->signers[0] = &family->commune->district->verifier;
	like->day = day;
	like->content = content;
	return writer_emit(writer, like);
}

/* A slip in the Latin name, put right by office and district. */
static void correct_typo(struct family *family, struct person *child, const char *typo, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_CORRECTION);
	Civil__V1__Correction *correction = writer_new(writer, &civil__v1__correction__descriptor);
	Civil__V1__FieldChange *change = writer_new(writer, &civil__v1__field_change__descriptor);
	Civil__V1__FieldChange *changes[1] = { change };

	change->path = writer_text(writer, "birth.name.latin_given");
	change->old_value = writer_new(writer, &civil__v1__field_value__descriptor);
	change->old_value->value_case = CIVIL__V1__FIELD_VALUE__VALUE_TEXT;
	change->old_value->text = writer_text(writer, "%s", typo);
	change->new_value = writer_new(writer, &civil__v1__field_value__descriptor);
	change->new_value->value_case = CIVIL__V1__FIELD_VALUE__VALUE_TEXT;
	change->new_value->text = family_name(writer, child->serial)->latin_given;
	correction->target = writer_bytes(writer, bytes_of_hash(&child->act));
	correction->changes = changes;
	correction->n_changes = 1;
	correction->ground = CIVIL__V1__CORRECTION_GROUND__CORRECTION_GROUND_SPELLING;
	correction->path = CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_ADMINISTRATIVE;
	correction->date = writer_date(writer, day);
	content->correction = correction;
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_AMENDMENT, 0,
	                                 &family->commune->registrar, day, content);
	draft.signers[1] = &family->commune->district->verifier;
	draft.signer_count = 2;
	family_newborn_parts(family, &draft, &child->id);
	(void)writer_emit(writer, &draft);
}

void family_latin_typo(struct family *family, char *out, size_t size, const struct person *child)
{
	(void)snprintf(out, size, "%sh", family_name(family->writer, child->serial)->latin_given);
}

/* VERIFIED and REGISTERED of what was declared. */
static void register_birth(struct family *family, struct person *child, struct draft *draft,
                           const struct hash *id, int32_t declared)
{
	family_newborn_parts(family, draft, &child->id);
	struct hash verified = family_verify(family, draft, id, declared + 1);

	draft->step = CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED;
	draft->day = declared + 3;
	draft->signers[0] = &family->commune->registrar;
	if (declared - child->birth > 365) {
		draft->signers[1] = &family->commune->district->province->registrar;
		draft->signer_count = 2;
	}
	draft->content =
	        family_registration_content(family, id, &verified, REGISTER_BIRTH, declared + 3);
	child->act = writer_emit(family->writer, draft);
}

struct person family_newborn(struct family *family, int32_t birth)
{
	struct person child = { .serial = *family->serial,
		                .birth = birth,
		                .sex = CIVIL__V1__SEX__SEX_FEMALE };
	struct id case_id = writer_id(family->writer);

	(*family->serial)++;
	struct draft draft =
	        family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	                    CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED, &family->commune->clerk,
	                    birth + 3, family_birth_content(family, &child, birth + 3, NULL));
	draft.case_id = &case_id;
	family_newborn_parts(family, &draft, NULL);
	struct hash id = writer_emit(family->writer, &draft);

	child.id = crypto_created_id(&id, 1);
	register_birth(family, &child, &draft, &id, birth + 3);
	return child;
}

void family_child(struct family *family, int32_t birth)
{
	struct random *random = &family->writer->random;
	struct person child = { .serial = *family->serial, .birth = birth };
	struct id case_id = writer_id(family->writer);
	bool typo = random_percent(random, TYPO_PERCENT);
	int32_t last = date_to_day((struct civil_date){ 2026, 6, 20 });
	int32_t delay = delay_days(random);

	(*family->serial)++;
	child.sex =
	        random_percent(random, 49) ? CIVIL__V1__SEX__SEX_FEMALE : CIVIL__V1__SEX__SEX_MALE;
	if (birth + delay + 6 > last) {
		delay = 3;
	}
	int32_t declared = birth + delay;
	if (random_percent(random, NOTIFIED_PERCENT)) {
		notify_birth(family, &case_id, birth);
	}
	char latin[LATIN_MAX];
	family_latin_typo(family, latin, sizeof(latin), &child);
	struct draft draft = family_step(
	        family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	        CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED, &family->commune->clerk, declared,
	        family_birth_content(family, &child, declared, typo ? latin : NULL));
	draft.case_id = &case_id;
	family_newborn_parts(family, &draft, NULL);
	struct hash id = writer_emit(family->writer, &draft);

	if (random_percent(random, UNFINISHED_PERCENT)) {
		return; /* the district has not come to it yet */
	}
	child.id = crypto_created_id(&id, 1);
	register_birth(family, &child, &draft, &id, declared);
	if (typo) {
		correct_typo(family, &child, latin, declared + 8);
	}
}

void family_spouses(const struct family *family, struct draft *draft)
{
	draft->parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_A;
	draft->parts[0].person = &family->husband.id;
	draft->parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_B;
	draft->parts[1].person = &family->wife.id;
	draft->part_count = 2;
}

static struct hash post_notice(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_MARRIAGE_NOTICE);
	Civil__V1__MarriageNotice *notice =
	        writer_new(writer, &civil__v1__marriage_notice__descriptor);

	notice->posted_on = writer_date(writer, day);
	notice->until = writer_date(writer, day + 10);
	content->marriage_notice = notice;
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_MARRIAGE, 0,
	                                 &family->commune->registrar, day, content);
	family_spouses(family, &draft);
	return writer_emit(writer, &draft);
}

void family_wedding(struct family *family)
{
	struct writer *writer = family->writer;
	int32_t day = family->wedding;
	struct hash notice = post_notice(family, day - random_between(&writer->random, 10, 25));
	struct id case_id = writer_id(writer);
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_MARRIAGE);
	Civil__V1__Marriage *marriage = writer_new(writer, &civil__v1__marriage__descriptor);

	marriage->date_of_marriage = writer_partial(writer, day);
	marriage->place = writer_place(writer, family->commune->code, day);
	marriage->form = CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CIVIL;
	marriage->notice = writer_bytes(writer, bytes_of_hash(&notice));
	family_witnesses(family, &marriage->witnesses, &marriage->n_witnesses);
	content->marriage = marriage;
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_MARRIAGE,
	                                 CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED,
	                                 &family->commune->clerk, day, content);
	draft.case_id = &case_id;
	family_spouses(family, &draft);
	struct hash declared = writer_emit(writer, &draft);

	draft.step = CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED;
	draft.signers[0] = &family->commune->registrar;
	draft.day = day + 2;
	draft.content =
	        family_registration_content(family, &declared, NULL, REGISTER_MARRIAGE, day + 2);
	family->marriage = writer_emit(writer, &draft);
}
