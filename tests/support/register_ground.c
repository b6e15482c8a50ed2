#include "tests/support/register_ground.h"

#include "ledger/base/crypto.h"
#include "tests/support/register_content.h"

#include <check.h>

#define OFFICER(name) CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_##name
#define OFFICE(name)  CIVIL__V1__OFFICE_SORT__OFFICE_SORT_##name

enum { OFFICER_NAME_MAX = 40 };

static const struct {
	const char *letters;
	Civil__V1__OfficerRole role;
} roles[] = {
	{ "N", OFFICER(NOTIFIER) },        { "K", OFFICER(CLERK) },
	{ "R", OFFICER(REGISTRAR) },       { "V", OFFICER(VERIFIER) },
	{ "P", OFFICER(PROVINCIAL) },      { "G", OFFICER(NATIONAL) },
	{ "J", OFFICER(JUDGE) },           { "CC", OFFICER(COURT_CLERK) },
	{ "PC", OFFICER(COMMUNE_POLICE) }, { "PD", OFFICER(DISTRICT_POLICE) },
	{ "IC", OFFICER(ID_CARD) },        { "PP", OFFICER(PASSPORT) },
	{ "NA", OFFICER(NATIONALITY) },    { "IM", OFFICER(IMMIGRATION) },
	{ "HC", OFFICER(HEALTH_CODER) },   { "ES", OFFICER(E_SERVICE) },
};

Civil__V1__OfficerRole ground_role(const char *officer)
{
	size_t length = strspn(officer, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (strlen(roles[i].letters) == length &&
		    memcmp(roles[i].letters, officer, length) == 0) {
			return roles[i].role;
		}
	}
	ck_abort_msg("no role in %s", officer);
	return OFFICER(UNSPECIFIED);
}

/* "R.070803" -> "070803"; founders are of two offices. */
static const char *office_of(const char *officer)
{
	const char *point = strchr(officer, '.');

	if (point != NULL) {
		return point + 1;
	}
	return strcmp(officer, "G2") == 0 ? "nat-identification" : "nat-registry";
}

size_t ground_keys(struct compose_key keys[], char office[], const char *signers)
{
	size_t count = 0;

	while (*signers != '\0') {
		char name[OFFICER_NAME_MAX + 1] = { 0 };
		size_t length = strcspn(signers, "+");

		ck_assert_uint_le(length, OFFICER_NAME_MAX);
		memcpy(name, signers, length);
		struct hash seed = crypto_sha256(bytes_of(name, length));

		compose_key_of_seed(&keys[count], seed.bytes);
		if (count == 0) {
			const char *first = office_of(name);

			memcpy(office, first, strlen(first) + 1);
		}
		count++;
		signers += length + (signers[length] == '+');
	}
	return count;
}

static ProtobufCBinaryData public_key(struct reg *reg, const char *officer)
{
	struct compose_key key;
	char office[OFFICE_ID_MAX + 1];

	ck_assert_uint_eq(ground_keys(&key, office, officer), 1);
	return reg_bytes(reg, bytes_of(key.public_key, sizeof(key.public_key)));
}

Civil__V1__RuleSet *ground_rule_set(struct reg *reg, const char *version)
{
	Civil__V1__RuleSet *set = reg_new(reg, &civil__v1__rule_set__descriptor);
	bool old = strcmp(version, "KH-0") == 0;
	bool first = strcmp(version, "KH-1989") == 0;

	set->version = reg_text(reg, version);
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
	if (!old) {
		set->effective_on = reg_date(reg, first                             ? "1989-07-26"
		                                  : strcmp(version, "KH-2011") == 0 ? "2011-12-21"
		                                                                    : "2024-07-01");
		set->groom_age = first ? 20 : 18;
		set->bride_age = 18;
		set->notice_days = 10;
		set->waiting_days = 120;
		set->consent_age = first ? 0 : 16;
		set->under_age = first ? CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_COURT
		                       : CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT;
	}
	return set;
}

