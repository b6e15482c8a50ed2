#include "ledger/authority/gazetteer.h"
#include "ledger/authority/law.h"
#include "ledger/person/household.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/number_acts.h"
#include "ledger/rules/office_acts.h"
#include "ledger/rules/target.h"

static bool taken(struct judgement *j, enum number_sort sort, struct bytes value)
{
	struct id person;
	uint64_t index;

	return judgement_settle(j, view_number(j->view, &person, &index, sort, value));
}

static void registration_unused(struct judgement *j, const Civil__V1__Content *content)
{
	const Civil__V1__RegistrationNumber *number = content->registration->registration_number;

	if (number == NULL) {
		return; /* S07 */
	}
	struct bytes value = number_of_registration(number, j->view->arena);

	if (value.size == 0) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
	} else if (taken(j, NUMBER_REGISTRATION, value)) {
		(void)finding_broken(j, "content.registration.registration_number");
	}
}

static void document_unused(struct judgement *j)
{
	const Civil__V1__DocumentIssued *issue = target_issue(j);

	if (issue != NULL &&
	    taken(j, target_document_sort(j), bytes_of_string(issue->document_number))) {
		(void)finding_broken(j, "content.document_number");
	}
}

/* One live number a person. */
static void holder_without_number(struct judgement *j)
{
	struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	const Civil__V1__PersonState *state = holder == NULL ? NULL : party_state(j, holder);

	for (size_t i = 0; state != NULL && i < state->n_numbers; i++) {
		if (state->numbers[i]->status == CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE) {
			(void)finding_broken(j, holder->path);
			return;
		}
	}
}

static void key_unused(struct judgement *j, const Civil__V1__Content *content)
{
	const ProtobufCBinaryData *key = &content->officer_enrolled->public_key;
	struct officer_key officer;

	if (judgement_settle(j, authority_key(j->view, &officer, bytes_of(key->data, key->len)))) {
		(void)finding_broken(j, "content.officer_enrolled.public_key");
	}
}

static void office_unused(struct judgement *j, const Civil__V1__Content *content)
{
	struct office office;

	if (judgement_settle(
	            j, authority_office(j->view, &office, content->office_opened->office_id))) {
		(void)finding_broken(j, "content.office_opened.office_id");
	}
}

static void family_book_unused(struct judgement *j)
{
	struct book_act act;

	if (book_act_of(&act, j->event->content) && act.opens &&
	    taken(j, NUMBER_FAMILY_BOOK, bytes_of_string(act.into))) {
		(void)finding_broken(j, "content.book_number");
	}
}

static void ruleset_unused(struct judgement *j, const Civil__V1__Content *content)
{
	const Civil__V1__RuleSet *published = content->ruleset_published->rule_set;
	const Civil__V1__RuleSet **sets;
	size_t count;

	if (published == NULL || !judgement_settle(j, law_sets(j->view, &sets, &count))) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (strcmp(sets[i]->version, published->version) == 0) {
			(void)finding_broken(j, "content.ruleset_published.rule_set.version");
		}
	}
}

static void gazetteer_part_unused(struct judgement *j, const Civil__V1__Content *content)
{
	const Civil__V1__GazetteerPublished *published = content->gazetteer_published;
	bool has;

	if (judgement_settle(
	            j, gazetteer_has_part(j->view, &has, published->version, published->part)) &&
	    has) {
		(void)finding_broken(j, "content.gazetteer_published.part");
	}
}

void rule_s15(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;

	document_unused(j);
	number_acts_unused(j);
	family_book_unused(j);
	office_acts_unused(j);
	if (content->kind_case == CONTENT_CASE(REGISTRATION)) {
		registration_unused(j, content);
	} else if (content->kind_case == CONTENT_CASE(NUMBER_ALLOCATED)) {
		holder_without_number(j);
	} else if (content->kind_case == CONTENT_CASE(OFFICER_ENROLLED)) {
		key_unused(j, content);
	} else if (content->kind_case == CONTENT_CASE(CERTIFICATE_ISSUED)) {
		if (taken(j, NUMBER_CERTIFICATE,
		          bytes_of_string(content->certificate_issued->serial))) {
			(void)finding_broken(j, "content.certificate_issued.serial");
		}
	} else if (content->kind_case == CONTENT_CASE(OFFICE_OPENED)) {
		office_unused(j, content);
	} else if (content->kind_case == CONTENT_CASE(RULESET_PUBLISHED)) {
		ruleset_unused(j, content);
	} else if (content->kind_case == CONTENT_CASE(GAZETTEER_PUBLISHED)) {
		gazetteer_part_unused(j, content);
	}
}
