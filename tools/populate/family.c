#include "tools/populate/family.h"
#include "tools/populate/tale.h"

#include "ledger/base/date.h"

#include <stdio.h>

enum {
	CHILDREN_MAX = 4,
	FIRST_YEAR_OF_BIRTH = 1972,
	LAST_YEAR_OF_BIRTH = 1992,
	SPACING_DAYS = 420, /* between children: well above what P03 doubts */
};

static const struct civil_date begin_day = { 2020, 3, 1 };
static const struct civil_date tale_day = { 2023, 2, 1 };
static const struct civil_date end_day = { 2026, 6, 1 };

/* Syllables that make given names; Khmer as typed, Latin as registered. */
static const struct {
	const char *km;
	const char *latin;
} syllables[] = {
	{ "សុ", "so" },   { "ភា", "phea" }, { "រី", "ri" },   { "ណា", "na" }, { "ម៉ា", "ma" },
	{ "លី", "li" },   { "ដា", "da" },   { "វី", "vi" },   { "កា", "ka" }, { "ចា", "cha" },
	{ "តា", "ta" },  { "ពៅ", "pov" },  { "ធី", "thi" },  { "និ", "ni" },  { "ឡា", "la" },
	{ "បូ", "bo" },   { "ជា", "chea" }, { "គី", "ki" },   { "ហេ", "he" }, { "យ៉ា", "ya" },
	{ "សែ", "sae" }, { "រ៉ូ", "ro" },    { "ខា", "kha" }, { "មុ", "mu" },
};
enum { SYLLABLES = sizeof(syllables) / sizeof(syllables[0]), NAME_TEXT_MAX = 160 };

Civil__V1__Name *family_name(struct writer *writer, uint64_t serial)
{
	Civil__V1__Name *name = writer_new(writer, &civil__v1__name__descriptor);
	char km[NAME_TEXT_MAX] = "";
	char latin[NAME_TEXT_MAX] = "";
	size_t km_used = 0;
	size_t latin_used = 0;

	/* Two syllables at least; the serial in base 24, lowest digit first. */
	for (int i = 0; i < 2 || serial > 0; i++, serial /= SYLLABLES) {
		const char *part = syllables[serial % SYLLABLES].km;
		const char *sound = syllables[serial % SYLLABLES].latin;

		km_used += (size_t)snprintf(km + km_used, sizeof(km) - km_used, "%s", part);
		latin_used += (size_t)snprintf(latin + latin_used, sizeof(latin) - latin_used, "%s",
		                               sound);
	}
	latin[0] = (char)(latin[0] - 'a' + 'A');
	name->km_surname = writer_text(writer, "ឧទាហរណ៍");
	name->km_given = writer_text(writer, "%s", km);
	name->latin_surname = writer_text(writer, "Udahar");
	name->latin_given = writer_text(writer, "%s", latin);
	name->order = CIVIL__V1__NAME_ORDER__NAME_ORDER_SURNAME_FIRST;
	return name;
}

Civil__V1__PartialDate *family_birth_date(struct writer *writer, const struct person *person)
{
	return person->year_only ? writer_year(writer, date_of_day(person->birth).year)
	                         : writer_partial(writer, person->birth);
}

Civil__V1__RegistrationNumber *family_registration(struct family *family, int which, int32_t day)
{
	static const char *const letters[REGISTERS] = { "B", "D", "M" };
	Civil__V1__RegistrationNumber *number =
	        writer_new(family->writer, &civil__v1__registration_number__descriptor);
	int32_t year = date_of_day(day).year;

	number->office_id = writer_text(family->writer, "%s", family->commune->code);
	number->register_ = writer_text(family->writer, "%s", letters[which]);
	number->year = year;
	family->commune->numbers[which][year - REGISTER_YEAR_FIRST]++;
	number->number = (int32_t)family->commune->numbers[which][year - REGISTER_YEAR_FIRST];
	return number;
}

void family_witnesses(struct family *family, Civil__V1__Witness ***list, size_t *count)
{
	struct writer *writer = family->writer;

	*list = arena_array(&writer->arena, 2, sizeof(Civil__V1__Witness *));
	for (size_t i = 0; *list != NULL && i < 2; i++) {
		(*list)[i] = writer_new(writer, &civil__v1__witness__descriptor);
		(*list)[i]->name = family_name(writer, random_below(&writer->random, 100000));
	}
	*count = 2;
}

