#include "tools/populate/tale_fill.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/event/message.h"
#include "ledger/number.h"

#include <stdio.h>
#include <stdlib.h>

enum { ELEMENTS_MAX = 8, WORD_MAX = 128 };

size_t tale_letter(char letter)
{
	ASSERT(letter >= 'a');
	ASSERT(letter <= 'z');
	return (size_t)(letter - 'a');
}

/* The first number of the block that an act reserved. */
static void draw_of_block(const struct told *told, char out[24], char act)
{
	struct id place = { { 0 } };

	bytes_write_u64(place.bytes + ID_BYTES - 8, 1);
	number_draw(out, &told->acts[tale_letter(act)], &place, 0);
}

/* What the mark at `text` stands for, and how many characters it takes. */
static const char *mark(const struct told *told, const char *text, size_t *length, char room[24])
{
	const struct commune *commune = told->family->commune;

	*length = text[0] == '%' || text[0] == '&' || text[0] == '$' || text[0] == '^' ? 2 : 1;
	switch (text[0]) {
	case '*':
		(void)snprintf(room, 24, "%llu", (unsigned long long)told->serial);
		return room;
	case '%':
		return text[1] == 'c'   ? commune->code
		       : text[1] == 'd' ? commune->district->code
		                        : commune->district->province->code;
	case '&':
		return told->people[tale_letter(text[1])].number;
	case '^':
		draw_of_block(told, room, text[1]);
		return room;
	case '$':
		return told->people[tale_letter(text[1])].card;
	default:
		room[0] = text[0];
		room[1] = '\0';
		return room;
	}
}

char *tale_text(const struct told *told, const char *text)
{
	char out[WORD_MAX] = "";
	char room[24];
	size_t used = 0;
	size_t length;

	for (; *text != '\0'; text += length) {
		const char *part = mark(told, text, &length, room);

		used += (size_t)snprintf(out + used, sizeof(out) - used, "%s", part);
		ASSERT(used < sizeof(out));
	}
	return writer_text(told->family->writer, "%s", out);
}

ProtobufCBinaryData tale_reference(const struct told *told, const char *text)
{
	struct writer *writer = told->family->writer;
	const char *serial = tale_text(told, "*");
	struct hash digest = crypto_sha256(bytes_of_string(serial));
	struct id created;

	if (strcmp(text, "digest") == 0) {
		return writer_bytes(writer, bytes_of_hash(&digest));
	}
	if (strcmp(text, "#home") == 0) {
		return writer_bytes(writer, bytes_of_id(&told->family->home.unit));
	}
	switch (text[0]) {
	case '@':
		return writer_bytes(writer, bytes_of_hash(&told->acts[tale_letter(text[1])]));
	case '#':
		created = crypto_created_id(&told->acts[tale_letter(text[1])], 1);
		return writer_bytes(writer, bytes_of_id(&created));
	case 'X':
	case 'Y':
		return writer_bytes(writer, bytes_of(told->officers[text[0] - 'X'].key.public_key,
		                                     PUBLIC_KEY_BYTES));
	case 'K':
	case 'R':
		return writer_bytes(writer, bytes_of_id(&tale_officer(told, text, 1)->id));
	default:
		return writer_bytes(writer, bytes_of_id(&told->people[tale_letter(text[0])].id));
	}
}

static int32_t number_of(const char *text)
{
	char *end;
	long number = strtol(text, &end, 10);

	ASSERT(end != text);
	ASSERT(*end == '\0');
	return (int32_t)number;
}

static int32_t day_of(const struct told *told, const char *text)
{
	return text[0] >= 'a' ? told->people[tale_letter(text[0])].birth
	                      : told->first + number_of(text);
}

/* Codes of a village; an address may have the house as well. */
static const char *code_of(const struct told *told, const char *text)
{
	const char *commune = told->family->commune->code;

	if (strcmp(text, "commune") == 0) {
		return commune;
	}
	if (strcmp(text, "far") == 0) {
		return strncmp(commune, "12", 2) == 0 ? "14010101" : "12020101";
	}
	return told->family->home.village;
}

