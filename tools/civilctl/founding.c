#include "tools/civilctl/founding.h"

#include "ledger/base/limits.h"
#include "node/clock.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/seal.h"

#include "ledger/base/date.h"

enum {
	AREAS_BYTES_MAX = 30 * 1024, /* of one part: below the limit of a content */
	AREA_FRAME_BYTES = 12,       /* tags and lengths of an area */
	COLUMNS = 4,
};

const char *founding_office(size_t founder)
{
	return founder % 2 == 0 ? "nat-registry" : "nat-identification";
}

static void *make(struct ctl *ctl, const ProtobufCMessageDescriptor *type)
{
	ProtobufCMessage *message = arena_alloc(&ctl->arena, type->sizeof_message);

	if (message != NULL) {
		protobuf_c_message_init(type, message);
	}
	return message;
}

static Civil__V1__Date *make_date(struct ctl *ctl, struct civil_date day)
{
	Civil__V1__Date *date = make(ctl, &civil__v1__date__descriptor);

	if (date != NULL) {
		date->year = day.year;
		date->month = day.month;
		date->day = day.day;
	}
	return date;
}

static Civil__V1__Date *today(struct ctl *ctl)
{
	return make_date(ctl, date_of_day(date_of_instant(clock_now_ms(clock_system()))));
}

/* A governance act of the national registry, declared today. */
static Civil__V1__EventDraft *make_draft(struct ctl *ctl, ProtobufCBinaryData ledger_id)
{
	Civil__V1__EventDraft *draft = make(ctl, &civil__v1__event_draft__descriptor);
	Civil__V1__EventHeader *header = make(ctl, &civil__v1__event_header__descriptor);
	Civil__V1__Content *content = make(ctl, &civil__v1__content__descriptor);
	Civil__V1__Common *common = make(ctl, &civil__v1__common__descriptor);
	Civil__V1__Date *date = today(ctl);

	if (draft == NULL || header == NULL || content == NULL || common == NULL || date == NULL) {
		return NULL;
	}
	header->ledger_id = ledger_id;
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE;
	header->step = CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED;
	header->office_id = arena_string(&ctl->arena, founding_office(0));
	common->date_of_declaration = date;
	content->common = common;
	draft->header = header;
	draft->content = content;
	return draft;
}

/* The law by its days; ages in years, periods in days. The catalogue, table D1. */
static const struct {
	const char *version;
	struct civil_date from; /* year 0: from the beginning */
	int32_t groom_age;
	int32_t bride_age;
	int32_t consent_age;
	Civil__V1__UnderAgePath under_age;
} laws[] = {
	{ "KH-0", { 0, 0, 0 }, 0, 0, 0, CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_UNSPECIFIED },
	{ "KH-1989", { 1989, 7, 26 }, 20, 18, 0, CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_COURT },
	{ "KH-2011",
	  { 2011, 12, 21 },
	  18,
	  18,
	  16,
	  CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT },
	{ "KH-2024",
	  { 2024, 7, 1 },
	  18,
	  18,
	  16,
	  CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT },
};
enum { LAWS = sizeof(laws) / sizeof(laws[0]) };

static Civil__V1__RuleSet *make_rule_set(struct ctl *ctl, size_t i)
{
	Civil__V1__RuleSet *set = make(ctl, &civil__v1__rule_set__descriptor);

	if (set == NULL) {
		return NULL;
	}
	set->version = arena_string(&ctl->arena, laws[i].version);
	set->groom_age = laws[i].groom_age;
	set->bride_age = laws[i].bride_age;
	set->consent_age = laws[i].consent_age;
	set->under_age = laws[i].under_age;
	if (laws[i].from.year != 0) {
		set->effective_on = make_date(ctl, laws[i].from);
		set->notice_days = 10;
		set->waiting_days = 120;
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

static bool add_founders(struct ctl *ctl, Civil__V1__Genesis *genesis,
                         const struct compose_key keys[], size_t key_count)
{
	genesis->officers = arena_array(&ctl->arena, key_count, sizeof(*genesis->officers));
	for (size_t i = 0; genesis->officers != NULL && i < key_count; i++) {
		Civil__V1__FoundingOfficer *officer =
		        make(ctl, &civil__v1__founding_officer__descriptor);

		if (officer == NULL) {
			return false;
		}
		officer->public_key.data =
		        arena_copy(&ctl->arena, bytes_of(keys[i].public_key, PUBLIC_KEY_BYTES));
		officer->public_key.len = PUBLIC_KEY_BYTES;
		officer->office_id = arena_string(&ctl->arena, founding_office(i));
		genesis->officers[i] = officer;
		genesis->n_officers++;
	}
	return genesis->n_officers == key_count;
}

enum ctl_exit founding_genesis(struct ctl *ctl, Civil__V1__EventDraft **out,
                               ProtobufCBinaryData ledger_id, const char *name,
                               const struct compose_key keys[], size_t key_count)
{
	Civil__V1__EventDraft *draft = make_draft(ctl, ledger_id);
	Civil__V1__Genesis *genesis = make(ctl, &civil__v1__genesis__descriptor);

	if (draft == NULL || genesis == NULL || !add_founders(ctl, genesis, keys, key_count)) {
		return ctl_fail(STATUS_NO_MEMORY, "genesis", NULL);
	}
	genesis->name = arena_string(&ctl->arena, name);
	genesis->number_scheme = arena_string(&ctl->arena, "kidc");
	genesis->date = draft->content->common->date_of_declaration;
	genesis->rule_sets = arena_array(&ctl->arena, LAWS, sizeof(*genesis->rule_sets));
	for (size_t i = 0; genesis->rule_sets != NULL && i < LAWS; i++) {
		genesis->rule_sets[i] = make_rule_set(ctl, i);
		if (genesis->rule_sets[i] == NULL) {
			return ctl_fail(STATUS_NO_MEMORY, "genesis", NULL);
		}
		genesis->n_rule_sets++;
	}
	draft->content->kind_case = CIVIL__V1__CONTENT__KIND_GENESIS;
	draft->content->genesis = genesis;
	*out = draft;
	return CTL_OK;
}

/* Cuts one line of the file into its first columns; false when it has fewer. */
static bool cut_line(struct bytes columns[COLUMNS], struct bytes line)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		const uint8_t *tab = line.size == 0 ? NULL : memchr(line.data, '\t', line.size);
		size_t length = tab == NULL ? line.size : (size_t)(tab - line.data);

		columns[i] = bytes_of(line.data, length);
		if (length == 0 || (tab == NULL && i + 1 < COLUMNS)) {
			return false;
		}
		length += tab != NULL;
		line = bytes_of(line.data + length, line.size - length);
	}
	return true;
}

