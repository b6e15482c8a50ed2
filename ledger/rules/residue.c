#include "ledger/rules/residue.h"

static const char path[] = "content.content_erased.residue";

static void broken(struct judgement *j, const char *fault)
{
	finding_fact(j, finding_broken(j, path), "fault", "%s", fault);
}

static const Civil__V1__DocumentIssued *issue_of(const Civil__V1__Content *content)
{
	switch ((int)content->kind_case) {
	case CONTENT_CASE(DOCUMENT_ISSUED):
		return content->document_issued;
	case CONTENT_CASE(DOCUMENT_RENEWED):
		return content->document_renewed->issue;
	case CONTENT_CASE(DOCUMENT_REPLACED):
		return content->document_replaced->issue;
	}
	return NULL;
}

/* True when the document that the act issued keeps its number. */
static bool keeps_number(const Civil__V1__Content *target, const Civil__V1__Content *residue)
{
	const Civil__V1__DocumentIssued *before = issue_of(target);
	const Civil__V1__DocumentIssued *after = issue_of(residue);

	return before == NULL ||
	       (after != NULL && strcmp(before->document_number, after->document_number) == 0);
}

/* The residue beside the act that it would take the place of. */
static void check_fit(struct judgement *j, const struct act *target,
                      const Civil__V1__Content *residue)
{
	const struct kind *kind = kind_of_content(target->header->event_class, residue->kind_case);
	const ProtobufCMessage *message = NULL;

	if (residue->kind_case == target->content->kind_case && kind != NULL) {
		kind = kind_effective(&message, kind, residue);
	}
	if (message == NULL || kind != target->kind) {
		broken(j, "is not of the kind of its target");
	} else if (!keeps_number(target->content, residue)) {
		broken(j, "leaves out a number that was given");
	}
}

static void check_rows(struct judgement *j, enum rule_id rule, const Civil__V1__Content *residue)
{
	const ProtobufCMessage *message = kind_message(residue);
	struct constraint_violation *violations;
	size_t count;

	if (message == NULL ||
	    !judgement_settle(j, constraint_check_message(&violations, &count, message, path,
	                                                  j->view->arena))) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (violations[i].rule == rule) {
			broken(j, violations[i].text);
		}
	}
}

void residue_check(struct judgement *j, enum rule_id rule)
{
	const Civil__V1__Content *content = j->event->content;
	const struct act *target;

	if (content->kind_case != CONTENT_CASE(CONTENT_ERASED) || !judgement_target(j, &target) ||
	    target->message == NULL) {
		return;
	}
	const ProtobufCBinaryData *bytes = &content->content_erased->residue;
	const Civil__V1__Content *residue =
	        civil__v1__content__unpack(&j->view->arena->allocator, bytes->len, bytes->data);

	if (residue == NULL) {
		return; /* the walk over the content says so */
	}
	if (rule == RULE_S07) {
		check_fit(j, target, residue);
	}
	check_rows(j, rule, residue);
}
