/* civilctl event new */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/seal.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/template.h"

#include <stdio.h>

enum { WORD_MAX = 64 };

/* Steps as typed, and the content that frames them; 0: the kind's own. */
static const struct {
	const char *name;
	Civil__V1__EventStep step;
	Civil__V1__Content__KindCase content_case;
} steps[] = {
	{ "notified", CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED,
	  CIVIL__V1__CONTENT__KIND_NOTIFICATION },
	{ "declared", CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED,
	  CIVIL__V1__CONTENT__KIND__NOT_SET },
	{ "verified", CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED,
	  CIVIL__V1__CONTENT__KIND_VERIFICATION },
	{ "registered", CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED,
	  CIVIL__V1__CONTENT__KIND_REGISTRATION },
	{ "refused", CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED, CIVIL__V1__CONTENT__KIND_REFUSAL },
	{ "withdrawn", CIVIL__V1__EVENT_STEP__EVENT_STEP_WITHDRAWN,
	  CIVIL__V1__CONTENT__KIND_WITHDRAWAL },
};
enum { STEPS = sizeof(steps) / sizeof(steps[0]), STEP_DECLARED = 1, STEP_REGISTERED = 3 };

static bool has_steps(const struct kind *kind)
{
	return kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED;
}

static enum ctl_exit find_kind(const struct kind **kind, const char *name)
{
	*kind = kind_of_name(name);
	if (*kind != NULL) {
		return CTL_OK;
	}
	ctl_say("%s is no kind of act; the kinds are:", name);
	for (int id = 0; id < KINDS; id++) {
		(void)fprintf(stderr, "  %s\n", kind_of_id((enum kind_id)id)->name);
	}
	return CTL_USAGE;
}

static enum ctl_exit find_step(size_t *step, const struct ctl *ctl, const struct kind *kind)
{
	const char *name = ctl_option(ctl, "step");

	*step = has_steps(kind) ? STEP_DECLARED : STEP_REGISTERED;
	if (name == NULL) {
		return CTL_OK;
	}
	for (*step = 0; *step < STEPS; (*step)++) {
		if (strcmp(steps[*step].name, name) == 0 &&
		    (has_steps(kind) || *step == STEP_REGISTERED)) {
			return CTL_OK;
		}
	}
	ctl_say("%s is no step of %s", name, kind->name);
	return CTL_USAGE;
}

/* "mother=0011..", "child=new" */
static enum ctl_exit read_subject(struct ctl *ctl, Civil__V1__Subject *out, const char *text,
                                  uint32_t *ordinal)
{
	const char *equals = strchr(text, '=');
	char name[WORD_MAX];

	civil__v1__subject__init(out);
	for (int role = 1; equals != NULL; role++) {
		const ProtobufCEnumValue *known = protobuf_c_enum_descriptor_get_value(
		        &civil__v1__subject_role__descriptor, role);

		if (known == NULL) {
			break;
		}
		(void)snprintf(name, sizeof(name), "%s",
		               format_enum(ctl, &civil__v1__subject_role__descriptor, role));
		for (char *c = name; *c != '\0'; c++) {
			*c = *c == ' ' ? '_' : *c;
		}
		if (strlen(name) != (size_t)(equals - text) ||
		    strncmp(name, text, strlen(name)) != 0) {
			continue;
		}
		out->role = (Civil__V1__SubjectRole)role;
		if (strcmp(equals + 1, "new") == 0) {
			(*ordinal)++;
			out->ordinal = *ordinal;
			return CTL_OK;
		}
		return format_read_id(ctl, &out->person_id, ID_BYTES, equals + 1, "a person id");
	}
	ctl_say("a subject is ROLE=ID or ROLE=new, such as mother=00112233445566778899aabbccddeeff "
	        "or child=new; %s is not",
	        text);
	return CTL_USAGE;
}

static enum ctl_exit add_subjects(struct ctl *ctl, Civil__V1__EventHeader *header)
{
	const char *texts[SUBJECTS_MAX];
	uint32_t ordinal = 0;
	size_t count = ctl_option_all(ctl, "subject", texts, SUBJECTS_MAX);
	enum ctl_exit code = CTL_OK;

