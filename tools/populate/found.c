/* Founding the country: genesis, gazetteers, offices, officers. */
#include "ledger/base/crypto.h"
#include "ledger/base/date.h"
#include "tools/populate/country.h"
#include "tools/populate/gazetteer_rows.h"

enum { AREAS_PER_PART = 300 }; /* of about 70 bytes: below the 32 KiB of a content */

static const struct civil_date founding_day = { 2020, 1, 2 };

/* A governance act by two national officers of different offices. */
static struct draft governance(const struct country *country, Civil__V1__Content *content)
{
	return (struct draft){
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE,
		.signers = { &country->nation[0], &country->nation[1] },
		.signer_count = 2,
		.day = date_to_day(founding_day),
		.content = content,
	};
}

static Civil__V1__RuleSet *rule_set(struct writer *writer, const char *version,
                                    const struct civil_date *from)
{
	Civil__V1__RuleSet *set = writer_new(writer, &civil__v1__rule_set__descriptor);

	set->version = writer_text(writer, "%s", version);
	if (from != NULL) {
		set->effective_on = writer_date(writer, date_to_day(*from));
	}
	set->impediment_degree = 3;
	set->mother_age_min = 9;
	set->mother_age_max = 65;
	set->father_age_min = 10;
	set->verification_days = 30;
	set->birth_in_time_days = 30;
	set->birth_late_days = 365;
	set->death_in_time_days = 15;
	set->death_late_days = 365;
	set->marriage_in_time_days = 15;
	set->marriage_late_days = 365;
	set->id_card_age = 15;
	set->release_days = 15;
	set->rate_limit = 120;
	set->rate_watch = 30;
	return set;
}

static void set_marriage(Civil__V1__RuleSet *set, int32_t groom, int32_t bride,
                         Civil__V1__UnderAgePath under_age)
{
	set->groom_age = groom;
	set->bride_age = bride;
	set->notice_days = 10;
	set->waiting_days = 120;
	set->under_age = under_age;
	if (under_age == CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT) {
		set->consent_age = 16;
	}
}

static void add_rule_sets(struct writer *writer, Civil__V1__Genesis *genesis)
{
	static const struct civil_date law_1989 = { 1989, 7, 26 };
	static const struct civil_date law_2011 = { 2011, 12, 21 };
	static const struct civil_date law_2024 = { 2024, 7, 1 };
	static Civil__V1__RuleSet *sets[4]; /* only read while the event is packed */

	sets[0] = rule_set(writer, "KH-0", NULL);
	sets[1] = rule_set(writer, "KH-1989", &law_1989);
	set_marriage(sets[1], 20, 18, CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_COURT);
	sets[2] = rule_set(writer, "KH-2011", &law_2011);
	set_marriage(sets[2], 18, 18, CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT);
	sets[3] = rule_set(writer, "KH-2024", &law_2024);
	set_marriage(sets[3], 18, 18, CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT);
	genesis->rule_sets = sets;
	genesis->n_rule_sets = 4;
}

static void found_ledger(struct country *country, struct writer *writer)
{
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_GENESIS);
	Civil__V1__Genesis *genesis = writer_new(writer, &civil__v1__genesis__descriptor);
	Civil__V1__FoundingOfficer *founders[3];

	genesis->name = writer_text(writer, "A made-up country");
	genesis->number_scheme = writer_text(writer, "kidc");
	genesis->date = writer_date(writer, date_to_day(founding_day));
	for (size_t i = 0; i < 3; i++) {
		const struct officer *officer = &country->nation[i];

		founders[i] = writer_new(writer, &civil__v1__founding_officer__descriptor);
		founders[i]->public_key =
		        writer_bytes(writer, bytes_of(officer->key.public_key, PUBLIC_KEY_BYTES));
		founders[i]->office_id = writer_text(writer, "%s", officer->office);
	}
	genesis->officers = founders;
	genesis->n_officers = 3;
	add_rule_sets(writer, genesis);
	content->genesis = genesis;

	struct draft draft = governance(country, content);
	draft.signers[2] = &country->nation[2];
	draft.signer_count = 3;
	struct hash id = writer_emit(writer, &draft);
	for (uint32_t i = 0; i < 3; i++) {
		country->nation[i].id = crypto_created_id(&id, i + 1);
	}
}

