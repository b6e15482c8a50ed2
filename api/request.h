/* Bytes of a request into a message, bounded in memory, with text that is text.
 *
 * Signed bytes pass the strict admission of ledger/event/canonical.h; the frames around them need
 * less: unknown fields are let pass, so that newer clients can talk to older servers, but a string
 * must be UTF-8, or an answer that repeats it could not be read by other languages.
 *
 * A message may take 56 times its bytes when unpacked (empty repeated messages); honest ones stay
 * far below REQUEST_MEMORY_PER_BYTE, which caps what a hostile one costs.
 * Thread: any. Memory: the message lives in the arena. */
#ifndef API_REQUEST_H
#define API_REQUEST_H

#include "ledger/base/arena.h"
#include "ledger/base/detail.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

enum { REQUEST_MEMORY_PER_BYTE = 16, REQUEST_MEMORY_SPARE_BYTES = 4096 };

/* STATUS_OK, or STATUS_INVALID with the reason in `detail` when the bytes do not parse within the
 * cap, or hold a string that is not UTF-8. The arena must be empty; its own cap is left as it was.
 */
enum status request_decode(ProtobufCMessage **out, struct arena *arena, struct detail *detail,
                           const ProtobufCMessageDescriptor *type, struct bytes bytes) NODISCARD;

/* True when every string of the message, at every level, is strict UTF-8. Else `detail` names the
 * field. Request messages are not recursive, so the schema bounds the depth. */
bool request_is_text(const ProtobufCMessage *message, struct detail *detail);

#endif
