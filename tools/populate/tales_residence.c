/* Where people live: second homes, new numbers on houses, hidden addresses, years abroad; and the
 * family book through its life. */
#include "tools/populate/tale.h"

static const struct tale_act dwelling[] = {
	{ 0, "PC", "residence_unit_opened", "address=other sort=dormitory as=u" },
	{ 1, "PC", "temporary_residence", "resident=h unit=#u until=300 host=Sok refused=L23" },
	{ 1, "PC", "temporary_residence", "resident=h unit=#u until=90 host=Sok" },
	{ 20, "PC", "residence_unit_closed", "unit=#home refused=L15" },
	{ 200, "PC", "residence_unit_closed", "unit=#u" },
	{ 0 },
};

static const struct tale_act renumbered[] = {
	{ 0, "PC", "address_changed",
	  "resident=h,w old_address=home new_address=other cause=renumbering" },
	{ 1, "PC", "address_changed",
	  "resident=h,w old_address=home new_address=other cause=renumbering refused=S19" },
	{ 0 },
};

static const struct tale_act hidden[] = {
	{ 0, "PD", "address_protection_set", "resident=w level=secret authority=police" },
	{ 100, "PD", "address_protection_lifted", "resident=w authority=police" },
	{ 0 },
};

static const struct tale_act abroad[] = {
	{ 0, "IM", "emigration", "resident=h country=THA basis=work" },
	{ 300, "IM", "immigration_return", "resident=h country=THA basis=work" },
	{ 0 },
};

/* Opened by her, taken over by him, divided, joined, renewed and closed. */
static const struct tale_act book[] = {
	{ 0, "PD", "family_book_opened",
	  "head=w member=h book_number=TA* unit=#home relations[0].person_id=h "
	  "relations[0].relation=spouse" },
	{ 1, "PD", "family_book_opened", "head=w book_number=TX* unit=#home refused=L16" },
	{ 2, "PD", "family_book_member_added",
	  "member=k,a book_number=TA* relations[0].person_id=k relations[0].relation=child "
	  "relations[1].person_id=a relations[1].relation=parent" },
	{ 30, "PD", "family_book_head_changed",
	  "head=h member=w book_number=TA* relations[0].person_id=w relations[0].relation=spouse" },
	{ 60, "PD", "family_book_split", "head=a book_number=TA* new_book_number=TB* unit=#home" },
	{ 90, "PD", "family_book_merged",
	  "head=h member=w,k,a book_numbers=TA*,TB* new_book_number=TC* unit=#home "
	  "relations[0].person_id=w relations[0].relation=spouse relations[1].person_id=k "
	  "relations[1].relation=child relations[2].person_id=a relations[2].relation=parent" },
	{ 120, "PD", "family_book_member_removed", "member=a book_number=TC*" },
	{ 150, "PD", "family_book_replaced",
	  "head=h member=w,k book_number=TC* new_book_number=TD* unit=#home "
	  "relations[0].person_id=w relations[0].relation=spouse relations[1].person_id=k "
	  "relations[1].relation=child" },
	{ 180, "PD", "family_book_closed", "head=h member=w,k book_number=TD*" },
	{ 0 },
};

const struct tale tales_of_residence[] = {
	{ "dwelling", "", NULL, dwelling }, { "renumbered", "", NULL, renumbered },
	{ "hidden", "", NULL, hidden },     { "abroad", "", NULL, abroad },
	{ "book", "kF1 aF63", NULL, book }, { 0 },
};
