/* civilctl cases, inconsistencies, performance */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/pages.h"

#include "civil/v1/office_service.pb-c.h"

#include <stdio.h>

/* The words of a filter option, in the order of CaseFilter. */
static const char *const filters[] = {
	"",        "open",    "to-declare", "to-verify", "to-register",
	"overdue", "expired", "appealable", "ended",
};

static enum ctl_exit read_filter(struct ctl *ctl, Civil__V1__CaseFilter *out)
{
	const char *text = ctl_option(ctl, "filter");

	*out = CIVIL__V1__CASE_FILTER__CASE_FILTER_UNSPECIFIED;
	for (size_t i = 1; text != NULL && i < sizeof(filters) / sizeof(filters[0]); i++) {
		if (strcmp(filters[i], text) == 0) {
			*out = (Civil__V1__CaseFilter)i;
			return CTL_OK;
		}
	}
	if (text == NULL) {
		return CTL_OK;
	}
	ctl_say("--filter is open, to-declare, to-verify, to-register, overdue, expired, "
	        "appealable or ended");
	return CTL_USAGE;
}

static const char *step_text(struct ctl *ctl, Civil__V1__EventStep step)
{
	return step == 0 ? "" : format_enum(ctl, &civil__v1__event_step__descriptor, (int)step);
}

/* Until when something is to be done: the next step, or an appeal. */
static const char *deadline(struct ctl *ctl, const Civil__V1__CaseSummary *item)
{
	if (item->appeal_until != NULL) {
		return format_text(ctl, "appeal until %s", format_day(ctl, item->appeal_until));
	}
	return item->due_on == NULL ? ""
	                            : format_text(ctl, "%s%s%s", format_day(ctl, item->due_on),
	                                          item->overdue ? " overdue" : "",
	                                          item->expired ? ", expired" : "");
}

static void add_cases(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__ListCasesResponse *response = (const Civil__V1__ListCasesResponse *)page;
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < response->n_cases; i++) {
		const Civil__V1__CaseSummary *item = response->cases[i];

		(void)table_add(
		        table,
		        (const char *const[]){
		                format_hex(ctl, item->case_id), item->office_id, item->kind,
		                format_enum(ctl, &civil__v1__case_status__descriptor,
		                            (int)item->status),
		                step_text(ctl, item->newest_step), step_text(ctl, item->next_step),
		                format_day(ctl, item->opened_on), format_day(ctl, item->changed_on),
		                deadline(ctl, item), item->refusal_reason });
	}
}

static enum ctl_exit run_cases(struct ctl *ctl)
{
	Civil__V1__ListCasesRequest request;
	const char *day = ctl_option(ctl, "day");
	bool known;

	civil__v1__list_cases_request__init(&request);
	request.context = session_context(ctl);
	request.office_id = arena_string(&ctl->arena, ctl->arguments[0]);
	request.own = ctl_option(ctl, "own") != NULL;
	enum ctl_exit code = read_filter(ctl, &request.filter);
	if (code == CTL_OK && day != NULL) {
		code = format_read_date(ctl, &request.day, day);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request.known_case = CIVIL__V1__LIST_CASES_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return pages_print(ctl, &request.base, "civil.v1.OfficeService/ListCases",
	                   &civil__v1__list_cases_response__descriptor,
	                   (const char *const[]){ "CASE", "OFFICE", "KIND", "STATUS", "NEWEST",
	                                          "NEXT", "OPENED", "CHANGED", "DUE", "REASON",
	                                          NULL },
	                   add_cases);
}

static void add_inconsistencies(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__ListInconsistenciesResponse *response =
	        (const Civil__V1__ListInconsistenciesResponse *)page;
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < response->n_persons; i++) {
		const Civil__V1__PersonInconsistencies *person = response->persons[i];

		for (size_t k = 0; k < person->n_inconsistencies; k++) {
			const Civil__V1__PersonInconsistency *found = person->inconsistencies[k];

			(void)table_add(table,
			                (const char *const[]){
			                        person->area, format_hex(ctl, person->person_id),
			                        format_text(ctl, "%s %s", found->document_class,
			                                    found->document_number),
			                        found->field, found->in_document,
			                        found->in_register });
		}
	}
}

static enum ctl_exit run_inconsistencies(struct ctl *ctl)
{
	Civil__V1__ListInconsistenciesRequest request;
	const char *area = ctl_option(ctl, "area");
	bool known;

	civil__v1__list_inconsistencies_request__init(&request);
	request.context = session_context(ctl);
	if ((area == NULL) == (ctl->argument_count == 0)) {
		ctl_say("name an office, or an area with --area");
		return CTL_USAGE;
	}
	if (area != NULL) {
		request.scope_case = CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__SCOPE_AREA;
		request.area = arena_string(&ctl->arena, area);
	} else {
		request.scope_case = CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__SCOPE_OFFICE_ID;
		request.office_id = arena_string(&ctl->arena, ctl->arguments[0]);
	}
	enum ctl_exit code = ask_valid(ctl, &request.valid);
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request.known_case = CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return pages_print(ctl, &request.base, "civil.v1.OfficeService/ListInconsistencies",
	                   &civil__v1__list_inconsistencies_response__descriptor,
	                   (const char *const[]){ "AREA", "PERSON", "DOCUMENT", "FIELD",
	                                          "IN DOCUMENT", "IN REGISTER", NULL },
	                   add_inconsistencies);
}

