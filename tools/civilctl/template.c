#include "tools/civilctl/template.h"

#include "ledger/base/date.h"
#include "ledger/event/constraint_table.h"
#include "ledger/event/message.h"
#include "node/clock.h"

#define EXAMPLE_KHMER                                                                              \
	"\xe1\x9e\xa7\xe1\x9e\x91\xe1\x9e\xb6\xe1\x9e\xa0\xe1\x9e\x9a\xe1\x9e\x8e\xe1\x9f\x8d"

struct filling {
	struct arena *arena;
	struct civil_date today;
	bool full;
	bool failed; /* the arena is exhausted */
};

static void *room(struct filling *filling, size_t size)
{
	static uint64_t nowhere[64]; /* takes what is written once the arena is exhausted */
	void *memory = arena_alloc(filling->arena, size);

	filling->failed = filling->failed || memory == NULL;
	return memory == NULL && size <= sizeof(nowhere) ? nowhere : memory;
}

/* What stands where text of a form is wanted. */
static const char *text_of(enum form form)
{
	static const struct {
		enum form form;
		const char *text;
	} examples[] = {
		{ FORM_TEXT, "Example" },
		{ FORM_NAME_KHMER, EXAMPLE_KHMER },
		{ FORM_NAME_LATIN, "Example" },
		{ FORM_NAME_OTHER, "Example" },
		{ FORM_CODE, "other" },
		{ FORM_AREA, "01020304" },
		{ FORM_VILLAGE, "01020304" },
		{ FORM_OFFICE, "office-id" },
		{ FORM_COUNTRY, "KHM" },
		{ FORM_TIME, "12:00" },
		{ FORM_VERSION, "KH-2014" },
		{ FORM_DOCUMENT_NUMBER, "N-123" },
		{ FORM_REGISTER, "B" },
		{ FORM_ICD, "I21.9" },
		{ FORM_CAUSE_LINE, "a" },
		{ FORM_RULE, "P03" },
		{ FORM_PATH, "birth.name.latin_given" },
		{ FORM_MRZ, "I<KHM" },
		{ FORM_PERSONAL_NUMBER, "00000000000" },
	};

	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		if (examples[i].form == form) {
			return examples[i].text;
		}
	}
	return "";
}

static ProtobufCMessage *make(struct filling *filling, const ProtobufCMessageDescriptor *type)
{
	ProtobufCMessage *message = room(filling, type->sizeof_message);

	if (!filling->failed) {
		protobuf_c_message_init(type, message);
	}
	return message;
}

static ProtobufCMessage *make_date(struct filling *filling)
{
	ProtobufCMessage *message = make(filling, &civil__v1__date__descriptor);
	Civil__V1__Date *date = (Civil__V1__Date *)message;

	if (!filling->failed) {
		date->year = filling->today.year;
		date->month = filling->today.month;
		date->day = filling->today.day;
	}
	return message;
}

static ProtobufCMessage *make_partial_date(struct filling *filling)
{
	ProtobufCMessage *message = make(filling, &civil__v1__partial_date__descriptor);
	Civil__V1__PartialDate *date = (Civil__V1__PartialDate *)message;

	if (!filling->failed) {
		date->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY;
		date->year = filling->today.year;
		date->month = filling->today.month;
		date->day = filling->today.day;
	}
	return message;
}

static void fill(struct filling *filling, ProtobufCMessage *message, const struct table *table);

static void write_element(struct filling *filling, void *element, const struct field_row *row)
{
	ProtobufCBinaryData *binary = element;

	switch (row->form) {
	case FORM_MESSAGE:
		*(ProtobufCMessage **)element = make(filling, row->table->descriptor);
		if (!filling->failed) {
			fill(filling, *(ProtobufCMessage **)element, row->table);
		}
		return;
	case FORM_FLAG:
		*(protobuf_c_boolean *)element = 1;
		return;
	case FORM_ENUM:
		*(int *)element = 1;
		return;
	case FORM_NUMBER:
		*(int32_t *)element = (int32_t)(row->minimum > 0 ? row->minimum : 1);
		return;
	case FORM_INSTANT:
		*(int64_t *)element = clock_now_ms(clock_system());
		return;
	case FORM_DATE:
		*(ProtobufCMessage **)element = make_date(filling);
		return;
	case FORM_PARTIAL_DATE:
		*(ProtobufCMessage **)element = make_partial_date(filling);
		return;
	case FORM_ID:
	case FORM_HASH:
	case FORM_ACT:
	case FORM_KEY:
	case FORM_IDENTIFIER:
	case FORM_CONTENT: /* only a start: whoever erases writes what is left */
		binary->len = row->form == FORM_ID ? ID_BYTES : HASH_BYTES;
		binary->data = room(filling, binary->len);
		return;
	case FORM_TEXT:
	case FORM_NAME_KHMER:
	case FORM_NAME_LATIN:
	case FORM_NAME_OTHER:
	case FORM_CODE:
	case FORM_AREA:
	case FORM_VILLAGE:
	case FORM_OFFICE:
	case FORM_COUNTRY:
	case FORM_TIME:
	case FORM_VERSION:
	case FORM_DOCUMENT_NUMBER:
	case FORM_PERSONAL_NUMBER:
	case FORM_REGISTER:
	case FORM_ICD:
	case FORM_CAUSE_LINE:
	case FORM_RULE:
	case FORM_PATH:
	case FORM_MRZ:
		*(char **)element = arena_string(filling->arena, text_of(row->form));
		filling->failed = filling->failed || *(char **)element == NULL;
		return;
	}
}

