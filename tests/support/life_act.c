#include "tests/support/life_act.h"

#include "ledger/base/crypto.h"

#include <check.h>

#define STEP(name)    CIVIL__V1__EVENT_STEP__EVENT_STEP_##name
#define CLASS(name)   CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name
#define ROLE(name)    CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name

static void *make(struct life *life, const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(&life->arena, descriptor->sizeof_message);

	ck_assert_ptr_nonnull(message);
	descriptor->message_init(message);
	return message;
}

static char *text(struct life *life, const char *string)
{
	return arena_string(&life->arena, string);
}

static ProtobufCBinaryData id_data(struct life *life, const struct id *id)
{
	return (ProtobufCBinaryData){ .len = ID_BYTES,
		                      .data = arena_copy(&life->arena, bytes_of_id(id)) };
}

static Civil__V1__Birth *birth_message(struct life *life, const struct life_birth *birth)
{
	Civil__V1__Birth *message = make(life, &civil__v1__birth__descriptor);

	message->name = life_name(life, birth->name);
	message->sex = birth->sex;
	message->date_of_birth = life_partial(life, birth->date);
	message->place_of_birth = life_place(life, "070801", "KH-2014");
	message->plurality = CIVIL__V1__PLURALITY__PLURALITY_SINGLE;
	message->nationality_at_birth =
	        arena_array(&life->arena, 1, sizeof(Civil__V1__NationalityAtBirth *));
	message->nationality_at_birth[0] = make(life, &civil__v1__nationality_at_birth__descriptor);
	message->nationality_at_birth[0]->country = text(life, "KHM");
	message->nationality_at_birth[0]->basis = text(life, "descent");
	message->n_nationality_at_birth = 1;
	if (birth->address != NULL) {
		message->child_address = life_address(life, birth->address);
	}
	return message;
}

static size_t birth_parts(struct part parts[3], const struct life_birth *birth)
{
	size_t count = 1;

	parts[0] = (struct part){ NULL, ROLE(CHILD) };
	if (birth->mother != NULL) {
		parts[count] = (struct part){ birth->mother, ROLE(MOTHER) };
		count++;
	}
	if (birth->father != NULL) {
		parts[count] = (struct part){ birth->father, ROLE(FATHER) };
		count++;
	}
	return count;
}

struct life_case_open life_birth_declared(struct life *life, const struct life_birth *birth)
{
	struct id case_id = life_case(life);

	return life_birth_declared_in(life, birth, &case_id);
}

struct life_case_open life_birth_declared_in(struct life *life, const struct life_birth *birth,
                                             const struct id *case_id)
{
	struct life_case_open open = { .case_id = *case_id, .event_class = CLASS(BIRTH) };
	Civil__V1__Content *content = life_content(life);

	content->kind_case = CONTENT(BIRTH);
	content->birth = birth_message(life, birth);
	open.part_count = birth_parts(open.parts, birth);
	open.declared = life_put(life, CLASS(BIRTH), STEP(DECLARED), &open.case_id, open.parts,
	                         open.part_count, content);
	open.child = crypto_created_id(&open.declared, 1);
	return open;
}

/* Parts of the later steps: the child is known by now. */
static void later_parts(struct part parts[3], const struct life_case_open *open)
{
	memcpy(parts, open->parts, sizeof(open->parts));
	if (parts[0].person == NULL) {
		parts[0].person = &open->child;
	}
}

struct hash life_verified(struct life *life, const struct life_case_open *open)
{
	Civil__V1__Content *content = life_content(life);
	struct part parts[3];

	later_parts(parts, open);
	content->kind_case = CONTENT(VERIFICATION);
	content->verification = make(life, &civil__v1__verification__descriptor);
	content->verification->declaration = life_hash(life, &open->declared);
	content->verification->kidc_source = CIVIL__V1__NUMBER_SOURCE__NUMBER_SOURCE_ALLOCATE;
	return life_put(life, open->event_class, STEP(VERIFIED), &open->case_id, parts,
	                open->part_count, content);
}

struct hash life_registered(struct life *life, const struct life_case_open *open,
                            const struct hash *verified, const char *register_code, int number)
{
	Civil__V1__Content *content = life_content(life);
	Civil__V1__Registration *registration = make(life, &civil__v1__registration__descriptor);
	struct part parts[3];

	later_parts(parts, open);
	registration->declaration = life_hash(life, &open->declared);
	if (verified != NULL) {
		registration->verification = life_hash(life, verified);
	}
	registration->registration_number = make(life, &civil__v1__registration_number__descriptor);
	registration->registration_number->office_id = text(life, "070803");
	registration->registration_number->register_ = text(life, register_code);
	registration->registration_number->year = 2020;
	registration->registration_number->number = number;
	registration->date_of_registration = life_date(life, life->recorded_on);
	content->kind_case = CONTENT(REGISTRATION);
	content->registration = registration;
	return life_put(life, open->event_class, STEP(REGISTERED), &open->case_id, parts,
	                open->part_count, content);
}

