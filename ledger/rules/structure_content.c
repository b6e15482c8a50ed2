#include "ledger/rules/judgement.h"
#include "ledger/rules/merge.h"
#include "ledger/rules/number_acts.h"

#include "ledger/authority/gazetteer.h"
#include "ledger/event/message.h"
#include "ledger/event/partial_date.h"
#include "ledger/rules/place.h"
#include "ledger/rules/residue.h"
#include "ledger/rules/standing.h"

static void load_violations(struct judgement *j)
{
	if (j->violations_loaded) {
		return;
	}
	j->violations_loaded = true;
	if (!judgement_settle(j, constraint_check(&j->violations, &j->violation_count, j->event,
	                                          j->view->arena))) {
		j->violation_count = 0;
	}
}

static void report_violations(struct judgement *j, enum rule_id rule,
                              const struct constraint_violation *violations, size_t count,
                              const char *prefix)
{
	for (size_t i = 0; i < count; i++) {
		if (violations[i].rule == rule) {
			const char *path = prefix == NULL ? violations[i].path : prefix;
			Civil__V1__RuleFinding *finding = finding_broken(j, path);

			finding_fact(j, finding, "fault", "%s", violations[i].text);
		}
	}
}

/* What the corrected act would break by itself. */
static void report_corrected(struct judgement *j, enum rule_id rule)
{
	const struct matter *corrected = &j->target_corrected;
	struct constraint_violation *violations;
	size_t count;

	if (corrected->message != NULL &&
	    judgement_settle(j, constraint_check_message(&violations, &count, corrected->message,
	                                                 "content.correction", j->view->arena))) {
		report_violations(j, rule, violations, count, "content.correction.changes");
	}
}

/* A marriage of somebody who is dead on the day of registration says when it ended. */
static void require_already_ended(struct judgement *j)
{
	const Civil__V1__Marriage *marriage;

	if (j->own.message == NULL ||
	    j->own.message->descriptor != &civil__v1__marriage__descriptor ||
	    (j->step != STEP(DECLARED) && j->step != STEP(REGISTERED))) {
		return;
	}
	marriage = (const Civil__V1__Marriage *)j->own.message;
	for (size_t i = 0; i < j->own.party_count && marriage->already_ended == NULL; i++) {
		const Civil__V1__PersonState *state = party_state(j, &j->own.parties[i]);
		struct interval death;

		if (state != NULL && standing_death(&death, state)) {
			enum ternary alive =
			        interval_before(interval_of_day(j->own.registered_day), death);

			(void)finding_unless(j, alive, matter_path(j, "already_ended"));
			return;
		}
	}
}

/* What amends an act, what a court decided, and a birth work on no day until which they might have
 * worked: each stands or never did. */
static void check_effect(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	const struct act *target;

	if (content->kind_case == CONTENT_CASE(REVOCATION) &&
	    content->revocation->effect ==
	            CIVIL__V1__REVOCATION_EFFECT__REVOCATION_EFFECT_EX_NUNC &&
	    judgement_target(j, &target) &&
	    (target->kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_AMENDMENT ||
	     target->kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_COURT ||
	     target->kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH)) {
		(void)finding_broken(j, "content.revocation.effect");
	}
}

void rule_s07(struct judgement *j)
{
	load_violations(j);
	report_violations(j, RULE_S07, j->violations, j->violation_count, NULL);
	report_corrected(j, RULE_S07);
	residue_check(j, RULE_S07);
	if (j->change_refused > 0) {
		(void)finding_broken(j, "content.correction.changes");
	}
	require_already_ended(j);
	merge_require_winners(j);
	check_effect(j);
	number_acts_counted(j);
}

void rule_s08(struct judgement *j)
{
	load_violations(j);
	report_violations(j, RULE_S08, j->violations, j->violation_count, NULL);
	report_corrected(j, RULE_S08);
	residue_check(j, RULE_S08);
}

/* Law, areas, offices and officers may be set before they take effect. */
static bool takes_effect_later(const struct judgement *j)
{
	return j->kind != NULL &&
	       j->kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE;
}

