/* civilctl accesses, audit */
#include "node/access_log.h"
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/pages.h"

#include <stdio.h>

static const char *words(struct ctl *ctl, char *const list[], size_t count)
{
	const char *text = "";

	for (size_t i = 0; i < count; i++) {
		text = format_text(ctl, "%s%s%s", text, i == 0 ? "" : " ", list[i]);
	}
	return text;
}

/* What was asked, or tried with which rules broken. */
static const char *told(struct ctl *ctl, const Civil__V1__AccessEntry *entry)
{
	const Civil__V1__RefusedAttempt *attempt = entry->attempt;

	return attempt == NULL ? entry->call
	                       : format_text(ctl, "%s of %s: %s", attempt->kind, attempt->office_id,
	                                     words(ctl, attempt->rules, attempt->n_rules));
}

static void add_accesses(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__ListAccessesResponse *response =
	        (const Civil__V1__ListAccessesResponse *)page;
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < response->n_openings; i++) {
		const Civil__V1__SealOpening *opening = response->openings[i];

		(void)table_add(table, (const char *const[]){
		                               format_time(ctl, opening->recorded_at_ms),
		                               opening->reader, "a seal was opened", "", "", "" });
	}
	for (size_t i = 0; i < response->n_entries; i++) {
		const Civil__V1__AccessEntry *entry = response->entries[i];

		(void)table_add(table, (const char *const[]){ format_time(ctl, entry->at_ms),
		                                              entry->caller, told(ctl, entry),
		                                              entry->purpose, entry->case_reference,
		                                              entry->result });
	}
}

static enum ctl_exit run_accesses(struct ctl *ctl)
{
	Civil__V1__ListAccessesRequest request;
	struct ask_person person;

	civil__v1__list_accesses_request__init(&request);
	request.context = session_context(ctl);
	enum ctl_exit code = ask_person(ctl, &person, ctl->arguments[0]);
	if (code != CTL_OK) {
		return code;
	}
	if (person.by_id) {
		request.person_case = CIVIL__V1__LIST_ACCESSES_REQUEST__PERSON_PERSON_ID;
		request.person_id = person.id;
	} else {
		request.person_case = CIVIL__V1__LIST_ACCESSES_REQUEST__PERSON_NUMBER;
		request.number = person.number;
	}
	return pages_print(
	        ctl, &request.base, "civil.v1.AccessService/ListAccesses",
	        &civil__v1__list_accesses_response__descriptor,
	        (const char *const[]){ "WHEN", "WHO", "WHAT", "PURPOSE", "CASE", "RESULT", NULL },
	        add_accesses);
}

static void add_audited(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__AuditAccessesResponse *response =
	        (const Civil__V1__AuditAccessesResponse *)page;
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < response->n_accesses; i++) {
		const Civil__V1__AuditedAccess *access = response->accesses[i];
		const Civil__V1__AccessEntry *entry = access->entry;

		(void)table_add(table,
		                (const char *const[]){
		                        format_u64(ctl, entry->index),
		                        format_time(ctl, entry->at_ms), entry->caller,
		                        told(ctl, entry), entry->purpose, entry->case_reference,
		                        format_u64(ctl, entry->n_person_ids), entry->result,
		                        words(ctl, access->findings, access->n_findings) });
	}
}

static struct hash hash_of(struct ctl *ctl, const Civil__V1__AccessEntry *entry)
{
	uint8_t *packed = arena_alloc(&ctl->arena, civil__v1__access_entry__get_packed_size(entry));

	return packed == NULL ? (struct hash){ { 0 } }
	                      : access_log_hash(bytes_of(
	                                packed, civil__v1__access_entry__pack(entry, packed)));
}

/* Goes along the chain; false, and said, at the first entry that is not what its successor saw. */
static bool follow(struct ctl *ctl, const Civil__V1__AuditAccessesResponse *page, uint64_t *count,
                   struct hash *previous)
{
	for (size_t i = 0; i < page->n_accesses; i++) {
		const Civil__V1__AccessEntry *entry = page->accesses[i]->entry;

		if (entry->index != *count ||
		    !bytes_equal(bytes_of(entry->previous.data, entry->previous.len),
		                 bytes_of_hash(previous))) {
			ctl_say("audit: entry %llu does not follow the one before",
			        (unsigned long long)*count);
			return false;
		}
		*previous = hash_of(ctl, entry);
		(*count)++;
	}
	return true;
}

