/* Who may act: offices, officers and their keys, as of a view.
 *
 * Source: governance records; every value here is derived from them when they are applied and can
 * be rebuilt. Thread and memory as ledger/view.h. */
#ifndef LEDGER_AUTHORITY_AUTHORITY_H
#define LEDGER_AUTHORITY_AUTHORITY_H

#include "ledger/view.h"

#include "civil/v1/governance.pb-c.h"

enum { OFFICE_ID_MAX = 32, OFFICE_AREAS_MAX = 64 };

struct office {
	char id[OFFICE_ID_MAX + 1];
	Civil__V1__OfficeSort sort;
	const char **areas; /* area codes it covers; none: the nation */
	size_t area_count;
	uint64_t *areas_since; /* records from which on it covers them: its own, or of a merger */
	int32_t opened_day;
	int32_t closed_day; /* last day; INT32_MAX while open */
	uint64_t index;     /* record that opened it */
};

/* A key and its holder. */
struct officer_key {
	uint8_t public_key[PUBLIC_KEY_BYTES];
	struct id officer; /* same for all keys of one officer */
	bool has_person;
	struct id person; /* the officer as a person of the register, when known */
	char office[OFFICE_ID_MAX + 1];
	uint32_t roles; /* set of ROLE_BIT */
	int32_t from_day;
	int32_t until_day; /* INT32_MAX when open */
	uint64_t enrolled_index;
	uint64_t suspended_index;     /* record that suspended it, else UINT64_MAX */
	uint64_t compromised_index;   /* record that said so, else UINT64_MAX */
	int64_t compromised_since_ms; /* acts recorded from then on are disputed */
	struct bytes changes;         /* of scope, as ledger/authority/scope.h reads them */
	uint64_t known;               /* size of the view: later changes are not seen */
};

/* An institution that may read. */
struct institution {
	char id[OFFICE_ID_MAX + 1];
	int32_t from_day;
	int32_t until_day;      /* INT32_MAX when open */
	uint64_t index;         /* record that authorised it last */
	uint64_t revoked_index; /* record that revoked it, else UINT64_MAX */
	int32_t revoked_day;    /* last day then */
	const Civil__V1__InstitutionAuthorised *authorised;
};

/* STATUS_NOT_FOUND when the office was never opened below size. */
enum status authority_office(struct view *view, struct office *out, const char *id) NODISCARD;

/* STATUS_NOT_FOUND when the institution was not authorised below size. */
enum status authority_institution(struct view *view, struct institution *out,
                                  const char *id) NODISCARD;

/* True when the institution may read on a day. */
bool authority_institution_active(const struct institution *institution, int32_t day);

/* Key of a node, as enrolled. STATUS_NOT_FOUND when it was never admitted below size. */
enum status authority_node(struct view *view, struct officer_key *out,
                           const char *node_id) NODISCARD;

/* Whether this part of a version of a code list is on the ledger. Rule S15. */
enum status authority_codelist_has_part(struct view *view, bool *has, const char *list,
                                        const char *version, int32_t part) NODISCARD;

/* The key as enrolled; what it may do on a day is for scope_on (ledger/authority/scope.h).
 * STATUS_NOT_FOUND when the key was never enrolled below size. */
enum status authority_key(struct view *view, struct officer_key *out,
                          struct bytes public_key) NODISCARD;

/* True when the key may sign at the view's position on that day: enrolled, not suspended, not
 * compromised, from <= day <= until. Rule S01. */
bool authority_key_active(const struct officer_key *key, int32_t day);

/* True when identities were merged: if not, every person id stands for itself. */
enum status authority_any_merged(struct view *view, bool *merged) NODISCARD;

/* Whether a record that names the person may have been signed by a compromised key: false for
 * nearly everybody, and then none was. */
enum status authority_may_dispute(struct view *view, bool *out, const struct id *person) NODISCARD;

/* True when any key at all is known to be compromised: if not, no act is disputed. */
enum status authority_any_compromised(struct view *view, bool *compromised) NODISCARD;

/* True when any signer's key of the record is known to be compromised with since <= recorded_at,
 * by a record younger than `affirmed`: the closing of a dispute that let the record stand in spite
 * of what was known then (0: none). */
enum status authority_disputed(struct view *view, bool *disputed,
                               const struct stored_record *record, uint64_t affirmed) NODISCARD;

#endif
