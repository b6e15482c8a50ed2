/* Fields of an act by path: what a correction reads, compares and sets.
 *
 *     path = segment *("." segment);  segment = field name ["[" index "]"]
 * The first segment is the kind's member of Content, "birth" or "document_issued", or "common". For
 * a linked paper it is the act on the paper. Examples: "birth.name.latin_given",
 * "marriage.witnesses[0].name.km_given", "common.informant.relationship".
 *
 * A path cannot choose another member of a oneof than the one that is set, nor make or remove an
 * element of a repeated field. It must end at a leaf: a string, number, yes or no, bytes, enum (its
 * value is the name of the number, such as "SEX_MALE"), Date, PartialDate, Name, Place or Address.
 * A whole repeated field and any other message is no leaf. Absent and zero are the same: a
 * FieldValue without a value.
 *
 * Pure. Thread: any. Memory: results live in the arena. */
#ifndef LEDGER_EVENT_FIELD_PATH_H
#define LEDGER_EVENT_FIELD_PATH_H

#include "ledger/base/arena.h"
#include "ledger/base/status.h"

#include "civil/v1/amendment.pb-c.h"
#include "civil/v1/content.pb-c.h"

/* Longest path that is followed, in bytes. */
enum { FIELD_PATH_MAX = 128 };

/* Reads the value at `path`.
 * STATUS_OK; STATUS_INVALID when the path leads to no leaf of this content, an index is beyond the
 * last element, or a number is not one of its enum; STATUS_NO_MEMORY by the arena's cap. */
enum status field_path_read(Civil__V1__FieldValue **out, const Civil__V1__Content *content,
                            const char *path, struct arena *arena) NODISCARD;

/* Copies the content and sets the value at `path` in the copy; messages on the way that are absent
 * are made. Never writes to `content`.
 * STATUS_OK; STATUS_INVALID as above, or when the value is not of the leaf's type, not the name of
 * a number of the enum, or out of the field's range; STATUS_NO_MEMORY by the arena's cap. */
enum status field_path_apply(Civil__V1__Content **out, const Civil__V1__Content *content,
                             const char *path, const Civil__V1__FieldValue *value,
                             struct arena *arena) NODISCARD;

/* True when both values are the same, byte for byte (rule S19). NULL is a value that is absent. */
bool field_value_equal(const Civil__V1__FieldValue *a, const Civil__V1__FieldValue *b);

#endif
