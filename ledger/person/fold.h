/* One fold in progress, and what its steps share. Internal to ledger/person.
 *
 * An act works at one or more moments. Most have one, on the valid date; a death cancels documents
 * on the day of its registration; a marriage registered after it ended ends on the day named; a
 * paper marriage creates its unknown spouses on their days of birth. The fold runs the moments in
 * order of (day, index of the record, part):
 *
 *     state(valid) = all moments with day <= valid, in that order
 *
 * An act whose effect was taken away works as the table says for that: ledger/person/step.h.
 *
 * An act never works before the act it builds on: a card reported lost "in 2026" and issued in
 * March 2026 is lost from March. The step table names that act (`anchor`).
 *
 * Steps are pure: what they need beside the act is looked up before and stands in `struct facts`.
 * They share sub-messages with the contents they read and never write to those.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_FOLD_H
#define LEDGER_PERSON_FOLD_H

#include "ledger/person/acts.h"
#include "ledger/person/persona.h"

#include "civil/v1/person.pb-c.h"

/* What a step needs from other records. All of them lie before the act, so that later records,
 * which do not name the person, cannot change a state. */
enum { ADOPTERS_MAX = 2 };

struct facts {
	Civil__V1__DelayClass delay_class; /* births, for the child */
	const char *number_scheme;         /* acts that give a number to the person, else "" */
	Civil__V1__Address *address;       /* of the unit entered, as opened; may be NULL */
	Civil__V1__SubjectRole adopters[ADOPTERS_MAX]; /* adoptions, for the child: their parts */
	bool remarried; /* removed deaths: the survivor had a later marriage when it was removed */
	/* Deaths and cleared pairs, for the one who is left: all ids that stood for the other
	 * person when the act was recorded; NULL when nobody was merged. */
	const struct id *others;
	size_t other_count;
};

struct fold {
	Civil__V1__PersonState *state;
	const struct id *person;
	const struct persona *persona; /* the ids that stand for the person */
	struct arena *arena;
	int32_t valid_day;
	int32_t day;             /* of the moment that runs */
	const struct acts *acts; /* being folded, those after `day` too */
	struct facts facts;
	bool fresh;   /* the state began empty: arrays have the capacity that fold_append gave */
	bool dies;    /* a death of the person is among the acts, whatever its day */
	bool compare; /* a step touched documents, or what documents print */
	bool failed;  /* the arena's cap was reached; stays */
};

/* Begins an empty state of persona->person. STATUS_NO_MEMORY. */
enum status fold_begin(struct fold *fold, const struct persona *persona, int32_t valid_day,
                       struct arena *arena) NODISCARD;

/* Days between which an order of acts is open. */
struct fold_span {
	int32_t first; /* first moment */
	int32_t last;  /* last moment, or last possible day of an act: nothing is open behind it */
};

/* Span of one act alone; first > last when it has no effect on the person. */
struct fold_span fold_span_of(const struct act *act, const struct id *person);

/* Runs the moments of `acts` with day <= fold->valid_day and writes their span over all days.
 * STATUS_OK; STATUS_NO_MEMORY. */
enum status fold_run(struct fold *fold, struct view *view, const struct acts *acts,
                     struct fold_span *span) NODISCARD;

/* First possible day of birth that the acts give the person; INT32_MIN when they give none. */
int32_t fold_birth_day(const struct acts *acts, const struct persona *persona);

/* Writes state->inconsistencies: live documents against the state. Reads the records of documents
 * that none of `acts` issued. STATUS_OK; STATUS_NO_MEMORY. */
enum status fold_compare_documents(struct fold *fold, struct view *view,
                                   const struct acts *acts) NODISCARD;

/* A new message of a type; NULL after setting `failed`. */
void *fold_new(struct fold *fold, const ProtobufCMessageDescriptor *descriptor);

/* Appends to a repeated field of messages. `array` is the address of the field. */
void fold_append(struct fold *fold, void *array, size_t *count, void *element);

/* Bytes and texts copied into the fold's arena. */
ProtobufCBinaryData fold_bytes(struct fold *fold, struct bytes bytes);
char *fold_text(struct fold *fold, const char *text);

/* Messages of one exact day; NULL stays NULL. */
Civil__V1__PartialDate *fold_partial(struct fold *fold, const Civil__V1__Date *date);
Civil__V1__Date *fold_date(struct fold *fold, int32_t day);

/* Provenance of an attribute that `act` states. `from` is the first day it holds (shared). `fields`
 * lists the fields of the kind's message that the attribute is made of, each with a space before
 * and behind (" name sex "): a correction of one of them becomes source and known_from. */
Civil__V1__Provenance *fold_provenance(struct fold *fold, const struct act *act,
                                       Civil__V1__PartialDate *from, const char *fields);

/* Provenance of what follows when the effect of `act` was taken away: from `from` on, by the record
 * that did it. */
Civil__V1__Provenance *fold_provenance_voided(struct fold *fold, const struct act *act,
                                              Civil__V1__PartialDate *from);

/* The same provenance for another attribute: each has its own, because ends are written into it. */
Civil__V1__Provenance *fold_provenance_copy(struct fold *fold,
                                            const Civil__V1__Provenance *provenance);

/* Ends an attribute on `to`, because of `act`. */
void fold_end(const struct fold *fold, Civil__V1__Provenance *provenance, const struct act *act,
              Civil__V1__PartialDate *to);

/* True when the asked day lies inside the uncertainty of the act's date. */
bool fold_uncertain(const struct fold *fold, const struct act *act);

/* True when what the act states of this group of attributes stands for the person: always, but for
 * acts about an id that was merged and did not win. */
bool fold_wins(const struct fold *fold, const struct act *act, Civil__V1__MergeGroup group);

/* True when the act names the person by an id that was absorbed. */
bool fold_names_other(const struct fold *fold, const struct act *act);

/* True for the person and for ids that stand for the person. */
bool fold_is_person(const struct fold *fold, ProtobufCBinaryData id);

/* True when the two ids are the same 16 bytes. */
bool fold_same_id(ProtobufCBinaryData a, const struct id *b);

/* True when `a` is the other person of the act at work, by any id that stood for them when it was
 * recorded. Later merges do not name this person, and so change nothing here. */
bool fold_same_other(const struct fold *fold, ProtobufCBinaryData a, const struct id *other);

#endif
