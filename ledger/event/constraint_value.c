/* The forms of single values. */
#include "ledger/base/assert.h"
#include "ledger/base/check_digit.h"
#include "ledger/base/code.h"
#include "ledger/base/crypto.h"
#include "ledger/base/name.h"
#include "ledger/base/text.h"
#include "ledger/event/canonical.h"
#include "ledger/event/constraint_table.h"
#include "ledger/event/field_path.h"
#include "ledger/event/message.h"
#include "ledger/event/mrz.h"
#include "ledger/event/partial_date.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* True when every character is one of the three ranges or of `others`, and there are 1 to `most`.
 */
static bool is_spelled(const char *text, const char *others, size_t most)
{
	size_t length = 0;

	for (; text[length] != '\0' && length <= most; length++) {
		const char c = text[length];
		const bool letter = is_capital(c) || (c >= 'a' && c <= 'z');

		if (!letter && !is_digit(c) && strchr(others, c) == NULL) {
			return false;
		}
	}
	return length > 0 && length <= most;
}

static bool is_register(const char *text)
{
	const size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return length >= 1 && length <= 4 && text[length] == '\0';
}

/* A00 to Z99, then perhaps a point and 1 to 4 of 0-9, A-Z: ICD-10 as used for mortality. */
static bool is_icd(const char *text)
{
	if (!is_capital(text[0]) || !is_digit(text[1]) || !is_digit(text[2])) {
		return false;
	}
	if (text[3] == '\0') {
		return true;
	}
	const size_t length =
	        text[3] == '.' ? strspn(text + 4, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
	return length >= 1 && length <= 4 && text[4 + length] == '\0';
}

static bool is_cause_line(const char *text)
{
	return strchr("abcd2", text[0]) != NULL && text[0] != '\0' && text[1] == '\0';
}

/* Structural, legal or plausibility: watch rules refuse nothing, so nobody passes them. */
static bool is_rule(const char *text)
{
	return (text[0] == 'S' || text[0] == 'L' || text[0] == 'P') && is_digit(text[1]) &&
	       is_digit(text[2]) && text[3] == '\0';
}

/* The forms of strings that a yes or no decides. */
static const struct {
	enum form form;
	bool (*fits)(const char *text);
	const char *fault;
} spellings[] = {
	{ FORM_CODE, code_is_word, "is no code: 1 to 32 of a-z, 0-9 and underscore" },
	{ FORM_AREA, code_is_area, "is no area code: 2, 4, 6 or 8 digits" },
	{ FORM_OFFICE, code_is_office, "is no office id: 2 to 32 of a-z, 0-9 and hyphen" },
	{ FORM_COUNTRY, code_is_country, "is no country code: three capitals of ISO 3166-1" },
	{ FORM_TIME, code_is_time, "is no time of day: hh:mm" },
	{ FORM_DOCUMENT_NUMBER, code_is_document_number,
	  "is no document number: 1 to 20 of A-Z, a-z, 0-9 and hyphen" },
	{ FORM_PERSONAL_NUMBER, check_digit_personal_number_valid,
	  "is no personal number: its check digit does not fit" },
	{ FORM_REGISTER, is_register, "is no register: 1 to 4 capitals" },
	{ FORM_ICD, is_icd, "is no ICD code" },
	{ FORM_CAUSE_LINE, is_cause_line, "is no line of the form: a, b, c, d or 2" },
	{ FORM_RULE, is_rule, "is no rule that can be passed" },
	{ FORM_MRZ, mrz_line_is_spelled, "is no line of a machine readable zone" },
};

static void check_spelling(struct checking *checking, const struct position *position,
                           enum form form, const char *text)
{
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		if (spellings[i].form == form) {
			if (!spellings[i].fits(text)) {
				constraint_report(checking, position, "", RULE_S07, "%s",
				                  spellings[i].fault);
			}
			return;
		}
	}
	ASSERT(false);
}

static void check_name(struct checking *checking, const struct position *position,
                       enum name_form form, const char *text)
{
	size_t offset;
	const enum name_fault fault = name_check(&offset, form, bytes_of_string(text));

	if (fault != NAME_OK) {
		constraint_report(checking, position, "", RULE_S08, "%s, at character %zu",
		                  name_fault_text(fault), offset + 1);
	}
}

