#include "tools/civilctl/format.h"

#include "ledger/base/base64.h"
#include "ledger/base/date.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_MAX = 512, DAY_MS = 24 * 60 * 60 * 1000, PHNOM_PENH_MS = 7 * 60 * 60 * 1000 };

bool format_read_bytes(uint8_t *out, size_t size, const char *text)
{
	return bytes_from_hex(out, size, text) ||
	       base64_decode_exactly(out, size, bytes_of_string(text));
}

enum ctl_exit format_read_id(struct ctl *ctl, ProtobufCBinaryData *out, size_t size,
                             const char *text, const char *what)
{
	uint8_t *data = arena_alloc(&ctl->arena, size);

	if (data == NULL) {
		return ctl_fail(STATUS_NO_MEMORY, what, NULL);
	}
	if (!format_read_bytes(data, size, text)) {
		ctl_say("%s has %zu hexadecimal digits, or is the base64 of %zu bytes; %s is not",
		        what, 2 * size, size, text);
		return CTL_USAGE;
	}
	*out = (ProtobufCBinaryData){ .len = size, .data = data };
	return CTL_OK;
}

enum ctl_exit format_read_date(struct ctl *ctl, Civil__V1__Date **out, const char *text)
{
	Civil__V1__Date *date = arena_alloc(&ctl->arena, sizeof(*date));
	int32_t day;

	if (date == NULL) {
		return ctl_fail(STATUS_NO_MEMORY, "date", NULL);
	}
	if (!date_parse(&day, text)) {
		ctl_say("a day is written like 2026-03-01, not %s", text);
		return CTL_USAGE;
	}
	struct civil_date civil = date_of_day(day);
	civil__v1__date__init(date);
	date->year = civil.year;
	date->month = civil.month;
	date->day = civil.day;
	*out = date;
	return CTL_OK;
}

const char *format_text(struct ctl *ctl, const char *format, ...)
{
	char text[TEXT_MAX];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	const char *copy = arena_string(&ctl->arena, text);
	return copy == NULL ? "" : copy;
}

const char *format_hex(struct ctl *ctl, ProtobufCBinaryData bytes)
{
	char *text = arena_alloc(&ctl->arena, 2 * bytes.len + 1);

	if (text == NULL) {
		return "";
	}
	bytes_to_hex(text, bytes_of(bytes.data, bytes.len));
	return text;
}

const char *format_u64(struct ctl *ctl, uint64_t number)
{
	return format_text(ctl, "%llu", (unsigned long long)number);
}

const char *format_time(struct ctl *ctl, int64_t instant_ms)
{
	char day[DATE_TEXT_BYTES];

	if (instant_ms <= 0) {
		return "";
	}
	date_print(day, date_of_instant(instant_ms));
	int32_t minute = date_minute_of_instant(instant_ms);
	int64_t second = (instant_ms + PHNOM_PENH_MS) % DAY_MS / 1000 % 60;
	return format_text(ctl, "%s %02d:%02d:%02d", day, minute / 60, minute % 60, (int)second);
}

const char *format_day(struct ctl *ctl, const Civil__V1__Date *date)
{
	return date == NULL
	               ? ""
	               : format_text(ctl, "%04d-%02d-%02d", date->year, date->month, date->day);
}

const char *format_partial(struct ctl *ctl, const Civil__V1__PartialDate *date)
{
	if (date == NULL) {
		return "";
	}
	switch (date->precision) {
	case CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY:
		return format_text(ctl, "%04d-%02d-%02d", date->year, date->month, date->day);
	case CIVIL__V1__DATE_PRECISION__DATE_PRECISION_MONTH:
		return format_text(ctl, "%04d-%02d", date->year, date->month);
	case CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR:
		return format_text(ctl, "%04d", date->year);
	case CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DECADE:
		return format_text(ctl, "%04ds", date->year);
	case CIVIL__V1__DATE_PRECISION__DATE_PRECISION_RANGE:
		return format_text(ctl, "%s to %s", format_day(ctl, date->not_before),
		                   format_day(ctl, date->not_after));
	case CIVIL__V1__DATE_PRECISION__DATE_PRECISION_UNKNOWN:
		return "unknown";
	case CIVIL__V1__DATE_PRECISION__DATE_PRECISION_UNSPECIFIED:
	case _CIVIL__V1__DATE_PRECISION_IS_INT_SIZE:
		break;
	}
	return "";
}

const char *format_registration(struct ctl *ctl, const Civil__V1__RegistrationNumber *number)
{
	return number == NULL ? ""
	                      : format_text(ctl, "%s/%s/%d/%d", number->office_id,
	                                    number->register_, number->year, number->number);
}

static const char *join(struct ctl *ctl, const char *first, const char *second)
{
	return format_text(ctl, "%s%s%s", first, *first != '\0' && *second != '\0' ? " " : "",
	                   second);
}

static const char *in_order(struct ctl *ctl, const Civil__V1__Name *name, const char *surname,
                            const char *given)
{
	bool given_first = name->order == CIVIL__V1__NAME_ORDER__NAME_ORDER_GIVEN_FIRST;

	return given_first ? join(ctl, given, surname) : join(ctl, surname, given);
}

const char *format_khmer(struct ctl *ctl, const Civil__V1__Name *name)
{
	return name == NULL ? "" : in_order(ctl, name, name->km_surname, name->km_given);
}

const char *format_latin(struct ctl *ctl, const Civil__V1__Name *name)
{
	return name == NULL ? "" : in_order(ctl, name, name->latin_surname, name->latin_given);
}

/* protoc's style: the prefix of every value is the enum's name in capitals. */
static size_t prefix_length(const ProtobufCEnumDescriptor *type)
{
	size_t words = 0;

	for (const char *c = type->short_name; *c != '\0'; c++) {
		words += *c >= 'A' && *c <= 'Z';
	}
	return strlen(type->short_name) + words;
}

const char *format_enum(struct ctl *ctl, const ProtobufCEnumDescriptor *type, int value)
{
	const ProtobufCEnumValue *known = protobuf_c_enum_descriptor_get_value(type, value);
	size_t skipped = prefix_length(type);

	if (value == 0 || known == NULL || strlen(known->name) <= skipped) {
		return "";
	}
	char *text = arena_string(&ctl->arena, known->name + skipped);
	for (char *c = text; c != NULL && *c != '\0'; c++) {
		*c = (char)(*c == '_' ? ' ' : *c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
	}
	return text == NULL ? "" : text;
}
