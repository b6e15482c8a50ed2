#include "tests/support/crowd.h"

#include <check.h>
#include <stdio.h>

/* xorshift64*: the same numbers everywhere. */
uint64_t crowd_draw(struct crowd *crowd, uint64_t below)
{
	crowd->seed ^= crowd->seed >> 12;
	crowd->seed ^= crowd->seed << 25;
	crowd->seed ^= crowd->seed >> 27;
	return (crowd->seed * UINT64_C(2685821657736338717) >> 33) % below;
}

/* A day between two years; sometimes only its month or year. */
const char *crowd_day(struct crowd *crowd, int first, int last, bool partial)
{
	static char text[DATE_TEXT_BYTES];
	struct civil_date date = { .year = first };
	uint64_t form = partial ? crowd_draw(crowd, 4) : 3;

	date.year += (int32_t)crowd_draw(crowd, (uint64_t)last - (uint64_t)first + 1);
	date.month = 1 + (int32_t)crowd_draw(crowd, 12);
	date.day = 1 + (int32_t)crowd_draw(crowd, 28);
	date_print(text, date_to_day(date));
	if (form < 2) {
		text[form == 0 ? 4 : 7] = '\0';
	}
	return text;
}

size_t crowd_person(struct crowd *crowd)
{
	return (size_t)crowd_draw(crowd, crowd->persons);
}

static void act_birth(struct crowd *crowd)
{
	size_t n = crowd->persons;
	struct life_birth birth = { .name = "Child", .sex = CIVIL__V1__SEX__SEX_FEMALE };

	if (n == CROWD_PERSONS_MAX) {
		return;
	}
	birth.date = crowd_day(crowd, 1970, 2019, true);
	birth.address = crowd_draw(crowd, 2) == 0 ? "07080301" : NULL;
	birth.mother =
	        n > 0 && crowd_draw(crowd, 2) == 0 ? &crowd->person[crowd_person(crowd)] : NULL;
	birth.unverified = crowd_draw(crowd, 5) == 0;
	crowd->birth[n] = crowd_draw(crowd, 2) == 0
	                          ? life_legacy_birth(&crowd->life, &crowd->person[n], &birth)
	                          : life_birth(&crowd->life, &crowd->person[n], &birth);
	crowd->persons++;
}

static void act_marriage(struct crowd *crowd)
{
	size_t groom = crowd_person(crowd);
	size_t bride = crowd_person(crowd);
	size_t n = crowd->marriages;
	bool ended = crowd->dead[groom] != crowd->dead[bride];
	char end[16];

	if (groom == bride || n == CROWD_MARRIAGES_MAX) {
		return;
	}
	(void)snprintf(end, sizeof(end), "%s", crowd_day(crowd, 2010, 2019, false));
	crowd->marriage[n].act =
	        life_marriage(&crowd->life, &crowd->person[groom], &crowd->person[bride],
	                      crowd_day(crowd, 1990, 2019, true), ended ? end : NULL);
	crowd->marriage[n].groom = groom;
	crowd->marriage[n].bride = bride;
	crowd->marriages++;
}

static void act_divorce(struct crowd *crowd)
{
	if (crowd->marriages > 0) {
		size_t n = (size_t)crowd_draw(crowd, crowd->marriages);

		(void)life_divorce(&crowd->life, &crowd->person[crowd->marriage[n].groom],
		                   &crowd->person[crowd->marriage[n].bride],
		                   &crowd->marriage[n].act, crowd_day(crowd, 1995, 2019, false));
	}
}

static void act_death(struct crowd *crowd)
{
	size_t deceased = crowd_person(crowd);
	const struct id *spouse = NULL;

	if (crowd->dead[deceased]) {
		return;
	}
	for (size_t i = 0; i < crowd->marriages; i++) {
		if (crowd->marriage[i].groom == deceased) {
			spouse = &crowd->person[crowd->marriage[i].bride];
		} else if (crowd->marriage[i].bride == deceased) {
			spouse = &crowd->person[crowd->marriage[i].groom];
		}
	}
	(void)life_death(&crowd->life, &crowd->person[deceased], spouse,
	                 crowd_day(crowd, 2000, 2019, true));
	crowd->dead[deceased] = true;
}

