#include "tools/civilctl/receipt_table.h"

#include "tools/civilctl/format.h"

void receipt_table_init(struct ctl_table *table, struct ctl *ctl)
{
	table_init(table, ctl,
	           (const char *const[]){ "EVENT", "INDEX", "RECORDED", "EVENT ID", "PERSONS",
	                                  "NUMBERS", NULL });
}

void receipt_table_add(struct ctl_table *table, const char *name, const Civil__V1__Receipt *receipt)
{
	struct ctl *ctl = table->ctl;
	const char *numbers = "";
	const char *persons = "";

	for (size_t i = 0; i < receipt->n_numbers; i++) {
		numbers = format_text(ctl, "%s%s%s", numbers, i == 0 ? "" : " ",
		                      receipt->numbers[i]->number);
	}
	for (size_t i = 0; i < receipt->n_created_persons; i++) {
		persons = format_text(ctl, "%s%s%s", persons, i == 0 ? "" : " ",
		                      format_hex(ctl, receipt->created_persons[i]));
	}
	(void)table_add(table, (const char *const[]){ name, format_u64(ctl, receipt->index),
	                                              format_time(ctl, receipt->recorded_at_ms),
	                                              format_hex(ctl, receipt->event_id), persons,
	                                              numbers });
}
