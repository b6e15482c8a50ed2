/* The family book of a couple: she is its head. */
#include "ledger/base/assert.h"
#include "tools/populate/family.h"

void family_book(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_FAMILY_BOOK_OPENED);
	Civil__V1__FamilyBookOpened *book =
	        writer_new(writer, &civil__v1__family_book_opened__descriptor);
	Civil__V1__FamilyRelation *husband =
	        writer_new(writer, &civil__v1__family_relation__descriptor);
	Civil__V1__FamilyRelation **relations = arena_array(&writer->arena, 1, sizeof(husband));

	ASSERT(relations != NULL);
	husband->person_id = writer_bytes(writer, bytes_of_id(&family->husband.id));
	husband->relation = writer_text(writer, "spouse");
	relations[0] = husband;
	book->book_number = writer_text(writer, "FB%llu", (unsigned long long)family->wife.serial);
	book->unit = writer_bytes(writer, bytes_of_id(&family->home.unit));
	book->date = writer_date(writer, day);
	book->relations = relations;
	book->n_relations = 1;
	content->family_book_opened = book;
	const struct draft draft = {
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_HOUSEHOLD,
		.parts = { { CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_HEAD, &family->wife.id },
		           { CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MEMBER, &family->husband.id } },
		.part_count = 2,
		.signers = { &family->home.commune->district->police },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
	(void)writer_emit(writer, &draft);
}
