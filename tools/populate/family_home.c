/* Homes, moves and ID cards. */
#include "ledger/base/crypto.h"
#include "ledger/base/date.h"
#include "tools/populate/family.h"

#include <stdio.h>

static const struct civil_date settle_day = { 2020, 2, 10 };

static Civil__V1__Address *home_address(struct family *family, int32_t day)
{
	Civil__V1__Address *address = writer_address(family->writer, family->home.village, day);

	address->house = writer_text(family->writer, "%u", family->home.house);
	return address;
}

/* Opens a unit in a village of a commune. */
static void open_unit(struct family *family, struct commune *commune, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_RESIDENCE_UNIT_OPENED);
	Civil__V1__ResidenceUnitOpened *opened =
	        writer_new(writer, &civil__v1__residence_unit_opened__descriptor);

	family->home.commune = commune;
	family->home.village =
	        commune->villages[random_below(&writer->random, (uint32_t)commune->village_count)];
	family->home.house = 1 + random_below(&writer->random, 400);
	opened->address = home_address(family, day);
	opened->sort = CIVIL__V1__RESIDENCE_UNIT_SORT__RESIDENCE_UNIT_SORT_PRIVATE;
	opened->date = writer_date(writer, day);
	content->residence_unit_opened = opened;
	const struct draft draft = {
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_RESIDENCE,
		.signers = { &commune->police },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
	struct hash id = writer_emit(writer, &draft);
	family->home.unit = crypto_created_id(&id, 1);
}

/* Both spouses, unless one has died. */
static void add_residents(const struct family *family, struct draft *draft)
{
	const struct id *people[2] = { &family->wife.id, &family->husband.id };

	for (size_t i = 0; i < (family->widowed ? 1u : 2u); i++) {
		draft->parts[i].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_RESIDENT;
		draft->parts[i].person = people[i];
		draft->part_count = i + 1;
	}
}

static void arrive(struct family *family, int32_t day, const char *from, const struct hash *release)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_RESIDENCE_ARRIVAL);
	Civil__V1__ResidenceArrival *arrival =
	        writer_new(writer, &civil__v1__residence_arrival__descriptor);

	arrival->date = writer_date(writer, day);
	arrival->unit = writer_bytes(writer, bytes_of_id(&family->home.unit));
	arrival->reason = writer_text(writer, release == NULL ? "first_entry" : "work");
	if (release != NULL) {
		arrival->from = writer_place(writer, from, day);
		arrival->release = writer_bytes(writer, bytes_of_hash(release));
	}
	content->residence_arrival = arrival;
	struct draft draft = {
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_RESIDENCE,
		.signers = { &family->home.commune->police },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
	add_residents(family, &draft);
	(void)writer_emit(writer, &draft);
}

void family_settle(struct family *family)
{
	int32_t day = date_to_day(settle_day);

	open_unit(family, family->commune, day);
	arrive(family, day, NULL, NULL);
	family->husband.at_home = true;
	family->wife.at_home = true;
}

void family_move(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	struct country *country = family->country;
	struct home old = family->home;
	struct commune *next =
	        &country->communes[random_below(&writer->random, (uint32_t)country->commune_count)];
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_RESIDENCE_DEPARTURE);
	Civil__V1__ResidenceDeparture *departure =
	        writer_new(writer, &civil__v1__residence_departure__descriptor);

	departure->date = writer_date(writer, day);
	departure->from_unit = writer_bytes(writer, bytes_of_id(&old.unit));
	departure->to = writer_place(writer, next->code, day);
	departure->reason = writer_text(writer, "work");
	content->residence_departure = departure;
	struct draft draft = {
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_RESIDENCE,
		.signers = { &old.commune->police },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
	add_residents(family, &draft);
	struct hash release = writer_emit(writer, &draft);
	open_unit(family, next, day);
	arrive(family, day + 1, old.commune->code, &release);
}

static struct draft card_act(struct person *person, const struct officer *signer, int32_t day,
                             Civil__V1__Content *content)
{
	return (struct draft){
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_ID_CARD,
		.parts = { { CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_HOLDER, &person->id } },
		.part_count = 1,
		.signers = { signer },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
}

static struct hash apply_for_card(struct family *family, struct person *person,
                                  Civil__V1__DocumentReason reason, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DOCUMENT_APPLIED);
	Civil__V1__DocumentApplied *applied =
	        writer_new(writer, &civil__v1__document_applied__descriptor);
	struct hash photo = crypto_sha256(bytes_of_id(&person->id));

	applied->sort = writer_text(writer, "ordinary");
	applied->reason = reason;
	applied->date = writer_date(writer, day);
	applied->photo_digest = writer_bytes(writer, bytes_of_hash(&photo));
	applied->delivery = CIVIL__V1__DELIVERY_MODE__DELIVERY_MODE_COUNTER;
	content->document_applied = applied;
	struct draft draft = card_act(person, &family->home.commune->police, day, content);
	return writer_emit(writer, &draft);
}

