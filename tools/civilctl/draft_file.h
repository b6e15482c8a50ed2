/* Files of events: drafts in JSON, signed events in their own bytes.
 *
 * A draft is {"header": {...}, "content": {...}} in the mapping of api/json.h, where bytes are
 * base64; "hex:" and hexadecimal digits in their place are taken too, because ids are printed so.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_DRAFT_FILE_H
#define TOOLS_CIVILCTL_DRAFT_FILE_H

#include "tools/civilctl/ctl.h"

#include "civil/v1/draft.pb-c.h"

/* Reads a draft. CTL_USAGE with the place of the mistake. */
enum ctl_exit draft_file_read(struct ctl *ctl, Civil__V1__EventDraft **out, const char *path);

/* Replaces "hex:0A1B" strings by base64. Exposed for its test. STATUS_NO_MEMORY; STATUS_INVALID for
 * an odd number of digits or another character. */
enum status draft_file_unhex(struct buf *out, struct bytes text, struct detail *detail) NODISCARD;

/* Reads a signed event: the file of `event sign`, or a draft that still has to be signed with the
 * keys of --key. */
enum ctl_exit draft_file_signed(struct ctl *ctl, struct bytes *out, const char *path);

/* Header and content of a signed event, unpacked. CTL_USAGE when the bytes are none. */
enum ctl_exit draft_file_open(struct ctl *ctl, Civil__V1__SignedEvent **event,
                              Civil__V1__EventDraft **draft, struct bytes signed_event,
                              const char *path);

#endif