static enum ctl_exit run_check(struct ctl *ctl)
{
	Civil__V1__AuditAccessesRequest request;
	const Civil__V1__AuditAccessesResponse *page = NULL;
	struct hash previous = { { 0 } };
	uint64_t count = 0;

	civil__v1__audit_accesses_request__init(&request);
	request.context = session_context(ctl);
	request.page_size = PAGES_ROWS;
	while (page == NULL || page->next_page_token[0] != '\0') {
		const ProtobufCMessage *response;
		enum ctl_exit code = session_call(
		        ctl, &response, "civil.v1.AccessService/AuditAccesses", &request.base,
		        &civil__v1__audit_accesses_response__descriptor);

		if (code != CTL_OK) {
			return code;
		}
		page = (const Civil__V1__AuditAccessesResponse *)response;
		if (!follow(ctl, page, &count, &previous)) {
			return CTL_VERIFICATION;
		}
		request.page_token = page->next_page_token;
	}
	if (count != page->count ||
	    !bytes_equal(bytes_of(page->head.data, page->head.len), bytes_of_hash(&previous))) {
		ctl_say("audit: the head is not that of the last entry");
		return CTL_VERIFICATION;
	}
	(void)printf("the chain of %llu accesses holds; its head is %s\n",
	             (unsigned long long)count,
	             format_hex(ctl, (ProtobufCBinaryData){ .data = previous.bytes,
	                                                    .len = HASH_BYTES }));
	return CTL_OK;
}

static enum ctl_exit read_day(struct ctl *ctl, const char *option, Civil__V1__Date **out)
{
	const char *text = ctl_option(ctl, option);

	return text == NULL ? CTL_OK : format_read_date(ctl, out, text);
}

static enum ctl_exit run_audit(struct ctl *ctl)
{
	Civil__V1__AuditAccessesRequest request;

	if (ctl_option(ctl, "check") != NULL) {
		return run_check(ctl);
	}
	civil__v1__audit_accesses_request__init(&request);
	request.context = session_context(ctl);
	if (ctl->argument_count > 0) {
		request.name = arena_string(&ctl->arena, ctl->arguments[0]);
	}
	enum ctl_exit code = read_day(ctl, "from", &request.from);
	if (code == CTL_OK) {
		code = read_day(ctl, "to", &request.to);
	}
	if (code != CTL_OK) {
		return code;
	}
	return pages_print(ctl, &request.base, "civil.v1.AccessService/AuditAccesses",
	                   &civil__v1__audit_accesses_response__descriptor,
	                   (const char *const[]){ "ENTRY", "WHEN", "WHO", "WHAT", "PURPOSE", "CASE",
	                                          "PERSONS", "RESULT", "NOTE", NULL },
	                   add_audited);
}

const struct command command_accesses = {
	.name = "accesses",
	.synopsis = "PERSON",
	.summary = "who asked this node about a person, and why",
	.text = "For the person. What law enforcement asked is told after 90 days; what was read "
	        "under an opened seal only to the person for whom it was opened. Each node keeps a "
	        "log of what it was asked itself.",
	.options = { { NULL, NULL, NULL } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl accesses 1980200000018", "by personal number" },
	              { "civilctl -o csv accesses 1980200000018", "as a file" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_accesses,
};

const struct command command_audit = {
	.name = "audit",
	.synopsis = "[NAME]",
	.summary = "what a caller or an office asked this node, and what it tried in vain",
	.text = "NAME is the first name in a certificate, or an office whose events were refused; "
	        "without one all entries in their order. W01 marks what was asked outside of 06:00 "
	        "to 20:00, W02 what came after as many in an hour as the law has watched.",
	.options = { { "from", "DAY", "of a name: first day" },
	             { "to", "DAY", "of a name: last day" },
	             { "check", NULL, "go along the chain of all entries and say its head" } },
	.arguments_min = 0,
	.arguments_max = 1,
	.examples = { { "civilctl audit c-070803 --from 2026-06-01", "an office since June" },
	              { "civilctl audit --check", "whether anything was taken out" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_VERIFICATION),
	.run = run_audit,
};