static void act_move(struct crowd *crowd)
{
	const struct id *person = &crowd->person[crowd_person(crowd)];
	const struct id *unit = &crowd->unit[crowd_draw(crowd, 2)];
	const char *day = crowd_day(crowd, 2000, 2019, false);

	if (crowd_draw(crowd, 3) == 0) {
		(void)life_departure(&crowd->life, person, unit, day);
	} else {
		(void)life_arrival(&crowd->life, person, unit, day);
	}
}

static void act_card(struct crowd *crowd)
{
	size_t n = crowd->cards;

	if (n == CROWD_CARDS_MAX) {
		return;
	}
	crowd->card[n].holder = crowd_person(crowd);
	(void)snprintf(crowd->card[n].number, sizeof(crowd->card[n].number), "C%zu", n);
	(void)life_card(&crowd->life, &crowd->person[crowd->card[n].holder], crowd->card[n].number,
	                crowd_day(crowd, 2005, 2019, false), "2030-01-01", "1990-01-01");
	crowd->cards++;
}

static void act_card_verb(struct crowd *crowd)
{
	static const Civil__V1__Content__KindCase verbs[] = {
		CIVIL__V1__CONTENT__KIND_DOCUMENT_DELIVERED,
		CIVIL__V1__CONTENT__KIND_DOCUMENT_LOST,
		CIVIL__V1__CONTENT__KIND_DOCUMENT_STOLEN,
		CIVIL__V1__CONTENT__KIND_DOCUMENT_FOUND,
		CIVIL__V1__CONTENT__KIND_DOCUMENT_SUSPENDED,
		CIVIL__V1__CONTENT__KIND_DOCUMENT_RESUMED,
		CIVIL__V1__CONTENT__KIND_DOCUMENT_REVOKED,
	};
	Civil__V1__Content__KindCase verb = verbs[crowd_draw(crowd, 7)];
	bool partial = verb == CIVIL__V1__CONTENT__KIND_DOCUMENT_LOST ||
	               verb == CIVIL__V1__CONTENT__KIND_DOCUMENT_STOLEN;

	if (crowd->cards > 0) {
		size_t n = (size_t)crowd_draw(crowd, crowd->cards);

		(void)life_card_verb(&crowd->life, &crowd->person[crowd->card[n].holder], verb,
		                     crowd->card[n].number, crowd_day(crowd, 2005, 2019, partial));
	}
}

static void act_number(struct crowd *crowd)
{
	(void)life_number(&crowd->life, &crowd->person[crowd_person(crowd)],
	                  crowd_day(crowd, 2000, 2019, false));
}

/* Corrects the birth date of somebody whose birth names nobody else, or a wedding day. */
static void act_correction(struct crowd *crowd)
{
	if (crowd->marriages > 0 && crowd_draw(crowd, 2) == 0) {
		size_t n = (size_t)crowd_draw(crowd, crowd->marriages);
		const struct part parts[] = {
			{ &crowd->person[crowd->marriage[n].groom],
			  CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_A },
			{ &crowd->person[crowd->marriage[n].bride],
			  CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_B },
		};
		const char *day = crowd_day(crowd, 1990, 2019, true);

		(void)life_correction(&crowd->life, parts, 2, &crowd->marriage[n].act,
		                      "marriage.date_of_marriage",
		                      life_value_date(&crowd->life, day), true);
	} else {
		size_t n = crowd_person(crowd);
		const struct part parts[] = {
			{ &crowd->person[n], CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD },
		};

		(void)life_correction(&crowd->life, parts, 1, &crowd->birth[n],
		                      "birth.name.latin_given",
		                      life_value_text(&crowd->life, "Corrected"), false);
	}
}

void crowd_act(struct crowd *crowd)
{
	static void (*const acts[])(struct crowd * crowd) = {
		act_birth,     act_marriage,  act_marriage,  act_divorce, act_death,
		act_move,      act_move,      act_move,      act_card,    act_card,
		act_card_verb, act_card_verb, act_card_verb, act_number,  act_correction,
	};

	acts[crowd_draw(crowd, sizeof(acts) / sizeof(acts[0]))](crowd);
}

void crowd_begin(struct crowd *crowd, uint64_t seed)
{
	memset(crowd, 0, sizeof(*crowd));
	crowd->seed = seed;
	life_begin(&crowd->life);
	(void)life_unit(&crowd->life, &crowd->unit[0], "07080301");
	(void)life_unit(&crowd->life, &crowd->unit[1], "07080302");
	act_birth(crowd);
	act_birth(crowd);
}
