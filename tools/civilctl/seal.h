/* From a draft to a signed event.
 * Thread: main. Memory: events live in the run's arena. */
#ifndef TOOLS_CIVILCTL_SEAL_H
#define TOOLS_CIVILCTL_SEAL_H

#include "ledger/base/limits.h"
#include "ledger/event/compose.h"
#include "tools/civilctl/ctl.h"

#include "civil/v1/draft.pb-c.h"

/* Fills in what the header does not say: version, request id and case id at random, time of
 * signing; draws an opening; signs with every key. CTL_OK, or an exit code after saying why. */
enum ctl_exit seal_draft(struct ctl *ctl, struct bytes *signed_event, struct hash *event_id,
                         const Civil__V1__EventDraft *draft, const struct compose_key keys[],
                         size_t key_count);

/* Reads the keys of all --key options; the caller wipes them. CTL_USAGE when there is none. */
enum ctl_exit seal_read_keys(struct ctl *ctl, struct compose_key keys[SIGNATURES_MAX],
                             size_t *count);

/* Random bytes as a field. */
ProtobufCBinaryData seal_random(struct ctl *ctl, size_t size);

#endif
