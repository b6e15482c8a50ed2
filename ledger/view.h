/* Reading the ledger at one known position: records, histories, cases, numbers.
 *
 * A view sees the records with index < size and nothing that later ones did. The same code answers
 * queries (over a snapshot) and judges events (over the batch being applied).
 *
 * Thread: one thread per view. Memory: everything returned lives in the view's arena, which belongs
 * to the caller. Errors: STATUS_IO, STATUS_CORRUPT from the store pass through and are fatal;
 * STATUS_NO_MEMORY when the arena's cap is reached. */
#ifndef LEDGER_VIEW_H
#define LEDGER_VIEW_H

#include "ledger/base/arena.h"
#include "ledger/event/event.h"
#include "ledger/store/store.h"

#include "civil/v1/receipt.pb-c.h"

struct memo;
struct reader;
struct reference;
struct row_cache;

struct view {
	struct store_view *store;
	uint64_t size; /* known position: records 0 .. size-1 are visible */
	struct arena *arena;
	/* Law and gazetteer versions; NULL until first needed (ledger/authority/reference.h). */
	const struct reference *reference;
	/* Rows read before, by this thread alone; or NULL (authority/row_cache.h, tables.h). */
	struct row_cache *rows;
	/* What was read or written lately, of the applying thread alone; else NULL (memo.h). */
	struct memo *memo;
	/* To whom sealed records are as if they were not there (ledger/sealing.h); NULL: everything
	 * is seen, as rules and folds need it. */
	const struct reader *reader;
};

/* A record read back. */
struct stored_record {
	uint64_t index;
	int64_t recorded_at_ms;
	struct bytes record_bytes;
	const Civil__V1__Record *record;
	const Civil__V1__RecordContent *kept; /* content, opening, numbers, law, findings */
	struct event event; /* erased: content is the residue, or NULL; no opening */
};

/* Reads record `index`. STATUS_NOT_FOUND when index >= size. */
enum status view_record(struct view *view, struct stored_record *out, uint64_t index) NODISCARD;

/* Tells the view's memo of a record that was just put into the batch: what the next calls here
 * would read from it. Without a memo, nothing happens. */
void view_remember(struct view *view, const struct stored_record *record, struct bytes kept);

/* The same of a person's version, as view_version gives it. */
void view_remember_version(struct view *view, const struct id *person, uint64_t version,
                           uint64_t count);

/* Reads the record of an event. STATUS_NOT_FOUND when there is none below size. */
enum status view_record_by_event(struct view *view, struct stored_record *out,
                                 struct bytes event_id) NODISCARD;

/* Finds the event id that a request id was used for. STATUS_NOT_FOUND. */
enum status view_event_of_request(struct view *view, struct hash *event_id,
                                  struct bytes request_id) NODISCARD;

/* Indexes of all records below size that name the person, ascending. Zero of them is STATUS_OK. */
enum status view_history(struct view *view, uint64_t **indexes, size_t *count,
                         const struct id *person) NODISCARD;

/* Whether some of those records are sealed to the view's reader. */
enum status view_history_covered(struct view *view, bool *out, const struct id *person) NODISCARD;

/* Index + 1 of the last record below size that names the person, and how many do; both 0 for a
 * person whom no record names. Rule P08 and the links of records. */
enum status view_version(struct view *view, uint64_t *version, uint64_t *count,
                         const struct id *person) NODISCARD;

/* Records of a case below size, ascending. Zero of them is STATUS_OK. */
enum status view_case(struct view *view, struct stored_record **records, size_t *count,
                      struct bytes case_id) NODISCARD;

/* The sorts of number that are unique over the whole ledger. */
enum number_sort {
	NUMBER_PERSONAL = 1,     /* digits -> person; nobody while a block holds it unused */
	NUMBER_REGISTRATION = 2, /* number_of_registration() -> index of REGISTERED, no person */
	NUMBER_ID_CARD = 3,      /* document number -> holder, index of the act that issued it */
	NUMBER_PASSPORT = 4,
	NUMBER_PERMIT = 5,
	NUMBER_UNIT = 6,        /* unit id -> index of residence_unit_opened, no person */
	NUMBER_UNIT_CLOSED = 7, /* unit id -> index of residence_unit_closed, no person */
	NUMBER_FAMILY_BOOK = 8, /* book number -> index of the act that opened it, no person */
	NUMBER_REJECTED = 16,   /* event id of a paper -> index of its legacy_rejected, no person */
	NUMBER_MERGED = 20,     /* person id -> the other of its first merge, index of that */
	NUMBER_CERTIFICATE = 21,    /* serial -> first subject, index of certificate_issued */
	NUMBER_BLOCK_RETURNED = 24, /* event id of a block -> index of its block_returned */
};

/* Who owns a number: person id (sorts with a person; zero otherwise) and the index of the record
 * that used the number first. STATUS_NOT_FOUND when it is unused below size. */
enum status view_number(struct view *view, struct id *person, uint64_t *index,
                        enum number_sort sort, struct bytes value) NODISCARD;

/* Writes the value bytes of a registration number: office id, NUL, register, NUL, year, number. */
struct bytes number_of_registration(const Civil__V1__RegistrationNumber *number,
                                    struct arena *arena);

/* How many records with this key among their signers were REGISTERED events of profile V or D,
 * signed in the open interval (after_ms, before_ms); counting stops at `limit`. Rules P10, W02. */
enum status view_signed_between(struct view *view, size_t *count, struct bytes public_key,
                                int64_t after_ms, int64_t before_ms, size_t limit) NODISCARD;

/* Indexes of death DECLARED and REGISTERED records whose deceased has exactly this match key of
 * names (name_match_key), below size. Rule P05. */
enum status view_deaths_of_name(struct view *view, uint64_t **indexes, size_t *count,
                                struct bytes name_key) NODISCARD;

/* Indexes of birth DECLARED and linked records that name this mother, below size. */
enum status view_births_of_mother(struct view *view, uint64_t **indexes, size_t *count,
                                  const struct id *mother) NODISCARD;

/* Persons whom a record below the newest position may have brought into a residence unit, or into a
 * family book, ascending by id and each once; at most `limit` of them behind `after` (NULL: from
 * the first). Whether somebody lives there is for the person's state to say. Linear in what it
 * returns. A unit's id that is not 16 bytes has nobody. */
enum status view_residents(struct view *view, struct id **persons, size_t *count, struct bytes unit,
                           const struct id *after, size_t limit) NODISCARD;
enum status view_book_members(struct view *view, struct id **persons, size_t *count,
                              const char *book_number, const struct id *after,
                              size_t limit) NODISCARD;

/* Indexes of birth DECLARED and linked records that carry this delivery id, below size. Rule S24.
 * Zero of them when the id is not 16 bytes. */
enum status view_births_of_delivery(struct view *view, uint64_t **indexes, size_t *count,
                                    struct bytes delivery_id) NODISCARD;

#endif