static void add_figures(struct ctl_table *table, const Civil__V1__ClassPerformance *figure)
{
	struct ctl *ctl = table->ctl;
	uint64_t mean =
	        figure->registered == 0
	                ? 0
	                : (figure->processing_days + figure->registered / 2) / figure->registered;

	(void)table_add(
	        table, (const char *const[]){
	                       format_enum(ctl, &civil__v1__event_class__descriptor,
	                                   (int)figure->event_class),
	                       format_u64(ctl, figure->registered), format_u64(ctl, figure->late),
	                       format_u64(ctl, figure->refused), format_u64(ctl, figure->withdrawn),
	                       format_u64(ctl, mean), format_u64(ctl, figure->processing_days_max),
	                       format_u64(ctl, figure->pending),
	                       format_u64(ctl, figure->pending_verifications),
	                       format_u64(ctl, figure->overdue_verifications) });
}

static enum ctl_exit run_performance(struct ctl *ctl)
{
	Civil__V1__GetPerformanceRequest request;
	const ProtobufCMessage *response;
	struct ctl_table table;
	bool known;

	civil__v1__get_performance_request__init(&request);
	request.context = session_context(ctl);
	request.office_id = arena_string(&ctl->arena, ctl->arguments[0]);
	request.own = ctl_option(ctl, "own") != NULL;
	enum ctl_exit code = format_read_date(ctl, &request.from, ctl->arguments[1]);
	if (code == CTL_OK) {
		code = format_read_date(ctl, &request.to, ctl->arguments[2]);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code == CTL_OK) {
		request.known_case = known ? CIVIL__V1__GET_PERFORMANCE_REQUEST__KNOWN_KNOWN_SIZE
		                           : CIVIL__V1__GET_PERFORMANCE_REQUEST__KNOWN__NOT_SET;
		code = session_call(ctl, &response, "civil.v1.OfficeService/GetPerformance",
		                    &request.base,
		                    &civil__v1__get_performance_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__GetPerformanceResponse *found =
	        (const Civil__V1__GetPerformanceResponse *)response;

	table_init(&table, ctl,
	           (const char *const[]){ "CLASS", "REGISTERED", "LATE", "REFUSED", "WITHDRAWN",
	                                  "DAYS", "MOST DAYS", "PENDING", "TO VERIFY", "OVERDUE",
	                                  NULL });
	for (size_t i = 0; i < found->n_classes; i++) {
		add_figures(&table, found->classes[i]);
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%s\n", ask_position(ctl, found->position));
	}
	return CTL_OK;
}

#define OWN                                                                                        \
	{                                                                                          \
		"own", NULL, "only of the office itself, not of all in its areas"                  \
	}

const struct command command_cases = {
	.name = "cases",
	.synopsis = "OFFICE",
	.summary = "list an office's cases that wait for a step",
	.text = "By office and age. A step is due some days after the one before (the law says how "
	        "many); a case in which nothing happened for a year has expired. Pages are of one "
	        "size of the ledger, so a case is neither missed nor told twice.",
	.options = { { "filter", "WHICH",
	               "open, to-declare, to-verify, to-register, overdue, expired, appealable, "
	               "ended" },
	             OWN,
	             { "day", "DAY", "for what is due, expired or appealable; today" },
	             ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl cases d-0708 --filter to-verify", "what a district must verify" },
	              { "civilctl -o csv cases c-070803 --filter appealable",
	                "refusals that can be appealed" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_cases,
};

const struct command command_inconsistencies = {
	.name = "inconsistencies",
	.synopsis = "[OFFICE]",
	.summary = "list persons of an office or area whose documents differ from the register",
	.text = "Where they live, or were born when no residence is registered. One person's "
	        "papers: civilctl consistency.",
	.options = { { "area", "CODE", "this area instead, 2 to 8 digits" }, ASK_VALID, ASK_KNOWN },
	.arguments_min = 0,
	.arguments_max = 1,
	.examples = { { "civilctl inconsistencies c-070803", "those of a commune" },
	              { "civilctl -o csv inconsistencies --area 07", "those of a province" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_inconsistencies,
};

const struct command command_performance = {
	.name = "performance",
	.synopsis = "OFFICE FROM TO",
	.summary = "show what an office did in a period, and what waits",
	.text = "By class of act, counted on the day of recording: registered, of them declared "
	        "more "
	        "than 30 days late, refused, withdrawn, mean and longest days from the first "
	        "record "
	        "of a case to its registration; then what is open now. Corrections are amendments.",
	.options = { OWN, ASK_KNOWN },
	.arguments_min = 3,
	.arguments_max = 3,
	.examples = { { "civilctl performance d-0708 2026-01-01 2026-03-31",
	                "a district's quarter" },
	              { "civilctl performance c-070803 2026-01-01 2026-12-31 --own",
	                "a commune's year" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_performance,
};
