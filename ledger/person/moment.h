/* The moments at which the acts of a person work, in the order of the fold. Internal to
 * ledger/person.
 *
 * Order: day, index of the record in force, part. A moment of a marriage that ends for one who
 * comes back from the dead is that of the spouse's death, which names others.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_MOMENT_H
#define LEDGER_PERSON_MOMENT_H

#include "ledger/person/fold.h"

/* Order of the parts of one act on one day. */
enum part {
	PART_CREATE, /* a person known from the paper alone */
	PART_APPLY,
	PART_FOLLOW,
	PART_END,     /* revoked ex nunc */
	PART_REMAINS, /* of an act without effect */
	PART_CLOSING,
	PART_BEREAVED, /* of a removed death: the spouse died since */
};

/* One act at work on one day. */
struct moment {
	int32_t day;
	enum part part;
	const struct act *act;
	const struct act *other; /* PART_BEREAVED: the death of the spouse; else NULL */
};

enum { PARTS_MAX = 4 }; /* of one act */

struct plan {
	struct moment *moments;
	size_t count;
	struct fold_span span; /* over all days */
};

/* All moments, in order, whatever the asked day. STATUS_OK; trouble of the store. */
enum status moments_plan(struct plan *out, struct view *view, const struct fold *fold,
                         const struct acts *acts) NODISCARD;

/* What paper or passport says of a person whom the act makes known; NULL for others. */
const Civil__V1__NewPerson *moment_new_person(const struct act *act, const struct id *person);

#endif
