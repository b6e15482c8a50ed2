/* The index of names: who was ever known under which, by year of birth.
 *
 *   NAME 's' · H(given) u64 · H(surname) u64 · year of birth u16 · person id [16]     empty
 * H is name_fold_hash. One row for the Khmer and one for the Latin form of each name that a kept
 * state has held. A row says that the person may have had the name; the state at the position and
 * day asked about says whether. So corrections add rows and nothing takes one away but an erasure.
 * Of somebody of whom anything is sealed the year is 0: what a range of births finds must not
 * depend on a birth that the reader does not see. Rows of before the seal stay; they find nobody
 * more.
 *
 * Thread: of the writer. Memory: the view's arena. */
#ifndef LEDGER_INDEX_NAMES_H
#define LEDGER_INDEX_NAMES_H

#include "ledger/person/persona.h"

#include "civil/v1/person.pb-c.h"

/* Adds rows for what the state got with record `index`: its names, or the day of birth of all. With
 * `all`, or when records of the person are sealed, for every name. STATUS_OK; STATUS_NO_MEMORY. */
enum status index_names(struct view *view, struct store_batch *batch,
                        const Civil__V1__PersonState *state, const struct id *person,
                        uint64_t index, bool all) NODISCARD;

/* Adds the rows of every name of the kept state: after a seal, which changes no state, but by what
 * the person may be found. STATUS_OK; trouble of the store. */
enum status index_names_again(struct view *view, struct store_batch *batch,
                              const struct id *person) NODISCARD;

/* The same of those whom merges ever joined with the person, and who stand for themselves: after an
 * erasure, which takes names from all of them that some have of their own. */
enum status index_names_group(struct view *view, struct store_batch *batch,
                              const struct persona *persona) NODISCARD;

/* Takes the rows of a person away under every name that a content tells: it leaves the ledger.
 * STATUS_OK; trouble of the store. */
enum status index_names_forget(struct view *view, struct store_batch *batch,
                               const ProtobufCMessage *content, const struct id *person) NODISCARD;

/* Year of birth as in a key; 0 when it is not known to the year. */
uint16_t index_names_year(const Civil__V1__PersonState *state);

#endif
