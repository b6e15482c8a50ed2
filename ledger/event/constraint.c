#include "ledger/event/constraint.h"

#include "ledger/base/assert.h"
#include "ledger/event/constraint_table.h"
#include "ledger/event/message.h"

#include <stdarg.h>
#include <stdio.h>

enum { VIOLATION_TEXT_MAX = 160 };

void constraint_report(struct checking *checking, const struct position *position,
                       const char *field, enum rule_id rule, const char *format, ...)
{
	char path[DETAIL_PATH_MAX];
	char text[VIOLATION_TEXT_MAX];
	va_list arguments;

	if (checking->arena == NULL || checking->failed ||
	    checking->violation_count == CONSTRAINT_VIOLATIONS_MAX) {
		return;
	}
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);

	position_print(path, position, field);
	struct constraint_violation violation = {
		.rule = rule,
		.path = arena_string(checking->arena, path),
		.text = arena_string(checking->arena, text),
	};
	if (checking->violations == NULL) {
		checking->violations = arena_array(checking->arena, CONSTRAINT_VIOLATIONS_MAX,
		                                   sizeof(*checking->violations));
	}
	if (violation.path == NULL || violation.text == NULL || checking->violations == NULL) {
		checking->failed = true;
		return;
	}
	checking->violations[checking->violation_count++] = violation;
}

static void check_message(struct checking *checking, const struct position *position,
                          const struct table *table, const ProtobufCMessage *message);

/* A field's own frame, then its value: a message is walked, anything else judged by its form. */
static void check_element(struct checking *checking, const struct position *position,
                          const struct field_row *row, const ProtobufCMessage *message,
                          const ProtobufCFieldDescriptor *field, size_t i)
{
	const struct position here = position_of_element(position, field, i);

	if (row->form == FORM_MESSAGE) {
		check_message(checking, &here, row->table, message_message(message, field, i));
	} else {
		constraint_check_value(checking, &here, row, message, field, i);
	}
}

static void check_field(struct checking *checking, const struct position *position,
                        const struct field_row *row, const ProtobufCMessage *message,
                        const ProtobufCFieldDescriptor *field)
{
	const size_t count = message_count(message, field);

	if (count == 0 && row->needed) {
		constraint_report(checking, position, row->field, RULE_S07, "is missing");
	} else if (field->label == PROTOBUF_C_LABEL_REPEATED && row->form == FORM_MESSAGE &&
	           count < (size_t)row->minimum) {
		constraint_report(checking, position, row->field, RULE_S07,
		                  "must have at least %lld elements", (long long)row->minimum);
	}
	for (size_t i = 0; i < count; i++) {
		check_element(checking, position, row, message, field, i);
	}
}

/* The schema has no recursion, so neither has this walk beyond the schema's depth. */
static void check_message(struct checking *checking, const struct position *position,
                          const struct table *table, const ProtobufCMessage *message)
{
	ASSERT(table->descriptor == message->descriptor);
	ASSERT(table->row_count == table->descriptor->n_fields);
	for (size_t i = 0; i < table->row_count; i++) {
		check_field(checking, position, &table->rows[i], message,
		            &table->descriptor->fields[i]);
	}
	if (table->check != NULL) {
		table->check(checking, position, message);
	}
}

/* Which step each content of a step belongs to. */
static Civil__V1__EventStep step_of_content(Civil__V1__Content__KindCase content_case)
{
	static const struct {
		Civil__V1__Content__KindCase content_case;
		Civil__V1__EventStep step;
	} steps[] = {
		{ CIVIL__V1__CONTENT__KIND_NOTIFICATION,
		  CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED },
		{ CIVIL__V1__CONTENT__KIND_VERIFICATION,
		  CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED },
		{ CIVIL__V1__CONTENT__KIND_REGISTRATION,
		  CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED },
		{ CIVIL__V1__CONTENT__KIND_REFUSAL, CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED },
		{ CIVIL__V1__CONTENT__KIND_WITHDRAWAL,
		  CIVIL__V1__EVENT_STEP__EVENT_STEP_WITHDRAWN },
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i].content_case == content_case) {
			return steps[i].step;
		}
	}
	return CIVIL__V1__EVENT_STEP__EVENT_STEP_UNSPECIFIED;
}

/* True when a kind of this class has a seat for the step. */
static bool class_has_step(Civil__V1__EventClass event_class, Civil__V1__EventStep step)
{
	for (int i = 0; i < KINDS; i++) {
		const struct kind *kind = kind_of_id((enum kind_id)i);

		for (const struct kind_seat *seat = kind->seats; seat->step != 0; seat++) {
			if (kind->event_class == event_class && seat->step == step) {
				return true;
			}
		}
	}
	return false;
}

static bool is_stepwise(const struct kind *kind)
{
	return kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED;
}

/* The step that joins the act's own content to the header: a class with steps begins with DECLARED
 * and ends with the content `registration`. */