Civil__V1__Content *ground_genesis(struct reg *reg)
{
	static const char *const founders[] = { "G1", "G2", "G3" };
	static const char *const sets[] = { "KH-0", "KH-1989", "KH-2011", "KH-2024" };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Genesis *genesis = reg_new(reg, &civil__v1__genesis__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_GENESIS;
	content->genesis = genesis;
	genesis->name = reg_text(reg, "test");
	genesis->number_scheme = reg_text(reg, "kidc");
	genesis->date = reg_date(reg, reg->today);
	genesis->officers = arena_array(&reg->arena, 3, sizeof(*genesis->officers));
	for (size_t i = 0; i < 3; i++) {
		genesis->officers[i] = reg_new(reg, &civil__v1__founding_officer__descriptor);
		genesis->officers[i]->public_key = public_key(reg, founders[i]);
		genesis->officers[i]->office_id = reg_text(reg, office_of(founders[i]));
		genesis->n_officers++;
	}
	genesis->rule_sets = arena_array(&reg->arena, 4, sizeof(*genesis->rule_sets));
	for (size_t i = 0; i < 4; i++) {
		genesis->rule_sets[i] = ground_rule_set(reg, sets[i]);
		genesis->n_rule_sets++;
	}
	return content;
}

const char *ground_publish(struct reg *reg, const char *version, const char *effective_on,
                           const char *const codes[], bool renumbered)
{
	static const char *const pairs[][2] = { { "0304", "2501" },
		                                { "030401", "250101" },
		                                { "03040101", "25010101" } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__GazetteerPublished *published =
	        reg_new(reg, &civil__v1__gazetteer_published__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_GAZETTEER_PUBLISHED;
	content->gazetteer_published = published;
	published->version = reg_text(reg, version);
	published->effective_on = reg_date(reg, effective_on);
	published->part = 1;
	published->parts = 1;
	published->areas = arena_array(&reg->arena, 64, sizeof(*published->areas));
	for (size_t i = 0; codes[i] != NULL; i++) {
		Civil__V1__GazetteerArea *area =
		        reg_new(reg, &civil__v1__gazetteer_area__descriptor);

		area->code = reg_text(reg, codes[i]);
		area->km = reg_text(reg, "តំបន់");
		area->latin = reg_text(reg, "Area");
		published->areas[published->n_areas] = area;
		published->n_areas++;
	}
	published->successions = arena_array(&reg->arena, 3, sizeof(*published->successions));
	for (size_t i = 0; renumbered && i < 3; i++) {
		Civil__V1__AreaSuccession *succession =
		        reg_new(reg, &civil__v1__area_succession__descriptor);

		succession->old_code = reg_text(reg, pairs[i][0]);
		succession->new_code = reg_text(reg, pairs[i][1]);
		succession->on = reg_date(reg, effective_on);
		succession->sort = CIVIL__V1__SUCCESSION_SORT__SUCCESSION_SORT_RENUMBER;
		published->successions[i] = succession;
		published->n_successions++;
	}
	return reg_act(reg, "G1+G2", KIND_GAZETTEER_PUBLISHED, NULL, content);
}

static void lay_areas(struct reg *reg)
{
#define AREAS_KEPT                                                                                 \
	"03", "07", "0708", "070801", "070803", "07080101", "07080301", "07080302", "14", "1401",  \
	        "140101", "14010101", "23", "2302", "230201", "23020101"
	static const char *const old[] = { AREAS_KEPT, "0304", "030401", "03040101", NULL };
	static const char *const now[] = { AREAS_KEPT, "25", "2501", "250101", "25010101", NULL };
#undef AREAS_KEPT

	ck_assert_str_eq(ground_publish(reg, "KH-H", "1900-01-01", old, false), "");
	ck_assert_str_eq(ground_publish(reg, "KH-2014", "2014-01-01", now, true), "");
}

void ground_office(struct reg *reg, const char *id, Civil__V1__OfficeSort sort, const char *area)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__OfficeOpened *opened = reg_new(reg, &civil__v1__office_opened__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICE_OPENED;
	content->office_opened = opened;
	opened->office_id = reg_text(reg, id);
	opened->sort = sort;
	opened->date = reg_date(reg, reg->today);
	if (area != NULL) {
		opened->areas = arena_array(&reg->arena, 1, sizeof(*opened->areas));
		opened->areas[0] = reg_text(reg, area);
		opened->n_areas = 1;
	}
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_OFFICE_OPENED, NULL, content), "");
}

const char *reg_enrol(struct reg *reg, const char *signers, const char *officer,
                      const struct id *person)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__OfficerEnrolled *enrolled =
	        reg_new(reg, &civil__v1__officer_enrolled__descriptor);
	struct reg_part parts[] = { { ROLE(OFFICER), person }, { 0, NULL } };

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_ENROLLED;
	content->officer_enrolled = enrolled;
	enrolled->public_key = public_key(reg, officer);
	enrolled->office_id = reg_text(reg, office_of(officer));
	enrolled->from = reg_date(reg, reg->today);
	enrolled->roles = arena_array(&reg->arena, 1, sizeof(*enrolled->roles));
	enrolled->roles[0] = ground_role(officer);
	enrolled->n_roles = 1;
	return reg_act(reg, signers, KIND_OFFICER_ENROLLED, person == NULL ? NULL : parts, content);
}

