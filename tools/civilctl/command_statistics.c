/* civilctl statistics */
#include "ledger/base/base64.h"
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/table.h"

#include "civil/v1/statistics_service.pb-c.h"

#include <stdio.h>
#include <stdlib.h>

enum { YEAR_DIGITS = 4, COLUMNS = 8 };

/* The words of arguments and options, in the order of their enums. */
static const char *const kinds[] = {
	"", "births", "deaths", "marriages", "divorces", "foetal-deaths",
};
static const char *const bases[] = { "", "occurrence", "registration" };
static const char *const levels[] = { "nation", "province", "district", "commune" };

static enum ctl_exit choose(int *out, const char *what, const char *text, const char *const words[],
                            int count)
{
	for (int i = 0; i < count; i++) {
		if (words[i][0] != '\0' && strcmp(words[i], text) == 0) {
			*out = i;
			return CTL_OK;
		}
	}
	ctl_say("%s is no %s", text, what);
	return CTL_USAGE;
}

/* "2026" or "2026-03" */
static enum ctl_exit read_month(Civil__V1__YearMonth *out, const char *text)
{
	char *end;
	long year = strtol(text, &end, 10);
	long month = 0;

	if (end - text == YEAR_DIGITS && *end == '-' && end[1] != '\0') {
		month = strtol(end + 1, &end, 10);
	}
	if (*text < '0' || *text > '9' || *end != '\0' || year > 9999 || month < 0 || month > 12) {
		ctl_say("%s is no year or month such as 2026 or 2026-03", text);
		return CTL_USAGE;
	}
	civil__v1__year_month__init(out);
	out->year = (int32_t)year;
	out->month = (int32_t)month;
	return CTL_OK;
}

/* What the cells are told by. */
static enum ctl_exit read_dimensions(struct ctl *ctl, Civil__V1__CountActsRequest *request)
{
	const char *names[COLUMNS];
	size_t count = ctl_option_all(ctl, "by", names, COLUMNS);

	for (size_t i = 0; i < count; i++) {
		request->by_month = request->by_month || strcmp(names[i], "month") == 0;
		request->by_sex = request->by_sex || strcmp(names[i], "sex") == 0;
		request->by_age = request->by_age || strcmp(names[i], "age") == 0;
		request->by_delay = request->by_delay || strcmp(names[i], "delay") == 0;
		if (strcmp(names[i], "month") != 0 && strcmp(names[i], "sex") != 0 &&
		    strcmp(names[i], "age") != 0 && strcmp(names[i], "delay") != 0) {
			ctl_say("--by is month, sex, age or delay");
			return CTL_USAGE;
		}
	}
	return CTL_OK;
}

static enum ctl_exit read_options(struct ctl *ctl, Civil__V1__CountActsRequest *request)
{
	const char *basis = ctl_option(ctl, "basis");
	const char *level = ctl_option(ctl, "level");
	const char *area = ctl_option(ctl, "area");
	int chosen = 1;
	bool known;
	enum ctl_exit code = basis == NULL ? CTL_OK : choose(&chosen, "basis", basis, bases, 3);

	request->basis = (Civil__V1__StatisticBasis)chosen;
	chosen = 0;
	if (code == CTL_OK && level != NULL) {
		code = choose(&chosen, "level of places", level, levels, 4);
	}
	request->level = (Civil__V1__PlaceLevel)chosen;
	if (area != NULL) {
		request->area = arena_string(&ctl->arena, area);
	}
	request->exact = ctl_option(ctl, "exact") != NULL;
	if (code == CTL_OK) {
		code = read_dimensions(ctl, request);
	}
	if (code == CTL_OK) {
		code = ctl_option_number(ctl, "expected", &request->expected, 0, 0, INT64_MAX);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request->known_size);
	}
	if (code == CTL_OK && known) {
		request->known_case = CIVIL__V1__COUNT_ACTS_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return code;
}

static const char *age_text(struct ctl *ctl, int32_t from)
{
	static const int32_t last = 85;

	if (from < 0) {
		return "unknown";
	}
	if (from == 0 || from == last) {
		return from == 0 ? "0" : "85+";
	}
	return format_text(ctl, "%d-%d", from, from == 1 ? 4 : from + 4);
}

static const char *delay_text(Civil__V1__RegistrationDelay delay)
{
	static const char *const texts[] = { "", "0-30 d", "31-365 d", "1-5 y", ">5 y" };

	return (size_t)delay < sizeof(texts) / sizeof(texts[0]) ? texts[delay] : "";
}

