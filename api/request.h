/* A check of decoded requests that protobuf-c leaves to us.
 *
 * Signed bytes pass the strict admission of ledger/event/canonical.h; the frames around them need
 * less: unknown fields are let pass, so that newer clients can talk to older servers, but a string
 * must be UTF-8, or an answer that repeats it could not be read by other languages.
 * Thread: pure. Memory: none. */
#ifndef API_REQUEST_H
#define API_REQUEST_H

#include "ledger/base/detail.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

/* True when every string of the message, at every level, is strict UTF-8. Else `detail` names the
 * field. Request messages are not recursive, so the schema bounds the depth. */
bool request_is_text(const ProtobufCMessage *message, struct detail *detail);

#endif
