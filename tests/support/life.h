/* Lives written into a memory store: records of births, weddings, cards and deaths, unjudged.
 *
 * Each call makes one record as the ledger would: header, content, indexes, governance, cached
 * states. Nothing is signed and no rule is asked, so a test can write any history, also one that
 * rules refuse. Days are text: "2026-03-02", for a partial date also "1968" and "1995-02". An act
 * with steps is DECLARED, VERIFIED where its profile says so, and REGISTERED, one record each.
 *
 * Everything is deterministic: the nth record of two lives has the same ids when it says the same.
 * Failures of the ledger fail the running test. */
#ifndef TESTS_SUPPORT_LIFE_H
#define TESTS_SUPPORT_LIFE_H

#include "ledger/append.h"

#include "civil/v1/content.pb-c.h"
#include "civil/v1/governance.pb-c.h"

struct life {
	struct store *store;
	struct ledger_head head;
	struct arena scratch;          /* of one record */
	struct arena arena;            /* of contents and answers: lives as long as the life */
	uint64_t made;                 /* makes case and request ids */
	const char *recorded_on;       /* day of the next records */
	const char *declared_on;       /* date_of_declaration; NULL: as recorded_on */
	struct store_view *store_view; /* of the last life_view */
	uint8_t signer;                /* key that signs the next records; 1 at first */
};

/* A person in an act. */
struct part {
	const struct id *person; /* NULL: created by the event */
	Civil__V1__SubjectRole role;
};

/* Opens a store with genesis (rule sets KH-0 and KH-2011) and gazetteers KH-H and KH-2014 of a few
 * areas, 030401 of the first being 250101 of the second. */
void life_begin(struct life *life);
void life_end(struct life *life);

/* A view of everything, or of the first `size` records. Dies with the next call or record. */
struct view life_view(struct life *life);
struct view life_view_at(struct life *life, uint64_t size);

/* Ends the last view. */
void life_view_drop(struct life *life);

/* Writes one record; returns its event id. `case_id` may be NULL. */
struct hash life_put(struct life *life, Civil__V1__EventClass event_class,
                     Civil__V1__EventStep step, const struct id *case_id, const struct part *parts,
                     size_t count, Civil__V1__Content *content);

/* A case id that no other call has given. */
struct id life_case(struct life *life);

/* Writes one REGISTERED record without steps. */
struct hash life_act(struct life *life, Civil__V1__EventClass event_class, const struct part *parts,
                     size_t count, Civil__V1__Content *content);

/* Content with its common part, of which only the day of declaration is filled. */
Civil__V1__Content *life_content(struct life *life);

/* Messages of days and names. */
Civil__V1__Date *life_date(struct life *life, const char *day);
Civil__V1__PartialDate *life_partial(struct life *life, const char *day);
Civil__V1__Name *life_name(struct life *life, const char *given);
Civil__V1__Place *life_place(struct life *life, const char *code, const char *gazetteer);
Civil__V1__Address *life_address(struct life *life, const char *code);
ProtobufCBinaryData life_hash(struct life *life, const struct hash *hash);

/* Day number of "2026-03-02"; INT32_MAX for NULL. */
int32_t life_day(const char *day);

#endif