static Civil__V1__GazetteerArea *make_area(struct ctl *ctl, const struct bytes columns[COLUMNS])
{
	Civil__V1__GazetteerArea *area = make(ctl, &civil__v1__gazetteer_area__descriptor);

	if (area != NULL) {
		area->code = arena_printf(&ctl->arena, "%.*s", (int)columns[1].size,
		                          (const char *)columns[1].data);
		area->km = arena_printf(&ctl->arena, "%.*s", (int)columns[2].size,
		                        (const char *)columns[2].data);
		area->latin = arena_printf(&ctl->arena, "%.*s", (int)columns[3].size,
		                           (const char *)columns[3].data);
	}
	return area == NULL || area->code == NULL || area->km == NULL || area->latin == NULL ? NULL
	                                                                                     : area;
}

/* Parts under construction. */
struct parts {
	struct ctl *ctl;
	Civil__V1__EventDraft **drafts;
	size_t count;
	size_t bytes; /* of the areas in the last part */
	ProtobufCBinaryData ledger_id;
	const char *version;
	Civil__V1__Date *effective_on;
};

static Civil__V1__GazetteerPublished *begin_part(struct parts *parts)
{
	struct ctl *ctl = parts->ctl;
	Civil__V1__EventDraft *draft = make_draft(ctl, parts->ledger_id);
	Civil__V1__GazetteerPublished *part =
	        make(ctl, &civil__v1__gazetteer_published__descriptor);

	if (draft == NULL || part == NULL || parts->count == FOUNDING_PARTS_MAX) {
		return NULL;
	}
	part->version = arena_string(&ctl->arena, parts->version);
	part->effective_on = parts->effective_on;
	part->areas = arena_array(&ctl->arena, GAZETTEER_AREAS_MAX, sizeof(*part->areas));
	draft->content->kind_case = CIVIL__V1__CONTENT__KIND_GAZETTEER_PUBLISHED;
	draft->content->gazetteer_published = part;
	parts->drafts[parts->count] = draft;
	parts->count++;
	part->part = (int32_t)parts->count;
	parts->bytes = 0;
	return part->areas == NULL ? NULL : part;
}

static bool add_area(struct parts *parts, const struct bytes columns[COLUMNS])
{
	Civil__V1__GazetteerPublished *part =
	        parts->count == 0 ? NULL
	                          : parts->drafts[parts->count - 1]->content->gazetteer_published;
	size_t size = columns[1].size + columns[2].size + columns[3].size + AREA_FRAME_BYTES;

	if (part == NULL || parts->bytes + size > AREAS_BYTES_MAX ||
	    part->n_areas == GAZETTEER_AREAS_MAX) {
		part = begin_part(parts);
	}
	Civil__V1__GazetteerArea *area = make_area(parts->ctl, columns);
	if (part == NULL || area == NULL) {
		return false;
	}
	part->areas[part->n_areas] = area;
	part->n_areas++;
	parts->bytes += size;
	return true;
}

enum ctl_exit founding_gazetteer(struct ctl *ctl, Civil__V1__EventDraft *drafts[FOUNDING_PARTS_MAX],
                                 size_t *count, ProtobufCBinaryData ledger_id, const char *path,
                                 const char *version, Civil__V1__Date *effective_on)
{
	struct parts parts = { .ctl = ctl,
		               .drafts = drafts,
		               .ledger_id = ledger_id,
		               .version = version,
		               .effective_on = effective_on };
	struct bytes text;
	enum ctl_exit code = ctl_read_file(ctl, &text, path);

	for (size_t number = 1; code == CTL_OK && text.size > 0; number++) {
		const uint8_t *end = memchr(text.data, '\n', text.size);
		size_t length = end == NULL ? text.size : (size_t)(end - text.data);
		struct bytes columns[COLUMNS];

		if (number > 1 && !cut_line(columns, bytes_of(text.data, length))) {
			ctl_say("%s: line %zu has not level, code, Khmer and Latin name", path,
			        number);
			return CTL_USAGE;
		}
		if (number > 1 && !add_area(&parts, columns)) {
			return ctl_fail(STATUS_NO_MEMORY, path, NULL);
		}
		length += end != NULL;
		text = bytes_of(text.data + length, text.size - length);
	}
	for (size_t i = 0; i < parts.count; i++) {
		drafts[i]->content->gazetteer_published->parts = (int32_t)parts.count;
	}
	*count = parts.count;
	return code;
}
