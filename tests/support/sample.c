#include "tests/support/sample.h"

#include "ledger/base/assert.h"
#include "ledger/base/check_digit.h"
#include "ledger/event/constraint_table.h"
#include "ledger/event/message.h"

static void *room(struct arena *arena, size_t size)
{
	void *memory = arena_alloc(arena, size);

	ASSERT(memory != NULL);
	return memory;
}

/* A string of the form; the path of a correction leads to a real field. */
static const char *text_of(enum form form)
{
	switch (form) {
	case FORM_TEXT:
		return "as told";
	case FORM_NAME_KHMER:
		return "\xe1\x9e\x8a\xe1\x9e\xb6\xe1\x9e\x9a\xe1\x9e\xb6";
	case FORM_NAME_LATIN:
	case FORM_NAME_OTHER:
		return "Dara";
	case FORM_CODE:
		return "code";
	case FORM_AREA:
	case FORM_VILLAGE:
		return "01020304";
	case FORM_OFFICE:
		return "commune-0102";
	case FORM_COUNTRY:
		return "KHM";
	case FORM_TIME:
		return "23:59";
	case FORM_VERSION:
		return "KH-2026";
	case FORM_DOCUMENT_NUMBER:
		return "N-123";
	case FORM_REGISTER:
		return "B";
	case FORM_ICD:
		return "I21.9";
	case FORM_CAUSE_LINE:
		return "a";
	case FORM_RULE:
		return "P03";
	case FORM_PATH:
		return "birth.name.latin_given";
	case FORM_MRZ:
		return "I<KHMD231458907<<<<<<<<<<<<<<<";
	case FORM_PERSONAL_NUMBER:
	case FORM_MESSAGE:
	case FORM_FLAG:
	case FORM_ENUM:
	case FORM_NUMBER:
	case FORM_INSTANT:
	case FORM_DATE:
	case FORM_PARTIAL_DATE:
	case FORM_ID:
	case FORM_HASH:
	case FORM_ACT:
	case FORM_KEY:
	case FORM_IDENTIFIER:
	case FORM_CONTENT:
		break;
	}
	ASSERT(false);
	return NULL;
}

static char *personal_number(struct arena *arena)
{
	char *number = arena_printf(arena, "1234567890%c", check_digit_damm("1234567890", 10));

	ASSERT(check_digit_personal_number_valid(number));
	return number;
}

static ProtobufCBinaryData bytes_of_form(enum form form, struct arena *arena)
{
	const size_t size = form == FORM_ID ? ID_BYTES : HASH_BYTES;
	ProtobufCBinaryData binary = { .len = size, .data = room(arena, size) };

	if (form == FORM_CONTENT) { /* common alone, and of that an empty message */
		static const uint8_t content[] = { 0x0a, 0x00 };

		ASSERT(civil__v1__content__descriptor.fields[0].id == 1);
		memcpy(binary.data, content, sizeof(content));
		binary.len = sizeof(content);
	} else if (form == FORM_KEY) {
		memcpy(binary.data, sample_key(3).public_key, size);
	} else {
		memset(binary.data, form == FORM_ACT ? 0xAC : 0x1D, size);
	}
	return binary;
}

static ProtobufCMessage *message_new(const ProtobufCMessageDescriptor *descriptor,
                                     struct arena *arena)
{
	ProtobufCMessage *message = room(arena, descriptor->sizeof_message);

	protobuf_c_message_init(descriptor, message);
	return message;
}

static Civil__V1__Date *date_new(struct arena *arena)
{
	Civil__V1__Date *date = (Civil__V1__Date *)message_new(&civil__v1__date__descriptor, arena);

	date->year = 2020;
	date->month = 2;
	date->day = 29;
	return date;
}

static Civil__V1__PartialDate *partial_date_new(struct arena *arena)
{
	Civil__V1__PartialDate *date =
	        (Civil__V1__PartialDate *)message_new(&civil__v1__partial_date__descriptor, arena);

	date->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_MONTH;
	date->year = 2020;
	date->month = 2;
	return date;
}

static void fill(ProtobufCMessage *message, const struct table *table, bool full,
                 struct arena *arena);

