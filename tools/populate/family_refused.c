/* Mischief and mistakes: events that the rules must refuse, each with the rules that do. */
#include "ledger/base/crypto.h"
#include "ledger/base/date.h"
#include "tools/populate/family_case.h"

/* Sends a birth declaration of one more child, spoilt by the caller. */
static struct draft another_birth(struct family *family, int32_t birth, int32_t day)
{
	struct person child = { .serial = *family->serial,
		                .sex = CIVIL__V1__SEX__SEX_FEMALE,
		                .birth = birth };

	(*family->serial)++;
	struct draft draft =
	        family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	                    CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED, &family->commune->clerk,
	                    day, family_birth_content(family, &child, day, NULL));
	family_newborn_parts(family, &draft, NULL);
	return draft;
}

/* Born after it was declared. */
static void born_tomorrow(struct family *family, int32_t day)
{
	struct draft draft = another_birth(family, day + 1, day);

	draft.expected = "S09";
	(void)writer_emit(family->writer, &draft);
}

/* Signed so long ago that it has expired. */
static void expired(struct family *family, int32_t day)
{
	struct draft draft = another_birth(family, day - 2, day);

	draft.expired = true;
	draft.expected = "S20";
	(void)writer_emit(family->writer, &draft);
}

/* A name with a digit in it. */
static void bad_name(struct family *family, int32_t day)
{
	struct draft draft = another_birth(family, day - 2, day);

	draft.content->birth->name->km_given = writer_text(family->writer, "សុ១ភា");
	draft.expected = "S08";
	(void)writer_emit(family->writer, &draft);
}

/* A place that is in no gazetteer. */
static void bad_place(struct family *family, int32_t day)
{
	struct draft draft = another_birth(family, day - 2, day);

	draft.content->birth->child_address->code = writer_text(family->writer, "99999999");
	draft.expected = "S10";
	(void)writer_emit(family->writer, &draft);
}

/* No sex. */
static void no_sex(struct family *family, int32_t day)
{
	struct draft draft = another_birth(family, day - 2, day);

	draft.content->birth->sex = CIVIL__V1__SEX__SEX_UNSPECIFIED;
	draft.expected = "S07";
	(void)writer_emit(family->writer, &draft);
}

/* The card office signs a birth. */
static void wrong_role(struct family *family, int32_t day)
{
	struct draft draft = another_birth(family, day - 2, day);

	draft.signers[0] = &family->country->cards;
	draft.expected = "S02";
	(void)writer_emit(family->writer, &draft);
}

/* A mother whom nobody knows. */
static void unknown_mother(struct family *family, int32_t day)
{
	struct draft draft = another_birth(family, day - 2, day);
	struct id nobody = writer_id(family->writer);

	draft.parts[1].person = &nobody;
	draft.expected = "S11";
	(void)writer_emit(family->writer, &draft);
}

/* The husband wants to marry once more: bigamy, told without saying with whom he is married. */
static void bigamy(struct family *family, int32_t day)
{
	struct writer *writer = family->writer;
	struct person bride = { .serial = *family->serial,
		                .sex = CIVIL__V1__SEX__SEX_FEMALE,
		                .birth = family->wife.birth };

	(*family->serial)++;
	family_paper_person(family, &bride);
	Civil__V1__Content *content =
	        writer_content(writer, CIVIL__V1__CONTENT__KIND_MARRIAGE_NOTICE);
	Civil__V1__MarriageNotice *notice =
	        writer_new(writer, &civil__v1__marriage_notice__descriptor);

	notice->posted_on = writer_date(writer, day);
	notice->until = writer_date(writer, day + 10);
	content->marriage_notice = notice;
	struct draft draft = family_step(family, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_MARRIAGE, 0,
	                                 &family->commune->registrar, day, content);
	draft.parts[0].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_A;
	draft.parts[0].person = &family->husband.id;
	draft.parts[1].role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SPOUSE_B;
	draft.parts[1].person = &bride.id;
	draft.part_count = 2;
	draft.expected = "L04";
	(void)writer_emit(writer, &draft);
}

static void (*const mischiefs[])(struct family *family, int32_t day) = {
	born_tomorrow, expired, bad_name, bad_place, no_sex, wrong_role, unknown_mother, bigamy,
};

void family_mischief(struct family *family, int32_t day)
{
	uint32_t choice =
	        random_below(&family->writer->random, sizeof(mischiefs) / sizeof(mischiefs[0]));

	mischiefs[choice](family, day);
}
