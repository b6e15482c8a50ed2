/* Values of the derived tables of offices and keys (family AUTHORITY, letters 'o', 'k', 'i').
 *
 *   office: index u64 || sort u8 || opened u32 || closed u32 || count u8 || (length u8 || code)*
 *           then for each area of a merger: index u64 || length u8 || code
 *   key:    officer 16 || has person u8 || person 16 || roles u32 || from u32 || until u32 ||
 *           enrolled u64 || suspended u64 || compromised u64 || since u64 || office id
 *           then if its scope changed: 0 u8 || changes as ledger/authority/scope.h
 *   institution: index u64 || revoked u64 || revoked day u32 || from u32 || until u32 ||
 *           packed InstitutionAuthorised
 * Days are two's complement. Derived data: rebuilt by replay, so the layout may change with the
 * format version of the store.
 * Thread: any. Memory: decoded areas live in the arena. */
#ifndef LEDGER_AUTHORITY_AUTHORITY_VALUE_H
#define LEDGER_AUTHORITY_AUTHORITY_VALUE_H

#include "ledger/authority/authority.h"
#include "ledger/base/buf.h"
#include "ledger/store/keys.h"

/* Append the value of an office or key; failures stay in `out`. */
void authority_office_encode(struct buf *out, const struct office *office);
void authority_key_encode(struct buf *out, const struct officer_key *key);

/* STATUS_OK; STATUS_CORRUPT when the value is not what encode wrote; STATUS_NO_MEMORY. */
enum status authority_office_decode(struct office *out, struct bytes value, const char *id,
                                    struct arena *arena) NODISCARD;
enum status authority_key_decode(struct officer_key *out, struct bytes value,
                                 struct bytes public_key) NODISCARD;

void authority_institution_encode(struct buf *out, const struct institution *institution);
enum status authority_institution_decode(struct institution *out, struct bytes value,
                                         const char *id, struct arena *arena) NODISCARD;

/* Row of a part of a code list. */
void authority_codelist_key(struct key *key, const char *list, const char *version, int32_t part);

/* Reads a row of the family into the view's arena, through the view's row cache if it has one.
 * STATUS_OK; STATUS_NOT_FOUND; STATUS_NO_MEMORY, STATUS_IO, STATUS_CORRUPT. */
enum status authority_get(struct view *view, struct bytes *value, const struct key *key) NODISCARD;

#endif
