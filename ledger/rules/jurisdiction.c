#include "ledger/rules/jurisdiction.h"

#include "ledger/authority/gazetteer.h"
#include "ledger/authority/scope.h"
#include "ledger/event/message.h"
#include "ledger/person/household.h"
#include "ledger/rules/number_acts.h"
#include "ledger/rules/target.h"

static int32_t reference_day(const struct judgement *j)
{
	const struct matter *own = &j->own;

	return own->declared || !own->dated ? own->declared_day : own->valid.latest;
}

static void add_place(struct judgement *j, struct tested_places *places, const char *code,
                      const char *gazetteer)
{
	if (code[0] == '\0' || places->count == TESTED_PLACES_MAX) {
		return;
	}
	char *now = arena_alloc(j->view->arena, AREA_CODE_MAX + 1);

	if (now == NULL) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
		return;
	}
	if (judgement_settle(
	            j, gazetteer_successor(j->view, now, gazetteer, code, reference_day(j)))) {
		places->code[places->count] = now;
		places->count++;
	}
}

/* Areas of an office are kept as they are now. */
static void add_office(struct judgement *j, struct tested_places *places, const char *id)
{
	struct office office;

	if (!judgement_settle(j, authority_office(j->view, &office, id))) {
		return;
	}
	for (size_t i = 0; i < office.area_count && places->count < TESTED_PLACES_MAX; i++) {
		places->code[places->count] = office.areas[i];
		places->count++;
	}
}

static void places_of_homes(struct judgement *j, struct tested_places *places)
{
	for (size_t i = 0; i < j->own.party_count; i++) {
		const Civil__V1__PersonState *state = party_state(j, &j->own.parties[i]);

		if (j->own.parties[i].role == SUBJECT(OBJECTOR)) {
			continue; /* who objects may live anywhere */
		}
		if (state != NULL && state->residence != NULL &&
		    state->residence->address != NULL) {
			const Civil__V1__Address *address = state->residence->address;

			add_place(j, places, address->code, address->gazetteer);
		}
	}
}

static void places_of_unit(struct judgement *j, struct tested_places *places)
{
	const Civil__V1__Address *address = target_unit_address(j, target_unit(j));

	if (address == NULL) {
		places->missing = true; /* L15 says so */
		return;
	}
	add_place(j, places, address->code, address->gazetteer);
}

/* The offices that made the act: the one on whose behalf, and those of its signers. */
static void places_of_target(struct judgement *j, struct tested_places *places)
{
	const struct act *target;
	struct stored_record record;

	if (!judgement_target(j, &target) || target->message == NULL ||
	    !judgement_settle(j, view_record(j->view, &record, target->index))) {
		places->missing = true; /* S12 or S13 says so */
		return;
	}
	add_office(j, places, target->header->office_id);
	for (size_t i = 0; i < record.event.signature_count; i++) {
		const ProtobufCBinaryData *key = &record.event.signatures[i]->public_key;
		struct officer_key officer;

		if (judgement_settle(
		            j, authority_key(j->view, &officer, bytes_of(key->data, key->len)))) {
			scope_on(&officer, date_of_instant(record.recorded_at_ms));
			add_office(j, places, officer.office);
		}
	}
}

/* The office that kept the paper; where it is not on the ledger, the places of the act. */
static void places_of_paper(struct judgement *j, struct tested_places *places)
{
	const Civil__V1__LegacyDigitised *digitised = target_digitised(j);

	if (digitised == NULL) {
		places->missing = true; /* S07, S12 or S13 says so */
		return;
	}
	if (digitised->paper_reference != NULL) {
		add_office(j, places, digitised->paper_reference->office_id);
	}
	if (places->count == 0 && j->own.kind != NULL) {
		struct kind_place found[KIND_PLACES_MAX];
		size_t count = kind_tested_places(found, j->own.kind, j->own.message);

		for (size_t i = 0; i < count; i++) {
			add_place(j, places, found[i].code, found[i].gazetteer);
		}
	}
}

