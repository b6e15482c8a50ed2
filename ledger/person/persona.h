/* For whom a person id stands: merged identities, as known at a position.
 *
 *     merge(survivor, absorbed)   from then on the absorbed id stands for the survivor
 *     unmerge(merge, reassign)    as if that merge had never been; the acts that it names by their
 *                                 records were done to the person it names
 *
 * Merges in force form a forest of ids; the root of an id is whom it stands for. No act is
 * rewritten: a reader who folds the root takes the records of all ids under it and reads each id as
 * the root. For attributes that both had differently (name, sex, birth, nationality) one id of each
 * tree wins.
 *
 * Who was never merged stands for itself, and costs no look-up as long as nobody was.
 * Thread and memory as ledger/view.h. Source: catalogue, C7 and section B, locality. */
#ifndef LEDGER_PERSON_PERSONA_H
#define LEDGER_PERSON_PERSONA_H

#include "ledger/view.h"

#include "civil/v1/merge.pb-c.h"

enum { PERSONA_GROUPS = 5 }; /* MergeGroup as index */

/* One id of a group of ids that merges have ever joined. */
struct persona_member {
	struct id id;
	size_t root;                   /* position of the id that it stands for */
	uint64_t absorbed_at;          /* index of the merge in force; UINT64_MAX for a root */
	size_t winner[PERSONA_GROUPS]; /* of roots: position of the id whose attributes stand */
};

/* An act that goes to another id of the group. */
struct persona_move {
	uint64_t index; /* record that brought the act into force */
	struct id person;
};

struct persona {
	struct id person;               /* whom the asked id stands for */
	struct persona_member *members; /* all ids of the group, NULL when nobody was merged */
	size_t member_count;            /* 0: the person stands alone, ever */
	struct persona_move *moves;     /* later ones count */
	size_t move_count;
};

/* Loads the group of an id. STATUS_OK; STATUS_OUT_OF_RANGE for more than PERSONA_MEMBERS_MAX ids;
 * trouble of the store. */
enum { PERSONA_MEMBERS_MAX = 64 };
enum status persona_load(struct view *view, struct persona *out, const struct id *person) NODISCARD;

/* Replaces an id by the one it stands for. Trouble of the store. */
enum status persona_resolve(struct view *view, struct id *person) NODISCARD;

/* The id of the group by which the act of record `index` names `named`: after the moves, before the
 * merges. For ids outside of the group `named` itself. */
struct id persona_named(const struct persona *persona, uint64_t index, const struct id *named);

/* Whom an id of the group stands for; ids outside of it for themselves. */
struct id persona_root(const struct persona *persona, const struct id *person);

/* True when the attributes of this group that acts about `named` state are those that stand. */
bool persona_wins(const struct persona *persona, const struct id *named,
                  Civil__V1__MergeGroup group);

/* Indexes of records, ascending, each once: of those about persona->person, or about anybody of
 * the group, since an amendment of an act that was moved names the id that it was moved from. */
enum persona_scope { PERSONA_PERSON, PERSONA_GROUP };
enum status persona_history(struct view *view, uint64_t **indexes, size_t *count,
                            const struct persona *persona, enum persona_scope scope) NODISCARD;

/* Whether the view's reader does not see all records of the person, under any id. STATUS_OK;
 * trouble of the store. */
enum status persona_covered(struct view *view, bool *out, const struct persona *persona) NODISCARD;

/* The version and number of records of whoever an id stands for (view_version over all of its ids).
 */
enum status persona_version(struct view *view, uint64_t *version, uint64_t *count,
                            const struct id *person) NODISCARD;

#endif
