/* SubmitStream: events in, cumulative answers out.
 *
 * Every message is one submission. Answers come back in the order of arrival, so a counter and a
 * list of refusals since the last response are all the state there is; a slow client gets fewer,
 * larger responses. The window bounds what one stream may have under way. Threads: the callbacks on
 * the queue thread; done() on the pipeline's reply thread. */
#ifndef API_SUBMIT_STREAM_H
#define API_SUBMIT_STREAM_H

#include "api/rpc_call.h"

enum { SUBMIT_STREAM_WINDOW = 1024 }; /* events: two full batches */

method_callback submit_stream_start;
method_callback submit_stream_message;
method_callback submit_stream_half_closed;
method_callback submit_stream_writable;
void submit_stream_free(void *state);

#endif
