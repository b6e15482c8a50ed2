/* The log as a stream: records in order of index, from a node or from an export.
 *
 * An export is a text, then records as the API sends them:
 *     civil-ledger-export/v1 LF
 *     ledger SP 32 hexadecimal digits LF
 *     size SP decimal LF
 *     root SP 64 hexadecimal digits LF
 *     head SP 64 hexadecimal digits LF
 *     key SP vkey LF                        of the node that signs checkpoints
 *     checkpoint SP decimal LF              length of the note, 0 for none
 *     note                                  C2SP signed note
 *     (u32 length, big-endian || LogRecord)*   as many as size says, and nothing behind
 * Thread: main. Memory: a record lives until the callback returns. */
#ifndef TOOLS_CIVILCTL_RECORDS_H
#define TOOLS_CIVILCTL_RECORDS_H

#include "ledger/base/limits.h"
#include "ledger/log/checkpoint.h"
#include "tools/civilctl/ctl.h"

#include "civil/v1/log_service.pb-c.h"

#include <stdio.h>

/* What is known of the log before its records are read. Texts live in the run's arena. */
struct records_head {
	struct id ledger;
	uint64_t size;
	struct hash root;
	struct hash head;
	const char *key;   /* vkey; "" when the source names none */
	struct bytes note; /* the newest checkpoint; empty when there is none */
};

/* One record. False ends the stream. */
typedef bool records_take(void *context, const Civil__V1__LogRecord *record);

/* Asks a node for its head. */
enum ctl_exit records_head_of_node(struct ctl *ctl, struct records_head *head);

/* Streams records [from, until) of a node, with content; until 0 goes on until interrupted. */
enum ctl_exit records_watch(struct ctl *ctl, uint64_t from, uint64_t until, records_take *take,
                            void *context);

/* Writes the text of an export; then records one by one. False when the disk is full. */
bool records_write_head(FILE *file, const struct records_head *head);
bool records_write(FILE *file, const Civil__V1__LogRecord *record);

/* Opens an export and reads its text. CTL_VERIFICATION when it is none. */
enum ctl_exit records_open_file(struct ctl *ctl, FILE **file, struct records_head *head,
                                const char *path);

/* Reads the records of an open export. CTL_VERIFICATION, naming the index, when a frame is damaged
 * or the file ends early or late. */
enum ctl_exit records_read_file(struct ctl *ctl, FILE *file, const struct records_head *head,
                                records_take *take, void *context);

#endif
