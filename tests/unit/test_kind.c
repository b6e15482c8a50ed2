/* Goal: the table of kinds says what the catalogue says, and its lookups find exactly its rows.
 * Method: invariants over every row, then rows whose law is easy to get wrong, then valid dates and
 * tested places of small contents. */
#include "ledger/event/kind.h"

#include "ledger/event/message.h"

#include "civil/v1/governance.pb-c.h"

#include <check.h>
#include <stdlib.h>

static const Civil__V1__OfficerRole registrar = CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_REGISTRAR;
static const Civil__V1__OfficerRole verifier = CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_VERIFIER;
static const Civil__V1__OfficerRole provincial = CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_PROVINCIAL;

/* The descriptor of the row's message. */
static const ProtobufCMessageDescriptor *message_of(const struct kind *kind)
{
	const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(
	        &civil__v1__content__descriptor, (unsigned)kind->content_case);
	ck_assert_ptr_nonnull(field);
	return field->descriptor;
}

/* The descriptor at the end of a path of message fields. */
static const ProtobufCMessageDescriptor *descend(const ProtobufCMessageDescriptor *descriptor,
                                                 const char *path)
{
	while (*path != '\0') {
		const size_t length = strcspn(path, ".");
		const ProtobufCFieldDescriptor *field = message_field(descriptor, path, length);

		ck_assert_msg(field != NULL, "no field %s", path);
		ck_assert_int_eq(field->type, PROTOBUF_C_TYPE_MESSAGE);
		descriptor = field->descriptor;
		path += length + (path[length] == '.' ? 1 : 0);
	}
	return descriptor;
}

START_TEST(every_row_is_found_by_id_name_and_content) /* loop test, all kinds */
{
	const struct kind *kind = kind_of_id((enum kind_id)_i);

	ck_assert_int_eq(kind->id, _i);
	ck_assert_ptr_eq(kind_of_name(kind->name), kind);
	ck_assert_ptr_eq(kind_of_content(kind->event_class, kind->content_case), kind);
	ck_assert(!kind_is_step_content(kind->content_case));
}
END_TEST

START_TEST(the_paths_of_every_row_lead_to_dates_and_places) /* loop test, all kinds */
{
	const struct kind *kind = kind_of_id((enum kind_id)_i);

	if (kind->id == KIND_MERGE) { /* works on no day of its own */
		return;
	}
	ck_assert_ptr_nonnull(kind->valid_dates[0]);
	for (const char *const *path = kind->valid_dates; *path != NULL; path++) {
		const ProtobufCMessageDescriptor *date = descend(message_of(kind), *path);
		ck_assert(date == &civil__v1__date__descriptor ||
		          date == &civil__v1__partial_date__descriptor);
	}
	for (const char *const *path = kind->places; *path != NULL; path++) {
		ck_assert(strncmp(*path, "content.", 8) == 0);
		const ProtobufCMessageDescriptor *place =
		        descend(&civil__v1__content__descriptor, *path + 8);
		ck_assert(place == &civil__v1__place__descriptor ||
		          place == &civil__v1__address__descriptor);
	}
}
END_TEST

START_TEST(the_seats_of_every_row_fit_its_profile) /* loop test, all kinds */
{
	const struct kind *kind = kind_of_id((enum kind_id)_i);
	const bool stepwise =
	        kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED;
	unsigned steps = 0;

	for (const struct kind_seat *seat = kind->seats; seat->step != 0; seat++) {
		ck_assert_uint_ne(seat->roles, 0);
		steps |= 1u << seat->step;
	}
	if (kind->id == KIND_GENESIS) {
		ck_assert_uint_eq(steps, 0);
		return;
	}
	ck_assert_uint_ne(steps & 1u << CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED, 0);
	ck_assert_int_eq((steps & 1u << CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED) != 0, stepwise);
	ck_assert_int_eq((steps & 1u << CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED) != 0,
	                 kind->profile == PROFILE_VERIFIED);
}
END_TEST

START_TEST(the_subjects_of_every_row_are_distinct_roles_with_sane_counts) /* loop, all kinds */
{
	const struct kind *kind = kind_of_id((enum kind_id)_i);
	unsigned seen = 0;

	for (const struct kind_subject *subject = kind->subjects; subject->role != 0; subject++) {
		ck_assert_uint_eq(seen & 1u << subject->role, 0);
		seen |= 1u << subject->role;
		ck_assert_uint_ge(subject->max, 1);
		ck_assert_uint_le(subject->min, subject->max);
	}
	if (kind->subjects_of_target || kind->subjects_of_effective) {
		ck_assert_uint_eq(seen, 0);
	}
}
END_TEST

