/* The steps of a case, and histories in one call. */
#include "ledger/base/crypto.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define STEP(name)    CIVIL__V1__EVENT_STEP__EVENT_STEP_##name
#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name

static const struct reg_part nobody[] = { { 0, NULL } };

struct reg_case reg_case_begin(struct reg *reg, enum kind_id kind, const struct reg_part *parts)
{
	struct reg_case c = { .kind = kind, .case_id = reg_fresh_id(reg) };

	for (size_t i = 0; parts[i].role != 0; i++) {
		ck_assert_uint_lt(i, REG_PARTS_MAX);
		c.parts[i] = parts[i];
	}
	return c;
}

const char *reg_notify(struct reg *reg, struct reg_case *c, const char *signers, const char *date,
                       const char *place)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Notification *notification = reg_new(reg, &civil__v1__notification__descriptor);

	content->kind_case = CONTENT(NOTIFICATION);
	content->notification = notification;
	notification->kind = reg_text(reg, kind_of_id(c->kind)->name);
	notification->date = reg_partial(reg, date);
	notification->place = reg_place(reg, place, "KH-2014");
	notification->description = reg_text(reg, "reported");
	return reg_offer(reg, signers, c->kind, STEP(NOTIFIED), &c->case_id, nobody, content);
}

const char *reg_declare(struct reg *reg, struct reg_case *c, const char *signers,
                        Civil__V1__Content *content)
{
	const char *answer =
	        reg_offer(reg, signers, c->kind, STEP(DECLARED), &c->case_id, c->parts, content);

	if (answer[0] == '\0') {
		c->declared = reg_event(reg);
		for (size_t i = 0; c->parts[i].role != 0; i++) {
			if (c->parts[i].person == NULL) {
				struct id *kept = arena_alloc(&reg->arena, sizeof(*kept));

				*kept = reg_created(reg);
				c->created = *kept;
				c->parts[i].person = kept;
			}
		}
	}
	return answer;
}

const char *reg_verify(struct reg *reg, struct reg_case *c, const char *signers)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Verification *verification = reg_new(reg, &civil__v1__verification__descriptor);

	content->kind_case = CONTENT(VERIFICATION);
	content->verification = verification;
	verification->declaration = reg_bytes(reg, bytes_of_hash(&c->declared));
	verification->kidc_source = CIVIL__V1__NUMBER_SOURCE__NUMBER_SOURCE_ALLOCATE;
	const char *answer =
	        reg_offer(reg, signers, c->kind, STEP(VERIFIED), &c->case_id, c->parts, content);

	if (answer[0] == '\0') {
		c->verified = reg_event(reg);
	}
	return answer;
}

Civil__V1__Content *reg_registration(struct reg *reg, const struct reg_case *c)
{
	static const struct hash none;
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Registration *registration = reg_new(reg, &civil__v1__registration__descriptor);

	content->kind_case = CONTENT(REGISTRATION);
	content->registration = registration;
	registration->declaration = reg_bytes(reg, bytes_of_hash(&c->declared));
	if (!hash_equal(&c->verified, &none)) {
		registration->verification = reg_bytes(reg, bytes_of_hash(&c->verified));
	}
	reg->numbers++;
	registration->registration_number =
	        reg_new(reg, &civil__v1__registration_number__descriptor);
	registration->registration_number->office_id = reg_text(reg, "070803");
	registration->registration_number->register_ = reg_text(reg, "B");
	registration->registration_number->year = 2026;
	registration->registration_number->number = (int32_t)reg->numbers;
	registration->date_of_registration = reg_date(reg, reg->today);
	return content;
}

const char *reg_register_as(struct reg *reg, struct reg_case *c, const char *signers,
                            Civil__V1__Content *content)
{
	const char *answer =
	        reg_offer(reg, signers, c->kind, STEP(REGISTERED), &c->case_id, c->parts, content);

	if (answer[0] == '\0') {
		c->registered = reg_event(reg);
	}
	return answer;
}

const char *reg_register(struct reg *reg, struct reg_case *c, const char *signers)
{
	return reg_register_as(reg, c, signers, reg_registration(reg, c));
}

const char *reg_refuse(struct reg *reg, struct reg_case *c, const char *signers)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Refusal *refusal = reg_new(reg, &civil__v1__refusal__descriptor);

	content->kind_case = CONTENT(REFUSAL);
	content->refusal = refusal;
	refusal->reason = reg_text(reg, "no_proof_of_birth");
	refusal->text = reg_text(reg, "no proof was shown");
	refusal->appeal_until = reg_date(reg, "2199-12-31");
	return reg_offer(reg, signers, c->kind, STEP(REFUSED), &c->case_id, c->parts, content);
}

#define MADE(call) ck_assert_str_eq((call), "")