static Civil__V1__Address *address_of(const struct told *told, const char *text)
{
	struct writer *writer = told->family->writer;
	Civil__V1__Address *address = writer_address(writer, code_of(told, text), told->day);

	if (strcmp(text, "village") != 0) {
		uint32_t moved = strcmp(text, "home") == 0 ? 0 : 1000; /* no house had before */

		address->house = writer_text(writer, "%u", told->family->home.house + moved);
	}
	return address;
}

static Civil__V1__RegistrationNumber *registration_of(const struct told *told, const char *text)
{
	int which = text[0] == 'B'   ? REGISTER_BIRTH
	            : text[0] == 'D' ? REGISTER_DEATH
	                             : REGISTER_MARRIAGE;

	return family_registration(told->family, which, told->day);
}

/* What the text means for a field that holds this message. */
static void *message_of(const struct told *told, const ProtobufCMessageDescriptor *descriptor,
                        const char *text)
{
	struct writer *writer = told->family->writer;

	if (descriptor == &civil__v1__date__descriptor) {
		return writer_date(writer, day_of(told, text));
	}
	if (descriptor == &civil__v1__partial_date__descriptor) {
		return writer_partial(writer, day_of(told, text));
	}
	if (descriptor == &civil__v1__place__descriptor && strcmp(text, "former") == 0) {
		return writer_place(writer, told->family->commune->code, 0);
	}
	if (descriptor == &civil__v1__place__descriptor) {
		return writer_place(writer, code_of(told, text), told->day);
	}
	if (descriptor == &civil__v1__address__descriptor) {
		return address_of(told, text);
	}
	if (descriptor == &civil__v1__registration_number__descriptor) {
		return registration_of(told, text);
	}
	ASSERT(descriptor == &civil__v1__name__descriptor);
	return family_name(writer, text[0] <= '9'
	                                   ? told->serial + TALE_LETTERS + (uint64_t)number_of(text)
	                                   : told->people[tale_letter(text[0])].serial);
}

static int enum_of(const ProtobufCEnumDescriptor *descriptor, const char *text)
{
	size_t length = strlen(text);

	for (unsigned i = 0; i < descriptor->n_values; i++) {
		const char *name = descriptor->values[i].name;
		size_t whole = strlen(name);
		bool same = whole > length && name[whole - length - 1] == '_';

		for (size_t at = 0; same && at < length; at++) {
			char letter = text[at];

			letter = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A')
			                                        : letter;
			same = name[whole - length + at] == letter;
		}
		if (same) {
			return descriptor->values[i].value;
		}
	}
	ASSERT(false);
	return 0;
}

/* Writes one value to where an element of the field lies. */
static void write_value(const struct told *told, void *out, const ProtobufCFieldDescriptor *field,
                        const char *text)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_MESSAGE:
		*(void **)out = message_of(told, field->descriptor, text);
		break;
	case PROTOBUF_C_TYPE_STRING:
		*(char **)out = tale_text(told, text);
		break;
	case PROTOBUF_C_TYPE_BYTES:
		*(ProtobufCBinaryData *)out = tale_reference(told, text);
		break;
	case PROTOBUF_C_TYPE_ENUM:
		*(int *)out = enum_of(field->descriptor, text);
		break;
	case PROTOBUF_C_TYPE_BOOL:
		*(protobuf_c_boolean *)out = strcmp(text, "true") == 0;
		break;
	case PROTOBUF_C_TYPE_INT32:
		*(int32_t *)out = number_of(text);
		break;
	case PROTOBUF_C_TYPE_INT64:
		*(int64_t *)out = number_of(text);
		break;
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
		ASSERT(false); /* no content has such a field */
	}
}

/* Where element `i` of a list lies; the list grows to hold it. */
static void *element_of(const struct told *told, ProtobufCMessage *message,
                        const ProtobufCFieldDescriptor *field, size_t i)
{
	size_t size = message_element_size(field->type);
	size_t *count = message_quantifier(message, field);
	void **array = message_member(message, field);

	ASSERT(i < ELEMENTS_MAX);
	if (*array == NULL) {
		*array = arena_array(&told->family->writer->arena, ELEMENTS_MAX, size);
		ASSERT(*array != NULL);
		memset(*array, 0, ELEMENTS_MAX * size);
	}
	*count = *count > i ? *count : i + 1;
	return (uint8_t *)*array + i * size;
}

