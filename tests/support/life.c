#include "tests/support/life.h"

#include "ledger/authority/governance.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/partial_date.h"
#include "ledger/log/merkle.h"
#include "ledger/person/state.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define STEP(name)  CIVIL__V1__EVENT_STEP__EVENT_STEP_##name
#define CLASS(name) CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name

/* A message in the life's arena. */
static void *make(struct life *life, const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(&life->arena, descriptor->sizeof_message);

	ck_assert_ptr_nonnull(message);
	descriptor->message_init(message);
	return message;
}

int32_t life_day(const char *day)
{
	int32_t number;

	if (day == NULL) {
		return INT32_MAX;
	}
	ck_assert_msg(date_parse(&number, day), "no day: %s", day);
	return number;
}

Civil__V1__Date *life_date(struct life *life, const char *day)
{
	Civil__V1__Date *date = make(life, &civil__v1__date__descriptor);

	partial_date_of_day(date, life_day(day));
	return date;
}

Civil__V1__PartialDate *life_partial(struct life *life, const char *day)
{
	Civil__V1__PartialDate *date = make(life, &civil__v1__partial_date__descriptor);
	size_t length = strlen(day);

	date->precision = length == 4   ? CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR
	                  : length == 7 ? CIVIL__V1__DATE_PRECISION__DATE_PRECISION_MONTH
	                                : CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY;
	date->year = (int32_t)strtol(day, NULL, 10);
	date->month = length >= 7 ? (int32_t)strtol(day + 5, NULL, 10) : 0;
	date->day = length >= 10 ? (int32_t)strtol(day + 8, NULL, 10) : 0;
	return date;
}

static char *text(struct life *life, const char *string)
{
	char *copy = arena_string(&life->arena, string);

	ck_assert_ptr_nonnull(copy);
	return copy;
}

Civil__V1__Name *life_name(struct life *life, const char *given)
{
	Civil__V1__Name *name = make(life, &civil__v1__name__descriptor);

	name->km_given = text(life, "សុខា");
	name->latin_surname = text(life, "Udahar");
	name->latin_given = text(life, given);
	return name;
}

Civil__V1__Place *life_place(struct life *life, const char *code, const char *gazetteer)
{
	Civil__V1__Place *place = make(life, &civil__v1__place__descriptor);

	place->code = text(life, code);
	place->gazetteer = text(life, gazetteer);
	return place;
}

Civil__V1__Address *life_address(struct life *life, const char *code)
{
	Civil__V1__Address *address = make(life, &civil__v1__address__descriptor);

	address->code = text(life, code);
	address->gazetteer = text(life, "KH-2014");
	return address;
}

ProtobufCBinaryData life_hash(struct life *life, const struct hash *hash)
{
	uint8_t *copy = arena_copy(&life->arena, bytes_of_hash(hash));

	ck_assert_ptr_nonnull(copy);
	return (ProtobufCBinaryData){ .len = HASH_BYTES, .data = copy };
}

static ProtobufCBinaryData id_data(struct life *life, const struct id *id)
{
	return (ProtobufCBinaryData){ .len = ID_BYTES,
		                      .data = arena_copy(&life->arena, bytes_of_id(id)) };
}

Civil__V1__Content *life_content(struct life *life)
{
	Civil__V1__Content *content = make(life, &civil__v1__content__descriptor);

	content->common = make(life, &civil__v1__common__descriptor);
	content->common->date_of_declaration =
	        life_date(life, life->declared_on == NULL ? life->recorded_on : life->declared_on);
	return content;
}

struct id life_case(struct life *life)
{
	struct id id = { { 'c' } };

	life->made++;
	bytes_write_u64(id.bytes + 8, life->made);
	return id;
}

/* Header with one subject a part; ordinals in the order of created persons. */
static Civil__V1__EventHeader *header_of(struct life *life, const struct part *parts, size_t count)
{
	Civil__V1__EventHeader *header = make(life, &civil__v1__event_header__descriptor);
	uint32_t ordinal = 0;
	struct id request = { { 'r' } };

	life->made++;
	bytes_write_u64(request.bytes + 8, life->made);
	header->version = 1;
	header->request_id = id_data(life, &request);
	header->office_id = text(life, "070803");
	header->subjects = arena_array(&life->arena, count, sizeof(Civil__V1__Subject *));
	header->n_subjects = count;
	for (size_t i = 0; i < count; i++) {
		Civil__V1__Subject *subject = make(life, &civil__v1__subject__descriptor);

		subject->role = parts[i].role;
		if (parts[i].person == NULL) {
			ordinal++;
			subject->ordinal = ordinal;
		} else {
			subject->person_id = id_data(life, parts[i].person);
		}
		header->subjects[i] = subject;
	}
	return header;
}