static void places_of_officer(struct judgement *j, struct tested_places *places)
{
	const Civil__V1__Content *content = j->event->content;
	struct officer_key officer;

	if (content->kind_case == CONTENT_CASE(OFFICER_ENROLLED)) {
		add_office(j, places, content->officer_enrolled->office_id);
	} else if (target_officer(j, &officer)) {
		add_office(j, places, officer.office);
	}
}

/* The dwellings of the books that an act speaks of, and of the one that it opens. */
static void places_of_books(struct judgement *j, struct tested_places *places)
{
	const Civil__V1__Address *address;
	struct book_act act;

	if (!book_act_of(&act, j->event->content)) {
		return;
	}
	for (size_t i = 0; i < act.from_count; i++) {
		address = target_book_address(j, act.from[i]);
		if (address != NULL) {
			add_place(j, places, address->code, address->gazetteer);
		}
	}
	address = act.opens ? target_unit_address(j, act.unit) : NULL;
	if (address != NULL) {
		add_place(j, places, address->code, address->gazetteer);
	}
}

/* The office that has, or gives back, a block of numbers. */
static void places_of_block(struct judgement *j, struct tested_places *places)
{
	const char *office = number_acts_office(j);

	if (office != NULL) {
		add_office(j, places, office);
	}
}

/* The office that handles an application. */
static void office_of_application(struct judgement *j, struct tested_places *places)
{
	const Civil__V1__Content *content = j->event->content;
	const struct act *target;

	if (content->kind_case == CONTENT_CASE(APPLICATION_SUBMITTED)) {
		const char *office = content->application_submitted->office_id;

		places->office = office[0] == '\0' ? NULL : office; /* else S07 */
	} else if (judgement_target(j, &target) && target->content != NULL &&
	           target->content->kind_case == CONTENT_CASE(APPLICATION_SUBMITTED)) {
		places->office = target->content->application_submitted->office_id;
	}
}

static const struct {
	enum kind_id kind;
	void (*places)(struct judgement *j, struct tested_places *places);
} sources[] = {
	{ KIND_MARRIAGE_NOTICE, places_of_homes },
	{ KIND_MARRIAGE, places_of_homes },
	{ KIND_OBJECTION, places_of_homes },
	{ KIND_OBJECTION_RESOLVED, places_of_homes },
	{ KIND_RECOGNITION, places_of_homes },
	{ KIND_LEGITIMATION, places_of_homes },
	{ KIND_NAME_CHANGE, places_of_homes },
	{ KIND_RESIDENCE_DEPARTURE, places_of_unit },
	{ KIND_RESIDENCE_ARRIVAL, places_of_unit },
	{ KIND_RESIDENCE_UNIT_CLOSED, places_of_unit },
	{ KIND_TEMPORARY_RESIDENCE, places_of_unit },
	{ KIND_ADDRESS_PROTECTION_SET, places_of_homes },
	{ KIND_ADDRESS_PROTECTION_LIFTED, places_of_homes },
	{ KIND_FAMILY_BOOK_OPENED, places_of_books },
	{ KIND_FAMILY_BOOK_MEMBER_ADDED, places_of_books },
	{ KIND_FAMILY_BOOK_MEMBER_REMOVED, places_of_books },
	{ KIND_FAMILY_BOOK_HEAD_CHANGED, places_of_books },
	{ KIND_FAMILY_BOOK_SPLIT, places_of_books },
	{ KIND_FAMILY_BOOK_MERGED, places_of_books },
	{ KIND_FAMILY_BOOK_REPLACED, places_of_books },
	{ KIND_FAMILY_BOOK_CLOSED, places_of_books },
	{ KIND_APPLICATION_SUBMITTED, office_of_application },
	{ KIND_APPLICATION_PROCESSING, office_of_application },
	{ KIND_APPLICATION_READY, office_of_application },
	{ KIND_APPLICATION_DELIVERED, office_of_application },
	{ KIND_APPLICATION_REFUSED, office_of_application },
	{ KIND_APPLICATION_WITHDRAWN, office_of_application },
	{ KIND_BLOCK_RESERVED, places_of_block },
	{ KIND_BLOCK_RETURNED, places_of_block },
	{ KIND_CORRECTION, places_of_target },
	{ KIND_CERTIFICATE_ISSUED, places_of_target },
	{ KIND_LEGACY_LINKED, places_of_paper },
	{ KIND_OFFICER_ENROLLED, places_of_officer },
	{ KIND_OFFICER_SUSPENDED, places_of_officer },
	{ KIND_OFFICER_KEY_COMPROMISED, places_of_officer },
	{ KIND_OFFICER_SCOPE_CHANGED, places_of_officer },
	{ KIND_OFFICER_KEY_ROTATED, places_of_officer },
	{ KIND_OFFICER_RETIRED, places_of_officer },
};