/* Writes one element of the form to `element`, a place in a message. */
static void write_element(void *element, const struct field_row *row,
                          const ProtobufCFieldDescriptor *field, bool full, struct arena *arena)
{
	switch (row->form) {
	case FORM_MESSAGE:
		*(ProtobufCMessage **)element = message_new(row->table->descriptor, arena);
		fill(*(ProtobufCMessage **)element, row->table, full, arena);
		return;
	case FORM_FLAG:
		*(protobuf_c_boolean *)element = 1;
		return;
	case FORM_ENUM:
		*(int *)element = 1;
		return;
	case FORM_NUMBER:
		if (field->type != PROTOBUF_C_TYPE_INT32) {
			*(int64_t *)element = row->minimum > 0 ? row->minimum : row->maximum;
			return;
		}
		*(int32_t *)element = (int32_t)(row->minimum > 0 ? row->minimum : row->maximum);
		return;
	case FORM_INSTANT:
		*(int64_t *)element = INT64_C(1700000000000);
		return;
	case FORM_DATE:
		*(Civil__V1__Date **)element = date_new(arena);
		return;
	case FORM_PARTIAL_DATE:
		*(Civil__V1__PartialDate **)element = partial_date_new(arena);
		return;
	case FORM_ID:
	case FORM_HASH:
	case FORM_ACT:
	case FORM_KEY:
	case FORM_IDENTIFIER:
	case FORM_CONTENT:
		*(ProtobufCBinaryData *)element = bytes_of_form(row->form, arena);
		return;
	case FORM_PERSONAL_NUMBER:
		*(char **)element = personal_number(arena);
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
	case FORM_REGISTER:
	case FORM_ICD:
	case FORM_CAUSE_LINE:
	case FORM_RULE:
	case FORM_PATH:
	case FORM_MRZ:
		*(char **)element = arena_string(arena, text_of(row->form));
		return;
	}
	ASSERT(false);
}

static void fill_field(ProtobufCMessage *message, const struct field_row *row,
                       const ProtobufCFieldDescriptor *field, bool full, struct arena *arena)
{
	if (field->label != PROTOBUF_C_LABEL_REPEATED) {
		write_element(message_member(message, field), row, field, full, arena);
		return;
	}
	const size_t count =
	        row->form != FORM_NUMBER && row->minimum > 1 ? (size_t)row->minimum : 1;
	const size_t size = message_element_size(field->type);
	uint8_t *elements = room(arena, count * size);

	for (size_t i = 0; i < count; i++) {
		write_element(elements + i * size, row, field, full, arena);
	}
	*(void **)message_member(message, field) = elements;
	*(size_t *)message_quantifier(message, field) = count;
}

/* Fields that do not go with the others of their message. */
static bool is_excluded(const ProtobufCFieldDescriptor *field,
                        const ProtobufCMessageDescriptor *descriptor)
{
	return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 ||
	       (descriptor == &civil__v1__place__descriptor &&
	        strcmp(field->name, "country") == 0) ||
	       (descriptor == &civil__v1__legacy_linked__descriptor &&
	        strcmp(field->name, "new_persons") == 0) ||
	       (descriptor == &civil__v1__legal_hold_set__descriptor &&
	        strcmp(field->name, "targets") == 0) ||
	       (descriptor == &civil__v1__seal__descriptor && strcmp(field->name, "fields") == 0) ||
	       strcmp(field->name, "mrz") == 0;
}

/* Fields that another rule of their message makes mandatory. */
static bool is_wanted(const ProtobufCFieldDescriptor *field,
                      const ProtobufCMessageDescriptor *descriptor)
{
	static const struct {
		const ProtobufCMessageDescriptor *descriptor;
		const char *field;
	} wanted[] = {
		{ &civil__v1__name__descriptor, "km_given" },
		{ &civil__v1__name__descriptor, "latin_given" },
		{ &civil__v1__place__descriptor, "code" },
		{ &civil__v1__place__descriptor, "gazetteer" },
		{ &civil__v1__birth__descriptor, "mother_residence" },
		{ &civil__v1__informant__descriptor, "name" },
		{ &civil__v1__guardian_consent__descriptor, "act" },
		{ &civil__v1__residence_arrival__descriptor, "from" },
		{ &civil__v1__rule_set__descriptor, "effective_on" },
		{ &civil__v1__common__descriptor, "date_of_declaration" },
		{ &civil__v1__content__descriptor, "common" },
		{ &civil__v1__death__descriptor, "new_head" },
		{ &civil__v1__merge__descriptor, "review_file" },
		{ &civil__v1__family_book_opened__descriptor, "relations" },
		{ &civil__v1__family_book_head_changed__descriptor, "relations" },
		{ &civil__v1__family_book_split__descriptor, "relations" },
		{ &civil__v1__family_book_merged__descriptor, "relations" },
		{ &civil__v1__family_book_replaced__descriptor, "relations" },
		{ &civil__v1__seal__descriptor, "targets" },
		{ &civil__v1__parentage_set__descriptor, "set" },
		{ &civil__v1__foetal_death__descriptor, "gestation_weeks" },
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (wanted[i].descriptor == descriptor &&
		    strcmp(wanted[i].field, field->name) == 0) {
			return true;
		}
	}
	return false;
}