static struct bytes packed(struct life *life, const ProtobufCMessage *message)
{
	size_t size = protobuf_c_message_get_packed_size(message);
	uint8_t *bytes = arena_alloc(&life->arena, size);

	ck_assert_ptr_nonnull(bytes);
	(void)protobuf_c_message_pack(message, bytes);
	return bytes_of(bytes, size);
}

/* Appends the event and everything derived from it, as ledger/apply.c does after the rules. */
static void append(struct life *life, const struct event *event)
{
	const struct verdict verdict = { .accepted = true, .law_version = "KH-2011" };
	int64_t recorded_at_ms = (int64_t)life_day(life->recorded_on) * 86400000 + 10800000;
	struct store_batch *batch = store_batch_begin(life->store);
	struct view view = { .store = store_batch_view(batch),
		             .size = life->head.size,
		             .arena = &life->scratch };
	struct appended appended;
	bool changed = false;

	ck_assert_int_eq(
	        append_event(&view, batch, &appended, &life->head, event, &verdict, recorded_at_ms),
	        STATUS_OK);
	life->head.head = appended.hash;
	life->head.size++;
	view.size++;
	ck_assert_int_eq(governance_apply(&view, batch, &changed, event, appended.record.index),
	                 STATUS_OK);
	view.reference = NULL;
	ck_assert_int_eq(state_update(&view, batch, &appended.record), STATUS_OK);
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
	store_batch_end(batch);
	arena_reset(&life->scratch);
}

struct hash life_put(struct life *life, Civil__V1__EventClass event_class,
                     Civil__V1__EventStep step, const struct id *case_id, const struct part *parts,
                     size_t count, Civil__V1__Content *content)
{
	Civil__V1__EventHeader *header = header_of(life, parts, count);
	Civil__V1__Signature *signature = make(life, &civil__v1__signature__descriptor);
	uint8_t public_key[PUBLIC_KEY_BYTES] = { life->signer };
	struct event event;

	header->event_class = event_class;
	header->step = step;
	if (case_id != NULL) {
		header->case_id = id_data(life, case_id);
	}
	signature->public_key =
	        (ProtobufCBinaryData){ .len = sizeof(public_key), .data = public_key };
	ck_assert_int_eq(event_read(&event, packed(life, &header->base),
	                            packed(life, &content->base), bytes_of("", 0), &signature, 1,
	                            &life->arena),
	                 STATUS_OK);
	life_view_drop(life);
	append(life, &event);
	return event.id;
}

struct hash life_act(struct life *life, Civil__V1__EventClass event_class, const struct part *parts,
                     size_t count, Civil__V1__Content *content)
{
	struct id case_id = life_case(life);

	return life_put(life, event_class, STEP(REGISTERED), &case_id, parts, count, content);
}

void life_view_drop(struct life *life)
{
	store_view_end(life->store_view);
	life->store_view = NULL;
}

struct view life_view_at(struct life *life, uint64_t size)
{
	life_view_drop(life);
	life->store_view = store_view_begin(life->store);
	ck_assert_ptr_nonnull(life->store_view);
	return (struct view){ .store = life->store_view, .size = size, .arena = &life->arena };
}

struct view life_view(struct life *life)
{
	return life_view_at(life, life->head.size);
}

static Civil__V1__RuleSet *rule_set(struct life *life, const char *version, const char *first_day)
{
	Civil__V1__RuleSet *set = make(life, &civil__v1__rule_set__descriptor);

	set->version = text(life, version);
	set->effective_on = life_date(life, first_day);
	set->birth_in_time_days = 30;
	set->birth_late_days = 365;
	set->death_in_time_days = 15;
	set->death_late_days = 365;
	set->marriage_in_time_days = 15;
	set->marriage_late_days = 365;
	return set;
}

