/* One family after another, each a bundle of events that needs no other family: two people with old
 * papers, their wedding, children, home, cards, moves, mistakes and ends; and now and then an event
 * that the rules must refuse, with the ids of the rules that refuse it.
 *
 * Dates lie between 2020-02-03 and 2026-06-30. Names are made of syllables from a serial number, so
 * that nobody in the country has the name of anybody outside, and no two the same.
 * Thread: one owner. Memory: the writer's arena. */
#ifndef TOOLS_POPULATE_FAMILY_H
#define TOOLS_POPULATE_FAMILY_H

#include "tools/populate/country.h"

struct person {
	struct id id;
	uint64_t serial; /* of the name */
	Civil__V1__Sex sex;
	int32_t birth;       /* day */
	bool year_only;      /* known by year alone */
	struct hash act;     /* event id of the birth act */
	char number[12];     /* personal number; "" while none */
	char card[24];       /* number of the live ID card; "" while none */
	const char *country; /* nationality; NULL: of the country */
	bool at_home;        /* resident in the family's unit */
};

struct home {
	const struct commune *commune;
	const char *village;
	uint32_t house;
	struct id unit;
};

struct family {
	struct country *country;
	struct writer *writer;
	uint64_t *serial; /* of the next name */
	uint32_t refused; /* percent of events that rules must refuse */
	struct commune *commune;
	struct person husband;
	struct person wife;
	struct hash marriage; /* event id of the act */
	int32_t wedding;
	struct home home;
	bool widowed;
	bool divorced;
};

/* Emits a family with nothing behind it that tells the tale `number`, counted round. */
void family_tell(struct family *family, uint64_t number);

/* Emits a whole family, or as much of it as the writer takes. */
void family_live(struct family *family);

/* Pieces that the files of the family share. */
Civil__V1__Name *family_name(struct writer *writer, uint64_t serial);
Civil__V1__PartialDate *family_birth_date(struct writer *writer, const struct person *person);
Civil__V1__RegistrationNumber *family_registration(struct family *family, int which, int32_t day);
void family_witnesses(struct family *family, Civil__V1__Witness ***list, size_t *count);

/* family_paper.c: old papers into the register. */
void family_paper_person(struct family *family, struct person *person);
void family_paper_marriage(struct family *family);

/* family_civil.c: births and weddings. */
void family_wedding(struct family *family);
void family_child(struct family *family, int32_t birth);

/* A child of the couple whose birth was told in time, and nothing else happened. */
struct person family_newborn(struct family *family, int32_t birth);

/* family_end.c: divorces and deaths. */
void family_divorce(struct family *family, int32_t day);
void family_death(struct family *family, int32_t day);

/* family_amend.c: acts taken away and given back, disputes, holds, presumed deaths. */
void family_amend(struct family *family, int32_t day);
void family_presume(struct family *family, int32_t day);

/* family_home.c: homes, moves, cards. */
void family_settle(struct family *family);
void family_move(struct family *family, int32_t day);
void family_card(struct family *family, struct person *person, int32_t day);

/* What a document prints of its holder, issued on the day for as long as the law allows; what the
 * caller has set stays. */
void family_print(struct family *family, Civil__V1__DocumentIssued *issued,
                  const struct person *person, int32_t day);

/* family_book.c: the book of the couple. */
void family_book(struct family *family, int32_t day);

/* family_proof.c: the person is alive on the day. */
void family_proof(struct family *family, const struct person *person, int32_t day);

/* family_twice.c: the person is registered a second time, and an office notices. */
void family_twice(struct family *family, const struct person *person, int32_t day);

/* family_refused.c: events that must be refused. */
void family_mischief(struct family *family, int32_t day);

#endif