/* The law of later years, which judges nothing of these. */
static void publish_law(const struct country *country, struct writer *writer)
{
	static const struct civil_date law_2035 = { 2035, 1, 1 };
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_RULESET_PUBLISHED);
	Civil__V1__RulesetPublished *published =
	        writer_new(writer, &civil__v1__ruleset_published__descriptor);

	published->rule_set = rule_set(writer, "KH-2035", &law_2035);
	set_marriage(published->rule_set, 18, 18,
	             CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT);
	content->ruleset_published = published;
	struct draft draft = governance(country, content);
	(void)writer_emit(writer, &draft);
}

/* Three areas that were renumbered in 2014, as the catalogue's example has them. */
static const struct gazetteer_row historic[] = {
	{ "0304", "តំបែរ", "Dambae" },
	{ "030401", "ចុងជាច", "Chong Cheach" },
	{ "03040101", "គោកស្រឡៅ", "Kouk Sralau" },
};
static const char *const successors[] = { "2501", "250101", "25010101" };
enum { HISTORIC = sizeof(historic) / sizeof(historic[0]) };

static void add_area(struct writer *writer, Civil__V1__GazetteerPublished *published,
                     const struct gazetteer_row *row)
{
	Civil__V1__GazetteerArea *area = writer_new(writer, &civil__v1__gazetteer_area__descriptor);

	area->code = writer_text(writer, "%s", row->code);
	area->km = writer_text(writer, "%s", row->km);
	area->latin = writer_text(writer, "%s", row->latin);
	published->areas[published->n_areas] = area;
	published->n_areas++;
}

static void add_successions(struct writer *writer, Civil__V1__GazetteerPublished *published)
{
	published->successions =
	        arena_array(&writer->arena, HISTORIC, sizeof(*published->successions));
	for (size_t i = 0; published->successions != NULL && i < HISTORIC; i++) {
		Civil__V1__AreaSuccession *succession =
		        writer_new(writer, &civil__v1__area_succession__descriptor);

		succession->old_code = writer_text(writer, "%s", historic[i].code);
		succession->new_code = writer_text(writer, "%s", successors[i]);
		succession->on =
		        writer_date(writer, date_to_day((struct civil_date){ 2014, 1, 1 }));
		succession->sort = CIVIL__V1__SUCCESSION_SORT__SUCCESSION_SORT_RENUMBER;
		published->successions[i] = succession;
		published->n_successions++;
	}
}

static bool belongs(const char *code, bool old)
{
	return !old || strncmp(code, "25", 2) != 0;
}

/* Emits one version in parts. The historic one lacks province 25 and has the three old areas. */
static void publish_gazetteer(struct country *country, struct writer *writer, bool old)
{
	Civil__V1__GazetteerArea *areas[AREAS_PER_PART + HISTORIC];
	size_t wanted = 0;
	size_t next = 0;

	for (size_t i = 0; i < country->row_count; i++) {
		wanted += belongs(country->rows[i].code, old);
	}
	int32_t parts = (int32_t)((wanted + AREAS_PER_PART - 1) / AREAS_PER_PART);

	for (int32_t part = 1; part <= parts; part++) {
		Civil__V1__Content *content =
		        writer_content(writer, CIVIL__V1__CONTENT__KIND_GAZETTEER_PUBLISHED);
		Civil__V1__GazetteerPublished *published =
		        writer_new(writer, &civil__v1__gazetteer_published__descriptor);

		published->version = writer_text(writer, "%s", old ? "KH-H" : "KH-2014");
		published->effective_on = writer_date(
		        writer, date_to_day((struct civil_date){ old ? 1900 : 2014, 1, 1 }));
		published->part = part;
		published->parts = parts;
		published->areas = areas;
		for (; next < country->row_count && published->n_areas < AREAS_PER_PART; next++) {
			if (belongs(country->rows[next].code, old)) {
				add_area(writer, published, &country->rows[next]);
			}
		}
		for (size_t i = 0; old && part == 1 && i < HISTORIC; i++) {
			add_area(writer, published, &historic[i]);
		}
		if (!old && part == 1) {
			add_successions(writer, published);
		}
		content->gazetteer_published = published;
		struct draft draft = governance(country, content);
		(void)writer_emit(writer, &draft);
	}
}

