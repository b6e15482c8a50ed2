/* The few tables that every judgement needs: rule sets and versions of the gazetteer.
 *
 * Loaded from the store in one go; immutable afterwards. The applying thread keeps one and loads it
 * anew when a governance record changes it; other views load theirs when first asked.
 * Entries of records at or behind the view's size are left out.
 * Thread: immutable, any thread. Memory: the arena given. */
#ifndef LEDGER_AUTHORITY_REFERENCE_H
#define LEDGER_AUTHORITY_REFERENCE_H

#include "ledger/view.h"

#include "civil/v1/governance.pb-c.h"

/* A version of the gazetteer whose last part is on the ledger. */
struct gazetteer_version {
	const char *name;
	int32_t first_day;
	int32_t last_day; /* day before the next version's first; INT32_MAX for the newest */
};

/* Records that a compromised key may have signed. */
struct doubtful {
	uint64_t first;
	uint64_t end; /* the record that calls it compromised, behind which it signs nothing */
};

struct reference {
	uint64_t first_size; /* it holds for views of this many records of the store's moment ... */
	uint64_t last_size;  /* ... up to so many */
	const Civil__V1__RuleSet **rule_sets; /* oldest effective_on first */
	uint64_t *rule_set_indexes;           /* records that published them */
	size_t rule_set_count;
	struct gazetteer_version *versions; /* oldest first */
	size_t version_count;
	const char *number_scheme;  /* of personal numbers, from genesis; "" before it */
	uint64_t first_merge;       /* first merge of identities; else UINT64_MAX */
	uint64_t first_compromised; /* first record that calls a key compromised; else UINT64_MAX */
	struct doubtful *doubtful;  /* by the record that says so */
	size_t doubtful_count;
};

/* Loads into `arena`. */
enum status reference_load(struct view *view, const struct reference **out,
                           struct arena *arena) NODISCARD;

/* The view's reference, loading one into the view's arena when it has none for its size. */
enum status reference_of(struct view *view, const struct reference **out) NODISCARD;

#endif
