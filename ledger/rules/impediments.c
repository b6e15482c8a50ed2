#include "ledger/rules/impediments.h"

#include "ledger/base/assert.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"

/* The rules of a marriage that look at the persons and the day alone. */
static const enum rule_id asked[] = { RULE_L03, RULE_L04, RULE_L05, RULE_L06, RULE_L07 };

/* The messages that a declaration on that day would be made of. */
struct wedding {
	struct event event;
	Civil__V1__EventHeader header;
	Civil__V1__Content content;
	Civil__V1__Common common;
	Civil__V1__Marriage marriage;
	Civil__V1__PartialDate date;
	Civil__V1__Date declared;
	struct party parties[2];
	struct judgement judgement;
};

static void write_event(struct wedding *wedding, int32_t day)
{
	civil__v1__event_header__init(&wedding->header);
	civil__v1__content__init(&wedding->content);
	civil__v1__common__init(&wedding->common);
	civil__v1__marriage__init(&wedding->marriage);
	civil__v1__partial_date__init(&wedding->date);
	civil__v1__date__init(&wedding->declared);
	partial_date_of_day(&wedding->declared, day);
	wedding->date.precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY;
	wedding->date.year = wedding->declared.year;
	wedding->date.month = wedding->declared.month;
	wedding->date.day = wedding->declared.day;
	wedding->common.date_of_declaration = &wedding->declared;
	wedding->marriage.date_of_marriage = &wedding->date;
	wedding->content.common = &wedding->common;
	wedding->content.kind_case = CONTENT_CASE(MARRIAGE);
	wedding->content.marriage = &wedding->marriage;
	wedding->header.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_MARRIAGE;
	wedding->header.step = STEP(DECLARED);
	wedding->event.header = &wedding->header;
	wedding->event.content = &wedding->content;
	wedding->event.kind = kind_of_id(KIND_MARRIAGE);
}

static Civil__V1__Sex sex_of(const Civil__V1__PersonState *state)
{
	return state->sex == NULL ? CIVIL__V1__SEX__SEX_UNSPECIFIED : state->sex->sex;
}

/* Part of the first of two; `states[1]` may be NULL. */
static Civil__V1__SubjectRole role_of(const Civil__V1__PersonState *const states[2])
{
	ASSERT(states[0] != NULL);
	if (sex_of(states[0]) == CIVIL__V1__SEX__SEX_FEMALE) {
		return SUBJECT(SPOUSE_B);
	}
	if (sex_of(states[0]) != CIVIL__V1__SEX__SEX_MALE && states[1] != NULL &&
	    sex_of(states[1]) == CIVIL__V1__SEX__SEX_MALE) {
		return SUBJECT(SPOUSE_B);
	}
	return SUBJECT(SPOUSE_A);
}

static void judge(struct wedding *wedding, struct view *view, size_t count, int32_t day)
{
	struct judgement *j = &wedding->judgement;

	*j = (struct judgement){ .view = view,
		                 .event = &wedding->event,
		                 .recorded_day = day,
		                 .step = STEP(DECLARED),
		                 .kind = wedding->event.kind };
	j->own.header = &wedding->header;
	j->own.registered_day = day;
	j->own.parties = wedding->parties;
	j->own.party_count = count;
	j->matter = &j->own;
	matter_set_content(j, &j->own, wedding->event.kind, &wedding->content);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		j->rule = rule_of(asked[i]);
		j->rule->judge(j);
	}
}

static enum status load(struct wedding *wedding, struct view *view, const struct id *person,
                        const struct id *other)
{
	const struct id *ids[2] = { person, other };
	const Civil__V1__PersonState *states[2] = { NULL, NULL };

	for (size_t i = 0; i < 2 && ids[i] != NULL; i++) {
		Civil__V1__PersonState *state;
		enum status status = state_cached(view, &state, ids[i]);

		if (status != STATUS_OK) {
			return status;
		}
		states[i] = state;
		wedding->parties[i].id = *ids[i];
		wedding->parties[i].loaded = true;
		wedding->parties[i].state = state;
	}
	wedding->parties[0].role = role_of(states);
	wedding->parties[1].role = wedding->parties[0].role == SUBJECT(SPOUSE_A)
	                                   ? SUBJECT(SPOUSE_B)
	                                   : SUBJECT(SPOUSE_A);
	for (size_t i = 0; i < 2; i++) {
		wedding->parties[i].path = role_name(wedding->parties[i].role);
	}
	return STATUS_OK;
}

enum status rules_impediments(struct view *view, struct impediments *out, const struct id *person,
                              const struct id *other, int32_t day)
{
	struct wedding *wedding = arena_alloc(view->arena, sizeof(*wedding));
	const Civil__V1__RuleSet *law;

	if (wedding == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = load(wedding, view, person, other);
	if (status != STATUS_OK) {
		return status;
	}
	write_event(wedding, day);
	judge(wedding, view, other == NULL ? 1 : 2, day);
	struct judgement *j = &wedding->judgement;
	bool lawful = judgement_settle(j, law_on(view, &law, day));

	if (j->status != STATUS_OK) {
		return j->status;
	}
	*out = (struct impediments){ .findings = j->findings.item,
		                     .count = j->findings.count,
		                     .law_version = lawful ? law->version : "",
		                     .role = wedding->parties[0].role };
	return STATUS_OK;
}