static void make_person(struct family *family, struct person *person, Civil__V1__Sex sex,
                        int32_t birth)
{
	*person = (struct person){ .serial = *family->serial, .sex = sex, .birth = birth };
	(*family->serial)++;
	person->year_only = random_percent(&family->writer->random, 6);
}

/* Husband at most eight years older, wife at least 20 when she marries. */
static void make_couple(struct family *family)
{
	struct random *random = &family->writer->random;
	int32_t year = random_between(random, FIRST_YEAR_OF_BIRTH, LAST_YEAR_OF_BIRTH);
	int32_t wife_birth =
	        date_to_day((struct civil_date){ year, 1, 1 }) + random_between(random, 0, 364);

	make_person(family, &family->wife, CIVIL__V1__SEX__SEX_FEMALE, wife_birth);
	make_person(family, &family->husband, CIVIL__V1__SEX__SEX_MALE,
	            wife_birth - random_between(random, 0, 8 * 365));
}

static void maybe_mischief(struct family *family, int32_t day)
{
	/* About ten events stand between two chances. */
	if (random_percent(&family->writer->random,
	                   family->refused * 10 > 100 ? 100 : family->refused * 10)) {
		family_mischief(family, day);
	}
}

/* Children after the wedding, with room between them. */
static void raise_children(struct family *family, int32_t from)
{
	struct random *random = &family->writer->random;
	int32_t last = date_to_day(end_day) - 60;
	uint32_t wanted = random_below(random, CHILDREN_MAX + 1);
	int32_t birth = from + random_between(random, 200, 500);

	for (uint32_t i = 0; i < wanted && birth < last; i++) {
		family_child(family, birth);
		maybe_mischief(family, birth + 20);
		birth += SPACING_DAYS + random_between(random, 0, 500);
	}
}

static void end_of_story(struct family *family)
{
	struct random *random = &family->writer->random;
	int32_t day = date_to_day(end_day) - random_between(random, 20, 50);

	if (random_percent(random, 10)) {
		family_divorce(family, day);
	} else if (random_percent(random, 12)) {
		family_death(family, day);
	} else if (random_percent(random, 3)) {
		family_presume(family, day);
	}
}

/* Two people with papers and a home somewhere. */
static void begin(struct family *family)
{
	struct random *random = &family->writer->random;
	const struct country *country = family->country;

	family->commune =
	        &country->communes[random_below(random, (uint32_t)country->commune_count)];
	make_couple(family);
	family_paper_person(family, &family->husband);
	family_paper_person(family, &family->wife);
	family_settle(family);
}

void family_tell(struct family *family, uint64_t number)
{
	int32_t day = date_to_day(tale_day) + random_between(&family->writer->random, 0, 300);

	begin(family);
	family_paper_marriage(family);
	family_card(family, &family->wife, day - 60);
	tale_tell(family, tale_of(number), day);
}

void family_live(struct family *family)
{
	struct random *random = &family->writer->random;
	int32_t day = date_to_day(begin_day) + random_between(random, 0, 300);

	begin(family);
	if (random_percent(random, 60)) {
		family_paper_marriage(family);
	} else {
		family->wedding = day;
		family_wedding(family);
	}
	maybe_mischief(family, day + 30);
	if (random_percent(random, 30)) {
		family_book(family, day + random_between(random, 1, 19));
	}
	family_card(family, &family->wife, day + random_between(random, 20, 60));
	family_card(family, &family->husband, day + random_between(random, 20, 60));
	raise_children(family, day);
	if (random_percent(random, 25)) {
		family_move(family, date_to_day(end_day) - random_between(random, 60, 120));
	}
	if (random_percent(random, 10)) {
		family_proof(family, &family->wife, date_to_day(end_day) - 56);
	}
	if (random_percent(random, 15)) {
		family_twice(family, &family->wife, date_to_day(end_day) - 58);
	}
	maybe_mischief(family, date_to_day(end_day) - 55);
	family_amend(family, date_to_day(end_day) - 54);
	end_of_story(family);
}
