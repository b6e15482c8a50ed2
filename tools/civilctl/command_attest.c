/* civilctl attest, match, impediments */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/claim.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/table.h"

#include "civil/v1/attestation_service.pb-c.h"

#include <stdio.h>

enum { STATEMENTS = 32 };

static enum ctl_exit print_answers(struct ctl *ctl,
                                   const Civil__V1__VerifyAttributesResponse *answer)
{
	struct ctl_table table;
	bool all = true;

	table_init(&table, ctl, (const char *const[]){ "STATEMENT", "ANSWER", NULL });
	for (size_t i = 0; i < answer->n_answers; i++) {
		all = all && answer->answers[i] == CIVIL__V1__ANSWER__ANSWER_YES;
		(void)table_add(&table, (const char *const[]){
		                                ctl->arguments[i + 1],
		                                format_enum(ctl, &civil__v1__answer__descriptor,
		                                            (int)answer->answers[i]) });
	}
	if (ctl->output == CTL_JSON) {
		enum ctl_exit code = session_print_json(&answer->base);

		return code == CTL_OK && !all ? CTL_NOT_FOUND : code;
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%s\n", ask_position(ctl, answer->position));
	}
	return all ? CTL_OK : CTL_NOT_FOUND;
}

static enum ctl_exit run_attest(struct ctl *ctl)
{
	Civil__V1__Statement statements[STATEMENTS];
	Civil__V1__Statement *asked[STATEMENTS];
	Civil__V1__VerifyAttributesRequest request;
	Civil__V1__PersonReference person;
	const ProtobufCMessage *response;
	bool known;

	civil__v1__verify_attributes_request__init(&request);
	request.context = session_context(ctl);
	request.person = &person;
	request.statements = asked;
	enum ctl_exit code = ask_reference(ctl, &person, ctl->arguments[0]);
	for (size_t i = 1; code == CTL_OK && i < ctl->argument_count; i++) {
		asked[i - 1] = &statements[i - 1];
		code = claim_read(ctl, &statements[i - 1], ctl->arguments[i]);
		request.n_statements++;
	}
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
		request.known_case = CIVIL__V1__VERIFY_ATTRIBUTES_REQUEST__KNOWN_KNOWN_SIZE;
	}
	code = session_call(ctl, &response, "civil.v1.AttestationService/VerifyAttributes",
	                    &request.base, &civil__v1__verify_attributes_response__descriptor);
	return code == CTL_OK
	               ? print_answers(ctl, (const Civil__V1__VerifyAttributesResponse *)response)
	               : code;
}

/* The options of match, by the fields of its request. */
static enum ctl_exit read_presented(struct ctl *ctl, Civil__V1__MatchAttributesRequest *request,
                                    Civil__V1__Name *name)
{
	const char *km = ctl_option(ctl, "name");
	const char *latin = ctl_option(ctl, "latin");
	const char *birth = ctl_option(ctl, "birth");
	const char *sex = ctl_option(ctl, "sex");

	civil__v1__name__init(name);
	if (km != NULL) {
		claim_name(ctl, &name->km_surname, &name->km_given, km);
		request->name = name;
	}
	if (latin != NULL) {
		claim_name(ctl, &name->latin_surname, &name->latin_given, latin);
		request->name = name;
	}
	request->nationality = claim_text(ctl, ctl_option(ctl, "nationality"));
	request->residence = claim_text(ctl, ctl_option(ctl, "residence"));
	request->personal_number = claim_text(ctl, ctl_option(ctl, "number"));
	if (sex != NULL) {
		request->sex = claim_sex_of(sex);
		if (request->sex == CIVIL__V1__SEX__SEX_UNSPECIFIED) {
			ctl_say("--sex is male, female or undetermined");
			return CTL_USAGE;
		}
	}
	return birth == NULL ? CTL_OK : claim_date(ctl, &request->birth, birth);
}

static enum ctl_exit ask_match(struct ctl *ctl, const Civil__V1__MatchAttributesResponse **out)
{
	Civil__V1__MatchAttributesRequest request;
	Civil__V1__PersonReference person;
	const ProtobufCMessage *response;
	Civil__V1__Name name;
	bool known;

	civil__v1__match_attributes_request__init(&request);
	request.context = session_context(ctl);
	request.person = &person;
	enum ctl_exit code = ask_reference(ctl, &person, ctl->arguments[0]);
	if (code == CTL_OK) {
		code = read_presented(ctl, &request, &name);
	}
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
		request.known_case = CIVIL__V1__MATCH_ATTRIBUTES_REQUEST__KNOWN_KNOWN_SIZE;
	}
	code = session_call(ctl, &response, "civil.v1.AttestationService/MatchAttributes",
	                    &request.base, &civil__v1__match_attributes_response__descriptor);
	if (code == CTL_OK) {
		*out = (const Civil__V1__MatchAttributesResponse *)response;
	}
	return code;
}

static enum ctl_exit run_match(struct ctl *ctl)
{
	const Civil__V1__MatchAttributesResponse *response;
	struct ctl_table table;
	bool same = true;
	enum ctl_exit code = ask_match(ctl, &response);

	if (code != CTL_OK) {
		return code;
	}
	table_init(&table, ctl, (const char *const[]){ "FIELD", "ANSWER", NULL });
	for (size_t i = 0; i < response->n_fields; i++) {
		const Civil__V1__FieldMatch *field = response->fields[i];

		same = same && field->answer == CIVIL__V1__MATCH_ANSWER__MATCH_ANSWER_SAME;
		(void)table_add(&table,
		                (const char *const[]){
		                        format_enum(ctl, &civil__v1__match_field__descriptor,
		                                    (int)field->field),
		                        format_enum(ctl, &civil__v1__match_answer__descriptor,
		                                    (int)field->answer) });
	}
	if (ctl->output == CTL_JSON) {
		code = session_print_json(&response->base);
	} else {
		table_print(&table, stdout);
	}
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%s\n", ask_position(ctl, response->position));
	}
	return code == CTL_OK && !same ? CTL_NOT_FOUND : code;
}

