/* What the content of each kind must look like by itself: rules S07 and S08.
 *
 * The table has one row for every field of every message that content can hold (a unit test sees to
 * it): its form, its limits, whether it is mandatory. What depends on two fields, or on the
 * header's subjects and references, is a small function per message. Source: the catalogue of
 * events, sections B, C and H.
 *
 *   S07  mandatory fields there, codes well formed, lengths and numbers within limits, dates real;
 *        class, step and kind fit each other; references of header and content are the same set;
 *        only roles that may be new create persons; check digits of machine readable lines
 *   S08  names as section H; Khmer given name mandatory, Latin given name mandatory on documents
 *
 * Not judged here, because it needs the state: already_ended of a marriage, whether an area code
 * exists (S10), whether numbers are unused (S15).
 *
 * Thread: any. Memory: violations live in the arena. */
#ifndef LEDGER_EVENT_CONSTRAINT_H
#define LEDGER_EVENT_CONSTRAINT_H

#include "ledger/base/limits.h"
#include "ledger/event/event.h"

/* An answer lists at most this many faults; a content with more is refused all the same. */
enum { CONSTRAINT_VIOLATIONS_MAX = 48 };

struct constraint_violation {
	enum rule_id rule; /* RULE_S07 or RULE_S08 */
	const char *path;  /* "content.birth.name.km_given", "header.references[1]" */
	const char *text;  /* what is wrong; holds no value from the content */
};

/* Finds every violation of an event, in the order of the walk. Content must be there.
 * STATUS_OK, count may be 0; STATUS_NO_MEMORY when the arena's cap is reached. */
enum status constraint_check(struct constraint_violation **out, size_t *count,
                             const struct event *event, struct arena *arena) NODISCARD;

/* The same for the fields of one message alone, such as the content of an act after a correction:
 * forms, limits, mandatory fields and what depends on two fields, but nothing of the header. */
enum status constraint_check_message(struct constraint_violation **out, size_t *count,
                                     const ProtobufCMessage *message, const char *path,
                                     struct arena *arena) NODISCARD;

/* Event ids that the content refers to, each once, in the order of their fields. At most
 * REFERENCES_MAX are written to `out`; returns how many there are. */
size_t constraint_references(struct bytes out[REFERENCES_MAX], const Civil__V1__Content *content);

#endif