static bool is_abroad(const struct judgement *j)
{
	const ProtobufCMessage *message = j->own.message;
	const Civil__V1__Place *place = NULL;

	if (message == NULL) {
		return false;
	}
	if (message->descriptor == &civil__v1__birth__descriptor) {
		place = ((const Civil__V1__Birth *)message)->place_of_birth;
	} else if (message->descriptor == &civil__v1__foetal_death__descriptor) {
		place = ((const Civil__V1__FoetalDeath *)message)->place;
	} else if (message->descriptor == &civil__v1__death__descriptor) {
		place = ((const Civil__V1__Death *)message)->place_of_death;
	} else if (message->descriptor == &civil__v1__marriage__descriptor) {
		place = ((const Civil__V1__Marriage *)message)->place;
	}
	return place != NULL && place->code[0] == '\0' && place->country[0] != '\0';
}

/* True when the content lacks one of the places that its row tests: S07 says so. */
static bool lacks_place(const struct kind *kind, const ProtobufCMessage *message)
{
	static const char *const notified[] = { "content.notification.place", NULL };
	bool is_notification = message->descriptor == &civil__v1__notification__descriptor;

	for (const char *const *path = is_notification ? notified : kind->places; *path != NULL;
	     path++) {
		const char *name = strrchr(*path, '.') + 1;
		const ProtobufCFieldDescriptor *field =
		        message_field(message->descriptor, name, strlen(name));

		if (field != NULL && !message_has(message, field)) {
			return true;
		}
	}
	return false;
}

void jurisdiction_places(struct judgement *j, struct tested_places *places)
{
	struct kind_place found[KIND_PLACES_MAX];
	const ProtobufCMessage *message = j->own.message;
	const struct kind *kind = j->kind;
	size_t count = 0;

	*places = (struct tested_places){ 0 };
	if (j->step == STEP(NOTIFIED) &&
	    j->event->content->kind_case == CONTENT_CASE(NOTIFICATION)) {
		message = &j->event->content->notification->base;
	}
	if (message != NULL && !j->own.from_paper) {
		count = kind_tested_places(found, kind, message);
		places->missing = lacks_place(kind, message);
	}
	for (size_t i = 0; i < count; i++) {
		add_place(j, places, found[i].code, found[i].gazetteer);
	}
	places->abroad = is_abroad(j);
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (sources[i].kind == kind->id) {
			sources[i].places(j, places);
		}
	}
	places->missing = places->missing ||
	                  (places->count == 0 && !places->abroad && places->office == NULL);
}

bool jurisdiction_covers(const struct office *office, const struct tested_places *places)
{
	if (places->office != NULL) {
		return strcmp(office->id, places->office) == 0;
	}
	if (office->area_count == 0 ||
	    (places->abroad && office->sort == CIVIL__V1__OFFICE_SORT__OFFICE_SORT_EMBASSY)) {
		return true;
	}
	for (size_t a = 0; a < office->area_count; a++) {
		for (size_t i = 0; i < places->count; i++) {
			if (gazetteer_contains(office->areas[a], places->code[i])) {
				return true;
			}
		}
	}
	return false;
}
