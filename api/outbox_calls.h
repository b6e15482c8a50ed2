/* The outbox of a replica behind RegistrationService: submissions that are queued, the list, and
 * what an office does with a refusal.
 *
 * Thread: a queue thread of the server; queueing waits for one sync of the disk, which is why a
 * replica has an outbox and not a pipeline: an office writes tens of events an hour. Memory: as
 * api/rpc_call.h. */
#ifndef API_OUTBOX_CALLS_H
#define API_OUTBOX_CALLS_H

#include "api/services.h"

/* Answers Submit of one event, and SubmitBatch of several, on a replica. */
void outbox_calls_submit(struct rpc_call *call, const struct services *services,
                         const struct bytes *event);
void outbox_calls_submit_batch(struct rpc_call *call, const struct services *services,
                               const struct bytes events[], size_t count);

/* ListOutbox and DismissOutboxEntry; `context` is the services. */
void outbox_calls_list(struct rpc_call *call, void *context);
void outbox_calls_dismiss(struct rpc_call *call, void *context);

#endif