static void check_string(struct checking *checking, const struct position *position,
                         const struct field_row *row, const char *text)
{
	switch (row->form) {
	case FORM_TEXT:
		if (text_count(bytes_of_string(text)) > (size_t)row->maximum) {
			constraint_report(checking, position, "", RULE_S07,
			                  "is longer than %lld characters",
			                  (long long)row->maximum);
		}
		return;
	case FORM_NAME_KHMER:
		check_name(checking, position, NAME_KHMER, text);
		return;
	case FORM_NAME_LATIN:
		check_name(checking, position, NAME_LATIN, text);
		return;
	case FORM_NAME_OTHER:
		check_name(checking, position, NAME_OTHER, text);
		return;
	case FORM_VILLAGE:
		if (!code_is_area(text) || strlen(text) != 8) {
			constraint_report(checking, position, "", RULE_S07,
			                  "is no village code: 8 digits");
		}
		return;
	case FORM_VERSION:
		if (!is_spelled(text, "-._", 32)) {
			constraint_report(checking, position, "", RULE_S07,
			                  "is no version: 1 to 32 of A-Z, a-z, 0-9, '-', '.', '_'");
		}
		return;
	case FORM_PATH:
		if (!is_spelled(text, "_.[]", FIELD_PATH_MAX)) {
			constraint_report(checking, position, "", RULE_S07, "is no field path");
		}
		return;
	case FORM_CODE:
	case FORM_AREA:
	case FORM_OFFICE:
	case FORM_COUNTRY:
	case FORM_TIME:
	case FORM_DOCUMENT_NUMBER:
	case FORM_PERSONAL_NUMBER:
	case FORM_REGISTER:
	case FORM_ICD:
	case FORM_CAUSE_LINE:
	case FORM_RULE:
	case FORM_MRZ:
		check_spelling(checking, position, row->form, text);
		return;
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
	ASSERT(false); /* the test of the table holds forms and types together */
}

/* Remembers an act that the content names, once. */
static void note_act(struct checking *checking, struct bytes act)
{
	for (size_t i = 0; i < checking->act_count && i < REFERENCES_MAX; i++) {
		if (bytes_equal(checking->acts[i], act)) {
			return;
		}
	}
	if (checking->act_count < REFERENCES_MAX) {
		checking->acts[checking->act_count] = act;
	}
	checking->act_count++;
}

/* A walk for references alone has no arena, and looks for none here. */
static void check_content_bytes(struct checking *checking, const struct position *position,
                                struct bytes bytes)
{
	const struct canonical_source source = { &civil__v1__content__descriptor, bytes,
		                                 CONTENT_BYTES_MAX, "content" };
	ProtobufCMessage *content;
	struct detail detail;

	if (checking->arena == NULL) {
		return;
	}
	enum status status = canonical_unpack(&content, &source, checking->arena, &detail);
	if (status == STATUS_NO_MEMORY) {
		checking->failed = true;
	} else if (status != STATUS_OK) {
		constraint_report(checking, position, "", RULE_S07,
		                  "is no content in its one form");
	}
}

static void check_bytes(struct checking *checking, const struct position *position, enum form form,
                        struct bytes bytes)
{
	const size_t needed = form == FORM_ID ? ID_BYTES : HASH_BYTES;

	if (form == FORM_CONTENT) {
		check_content_bytes(checking, position, bytes);
		return;
	}

	if (form == FORM_IDENTIFIER) {
		if (bytes.size != ID_BYTES && bytes.size != HASH_BYTES) {
			constraint_report(checking, position, "", RULE_S07,
			                  "must be 16 or 32 bytes");
		}
		return;
	}
	if (bytes.size != needed) {
		constraint_report(checking, position, "", RULE_S07, "must be %zu bytes", needed);
		return;
	}
	if (form == FORM_ACT) {
		note_act(checking, bytes);
	}
	if (form == FORM_KEY && !crypto_key_is_valid(bytes.data)) {
		constraint_report(checking, position, "", RULE_S07, "is no Ed25519 public key");
	}
}

static void check_number(struct checking *checking, const struct position *position,
                         const struct field_row *row, int64_t number)
{
	if (number < row->minimum || number > row->maximum) {
		constraint_report(checking, position, "", RULE_S07, "must lie in %lld to %lld",
		                  (long long)row->minimum, (long long)row->maximum);
	}
}

static void check_date(struct checking *checking, const struct position *position,
                       const ProtobufCMessage *message)
{
	int32_t day;

	if (!partial_date_day(&day, (const Civil__V1__Date *)message)) {
		constraint_report(checking, position, "", RULE_S07,
		                  "is no day of the calendar from 1850 to 2199");
	}
}

static void check_partial_date(struct checking *checking, const struct position *position,
                               const ProtobufCMessage *message)
{
	const Civil__V1__PartialDate *date = (const Civil__V1__PartialDate *)message;
	const char *fault = partial_date_fault(date);

	if (fault != NULL) {
		constraint_report(checking, position, "", RULE_S07, "%s", fault);
	}
	if (text_count(bytes_of_string(date->lunar)) > TEXT_LINE_MAX) {
		constraint_report(checking, position, "lunar", RULE_S07,
		                  "is longer than %d characters", TEXT_LINE_MAX);
	}
}

void constraint_check_value(struct checking *checking, const struct position *position,
                            const struct field_row *row, const ProtobufCMessage *message,
                            const ProtobufCFieldDescriptor *field, size_t i)
{
	switch (row->form) {
	case FORM_FLAG:
		return;
	case FORM_ENUM:
		if (message_number(message, field, i) == 0) {
			constraint_report(checking, position, "", RULE_S07, "is not specified");
		}
		return;
	case FORM_NUMBER:
		check_number(checking, position, row, message_number(message, field, i));
		return;
	case FORM_INSTANT:
		if (message_number(message, field, i) <= 0) {
			constraint_report(checking, position, "", RULE_S07, "must be positive");
		}
		return;
	case FORM_DATE:
		check_date(checking, position, message_message(message, field, i));
		return;
	case FORM_PARTIAL_DATE:
		check_partial_date(checking, position, message_message(message, field, i));
		return;
	case FORM_ID:
	case FORM_HASH:
	case FORM_ACT:
	case FORM_KEY:
	case FORM_IDENTIFIER:
	case FORM_CONTENT:
		check_bytes(checking, position, row->form, message_bytes(message, field, i));
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
		check_string(checking, position, row, message_string(message, field, i));
		return;
	case FORM_MESSAGE:
		break;
	}
	ASSERT(false);
}