static void open_office(const struct country *country, struct writer *writer, const char *office,
                        Civil__V1__OfficeSort sort, const char *area)
{
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_OFFICE_OPENED);
	Civil__V1__OfficeOpened *opened = writer_new(writer, &civil__v1__office_opened__descriptor);
	char *areas[1] = { writer_text(writer, "%s", area) };

	opened->office_id = writer_text(writer, "%s", office);
	opened->sort = sort;
	opened->areas = areas;
	opened->n_areas = area[0] == '\0' ? 0 : 1;
	opened->date = writer_date(writer, date_to_day(founding_day));
	content->office_opened = opened;
	struct draft draft = governance(country, content);
	(void)writer_emit(writer, &draft);
}

static void enrol(const struct country *country, struct writer *writer, struct officer *officer,
                  const Civil__V1__OfficerRole *roles, size_t role_count)
{
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_OFFICER_ENROLLED);
	Civil__V1__OfficerEnrolled *enrolled =
	        writer_new(writer, &civil__v1__officer_enrolled__descriptor);
	Civil__V1__OfficerRole list[2];

	for (size_t i = 0; i < role_count; i++) {
		list[i] = roles[i];
	}
	enrolled->public_key =
	        writer_bytes(writer, bytes_of(officer->key.public_key, PUBLIC_KEY_BYTES));
	enrolled->roles = list;
	enrolled->n_roles = role_count;
	enrolled->office_id = writer_text(writer, "%s", officer->office);
	enrolled->from = writer_date(writer, date_to_day(founding_day));
	content->officer_enrolled = enrolled;
	struct draft draft = governance(country, content);
	struct hash id = writer_emit(writer, &draft);
	officer->id = crypto_created_id(&id, 1);
}

static void enrol_as(const struct country *country, struct writer *writer, struct officer *officer,
                     Civil__V1__OfficerRole role)
{
	enrol(country, writer, officer, &role, 1);
}

#define SORT(name) CIVIL__V1__OFFICE_SORT__OFFICE_SORT_##name
#define ROLE(name) CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_##name

static void found_national_offices(struct country *country, struct writer *writer)
{
	const struct {
		struct officer *officer;
		Civil__V1__OfficeSort sort;
		Civil__V1__OfficerRole role;
	} rows[] = {
		{ &country->cards, SORT(DOCUMENT), ROLE(ID_CARD) },
		{ &country->passports, SORT(DOCUMENT), ROLE(PASSPORT) },
		{ &country->immigration, SORT(DOCUMENT), ROLE(IMMIGRATION) },
		{ &country->nationality, SORT(DOCUMENT), ROLE(NATIONALITY) },
		{ &country->coder, SORT(NATIONAL), ROLE(HEALTH_CODER) },
		{ &country->desk, SORT(NATIONAL), ROLE(E_SERVICE) },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		open_office(country, writer, rows[i].officer->office, rows[i].sort, "");
		enrol_as(country, writer, rows[i].officer, rows[i].role);
	}
}

static void found_offices(struct country *country, struct writer *writer)
{
	found_national_offices(country, writer);
	for (size_t i = 0; i < country->province_count; i++) {
		struct province *province = &country->provinces[i];

		open_office(country, writer, province->code, SORT(PROVINCE), province->code);
		open_office(country, writer, province->court.office, SORT(COURT), province->code);
		open_office(country, writer, province->notifier.office, SORT(FACILITY),
		            province->code);
		enrol_as(country, writer, &province->registrar, ROLE(PROVINCIAL));
		enrol_as(country, writer, &province->court, ROLE(COURT_CLERK));
		enrol_as(country, writer, &province->notifier, ROLE(NOTIFIER));
	}
	for (size_t i = 0; i < country->district_count; i++) {
		struct district *district = &country->districts[i];

		open_office(country, writer, district->code, SORT(DISTRICT), district->code);
		enrol_as(country, writer, &district->verifier, ROLE(VERIFIER));
		enrol_as(country, writer, &district->verifier2, ROLE(VERIFIER));
		enrol_as(country, writer, &district->police, ROLE(DISTRICT_POLICE));
	}
	for (size_t i = 0; i < country->commune_count; i++) {
		struct commune *commune = &country->communes[i];

		open_office(country, writer, commune->code, SORT(COMMUNE), commune->code);
		enrol_as(country, writer, &commune->clerk, ROLE(CLERK));
		enrol_as(country, writer, &commune->registrar, ROLE(REGISTRAR));
		enrol_as(country, writer, &commune->police, ROLE(COMMUNE_POLICE));
	}
}

void country_found(struct country *country, struct writer *writer)
{
	found_ledger(country, writer);
	publish_law(country, writer);
	publish_gazetteer(country, writer, true);
	publish_gazetteer(country, writer, false);
	found_offices(country, writer);
}