/* Where the value of a field lies; a member of a oneof becomes the chosen one. */
static void *place_of(const struct told *told, ProtobufCMessage *message,
                      const ProtobufCFieldDescriptor *field, size_t i)
{
	if (field->label == PROTOBUF_C_LABEL_REPEATED) {
		return element_of(told, message, field, i);
	}
	if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
		*(uint32_t *)message_quantifier(message, field) = field->id;
	}
	return message_member(message, field);
}

/* The message at the first segment of a path, made when it is not there yet. */
static ProtobufCMessage *enter(const struct told *told, ProtobufCMessage *message, const char *path,
                               size_t length)
{
	const char *bracket = memchr(path, '[', length);
	size_t name = bracket == NULL ? length : (size_t)(bracket - path);
	const ProtobufCFieldDescriptor *field = message_field(message->descriptor, path, name);

	ASSERT(field != NULL);
	ASSERT(field->type == PROTOBUF_C_TYPE_MESSAGE);
	void **inner =
	        place_of(told, message, field, bracket == NULL ? 0 : (size_t)(bracket[1] - '0'));
	if (*inner == NULL) {
		*inner = writer_new(told->family->writer, field->descriptor);
	}
	return *inner;
}

void tale_put(const struct told *told, ProtobufCMessage *message, const char *path,
              const char *value)
{
	for (const char *dot = strchr(path, '.'); dot != NULL; dot = strchr(path, '.')) {
		message = enter(told, message, path, (size_t)(dot - path));
		path = dot + 1;
	}

	const ProtobufCFieldDescriptor *field =
	        message_field(message->descriptor, path, strlen(path));
	ASSERT(field != NULL);
	if (field->label != PROTOBUF_C_LABEL_REPEATED) {
		write_value(told, place_of(told, message, field, 0), field, value);
		return;
	}
	for (size_t i = 0; *value != '\0'; i++) {
		char word[WORD_MAX];
		size_t length = strcspn(value, ",");

		ASSERT(length < sizeof(word));
		memcpy(word, value, length);
		word[length] = '\0';
		write_value(told, place_of(told, message, field, i), field, word);
		value += length + (value[length] == ',' ? 1 : 0);
	}
}

static bool is_listed(const char *const list[], const char *name)
{
	while (*list != NULL && strcmp(*list, name) != 0) {
		list++;
	}
	return *list != NULL;
}

/* A text that does for every field of the name. */
static const char *usual_text(const char *name)
{
	static const struct {
		const char *name;
		const char *text;
	} texts[] = {
		{ "reason", "other" },      { "authority", "court" },
		{ "basis", "decree" },      { "decree_number", "*" },
		{ "finding_number", "*" },  { "report_number", "R*" },
		{ "by", "counter" },        { "country", "KHM" },
		{ "collector", "holder" },  { "ground", "other" },
		{ "scope", "full" },        { "application_number", "A-*" },
		{ "court", "court-%p" },    { "case_number", "*" },
		{ "decision_number", "*" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcmp(texts[i].name, name) == 0) {
			return texts[i].text;
		}
	}
	return NULL;
}

void tale_complete(const struct told *told, ProtobufCMessage *message)
{
	static const char *const dates[] = {
		"date",  "date_final",    "posted_on",        "effective_on",
		"from",  "issued_on",     "found_on",         "last_seen",
		"as_of", "presumed_date", "date_of_decision", "date_of_registration",
		NULL
	};
	char today[16];

	(void)snprintf(today, sizeof(today), "%d", told->day - told->first);
	for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
		const char *text = NULL;

		if (field->label == PROTOBUF_C_LABEL_REPEATED || message_has(message, field) ||
		    (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
			continue;
		}
		if (field->type == PROTOBUF_C_TYPE_MESSAGE && is_listed(dates, field->name)) {
			text = today;
		} else if (field->type == PROTOBUF_C_TYPE_STRING) {
			text = usual_text(field->name);
		} else if (field->type == PROTOBUF_C_TYPE_ENUM) {
			*(int *)message_member(message, field) = 1;
		}
		if (text != NULL) {
			tale_put(told, message, field->name, text);
		}
	}
}
