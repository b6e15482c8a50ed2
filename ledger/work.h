/* The work of offices: which cases wait for a step, and what ended when.
 *
 * A case stands with the office that notified it, then with the one that declared it, from the
 * record that brought it there (`start`). When it ends, or goes to another office, its row moves
 * from the open to the ended ones; so what was open at a known position is found again:
 *
 *     open at known = open rows with start < known
 *                   + ended rows with start < known <= ended
 * A birth registered before its verification stays open until the verification comes. An act
 * without steps ends as it begins; its row counts it.
 *
 *   'o' value  case id [16] · newest u64 · class u8 · step u8 · day u32: the newest record
 *   'e' value  case id [16] · start u64 · class u8 · step u8 · delay u8 · opened u32 · ended u32
 *   'k' value  start u64 · opened u32 · registered u8 · delay u8 · area NUL office NUL
 * `area` is the first area of the office, "" for the nation; days are 2^31 + day number; `delay` is
 * RegistrationDelay from the event to its declaration.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_WORK_H
#define LEDGER_WORK_H

#include "ledger/authority/authority.h"
#include "ledger/view.h"

enum { WORK_AREA_MAX = 8 };

/* A row of either sort. */
struct work {
	char area[WORK_AREA_MAX + 1];
	char office[OFFICE_ID_MAX + 1];
	uint64_t start;
	struct id case_id; /* zero: an act without a case */
	uint8_t event_class;
	/* Open: of the newest record; REGISTERED waits for its verification. Ended: REGISTERED,
	 * REFUSED, WITHDRAWN; DECLARED went to another office. */
	uint8_t step;
	uint64_t newest; /* newest record of the case, or the one that ended it */
	int32_t day;     /* its recording */
	bool has_ended;  /* what follows is set */
	uint8_t delay;
	int32_t opened_day; /* recording of the case's first record */
};

/* Writes the rows of a record that was just put into the batch; `view` sees the records before it.
 * STATUS_OK; STATUS_NO_MEMORY; trouble of the store. */
enum status work_record(struct view *view, struct store_batch *batch,
                        const struct stored_record *record) NODISCARD;

/* Reads a row of an index back. STATUS_CORRUPT when it is none. */
enum status work_read_open(struct work *out, struct bytes key, struct bytes value) NODISCARD;
enum status work_read_ended(struct work *out, struct bytes key, struct bytes value) NODISCARD;

/* Delay of a declaration: 0 to 30 days, to 365, to 5 years (1826 days), more; as RegistrationDelay.
 */
uint8_t work_delay(int64_t days);

/* The area by which an office's work is kept; `out` holds WORK_AREA_MAX + 1 bytes. An office that
 * is not on the ledger has "". */
enum status work_area(struct view *view, char *out, const char *office) NODISCARD;

#endif