	header->subjects = arena_array(&ctl->arena, count, sizeof(*header->subjects));
	for (size_t i = 0; code == CTL_OK && header->subjects != NULL && i < count; i++) {
		Civil__V1__Subject *subject = arena_alloc(&ctl->arena, sizeof(*subject));

		if (subject == NULL) {
			return ctl_fail(STATUS_NO_MEMORY, "event new", NULL);
		}
		code = read_subject(ctl, subject, texts[i], &ordinal);
		header->subjects[i] = subject;
		header->n_subjects++;
	}
	return code;
}

/* The ledger's id comes from --ledger or from the node. */
static enum ctl_exit fill_header(struct ctl *ctl, Civil__V1__EventHeader *header)
{
	const char *ledger = ctl_option(ctl, "ledger");
	const char *case_id = ctl_option(ctl, "case");
	const char *office = ctl_option(ctl, "office");
	enum ctl_exit code = CTL_OK;

	if (ledger != NULL) {
		code = format_read_id(ctl, &header->ledger_id, ID_BYTES, ledger, "a ledger id");
	} else {
		const Civil__V1__GetStatusResponse *status;

		code = session_status(ctl, &status);
		if (code == CTL_OK) {
			header->ledger_id = status->ledger_id;
		}
	}
	if (code == CTL_OK && case_id != NULL) {
		code = format_read_id(ctl, &header->case_id, ID_BYTES, case_id, "a case id");
	} else if (code == CTL_OK) {
		header->case_id = seal_random(ctl, ID_BYTES);
	}
	header->request_id = seal_random(ctl, ID_BYTES);
	header->office_id = arena_string(&ctl->arena, office == NULL ? "office-id" : office);
	return code == CTL_OK ? add_subjects(ctl, header) : code;
}

static enum ctl_exit run(struct ctl *ctl)
{
	Civil__V1__EventDraft draft;
	Civil__V1__EventHeader header;
	const struct kind *kind;
	size_t step;
	enum ctl_exit code = find_kind(&kind, ctl->arguments[0]);

	if (code == CTL_OK) {
		code = find_step(&step, ctl, kind);
	}
	if (code != CTL_OK) {
		return code;
	}
	civil__v1__event_draft__init(&draft);
	civil__v1__event_header__init(&header);
	header.event_class = kind->event_class;
	header.step = steps[step].step;
	bool own = !has_steps(kind) || step == STEP_DECLARED;
	draft.header = &header;
	draft.content = template_content(ctl, own ? kind->content_case : steps[step].content_case,
	                                 ctl_option(ctl, "full") != NULL);
	if (draft.content == NULL) {
		return ctl_fail(STATUS_NO_MEMORY, "event new", NULL);
	}
	code = fill_header(ctl, &header);
	return code == CTL_OK ? session_print_json(&draft.base) : code;
}

const struct command command_event_new = {
	.name = "event new",
	.synopsis = "KIND",
	.summary = "print a draft of an event to fill in",
	.text = "KIND is birth, death, marriage, office_opened and so on; a word that is none "
	        "lists "
	        "them all. The draft has every mandatory field; zeros stand for ids that must be "
	        "put in. An id may be written \"hex:...\" in the file. The ledger's id is asked of "
	        "the node unless it is given.",
	.options = { { "step", "STEP",
	               "notified, declared, verified, registered, refused or "
	               "withdrawn; declared, or registered for acts without steps" },
	             { "office", "ID", "office on whose behalf it will be signed" },
	             { "subject", "ROLE=ID", "person named, or ROLE=new; may come several times" },
	             { "case", "ID", "case that it belongs to; a new one" },
	             { "ledger", "ID", "id of the ledger, so that no node is asked" },
	             { "full", NULL, "optional fields too" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl event new birth --office 070803 --subject child=new > birth.json",
	                "declare a birth" },
	              { "civilctl event new office_opened --office nat-registry > office.json",
	                "open an office" } },
	.exits = CTL_SERVER_EXITS,
	.run = run,
};