static void put_genesis(struct life *life)
{
	Civil__V1__Content *content = life_content(life);
	Civil__V1__Genesis *genesis = make(life, &civil__v1__genesis__descriptor);

	genesis->name = text(life, "test");
	genesis->number_scheme = text(life, "KIDC");
	genesis->date = life_date(life, life->recorded_on);
	genesis->rule_sets = arena_array(&life->arena, 2, sizeof(Civil__V1__RuleSet *));
	genesis->n_rule_sets = 2;
	genesis->rule_sets[0] = rule_set(life, "KH-0", "1900-01-01");
	genesis->rule_sets[1] = rule_set(life, "KH-2011", "2011-12-21");
	content->kind_case = CIVIL__V1__CONTENT__KIND_GENESIS;
	content->genesis = genesis;
	(void)life_act(life, CLASS(GOVERNANCE), NULL, 0, content);
}

static Civil__V1__GazetteerArea *area(struct life *life, const char *code, const char *latin)
{
	Civil__V1__GazetteerArea *entry = make(life, &civil__v1__gazetteer_area__descriptor);

	entry->code = text(life, code);
	entry->km = text(life, "ភូមិ");
	entry->latin = text(life, latin);
	return entry;
}

/* A version of the gazetteer in one part. */
static void put_gazetteer(struct life *life, const char *version, const char *first_day,
                          const char *const areas[][2], size_t count, const char *old_code,
                          const char *new_code)
{
	Civil__V1__Content *content = life_content(life);
	Civil__V1__GazetteerPublished *published =
	        make(life, &civil__v1__gazetteer_published__descriptor);
	Civil__V1__AreaSuccession *succession = make(life, &civil__v1__area_succession__descriptor);

	published->version = text(life, version);
	published->effective_on = life_date(life, first_day);
	published->part = 1;
	published->parts = 1;
	published->areas = arena_array(&life->arena, count, sizeof(Civil__V1__GazetteerArea *));
	for (size_t i = 0; i < count; i++) {
		published->areas[i] = area(life, areas[i][0], areas[i][1]);
		published->n_areas++;
	}
	if (old_code != NULL) {
		succession->old_code = text(life, old_code);
		succession->new_code = text(life, new_code);
		succession->on = life_date(life, first_day);
		succession->sort = CIVIL__V1__SUCCESSION_SORT__SUCCESSION_SORT_RENUMBER;
		published->successions =
		        arena_array(&life->arena, 1, sizeof(Civil__V1__AreaSuccession *));
		published->successions[0] = succession;
		published->n_successions = 1;
	}
	content->kind_case = CIVIL__V1__CONTENT__KIND_GAZETTEER_PUBLISHED;
	content->gazetteer_published = published;
	(void)life_act(life, CLASS(GOVERNANCE), NULL, 0, content);
}

void life_begin(struct life *life)
{
	static const char *const old_areas[][2] = { { "03", "Kampong Cham" },
		                                    { "0304", "Dambae" },
		                                    { "030401", "Chong Cheach" } };
	static const char *const areas[][2] = { { "25", "Tboung Khmum" },
		                                { "2501", "Dambae" },
		                                { "250101", "Chong Cheach" },
		                                { "25010101", "Kouk Sralau" },
		                                { "07", "Kampot" },
		                                { "0708", "Kampot town" },
		                                { "070801", "Kampong Kandal" },
		                                { "070803", "Kampong Bay" },
		                                { "07080301", "First village" },
		                                { "07080302", "Second village" } };

	*life = (struct life){ .recorded_on = "2020-01-02", .signer = 1 };
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&life->scratch, FOLD_ARENA_BYTES_MAX);
	arena_init(&life->arena, FOLD_ARENA_BYTES_MAX);
	ck_assert_int_eq(store_memory_open(&life->store), STATUS_OK);
	put_genesis(life);
	put_gazetteer(life, "KH-H", "1900-01-01", old_areas, 3, NULL, NULL);
	put_gazetteer(life, "KH-2014", "2014-01-01", areas, sizeof(areas) / sizeof(areas[0]),
	              "030401", "250101");
}

void life_end(struct life *life)
{
	life_view_drop(life);
	store_close(life->store);
	arena_fini(&life->scratch);
	arena_fini(&life->arena);
}