static const struct {
	const char *id;
	Civil__V1__OfficeSort sort;
	const char *area;
	const char *staff[4];
} offices[] = {
	{ "070801", OFFICE(COMMUNE), "070801", { "R", "K", "PC", NULL } },
	{ "070803", OFFICE(COMMUNE), "070803", { "R", "K", "K2", "PC" } },
	{ "140101", OFFICE(COMMUNE), "140101", { "R", "K", "PC", NULL } },
	{ "230201", OFFICE(COMMUNE), "230201", { "R", "K", "PC", NULL } },
	{ "250101", OFFICE(COMMUNE), "250101", { "R", "K", "PC", NULL } },
	{ "0708", OFFICE(DISTRICT), "0708", { "V", "V2", "PD", NULL } },
	{ "1401", OFFICE(DISTRICT), "1401", { "V", "PD", NULL, NULL } },
	{ "2302", OFFICE(DISTRICT), "2302", { "V", NULL, NULL, NULL } },
	{ "2501", OFFICE(DISTRICT), "2501", { "V", NULL, NULL, NULL } },
	{ "07", OFFICE(PROVINCE), "07", { "P", NULL, NULL, NULL } },
	{ "14", OFFICE(PROVINCE), "14", { "P", NULL, NULL, NULL } },
	{ "23", OFFICE(PROVINCE), "23", { "P", NULL, NULL, NULL } },
	{ "25", OFFICE(PROVINCE), "25", { "P", NULL, NULL, NULL } },
	{ "court-14", OFFICE(COURT), "14", { "J", "CC", NULL, NULL } },
	{ "court-07", OFFICE(COURT), "07", { "J", "CC", NULL, NULL } },
	{ "hosp-0708", OFFICE(FACILITY), "0708", { "N", NULL, NULL, NULL } },
	{ "id-cards", OFFICE(DOCUMENT), NULL, { "IC", "IC2", NULL, NULL } },
	{ "passports", OFFICE(DOCUMENT), NULL, { "PP", "PP2", NULL, NULL } },
	{ "nationality", OFFICE(DOCUMENT), NULL, { "NA", "NA2", NULL, NULL } },
	{ "immigration", OFFICE(DOCUMENT), NULL, { "IM", "IM2", NULL, NULL } },
	{ "health", OFFICE(DOCUMENT), NULL, { "HC", NULL, NULL, NULL } },
	{ "e-service", OFFICE(DOCUMENT), NULL, { "ES", NULL, NULL, NULL } },
};

void ground_lay(struct reg *reg)
{
	reg_on(reg, "2020-01-02");
	ck_assert_str_eq(reg_act(reg, "G1+G2+G3", KIND_GENESIS, NULL, ground_genesis(reg)), "");
	lay_areas(reg);
	reg_on(reg, "2020-01-03");
	for (size_t i = 0; i < sizeof(offices) / sizeof(offices[0]); i++) {
		ground_office(reg, offices[i].id, offices[i].sort, offices[i].area);
		for (size_t s = 0; s < 4 && offices[i].staff[s] != NULL; s++) {
			char *name = arena_printf(&reg->arena, "%s.%s", offices[i].staff[s],
			                          offices[i].id);

			ck_assert_str_eq(reg_enrol(reg, "G1+G2", name, NULL), "");
		}
	}
}

struct officer_key reg_officer(struct reg *reg, const char *officer)
{
	ProtobufCBinaryData key = public_key(reg, officer);
	struct ledger_view view;
	struct officer_key found;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(authority_key(&view.view, &found, bytes_of(key.data, key.len)), STATUS_OK);
	ledger_view_end(&view);
	return found;
}
