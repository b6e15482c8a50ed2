/* civilctl kin, path, heirs */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/pages.h"
#include "tools/civilctl/table.h"

#include "civil/v1/kinship_service.pb-c.h"

#include <stdio.h>

enum { DEGREE_MAX = 16 };

static const char *degree(struct ctl *ctl, const Civil__V1__Kin *kin)
{
	return kin->up + kin->down == 0 ? ""
	                                : format_text(ctl, "%d (%d up, %d down)",
	                                              kin->up + kin->down, kin->up, kin->down);
}

static void add_kin(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__ListKinResponse *response = (const Civil__V1__ListKinResponse *)page;
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < response->n_kin; i++) {
		const Civil__V1__Kin *kin = response->kin[i];

		(void)table_add(
		        table,
		        (const char *const[]){
		                format_hex(ctl, kin->person_id),
		                format_enum(ctl, &civil__v1__kin_relation__descriptor,
		                            (int)kin->relation),
		                degree(ctl, kin),
		                kin->role == 0
		                        ? ""
		                        : format_enum(ctl, &civil__v1__subject_role__descriptor,
		                                      (int)kin->role),
		                kin->basis == 0
		                        ? ""
		                        : format_enum(ctl, &civil__v1__parent_basis__descriptor,
		                                      (int)kin->basis) });
	}
}

static enum ctl_exit run_kin(struct ctl *ctl)
{
	Civil__V1__ListKinRequest request;
	Civil__V1__PersonReference person;
	uint64_t steps;
	bool known;

	civil__v1__list_kin_request__init(&request);
	request.context = session_context(ctl);
	request.person = &person;
	enum ctl_exit code = ask_reference(ctl, &person, ctl->arguments[0]);
	if (code == CTL_OK) {
		code = ctl_option_number(ctl, "degree", &steps, 0, 0, DEGREE_MAX);
	}
	if (code == CTL_OK) {
		request.degree = (int32_t)steps;
		code = ask_valid(ctl, &request.valid);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request.known_case = CIVIL__V1__LIST_KIN_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return pages_print(
	        ctl, &request.base, "civil.v1.KinshipService/ListKin",
	        &civil__v1__list_kin_response__descriptor,
	        (const char *const[]){ "PERSON", "RELATION", "DEGREE", "PART", "BASIS", NULL },
	        add_kin);
}

static enum ctl_exit ask_path(struct ctl *ctl, Civil__V1__FindPathRequest *request)
{
	uint64_t steps;
	bool known;
	enum ctl_exit code = ctl_option_number(ctl, "degree", &steps, 0, 0, DEGREE_MAX);

	if (code == CTL_OK) {
		request->degree = (int32_t)steps;
		request->by_marriage = ctl_option(ctl, "by-marriage") != NULL;
		code = ask_valid(ctl, &request->valid);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request->known_size);
	}
	if (code == CTL_OK && known) {
		request->known_case = CIVIL__V1__FIND_PATH_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return code;
}

static enum ctl_exit run_path(struct ctl *ctl)
{
	const ProtobufCMessage *response;
	Civil__V1__FindPathRequest request;
	Civil__V1__PersonReference ends[2];
	struct ctl_table table;