static void notification_date(struct judgement *j)
{
	const Civil__V1__Notification *notification = j->event->content->notification;
	struct interval days;

	if (partial_date_interval(&days, notification->date, j->own.declared_day)) {
		(void)finding_unless(j,
		                     interval_not_after(days, interval_of_day(j->recorded_day + 1)),
		                     "content.notification.date");
	}
}

static void decision_dates(struct judgement *j)
{
	const Civil__V1__CourtDecision *decision = j->event->content->court_decision;
	int32_t decided;
	int32_t final_day;

	if (partial_date_day(&decided, decision->date_of_decision) &&
	    partial_date_day(&final_day, decision->date_final) && decided > final_day) {
		(void)finding_broken(j, "content.court_decision.date_final");
	}
}

/* A date of registration that is no day is for S07. */
static void registration_date(struct judgement *j, int32_t last)
{
	int32_t day;

	if (partial_date_day(&day, j->event->content->registration->date_of_registration) &&
	    (day > last || (j->matter->declared && j->matter->declared_day > day))) {
		(void)finding_broken(j, "content.registration.date_of_registration");
	}
}

/* valid date <= declaration <= registration <= recording + 1 day. */
void rule_s09(struct judgement *j)
{
	const struct matter *matter = j->matter;
	int32_t last = j->recorded_day + 1;

	if (matter->dated && (matter->corrected || !takes_effect_later(j))) {
		int32_t limit = matter->declared ? matter->declared_day : last;

		(void)finding_unless(j, interval_not_after(matter->valid, interval_of_day(limit)),
		                     matter_date_path(j));
	}
	if (matter->corrected) {
		return;
	}
	if (matter->declared && matter->declared_day > last) {
		(void)finding_broken(j, "content.common.date_of_declaration");
	}
	if (j->event->content->kind_case == CONTENT_CASE(REGISTRATION)) {
		registration_date(j, last);
	} else if (j->event->content->kind_case == CONTENT_CASE(NOTIFICATION)) {
		notification_date(j);
	} else if (j->event->content->kind_case == CONTENT_CASE(COURT_DECISION)) {
		decision_dates(j);
	}
}

/* Areas of a new office name no version: the one in force on its first day has them. */
static void check_office_areas(struct judgement *j)
{
	const Civil__V1__OfficeOpened *opened = j->event->content->office_opened;
	char version[33];
	int32_t day;

	if (!partial_date_day(&day, opened->date) ||
	    !judgement_settle(j, gazetteer_on(j->view, version, day))) {
		return;
	}
	for (size_t i = 0; i < opened->n_areas; i++) {
		struct area area;

		if (!judgement_settle(j,
		                      gazetteer_area(j->view, &area, version, opened->areas[i]))) {
			Civil__V1__RuleFinding *finding =
			        finding_broken(j, "content.office_opened.areas");

			finding_fact(j, finding, "code", "%s", opened->areas[i]);
		}
	}
}

static void check_place(struct judgement *j, const struct named_place *place)
{
	Civil__V1__RuleFinding *finding;
	enum ternary in_force = TERNARY_NO;
	struct area area;

	if (place->code[0] == '\0') {
		return;
	}
	if (judgement_settle(j, gazetteer_area(j->view, &area, place->gazetteer, place->code))) {
		enum status status =
		        gazetteer_in_force(j->view, &in_force, place->gazetteer, place->refers_to);

		if (!judgement_settle(j, status)) {
			return;
		}
		if (in_force != TERNARY_YES && place->or_refers_to_set) {
			enum ternary other = TERNARY_NO;

			(void)judgement_settle(j,
			                       gazetteer_in_force(j->view, &other, place->gazetteer,
			                                          place->or_refers_to));
			in_force = ternary_or(in_force, other);
		}
	}
	finding = finding_unless(j, in_force, place->path);
	finding_fact(j, finding, "code", "%s", place->code);
	finding_fact(j, finding, "gazetteer", "%s", place->gazetteer);
}

void rule_s10(struct judgement *j)
{
	struct named_place places[NAMED_PLACES_MAX];
	size_t count = places_of_content(j, places);

	for (size_t i = 0; i < count; i++) {
		check_place(j, &places[i]);
	}
	if (j->event->content->kind_case == CONTENT_CASE(OFFICE_OPENED)) {
		check_office_areas(j);
	}
}
