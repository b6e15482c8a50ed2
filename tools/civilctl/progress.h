/* A bar on stderr, on a terminal only; redrawn at most once for each part in a thousand.
 * Thread: one owner. Memory: a plain value. */
#ifndef TOOLS_CIVILCTL_PROGRESS_H
#define TOOLS_CIVILCTL_PROGRESS_H

#include "tools/civilctl/ctl.h"

struct progress {
	const char *label;
	uint64_t total; /* 0: not known, only the number is shown */
	uint64_t shown; /* last step drawn */
	bool visible;
};

void progress_begin(struct progress *progress, const struct ctl *ctl, const char *label,
                    uint64_t total);
void progress_step(struct progress *progress, uint64_t done);

/* Wipes the bar. */
void progress_end(struct progress *progress);

#endif