/* "070803" -> "R.070803", "V.0708". */
static char *officer_of(struct reg *reg, const char *role, const char *area, int digits)
{
	return arena_printf(&reg->arena, "%s.%.*s", role, digits, area);
}

struct hash reg_paper(struct reg *reg, const char *commune)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__LegacyDigitised *digitised =
	        reg_new(reg, &civil__v1__legacy_digitised__descriptor);
	struct hash image = { { 5 } };

	content->kind_case = CONTENT(LEGACY_DIGITISED);
	content->legacy_digitised = digitised;
	digitised->image_digest = reg_bytes(reg, bytes_of_hash(&image));
	digitised->form_generation = reg_text(reg, "g1980");
	digitised->paper_reference = reg_new(reg, &civil__v1__paper_reference__descriptor);
	digitised->paper_reference->book = reg_text(reg, "1");
	digitised->paper_reference->year = 1999;
	digitised->paper_reference->page = reg_text(reg, "1");
	digitised->paper_reference->entry = reg_text(reg, "1");
	digitised->paper_reference->office_id = reg_text(reg, commune);
	digitised->date = reg_date(reg, reg->today);
	digitised->keyings = arena_array(&reg->arena, 2, sizeof(*digitised->keyings));
	for (size_t i = 0; i < 2; i++) {
		Civil__V1__Keying *keying = reg_new(reg, &civil__v1__keying__descriptor);
		struct id keyer = { { 0x4b, (uint8_t)i } };

		keying->officer_id = reg_bytes(reg, bytes_of_id(&keyer));
		keying->fields = arena_array(&reg->arena, 1, sizeof(*keying->fields));
		keying->fields[0] = reg_new(reg, &civil__v1__keyed_field__descriptor);
		keying->fields[0]->name = reg_text(reg, "name");
		keying->n_fields = 1;
		digitised->keyings[i] = keying;
		digitised->n_keyings++;
	}
	MADE(reg_act(reg, officer_of(reg, "K", commune, 6), KIND_LEGACY_DIGITISED, nobody,
	             content));
	struct hash paper = reg_event(reg);

	MADE(reg_paper_verified(reg, officer_of(reg, "V", commune, 4), &paper));
	return reg_event(reg);
}

const char *reg_paper_verified(struct reg *reg, const char *signers, const struct hash *digitised)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__LegacyVerified *verified = reg_new(reg, &civil__v1__legacy_verified__descriptor);

	content->kind_case = CONTENT(LEGACY_VERIFIED);
	content->legacy_verified = verified;
	verified->digitised = reg_bytes(reg, bytes_of_hash(digitised));
	verified->resolved = arena_array(&reg->arena, 1, sizeof(*verified->resolved));
	verified->resolved[0] = reg_new(reg, &civil__v1__keyed_field__descriptor);
	verified->resolved[0]->name = reg_text(reg, "name");
	verified->n_resolved = 1;
	verified->date = reg_date(reg, reg->today);
	return reg_act(reg, signers, KIND_LEGACY_VERIFIED, nobody, content);
}

Civil__V1__Content *reg_linked(struct reg *reg, const struct hash *verified)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__LegacyLinked *linked = reg_new(reg, &civil__v1__legacy_linked__descriptor);

	content->kind_case = CONTENT(LEGACY_LINKED);
	content->legacy_linked = linked;
	linked->verified = reg_bytes(reg, bytes_of_hash(verified));
	linked->confidence = CIVIL__V1__LINK_CONFIDENCE__LINK_CONFIDENCE_HIGH;
	return content;
}

/* "070803" in the gazetteer of a day; 250101 was 030401. */
static const char *code_on(const char *commune, const char *day)
{
	return strcmp(commune, "250101") == 0 && strtol(day, NULL, 10) < 2014 ? "030401" : commune;
}

struct id reg_paper_person(struct reg *reg, Civil__V1__Sex sex, const char *name, const char *date,
                           const char *commune)
{
	return reg_paper_child(reg, sex, name, date, commune, NULL);
}

struct id reg_paper_child(struct reg *reg, Civil__V1__Sex sex, const char *name, const char *date,
                          const char *commune, const struct id *mother)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { mother == NULL ? 0 : ROLE(MOTHER), mother },
		                          { 0, NULL } };
	const char *today = reg->today;

	reg_on(reg, "2020-02-03");
	struct hash paper = reg_paper(reg, commune);
	const char *signers = arena_printf(&reg->arena, "V.%.4s+R.%s", commune, commune);
	Civil__V1__Content *content = reg_linked(reg, &paper);
	Civil__V1__Birth *birth = reg_birth(reg, name, date)->birth;

	birth->sex = sex;
	birth->place_of_birth->code = reg_text(reg, code_on(commune, date));
	birth->mother_residence->code = reg_text(reg, code_on(commune, date));
	birth->child_address->code = arena_printf(&reg->arena, "%s01", commune);
	if (mother == NULL) {
		reg_mother_told(reg, birth, "1900");
		birth->mother_details->birth->year = birth->date_of_birth->year - 25;
	}
	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = birth;
	MADE(reg_act(reg, signers, KIND_LEGACY_LINKED, parts, content));

	struct id *person = arena_alloc(&reg->arena, sizeof(*person));
	*person = reg_created(reg);
	const struct reg_part holder[] = { { ROLE(HOLDER), person }, { 0, NULL } };

	MADE(reg_act(reg, signers, KIND_NUMBER_ALLOCATED, holder,
	             reg_number(reg, commune, "KH-2014")));
	reg_on(reg, today);
	return *person;
}

