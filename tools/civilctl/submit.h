/* Sending signed events, and telling what became of them.
 * Thread: main. Memory: outcomes live in the run's arena. */
#ifndef TOOLS_CIVILCTL_SUBMIT_H
#define TOOLS_CIVILCTL_SUBMIT_H

#include "tools/civilctl/ctl.h"

#include "civil/v1/registration_service.pb-c.h"

#include <stdio.h>

enum {
	SUBMIT_BATCH_EVENTS = 128,
	SUBMIT_BATCH_BYTES = 512 * 1024, /* half of what a node takes in one request */
};

/* Sends a batch that keeps both limits. CTL_OK with one outcome an event, in order. */
enum ctl_exit submit_batch(struct ctl *ctl, const Civil__V1__SubmitBatchResponse **out,
                           const struct bytes events[], size_t count);

/* Tells a refusal on stderr: the message, and a table of the rules with their meaning in English
 * and Khmer. `name` says which event. Returns the exit code of the refusal. */
enum ctl_exit submit_tell_refusal(struct ctl *ctl, const char *name,
                                  const Civil__V1__SubmitRefusal *refusal);

/* The table of findings alone. */
void submit_print_findings(struct ctl *ctl, FILE *out, Civil__V1__RuleFinding *const findings[],
                           size_t count);

#endif