static const char *step_fault(const struct event *event)
{
	const Civil__V1__EventStep step = event->header->step;
	const Civil__V1__EventClass event_class = event->header->event_class;

	if (kind_is_step_content(event->content->kind_case)) {
		if (step != step_of_content(event->content->kind_case)) {
			return "does not belong to the step of the header";
		}
		const bool ends = step == CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED ||
		                  step == CIVIL__V1__EVENT_STEP__EVENT_STEP_WITHDRAWN;
		const Civil__V1__EventStep needed =
		        step == CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED
		                ? CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED
		                : step;
		if (!ends && !class_has_step(event_class, needed)) {
			return "belongs to a step that no act of this class has";
		}
		return NULL;
	}
	if (event->kind == NULL) {
		return "does not belong to the class of the header";
	}
	if (step != (is_stepwise(event->kind) ? CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED
	                                      : CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED)) {
		return "does not belong to the step of the header";
	}
	return NULL;
}

static bool role_may_be_new(const struct kind *kind, Civil__V1__SubjectRole role, bool any)
{
	for (const struct kind_subject *subject = kind->subjects; subject->role != 0; subject++) {
		if (subject->role == role) {
			return any || subject->may_be_new;
		}
	}
	return false;
}

/* A new person needs a kind that creates one in that role. */
static bool subject_may_be_new(const struct event *event, Civil__V1__SubjectRole role)
{
	const ProtobufCMessage *message;

	if (event->kind == NULL) {
		return false;
	}
	const struct kind *kind = kind_effective(&message, event->kind, event->content);
	return kind != NULL && role_may_be_new(kind, role, event->kind->subjects_of_effective);
}

static void check_subjects(struct checking *checking, const struct event *event)
{
	const struct position header = position_of_root("header");

	for (size_t i = 0; i < event->header->n_subjects; i++) {
		const Civil__V1__Subject *subject = event->header->subjects[i];
		const struct position here = {
			.parent = &header,
			.name = "subjects",
			.index = (int)i,
		};

		if (subject->ordinal != 0 && !subject_may_be_new(event, subject->role)) {
			constraint_report(checking, &here, "ordinal", RULE_S07,
			                  "this act creates no person in that role");
		}
	}
}

static bool is_among(struct bytes act, const struct bytes acts[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bytes_equal(acts[i], act)) {
			return true;
		}
	}
	return false;
}

/* The header lists exactly the acts that the content names: what a record points to can be followed
 * without its content. */
static void check_references(struct checking *checking, const Civil__V1__EventHeader *header)
{
	const struct position root = position_of_root("header");
	const size_t act_count =
	        checking->act_count < REFERENCES_MAX ? checking->act_count : REFERENCES_MAX;
	struct bytes listed[REFERENCES_MAX];

	ASSERT(header->n_references <= REFERENCES_MAX);
	for (size_t i = 0; i < header->n_references; i++) {
		const struct position here = {
			.parent = &root,
			.name = "references",
			.index = (int)i,
		};

		listed[i] = bytes_of(header->references[i].data, header->references[i].len);
		if (!is_among(listed[i], checking->acts, act_count)) {
			constraint_report(checking, &here, "", RULE_S07,
			                  "is not named by the content");
		}
	}
	for (size_t i = 0; i < act_count; i++) {
		if (!is_among(checking->acts[i], listed, header->n_references)) {
			constraint_report(checking, &root, "references", RULE_S07,
			                  "does not list an act that the content names");
			return;
		}
	}
	if (checking->act_count > REFERENCES_MAX) {
		constraint_report(checking, &root, "references", RULE_S07,
		                  "cannot list more than %d acts", REFERENCES_MAX);
	}
}

static enum status finish(struct constraint_violation **out, size_t *count,
                          const struct checking *checking)
{
	if (checking->failed) {
		return STATUS_NO_MEMORY;
	}
	*out = checking->violations;
	*count = checking->violation_count;
	return STATUS_OK;
}

enum status constraint_check(struct constraint_violation **out, size_t *count,
                             const struct event *event, struct arena *arena)
{
	struct checking checking = { .header = event->header, .arena = arena };
	const struct position root = position_of_root("content");
	const char *fault = step_fault(event);

	if (fault != NULL) {
		constraint_report(&checking, &root, "", RULE_S07, "%s", fault);
	}
	check_subjects(&checking, event);
	check_message(&checking, &root, &table_content, &event->content->base);
	check_references(&checking, event->header);
	return finish(out, count, &checking);
}

/* Table of a member of Content. */
static const struct table *table_of(const ProtobufCMessageDescriptor *descriptor)
{
	for (size_t i = 0; i < table_content.row_count; i++) {
		const struct table *table = table_content.rows[i].table;

		if (table->descriptor == descriptor) {
			return table;
		}
	}
	return NULL;
}

enum status constraint_check_message(struct constraint_violation **out, size_t *count,
                                     const ProtobufCMessage *message, const char *path,
                                     struct arena *arena)
{
	struct checking checking = { .arena = arena };
	const struct position root = position_of_root(path);
	const struct table *table = table_of(message->descriptor);

	ASSERT(table != NULL);
	check_message(&checking, &root, table, message);
	return finish(out, count, &checking);
}

size_t constraint_references(struct bytes out[REFERENCES_MAX], const Civil__V1__Content *content)
{
	struct checking checking = { .arena = NULL };
	const struct position root = position_of_root("content");

	check_message(&checking, &root, &table_content, &content->base);
	for (size_t i = 0; i < checking.act_count && i < REFERENCES_MAX; i++) {
		out[i] = checking.acts[i];
	}
	return checking.act_count;
}