static void fill(ProtobufCMessage *message, const struct table *table, bool full,
                 struct arena *arena)
{
	for (size_t i = 0; i < table->row_count; i++) {
		const ProtobufCFieldDescriptor *field = &table->descriptor->fields[i];
		const struct field_row *row = &table->rows[i];

		if (!is_excluded(field, table->descriptor) &&
		    (full || row->needed || is_wanted(field, table->descriptor))) {
			fill_field(message, row, field, full, arena);
		}
	}
}

/* Sets a member of a oneof and fills it. */
static void fill_case(ProtobufCMessage *message, const struct table *table, unsigned number,
                      bool full, struct arena *arena)
{
	for (size_t i = 0; i < table->row_count; i++) {
		const ProtobufCFieldDescriptor *field = &table->descriptor->fields[i];

		if (field->id == number) {
			*(uint32_t *)message_quantifier(message, field) = number;
			fill_field(message, &table->rows[i], field, full, arena);
			return;
		}
	}
	ASSERT(false);
}

/* Parents are mothers; who is set is that of sample_header. */
static void adjust_parents(Civil__V1__Content *content)
{
	const Civil__V1__SubjectRole mother = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER;

	if (content->kind_case == CIVIL__V1__CONTENT__KIND_RECOGNITION) {
		content->recognition->parent_role = mother;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_PARENTAGE_SET) {
		const Civil__V1__ParentageSet *parentage = content->parentage_set;

		parentage->set[0]->role = mother;
		memset(parentage->set[0]->person_id.data, 0x20 + (int)mother, ID_BYTES);
		for (size_t i = 0; i < parentage->n_remove; i++) {
			parentage->remove[i]->role = mother;
		}
	}
}

/* Some pairs of fields must differ, or fit the header. */
static void adjust(Civil__V1__Content *content, struct arena *arena)
{
	adjust_parents(content);
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_FOETAL_DEATH) {
		content->foetal_death->gestation_weeks = 22;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_MARRIAGE_RESOLVED) {
		content->marriage_resolved->outcome =
		        content->marriage_resolved->ended_on == NULL
		                ? CIVIL__V1__MARRIAGE_OUTCOME__MARRIAGE_OUTCOME_IN_FORCE
		                : CIVIL__V1__MARRIAGE_OUTCOME__MARRIAGE_OUTCOME_ENDED;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_DIGITISED) {
		content->legacy_digitised->keyings[1]->officer_id.data[0] ^= 1;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_NOTIFICATION) {
		content->notification->kind = arena_string(arena, "birth");
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_FAMILY_BOOK_MERGED) {
		content->family_book_merged->book_numbers[1] = arena_string(arena, "N-124");
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_LEGAL_HOLD_SET &&
	    content->legal_hold_set->n_targets > 0) {
		content->legal_hold_set->scope = CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_ACT;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_FOREIGNER_ENROLLED) {
		content->foreigner_enrolled->person->role =
		        CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT;
		content->foreigner_enrolled->nationalities[0] = arena_string(arena, "VNM");
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_OFFICE_MERGED) {
		content->office_merged->into = arena_string(arena, "commune-0103");
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_LINKED) {
		fill_case(&content->legacy_linked->base, &table_legacy_linked,
		          CIVIL__V1__LEGACY_LINKED__ACT_BIRTH, false, arena);
	}
}

static Civil__V1__Content *content_new(Civil__V1__Content__KindCase content_case, bool full,
                                       struct arena *arena)
{
	Civil__V1__Content *content =
	        (Civil__V1__Content *)message_new(&civil__v1__content__descriptor, arena);

	fill(&content->base, &table_content, full, arena);
	fill_case(&content->base, &table_content, (unsigned)content_case, full, arena);
	adjust(content, arena);
	return content;
}

Civil__V1__Content *sample_content(enum kind_id kind, bool full, struct arena *arena)
{
	return content_new(kind_of_id(kind)->content_case, full, arena);
}

Civil__V1__Content *sample_step_content(Civil__V1__Content__KindCase content_case, bool full,
                                        struct arena *arena)
{
	return content_new(content_case, full, arena);
}
