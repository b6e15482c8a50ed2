#include "tools/civilctl/progress.h"

#include <stdio.h>

enum { BAR_COLUMNS = 40, STEPS = 1000 };

void progress_begin(struct progress *progress, const struct ctl *ctl, const char *label,
                    uint64_t total)
{
	*progress = (struct progress){
		.label = label, .total = total, .shown = UINT64_MAX, .visible = ctl->progress
	};
	progress_step(progress, 0);
}

void progress_step(struct progress *progress, uint64_t done)
{
	uint64_t total = progress->total == 0 ? 1 : progress->total;
	uint64_t step =
	        progress->total == 0 ? done / STEPS : (uint64_t)((__uint128_t)done * STEPS / total);
	char bar[BAR_COLUMNS + 1];

	if (!progress->visible || step == progress->shown) {
		return;
	}
	progress->shown = step;
	for (uint64_t i = 0; i < BAR_COLUMNS; i++) {
		bar[i] = i * STEPS < step * BAR_COLUMNS ? '#' : '.';
	}
	bar[BAR_COLUMNS] = '\0';
	if (progress->total == 0) {
		(void)fprintf(stderr, "\r%s %llu", progress->label, (unsigned long long)done);
	} else {
		(void)fprintf(stderr, "\r%s [%s] %llu of %llu", progress->label, bar,
		              (unsigned long long)done, (unsigned long long)progress->total);
	}
	(void)fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (progress->visible) {
		(void)fprintf(stderr, "\r\033[K");
		(void)fflush(stderr);
	}
	progress->visible = false;
}
