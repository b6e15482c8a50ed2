#include "tools/populate/tale_read.h"

#include "ledger/base/assert.h"
#include "ledger/event/kind.h"
#include "ledger/event/message.h"
#include "tools/populate/tale_fill.h"

#include <stdlib.h>

enum { WORD_NAME_MAX = 40, WORD_VALUE_MAX = 128 };

const struct officer *tale_officer(const struct told *told, const char *letters, size_t length)
{
	const struct country *country = told->family->country;
	const struct commune *commune = told->family->commune;
	const struct district *district = commune->district;
	const struct {
		const char *letters;
		const struct officer *officer;
	} officers[] = {
		{ "K", &commune->clerk },
		{ "R", &commune->registrar },
		{ "PC", &commune->police },
		{ "V", &district->verifier },
		{ "V2", &district->verifier2 },
		{ "PD", &district->police },
		{ "P", &district->province->registrar },
		{ "CC", &district->province->court },
		{ "N", &district->province->notifier },
		{ "G1", &country->nation[0] },
		{ "G2", &country->nation[1] },
		{ "G3", &country->nation[2] },
		{ "IC", &country->cards },
		{ "PP", &country->passports },
		{ "NA", &country->nationality },
		{ "IM", &country->immigration },
		{ "HC", &country->coder },
		{ "ES", &country->desk },
		{ "X", &told->officers[0] },
		{ "Y", &told->officers[1] },
	};

	for (size_t i = 0; i < sizeof(officers) / sizeof(officers[0]); i++) {
		if (strlen(officers[i].letters) == length &&
		    strncmp(officers[i].letters, letters, length) == 0) {
			return officers[i].officer;
		}
	}
	ASSERT(false);
	return NULL;
}

static void take_signers(const struct told *told, struct draft *draft, const char *letters)
{
	while (*letters != '\0') {
		size_t length = strcspn(letters, "+");

		ASSERT(draft->signer_count < WRITER_KEYS_MAX);
		draft->signers[draft->signer_count] = tale_officer(told, letters, length);
		draft->signer_count++;
		letters += length + (letters[length] == '+' ? 1 : 0);
	}
}

/* 0 when the word is no role of section B. */
static Civil__V1__SubjectRole role_of(const char *word)
{
	char name[WORD_NAME_MAX + 16] = "SUBJECT_ROLE_";
	size_t used = strlen(name);

	for (; *word != '\0' && used < sizeof(name) - 1; word++) {
		name[used] = *word >= 'a' && *word <= 'z' ? (char)(*word - 'a' + 'A') : *word;
		used++;
	}
	name[used] = '\0';
	const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(
	        &civil__v1__subject_role__descriptor, name);
	return value == NULL ? 0 : (Civil__V1__SubjectRole)value->value;
}

static void take_people(const struct told *told, struct reading *reading,
                        Civil__V1__SubjectRole role, const char *letters)
{
	struct draft *draft = &reading->draft;

	for (; *letters != '\0'; letters++) {
		ASSERT(draft->part_count < WRITER_PARTS_MAX);
		struct part *part = &draft->parts[draft->part_count];

		part->role = role;
		if (*letters == '+') {
			letters++;
			reading->created[reading->created_count] = *letters;
			reading->created_count++;
		} else {
			part->person = &told->people[tale_letter(*letters)].id;
		}
		draft->part_count++;
		letters += letters[1] == ',' ? 1 : 0;
	}
}

/* A word about the event itself. False when it is none. */
static bool take_event_word(struct told *told, struct reading *reading, const char *name,
                            const char *value)
{
	ProtobufCMessage *content = &reading->draft.content->base;

	if (strcmp(name, "as") == 0) {
		reading->as = value[0];
	} else if (strcmp(name, "refused") == 0) {
		reading->draft.expected = tale_text(told, value);
	} else if (strcmp(name, "expects") == 0) {
		reading->draft.version = strtoull(value, NULL, 10);
	} else if (strcmp(name, "case") == 0) {
		uint32_t bit = UINT32_C(1) << tale_letter(value[0]);

		if ((told->cases_open & bit) == 0) {
			told->cases[tale_letter(value[0])] = writer_id(told->family->writer);
			told->cases_open |= bit;
		}
		reading->draft.case_id = &told->cases[tale_letter(value[0])];
	} else if (strcmp(name, "cite") == 0) {
		tale_put(told, content, "common.legal_basis[0].text", "court");
		tale_put(told, content, "common.legal_basis[0].act", value);
	} else if (strcmp(name, "override") == 0) {
		tale_put(told, content, "common.overrides[0].rule", value);
		tale_put(told, content, "common.overrides[0].ground", "investigated");
		tale_put(told, content, "common.overrides[0].reason", "seen");
	} else if (strncmp(name, "common.", 7) == 0) {
		tale_put(told, content, name, value);
	} else {
		return false;
	}
	return true;
}

