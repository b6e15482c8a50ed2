#include "tools/civilctl/claim.h"

#include "tools/civilctl/format.h"

#include <stdlib.h>

#define COMPARISON(name) CIVIL__V1__COMPARISON__COMPARISON_##name
#define ATTRIBUTE(name)  CIVIL__V1__STATEMENT__ATTRIBUTE_##name

/* Longer signs first. */
static const struct {
	const char *sign;
	Civil__V1__Comparison comparison;
} signs[] = {
	{ "!=", COMPARISON(NOT_EQUAL) }, { "<=", COMPARISON(AT_MOST) },
	{ ">=", COMPARISON(AT_LEAST) },  { "=", COMPARISON(EQUAL) },
	{ "<", COMPARISON(LESS) },       { ">", COMPARISON(MORE) },
};

char *claim_text(struct ctl *ctl, const char *text)
{
	char *copy = arena_string(&ctl->arena, text == NULL ? "" : text);

	return copy == NULL ? (char *)(uintptr_t)protobuf_c_empty_string : copy;
}

Civil__V1__Sex claim_sex_of(const char *text)
{
	static const char *const names[] = { "", "male", "female", "undetermined" };

	for (size_t i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], text) == 0) {
			return (Civil__V1__Sex)i;
		}
	}
	return CIVIL__V1__SEX__SEX_UNSPECIFIED;
}

void claim_name(struct ctl *ctl, char **surname, char **given, const char *text)
{
	char *copy = claim_text(ctl, text);
	char *space = strchr(copy, ' ');

	if (space == NULL) {
		*given = copy;
		return;
	}
	*space = '\0';
	*surname = copy;
	*given = space + 1;
}

enum ctl_exit claim_date(struct ctl *ctl, Civil__V1__PartialDate **out, const char *text)
{
	Civil__V1__PartialDate *date = arena_alloc(&ctl->arena, sizeof(*date));
	long parts[3] = { 0 };
	size_t count = 0;
	char *rest = claim_text(ctl, text);

	if (date == NULL) {
		return ctl_fail(STATUS_NO_MEMORY, text, NULL);
	}
	for (; count < 3 && *rest >= '0' && *rest <= '9'; count++) {
		parts[count] = strtol(rest, &rest, 10);
		rest += *rest == '-' && rest[1] != '\0' ? 1 : 0;
	}
	if (count == 0 || *rest != '\0' || parts[0] > 9999 || parts[1] > 12 || parts[2] > 31) {
		ctl_say("%s is no date such as 1968, 1968-03 or 1968-03-10", text);
		return CTL_USAGE;
	}
	civil__v1__partial_date__init(date);
	date->precision = count == 3   ? CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY
	                  : count == 2 ? CIVIL__V1__DATE_PRECISION__DATE_PRECISION_MONTH
	                               : CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR;
	date->year = (int32_t)parts[0];
	date->month = (int32_t)parts[1];
	date->day = (int32_t)parts[2];
	*out = date;
	return CTL_OK;
}

static enum ctl_exit say_wrong(const char *text)
{
	ctl_say("%s is no statement such as age>=18, birth<1968-07-01, alive, sex=female, "
	        "civil_status=married, nationality=KHM, residence=0708 or number=12345678903",
	        text);
	return CTL_USAGE;
}

/* The value of one of CivilStatus; 0 for another word. */
static Civil__V1__CivilStatus civil_status_of(struct ctl *ctl, const char *text)
{
	for (int i = 1; i <= CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_UNDETERMINED; i++) {
		char *name =
		        claim_text(ctl, format_enum(ctl, &civil__v1__civil_status__descriptor, i));

		for (char *c = name; *c != '\0'; c++) {
			*c = *c == ' ' ? '_' : *c;
		}
		if (strcmp(name, text) == 0) {
			return (Civil__V1__CivilStatus)i;
		}
	}
	return CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_UNSPECIFIED;
}

static enum ctl_exit read_age(Civil__V1__Statement *out, const char *value, const char *text)
{
	enum { AGE_DIGITS = 3 };
	char *end;
	long age = strtol(value, &end, 10);

	if (*value < '0' || *value > '9' || *end != '\0' || end - value > AGE_DIGITS) {
		return say_wrong(text);
	}
	out->attribute_case = ATTRIBUTE(AGE);
	out->age = (int32_t)age;
	return CTL_OK;
}

static enum ctl_exit read_value(struct ctl *ctl, Civil__V1__Statement *out, const char *attribute,
                                char *value, const char *text)
{
	if (strcmp(attribute, "age") == 0) {
		return read_age(out, value, text);
	}
	if (strcmp(attribute, "birth") == 0) {
		out->attribute_case = ATTRIBUTE(BIRTH);
		return format_read_date(ctl, &out->birth, value);
	}
	if (strcmp(attribute, "alive") == 0 &&
	    (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)) {
		out->attribute_case = ATTRIBUTE(ALIVE);
		out->alive = strcmp(value, "yes") == 0;
	} else if (strcmp(attribute, "sex") == 0 && claim_sex_of(value) != 0) {
		out->attribute_case = ATTRIBUTE(SEX);
		out->sex = claim_sex_of(value);
	} else if (strcmp(attribute, "civil_status") == 0 && civil_status_of(ctl, value) != 0) {
		out->attribute_case = ATTRIBUTE(CIVIL_STATUS);
		out->civil_status = civil_status_of(ctl, value);
	} else if (strcmp(attribute, "nationality") == 0) {
		out->attribute_case = ATTRIBUTE(NATIONALITY);
		out->nationality = value;
	} else if (strcmp(attribute, "residence") == 0) {
		out->attribute_case = ATTRIBUTE(RESIDENCE);
		out->residence = value;
	} else if (strcmp(attribute, "number") == 0) {
		out->attribute_case = ATTRIBUTE(NUMBER);
		out->number = value;
	} else {
		return say_wrong(text);
	}
	return CTL_OK;
}

enum ctl_exit claim_read(struct ctl *ctl, Civil__V1__Statement *out, const char *text)
{
	char *attribute = claim_text(ctl, text);
	char *value = claim_text(ctl, "yes");
	size_t length = strcspn(attribute, "!<>=");

	civil__v1__statement__init(out);
	out->comparison = COMPARISON(EQUAL);
	for (size_t i = 0; attribute[length] != '\0' && i < sizeof(signs) / sizeof(signs[0]); i++) {
		size_t size = strlen(signs[i].sign);

		if (strncmp(attribute + length, signs[i].sign, size) == 0) {
			out->comparison = signs[i].comparison;
			value = attribute + length + size;
			attribute[length] = '\0';
		}
	}
	return read_value(ctl, out, attribute, value, text);
}
