/* Acts about ID cards: tests/support/life_act.h. */
#include "tests/support/life_act.h"

#include <check.h>

#define CLASS(name)   CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##name
#define ROLE(name)    CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name

static void *make(struct life *life, const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(&life->arena, descriptor->sizeof_message);

	ck_assert_ptr_nonnull(message);
	descriptor->message_init(message);
	return message;
}

static char *text(struct life *life, const char *string)
{
	return arena_string(&life->arena, string);
}

struct hash life_card_applied(struct life *life, const struct id *person, const char *date)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(HOLDER) } };

	content->kind_case = CONTENT(DOCUMENT_APPLIED);
	content->document_applied = make(life, &civil__v1__document_applied__descriptor);
	content->document_applied->sort = text(life, "ordinary");
	content->document_applied->date = life_date(life, date);
	return life_act(life, CLASS(ID_CARD), parts, 1, content);
}

static Civil__V1__DocumentIssued *issue(struct life *life, const struct hash *application,
                                        const char *number, const char *date, const char *expires,
                                        const char *birth)
{
	Civil__V1__DocumentIssued *issued = make(life, &civil__v1__document_issued__descriptor);

	issued->application = life_hash(life, application);
	issued->document_number = text(life, number);
	issued->issued_on = life_date(life, date);
	issued->expires_on = life_date(life, expires);
	issued->snapshot = make(life, &civil__v1__document_snapshot__descriptor);
	issued->snapshot->birth = life_partial(life, birth);
	issued->snapshot->nationality = text(life, "KHM");
	return issued;
}

struct hash life_card(struct life *life, const struct id *person, const char *number,
                      const char *date, const char *expires, const char *birth)
{
	struct hash application = life_card_applied(life, person, date);
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(HOLDER) } };

	content->kind_case = CONTENT(DOCUMENT_ISSUED);
	content->document_issued = issue(life, &application, number, date, expires, birth);
	return life_act(life, CLASS(ID_CARD), parts, 1, content);
}

struct hash life_card_renewed(struct life *life, const struct id *person, const char *old_number,
                              const char *number, const char *date, const char *birth)
{
	struct hash application = life_card_applied(life, person, date);
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(HOLDER) } };

	content->kind_case = CONTENT(DOCUMENT_RENEWED);
	content->document_renewed = make(life, &civil__v1__document_renewed__descriptor);
	content->document_renewed->replaces = text(life, old_number);
	content->document_renewed->issue =
	        issue(life, &application, number, date, "2099-12-31", birth);
	return life_act(life, CLASS(ID_CARD), parts, 1, content);
}

/* The verbs share their first two fields, a number and a day, but not their type. */
static void fill_verb(struct life *life, Civil__V1__Content *content, const char *number,
                      const char *date)
{
	if (content->kind_case == CONTENT(DOCUMENT_LOST)) {
		content->document_lost = make(life, &civil__v1__document_lost__descriptor);
		content->document_lost->document_number = text(life, number);
		content->document_lost->date = life_partial(life, date);
	} else if (content->kind_case == CONTENT(DOCUMENT_STOLEN)) {
		content->document_stolen = make(life, &civil__v1__document_stolen__descriptor);
		content->document_stolen->document_number = text(life, number);
		content->document_stolen->date = life_partial(life, date);
	} else if (content->kind_case == CONTENT(DOCUMENT_DELIVERED)) {
		content->document_delivered =
		        make(life, &civil__v1__document_delivered__descriptor);
		content->document_delivered->document_number = text(life, number);
		content->document_delivered->date = life_date(life, date);
	} else if (content->kind_case == CONTENT(DOCUMENT_FOUND)) {
		content->document_found = make(life, &civil__v1__document_found__descriptor);
		content->document_found->document_number = text(life, number);
		content->document_found->date = life_date(life, date);
	} else if (content->kind_case == CONTENT(DOCUMENT_SUSPENDED)) {
		content->document_suspended =
		        make(life, &civil__v1__document_suspended__descriptor);
		content->document_suspended->document_number = text(life, number);
		content->document_suspended->date = life_date(life, date);
	} else if (content->kind_case == CONTENT(DOCUMENT_RESUMED)) {
		content->document_resumed = make(life, &civil__v1__document_resumed__descriptor);
		content->document_resumed->document_number = text(life, number);
		content->document_resumed->date = life_date(life, date);
	} else {
		ck_assert_int_eq(content->kind_case, CONTENT(DOCUMENT_REVOKED));
		content->document_revoked = make(life, &civil__v1__document_revoked__descriptor);
		content->document_revoked->document_number = text(life, number);
		content->document_revoked->date = life_date(life, date);
	}
}

struct hash life_card_verb(struct life *life, const struct id *person,
                           Civil__V1__Content__KindCase verb, const char *number, const char *date)
{
	Civil__V1__Content *content = life_content(life);
	const struct part parts[] = { { person, ROLE(HOLDER) } };

	content->kind_case = verb;
	fill_verb(life, content, number, date);
	return life_act(life, CLASS(ID_CARD), parts, 1, content);
}
