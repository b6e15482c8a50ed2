/* What a new ledger begins with: genesis with the four rule sets of the law, and the gazetteer.
 * Thread: main. Memory: drafts live in the run's arena. */
#ifndef TOOLS_CIVILCTL_FOUNDING_H
#define TOOLS_CIVILCTL_FOUNDING_H

#include "ledger/event/compose.h"
#include "tools/civilctl/ctl.h"

#include "civil/v1/draft.pb-c.h"

enum { FOUNDERS_MIN = 3, FOUNDERS_MAX = 8, FOUNDING_PARTS_MAX = 256 };

/* Founders belong by turns to these two national offices. */
const char *founding_office(size_t founder);

/* Genesis of a ledger. */
enum ctl_exit founding_genesis(struct ctl *ctl, Civil__V1__EventDraft **out,
                               ProtobufCBinaryData ledger_id, const char *name,
                               const struct compose_key keys[], size_t key_count);

/* The gazetteer of a file, in as few parts as fit. Columns: level, code, Khmer, Latin; the first
 * line is a heading. CTL_USAGE naming the line that is none. */
enum ctl_exit founding_gazetteer(struct ctl *ctl, Civil__V1__EventDraft *drafts[FOUNDING_PARTS_MAX],
                                 size_t *count, ProtobufCBinaryData ledger_id, const char *path,
                                 const char *version, Civil__V1__Date *effective_on);

#endif
