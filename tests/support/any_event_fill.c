/* Values of fields: by the form that the table of constraints wants, seldom otherwise. */
#include "ledger/event/constraint_table.h"
#include "ledger/event/message.h"
#include "tests/support/any_event.h"

enum { DEPTH_MAX = 6, ODD = 24, TEXTS = 5 };

#define PICK(any, table) ((table)[any_pick(any, sizeof(table) / sizeof((table)[0]))])

static const char *const days[] = { "2026-06-01", "2026-06-01", "2026-06-01", "2026-05-31",
	                            "2026-05-20", "2025-12-31", "2020-01-01", "2012-07-01",
	                            "1995-02-10", "1980-04-17", "2026-06-02", "2036-05-31" };

/* Texts that have a form; small, so that numbers and names come again. */
static const char *const by_form[][TEXTS] = {
	[FORM_TEXT] = { "a", "as told", "ពាក្យ", "court-14", "b" },
	[FORM_NAME_KHMER] = { "វុទ្ធី", "ម៉ាលា", "ដារា", "វុទ្ធី", "សុខា" },
	[FORM_NAME_LATIN] = { "Vuthy", "Mala", "Dara", "Vuthy", "Sokha" },
	[FORM_NAME_OTHER] = { "Anna", "Lê", "Dara", "Vuthy", "Sokha" },
	[FORM_CODE] = { "own_request", "ordinary", "first_entry", "descent", "marriage" },
	[FORM_AREA] = { "070803", "140101", "0708", "14", "230201" },
	[FORM_VILLAGE] = { "07080301", "14010101", "07080301", "14010101", "23020101" },
	[FORM_OFFICE] = { "070803", "140101", "id-cards", "0708", "nowhere" },
	[FORM_COUNTRY] = { "KHM", "KHM", "VNM", "FRA", "KHM" },
	[FORM_TIME] = { "00:00", "23:59", "12:30", "07:05", "06:00" },
	[FORM_VERSION] = { "KH-2014", "KH-2014", "KH-2014", "KH-2014", "KH-H" },
	[FORM_DOCUMENT_NUMBER] = { "D1", "D2", "D3", "D4", "D5" },
	[FORM_PERSONAL_NUMBER] = { "10000000007", "00000000000", "12345678901", "1", "" },
	[FORM_REGISTER] = { "B", "M", "D", "B", "ZZ" },
	[FORM_ICD] = { "A00", "Z99.9", "I21.0", "V89", "R99" },
	[FORM_CAUSE_LINE] = { "a", "b", "c", "d", "2" },
	[FORM_RULE] = { "P05", "L04", "P11", "L16", "P03" },
	[FORM_PATH] = { "birth.sex", "birth.date_of_birth", "marriage.date_of_marriage",
	                "birth.name", "common.remarks" },
	[FORM_MRZ] = { "P<KHMEXAMPLE<<VUTHY<<<<<<<<<<<<<<<<<<<<<<<<<", "", "<", "A", "0" },
};

static const char *text_of(struct any *any, enum form form)
{
	static const char *const odd[] = { "", "x y", "070803", "KH-2014", "\xe1\x9e\x8f" };
	const char *text = any_pick(any, ODD) == 0 ? NULL : PICK(any, by_form[form]);

	return text == NULL ? PICK(any, odd) : text;
}

static ProtobufCBinaryData identifier(struct any *any)
{
	return reg_bytes(any->reg, bytes_of_id(&any->person[any_pick(any, any->persons)]));
}

static ProtobufCBinaryData bytes_of_form(struct any *any, enum form form)
{
	uint8_t hash[HASH_BYTES] = { (uint8_t)any_pick(any, 256) };
	size_t known = any->acts < ANY_ACTS_MAX ? any->acts : ANY_ACTS_MAX;

	if (form == FORM_ID || (form == FORM_IDENTIFIER && any_pick(any, 2) == 0)) {
		return identifier(any);
	}
	if (form == FORM_ACT && any->target != NULL && any_pick(any, 4) != 0) {
		return reg_bytes(any->reg, bytes_of_hash(&any->target->event));
	}
	if (form == FORM_ACT && any_pick(any, 4) != 0) {
		return reg_bytes(any->reg, bytes_of_hash(&any->act[any_pick(any, known)].event));
	}
	return reg_bytes(any->reg, bytes_of(hash, any_pick(any, ODD) == 0 ? 3 : sizeof(hash)));
}

