/* civilctl act, case */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/history_table.h"

#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_PARTS = 4, PAPER_PARTS = 5, YEAR_MAX = 9999 };

/* OFFICE/REGISTER/YEAR/NUMBER */
static enum ctl_exit read_number(struct ctl *ctl, Civil__V1__RegistrationNumber *out,
                                 const char *text)
{
	char *parts[NUMBER_PARTS] = { NULL };
	char *rest = arena_string(&ctl->arena, text);
	size_t count = 0;

	while (rest != NULL && count < NUMBER_PARTS) {
		parts[count] = rest;
		count++;
		rest = strchr(rest, '/');
		if (rest != NULL) {
			*rest = '\0';
			rest++;
		}
	}
	char *year_end = NULL;
	char *number_end = NULL;
	long year = count == NUMBER_PARTS ? strtol(parts[2], &year_end, 10) : 0;
	long number = count == NUMBER_PARTS ? strtol(parts[3], &number_end, 10) : 0;

	if (rest != NULL || count != NUMBER_PARTS || *year_end != '\0' || *number_end != '\0' ||
	    year < 1 || year > 9999 || number < 1 || number > INT32_MAX) {
		ctl_say("an act is named OFFICE/REGISTER/YEAR/NUMBER, such as 070803/B/2020/7");
		return CTL_USAGE;
	}
	civil__v1__registration_number__init(out);
	out->office_id = parts[0];
	out->register_ = parts[1];
	out->year = (int32_t)year;
	out->number = (int32_t)number;
	return CTL_OK;
}

/* OFFICE/BOOK/YEAR, with /PAGE, with /ENTRY */
static enum ctl_exit read_paper(struct ctl *ctl, Civil__V1__PaperReference *out, const char *text)
{
	char *parts[PAPER_PARTS] = { NULL };
	char *rest = arena_string(&ctl->arena, text);
	char *end = NULL;
	size_t count = 0;

	for (; rest != NULL && count < PAPER_PARTS; count++) {
		parts[count] = rest;
		rest = strchr(rest, '/');
		if (rest != NULL) {
			*rest = '\0';
			rest++;
		}
	}
	long year = count >= 3 ? strtol(parts[2], &end, 10) : 0;

	if (rest != NULL || count < 3 || *end != '\0' || year < 1 || year > YEAR_MAX) {
		ctl_say("a place on paper is OFFICE/BOOK/YEAR, and may have /PAGE and /ENTRY");
		return CTL_USAGE;
	}
	civil__v1__paper_reference__init(out);
	out->office_id = parts[0];
	out->book = parts[1];
	out->year = (int32_t)year;
	out->page = count > 3 ? parts[3] : out->page;
	out->entry = count > 4 ? parts[4] : out->entry;
	return CTL_OK;
}

static void print_act_end(struct ctl *ctl, const Civil__V1__FindActResponse *act)
{
	const char *others = "";

	for (size_t i = 0; i < act->n_others; i++) {
		others = format_text(ctl, "%s %s", others, format_u64(ctl, act->others[i]));
	}
	(void)printf("\n%s%s%s%s\nThe content: civilctl -o json act %s%s\n",
	             act->n_others > 0 ? "further acts there, by index:" : "", others,
	             act->n_others > 0 ? "\n" : "", ask_position(ctl, act->position),
	             ctl_option(ctl, "paper") == NULL ? "" : "--paper ", ctl->arguments[0]);
}

static enum ctl_exit run_act(struct ctl *ctl)
{
	Civil__V1__FindActRequest request;
	Civil__V1__RegistrationNumber number;
	Civil__V1__PaperReference paper;
	Civil__V1__HistoryEntry *entries[2];
	const ProtobufCMessage *response;
	size_t count = 0;
	bool known;
	bool on_paper = ctl_option(ctl, "paper") != NULL;
	enum ctl_exit code = on_paper ? read_paper(ctl, &paper, ctl->arguments[0])
	                              : read_number(ctl, &number, ctl->arguments[0]);

	civil__v1__find_act_request__init(&request);
	request.context = session_context(ctl);
	request.registration_number = on_paper ? NULL : &number;
	request.paper_reference = on_paper ? &paper : NULL;
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code == CTL_OK) {
		request.known_case = known ? CIVIL__V1__FIND_ACT_REQUEST__KNOWN_KNOWN_SIZE
		                           : CIVIL__V1__FIND_ACT_REQUEST__KNOWN__NOT_SET;
		code = session_call(ctl, &response, "civil.v1.QueryService/FindAct", &request.base,
		                    &civil__v1__find_act_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__FindActResponse *act = (const Civil__V1__FindActResponse *)response;
	if (act->declaration != NULL) {
		entries[count++] = act->declaration;
	}
	if (act->registration != NULL) {
		entries[count++] = act->registration;
	}
	history_table_print(ctl, entries, count);
	if (ctl->output == CTL_TABLE) {
		print_act_end(ctl, act);
	}
	return CTL_OK;
}

static enum ctl_exit run_case(struct ctl *ctl)
{
	Civil__V1__GetCaseRequest request;
	const ProtobufCMessage *response;

	civil__v1__get_case_request__init(&request);
	request.context = session_context(ctl);
	enum ctl_exit code =
	        format_read_id(ctl, &request.case_id, ID_BYTES, ctl->arguments[0], "a case id");
	if (code == CTL_OK) {
		code = session_call(ctl, &response, "civil.v1.QueryService/GetCase", &request.base,
		                    &civil__v1__get_case_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__GetCaseResponse *found = (const Civil__V1__GetCaseResponse *)response;
	history_table_print(ctl, found->entries, found->n_entries);
	if (ctl->output == CTL_TABLE) {
		(void)printf(
		        "\n%s; %s\n",
		        format_enum(ctl, &civil__v1__case_status__descriptor, (int)found->status),
		        ask_position(ctl, found->position));
	}
	return CTL_OK;
}

const struct command command_act = {
	.name = "act",
	.synopsis = "OFFICE/REGISTER/YEAR/NUMBER",
	.summary = "find an act by its number in the register, or by its place on paper",
	.text = "Shows the record that registered it and the declaration whose content it "
	        "registers. With --paper the name is OFFICE/BOOK/YEAR, or with /PAGE, or with "
	        "/PAGE/ENTRY: the first act there is shown, and the indexes of the others.",
	.options = { { "paper", NULL, "find by the place in a paper register" }, ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl act 070803/B/2020/7", "birth 7 of 2020 in office 070803" },
	              { "civilctl -o json act 070803/B/2020/7", "with its content" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_act,
};

const struct command command_case = {
	.name = "case",
	.synopsis = "ID",
	.summary = "show the steps of a case",
	.text = "From the notification or declaration to the registration, refusal or withdrawal.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl case 00112233445566778899aabbccddeeff", "its steps" },
	              { "civilctl -o json case 00112233445566778899aabbccddeeff",
	                "with their content" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_case,
};
