/* civilctl search */
#include "civil/v1/query_service.pb-c.h"
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

#include <stdio.h>

/* "DAY" or "DAY..DAY", either side of which may be missing. */
static enum ctl_exit read_born(struct ctl *ctl, Civil__V1__SearchPersonRequest *request)
{
	const char *text = ctl_option(ctl, "born");
	const char *dots = text == NULL ? NULL : strstr(text, "..");
	enum ctl_exit code = CTL_OK;

	if (text == NULL) {
		return CTL_OK;
	}
	const char *from = dots == NULL ? text : format_text(ctl, "%.*s", (int)(dots - text), text);
	const char *to = dots == NULL ? text : dots + 2;

	if (from[0] != '\0') {
		code = format_read_date(ctl, &request->born_from, from);
	}
	if (code == CTL_OK && to[0] != '\0') {
		code = format_read_date(ctl, &request->born_to, to);
	}
	return code;
}

static char *option_or_empty(struct ctl *ctl, const char *name)
{
	const char *text = ctl_option(ctl, name);

	return arena_string(&ctl->arena, text == NULL ? "" : text);
}

static enum ctl_exit read_sex(struct ctl *ctl, Civil__V1__Sex *out)
{
	const char *text = ctl_option(ctl, "sex");

	if (text == NULL) {
		return CTL_OK;
	}
	if (strcmp(text, "female") != 0 && strcmp(text, "male") != 0) {
		ctl_say("search: --sex is female or male");
		return CTL_USAGE;
	}
	*out = strcmp(text, "female") == 0 ? CIVIL__V1__SEX__SEX_FEMALE : CIVIL__V1__SEX__SEX_MALE;
	return CTL_OK;
}

static enum ctl_exit make_request(struct ctl *ctl, Civil__V1__SearchPersonRequest *request)
{
	bool known;

	civil__v1__search_person_request__init(request);
	request->context = session_context(ctl);
	request->given = arena_string(&ctl->arena, ctl->arguments[0]);
	if (ctl->argument_count > 1) {
		request->surname = arena_string(&ctl->arena, ctl->arguments[1]);
	}
	request->mother_given = option_or_empty(ctl, "mother");
	request->birth_area = option_or_empty(ctl, "area");
	enum ctl_exit code = read_born(ctl, request);
	if (code == CTL_OK) {
		code = read_sex(ctl, &request->sex);
	}
	if (code == CTL_OK) {
		code = ask_valid(ctl, &request->valid);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request->known_size);
	}
	if (code == CTL_OK && known) {
		request->known_case = CIVIL__V1__SEARCH_PERSON_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return code;
}

static void add_hit(struct ctl_table *table, const Civil__V1__SearchHit *hit)
{
	struct ctl *ctl = table->ctl;
	const char *fits = "";

	for (size_t i = 0; i < hit->n_fits; i++) {
		fits = format_text(ctl, "%s%s%s", fits, i == 0 ? "" : " ", hit->fits[i]);
	}
	(void)table_add(
	        table,
	        (const char *const[]){
	                format_hex(ctl, hit->person_id), format_khmer(ctl, hit->name),
	                format_latin(ctl, hit->name),
	                format_enum(ctl, &civil__v1__name_sort__descriptor, (int)hit->found_sort),
	                format_enum(ctl, &civil__v1__sex__descriptor, (int)hit->sex),
	                hit->birth == NULL ? "" : format_partial(ctl, hit->birth),
	                hit->birth_place == NULL ? ""
	                                         : ask_place(ctl, hit->birth_place->code,
	                                                     hit->birth_place->gazetteer, NULL, 0),
	                fits });
}

static enum ctl_exit run_search(struct ctl *ctl)
{
	Civil__V1__SearchPersonRequest request;
	const ProtobufCMessage *response;
	struct ctl_table table;
	enum ctl_exit code = make_request(ctl, &request);

	if (code == CTL_OK) {
		code = session_call(ctl, &response, "civil.v1.QueryService/SearchPerson",
		                    &request.base, &civil__v1__search_person_response__descriptor);
	}
	if (code != CTL_OK) {
		return code;
	}
	const Civil__V1__SearchPersonResponse *found =
	        (const Civil__V1__SearchPersonResponse *)response;
	if (ctl->output == CTL_JSON) {
		return session_print_json(response);
	}
	if (found->refine) {
		ctl_say("search: too many fit; say more: --born, --sex, --mother, --area, a "
		        "surname");
		return CTL_CONFLICT;
	}
	table_init(&table, ctl,
	           (const char *const[]){ "PERSON", "NAME", "LATIN", "FOUND AS", "SEX", "BORN",
	                                  "PLACE", "FITS", NULL });
	for (size_t i = 0; i < found->n_hits; i++) {
		add_hit(&table, found->hits[i]);
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%s\n", ask_position(ctl, found->position));
	}
	return CTL_OK;
}

const struct command command_search = {
	.name = "search",
	.synopsis = "GIVEN [SURNAME]",
	.summary = "find persons by a name they have or had",
	.text = "In Khmer or Latin, as registered; case, spaces, hyphens and apostrophes do not "
	        "matter. What else is said must fit, or not be known. When more than 50 fit nobody "
	        "is told: say more.",
	.options = { { "born", "DAY[..DAY]", "on that day, or between two; either may be missing" },
	             { "sex", "SEX", "female or male" },
	             { "mother", "GIVEN", "the mother's given name" },
	             { "area", "CODE", "born there, code of 2 to 8 digits" },
	             ASK_VALID,
	             ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 2,
	.examples = { { "civilctl search Dara --born 1970-01-01..1979-12-31", "of the seventies" },
	              { "civilctl -o csv search Dara Example --sex female", "as a file" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_CONFLICT),
	.run = run_search,
};
