/* civilctl person */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/person_table.h"

#include <stdio.h>

static enum ctl_exit ask(struct ctl *ctl, const Civil__V1__GetPersonResponse **out)
{
	Civil__V1__GetPersonRequest request;
	struct ask_person person;
	const ProtobufCMessage *response;
	bool known;

	civil__v1__get_person_request__init(&request);
	request.context = session_context(ctl);
	enum ctl_exit code = ask_person(ctl, &person, ctl->arguments[0]);
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
		request.known_case = CIVIL__V1__GET_PERSON_REQUEST__KNOWN_KNOWN_SIZE;
	}
	if (person.by_id) {
		request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_PERSON_ID;
		request.person_id = person.id;
	} else {
		request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_NUMBER;
		request.number = person.number;
	}
	code = session_call(ctl, &response, "civil.v1.QueryService/GetPerson", &request.base,
	                    &civil__v1__get_person_response__descriptor);
	if (code == CTL_OK) {
		*out = (const Civil__V1__GetPersonResponse *)response;
	}
	return code;
}

static enum ctl_exit run(struct ctl *ctl)
{
	const Civil__V1__GetPersonResponse *response;
	enum ctl_exit code = ask(ctl, &response);

	if (code != CTL_OK) {
		return code;
	}
	if (ctl->output == CTL_JSON) {
		return session_print_json(&response->base);
	}
	if (response->state == NULL) {
		ctl_say("the node answered without a person");
		return CTL_ERROR;
	}
	person_table_print(ctl, response);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\nvalid on %s; %s\nstate %s\n", format_day(ctl, response->valid),
		             ask_position(ctl, response->position),
		             format_hex(ctl, response->state_hash));
	}
	return CTL_OK;
}

const struct command command_person = {
	.name = "person",
	.synopsis = "ID|NUMBER",
	.summary = "show who a person is, on any day, as known at any time",
	.text = "Names, birth, parents, civil status, marriages, residence and documents, each "
	        "with "
	        "the day since when it holds and the record that says so.",
	.options = { ASK_VALID, ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl person 12345678903", "by personal number, today" },
	              { "civilctl person 00112233445566778899aabbccddeeff --valid 2020-05-01 "
	                "--known 5000",
	                "on a day, as known then" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run,
};
