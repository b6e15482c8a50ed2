#include "tests/support/register_household.h"

#include "ledger/base/limits.h"
#include "tests/support/register_content.h"

#define CASE(n) CIVIL__V1__CONTENT__KIND_##n

/* One relation for each member among the parts. */
static Civil__V1__FamilyRelation **relations(struct reg *reg, const struct reg_part *parts,
                                             size_t *count)
{
	Civil__V1__FamilyRelation **list = arena_array(&reg->arena, SUBJECTS_MAX, sizeof(*list));

	*count = 0;
	for (size_t i = 0; parts[i].role != 0; i++) {
		if (parts[i].role == ROLE(MEMBER)) {
			list[*count] = reg_new(reg, &civil__v1__family_relation__descriptor);
			list[*count]->person_id = reg_bytes(reg, bytes_of_id(parts[i].person));
			list[*count]->relation = reg_text(reg, "child");
			(*count)++;
		}
	}
	return list;
}

#define BOOK(lower, UPPER)                                                                         \
	Civil__V1__Content *content = reg_content(reg);                                            \
	content->kind_case = CASE(FAMILY_BOOK_##UPPER);                                            \
	content->family_book_##lower =                                                             \
	        reg_new(reg, &civil__v1__family_book_##lower##__descriptor);                       \
	content->family_book_##lower->date = reg_date(reg, date)

#define NUMBER(lower) content->family_book_##lower->book_number = reg_text(reg, number)

#define REASON(lower, why) content->family_book_##lower->reason = reg_text(reg, why)

#define RELATIONS(lower)                                                                           \
	content->family_book_##lower->relations =                                                  \
	        relations(reg, parts, &content->family_book_##lower->n_relations)

#define ANEW(lower)                                                                                \
	RELATIONS(lower);                                                                          \
	content->family_book_##lower->new_book_number = reg_text(reg, books->into);                \
	content->family_book_##lower->unit = reg_bytes(reg, bytes_of_id(books->unit));             \
	REASON(lower, "grown")

Civil__V1__Content *reg_book_opened(struct reg *reg, const struct reg_part *parts,
                                    const char *number, const struct id *unit, const char *date)
{
	BOOK(opened, OPENED);
	NUMBER(opened);
	RELATIONS(opened);
	content->family_book_opened->unit = reg_bytes(reg, bytes_of_id(unit));
	return content;
}

Civil__V1__Content *reg_book_added(struct reg *reg, const struct reg_part *parts,
                                   const char *number, const char *date)
{
	BOOK(member_added, MEMBER_ADDED);
	NUMBER(member_added);
	RELATIONS(member_added);
	REASON(member_added, "birth");
	return content;
}

Civil__V1__Content *reg_book_removed(struct reg *reg, const char *number, const char *date)
{
	BOOK(member_removed, MEMBER_REMOVED);
	NUMBER(member_removed);
	REASON(member_removed, "marriage");
	return content;
}

Civil__V1__Content *reg_book_headed(struct reg *reg, const struct reg_part *parts,
                                    const char *number, const char *date)
{
	BOOK(head_changed, HEAD_CHANGED);
	NUMBER(head_changed);
	RELATIONS(head_changed);
	REASON(head_changed, "age");
	return content;
}

Civil__V1__Content *reg_book_closed(struct reg *reg, const char *number, const char *date)
{
	BOOK(closed, CLOSED);
	NUMBER(closed);
	REASON(closed, "moved");
	return content;
}

Civil__V1__Content *reg_book_split(struct reg *reg, const struct reg_part *parts,
                                   const struct reg_books *books, const char *date)
{
	BOOK(split, SPLIT);
	ANEW(split);
	content->family_book_split->book_number = reg_text(reg, books->number);
	return content;
}

Civil__V1__Content *reg_book_replaced(struct reg *reg, const struct reg_part *parts,
                                      const struct reg_books *books, const char *date)
{
	BOOK(replaced, REPLACED);
	ANEW(replaced);
	content->family_book_replaced->book_number = reg_text(reg, books->number);
	return content;
}

Civil__V1__Content *reg_book_merged(struct reg *reg, const struct reg_part *parts,
                                    const struct reg_books *books, const char *date)
{
	BOOK(merged, MERGED);
	ANEW(merged);
	content->family_book_merged->book_numbers = arena_array(&reg->arena, 2, sizeof(char *));
	content->family_book_merged->book_numbers[0] = reg_text(reg, books->number);
	content->family_book_merged->book_numbers[1] = reg_text(reg, books->second);
	content->family_book_merged->n_book_numbers = 2;
	return content;
}

Civil__V1__Content *reg_stay(struct reg *reg, const struct id *unit, const char *from,
                             const char *until)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__TemporaryResidence *act =
	        reg_new(reg, &civil__v1__temporary_residence__descriptor);

	content->kind_case = CASE(TEMPORARY_RESIDENCE);
	content->temporary_residence = act;
	act->unit = reg_bytes(reg, bytes_of_id(unit));
	act->from = reg_date(reg, from);
	act->until = reg_date(reg, until);
	act->host = reg_text(reg, "the brother");
	return content;
}

Civil__V1__Content *reg_hidden(struct reg *reg, const char *from, const char *until)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__AddressProtectionSet *act =
	        reg_new(reg, &civil__v1__address_protection_set__descriptor);

	content->kind_case = CASE(ADDRESS_PROTECTION_SET);
	content->address_protection_set = act;
	act->level = CIVIL__V1__ADDRESS_PROTECTION_LEVEL__ADDRESS_PROTECTION_LEVEL_HIDDEN;
	act->authority = reg_text(reg, "court of Kandal, 17/2026");
	act->from = reg_date(reg, from);
	act->until = until == NULL ? NULL : reg_date(reg, until);
	return content;
}