START_TEST(rules_of_every_row_ascend) /* loop test, all kinds */
{
	const struct kind *kind = kind_of_id((enum kind_id)_i);

	for (size_t i = 0; kind->rules[i] != RULE_NONE; i++) {
		ck_assert_uint_lt(i, KIND_RULES_MAX);
		ck_assert_uint_gt(kind->rules[i], i == 0 ? RULE_S10 : kind->rules[i - 1]);
	}
}
END_TEST

START_TEST(unknown_names_classes_and_step_contents_have_no_row)
{
	ck_assert_ptr_null(kind_of_name("Birth"));
	ck_assert_ptr_null(kind_of_name("birt"));
	ck_assert_ptr_null(kind_of_name("births"));
	ck_assert_ptr_null(kind_of_name(""));
	ck_assert_ptr_null(kind_of_content(CIVIL__V1__EVENT_CLASS__EVENT_CLASS_DEATH,
	                                   CIVIL__V1__CONTENT__KIND_BIRTH));
	ck_assert_ptr_null(kind_of_content(CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	                                   CIVIL__V1__CONTENT__KIND_VERIFICATION));
	ck_assert(kind_is_step_content(CIVIL__V1__CONTENT__KIND_VERIFICATION));
	ck_assert(kind_is_step_content(CIVIL__V1__CONTENT__KIND_WITHDRAWAL));
	ck_assert(!kind_is_step_content(CIVIL__V1__CONTENT__KIND__NOT_SET));
}
END_TEST

START_TEST(a_province_may_stand_in_for_its_district_and_for_nobody_else)
{
	for (int i = 0; i < KINDS; i++) {
		for (const struct kind_seat *seat = kind_of_id((enum kind_id)i)->seats;
		     seat->step != 0; seat++) {
			if ((seat->roles & ROLE_BIT(verifier)) != 0 &&
			    seat->variant != SEAT_PROVINCE) {
				ck_assert_uint_ne(seat->roles & ROLE_BIT(provincial), 0);
			}
			/* Anyone may open a dispute or suspect a pair: nobody stands in there. */
			if ((seat->roles & ROLE_BIT(registrar)) != 0 && i != KIND_DISPUTE_OPENED &&
			    i != KIND_DUPLICATE_SUSPECTED) {
				ck_assert_uint_eq(seat->roles & ROLE_BIT(provincial), 0);
				ck_assert_uint_eq(seat->roles & ROLE_BIT(verifier), 0);
			}
		}
	}
}
END_TEST

START_TEST(only_the_child_of_a_birth_or_a_foreigner_may_be_new)
{
	for (int i = 0; i < KINDS; i++) {
		const struct kind *kind = kind_of_id((enum kind_id)i);
		const bool foreigner = i == KIND_FOREIGNER_ENROLLED;

		for (const struct kind_subject *s = kind->subjects; s->role != 0; s++) {
			ck_assert_int_eq(
			        s->may_be_new,
			        foreigner ||
			                (i == KIND_BIRTH &&
			                 s->role == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD));
		}
	}
}
END_TEST

static Civil__V1__Content content;
static Civil__V1__Birth birth;
static Civil__V1__Date exact;
static Civil__V1__PartialDate partial;
static Civil__V1__Place place;

static char village[] = "01020304";
static char version[] = "KH-2026";

static void setup(void)
{
	civil__v1__content__init(&content);
	civil__v1__birth__init(&birth);
	civil__v1__date__init(&exact);
	civil__v1__partial_date__init(&partial);
	civil__v1__place__init(&place);
	content.kind_case = CIVIL__V1__CONTENT__KIND_BIRTH;
	content.birth = &birth;
	partial.precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR;
	partial.year = 1970;
	exact.year = 1970;
	exact.month = 1;
	exact.day = 2;
	place.code = village;
	place.gazetteer = version;
}

START_TEST(the_message_of_a_content_is_the_member_that_is_set)
{
	ck_assert_ptr_eq(kind_message(&content), &birth);
	content.kind_case = CIVIL__V1__CONTENT__KIND__NOT_SET;
	ck_assert_ptr_null(kind_message(&content));
}
END_TEST

START_TEST(the_valid_date_of_a_birth_is_its_partial_date)
{
	struct interval days = interval_of_day(77);

	ck_assert(!kind_valid_date(&days, kind_of_id(KIND_BIRTH), &birth.base, 0));
	birth.date_of_birth = &partial;
	ck_assert(kind_valid_date(&days, kind_of_id(KIND_BIRTH), &birth.base, 0));
	ck_assert_int_eq(days.earliest, 0);
	ck_assert_int_eq(days.latest, 364);
	partial.month = 3; /* does not belong to a year */
	ck_assert(!kind_valid_date(&days, kind_of_id(KIND_BIRTH), &birth.base, 0));
	ck_assert_int_eq(days.latest, 364);
}
END_TEST