struct hash reg_paper_marriage(struct reg *reg, const struct id *groom, const struct id *bride,
                               const char *date, const char *commune)
{
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), groom },
		                           { ROLE(SPOUSE_B), bride },
		                           { 0, NULL } };
	const char *today = reg->today;

	reg_on(reg, "2020-02-05");
	struct hash paper = reg_paper(reg, commune);
	Civil__V1__Content *content = reg_linked(reg, &paper);

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_MARRIAGE;
	content->legacy_linked->marriage =
	        reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY, date,
	                     code_on(commune, date))
	                ->marriage;
	MADE(reg_act(reg, arena_printf(&reg->arena, "V.%.4s+R.%s", commune, commune),
	             KIND_LEGACY_LINKED, couple, content));
	reg_on(reg, today);
	return reg_event(reg);
}

struct id reg_unit(struct reg *reg, const char *village, const char *date)
{
	const char *today = reg->today;

	reg_on(reg, date);
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CONTENT(RESIDENCE_UNIT_OPENED);
	content->residence_unit_opened =
	        reg_new(reg, &civil__v1__residence_unit_opened__descriptor);
	content->residence_unit_opened->address = reg_address(reg, village, "KH-2014");
	content->residence_unit_opened->sort =
	        CIVIL__V1__RESIDENCE_UNIT_SORT__RESIDENCE_UNIT_SORT_PRIVATE;
	content->residence_unit_opened->date = reg_date(reg, date);
	MADE(reg_act(reg, officer_of(reg, "PC", village, 6), KIND_RESIDENCE_UNIT_OPENED, nobody,
	             content));
	reg_on(reg, today);
	return reg_created(reg);
}

struct id reg_reside(struct reg *reg, const struct id *person, const char *village,
                     const char *date)
{
	const struct reg_part resident[] = { { ROLE(RESIDENT), person }, { 0, NULL } };
	struct id unit = reg_unit(reg, village, date);
	const char *today = reg->today;

	reg_on(reg, date);
	Civil__V1__Content *content = reg_arrival(reg, date, &unit, NULL);

	content->residence_arrival->reason = reg_text(reg, "first_entry");
	content->residence_arrival->from = NULL;
	MADE(reg_act(reg, officer_of(reg, "PC", village, 6), KIND_RESIDENCE_ARRIVAL, resident,
	             content));
	reg_on(reg, today);
	return unit;
}

struct id reg_born(struct reg *reg, const char *name, const char *date, const struct id *mother,
                   const struct id *father)
{
	struct reg_part parts[] = {
		{ ROLE(CHILD), NULL }, { ROLE(MOTHER), mother }, { 0, NULL }, { 0, NULL }
	};
	const char *today = reg->today;

	if (father != NULL) {
		parts[2] = (struct reg_part){ ROLE(FATHER), father };
	}
	reg_on(reg, date);
	struct reg_case c = reg_case_begin(reg, KIND_BIRTH, parts);

	MADE(reg_declare(reg, &c, "K.070803", reg_birth(reg, name, date)));
	MADE(reg_verify(reg, &c, "V.0708"));
	MADE(reg_register(reg, &c, "R.070803"));
	reg_on(reg, today);
	return c.created;
}

struct hash reg_decided(struct reg *reg, const char *final_on, const char *kind,
                        const struct id *first, const struct id *second, const struct hash *target)
{
	struct reg_part parts[] = { { ROLE(SUBJECT), first },
		                    { second == NULL ? 0 : ROLE(SUBJECT), second },
		                    { 0, NULL } };

	MADE(reg_act(reg, "CC.court-14", KIND_COURT_DECISION, parts,
	             reg_decision(reg, final_on, kind, first, second, target)));
	return reg_event(reg);
}

struct hash reg_card(struct reg *reg, const struct id *holder, const char *number, const char *on)
{
	const struct reg_part parts[] = { { ROLE(HOLDER), holder }, { 0, NULL } };

	MADE(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, parts, reg_card_applied(reg, on)));
	struct hash application = reg_event(reg);

	MADE(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, parts,
	             reg_card_issued(reg, holder, &application, number, on)));
	return reg_event(reg);
}
