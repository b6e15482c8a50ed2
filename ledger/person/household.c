/* Family books: one book a person, and the former ones. */
#include "ledger/person/household.h"

#include "ledger/person/persona.h"
#include "ledger/person/step.h"
#include "ledger/store/keys.h"
#include "ledger/view_internal.h"

#define CONTENT(name) CIVIL__V1__CONTENT__KIND_##name
#define ROLE(name)    CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

/* Fields of which a place in a book is made. */
static const char book_fields[] = " book_number new_book_number date relations ";

/* Fields that several kinds share. */
#define NAMED(act)                                                                                 \
	.from = &(act)->book_number, .from_count = 1, .into = (act)->book_number,                  \
	.relations = (act)->relations, .relation_count = (act)->n_relations, .date = (act)->date
#define ANEW(act)                                                                                  \
	.into = (act)->new_book_number, .opens = true,                                             \
	.unit = bytes_of((act)->unit.data, (act)->unit.len), .relations = (act)->relations,        \
	.relation_count = (act)->n_relations, .date = (act)->date
#define LEFT(act) .from = &(act)->book_number, .from_count = 1, .date = (act)->date

bool book_act_of(struct book_act *out, const Civil__V1__Content *content)
{
	switch ((int)content->kind_case) {
	case CONTENT(FAMILY_BOOK_OPENED): {
		const Civil__V1__FamilyBookOpened *act = content->family_book_opened;

		*out = (struct book_act){ NAMED(act) };
		out->from_count = 0;
		out->opens = true;
		out->unit = bytes_of(act->unit.data, act->unit.len);
		return true;
	}
	case CONTENT(FAMILY_BOOK_MEMBER_ADDED):
		*out = (struct book_act){ NAMED(content->family_book_member_added) };
		return true;
	case CONTENT(FAMILY_BOOK_HEAD_CHANGED):
		*out = (struct book_act){ NAMED(content->family_book_head_changed) };
		return true;
	case CONTENT(FAMILY_BOOK_MEMBER_REMOVED):
		*out = (struct book_act){ LEFT(content->family_book_member_removed) };
		return true;
	case CONTENT(FAMILY_BOOK_CLOSED):
		*out = (struct book_act){ LEFT(content->family_book_closed) };
		return true;
	case CONTENT(FAMILY_BOOK_SPLIT):
		*out = (struct book_act){ ANEW(content->family_book_split) };
		out->from = &content->family_book_split->book_number;
		out->from_count = 1;
		return true;
	case CONTENT(FAMILY_BOOK_REPLACED):
		*out = (struct book_act){ ANEW(content->family_book_replaced) };
		out->from = &content->family_book_replaced->book_number;
		out->from_count = 1;
		return true;
	case CONTENT(FAMILY_BOOK_MERGED):
		*out = (struct book_act){ ANEW(content->family_book_merged) };
		out->from = content->family_book_merged->book_numbers;
		out->from_count = content->family_book_merged->n_book_numbers;
		return true;
	}
	return false;
}

/* What the person is to the head; "" when the act does not say. */
static char *relation_of(const struct fold *fold, const struct book_act *act)
{
	static char none[] = "";

	for (size_t i = 0; i < act->relation_count; i++) {
		if (fold_is_person(fold, act->relations[i]->person_id)) {
			return act->relations[i]->relation;
		}
	}
	return none;
}

/* `key` is that of the person: whether an id of the same person that is smaller has one too. */
static enum status is_first(struct view *view, bool *first, struct id *person, struct key *key)
{
	struct persona persona;
	struct bytes nothing;
	struct id found = *person;
	enum status status = persona_load(view, &persona, person);

	*first = true;
	if (status == STATUS_OK) {
		*person = persona.person;
	}
	for (size_t i = 0; status == STATUS_OK && *first && i < persona.member_count; i++) {
		const struct id *other = &persona.members[i].id;
		struct id root = persona_root(&persona, other);

		if (!id_equal(&root, person) || memcmp(other, &found, sizeof(found)) >= 0) {
			continue;
		}
		memcpy(key->bytes + key->size - ID_BYTES, other->bytes, ID_BYTES);
		status = view_get(view, &nothing, STORE_NAME, key_bytes(key));
		*first = status == STATUS_NOT_FOUND;
		status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	return status;
}

enum status household_resident(struct view *view, bool *first, struct id *person, struct bytes unit)
{
	struct key key;

	key_resident(&key, unit, person);
	return is_first(view, first, person, &key);
}

enum status household_member(struct view *view, bool *first, struct id *person,
                             const char *book_number)
{
	struct key key;

	key_book_member(&key, book_number, person);
	return is_first(view, first, person, &key);
}

void household_leave(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to)
{
	Civil__V1__PersonState *state = fold->state;

	if (state->family_book == NULL) {
		return;
	}
	fold_end(fold, state->family_book->provenance, act, to);
	fold_append(fold, &state->former_family_books, &state->n_former_family_books,
	            state->family_book);
	state->family_book = NULL;
}

/* The person's place in a book from a day on; `relation` NULL for the head. */
static void enter(struct fold *fold, const struct act *act, char *number, char *relation,
                  Civil__V1__PartialDate *from, const char *fields)
{
	Civil__V1__PersonFamilyBook *book =
	        fold_new(fold, &civil__v1__person_family_book__descriptor);

	household_leave(fold, act, from);
	if (book != NULL) {
		book->book_number = number;
		book->head = relation == NULL;
		if (relation != NULL) {
			book->relation = relation;
		}
		book->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		book->provenance = fold_provenance(fold, act, from, fields);
		fold->state->family_book = book;
	}
}

static bool is_in(const struct fold *fold, const struct book_act *book)
{
	const Civil__V1__PersonFamilyBook *now = fold->state->family_book;

	for (size_t i = 0; now != NULL && i < book->from_count; i++) {
		if (strcmp(now->book_number, book->from[i]) == 0) {
			return true;
		}
	}
	return false;
}

void step_family_book(struct fold *fold, const struct act *act)
{
	struct book_act book;

	if (!book_act_of(&book, act->content)) {
		return;
	}
	Civil__V1__PartialDate *date = fold_partial(fold, book.date);

	if (book.into != NULL) {
		bool head = act_role(act, fold->person) == ROLE(HEAD);

		enter(fold, act, book.into, head ? NULL : relation_of(fold, &book), date,
		      book_fields);
	} else if (is_in(fold, &book)) {
		household_leave(fold, act, date);
	}
}

void household_new_head(struct fold *fold, const struct act *act, Civil__V1__PartialDate *from)
{
	const Civil__V1__PersonFamilyBook *book = fold->state->family_book;

	if (book != NULL && !book->head) {
		enter(fold, act, book->book_number, NULL, from, " date_of_death new_head ");
	}
}