struct hash life_birth(struct life *life, struct id *child, const struct life_birth *birth)
{
	struct life_case_open open = life_birth_declared(life, birth);
	struct hash verified;
	int number = (int)life->made;

	*child = open.child;
	if (birth->unverified) {
		return life_registered(life, &open, NULL, "B", number);
	}
	verified = life_verified(life, &open);
	return life_registered(life, &open, &verified, "B", number);
}

static Civil__V1__Content *legacy_content(struct life *life)
{
	Civil__V1__Content *content = life_content(life);

	content->kind_case = CONTENT(LEGACY_LINKED);
	content->legacy_linked = make(life, &civil__v1__legacy_linked__descriptor);
	return content;
}

struct hash life_legacy_birth(struct life *life, struct id *child, const struct life_birth *birth)
{
	Civil__V1__Content *content = legacy_content(life);
	struct part parts[3];
	size_t count = birth_parts(parts, birth);
	struct hash event;

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = birth_message(life, birth);
	event = life_act(life, CLASS(IDENTITY), parts, count, content);
	*child = crypto_created_id(&event, 1);
	return event;
}

static Civil__V1__Marriage *marriage_message(struct life *life, const char *date)
{
	Civil__V1__Marriage *message = make(life, &civil__v1__marriage__descriptor);

	message->date_of_marriage = life_partial(life, date);
	message->place = life_place(life, "030401", "KH-H");
	message->form = CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY;
	return message;
}

struct hash life_legacy_marriage(struct life *life, struct id *bride, const struct id *groom,
                                 const char *date, const char *born)
{
	Civil__V1__Content *content = legacy_content(life);
	Civil__V1__NewPerson *person = make(life, &civil__v1__new_person__descriptor);
	const struct part parts[] = { { groom, ROLE(SPOUSE_A) }, { NULL, ROLE(SPOUSE_B) } };
	struct hash event;

	person->role = ROLE(SPOUSE_B);
	person->name = life_name(life, "Bride");
	person->sex = CIVIL__V1__SEX__SEX_FEMALE;
	person->birth = life_partial(life, born);
	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_MARRIAGE;
	content->legacy_linked->marriage = marriage_message(life, date);
	content->legacy_linked->new_persons =
	        arena_array(&life->arena, 1, sizeof(Civil__V1__NewPerson *));
	content->legacy_linked->new_persons[0] = person;
	content->legacy_linked->n_new_persons = 1;
	event = life_act(life, CLASS(IDENTITY), parts, 2, content);
	*bride = crypto_created_id(&event, 1);
	return event;
}

struct hash life_number(struct life *life, const struct id *person, const char *date)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(HOLDER) } };

	content->kind_case = CONTENT(NUMBER_ALLOCATED);
	content->number_allocated = make(life, &civil__v1__number_allocated__descriptor);
	content->number_allocated->scheme = text(life, "KIDC");
	content->number_allocated->date = life_date(life, date);
	return life_act(life, CLASS(NUMBER), parts, 1, content);
}

/* DECLARED and REGISTERED of a kind of profile D. */
static struct hash declare(struct life *life, Civil__V1__EventClass event_class,
                           const char *register_code, const struct part *parts, size_t count,
                           Civil__V1__Content *content)
{
	struct life_case_open open = { .case_id = life_case(life),
		                       .event_class = event_class,
		                       .part_count = count };

	memcpy(open.parts, parts, count * sizeof(*parts));
	open.declared =
	        life_put(life, event_class, STEP(DECLARED), &open.case_id, parts, count, content);
	return life_registered(life, &open, NULL, register_code, (int)life->made);
}

struct hash life_marriage(struct life *life, const struct id *groom, const struct id *bride,
                          const char *date, const char *already_ended)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { groom, ROLE(SPOUSE_A) }, { bride, ROLE(SPOUSE_B) } };

	content->kind_case = CONTENT(MARRIAGE);
	content->marriage = marriage_message(life, date);
	if (already_ended != NULL) {
		content->marriage->already_ended =
		        make(life, &civil__v1__already_ended__descriptor);
		content->marriage->already_ended->on = life_date(life, already_ended);
		content->marriage->already_ended->reason = CIVIL__V1__END_REASON__END_REASON_DEATH;
	}
	return declare(life, CLASS(MARRIAGE), "M", parts, 2, content);
}