void family_print(struct family *family, Civil__V1__DocumentIssued *issued,
                  const struct person *person, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__DocumentSnapshot *snapshot =
	        writer_new(writer, &civil__v1__document_snapshot__descriptor);
	struct civil_date expires = date_of_day(day);

	expires.year += 10;
	expires.day = expires.month == 2 && expires.day == 29 ? 28 : expires.day;
	snapshot->name = family_name(writer, person->serial);
	snapshot->sex = person->sex;
	snapshot->birth = family_birth_date(writer, person);
	snapshot->nationality =
	        writer_text(writer, "%s", person->country == NULL ? "KHM" : person->country);
	snapshot->number = writer_text(writer, "%s", person->number);
	if (person->at_home) {
		snapshot->address = home_address(family, day);
	}
	issued->serial = writer_text(writer, "S%s", issued->document_number);
	issued->expires_on = writer_date(writer, date_to_day(expires) - 1);
	issued->snapshot = snapshot;
}

/* The card with everything as the register has it. */
static Civil__V1__DocumentIssued *make_card(struct family *family, struct person *person,
                                            const struct hash *application, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__DocumentIssued *issued =
	        writer_new(writer, &civil__v1__document_issued__descriptor);

	(*family->serial)++;
	(void)snprintf(person->card, sizeof(person->card), "IC%010llu",
	               (unsigned long long)*family->serial);
	issued->application = writer_bytes(writer, bytes_of_hash(application));
	issued->document_number = writer_text(writer, "%s", person->card);
	issued->issued_on = writer_date(writer, day);
	family_print(family, issued, person, day);
	return issued;
}

static void deliver_card(struct family *family, struct person *person, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DOCUMENT_DELIVERED);
	Civil__V1__DocumentDelivered *delivered =
	        writer_new(writer, &civil__v1__document_delivered__descriptor);

	delivered->document_number = writer_text(writer, "%s", person->card);
	delivered->date = writer_date(writer, day);
	delivered->to = CIVIL__V1__DELIVERED_TO__DELIVERED_TO_HOLDER;
	delivered->by = writer_text(writer, "counter");
	content->document_delivered = delivered;
	struct draft draft = card_act(person, &family->country->cards, day, content);
	(void)writer_emit(writer, &draft);
}

/* Lost, reported, and another in its place. */
static void lose_card(struct family *family, struct person *person, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DOCUMENT_LOST);
	Civil__V1__DocumentLost *lost = writer_new(writer, &civil__v1__document_lost__descriptor);
	char old[sizeof(person->card)];

	memcpy(old, person->card, sizeof(old));
	lost->document_number = writer_text(writer, "%s", old);
	lost->date = writer_partial(writer, day);
	lost->report_number = writer_text(writer, "R%u", random_below(&writer->random, 100000));
	content->document_lost = lost;
	struct draft draft = card_act(person, &family->home.commune->police, day, content);
	(void)writer_emit(writer, &draft);

	struct hash application = apply_for_card(
	        family, person, CIVIL__V1__DOCUMENT_REASON__DOCUMENT_REASON_LOST, day + 1);
	content = writer_content(writer, CIVIL__V1__CONTENT__KIND_DOCUMENT_REPLACED);
	Civil__V1__DocumentReplaced *replaced =
	        writer_new(writer, &civil__v1__document_replaced__descriptor);
	replaced->issue = make_card(family, person, &application, day + 3);
	replaced->replaces = writer_text(writer, "%s", old);
	replaced->reason = writer_text(writer, "lost");
	content->document_replaced = replaced;
	draft = card_act(person, &family->country->cards, day + 3, content);
	(void)writer_emit(writer, &draft);
}

void family_card(struct family *family, struct person *person, int32_t day)
{
	struct writer *writer = family->writer;
	struct hash application = apply_for_card(
	        family, person, CIVIL__V1__DOCUMENT_REASON__DOCUMENT_REASON_FIRST, day);
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DOCUMENT_ISSUED);

	content->document_issued = make_card(family, person, &application, day + 2);
	struct draft draft = card_act(person, &family->country->cards, day + 2, content);
	(void)writer_emit(writer, &draft);
	deliver_card(family, person, day + 4);
	if (random_percent(&writer->random, 12)) {
		lose_card(family, person, day + 10);
	}
}
