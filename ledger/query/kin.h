/* Going from person to person by the edges of states. Internal to ledger/query.
 *
 * The edge between parent and child belongs to the child's state: a child that the parent's state
 * hints at counts when its own state, on the same day, names the parent. A search visits at most
 * KIN_MAX persons and says when there were more.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_KIN_H
#define LEDGER_QUERY_KIN_H

#include "ledger/query/query.h"

enum { KIN_MAX = 4096, KIN_SLOTS = 2 * KIN_MAX };

/* Somebody reached. */
struct kin_node {
	struct id person;
	uint32_t from; /* position of the one before; of the first: its own */
	uint16_t up;   /* parents climbed */
	uint16_t down; /* children descended to */
	uint8_t way; /* with `person`, what makes a node a new one; a meaning of the search's own */
	Civil__V1__PathEdge edge;    /* from the one before */
	Civil__V1__SubjectRole role; /* of an edge between parent and child: the parent's part */
	Civil__V1__ParentBasis basis;
};

/* The persons reached, in the order they were; a queue that is read while it grows. */
struct kin_search {
	struct query *query;
	int32_t day;
	struct kin_node *node;
	size_t count;
	bool truncated;
	uint16_t *slot; /* hash of (person, way) -> position + 1 */
};

/* STATUS_OK; STATUS_NO_MEMORY. */
enum status kin_begin(struct kin_search *search, struct query *query, int32_t day) NODISCARD;

/* Adds a person once per way; false when that was there already, or the search is full. */
bool kin_add(struct kin_search *search, const struct kin_node *node);

/* State of a person on the search's day; NULL when there is none then. */
enum status kin_state(struct kin_search *search, Civil__V1__PersonState **out,
                      const struct id *person) NODISCARD;

/* The parent's edge in the child's state; NULL when the person is none. */
const Civil__V1__PersonParent *kin_parent_edge(const Civil__V1__PersonState *child,
                                               const struct id *parent);

/* Confirmed children of a person, each once, in the order of their hints. */
struct kin_children {
	struct id *person;
	const Civil__V1__PersonParent **edge; /* in the child's state */
	size_t count;
};
enum status kin_children(struct kin_search *search, struct kin_children *out,
                         const Civil__V1__PersonState *state, const struct id *parent) NODISCARD;

/* Adds the parents, children or spouses in force of search->node[at], as nodes that continue it by
 * `way`. STATUS_OK; trouble of the store. */
enum status kin_add_parents(struct kin_search *search, size_t at, uint8_t way) NODISCARD;
enum status kin_add_children(struct kin_search *search, size_t at, uint8_t way) NODISCARD;
enum status kin_add_spouses(struct kin_search *search, size_t at, uint8_t way) NODISCARD;

#endif
