#include "ledger/person/statistic.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/acts.h"
#include "ledger/person/cache.h"
#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/person/statistic_fact.h"
#include "ledger/store/keys.h"
#include "ledger/work.h"

#define KIND_OF(name) CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_##name
#define ROLE(name)    CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define CLASS(name)   CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name

/* What a row says of one fact; two rows are written, one by each basis. */
struct cell {
	struct interval day;
	int32_t registered_day;
	char area[STATISTIC_AREA_MAX + 1];
	uint8_t kind;
	uint8_t sex;
	uint8_t age;
	uint8_t delay;
	uint8_t flags;
};

static uint8_t group_of(int32_t age)
{
	if (age < 1) {
		return 0;
	}
	if (age < 5) {
		return 1;
	}
	return (uint8_t)(age >= STATISTIC_AGE_LAST ? STATISTIC_AGE_LAST : age / 5 * 5);
}

static uint8_t age_on(struct interval birth, struct interval day)
{
	uint8_t youngest = group_of(date_years(birth.latest, day.earliest));
	uint8_t oldest = group_of(date_years(birth.earliest, day.latest));

	return youngest == oldest ? youngest : STATISTIC_AGE_UNKNOWN;
}

/* The mother whom the record itself names, whoever stands for her since. */
static enum status mother_of(struct view *view, struct id *out, const struct act *act)
{
	struct stored_record record;
	enum status status = view_record(view, &record, act->index);

	if (status != STATUS_OK) {
		return status;
	}
	int mother = event_subject_of_role(record.event.header, ROLE(MOTHER), 0);

	if (mother < 0) {
		return STATUS_NOT_FOUND;
	}
	*out = event_subject_id(&record.event, (size_t)mother);
	return STATUS_OK;
}

/* Age of the mother of a birth, as known before the record that registered it. */
static enum status age_of_mother(uint8_t *out, struct view *view, const struct act *act)
{
	const Civil__V1__Birth *content = (const Civil__V1__Birth *)act->message;
	struct view then = *view;
	Civil__V1__PersonState *state;
	struct interval birth;
	struct id mother;
	enum status status = mother_of(view, &mother, act);

