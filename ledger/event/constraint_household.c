/* Field rows of family books. Whoever enters a book, the head excepted, has one relation. */
#include "ledger/event/constraint_table.h"

#include "ledger/event/event.h"

static const struct field_row family_relation_rows[] = {
	NEEDED("person_id", FORM_ID),
	NEEDED("relation", FORM_CODE),
};

static const struct table table_family_relation =
        TABLE(family_relation, family_relation_rows, NULL);

static size_t relations_of(Civil__V1__FamilyRelation *const *relations, size_t count,
                           const ProtobufCBinaryData *person)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		const ProtobufCBinaryData *id = &relations[i]->person_id;

		found += bytes_equal(bytes_of(id->data, id->len),
		                     bytes_of(person->data, person->len));
	}
	return found;
}

static bool is_member(const Civil__V1__EventHeader *header, const ProtobufCBinaryData *person)
{
	for (size_t i = 0; i < header->n_subjects; i++) {
		const Civil__V1__Subject *subject = header->subjects[i];

		if (subject->role == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MEMBER &&
		    bytes_equal(bytes_of(subject->person_id.data, subject->person_id.len),
		                bytes_of(person->data, person->len))) {
			return true;
		}
	}
	return false;
}

/* The members of the header and the relations are the same persons. */
static void check_relations(struct checking *checking, const struct position *position,
                            Civil__V1__FamilyRelation *const *relations, size_t count)
{
	const Civil__V1__EventHeader *header = checking->header;
	size_t members = 0;
	bool strangers = false;

	for (size_t i = 0; header != NULL && i < header->n_subjects; i++) {
		const Civil__V1__Subject *subject = header->subjects[i];

		if (subject->role != CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MEMBER) {
			continue;
		}
		members++;
		if (relations_of(relations, count, &subject->person_id) != 1) {
			constraint_report(checking, position, "relations", RULE_S07,
			                  "must name each member once");
			return;
		}
	}
	for (size_t i = 0; header != NULL && i < count; i++) {
		strangers = strangers || !is_member(header, &relations[i]->person_id);
	}
	if (header != NULL && (members != count || strangers)) {
		constraint_report(checking, position, "relations", RULE_S07,
		                  "names somebody who is no member");
	}
}

#define CHECK_RELATIONS(lower, Upper)                                                              \
	static void check_##lower(struct checking *checking, const struct position *position,      \
	                          const ProtobufCMessage *message)                                 \
	{                                                                                          \
		const Civil__V1__##Upper *book = (const Civil__V1__##Upper *)message;              \
                                                                                                   \
		check_relations(checking, position, book->relations, book->n_relations);           \
	}

static const struct field_row family_book_opened_rows[] = {
	NEEDED("book_number", FORM_DOCUMENT_NUMBER),
	NEEDED("unit", FORM_ID),
	NEEDED("date", FORM_DATE),
	MESSAGES("relations", 0, &table_family_relation),
};

CHECK_RELATIONS(family_book_opened, FamilyBookOpened)
const struct table table_family_book_opened =
        TABLE(family_book_opened, family_book_opened_rows, check_family_book_opened);

static const struct field_row family_book_member_added_rows[] = {
	NEEDED("book_number", FORM_DOCUMENT_NUMBER),
	MESSAGES("relations", 1, &table_family_relation),
	NEEDED("date", FORM_DATE),
	NEEDED("reason", FORM_CODE),
};

CHECK_RELATIONS(family_book_member_added, FamilyBookMemberAdded)
const struct table table_family_book_member_added = TABLE(
        family_book_member_added, family_book_member_added_rows, check_family_book_member_added);

/* What ends has a number, a day and a reason. */
static const struct field_row family_book_left_rows[] = {
	NEEDED("book_number", FORM_DOCUMENT_NUMBER),
	NEEDED("date", FORM_DATE),
	NEEDED("reason", FORM_CODE),
};

const struct table table_family_book_member_removed =
        TABLE(family_book_member_removed, family_book_left_rows, NULL);
const struct table table_family_book_closed =
        TABLE(family_book_closed, family_book_left_rows, NULL);

static const struct field_row family_book_head_changed_rows[] = {
	NEEDED("book_number", FORM_DOCUMENT_NUMBER),
	NEEDED("date", FORM_DATE),
	MESSAGES("relations", 0, &table_family_relation),
	NEEDED("reason", FORM_CODE),
};

CHECK_RELATIONS(family_book_head_changed, FamilyBookHeadChanged)
const struct table table_family_book_head_changed = TABLE(
        family_book_head_changed, family_book_head_changed_rows, check_family_book_head_changed);

/* Split and replaced: one book, and the new one. */
static const struct field_row family_book_anew_rows[] = {
	NEEDED("book_number", FORM_DOCUMENT_NUMBER),
	NEEDED("new_book_number", FORM_DOCUMENT_NUMBER),
	NEEDED("unit", FORM_ID),
	NEEDED("date", FORM_DATE),
	MESSAGES("relations", 0, &table_family_relation),
	NEEDED("reason", FORM_CODE),
};

CHECK_RELATIONS(family_book_split, FamilyBookSplit)
const struct table table_family_book_split =
        TABLE(family_book_split, family_book_anew_rows, check_family_book_split);

CHECK_RELATIONS(family_book_replaced, FamilyBookReplaced)
const struct table table_family_book_replaced =
        TABLE(family_book_replaced, family_book_anew_rows, check_family_book_replaced);

static const struct field_row family_book_merged_rows[] = {
	{ .field = "book_numbers", .form = FORM_DOCUMENT_NUMBER, .needed = true, .minimum = 2 },
	NEEDED("new_book_number", FORM_DOCUMENT_NUMBER),
	NEEDED("unit", FORM_ID),
	NEEDED("date", FORM_DATE),
	MESSAGES("relations", 0, &table_family_relation),
	NEEDED("reason", FORM_CODE),
};

static void check_family_book_merged(struct checking *checking, const struct position *position,
                                     const ProtobufCMessage *message)
{
	const Civil__V1__FamilyBookMerged *book = (const Civil__V1__FamilyBookMerged *)message;

	check_relations(checking, position, book->relations, book->n_relations);
	for (size_t a = 0; a < book->n_book_numbers; a++) {
		for (size_t b = 0; b < a; b++) {
			if (strcmp(book->book_numbers[a], book->book_numbers[b]) == 0) {
				constraint_report(checking, position, "book_numbers", RULE_S07,
				                  "names a book twice");
				return;
			}
		}
	}
}

const struct table table_family_book_merged =
        TABLE(family_book_merged, family_book_merged_rows, check_family_book_merged);
