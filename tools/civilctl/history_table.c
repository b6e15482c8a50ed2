#include "tools/civilctl/history_table.h"

#include "tools/civilctl/table.h"

/* "R 070803, V 0708" */
static const char *signers(struct ctl *ctl, const Civil__V1__HistoryEntry *entry)
{
	const char *text = "";

	for (size_t i = 0; i < entry->n_signers; i++) {
		const Civil__V1__Signer *signer = entry->signers[i];

		text = format_text(ctl, "%s%s%s %s", text, i == 0 ? "" : ", ", signer->role,
		                   signer->office_id);
	}
	return text;
}

static const char *standing(struct ctl *ctl, const Civil__V1__HistoryEntry *entry)
{
	const char *text = entry->in_force ? "in force" : "";

	for (size_t i = 0; i < entry->n_amended_by; i++) {
		text = format_text(ctl, "%s%s%llu", text,
		                   i > 0          ? ", "
		                   : text[0] == 0 ? "amended by "
		                                  : ", amended by ",
		                   (unsigned long long)entry->amended_by[i]);
	}
	for (size_t i = 0; i < entry->n_dependants; i++) {
		text = format_text(ctl, "%s%s%llu", text, i > 0 ? ", " : "; leaned on by ",
		                   (unsigned long long)entry->dependants[i]);
	}
	return text;
}

static const char *findings(struct ctl *ctl, const Civil__V1__HistoryEntry *entry)
{
	const char *text = "";

	for (size_t i = 0; i < entry->n_findings; i++) {
		text = format_text(ctl, "%s%s%s", text, i == 0 ? "" : " ",
		                   entry->findings[i]->rule);
	}
	return text;
}

void history_table_print(struct ctl *ctl, Civil__V1__HistoryEntry *const entries[], size_t count)
{
	struct ctl_table table;

	table_init(&table, ctl,
	           (const char *const[]){ "INDEX", "RECORDED", "KIND", "STEP", "ROLE", "SIGNERS",
	                                  "LAW", "FINDINGS", "STANDING", "EVENT", NULL });
	for (size_t i = 0; i < count; i++) {
		const Civil__V1__HistoryEntry *entry = entries[i];
		const int step = entry->header == NULL ? 0 : (int)entry->header->step;

		(void)table_add(&table,
		                (const char *const[]){
		                        format_u64(ctl, entry->index),
		                        format_time(ctl, entry->recorded_at_ms), entry->kind,
		                        format_enum(ctl, &civil__v1__event_step__descriptor, step),
		                        format_enum(ctl, &civil__v1__subject_role__descriptor,
		                                    (int)entry->role),
		                        signers(ctl, entry), entry->law_version,
		                        findings(ctl, entry), standing(ctl, entry),
		                        format_hex(ctl, entry->event_id) });
	}
	table_print(&table, stdout);
}
