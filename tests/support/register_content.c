#include "tests/support/register_content.h"

#include "ledger/base/date.h"
#include "ledger/event/partial_date.h"

#include <check.h>
#include <stdlib.h>

#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name

void *reg_new(struct reg *reg, const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(&reg->arena, descriptor->sizeof_message);

	ck_assert_ptr_nonnull(message);
	descriptor->message_init(message);
	return message;
}

char *reg_text(struct reg *reg, const char *text)
{
	char *copy = arena_string(&reg->arena, text);

	ck_assert_ptr_nonnull(copy);
	return copy;
}

ProtobufCBinaryData reg_bytes(struct reg *reg, struct bytes bytes)
{
	return (ProtobufCBinaryData){ .len = bytes.size, .data = arena_copy(&reg->arena, bytes) };
}

Civil__V1__Date *reg_date(struct reg *reg, const char *day)
{
	Civil__V1__Date *date = reg_new(reg, &civil__v1__date__descriptor);
	int32_t number;

	ck_assert_msg(date_parse(&number, day), "%s is no day", day);
	struct civil_date civil = date_of_day(number);

	date->year = civil.year;
	date->month = civil.month;
	date->day = civil.day;
	return date;
}

Civil__V1__PartialDate *reg_partial(struct reg *reg, const char *day)
{
	Civil__V1__PartialDate *date = reg_new(reg, &civil__v1__partial_date__descriptor);
	size_t length = strlen(day);

	date->basis = CIVIL__V1__DATE_BASIS__DATE_BASIS_DECLARED;
	date->year = (int32_t)strtol(day, NULL, 10);
	date->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR;
	if (length > 4) {
		date->month = (int32_t)strtol(day + 5, NULL, 10);
		date->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_MONTH;
	}
	if (length > 7) {
		date->day = (int32_t)strtol(day + 8, NULL, 10);
		date->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY;
	}
	return date;
}

Civil__V1__Name *reg_name(struct reg *reg, const char *khmer, const char *latin)
{
	Civil__V1__Name *name = reg_new(reg, &civil__v1__name__descriptor);

	name->km_surname = reg_text(reg, "ឧទាហរណ៍");
	name->latin_surname = reg_text(reg, "Udahar");
	name->km_given = reg_text(reg, khmer);
	name->latin_given = reg_text(reg, latin);
	name->order = CIVIL__V1__NAME_ORDER__NAME_ORDER_SURNAME_FIRST;
	return name;
}

Civil__V1__Place *reg_place(struct reg *reg, const char *code, const char *gazetteer)
{
	Civil__V1__Place *place = reg_new(reg, &civil__v1__place__descriptor);

	place->code = reg_text(reg, code);
	place->gazetteer = reg_text(reg, gazetteer);
	return place;
}

Civil__V1__Address *reg_address(struct reg *reg, const char *code, const char *gazetteer)
{
	Civil__V1__Address *address = reg_new(reg, &civil__v1__address__descriptor);

	address->code = reg_text(reg, code);
	address->gazetteer = reg_text(reg, gazetteer);
	return address;
}

Civil__V1__Content *reg_content(struct reg *reg)
{
	Civil__V1__Content *content = reg_new(reg, &civil__v1__content__descriptor);

	content->common = reg_new(reg, &civil__v1__common__descriptor);
	content->common->date_of_declaration = reg_date(reg, reg->today);
	content->common->overrides = arena_array(&reg->arena, 4, sizeof(void *));
	content->common->legal_basis = arena_array(&reg->arena, 4, sizeof(void *));
	content->common->documents = arena_array(&reg->arena, 4, sizeof(void *));
	return content;
}

void reg_override(struct reg *reg, Civil__V1__Content *content, const char *rule)
{
	Civil__V1__Override *override = reg_new(reg, &civil__v1__override__descriptor);

	override->rule = reg_text(reg, rule);
	override->ground = reg_text(reg, "checked");
	override->reason = reg_text(reg, "seen and checked");
	content->common->overrides[content->common->n_overrides] = override;
	content->common->n_overrides++;
}

