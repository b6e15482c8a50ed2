/* What questions about persons have in common: whom, on which day, as known when.
 * Thread: main. Memory: the run's arena. */
#ifndef TOOLS_CIVILCTL_ASK_H
#define TOOLS_CIVILCTL_ASK_H

#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"

#include "civil/v1/kinship_service.pb-c.h"

/* A person as typed: an id (32 hexadecimal digits or base64), else a personal number. */
struct ask_person {
	bool by_id;
	ProtobufCBinaryData id;
	char *number;
};

enum ctl_exit ask_person(struct ctl *ctl, struct ask_person *out, const char *text);

/* The same as a message. */
enum ctl_exit ask_reference(struct ctl *ctl, Civil__V1__PersonReference *out, const char *text);

/* --valid; NULL when it is not given: today. */
enum ctl_exit ask_valid(struct ctl *ctl, Civil__V1__Date **out);

/* --known or another option; `*given` false when it is not. */
enum ctl_exit ask_known(struct ctl *ctl, const char *option, bool *given, uint64_t *out);

/* "as of 120 records, recorded until 2026-03-01 10:00:05", for the line under a table. */
const char *ask_position(struct ctl *ctl, const Civil__V1__Position *position);

/* Names of a place, Khmer and Latin, with the code; `places` are those of the answer. */
const char *ask_place(struct ctl *ctl, const char *code, const char *gazetteer,
                      Civil__V1__PlaceName *const places[], size_t count);

#define ASK_VALID                                                                                  \
	{                                                                                          \
		"valid", "DAY", "as it was on this day; today"                                     \
	}
#define ASK_KNOWN                                                                                  \
	{                                                                                          \
		"known", "RECORDS", "as known when the ledger had so many records; all"            \
	}

#endif
