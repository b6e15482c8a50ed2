/* civilctl residents, book */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/pages.h"
#include "tools/civilctl/table.h"

#include "civil/v1/household_service.pb-c.h"

static const char *const columns[] = { "PERSON",   "NAME", "LATIN", "BORN", "PART",
	                               "RELATION", "FROM", "UNTIL", NULL };

static void add_members(struct ctl_table *table, Civil__V1__HouseholdMember *const members[],
                        size_t count)
{
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < count; i++) {
		const Civil__V1__HouseholdMember *member = members[i];

		(void)table_add(
		        table,
		        (const char *const[]){
		                format_hex(ctl, member->person_id),
		                member->name == NULL ? "" : format_khmer(ctl, member->name),
		                member->name == NULL ? "" : format_latin(ctl, member->name),
		                format_partial(ctl, member->birth),
		                format_enum(ctl, &civil__v1__household_part__descriptor,
		                            (int)member->part),
		                member->relation, format_partial(ctl, member->from),
		                member->leaving ? "leaving" : format_partial(ctl, member->to) });
	}
}

static void add_residents(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__ListResidentsResponse *response =
	        (const Civil__V1__ListResidentsResponse *)page;

	add_members(table, response->members, response->n_members);
}

static void add_book(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__ListBookMembersResponse *response =
	        (const Civil__V1__ListBookMembersResponse *)page;

	add_members(table, response->members, response->n_members);
}

static enum ctl_exit run_residents(struct ctl *ctl)
{
	Civil__V1__ListResidentsRequest request;
	bool known;

	civil__v1__list_residents_request__init(&request);
	request.context = session_context(ctl);
	request.former = ctl_option(ctl, "former") != NULL;
	enum ctl_exit code =
	        format_read_id(ctl, &request.unit, ID_BYTES, ctl->arguments[0], "a unit id");
	if (code == CTL_OK) {
		code = ask_valid(ctl, &request.valid);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request.known_case = CIVIL__V1__LIST_RESIDENTS_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return pages_print(ctl, &request.base, "civil.v1.HouseholdService/ListResidents",
	                   &civil__v1__list_residents_response__descriptor, columns, add_residents);
}

static enum ctl_exit run_book(struct ctl *ctl)
{
	Civil__V1__ListBookMembersRequest request;
	bool known;

	civil__v1__list_book_members_request__init(&request);
	request.context = session_context(ctl);
	request.former = ctl_option(ctl, "former") != NULL;
	request.book_number = arena_string(&ctl->arena, ctl->arguments[0]);
	if (request.book_number == NULL) {
		return ctl_fail(STATUS_NO_MEMORY, ctl->arguments[0], NULL);
	}
	enum ctl_exit code = ask_valid(ctl, &request.valid);
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request.known_case = CIVIL__V1__LIST_BOOK_MEMBERS_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return pages_print(ctl, &request.base, "civil.v1.HouseholdService/ListBookMembers",
	                   &civil__v1__list_book_members_response__descriptor, columns, add_book);
}

#define OPTION_FORMER                                                                              \
	{                                                                                          \
		"former", NULL, "those who have left, too"                                         \
	}

const struct command command_residents = {
	.name = "residents",
	.synopsis = "UNIT",
	.summary = "list who lives or stays in a dwelling",
	.text = "UNIT is the id of the residence unit, as its opening gave it. Whose address is "
	        "protected is not listed.",
	.options = { OPTION_FORMER, ASK_VALID, ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl residents 3f0c9e5a7b1d48c2a6e4f09b8d7c6a51", "who lives there" },
	              { "civilctl residents 3f0c9e5a7b1d48c2a6e4f09b8d7c6a51 --former "
	                "--valid 2020-01-01",
	                "who had moved in and out by 2020" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_residents,
};

const struct command command_book = {
	.name = "book",
	.synopsis = "NUMBER",
	.summary = "list the head and the members of a family book",
	.text = "Whose address is protected is not listed.",
	.options = { OPTION_FORMER, ASK_VALID, ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl book FB-000123", "who is in it today" },
	              { "civilctl -o csv book FB-000123 --former", "and who has left, for a "
	                                                           "spreadsheet" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_book,
};
