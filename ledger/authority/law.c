#include "ledger/authority/law.h"

#include "ledger/authority/reference.h"
#include "ledger/event/partial_date.h"

/* First day of a set; the oldest rules from the beginning of time. */
static int32_t first_day(const struct reference *reference, size_t set)
{
	int32_t day;

	if (set == 0 || !partial_date_day(&day, reference->rule_sets[set]->effective_on)) {
		return INT32_MIN;
	}
	return day;
}

enum status law_sets(struct view *view, const Civil__V1__RuleSet ***sets, size_t *count)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);

	if (status == STATUS_OK) {
		*sets = reference->rule_sets;
		*count = reference->rule_set_count;
	}
	return status;
}

enum status law_spanning(struct view *view, const Civil__V1__RuleSet ***sets, size_t *count,
                         struct interval days)
{
	const struct reference *reference;
	enum status status = reference_of(view, &reference);

	if (status != STATUS_OK) {
		return status;
	}
	size_t begin = 0;
	size_t end = 0;

	for (size_t i = 0; i < reference->rule_set_count; i++) {
		if (first_day(reference, i) <= days.earliest) {
			begin = i;
		}
		if (first_day(reference, i) <= days.latest) {
			end = i + 1;
		}
	}
	*sets = reference->rule_sets + begin;
	*count = end - begin;
	return STATUS_OK;
}

enum status law_on(struct view *view, const Civil__V1__RuleSet **out, int32_t day)
{
	const Civil__V1__RuleSet **sets;
	size_t count;
	enum status status = law_spanning(view, &sets, &count,
	                                  (struct interval){ .earliest = day, .latest = day });

	if (status != STATUS_OK) {
		return status;
	}
	if (count == 0) {
		return STATUS_NOT_FOUND;
	}
	*out = sets[count - 1];
	return STATUS_OK;
}

enum status law_on_before(struct view *view, const Civil__V1__RuleSet **out, int32_t day,
                          uint64_t index)
{
	const struct reference *reference;
	const Civil__V1__RuleSet *found = NULL;
	enum status status = reference_of(view, &reference);

	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < reference->rule_set_count; i++) {
		if (reference->rule_set_indexes[i] < index && first_day(reference, i) <= day) {
			found = reference->rule_sets[i];
		}
	}
	if (found == NULL) {
		return STATUS_NOT_FOUND;
	}
	*out = found;
	return STATUS_OK;
}