void reg_cite(struct reg *reg, Civil__V1__Content *content, const struct hash *decision)
{
	Civil__V1__LegalBasis *basis = reg_new(reg, &civil__v1__legal_basis__descriptor);

	basis->text = reg_text(reg, "court-14");
	basis->act = reg_bytes(reg, bytes_of_hash(decision));
	content->common->legal_basis[content->common->n_legal_basis] = basis;
	content->common->n_legal_basis++;
}

void reg_document_shown(struct reg *reg, Civil__V1__Content *content, const char *type)
{
	Civil__V1__SupportingDocument *document =
	        reg_new(reg, &civil__v1__supporting_document__descriptor);
	struct hash digest = { { 7 } };

	document->type = reg_text(reg, type);
	document->issuer = reg_text(reg, "hospital");
	document->number = reg_text(reg, "1");
	document->date = reg_date(reg, reg->today);
	document->digest = reg_bytes(reg, bytes_of_hash(&digest));
	document->media_type = reg_text(reg, "image/png");
	content->common->documents[content->common->n_documents] = document;
	content->common->n_documents++;
}

static Civil__V1__Witness **witnesses(struct reg *reg, size_t count)
{
	Civil__V1__Witness **list = arena_array(&reg->arena, count, sizeof(*list));

	for (size_t i = 0; i < count; i++) {
		list[i] = reg_new(reg, &civil__v1__witness__descriptor);
		list[i]->name = reg_name(reg, "សាក្សី", "Saksei");
	}
	return list;
}

void reg_witnesses(struct reg *reg, Civil__V1__LateDeclaration *late, size_t count)
{
	late->witnesses = witnesses(reg, count);
	late->n_witnesses = count;
}

/* The gazetteer in force on a day, full or in part. */
static const char *gazetteer_on_day(const char *day)
{
	return strtol(day, NULL, 10) < 2014 ? "KH-H" : "KH-2014";
}

static Civil__V1__LateDeclaration *late(struct reg *reg, size_t count)
{
	Civil__V1__LateDeclaration *declaration =
	        reg_new(reg, &civil__v1__late_declaration__descriptor);

	declaration->reason = reg_text(reg, "distance");
	reg_witnesses(reg, declaration, count);
	return declaration;
}

static Civil__V1__Birth *birth_of(struct reg *reg, const char *name, const char *date)
{
	Civil__V1__Birth *birth = reg_new(reg, &civil__v1__birth__descriptor);
	const char *version = gazetteer_on_day(date);
	const char *then = gazetteer_on_day(reg->today);

	birth->name = reg_name(reg, name, "Sokha");
	birth->sex = CIVIL__V1__SEX__SEX_MALE;
	birth->date_of_birth = reg_partial(reg, date);
	birth->place_of_birth = reg_place(reg, "070801", version);
	birth->mother_residence = reg_place(reg, "07080301", version);
	birth->child_address = reg_address(reg, "07080301", then);
	birth->plurality = CIVIL__V1__PLURALITY__PLURALITY_SINGLE;
	birth->nationality_at_birth = arena_array(&reg->arena, 1, sizeof(void *));
	birth->nationality_at_birth[0] = reg_new(reg, &civil__v1__nationality_at_birth__descriptor);
	birth->nationality_at_birth[0]->country = reg_text(reg, "KHM");
	birth->nationality_at_birth[0]->basis = reg_text(reg, "descent");
	birth->n_nationality_at_birth = 1;
	birth->late = late(reg, 2);
	return birth;
}

Civil__V1__Content *reg_birth(struct reg *reg, const char *name, const char *date)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CONTENT(BIRTH);
	content->birth = birth_of(reg, name, date);
	return content;
}

void reg_mother_told(struct reg *reg, Civil__V1__Birth *birth, const char *born)
{
	Civil__V1__ParentDetails *details = reg_new(reg, &civil__v1__parent_details__descriptor);

	details->name = reg_name(reg, "ម្តាយ", "Mday");
	details->birth = reg_partial(reg, born);
	details->nationality = reg_text(reg, "KHM");
	details->residence =
	        reg_place(reg, birth->mother_residence->code, birth->mother_residence->gazetteer);
	birth->mother_details = details;
}

