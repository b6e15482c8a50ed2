/* What all questions share: the known position, the person, the day. Internal to ledger/query.
 *
 * A question is a pure function of a view and a request; the answer lives in the view's arena. The
 * view given sees the newest records; a question about an earlier position reads through a copy of
 * it that sees less. Positions in answers carry `known` and `size`: time and checkpoint of the node
 * are the caller's to add.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_QUERY_H
#define LEDGER_QUERY_QUERY_H

#include "ledger/view.h"

#include "civil/v1/kinship_service.pb-c.h"
#include "civil/v1/query_service.pb-c.h"

/* The view at the position that was asked about, and how much there is in all. */
struct query {
	struct view view;
	uint64_t size;
};

/* `asked` says whether the request names a position; without one it is the whole ledger.
 * STATUS_OUT_OF_RANGE when known > view->size. */
enum status query_begin(struct query *out, const struct view *view, bool asked,
                        uint64_t known) NODISCARD;

/* The person that a request names by exactly one of id and number (the other NULL).
 * STATUS_INVALID when it names none or the id is not 16 bytes; STATUS_NOT_FOUND for a number that
 * was never given. */
enum status query_person(struct query *query, struct id *out, const ProtobufCBinaryData *person_id,
                         const char *number) NODISCARD;

/* The same of a reference; STATUS_INVALID also when it is NULL. */
enum status query_named(struct query *query, struct id *out,
                        const Civil__V1__PersonReference *person) NODISCARD;

/* The day asked about; `today` when there is none. STATUS_INVALID when it is no day. */
enum status query_day(int32_t *out, const Civil__V1__Date *day, int32_t today) NODISCARD;

/* A new message in the query's arena; NULL when its cap is reached. */
void *query_new(struct query *query, const ProtobufCMessageDescriptor *descriptor);

/* Bytes copied into the arena. False when its cap is reached. */
bool query_bytes(struct query *query, ProtobufCBinaryData *out, struct bytes bytes);

Civil__V1__Position *query_position(struct query *query);

#endif