	civil__v1__find_path_request__init(&request);
	request.context = session_context(ctl);
	request.from = &ends[0];
	request.to = &ends[1];
	enum ctl_exit code = ask_reference(ctl, &ends[0], ctl->arguments[0]);
	if (code == CTL_OK) {
		code = ask_reference(ctl, &ends[1], ctl->arguments[1]);
	}
	if (code == CTL_OK) {
		code = ask_path(ctl, &request);
	}
	if (code == CTL_OK) {
		code = session_call(ctl, &response, "civil.v1.KinshipService/FindPath",
		                    &request.base, &civil__v1__find_path_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__FindPathResponse *path = (const Civil__V1__FindPathResponse *)response;

	table_init(&table, ctl, (const char *const[]){ "EDGE", "PERSON", NULL });
	for (size_t i = 0; i < path->n_steps; i++) {
		(void)table_add(&table,
		                (const char *const[]){
		                        i == 0 ? "from"
		                               : format_enum(ctl, &civil__v1__path_edge__descriptor,
		                                             (int)path->steps[i]->edge),
		                        format_hex(ctl, path->steps[i]->person_id) });
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%s%s\n", path->n_steps == 0 ? "no such path; " : "",
		             ask_position(ctl, path->position));
	}
	return path->n_steps == 0 ? CTL_NOT_FOUND : CTL_OK;
}

static void add_heir(struct ctl_table *table, const Civil__V1__Heir *heir)
{
	struct ctl *ctl = table->ctl;

	(void)table_add(
	        table,
	        (const char *const[]){
	                format_hex(ctl, heir->person_id),
	                format_enum(ctl, &civil__v1__heir_order__descriptor, (int)heir->order),
	                heir->called ? "yes" : "no",
	                format_enum(ctl, &civil__v1__answer__descriptor, (int)heir->survived),
	                format_hex(ctl, heir->represents) });
}

static enum ctl_exit run_heirs(struct ctl *ctl)
{
	const ProtobufCMessage *response;
	Civil__V1__ListHeirsRequest request;
	Civil__V1__PersonReference deceased;
	struct ctl_table table;
	bool known;

	civil__v1__list_heirs_request__init(&request);
	request.context = session_context(ctl);
	request.deceased = &deceased;
	enum ctl_exit code = ask_reference(ctl, &deceased, ctl->arguments[0]);
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code == CTL_OK) {
		request.known_case = known ? CIVIL__V1__LIST_HEIRS_REQUEST__KNOWN_KNOWN_SIZE
		                           : CIVIL__V1__LIST_HEIRS_REQUEST__KNOWN__NOT_SET;
		code = session_call(ctl, &response, "civil.v1.KinshipService/ListHeirs",
		                    &request.base, &civil__v1__list_heirs_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__ListHeirsResponse *heirs = (const Civil__V1__ListHeirsResponse *)response;

	table_init(&table, ctl,
	           (const char *const[]){ "PERSON", "ORDER", "CALLED", "SURVIVED",
	                                  "IN THE PLACE OF", NULL });
	for (size_t i = 0; i < heirs->n_heirs; i++) {
		add_heir(&table, heirs->heirs[i]);
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\ndeath: %s; %s\n", format_partial(ctl, heirs->date_of_death),
		             ask_position(ctl, heirs->position));
	}
	return CTL_OK;
}

const struct command command_kin = {
	.name = "kin",
	.synopsis = "ID|NUMBER",
	.summary = "list the spouse and the kin of a person up to a degree",
	.text = "Degrees as in civil law: steps up to the common ancestor and down again; a parent "
	        "is 1, a sister 2, an uncle 3. All pages are of one size of the ledger.",
	.options = { { "degree", "N", "highest degree, 1 to 8; 2" }, ASK_VALID, ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl kin 12345678903", "parents, children, siblings, grandparents" },
	              { "civilctl -o csv kin 12345678903 --degree 4",
	                "cousins too, for a spreadsheet" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_kin,
};

const struct command command_path = {
	.name = "path",
	.synopsis = "ID|NUMBER ID|NUMBER",
	.summary = "show how two persons are kin",
	.text = "The shortest way up to a common ancestor and down again. Exit code 3 when there "
	        "is none up to that degree.",
	.options = { { "degree", "N", "longest way, 1 to 16; 8" },
	             { "by-marriage", NULL, "a marriage in force at one end may be a step" },
	             ASK_VALID,
	             ASK_KNOWN },
	.arguments_min = 2,
	.arguments_max = 2,
	.examples = { { "civilctl path 12345678903 98765432103", "are they kin by blood?" },
	              { "civilctl path 12345678903 98765432103 --by-marriage", "or in-laws?" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_path,
};

const struct command command_heirs = {
	.name = "heirs",
	.synopsis = "ID|NUMBER",
	.summary = "list whom the law may call to the estate of a dead person",
	.text = "Descendants, ascendants, siblings and the spouse, with those who come in the "
	        "place "
	        "of one who did not survive. No shares: a court divides.",
	.options = { ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl heirs 12345678903", "who may inherit" },
	              { "civilctl -o json heirs 12345678903", "for another program" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_heirs,
};