static enum ctl_exit print_impediments(struct ctl *ctl,
                                       const Civil__V1__ListImpedimentsResponse *found)
{
	struct ctl_table table;

	table_init(&table, ctl,
	           (const char *const[]){ "RULE", "REASON", "OUTCOME", "WHOSE", NULL });
	for (size_t i = 0; i < found->n_impediments; i++) {
		const Civil__V1__Impediment *impediment = found->impediments[i];

		(void)table_add(&table,
		                (const char *const[]){
		                        impediment->rule, impediment->reason,
		                        format_enum(ctl, &civil__v1__rule_outcome__descriptor,
		                                    (int)impediment->outcome),
		                        impediment->role });
	}
	if (ctl->output != CTL_TABLE) {
		table_print(&table, stdout);
	} else if (found->free) {
		(void)printf(
		        "no impediment by %s, as %s\n%s\n", found->law_version,
		        format_enum(ctl, &civil__v1__subject_role__descriptor, (int)found->role),
		        ask_position(ctl, found->position));
	} else {
		table_print(&table, stdout);
		(void)printf("\nby %s; %s\n", found->law_version,
		             ask_position(ctl, found->position));
	}
	return found->free ? CTL_OK : CTL_CONFLICT;
}

static enum ctl_exit run_impediments(struct ctl *ctl)
{
	Civil__V1__ListImpedimentsRequest request;
	Civil__V1__PersonReference persons[2];
	const char *day = ctl_option(ctl, "day");
	const ProtobufCMessage *response;
	bool known;

	civil__v1__list_impediments_request__init(&request);
	request.context = session_context(ctl);
	request.person = &persons[0];
	enum ctl_exit code = ask_reference(ctl, &persons[0], ctl->arguments[0]);
	if (code == CTL_OK && ctl->argument_count > 1) {
		request.other = &persons[1];
		code = ask_reference(ctl, &persons[1], ctl->arguments[1]);
	}
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
		request.known_case = CIVIL__V1__LIST_IMPEDIMENTS_REQUEST__KNOWN_KNOWN_SIZE;
	}
	code = session_call(ctl, &response, "civil.v1.AttestationService/ListImpediments",
	                    &request.base, &civil__v1__list_impediments_response__descriptor);
	if (code == CTL_OK && ctl->output == CTL_JSON) {
		(void)session_print_json(response);
		return ((const Civil__V1__ListImpedimentsResponse *)response)->free ? CTL_OK
		                                                                    : CTL_CONFLICT;
	}
	return code == CTL_OK ? print_impediments(
	                                ctl, (const Civil__V1__ListImpedimentsResponse *)response)
	                      : code;
}

const struct command command_attest = {
	.name = "attest",
	.synopsis = "ID|NUMBER STATEMENT...",
	.summary = "say whether statements about a person hold: yes, no or unknown",
	.text = "A statement is an attribute, a comparison and a value in one word: age>=18, "
	        "birth<1968-07-01, alive, sex=female, civil_status=married, nationality=KHM, "
	        "residence=0708 (lives in the area), number=12345678903. Comparisons: = != < <= "
	        ">= "
	        ">; age and birth have an order. Nothing else of the person is told. Exit code 3 "
	        "unless every answer is yes.",
	.options = { ASK_VALID, ASK_KNOWN },
	.arguments_min = 2,
	.arguments_max = 1 + STATEMENTS,
	.examples = { { "civilctl attest 12345678903 'age>=18' alive", "of full age, and alive?" },
	              { "civilctl attest 12345678903 civil_status=married --valid 2015-02-15",
	                "married on that day?" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_attest,
};

const struct command command_match = {
	.name = "match",
	.synopsis = "ID|NUMBER",
	.summary = "say whether what somebody presents is what is registered",
	.text = "Each option given is answered same, different or unknown; what is registered is "
	        "not told. Names are SURNAME GIVEN, or GIVEN alone. Exit code 3 unless all are the "
	        "same.",
	.options = { { "name", "NAME", "name in Khmer" },
	             { "latin", "NAME", "name in Latin letters" },
	             { "birth", "DATE", "day, month (2015-02) or year of birth" },
	             { "sex", "SEX", "male, female or undetermined" },
	             { "nationality", "CODE", "ISO 3166-1 alpha-3" },
	             { "residence", "AREA", "area code of 2 to 8 digits" },
	             { "number", "NUMBER", "personal number" },
	             ASK_VALID,
	             ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl match 12345678903 --birth 1998-04-12 --sex female",
	                "two fields" },
	              { "civilctl match 12345678903 --latin 'Udahar Sophea'", "a name" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_match,
};

const struct command command_impediments = {
	.name = "impediments",
	.synopsis = "ID|NUMBER [ID|NUMBER]",
	.summary = "list what would stand against a marriage, or certify that nothing does",
	.text = "The rules of marriage that a wedding on the day would break: death, another "
	        "marriage, age, kin (only with the other person), waiting period. Exit code 5 when "
	        "there is any.",
	.options = { { "day", "DAY", "day of the wedding; today" }, ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 2,
	.examples = { { "civilctl impediments 12345678903", "free to marry today?" },
	              { "civilctl impediments 12345678903 98765432103 --day 2026-09-29",
	                "may these two marry then?" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_CONFLICT),
	.run = run_impediments,
};
