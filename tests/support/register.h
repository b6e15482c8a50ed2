/* A register in use: a ledger over a memory store, with offices, officers, law and areas, to which
 * a test offers events as officers would and reads which rules they break.
 *
 * Every event goes through ledger_apply: admitted, judged, appended, folded. `reg_offer` and the
 * calls built on it answer with the ids of the rules that stand in the way, blank between, in
 * order, each once: "" when a record was made, "S02 S05", "L05?" for an undecided rule. "INVALID
 * path" is an event whose bytes were not admitted. So a test says
 *
 *     ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "S22");
 *
 * Days are text: "2026-03-02", for a partial date also "1968" and "1995-02". Officers are text:
 * role, number of the person if there are several, office: "R.070803", "V2.0708", "K.070803+V.0708"
 * for two signatures. The ground: communes 070801, 070803, 140101, 230201, 250101 with R, K, K2 and
 * PC; districts 0708, 1401, 2302, 2501 with V, V2 and PD; provinces 07, 14, 23, 25 with P, P2;
 * courts court-07, court-14 with J and CC; hospital hosp-0708 with N; id-cards with IC and IC2;
 * G1 and G3 of nat-registry, G2 of nat-identification. Rule sets KH-0, KH-1989, KH-2011, KH-2024;
 * gazetteers KH-H (until 2013-12-31) and KH-2014, 030401 of the first being 250101 of the second.
 *
 * For each rule it is noted whether an event broke it and whether one was accepted that it guards
 * and that held it (reg_seen). Thread: one. Memory: everything lives until reg_end. */
#ifndef TESTS_SUPPORT_REGISTER_H
#define TESTS_SUPPORT_REGISTER_H

#include "ledger/authority/authority.h"
#include "ledger/ledger.h"

#include "civil/v1/content.pb-c.h"
#include "civil/v1/person.pb-c.h"

#include <check.h>

struct reg {
	struct store *store;
	bool store_is_ours;
	struct ledger *ledger;
	struct arena arena;
	const char *today;    /* recorded at 10:00 of this day, signed then, declared then */
	int64_t signed_at_ms; /* 0: at 10:00 of today */
	const char *office;   /* of the next event; NULL: of its first signer */
	uint64_t made;        /* makes request and case ids */
	uint64_t numbers;     /* registration and document numbers */
	const struct id *expected_of; /* person whose expected version is given ... */
	uint64_t expected_version;    /* ... and that version; 0: none */
	int64_t expires_in_ms;        /* of the next event; 0: as compose */
	struct ledger_result result;  /* of the last event */
	char broken[256];             /* its answer */
};

struct reg_part {
	Civil__V1__SubjectRole role; /* 0 ends a list */
	const struct id *person;     /* NULL: created by the event */
};

enum { REG_PARTS_MAX = 4 };

/* A case with steps. */
struct reg_case {
	enum kind_id kind;
	struct id case_id;
	struct reg_part parts[REG_PARTS_MAX + 1];
	struct hash declared;
	struct hash verified;
	struct hash registered;
	struct id created; /* by the first declaration */
};

/* Over a store in memory; or over an empty one of the caller's, which keeps it. */
struct reg *reg_begin(void);
struct reg *reg_begin_over(struct store *store);
void reg_end(struct reg *reg);

/* Sets the day of the next events. */
void reg_on(struct reg *reg, const char *day);

/* Offers an event of a kind at a step. `case_id` may be NULL: a fresh one. */
const char *reg_offer(struct reg *reg, const char *signers, enum kind_id kind,
                      Civil__V1__EventStep step, const struct id *case_id,
                      const struct reg_part *parts, Civil__V1__Content *content);

/* The same for kinds without steps. */
const char *reg_act(struct reg *reg, const char *signers, enum kind_id kind,
                    const struct reg_part *parts, Civil__V1__Content *content);

/* The steps of a case; reg_case_begin gives a fresh one. A declaration that makes a record is
 * remembered, with the person it creates, and later ones name that person. */
struct reg_case reg_case_begin(struct reg *reg, enum kind_id kind, const struct reg_part *parts);
const char *reg_notify(struct reg *reg, struct reg_case *c, const char *signers, const char *date,
                       const char *place);
const char *reg_declare(struct reg *reg, struct reg_case *c, const char *signers,
                        Civil__V1__Content *content);
const char *reg_verify(struct reg *reg, struct reg_case *c, const char *signers);
const char *reg_register(struct reg *reg, struct reg_case *c, const char *signers);
const char *reg_refuse(struct reg *reg, struct reg_case *c, const char *signers);

/* An id that no other call gave. */
struct id reg_fresh_id(struct reg *reg);

/* Content of a REGISTERED step, to be changed before it is offered. */
Civil__V1__Content *reg_registration(struct reg *reg, const struct reg_case *c);
const char *reg_register_as(struct reg *reg, struct reg_case *c, const char *signers,
                            Civil__V1__Content *content);

/* Event id of the last record; person it created first. */
struct hash reg_event(const struct reg *reg);
struct id reg_created(const struct reg *reg);

/* Id of an officer, as the enrolment made it; the officer must have been used before or belong to
 * the ground. */
struct officer_key reg_officer(struct reg *reg, const char *officer);

/* Enrols an officer who may also be a person of the register (NULL: not). */
const char *reg_enrol(struct reg *reg, const char *signers, const char *officer,
                      const struct id *person);

/* State of a person now; NULL when not REGISTERED. Lives until reg_end. */
const Civil__V1__PersonState *reg_state(struct reg *reg, const struct id *person);

/* Records on the ledger. */
uint64_t reg_size(const struct reg *reg);

/* Whether any event so far broke the rule, and whether one that it guards held it. */
bool reg_seen(enum rule_id rule, bool broken);

/* Fails unless all these rules (ended by RULE_NONE) were seen broken and seen holding. */
void reg_assert_seen(const enum rule_id rules[]);

/* Runs a suite in this process, where what was seen is counted; for main(). */
int reg_run(Suite *suite);

#endif
