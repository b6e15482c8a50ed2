/* Whom the law may call to the estate of a dead person: who, in which order, in whose place. No
 * shares: a court divides.
 *
 *     order         persons
 *     descendants   children; in the place of one who did not survive, that one's children, and on
 *     ascendants    parents; while none of a generation survived, the generation before
 *     siblings      brothers and sisters of one parent or two; in the place of one who did not
 *                   survive, that one's children, and on
 *     spouse        by a marriage that this death ended, beside every other
 * The orders of the Civil Code of Cambodia (2007), book eight. Who died on the same day or earlier
 * did not survive; where dates leave it open (or somebody is missing) the person is listed as
 * unknown, and with the person those who would come in the place. Edges are those of the day of
 * death; a child born within 300 days after it counts.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_HEIRS_H
#define LEDGER_QUERY_LIST_HEIRS_H

#include "ledger/view.h"

#include "civil/v1/kinship_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID no person; STATUS_NOT_FOUND when the person is not registered, or no
 * death of the person; STATUS_OUT_OF_RANGE known > size. */
enum status query_list_heirs(struct view *view, Civil__V1__ListHeirsResponse **out,
                             const Civil__V1__ListHeirsRequest *request) NODISCARD;

#endif