static Civil__V1__Content *residue_of(const struct told *told, struct reading *reading)
{
	if (reading->residue == NULL) {
		reading->residue =
		        writer_new(told->family->writer, &civil__v1__content__descriptor);
	}
	return reading->residue;
}

/* What an erasure leaves, as the bytes that its content carries. */
static void pack_residue(const struct told *told, const struct reading *reading)
{
	struct arena *arena = &told->family->writer->arena;

	if (reading->residue != NULL) {
		size_t size = civil__v1__content__get_packed_size(reading->residue);
		uint8_t *bytes = arena_alloc(arena, size);

		ASSERT(bytes != NULL);
		(void)civil__v1__content__pack(reading->residue, bytes);
		reading->draft.content->content_erased->residue =
		        (ProtobufCBinaryData){ .len = size, .data = bytes };
	}
}

/* A word about the content. */
static void take_content_word(struct told *told, struct reading *reading, const char *name,
                              const char *value)
{
	ProtobufCMessage *message = reading->message;
	Civil__V1__SubjectRole role = role_of(name);

	if (strncmp(name, "residue.", 8) == 0) {
		tale_put(told, &residue_of(told, reading)->base, name + 8, value);
	} else if (role != 0 && message_field(message->descriptor, name, strlen(name)) == NULL) {
		take_people(told, reading, role, value);
	} else if (strcmp(name, "order") == 0) {
		tale_put(told, message, "orders[0].kind", value);
		tale_put(told, message, "orders[0].text", "so");
		tale_put(told, message, "final", "true");
	} else if (strcmp(name, "persons") == 0) {
		tale_put(told, message, "orders[0].persons", value);
		take_people(told, reading, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT, value);
	} else if (strcmp(name, "ordered") == 0) {
		tale_put(told, message, "orders[0].targets", value);
	} else {
		tale_put(told, message, name, value);
	}
}

static void take_words(struct told *told, struct reading *reading, const char *words)
{
	while (*words != '\0') {
		char name[WORD_NAME_MAX];
		char value[WORD_VALUE_MAX];
		size_t equals = strcspn(words, "=");
		size_t length = strcspn(words + equals + 1, " ");

		ASSERT(equals < sizeof(name));
		ASSERT(length < sizeof(value));
		memcpy(name, words, equals);
		name[equals] = '\0';
		memcpy(value, words + equals + 1, length);
		value[length] = '\0';
		if (!take_event_word(told, reading, name, value)) {
			take_content_word(told, reading, name, value);
		}
		words += equals + 1 + length;
		words += *words == ' ' ? 1 : 0;
	}
}

/* "registered birth" is a step of a birth; "divorce" a divorce. */
static Civil__V1__Content__KindCase take_kind(struct draft *draft, const char *text)
{
	static const struct {
		const char *word;
		Civil__V1__EventStep step;
		Civil__V1__Content__KindCase content; /* 0: that of the kind */
	} steps[] = {
		{ "notified", CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED,
		  CIVIL__V1__CONTENT__KIND_NOTIFICATION },
		{ "declared", CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED, 0 },
		{ "verified", CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED,
		  CIVIL__V1__CONTENT__KIND_VERIFICATION },
		{ "registered", CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED,
		  CIVIL__V1__CONTENT__KIND_REGISTRATION },
		{ "refused", CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED,
		  CIVIL__V1__CONTENT__KIND_REFUSAL },
		{ "withdrawn", CIVIL__V1__EVENT_STEP__EVENT_STEP_WITHDRAWN,
		  CIVIL__V1__CONTENT__KIND_WITHDRAWAL },
	};
	const char *space = strchr(text, ' ');
	const struct kind *kind = kind_of_name(space == NULL ? text : space + 1);
	Civil__V1__Content__KindCase content;

	ASSERT(kind != NULL);
	content = kind->content_case;
	draft->event_class = kind->event_class;
	for (size_t i = 0; space != NULL && i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (strncmp(steps[i].word, text, (size_t)(space - text)) == 0) {
			draft->step = steps[i].step;
			content = steps[i].content == 0 ? content : steps[i].content;
		}
	}
	return content;
}

/* The content with the message of its kind in it. */
static ProtobufCMessage *make_content(struct told *told, struct draft *draft,
                                      Civil__V1__Content__KindCase kind)
{
	const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(
	        &civil__v1__content__descriptor, (unsigned)kind);
	ProtobufCMessage *message = writer_new(told->family->writer, field->descriptor);

	draft->content = writer_content(told->family->writer, kind);
	*(void **)message_member(&draft->content->base, field) = message;
	return message;
}

void tale_read(struct told *told, struct reading *reading, const struct tale_act *act)
{
	reading->draft.day = told->day;
	take_signers(told, &reading->draft, act->signers);
	reading->message =
	        make_content(told, &reading->draft, take_kind(&reading->draft, act->kind));
	take_words(told, reading, act->words);
	tale_complete(told, reading->message);
	pack_residue(told, reading);
}