void reg_of_delivery(struct reg *reg, Civil__V1__Content *birth, const char *delivery,
                     int32_t order)
{
	struct id id = { { 0 } };

	memcpy(id.bytes, delivery, strlen(delivery));
	birth->birth->plurality = CIVIL__V1__PLURALITY__PLURALITY_TWIN;
	birth->birth->birth_order = order;
	birth->birth->delivery_id = reg_bytes(reg, bytes_of_id(&id));
}

Civil__V1__Content *reg_death(struct reg *reg, const char *date)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Death *death = reg_new(reg, &civil__v1__death__descriptor);

	content->kind_case = CONTENT(DEATH);
	content->death = death;
	death->date_of_death = reg_partial(reg, date);
	death->place_of_death = reg_place(reg, "070801", gazetteer_on_day(date));
	death->usual_residence = reg_place(reg, "070803", gazetteer_on_day(date));
	death->manner = CIVIL__V1__MANNER_OF_DEATH__MANNER_OF_DEATH_NATURAL;
	death->certification = CIVIL__V1__DEATH_CERTIFICATION__DEATH_CERTIFICATION_LAY;
	return content;
}

Civil__V1__Content *reg_notice(struct reg *reg, const char *posted)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CONTENT(MARRIAGE_NOTICE);
	content->marriage_notice = reg_new(reg, &civil__v1__marriage_notice__descriptor);
	content->marriage_notice->posted_on = reg_date(reg, posted);
	content->marriage_notice->until = reg_date(reg, "2199-12-31");
	return content;
}

Civil__V1__Content *reg_marriage(struct reg *reg, Civil__V1__MarriageForm form, const char *date,
                                 const char *place)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Marriage *marriage = reg_new(reg, &civil__v1__marriage__descriptor);

	content->kind_case = CONTENT(MARRIAGE);
	content->marriage = marriage;
	marriage->date_of_marriage = reg_partial(reg, date);
	marriage->place = reg_place(reg, place, gazetteer_on_day(date));
	marriage->form = form;
	marriage->witnesses = witnesses(reg, 2);
	marriage->n_witnesses = 2;
	return content;
}

Civil__V1__Content *reg_divorce(struct reg *reg, const struct hash *target,
                                const struct hash *decision, const char *final_on)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CONTENT(DIVORCE);
	content->divorce = reg_new(reg, &civil__v1__divorce__descriptor);
	content->divorce->target = reg_bytes(reg, bytes_of_hash(target));
	content->divorce->decision = reg_bytes(reg, bytes_of_hash(decision));
	content->divorce->date_final = reg_date(reg, final_on);
	return content;
}

Civil__V1__Content *reg_decision(struct reg *reg, const char *final_on, const char *kind,
                                 const struct id *first, const struct id *second,
                                 const struct hash *target)
{
	const struct id *persons[] = { first, second };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__CourtDecision *decision = reg_new(reg, &civil__v1__court_decision__descriptor);
	Civil__V1__CourtOrder *order = reg_new(reg, &civil__v1__court_order__descriptor);

	content->kind_case = CONTENT(COURT_DECISION);
	content->court_decision = decision;
	decision->court = reg_text(reg, "court-14");
	decision->case_number = reg_text(reg, "1");
	decision->decision_number = reg_text(reg, "1");
	decision->date_of_decision = reg_date(reg, final_on);
	decision->date_final = reg_date(reg, final_on);
	decision->final = true;
	decision->orders = arena_array(&reg->arena, 1, sizeof(*decision->orders));
	decision->orders[0] = order;
	decision->n_orders = 1;
	order->kind = reg_text(reg, kind);
	order->text = reg_text(reg, "as asked");
	order->persons = arena_array(&reg->arena, 2, sizeof(*order->persons));
	for (size_t i = 0; i < 2 && persons[i] != NULL; i++) {
		order->persons[i] = reg_bytes(reg, bytes_of_id(persons[i]));
		order->n_persons++;
	}
	if (target != NULL) {
		order->targets = arena_array(&reg->arena, 1, sizeof(*order->targets));
		order->targets[0] = reg_bytes(reg, bytes_of_hash(target));
		order->n_targets = 1;
	}
	return content;
}
