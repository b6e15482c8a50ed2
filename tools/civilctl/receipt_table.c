#include "tools/civilctl/receipt_table.h"

#include "tools/civilctl/format.h"

void receipt_table_init(struct ctl_table *table, struct ctl *ctl)
{
	table_init(table, ctl,
	           (const char *const[]){ "EVENT", "INDEX", "RECORDED", "EVENT ID", "PERSONS",
	                                  "NUMBERS", NULL });
}

static const char *persons_text(struct ctl *ctl, const ProtobufCBinaryData persons[], size_t count)
{
	const char *text = "";

	for (size_t i = 0; i < count; i++) {
		text = format_text(ctl, "%s%s%s", text, i == 0 ? "" : " ",
		                   format_hex(ctl, persons[i]));
	}
	return text;
}

void receipt_table_add(struct ctl_table *table, const char *name, const Civil__V1__Receipt *receipt)
{
	struct ctl *ctl = table->ctl;
	const char *persons =
	        persons_text(ctl, receipt->created_persons, receipt->n_created_persons);
	const char *numbers = "";

	for (size_t i = 0; i < receipt->n_numbers; i++) {
		numbers = format_text(ctl, "%s%s%s", numbers, i == 0 ? "" : " ",
		                      receipt->numbers[i]->number);
	}
	(void)table_add(table, (const char *const[]){ name, format_u64(ctl, receipt->index),
	                                              format_time(ctl, receipt->recorded_at_ms),
	                                              format_hex(ctl, receipt->event_id), persons,
	                                              numbers });
}

void provisional_table_init(struct ctl_table *table, struct ctl *ctl)
{
	table_init(table, ctl,
	           (const char *const[]){ "EVENT", "OUTBOX", "QUEUED", "EVENT ID", "PERSONS",
	                                  "NODE", "SIGNED BY", NULL });
}

void provisional_table_add(struct ctl_table *table, const char *name,
                           const Civil__V1__ProvisionalReceipt *receipt)
{
	struct ctl *ctl = table->ctl;

	(void)table_add(table, (const char *const[]){ name, format_u64(ctl, receipt->number),
	                                              format_time(ctl, receipt->queued_at_ms),
	                                              format_hex(ctl, receipt->event_id),
	                                              persons_text(ctl, receipt->created_persons,
	                                                           receipt->n_created_persons),
	                                              receipt->node_id, receipt->log_key });
}
