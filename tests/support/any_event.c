/* Who signs, who is named, at which step: from the row of the kind. */
#include "tests/support/any_event.h"

#include "ledger/event/message.h"
#include "tests/support/register_ground.h"

#include <stdio.h>

#define STEP(name) CIVIL__V1__EVENT_STEP__EVENT_STEP_##name

enum { SIGNERS_BYTES = 128, OFFICERS_OF_ROLE = 2, AREAS = 2, STEPS_BACK = 3 };

/* By role: officers at each area. */
static const char *const officers[][AREAS][OFFICERS_OF_ROLE] = {
	[1] = { { "N.hosp-0708", "N.hosp-0708" }, { "N.hosp-0708", "N.hosp-0708" } },
	[2] = { { "K.070803", "K2.070803" }, { "K.140101", "K2.140101" } },
	[3] = { { "R.070803", "R.070801" }, { "R.140101", "R.230201" } },
	[4] = { { "V.0708", "V2.0708" }, { "V.1401", "V2.1401" } },
	[5] = { { "P.07", "P2.07" }, { "P.14", "P2.14" } },
	[6] = { { "G1", "G2" }, { "G2", "G3" } },
	[7] = { { "J.court-07", "J.court-14" }, { "J.court-14", "J.court-07" } },
	[8] = { { "CC.court-07", "CC.court-14" }, { "CC.court-14", "CC.court-07" } },
	[9] = { { "PC.070803", "PC.070801" }, { "PC.140101", "PC.230201" } },
	[10] = { { "PD.0708", "PD.1401" }, { "PD.1401", "PD.0708" } },
	[11] = { { "IC.id-cards", "IC2.id-cards" }, { "IC.id-cards", "IC2.id-cards" } },
	[12] = { { "PP.passports", "PP2.passports" }, { "PP.passports", "PP2.passports" } },
	[13] = { { "NA.nationality", "NA2.nationality" }, { "NA.nationality", "NA2.nationality" } },
	[14] = { { "IM.immigration", "IM2.immigration" }, { "IM.immigration", "IM2.immigration" } },
	[15] = { { "HC.health", "HC.health" }, { "HC.health", "HC.health" } },
	[16] = { { "ES.e-service", "ES.e-service" }, { "ES.e-service", "ES.e-service" } },
};
enum { ROLES = sizeof(officers) / sizeof(officers[0]) };

static uint8_t next_choice(struct any *any)
{
	if (any->random != 0) { /* splitmix64 */
		any->random += UINT64_C(0x9E3779B97F4A7C15);
		uint64_t mixed = (any->random ^ any->random >> 30) * UINT64_C(0xBF58476D1CE4E5B9);

		mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
		return (uint8_t)(mixed >> 56);
	}
	if (any->data.size == 0) {
		return 0;
	}
	uint8_t choice = any->data.data[0];

	any->data = bytes_of(any->data.data + 1, any->data.size - 1);
	return choice;
}

size_t any_pick(struct any *any, size_t n)
{
	return next_choice(any) % n;
}

bool any_goes_on(const struct any *any)
{
	return any->random != 0 || any->data.size > 0;
}

static void keep_person(struct any *any, const struct id *person)
{
	if (any->persons < ANY_PERSONS_MAX) {
		any->person[any->persons] = *person;
		any->persons++;
	}
}

void any_begin(struct any *any, struct bytes data, uint64_t seed)
{
	static const char *const born[] = { "1950-03-04", "1975-06-15", "1988-02-02",
		                            "1990-01-20", "2001-11-30", "2012-07-01" };

	*any = (struct any){ .reg = reg_begin(), .data = data, .random = seed };
	ground_lay(any->reg);
	for (size_t i = 0; i < sizeof(born) / sizeof(born[0]); i++) {
		bool male = i % 2 == 0;
		struct id person = reg_paper_person(
		        any->reg, male ? CIVIL__V1__SEX__SEX_MALE : CIVIL__V1__SEX__SEX_FEMALE,
		        male ? "វុទ្ធី" : "ម៉ាលា", born[i], i < 4 ? "070803" : "140101");

		keep_person(any, &person);
		any->act[any->acts].event = reg_event(any->reg);
		any->act[any->acts].parts[0] =
		        (struct reg_part){ ROLE(CHILD), &any->person[any->persons - 1] };
		any->acts++;
	}
	reg_on(any->reg, "2026-06-01");
}

void any_end(struct any *any)
{
	reg_end(any->reg);
}

static const char *officer(const struct any *any, uint32_t roles, size_t nth)
{
	for (size_t role = 1; role < ROLES; role++) {
		if ((roles & ROLE_BIT(role)) != 0) {
			return officers[role][any->area][nth % OFFICERS_OF_ROLE];
		}
	}
	return "G1";
}

/* Fills the seats of one variant of the step; now and then one more officer signs. */
static void choose_signers(struct any *any, char out[SIGNERS_BYTES], const struct kind *kind,
                           Civil__V1__EventStep step)
{
	const struct kind_seat *seat = kind->seats;
	enum seat_variant variant = 0;
	size_t count = 0;
	size_t chosen;

	for (; seat->step != 0; seat++) {
		count += seat->step == step ? 1 : 0;
	}
	chosen = count == 0 ? 0 : any_pick(any, count);
	out[0] = '\0';
	for (seat = kind->seats; seat->step != 0; seat++) {
		if (seat->step == step && chosen-- == 0) {
			variant = seat->variant;
		}
	}
	count = 0;
	for (seat = kind->seats; seat->step != 0; seat++) {
		if (seat->step == step && seat->variant == variant) {
			size_t length = strlen(out);

			(void)snprintf(out + length, SIGNERS_BYTES - length, "%s%s",
			               count == 0 ? "" : "+", officer(any, seat->roles, count));
			count++;
		}
	}
	if (count == 0 || any_pick(any, 8) == 0) {
		size_t length = strlen(out);

		(void)snprintf(out + length, SIGNERS_BYTES - length, "%s%s", count == 0 ? "" : "+",
		               officers[1 + any_pick(any, ROLES - 1)][any->area][0]);
	}
}