struct hash life_notice(struct life *life, const struct id *groom, const struct id *bride,
                        const char *posted_on)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { groom, ROLE(SPOUSE_A) }, { bride, ROLE(SPOUSE_B) } };

	content->kind_case = CONTENT(MARRIAGE_NOTICE);
	content->marriage_notice = make(life, &civil__v1__marriage_notice__descriptor);
	content->marriage_notice->posted_on = life_date(life, posted_on);
	return life_act(life, CLASS(MARRIAGE), parts, 2, content);
}

struct hash life_divorce(struct life *life, const struct id *groom, const struct id *bride,
                         const struct hash *marriage, const char *date)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { groom, ROLE(SPOUSE_A) }, { bride, ROLE(SPOUSE_B) } };

	content->kind_case = CONTENT(DIVORCE);
	content->divorce = make(life, &civil__v1__divorce__descriptor);
	content->divorce->target = life_hash(life, marriage);
	content->divorce->date_final = life_date(life, date);
	return life_act(life, CLASS(MARRIAGE), parts, 2, content);
}

struct hash life_death(struct life *life, const struct id *person, const struct id *spouse,
                       const char *date)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(DECEASED) },
		                      { spouse, ROLE(SURVIVING_SPOUSE) } };

	content->kind_case = CONTENT(DEATH);
	content->death = make(life, &civil__v1__death__descriptor);
	content->death->date_of_death = life_partial(life, date);
	content->death->place_of_death = life_place(life, "070801", "KH-2014");
	return declare(life, CLASS(DEATH), "D", parts, spouse == NULL ? 1 : 2, content);
}

struct hash life_unit(struct life *life, struct id *unit, const char *village)
{
	Civil__V1__Content *content = life_content(life);
	struct hash event;

	content->kind_case = CONTENT(RESIDENCE_UNIT_OPENED);
	content->residence_unit_opened = make(life, &civil__v1__residence_unit_opened__descriptor);
	content->residence_unit_opened->address = life_address(life, village);
	content->residence_unit_opened->date = life_date(life, life->recorded_on);
	event = life_act(life, CLASS(RESIDENCE), NULL, 0, content);
	*unit = crypto_created_id(&event, 1);
	return event;
}

struct hash life_departure(struct life *life, const struct id *person, const struct id *unit,
                           const char *date)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(RESIDENT) } };

	content->kind_case = CONTENT(RESIDENCE_DEPARTURE);
	content->residence_departure = make(life, &civil__v1__residence_departure__descriptor);
	content->residence_departure->date = life_date(life, date);
	content->residence_departure->from_unit = id_data(life, unit);
	return life_act(life, CLASS(RESIDENCE), parts, 1, content);
}

struct hash life_arrival(struct life *life, const struct id *person, const struct id *unit,
                         const char *date)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(RESIDENT) } };

	content->kind_case = CONTENT(RESIDENCE_ARRIVAL);
	content->residence_arrival = make(life, &civil__v1__residence_arrival__descriptor);
	content->residence_arrival->date = life_date(life, date);
	content->residence_arrival->unit = id_data(life, unit);
	return life_act(life, CLASS(RESIDENCE), parts, 1, content);
}

struct hash life_correction(struct life *life, const struct part *parts, size_t count,
                            const struct hash *target, const char *path,
                            Civil__V1__FieldValue *value, bool court)
{
	Civil__V1__Content *content = life_content(life);
	Civil__V1__Correction *correction = make(life, &civil__v1__correction__descriptor);

	correction->target = life_hash(life, target);
	correction->changes = arena_array(&life->arena, 1, sizeof(Civil__V1__FieldChange *));
	correction->changes[0] = make(life, &civil__v1__field_change__descriptor);
	correction->n_changes = 1;
	correction->changes[0]->path = text(life, path);
	correction->changes[0]->new_value = value;
	correction->path = court ? CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT
	                         : CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_ADMINISTRATIVE;
	correction->date = life_date(life, life->recorded_on);
	content->kind_case = CONTENT(CORRECTION);
	content->correction = correction;
	return life_act(life, CLASS(AMENDMENT), parts, count, content);
}

Civil__V1__FieldValue *life_value_date(struct life *life, const char *date)
{
	Civil__V1__FieldValue *value = make(life, &civil__v1__field_value__descriptor);

	value->value_case = CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE;
	value->partial_date = life_partial(life, date);
	return value;
}

Civil__V1__FieldValue *life_value_text(struct life *life, const char *string)
{
	Civil__V1__FieldValue *value = make(life, &civil__v1__field_value__descriptor);

	value->value_case = CIVIL__V1__FIELD_VALUE__VALUE_TEXT;
	value->text = text(life, string);
	return value;
}
