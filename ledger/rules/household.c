/* Rule L16: at most one family book a person, exactly one head a book. Linear in the persons who
 * ever were in the books that the act speaks of. */
#include "ledger/person/household.h"
#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/target.h"

/* Persons of a book that are read at a time. */
enum { MEMBERS_PAGE = 64 };

/* The members of the books that the act speaks of, as of its day. */
struct household {
	size_t count;    /* in any of the books */
	size_t named;    /* of them, parties of the act */
	size_t books;    /* that have a head */
	struct id head;  /* of the last of them */
	bool head_named; /* all heads are parties */
};

static const Civil__V1__PersonFamilyBook *book_of(struct judgement *j, const struct id *person)
{
	Civil__V1__PersonState *state;

	if (!judgement_settle(j, state_at(j->view, &state, person, j->own.valid.latest))) {
		return NULL;
	}
	return state->family_book;
}

/* `person` stands for itself; a party may be named by an id that was merged into it. */
static bool is_party(struct judgement *j, const struct id *person)
{
	for (size_t i = 0; i < j->own.party_count; i++) {
		struct id party = j->own.parties[i].id;

		if (judgement_settle(j, persona_resolve(j->view, &party)) &&
		    id_equal(&party, person)) {
			return true;
		}
	}
	return false;
}

static void add_member(struct judgement *j, struct household *household, const char *number,
                       const struct id *found)
{
	struct id person = *found;
	bool first;

	if (!judgement_settle(j, household_member(j->view, &first, &person, number)) || !first) {
		return;
	}
	const Civil__V1__PersonFamilyBook *book = book_of(j, &person);

	if (book == NULL || strcmp(book->book_number, number) != 0) {
		return;
	}
	bool named = is_party(j, &person);

	household->count++;
	household->named += named;
	if (book->head) {
		household->books++;
		household->head = person;
		household->head_named = household->head_named && named;
	}
}

static void add_book(struct judgement *j, struct household *household, const char *number)
{
	struct id *persons = NULL;
	size_t count = MEMBERS_PAGE;
	struct id last;

	for (bool more = false; count == MEMBERS_PAGE; more = true) {
		if (!judgement_settle(j, view_book_members(j->view, &persons, &count, number,
		                                           more ? &last : NULL, MEMBERS_PAGE))) {
			return;
		}
		for (size_t i = 0; i < count; i++) {
			add_member(j, household, number, &persons[i]);
			last = persons[i];
		}
	}
}

static void load(struct judgement *j, struct household *out, char *const *numbers, size_t count)
{
	*out = (struct household){ .head_named = true };
	for (size_t i = 0; i < count; i++) {
		add_book(j, out, numbers[i]);
	}
}

static bool is_in(const Civil__V1__PersonFamilyBook *book, const struct book_act *act)
{
	for (size_t i = 0; book != NULL && i < act->from_count; i++) {
		if (strcmp(book->book_number, act->from[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* Who enters has no book yet; whoever else is named is in a book that the act speaks of. */
static void check_parties(struct judgement *j, const struct book_act *act)
{
	Civil__V1__Content__KindCase content = j->event->content->kind_case;
	bool enter = content == CONTENT_CASE(FAMILY_BOOK_OPENED) ||
	             content == CONTENT_CASE(FAMILY_BOOK_MEMBER_ADDED);

	for (size_t i = 0; i < j->own.party_count; i++) {
		struct party *party = &j->own.parties[i];

		if (party_state(j, party) == NULL) {
			continue; /* S11 */
		}
		const Civil__V1__PersonFamilyBook *book = book_of(j, &party->id);

		if (enter ? book != NULL : !is_in(book, act)) {
			(void)finding_broken(j, party->path);
		}
	}
}

/* Another member becomes the head, and the one who was is named: whoever is neither has no place
 * in the act. */
static bool head_changes(struct judgement *j, const struct household *household)
{
	struct party *head = matter_party(&j->own, SUBJECT(HEAD));
	struct party *former = matter_party(&j->own, SUBJECT(MEMBER));

	if (head == NULL) {
		return true; /* S16 */
	}
	if (household->books == 0) {
		return former == NULL; /* the head has died */
	}
	struct id id = former == NULL ? (struct id){ { 0 } } : former->id;

	return former != NULL && judgement_settle(j, persona_resolve(j->view, &id)) &&
	       id_equal(&id, &household->head);
}

/* Whether each book keeps exactly one head, or ends. */
static bool is_kept(struct judgement *j, const struct book_act *act)
{
	struct household household;

	load(j, &household, act->from, act->from_count);
	bool all = household.named == household.count;

	switch ((int)j->event->content->kind_case) {
	case CONTENT_CASE(FAMILY_BOOK_MEMBER_ADDED):
		return household.books == 1;
	case CONTENT_CASE(FAMILY_BOOK_HEAD_CHANGED):
		return head_changes(j, &household);
	case CONTENT_CASE(FAMILY_BOOK_MEMBER_REMOVED):
	case CONTENT_CASE(FAMILY_BOOK_SPLIT):
		return all || household.books == 0 || !household.head_named;
	case CONTENT_CASE(FAMILY_BOOK_MERGED):
		return all && household.count >= act->from_count;
	case CONTENT_CASE(FAMILY_BOOK_REPLACED):
	case CONTENT_CASE(FAMILY_BOOK_CLOSED):
		return all;
	}
	return true;
}

/* A head who dies leaves the book to a member of it, if there are any. */
static void death_conflict(struct judgement *j)
{
	struct party *deceased = matter_party(&j->own, SUBJECT(DECEASED));
	struct party *heir = matter_party(&j->own, SUBJECT(MEMBER));
	struct household household;

	if (deceased == NULL || party_state(j, deceased) == NULL) {
		return; /* S11 or S16 */
	}
	const Civil__V1__PersonFamilyBook *book = book_of(j, &deceased->id);
	bool head = book != NULL && book->head;

	if (heir != NULL) {
		const Civil__V1__PersonFamilyBook *other = book_of(j, &heir->id);

		if (!head || other == NULL || strcmp(other->book_number, book->book_number) != 0) {
			(void)finding_broken(j, heir->path);
		}
	} else if (head) {
		load(j, &household, &book->book_number, 1);
		if (household.count > 1) {
			(void)finding_broken(j, deceased->path);
		}
	}
}

void rule_l16(struct judgement *j)
{
	struct book_act act;

	if (!j->own.dated || j->own.content == NULL) {
		return; /* S07 */
	}
	if (j->own.kind->id == KIND_DEATH) {
		death_conflict(j);
		return;
	}
	if (!book_act_of(&act, j->own.content)) {
		return;
	}
	check_parties(j, &act);
	if (!is_kept(j, &act)) {
		(void)finding_broken(j, "content.book_number");
	}
	if (act.opens && target_unit_address(j, act.unit) == NULL) {
		(void)finding_broken(j, "content.unit");
	}
}
