/* The parts of a search: what is looked for, and how a state fits it. Internal to search_*.c.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_SEARCH_INTERNAL_H
#define LEDGER_QUERY_SEARCH_INTERNAL_H

#include "ledger/base/date.h"
#include "ledger/query/query.h"

#include "civil/v1/person.pb-c.h"

struct hit;

/* A name as it is looked for; `given` empty: not asked. */
struct wanted {
	struct bytes given;
	struct bytes surname;
};

struct search {
	struct query query;
	const Civil__V1__SearchPersonRequest *request;
	struct wanted name;
	struct wanted mother;
	struct interval born; /* all days when nothing is said */
	bool born_is_asked;
	int32_t day;
	struct id *candidates;
	size_t candidate_count;
	struct hit *hits;
	size_t hit_count;
	bool refine;
};

/* Folds a name that is looked for. STATUS_OK; STATUS_NO_MEMORY. */
enum status search_wanted(struct wanted *out, const char *given, const char *surname,
                          struct arena *arena) NODISCARD;

/* The best name of the person that fits; NULL when none does. */
enum status search_name(struct search *search, const Civil__V1__PersonName **out,
                        const struct wanted *wanted, const Civil__V1__PersonState *state) NODISCARD;

/* What was said beside the name: fills hit->fits. `out` is false when something of it is not so.
 * `birth` is the earliest day of birth; INT32_MAX when nothing is known. */
enum status search_weigh(struct search *search, bool *out, Civil__V1__SearchHit *hit,
                         const Civil__V1__PersonState *state, int32_t *birth) NODISCARD;

#endif