static const struct id *somebody(struct any *any)
{
	return &any->person[any_pick(any, any->persons)];
}

/* Those of the target, or whom the roles of the row ask for. */
static void choose_parts(struct any *any, struct reg_part parts[ANY_PARTS_MAX + 1],
                         const struct kind *kind)
{
	size_t count = 0;

	if ((kind->subjects_of_target || any_pick(any, 3) == 0) && any->target != NULL) {
		memcpy(parts, any->target->parts, sizeof(any->target->parts));
		if (kind->subjects_of_target) {
			return;
		}
		for (; parts[count].role != 0; count++) { /* the same people in this row's roles */
			parts[count].role = kind->subjects[0].role == 0 ? parts[count].role
			                                                : kind->subjects[0].role;
		}
		return;
	}
	for (const struct kind_subject *subject = kind->subjects; subject->role != 0; subject++) {
		size_t wanted = subject->min;

		wanted += wanted < subject->max && any_pick(any, 3) == 0 ? 1 : 0;
		for (size_t i = 0; i < wanted && count < ANY_PARTS_MAX; i++) {
			bool is_new = subject->may_be_new && any_pick(any, 4) != 0;

			parts[count].role = subject->role;
			parts[count].person = is_new ? NULL : somebody(any);
			count++;
		}
	}
	parts[count] = (struct reg_part){ 0, NULL };
}

static Civil__V1__Content *content_of(struct any *any, const struct kind *kind)
{
	Civil__V1__Content *content = reg_content(any->reg);

	any_fill_content(any, content, kind);
	return content;
}

/* What was accepted can be the target of later events; whom it made takes part. */
static void keep(struct any *any, const struct reg_part *parts)
{
	struct any_act *act = &any->act[any->acts % ANY_ACTS_MAX];

	any->acts++;
	any->accepted++;
	act->event = reg_event(any->reg);
	memcpy(act->parts, parts, sizeof(act->parts));
	for (size_t i = 0; act->parts[i].role != 0; i++) {
		if (act->parts[i].person == NULL) {
			struct id created = reg_created(any->reg);

			if (any->persons == ANY_PERSONS_MAX) {
				act->parts[i].role = 0; /* nobody to speak of */
				return;
			}
			keep_person(any, &created);
			act->parts[i].person = &any->person[any->persons - 1];
		}
	}
}

/* The steps of a case, as far as they are let. */
static void offer_case(struct any *any, const struct kind *kind, const struct reg_part *parts)
{
	char signers[SIGNERS_BYTES];
	struct reg_part few[REG_PARTS_MAX + 1] = { { 0, NULL } };

	for (size_t i = 0; parts[i].role != 0 && i < REG_PARTS_MAX; i++) {
		few[i] = parts[i];
	}
	struct reg_case c = reg_case_begin(any->reg, kind->id, few);

	choose_signers(any, signers, kind, STEP(DECLARED));
	if (reg_declare(any->reg, &c, signers, content_of(any, kind))[0] != '\0') {
		return;
	}
	if (kind->profile == PROFILE_VERIFIED && any_pick(any, 8) != 0) {
		choose_signers(any, signers, kind, STEP(VERIFIED));
		if (reg_verify(any->reg, &c, signers)[0] != '\0') {
			return;
		}
	}
	choose_signers(any, signers, kind, STEP(REGISTERED));
	if (any_pick(any, 8) == 0) {
		(void)reg_refuse(any->reg, &c, signers);
	} else if (reg_register(any->reg, &c, signers)[0] == '\0') {
		struct reg_part named[ANY_PARTS_MAX + 1] = { { 0, NULL } };

		for (size_t i = 0; c.parts[i].role != 0; i++) {
			named[i] = c.parts[i];
		}
		if (c.parts[0].person != NULL) {
			keep_person(any, c.parts[0].person);
			named[0].person = &any->person[any->persons - 1];
		}
		keep(any, named);
	}
}

void any_step(struct any *any)
{
	static const char *const days[] = { "2026-06-01", "2026-06-02", "2026-06-15",
		                            "2026-07-01", "2026-12-01", "2027-06-01" };
	const struct kind *kind = kind_of_id((enum kind_id)any_pick(any, KINDS));
	struct reg_part parts[ANY_PARTS_MAX + 1] = { { 0, NULL } };
	size_t known = any->acts < ANY_ACTS_MAX ? any->acts : ANY_ACTS_MAX;
	char signers[SIGNERS_BYTES];

	any->area = any_pick(any, AREAS);
	any->target = any_pick(any, 8) == 0 ? NULL : &any->act[any_pick(any, known)];
	if (any_pick(any, 8) == 0) {
		reg_on(any->reg, days[any_pick(any, sizeof(days) / sizeof(days[0]))]);
	}
	if (kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE) {
		return; /* who would take the offices from those who sign */
	}
	choose_parts(any, parts, kind);
	any->offered++;
	if (kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED) {
		offer_case(any, kind, parts);
		return;
	}
	choose_signers(any, signers, kind, STEP(REGISTERED));
	if (reg_act(any->reg, signers, kind->id, parts, content_of(any, kind))[0] == '\0') {
		keep(any, parts);
	}
}
