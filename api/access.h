/* What is asked and tried, in the node's log of accesses before it is answered.
 *
 * Thread: any that may answer the call. Memory: the call's, or the caller's. */
#ifndef API_ACCESS_H
#define API_ACCESS_H

#include "api/services.h"
#include "ledger/sealing.h"

#include "civil/v1/query_service.pb-c.h"

/* The answer to a question. */
struct access_answer {
	enum status status;
	const ProtobufCMessage *response; /* of STATUS_OK; packed before the return */
	const struct detail *detail;      /* of others; copied */
};

/* Answers a unary call once the log holds who asked (`read`), about whom (reader->concerned) and
 * how it was answered. A person is told of it, but under an opened seal only whom it was opened
 * for. `view` and `reader` are not needed after the return. */
void access_reply(struct rpc_call *call, struct services *services, struct view *view,
                  const struct reader *reader, const Civil__V1__ReadContext *read,
                  const struct access_answer *answer);

/* A decided submission that waits for the entries of its refused events. The caller's memory, from
 * access_hold until then(). */
struct access_hold {
	struct access_item item;
	struct arena arena;
	struct submission *submission;
	void (*then)(struct submission *submission);
};

/* Calls `then` with the submission once the log holds those of its events that rules refused; at
 * once when there are none, unless `in_turn`: then it comes after all that were held before. `call`
 * brought the submission and outlives it. An event whose entry finds no memory is answered
 * STATUS_NO_MEMORY instead: nothing of it is in the ledger. */
void access_hold(struct access_hold *hold, struct rpc_call *call, struct services *services,
                 struct submission *submission, bool in_turn,
                 void (*then)(struct submission *submission));

#endif
