/* Valid contents and events of every kind, made from the table of field rows.
 *
 * A sample is minimal (mandatory fields only) or full (every field that goes with the others). Its
 * values depend on nothing but the field's form, so that a test can change one and know what was
 * there. Thread: any. Memory: the arena given, which must be large enough (asserted). */
#ifndef TESTS_SUPPORT_SAMPLE_H
#define TESTS_SUPPORT_SAMPLE_H

#include "ledger/base/buf.h"
#include "ledger/event/compose.h"
#include "ledger/event/event.h"

/* Content of a kind that breaks neither S07 nor S08 with the header of sample_header. */
Civil__V1__Content *sample_content(enum kind_id kind, bool full, struct arena *arena);

/* Content of a step of a birth: notification, verification, registration, refusal, withdrawal. */
Civil__V1__Content *sample_step_content(Civil__V1__Content__KindCase content_case, bool full,
                                        struct arena *arena);

/* Header for a kind's content: every subject role once, references as the content names them. */
Civil__V1__EventHeader *sample_header(enum kind_id kind, const Civil__V1__Content *content,
                                      struct arena *arena);

/* Key number n: its seed is 32 bytes of n. */
struct compose_key sample_key(uint8_t n);

/* Bytes of an event by keys 1 and 2, opening 32 bytes of 7. */
void sample_event(struct buf *out, const Civil__V1__EventHeader *header,
                  const Civil__V1__Content *content, struct arena *arena);

#endif