START_TEST(a_court_decision_is_valid_when_final_else_when_made)
{
	const struct kind *kind = kind_of_id(KIND_COURT_DECISION);
	Civil__V1__CourtDecision decision;
	Civil__V1__Date later = exact;
	struct interval days;

	civil__v1__court_decision__init(&decision);
	decision.date_of_decision = &exact;
	ck_assert(kind_valid_date(&days, kind, &decision.base, 0));
	ck_assert_int_eq(days.latest, 1);
	later.day = 9;
	decision.date_final = &later;
	ck_assert(kind_valid_date(&days, kind, &decision.base, 0));
	ck_assert_int_eq(days.latest, 8);
}
END_TEST

START_TEST(a_linked_paper_counts_as_the_act_on_it)
{
	const struct kind *linked_kind = kind_of_id(KIND_LEGACY_LINKED);
	Civil__V1__LegacyLinked linked;
	const ProtobufCMessage *message;
	struct interval days;

	civil__v1__legacy_linked__init(&linked);
	content.kind_case = CIVIL__V1__CONTENT__KIND_LEGACY_LINKED;
	content.legacy_linked = &linked;
	ck_assert_ptr_null(kind_effective(&message, linked_kind, &content));
	ck_assert_ptr_null(message);

	linked.act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	linked.birth = &birth;
	birth.date_of_birth = &partial;
	ck_assert_ptr_eq(kind_effective(&message, linked_kind, &content), kind_of_id(KIND_BIRTH));
	ck_assert_ptr_eq(message, &birth);
	ck_assert(kind_valid_date(&days, linked_kind, &linked.base, 0));
	ck_assert_int_eq(days.latest, 364);

	content.kind_case = CIVIL__V1__CONTENT__KIND_BIRTH;
	content.birth = &birth;
	ck_assert_ptr_eq(kind_effective(&message, kind_of_id(KIND_BIRTH), &content),
	                 kind_of_id(KIND_BIRTH));
	ck_assert_ptr_eq(message, &birth);
}
END_TEST

START_TEST(tested_places_are_those_with_a_code)
{
	struct kind_place places[KIND_PLACES_MAX];
	Civil__V1__Place abroad;
	char country[] = "THA";

	civil__v1__place__init(&abroad);
	abroad.country = country;
	ck_assert_uint_eq(kind_tested_places(places, kind_of_id(KIND_BIRTH), &birth.base), 0);
	birth.place_of_birth = &abroad;
	birth.mother_residence = &place;
	ck_assert_uint_eq(kind_tested_places(places, kind_of_id(KIND_BIRTH), &birth.base), 1);
	ck_assert_str_eq(places[0].code, "01020304");
	ck_assert_str_eq(places[0].gazetteer, "KH-2026");
	ck_assert_str_eq(places[0].path, "content.birth.mother_residence");
}
END_TEST

START_TEST(the_place_of_a_notification_is_tested)
{
	struct kind_place places[KIND_PLACES_MAX];
	Civil__V1__Notification notification;

	civil__v1__notification__init(&notification);
	notification.place = &place;
	ck_assert_uint_eq(kind_tested_places(places, kind_of_id(KIND_DEATH), &notification.base),
	                  1);
	ck_assert_str_eq(places[0].path, "content.notification.place");
}
END_TEST

static Suite *kind_suite(void)
{
	Suite *suite = suite_create("kind");
	TCase *rows = tcase_create("rows");
	TCase *contents = tcase_create("contents");

	tcase_add_loop_test(rows, every_row_is_found_by_id_name_and_content, 0, KINDS);
	tcase_add_loop_test(rows, the_paths_of_every_row_lead_to_dates_and_places, 0, KINDS);
	tcase_add_loop_test(rows, the_seats_of_every_row_fit_its_profile, 0, KINDS);
	tcase_add_loop_test(rows, the_subjects_of_every_row_are_distinct_roles_with_sane_counts, 0,
	                    KINDS);
	tcase_add_loop_test(rows, rules_of_every_row_ascend, 0, KINDS);
	tcase_add_test(rows, unknown_names_classes_and_step_contents_have_no_row);
	tcase_add_test(rows, a_province_may_stand_in_for_its_district_and_for_nobody_else);
	tcase_add_test(rows, only_the_child_of_a_birth_or_a_foreigner_may_be_new);
	suite_add_tcase(suite, rows);

	tcase_add_checked_fixture(contents, setup, NULL);
	tcase_add_test(contents, the_message_of_a_content_is_the_member_that_is_set);
	tcase_add_test(contents, the_valid_date_of_a_birth_is_its_partial_date);
	tcase_add_test(contents, a_court_decision_is_valid_when_final_else_when_made);
	tcase_add_test(contents, a_linked_paper_counts_as_the_act_on_it);
	tcase_add_test(contents, tested_places_are_those_with_a_code);
	tcase_add_test(contents, the_place_of_a_notification_is_tested);
	suite_add_tcase(suite, contents);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(kind_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
