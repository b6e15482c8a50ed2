/* Reads the row of an act: from words to a draft with its content.
 *
 * Thread: one owner. Memory: the writer's arena. */
#ifndef TOOLS_POPULATE_TALE_READ_H
#define TOOLS_POPULATE_TALE_READ_H

#include "tools/populate/tale.h"

/* An act as far as it has been read. */
struct reading {
	struct draft draft;
	ProtobufCMessage *message;   /* of its kind, within the content */
	Civil__V1__Content *residue; /* of an erasure; NULL without */
	char as;
	char created[WRITER_PARTS_MAX]; /* letters, in order */
	size_t created_count;
};

/* Reads all but what the register itself must say, such as what a document prints. */
void tale_read(struct told *told, struct reading *reading, const struct tale_act *act);

#endif