static void add_cell(struct ctl_table *table, const Civil__V1__CountActsRequest *request,
                     const Civil__V1__StatisticCell *cell)
{
	struct ctl *ctl = table->ctl;
	const char *month = !request->by_month ? ""
	                    : cell->period->month == 0
	                            ? "unknown"
	                            : format_u64(ctl, (uint64_t)cell->period->month);

	(void)table_add(
	        table,
	        (const char *const[]){
	                cell->area, format_u64(ctl, (uint64_t)cell->period->year), month,
	                request->by_sex
	                        ? format_enum(ctl, &civil__v1__sex__descriptor, (int)cell->sex)
	                        : "",
	                request->by_age ? age_text(ctl, cell->age_from) : "",
	                delay_text(cell->delay),
	                cell->suppressed ? "<5" : format_u64(ctl, cell->count),
	                cell->suppressed ? ""
	                                 : format_text(ctl, "%lld", (long long)cell->revision) });
}

/* What a checkpoint says of the position, so that the figures can be held against the log. */
static enum ctl_exit print_checkpoint(struct ctl *ctl, const Civil__V1__CountActsResponse *counts)
{
	const Civil__V1__GetStatusResponse *node;
	struct buf root;
	enum ctl_exit code = session_status(ctl, &node);

	if (code != CTL_OK) {
		return code;
	}
	buf_init(&root, BASE64_LENGTH(HASH_BYTES));
	base64_encode(&root, bytes_of(counts->root.data, counts->root.len));
	(void)printf("# ledger %s\n# size %llu\n# root %.*s\n", format_hex(ctl, node->ledger_id),
	             (unsigned long long)counts->position->known, (int)root.size,
	             (const char *)root.data);
	buf_fini(&root);
	return CTL_OK;
}

static void print_totals(struct ctl *ctl, const Civil__V1__CountActsRequest *request,
                         const Civil__V1__CountActsResponse *counts)
{
	(void)printf("\n%llu in all cells told, %llu cells not told; %d of 1000 declared within 30 "
	             "days",
	             (unsigned long long)counts->total, (unsigned long long)counts->suppressed,
	             counts->timely_permille);
	if (request->expected > 0) {
		(void)printf("; %d of 1000 expected", counts->completeness_permille);
	}
	(void)printf("%s\n%s\n", counts->truncated ? "; NOT ALL CELLS: ask for fewer" : "",
	             ask_position(ctl, counts->position));
}

static enum ctl_exit run(struct ctl *ctl)
{
	Civil__V1__CountActsRequest request;
	Civil__V1__YearMonth months[2];
	const ProtobufCMessage *response;
	struct ctl_table table;
	int kind = 0;

	civil__v1__count_acts_request__init(&request);
	request.context = session_context(ctl);
	request.from = &months[0];
	request.to = &months[1];
	enum ctl_exit code = choose(&kind, "kind of act", ctl->arguments[0], kinds, 6);
	request.kind = (Civil__V1__StatisticKind)kind;
	for (size_t i = 0; code == CTL_OK && i < 2; i++) {
		code = read_month(&months[i],
		                  ctl->arguments[ctl->argument_count > 1 + i ? 1 + i : 1]);
	}
	if (code == CTL_OK) {
		code = read_options(ctl, &request);
	}
	if (code == CTL_OK) {
		code = session_call(ctl, &response, "civil.v1.StatisticsService/CountActs",
		                    &request.base, &civil__v1__count_acts_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__CountActsResponse *counts = (const Civil__V1__CountActsResponse *)response;

	table_init(&table, ctl,
	           (const char *const[]){ "AREA", "YEAR", "MONTH", "SEX", "AGE", "DELAY", "COUNT",
	                                  "REVISION", NULL });
	for (size_t i = 0; i < counts->n_cells; i++) {
		add_cell(&table, &request, counts->cells[i]);
	}
	if (ctl->output == CTL_CSV) {
		code = print_checkpoint(ctl, counts);
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		print_totals(ctl, &request, counts);
	}
	return code;
}

const struct command command_statistics = {
	.name = "statistics",
	.synopsis = "KIND FROM [TO]",
	.summary = "count births, deaths, marriages or divorces of a period",
	.text = "KIND is births, deaths, marriages, divorces or foetal-deaths; FROM and TO are "
	        "years "
	        "or months (2026, 2026-03). Cells of fewer than 5 are not told unless the caller "
	        "may "
	        "ask for --exact. CSV begins with the size and root of the ledger that was "
	        "counted: "
	        "with --known the same bytes come again, on any node, for ever.",
	.options = { { "basis", "DAY", "occurrence or registration; occurrence" },
	             { "area", "CODE", "only this area, 2 to 6 digits" },
	             { "level", "PLACES", "nation, province, district or commune; nation" },
	             { "by", "WHAT", "month, sex, age or delay; may be given again" },
	             { "exact", NULL, "cells below 5 too" },
	             { "expected", "N", "acts that a census expects, for completeness" },
	             ASK_KNOWN },
	.arguments_min = 2,
	.arguments_max = 3,
	.examples = { { "civilctl statistics births 2026 --level province --by delay",
	                "how late births are registered" },
	              { "civilctl -o csv statistics deaths 2026-01 2026-06 --by sex --by age",
	                "half a year, for a spreadsheet" } },
	.exits = CTL_SERVER_EXITS,
	.run = run,
};
