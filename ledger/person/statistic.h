/* What a person's state adds to the vital statistics, kept as changes: every record that changes a
 * state takes the counts of the old state away and adds those of the new one. So the counts at any
 * known position are a sum over the changes below it.
 *
 *     fact           counted by                  place                     age group of
 *     birth          the child                   place of birth            the mother
 *     death          the deceased                place of death            the deceased
 *     marriage       each spouse, spouse_a once  place of marriage         the spouse
 *     divorce        each spouse, spouse_a once  office that registered    the spouse
 *     foetal death   the mother                  place                     the mother
 * An erased act counts as what the court left of it. Persons who were merged are one: of two
 * births that were registered of one person one counts. A presumed death is a death; a marriage
 * void from the beginning was none. A place that the act does not tell is the first area of the
 * office that registered it; one abroad has no area. Areas are communes (6 digits) by the code as
 * recorded.
 *
 * Month and year are those in which all possible days lie; a date that spans years counts in its
 * earliest year, month unknown. By registration it is the day of registration. The delay runs from
 * the latest possible day to the declaration. An age group is told when all possible ages lie in
 * it. The mother's age is as known when the birth was registered, so that her own corrections move
 * no child.
 *
 *   WORK 's' value  sex u8 · age u8 · delay u8 · flags u8 · delta u8 (1, or 255 for -1)
 *   age: youngest of the group 0, 1, 5, 10 … 85; 255 unknown
 *   flags: 1 counts once for its act, 2 comes from the record that registered the act
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_STATISTIC_H
#define LEDGER_PERSON_STATISTIC_H

#include "ledger/person/acts.h"

#include "civil/v1/statistics_service.pb-c.h"

enum { STATISTIC_AREA_MAX = 6, STATISTIC_AGE_UNKNOWN = 255, STATISTIC_AGE_LAST = 85 };

/* Flags and deltas of a row. */
enum { STATISTIC_ONCE = 1, STATISTIC_ORIGINAL = 2, STATISTIC_ADD = 1, STATISTIC_TAKE = 255 };

/* One record's changes. Set view (which sees the record), batch and record, and the act that it
 * brings into force as joined, if any; the rest is zero. */
struct statistic_update {
	struct view *view;
	struct store_batch *batch;
	const struct stored_record *record;
	const struct act *act;
	uint8_t nth;    /* rows written so far */
	bool withdrawn; /* statistic_withdraw took the old counts away */
};

/* Takes all counts of the person's cached state away, while the contents behind them can still be
 * read: statistic_update then only adds. Statuses as there. */
enum status statistic_withdraw(struct statistic_update *update, const struct id *person) NODISCARD;

/* Writes what changes when the cached state of a person becomes `after`; NULL when the id stands
 * for another from now on (a merge: two registered births become one). Called before the state is
 * written. STATUS_OK; STATUS_NO_MEMORY; trouble of the store. */
enum status statistic_update(struct statistic_update *update, const Civil__V1__PersonState *after,
                             const struct id *person) NODISCARD;

/* A row read back. */
struct statistic {
	Civil__V1__StatisticKind kind;
	Civil__V1__StatisticBasis basis;
	uint16_t year;
	uint8_t month;
	char area[STATISTIC_AREA_MAX + 1];
	uint64_t index;
	uint8_t sex;
	uint8_t age;
	uint8_t delay;
	bool once;
	bool original;
	int8_t delta;
};

/* STATUS_CORRUPT when it is none. */
enum status statistic_read(struct statistic *out, struct bytes key, struct bytes value) NODISCARD;

#endif
