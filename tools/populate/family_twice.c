/* Somebody whose papers were linked under two spellings: two identities with two numbers. An office
 * suspects the pair; it waits, is cleared, or the nation merges the two. */
#include "ledger/base/assert.h"
#include "tools/populate/family.h"

enum { SERIALS_APART = 5, CLEARED_PERCENT = 20, MERGED_PERCENT = 50 };

static struct draft of_pair(const struct person *first, const struct person *second,
                            const struct officer *signer, int32_t day, Civil__V1__Content *content)
{
	return (struct draft){
		.event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_IDENTITY,
		.parts = { { CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT, &first->id },
		           { CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SUBJECT, &second->id } },
		.part_count = 2,
		.signers = { signer },
		.signer_count = 1,
		.day = day,
		.content = content,
	};
}

static void suspect(struct family *family, const struct person *first, const struct person *second,
                    int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DUPLICATE_SUSPECTED);
	Civil__V1__DuplicateSuspected *pair =
	        writer_new(writer, &civil__v1__duplicate_suspected__descriptor);

	pair->score = 80;
	pair->rule = writer_text(writer, "p05");
	pair->fields = arena_array(&writer->arena, 2, sizeof(*pair->fields));
	ASSERT(pair->fields != NULL);
	pair->fields[0] = writer_text(writer, "sex");
	pair->fields[1] = writer_text(writer, "birth");
	pair->n_fields = 2;
	pair->date = writer_date(writer, day);
	content->duplicate_suspected = pair;
	const struct draft draft =
	        of_pair(first, second, &family->commune->registrar, day, content);
	(void)writer_emit(writer, &draft);
}

static void clear_pair(struct family *family, const struct person *first,
                       const struct person *second, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_DUPLICATE_CLEARED);
	Civil__V1__DuplicateCleared *cleared =
	        writer_new(writer, &civil__v1__duplicate_cleared__descriptor);

	cleared->reason = writer_text(writer, "twins");
	cleared->date = writer_date(writer, day);
	content->duplicate_cleared = cleared;
	const struct draft draft =
	        of_pair(first, second, &family->commune->district->verifier, day, content);
	(void)writer_emit(writer, &draft);
}

/* The name in use stays, and so does the card. */
static void merge(struct family *family, const struct person *survivor,
                  const struct person *absorbed, int32_t day)
{
	struct writer *writer = family->writer;
	Civil__V1__Content *content = writer_content(writer, CIVIL__V1__CONTENT__KIND_MERGE);
	Civil__V1__Merge *act = writer_new(writer, &civil__v1__merge__descriptor);
	Civil__V1__MergeWinner *name = writer_new(writer, &civil__v1__merge_winner__descriptor);
	Civil__V1__MergeDocument *card = writer_new(writer, &civil__v1__merge_document__descriptor);

	act->review_file = writer_text(writer, "review %llu", (unsigned long long)absorbed->serial);
	act->winners = arena_array(&writer->arena, 1, sizeof(*act->winners));
	act->live_documents = arena_array(&writer->arena, 1, sizeof(*act->live_documents));
	ASSERT(act->winners != NULL);
	ASSERT(act->live_documents != NULL);
	name->group = CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NAMES;
	name->winner = CIVIL__V1__MERGE_SIDE__MERGE_SIDE_SURVIVOR;
	act->winners[0] = name;
	act->n_winners = 1;
	card->document_class = writer_text(writer, "id_card");
	card->number = writer_text(writer, "%s", survivor->card);
	act->live_documents[0] = card;
	act->n_live_documents = survivor->card[0] == '\0' ? 0 : 1;
	content->merge = act;
	struct draft draft = of_pair(survivor, absorbed, &family->country->nation[0], day, content);

	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SURVIVOR;
	draft.parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_ABSORBED;
	draft.signers[1] = &family->country->nation[1];
	draft.signer_count = 2;
	(void)writer_emit(writer, &draft);
}

void family_twice(struct family *family, const struct person *person, int32_t day)
{
	struct random *random = &family->writer->random;
	struct person other = { .serial = *family->serial + SERIALS_APART,
		                .sex = person->sex,
		                .birth = person->birth,
		                .year_only = person->year_only };

	*family->serial += SERIALS_APART + 1;
	family_paper_person(family, &other);
	suspect(family, person, &other, day);
	if (random_percent(random, CLEARED_PERCENT)) {
		clear_pair(family, person, &other, day + 1);
	} else if (random_percent(random, MERGED_PERCENT)) {
		merge(family, person, &other, day + 1);
	}
}