static void fill_field(struct filling *filling, ProtobufCMessage *message,
                       const struct field_row *row, const ProtobufCFieldDescriptor *field)
{
	if (field->label != PROTOBUF_C_LABEL_REPEATED) {
		write_element(filling, message_member(message, field), row);
		return;
	}
	const size_t count =
	        row->minimum > 1 && row->form == FORM_MESSAGE ? (size_t)row->minimum : 1;
	const size_t size = message_element_size(field->type);
	uint8_t *elements = room(filling, count * size);

	for (size_t i = 0; !filling->failed && i < count; i++) {
		write_element(filling, elements + i * size, row);
	}
	if (!filling->failed) {
		*(void **)message_member(message, field) = elements;
		*(size_t *)message_quantifier(message, field) = count;
	}
}

/* Fields that stand for others of their message: to be chosen by hand. */
static bool is_alternative(const ProtobufCFieldDescriptor *field,
                           const ProtobufCMessageDescriptor *type)
{
	return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 ||
	       (type == &civil__v1__place__descriptor && strcmp(field->name, "country") == 0) ||
	       strcmp(field->name, "mrz") == 0;
}

/* Fields that nearly every act has, though no row asks for them by themselves. */
static bool is_usual(const ProtobufCFieldDescriptor *field, const ProtobufCMessageDescriptor *type)
{
	static const struct {
		const ProtobufCMessageDescriptor *type;
		const char *field;
	} usual[] = {
		{ &civil__v1__content__descriptor, "common" },
		{ &civil__v1__common__descriptor, "date_of_declaration" },
		{ &civil__v1__name__descriptor, "km_surname" },
		{ &civil__v1__name__descriptor, "km_given" },
		{ &civil__v1__name__descriptor, "latin_surname" },
		{ &civil__v1__name__descriptor, "latin_given" },
		{ &civil__v1__place__descriptor, "code" },
		{ &civil__v1__place__descriptor, "gazetteer" },
		{ &civil__v1__birth__descriptor, "mother_residence" },
		{ &civil__v1__birth__descriptor, "nationality_at_birth" },
		{ &civil__v1__residence_arrival__descriptor, "from" },
		{ &civil__v1__office_opened__descriptor, "areas" },
		{ &civil__v1__rule_set__descriptor, "effective_on" },
	};

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (usual[i].type == type && strcmp(usual[i].field, field->name) == 0) {
			return true;
		}
	}
	return false;
}

static void fill(struct filling *filling, ProtobufCMessage *message, const struct table *table)
{
	for (size_t i = 0; !filling->failed && i < table->row_count; i++) {
		const ProtobufCFieldDescriptor *field = &table->descriptor->fields[i];
		const struct field_row *row = &table->rows[i];

		if (!is_alternative(field, table->descriptor) &&
		    (filling->full || row->needed || is_usual(field, table->descriptor))) {
			fill_field(filling, message, row, field);
		}
	}
}

Civil__V1__Content *template_content(struct ctl *ctl, Civil__V1__Content__KindCase content_case,
                                     bool full)
{
	struct filling filling = {
		.arena = &ctl->arena,
		.today = date_of_day(date_of_instant(clock_now_ms(clock_system()))),
		.full = full,
	};
	ProtobufCMessage *content = make(&filling, &civil__v1__content__descriptor);

	if (filling.failed) {
		return NULL;
	}
	fill(&filling, content, &table_content);
	for (size_t i = 0; i < table_content.row_count; i++) {
		const ProtobufCFieldDescriptor *field = &table_content.descriptor->fields[i];

		if (!filling.failed && field->id == (uint32_t)content_case) {
			*(uint32_t *)message_quantifier(content, field) = field->id;
			fill_field(&filling, content, &table_content.rows[i], field);
		}
	}
	return filling.failed ? NULL : (Civil__V1__Content *)content;
}