	*out = STATISTIC_AGE_UNKNOWN;
	if (status == STATUS_NOT_FOUND && content->mother_details != NULL &&
	    partial_date_interval(&birth, content->mother_details->birth, act->declared_day)) {
		*out = age_on(birth, act->valid);
	}
	if (status == STATUS_OK) {
		then.size = act->index;
		then.memo = NULL; /* it sees a part */
		status = state_cached(&then, &state, &mother);
	}
	if (status == STATUS_OK && state->birth != NULL &&
	    partial_date_interval(&birth, state->birth->date, act->declared_day)) {
		*out = age_on(birth, act->valid);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Sex of a row, and whether it counts its act; false when the person owns no part of the act. */
static bool set_part(struct cell *cell, const struct fact *fact, Civil__V1__SubjectRole role)
{
	cell->sex = (uint8_t)fact->sex;
	cell->flags |= STATISTIC_ONCE;
	switch ((int)fact->kind) {
	case KIND_OF(BIRTHS):
		return role == ROLE(CHILD);
	case KIND_OF(DEATHS):
		return role == ROLE(DECEASED);
	case KIND_OF(FOETAL_DEATHS):
		return role == ROLE(MOTHER);
	}
	if (role == ROLE(SPOUSE_B)) {
		cell->sex = CIVIL__V1__SEX__SEX_FEMALE;
		cell->flags &= (uint8_t)~STATISTIC_ONCE;
		return true;
	}
	cell->sex = CIVIL__V1__SEX__SEX_MALE;
	return role == ROLE(SPOUSE_A);
}

/* Sex and place stand in the act alone. */
static void read_foetal_death(struct cell *cell, const Civil__V1__FoetalDeath *death)
{
	cell->sex = (uint8_t)death->sex;
	if (death->place != NULL) {
		fact_area(cell->area, death->place->code);
	}
}

/* The act of a fact. That of the record itself is at hand, as long as nobody merged reads it. */
static enum status find_act(const struct statistic_update *update, struct act *out,
                            struct view *view, const struct fact *fact, const struct id *person)
{
	struct persona persona = { 0 };
	bool at_hand = update->act != NULL && hash_equal(&update->act->event_id, &fact->act);
	enum status status = at_hand ? persona_load(view, &persona, person) : STATUS_OK;

	if (status == STATUS_OK && at_hand && persona.member_count == 0) {
		*out = *update->act;
		return STATUS_OK;
	}
	return status == STATUS_OK ? acts_find(view, out, bytes_of_hash(&fact->act)) : status;
}

/* The cell of a fact by the view that saw it. STATUS_NOT_FOUND when the fact is not the person's to
 * count. */
static enum status cell_of(struct statistic_update *update, struct cell *out, struct view *view,
                           const struct fact *fact, const struct id *person)
{
	struct cell cell = { .kind = (uint8_t)fact->kind };
	struct act act;
	enum status status = find_act(update, &act, view, fact, person);

	if (status != STATUS_OK) {
		return status;
	}
	if (!set_part(&cell, fact, act_role(&act, person))) {
		return STATUS_NOT_FOUND;
	}
	if (fact->kind == KIND_OF(FOETAL_DEATHS)) {
		read_foetal_death(&cell, (const Civil__V1__FoetalDeath *)act.message);
	} else if (fact->has_place) {
		memcpy(cell.area, fact->area, sizeof(cell.area));
	} else {
		char area[WORK_AREA_MAX + 1];

		status = work_area(view, area, act.header->office_id);
		fact_area(cell.area, area);
	}
	cell.day = act.valid;
	cell.registered_day = act.registered_day;
	cell.delay = work_delay((int64_t)act.declared_day - act.valid.latest);
	cell.age = fact->has_birth ? age_on(fact->birth, act.valid) : STATISTIC_AGE_UNKNOWN;
	if (status == STATUS_OK && fact->kind == KIND_OF(BIRTHS)) {
		status = age_of_mother(&cell.age, view, &act);
	}
	cell.flags |= act.index == update->record->index ? STATISTIC_ORIGINAL : 0;
	*out = cell;
	return status;
}

static void put_row(struct statistic_update *update, const struct cell *cell,
                    const struct statistic_place *place, uint8_t delta)
{
	uint8_t value[] = { cell->sex, cell->age, cell->delay, cell->flags, delta };
	struct key key;

	key_statistic(&key, place, update->record->index, update->nth);
	update->nth++;
	store_batch_put(update->batch, STORE_WORK, key_bytes(&key), bytes_of(value, sizeof(value)));
}

static void put_cell(struct statistic_update *update, const struct cell *cell, uint8_t delta)
{
	struct civil_date first = date_of_day(cell->day.earliest);
	struct civil_date last = date_of_day(cell->day.latest);
	struct civil_date registered = date_of_day(cell->registered_day);
	bool one_month = first.year == last.year && first.month == last.month;
	struct statistic_place place = {
		.kind = cell->kind,
		.basis = CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_OCCURRENCE,
		.year = (uint16_t)first.year,
		.month = one_month ? (uint8_t)first.month : 0,
		.area = cell->area,
	};

	put_row(update, cell, &place, delta);
	place.basis = CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_REGISTRATION;
	place.year = (uint16_t)registered.year;
	place.month = (uint8_t)registered.month;
	put_row(update, cell, &place, delta);
}

static bool days_equal(struct interval a, struct interval b)
{
	return a.earliest == b.earliest && a.latest == b.latest;
}

static bool fact_equal(const struct fact *a, const struct fact *b)
{
	return a->kind == b->kind && a->sex == b->sex && hash_equal(&a->act, &b->act) &&
	       days_equal(a->day, b->day) && days_equal(a->birth, b->birth) &&
	       a->has_birth == b->has_birth && a->has_place == b->has_place &&
	       strcmp(a->area, b->area) == 0;
}

static bool is_in(const struct state_facts *facts, const struct fact *fact)
{
	for (size_t i = 0; i < facts->count; i++) {
		if (fact_equal(&facts->fact[i], fact)) {
			return true;
		}
	}
	return false;
}

/* Counts the facts of one side that the other lacks. An amendment may change what only the act
 * says, so it counts all on both sides. */
static enum status count_side(struct statistic_update *update, struct view *view,
                              const struct state_facts *facts, const struct state_facts *other,
                              const struct id *person, uint8_t delta)
{
	bool all = update->record->event.header->event_class ==
	           CIVIL__V1__EVENT_CLASS__EVENT_CLASS_AMENDMENT;

	for (size_t i = 0; i < facts->count; i++) {
		struct cell cell;

		if (!all && is_in(other, &facts->fact[i])) {
			continue;
		}
		enum status status = cell_of(update, &cell, view, &facts->fact[i], person);

		if (status == STATUS_OK) {
			put_cell(update, &cell, delta);
		} else if (status != STATUS_NOT_FOUND) {
			return status;
		}
	}
	return STATUS_OK;
}

/* Records that change nothing that is counted. */
static bool is_uncounted(const struct event *event)
{
	static const Civil__V1__EventClass uncounted[] = {
		CLASS(RESIDENCE),   CLASS(HOUSEHOLD),   CLASS(NUMBER),
		CLASS(ID_CARD),     CLASS(PASSPORT),    CLASS(PERMIT),
		CLASS(CERTIFICATE), CLASS(NATIONALITY), CLASS(APPLICATION),
	};

	for (size_t i = 0; i < sizeof(uncounted) / sizeof(uncounted[0]); i++) {
		if (event->header->event_class == uncounted[i]) {
			return true;
		}
	}
	return false;
}

/* What the person's cached state tells, if the id stood for itself before the record. */
static enum status facts_before(struct statistic_update *update, struct state_facts *facts,
                                struct view *then, const struct id *person)
{
	struct view *view = update->view;
	Civil__V1__PersonState *state = NULL;
	struct cache_entry entry;
	struct persona persona;
	enum status status = persona_load(then, &persona, person);

	if (status == STATUS_OK && id_equal(&persona.person, person)) {
		status = cache_read(view, &entry, person);
		if (status == STATUS_OK) {
			status = cache_share(view, &state, &entry, person);
		}
	}
	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		return status;
	}
	return facts_of_state(facts, state, view->arena);
}

/* A view of what was known before the record. */
static struct view before(const struct statistic_update *update)
{
	struct view then = *update->view;

	then.size = update->record->index;
	then.memo = NULL; /* it sees a part */
	return then;
}

enum status statistic_withdraw(struct statistic_update *update, const struct id *person)
{
	struct state_facts none = { 0 };
	struct view then = before(update);
	struct state_facts old;
	enum status status = facts_before(update, &old, &then, person);

	update->withdrawn = true;
	return status == STATUS_OK ? count_side(update, &then, &old, &none, person, STATISTIC_TAKE)
	                           : status;
}

enum status statistic_update(struct statistic_update *update, const Civil__V1__PersonState *after,
                             const struct id *person)
{
	struct state_facts old = { 0 };
	struct state_facts new;
	struct view then = before(update);

	if (is_uncounted(&update->record->event)) {
		return STATUS_OK;
	}
	enum status status =
	        update->withdrawn ? STATUS_OK : facts_before(update, &old, &then, person);
	if (status == STATUS_OK) {
		status = facts_of_state(&new, after, update->view->arena);
	}
	if (status == STATUS_OK) {
		status = count_side(update, &then, &old, &new, person, STATISTIC_TAKE);
	}
	return status == STATUS_OK
	               ? count_side(update, update->view, &new, &old, person, STATISTIC_ADD)
	               : status;
}