static int64_t number_of(struct any *any, const struct field_row *row,
                         const ProtobufCFieldDescriptor *field)
{
	static const int64_t odd[] = { 0, 1, -1, INT32_MAX, 2026 };
	const ProtobufCEnumDescriptor *type = field->descriptor;
	uint64_t span;

	switch ((int)row->form) {
	case FORM_ENUM:
		return type->values[(1 + any_pick(any, type->n_values)) % type->n_values].value;
	case FORM_NUMBER:
		span = (uint64_t)row->maximum - (uint64_t)row->minimum;
		return any_pick(any, ODD) == 0
		               ? PICK(any, odd)
		               : row->minimum +
		                         (int64_t)any_pick(any, span > 15 ? 16 : (size_t)span + 1);
	case FORM_INSTANT:
		return INT64_C(1780000000000);
	default:
		return (int64_t)any_pick(any, 2);
	}
}

static void fill(struct any *any, ProtobufCMessage *message, const struct table *table, int depth);

static ProtobufCMessage *message_of(struct any *any, const struct field_row *row,
                                    const ProtobufCFieldDescriptor *field, int depth)
{
	if (row->form == FORM_DATE) {
		return &reg_date(any->reg, PICK(any, days))->base;
	}
	if (row->form == FORM_PARTIAL_DATE) {
		return &reg_partial(any->reg, any_pick(any, 6) == 0 ? "1975" : PICK(any, days))
		                ->base;
	}
	if (row->table == &table_name) {
		return &reg_name(any->reg, PICK(any, by_form[FORM_NAME_KHMER]),
		                 PICK(any, by_form[FORM_NAME_LATIN]))
		                ->base;
	}
	if (row->table == &table_place) {
		return &reg_place(any->reg, any->area == 0 ? "070803" : "140101", "KH-2014")->base;
	}
	if (row->table == &table_address) {
		return &reg_address(any->reg, any->area == 0 ? "07080301" : "14010101", "KH-2014")
		                ->base;
	}
	ProtobufCMessage *made = reg_new(any->reg, field->descriptor);

	fill(any, made, row->table, depth + 1);
	return made;
}

static void put_element(struct any *any, void *at, const struct field_row *row,
                        const ProtobufCFieldDescriptor *field, int depth)
{
	ProtobufCMessage *made;
	ProtobufCBinaryData bytes;
	char *text;
	int64_t number;

	switch ((int)field->type) {
	case PROTOBUF_C_TYPE_MESSAGE:
		made = message_of(any, row, field, depth);
		memcpy(at, &made, sizeof(made));
		return;
	case PROTOBUF_C_TYPE_STRING:
		text = reg_text(any->reg, text_of(any, row->form));
		memcpy(at, &text, sizeof(text));
		return;
	case PROTOBUF_C_TYPE_BYTES:
		bytes = bytes_of_form(any, row->form);
		memcpy(at, &bytes, sizeof(bytes));
		return;
	default: /* little-endian machines: the low bytes of a number are the smaller type */
		number = number_of(any, row, field);
		memcpy(at, &number, message_element_size(field->type));
		return;
	}
}

static void put_repeated(struct any *any, ProtobufCMessage *message, const struct field_row *row,
                         const ProtobufCFieldDescriptor *field, int depth)
{
	size_t size = message_element_size(field->type);
	size_t count = (size_t)row->minimum + any_pick(any, 2);
	uint8_t *array = arena_array(&any->reg->arena, count, size);

	ck_assert_ptr_nonnull(array);
	for (size_t i = 0; i < count; i++) {
		put_element(any, array + i * size, row, field, depth);
	}
	memcpy(message_member(message, field), &array, sizeof(array));
	memcpy(message_quantifier(message, field), &count, sizeof(count));
}

static void fill(struct any *any, ProtobufCMessage *message, const struct table *table, int depth)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;

	for (unsigned f = 0; f < type->n_fields && depth < DEPTH_MAX; f++) {
		const ProtobufCFieldDescriptor *field = &type->fields[f];
		const struct field_row *row = &table->rows[f];
		bool is_choice = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
		uint32_t taken = 0;

		if (is_choice) {
			memcpy(&taken, message_quantifier(message, field), sizeof(taken));
		}
		bool is_left_out = row->needed ? any_pick(any, ODD) == 0 : any_pick(any, 3) != 0;
		if (taken != 0 || is_left_out) {
			continue;
		}
		if (field->label == PROTOBUF_C_LABEL_REPEATED) {
			put_repeated(any, message, row, field, depth);
			continue;
		}
		put_element(any, message_member(message, field), row, field, depth);
		if (is_choice) {
			memcpy(message_quantifier(message, field), &field->id, sizeof(taken));
		}
	}
}

void any_fill_content(struct any *any, Civil__V1__Content *content, const struct kind *kind)
{
	const ProtobufCMessageDescriptor *type = content->base.descriptor;

	for (unsigned f = 0; f < type->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &type->fields[f];

		if (field->id == (uint32_t)kind->content_case) {
			ProtobufCMessage *message = reg_new(any->reg, field->descriptor);

			fill(any, message, table_content.rows[f].table, 0);
			content->kind_case = kind->content_case;
			memcpy(message_member(&content->base, field), &message, sizeof(message));
		}
	}
}
