/* Every key of the store in one place: how they are built, and what each family's look like.
 *
 * A key is built on the stack from fixed-width parts, integers big-endian, so that the order of the
 * bytes is the order of the values. These bytes are on disk: a layout never changes, a new one gets
 * a new family. `·` joins parts without a separator.
 *
 *   family          key                                value
 *   META            name                               see whoever owns the name
 *   RECORD          index u64                          record
 *   CONTENT         index u64                          content, opening, what applying derived
 *   EVENT           event id [32]                      index u64
 *   REQUEST         request id [16]                    event id [32]
 *   HISTORY         person id [16] · index u64         role in that record
 *   HISTORY         person id [16]                     last index + 1 u64 · number of records u64
 *   CASE            case id [16] · index u64           step
 *   PERSON          person id [16]                     state
 *   TREE            level u8 · index u64               hash [32] of a complete subtree
 *   NUMBER          sort u8 · value                    person id [16] · index u64
 *   NAME            'd' · SHA-256(match key)[0..16] · index u64   empty: deaths by name
 *                   'b' · delivery id [16] · index u64           empty: births of a delivery
 *                   'm' · person id [16] · index u64             empty: births that name the mother
 *                   'u' · unit id [16] · person id [16]          empty: who came to live in a unit
 *                   'h' · book number NUL · person id [16]       empty: who came into a family book
 *                   's' · given u64 · surname u64 · year u16 · person id [16]
 *                                                      empty: ledger/index_names.h
 *                   'q', 'x', 'y', 'z', 'w'                      ledger/sealing.h: seals
 *   AUTHORITY       'o' · office id                    ledger/authority/authority_value.h
 *                   'k' · public key [32]              ledger/authority/authority_value.h
 *                   'i' · institution                  ledger/authority/authority_value.h
 *                   'w' · node id                      index u64 · public key [32]
 *                   'd' · list NUL · version NUL · part u32   index u64: part of a code list
 *                   'l' · day · version                index u64 · RuleSet
 *                   'n'                                index u64 · scheme of personal numbers
 *                   'c' · index u64                    index u64 · first u64: a key was called
 *                                                      compromised; the first record it may have
 *                                                      signed since it was lost
 *                   'm'                                index u64: of the first merge
 *                   'v' · version                      day · parts u32 · seen u32 · index u64
 *                   'p' · version NUL · part u32       index u64
 *                   'g' · version NUL · code           Khmer name NUL Latin name
 *                   's' · old code NUL · day           index u64 · new code
 *                   't'                                index u64: last that changed any of these
 *   WORK            'r' · public key [32] · signed at u64 · index u64   empty: rate of a key
 *                   'o' · area NUL office NUL · index u64   ledger/work.h: a case that is open
 *                   'e' · area NUL office NUL · index u64   ledger/work.h: work that ended
 *                   'k' · case id [16]                  ledger/work.h: where an open case stands
 *                   'i' · area NUL · person id [16]     empty: papers once differed
 *                   'd' · index u64                     empty: a pair came under suspicion
 *                   'p' · office NUL book NUL · year u32 · page NUL entry NUL · index u64
 *                                                       empty: ledger/index_paper.h
 *                   's' · kind u8 · basis u8 · year u16 · month u8 · area NUL · index u64 · nth u8
 *                                                       ledger/person/statistic.h: a count
 *
 * A day is a u32: day number + 2^31, so that days before 1970 sort before.
 *
 * Variable text inside a key goes through key_string0: the bytes, then a NUL. Text without NUL then
 * sorts as by strcmp, and no text is mistaken for the beginning of another.
 *
 * Invariants: size <= STORE_KEY_BYTES_MAX. A key that would grow beyond it, or text with a NUL
 * inside, sets `failed`, which stays; a failed key must not be used (key_bytes asserts it), so a
 * caller with bytes from outside asks key_failed first.
 * Thread: a value of its owner. Memory: none. */
#ifndef LEDGER_STORE_KEYS_H
#define LEDGER_STORE_KEYS_H

#include "ledger/store/store.h"

struct key {
	size_t size;
	bool failed;
	uint8_t bytes[STORE_KEY_BYTES_MAX];
};

/* Begins an empty key. Does not clear the bytes: building one costs only what is appended. */
void key_begin(struct key *key);

