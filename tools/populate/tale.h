/* Tales: what happens rarely in a life or in an office, written as tables of acts.
 *
 * A tale is told in a family that has nothing else before it: a married couple with papers, a home
 * and cards. Its acts are rows:
 *
 *     { 12, "R", "objection", "spouse_a=h spouse_b=w notice=@n ground=age as=o" }
 *      day  signers  kind       words
 *
 * Day: days after the first of the tale. Signers: letters of the catalogue's section E, joined by
 * '+'; V2 is the second verifier of the district, X and Y are officers of the tale itself. Kind: a
 * name of the table of kinds, after "notified", "declared", "verified", "registered", "refused" or
 * "withdrawn" when it is such a step of a case.
 * Words, each name=value:
 *     a role of section B   persons by their letters, separated by commas; +c creates c
 *     as                    a letter by which later acts speak of this one
 *     case                  a letter for the case that the act belongs to
 *     cite                  the decision in its legal basis, @ and its letter
 *     override              a rule, passed for a reason
 *     expects               the version expected of all persons
 *     refused               the rules that must refuse the act
 *     order                 in a court_decision: the kind ordered; with persons, who are then its
 *                           subjects, and ordered, the acts it is about
 *     residue               in a content_erased, with a path: a field of the content that is left
 *     else                  a path of the content's message, see tale_fill.h
 * Letters: w wife, h husband, k their child, others of the cast. @w is the birth act of w, @m the
 * marriage of the couple. What an act does not say is filled in: dates with its day, enumerations
 * with their first value, codes with common ones.
 *
 * Thread: one owner. Memory: the writer's arena. */
#ifndef TOOLS_POPULATE_TALE_H
#define TOOLS_POPULATE_TALE_H

#include "tools/populate/family.h"

/* Names of the letters, and of the digits after them. */
enum { TALE_LETTERS = 26, TALE_NAMES = TALE_LETTERS + 10, TALE_OFFICERS = 2 };

struct tale_act {
	int32_t day;
	const char *signers;
	const char *kind; /* NULL ends the tale */
	const char *words;
};

struct tale {
	const char *name;
	/* Who is there besides the couple: letter, sex and age of each, as in "aF35 bM40"; k is a
	 * child of the couple, and a star behind says that the tale itself brings the person into
	 * the register. "" when nobody is. */
	const char *cast;
	const char *office; /* of X and Y; NULL: the commune */
	const struct tale_act *acts;
};

/* A tale while it is told. Everything by letter. */
struct told {
	struct family *family;
	uint64_t serial; /* stands for * in texts; the names from here on are the tale's */
	int32_t first;   /* day 0 of the tale */
	int32_t day;     /* of the act at hand */
	struct person people[TALE_LETTERS];
	struct hash acts[TALE_LETTERS];
	struct id cases[TALE_LETTERS];
	uint32_t cases_open; /* bit per letter */
	struct officer officers[TALE_OFFICERS];
};

/* The officer of the letters of section E, such as V2. */
const struct officer *tale_officer(const struct told *told, const char *letters, size_t length);

/* How many there are. */
uint64_t tale_count(void);

/* The tale of a number, counted round: all are told, one after the other. */
const struct tale *tale_of(uint64_t number);

/* Emits the tale's acts in the life of the family, from `day` on. */
void tale_tell(struct family *family, const struct tale *tale, int32_t day);

/* The tables of the topics; each ends with a tale without name. */
extern const struct tale tales_of_unions[];
extern const struct tale tales_of_filiation[];
extern const struct tale tales_of_residence[];
extern const struct tale tales_of_papers[];
extern const struct tale tales_of_identity[];
extern const struct tale tales_of_governance[];
extern const struct tale tales_of_refusals[];

#endif
