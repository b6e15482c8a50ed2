/* What an office may correct by itself: table D3 of the catalogue. Everything else needs a court.
 */
#include "ledger/event/partial_date.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/spelling.h"

/* Fields that an office may correct whatever the new value, by the last name of their path. */
static const char *const free_fields[] = {
	"sex",
	"lunar_date",
	"lunar",
	"facility",
	"weight_g",
	"attendant",
	"occupation",
	"mother_occupation",
	"education",
	"father_occupation",
	"mother_education",
};

/* Places and paper references, by any name on their path. */
static const char *const free_branches[] = {
	"place_of_birth",
	"place_of_death",
	"place",
	"mother_residence",
	"child_address",
	"address",
	"usual_residence",
	"residence",
	"to",
	"from",
	"paper_reference",
};

/* Fields of common that are free by their spelling: the same measure as names. */
static const char *const spelled_parts[] = {
	"km_surname", "km_given", "latin_surname", "latin_given", "other_script",
};

static bool in_list(const char *const *list, size_t count, const char *word, size_t length)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(list[i]) == length && memcmp(list[i], word, length) == 0) {
			return true;
		}
	}
	return false;
}

#define IN_LIST(list, word, length) in_list(list, sizeof(list) / sizeof((list)[0]), word, length)

static const char *last_segment(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot == NULL ? path : dot + 1;
}

static bool on_free_branch(const char *path)
{
	while (*path != '\0') {
		size_t length = strcspn(path, ".[");

		if (IN_LIST(free_branches, path, length)) {
			return true;
		}
		path += length;
		path += strcspn(path, ".");
		path += *path == '.';
	}
	return false;
}

/* Another day or month of one year, or a precision refined inside the old interval. */
static bool partial_dates(const Civil__V1__FieldChange *change)
{
	const int32_t last = date_to_day((struct civil_date){ DATE_YEAR_MAX, 12, 31 });
	struct interval before;
	struct interval after;

	if (change->old_value == NULL || change->new_value == NULL ||
	    change->new_value->value_case != CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE ||
	    change->old_value->value_case != CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE ||
	    !partial_date_interval(&before, change->old_value->partial_date, last) ||
	    !partial_date_interval(&after, change->new_value->partial_date, last)) {
		return false;
	}
	int32_t year = date_of_day(before.earliest).year;
	bool refined = before.earliest <= after.earliest && after.latest <= before.latest;
	bool same_year = date_of_day(before.latest).year == year &&
	                 date_of_day(after.earliest).year == year &&
	                 date_of_day(after.latest).year == year;

	return refined || same_year;
}

static bool exact_dates(const Civil__V1__FieldChange *change)
{
	int32_t before;
	int32_t after;

	return change->old_value != NULL && change->new_value != NULL &&
	       change->old_value->value_case == CIVIL__V1__FIELD_VALUE__VALUE_DATE &&
	       change->new_value->value_case == CIVIL__V1__FIELD_VALUE__VALUE_DATE &&
	       partial_date_day(&before, change->old_value->date) &&
	       partial_date_day(&after, change->new_value->date) &&
	       date_of_day(before).year == date_of_day(after).year;
}

static bool names(const Civil__V1__FieldChange *change)
{
	if (change->old_value == NULL || change->new_value == NULL ||
	    change->old_value->value_case != CIVIL__V1__FIELD_VALUE__VALUE_NAME ||
	    change->new_value->value_case != CIVIL__V1__FIELD_VALUE__VALUE_NAME) {
		return false;
	}
	const Civil__V1__Name *before = change->old_value->name;
	const Civil__V1__Name *after = change->new_value->name;

	return spelling_is_close(before->km_surname, after->km_surname) &&
	       spelling_is_close(before->km_given, after->km_given) &&
	       spelling_is_close(before->latin_surname, after->latin_surname) &&
	       spelling_is_close(before->latin_given, after->latin_given) &&
	       spelling_is_close(before->other_script, after->other_script);
}

static const char *text_of(const Civil__V1__FieldValue *value)
{
	return value != NULL && value->value_case == CIVIL__V1__FIELD_VALUE__VALUE_TEXT
	               ? value->text
	               : "";
}

static bool is_office_matter(const Civil__V1__FieldChange *change)
{
	const char *last = last_segment(change->path);
	const Civil__V1__FieldValue *value =
	        change->new_value != NULL && change->new_value->value_case !=
	                                             CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET
	                ? change->new_value
	                : change->old_value;

	if (on_free_branch(change->path) || IN_LIST(free_fields, last, strlen(last))) {
		return true;
	}
	if (IN_LIST(spelled_parts, last, strlen(last))) {
		return spelling_is_close(text_of(change->old_value), text_of(change->new_value));
	}
	switch (value == NULL ? CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET : value->value_case) {
	case CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE:
		return partial_dates(change);
	case CIVIL__V1__FIELD_VALUE__VALUE_DATE:
		return exact_dates(change);
	case CIVIL__V1__FIELD_VALUE__VALUE_NAME:
		return names(change);
	case CIVIL__V1__FIELD_VALUE__VALUE_TEXT:
	case CIVIL__V1__FIELD_VALUE__VALUE_NUMBER:
	case CIVIL__V1__FIELD_VALUE__VALUE_PLACE:
	case CIVIL__V1__FIELD_VALUE__VALUE_ADDRESS:
	case CIVIL__V1__FIELD_VALUE__VALUE_IDENTIFIER:
	case CIVIL__V1__FIELD_VALUE__VALUE_FLAG:
	case CIVIL__V1__FIELD_VALUE__VALUE__NOT_SET:
	case _CIVIL__V1__FIELD_VALUE__VALUE__CASE_IS_INT_SIZE:
		break;
	}
	return false;
}

void rule_l10(struct judgement *j)
{
	const Civil__V1__Correction *correction = j->event->content->correction;

	if (correction->path == CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT) {
		return; /* L09 asks for the decision */
	}
	for (size_t i = 0; i < correction->n_changes; i++) {
		if (!is_office_matter(correction->changes[i])) {
			Civil__V1__RuleFinding *finding =
			        finding_broken(j, "content.correction.changes");

			finding_fact(j, finding, "field", "%s", correction->changes[i]->path);
		}
	}
}