void key_u8(struct key *key, uint8_t value);
void key_u32(struct key *key, uint32_t value);
void key_u64(struct key *key, uint64_t value);
void key_id(struct key *key, const struct id *id);
void key_hash(struct key *key, const struct hash *hash);

void key_day(struct key *key, int32_t day);

/* Bytes as they are: only for parts of fixed width, or as the last part. */
void key_raw(struct key *key, struct bytes bytes);

/* Text and a NUL behind it. */
void key_string0(struct key *key, struct bytes text);

static inline bool key_failed(const struct key *key)
{
	return key->failed;
}

/* The key, for the calls of store.h. Borrowed from `key`. */
struct bytes key_bytes(const struct key *key);

/* Reads a key part by part, in the order it was built: a view that each call shortens from the
 * front. False, with outputs untouched, when too little is left; for stored keys that means
 * STATUS_CORRUPT. */
bool key_read_u8(struct bytes *rest, uint8_t *value);
bool key_read_u32(struct bytes *rest, uint32_t *value);
bool key_read_u64(struct bytes *rest, uint64_t *value);
bool key_read_id(struct bytes *rest, struct id *id);
bool key_read_hash(struct bytes *rest, struct hash *hash);
bool key_read_string0(struct bytes *rest, struct bytes *text); /* without the NUL; borrowed */

/* Layouts. Each begins `key` anew. */
void key_meta(struct key *key, const char *name);
void key_record(struct key *key, uint64_t index);
void key_content(struct key *key, uint64_t index);
void key_event(struct key *key, const struct hash *event_id);
void key_request(struct key *key, const struct id *request_id);
void key_history(struct key *key, const struct id *person_id, uint64_t index);
void key_case(struct key *key, const struct id *case_id, uint64_t index);
void key_person(struct key *key, const struct id *person_id);
void key_tree(struct key *key, uint8_t level, uint64_t index);

void key_number(struct key *key, uint8_t sort, struct bytes value);
void key_death_name(struct key *key, const struct hash *name, uint64_t index);
void key_delivery(struct key *key, struct bytes delivery_id, uint64_t index);
void key_birth_of_mother(struct key *key, const struct id *mother, uint64_t index);
void key_resident(struct key *key, struct bytes unit, const struct id *person);
void key_book_member(struct key *key, const char *book_number, const struct id *person);
void key_signed(struct key *key, struct bytes public_key, int64_t signed_at_ms, uint64_t index);

/* A name that somebody had: of given names and surnames a hash, of the birth its year. The prefix
 * holds what is known of the name: `surname` NULL, all surnames. */
struct key_named {
	uint64_t given;
	uint64_t surname;
	uint16_t year; /* 0: not known to the year */
};
void key_named(struct key *key, const struct key_named *named, const struct id *person);
void key_named_prefix(struct key *key, uint64_t given, const uint64_t *surname);

/* Reads such a key back. */
bool key_read_named(struct bytes key, struct key_named *named, struct id *person);

/* WORK by area and office: letter 'o' or 'e'; by area and person: 'i'. */
void key_work(struct key *key, char letter, const char *area, const char *office, uint64_t index);
void key_inconsistent(struct key *key, const char *area, const struct id *person);

/* A count of WORK: what, by which day, of which year and month (0: not known), where. */
struct statistic_place {
	uint8_t kind;
	uint8_t basis;
	uint8_t month;
	uint16_t year;
	const char *area;
};
void key_statistic(struct key *key, const struct statistic_place *place, uint64_t index,
                   uint8_t nth);

/* Prefix of the counts of a kind by one basis; year and month may be added. */
void key_statistic_prefix(struct key *key, uint8_t kind, uint8_t basis);
void key_statistic_month(struct key *key, uint16_t year, uint8_t month);

/* A letter of AUTHORITY or WORK and what follows it; more parts may be added. */
void key_authority(struct key *key, char letter, struct bytes name);

/* Prefix of all records of one person or case, for a cursor. */
void key_history_prefix(struct key *key, const struct id *person_id);
void key_case_prefix(struct key *key, const struct id *case_id);

/* Reads a day back from its four bytes. */
int32_t key_read_day(const uint8_t bytes[4]);

/* Reads a whole key of RECORD or CONTENT, or of HISTORY or CASE. False when it is not one. */
bool key_read_record(struct bytes key, uint64_t *index);
bool key_read_history(struct bytes key, struct id *id, uint64_t *index);

#endif
