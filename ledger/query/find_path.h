/* The shortest way from one person to another by kinship.
 *
 * A way climbs to a common ancestor and descends again; it never descends and climbs, for the two
 * parents of one child are no kin. With `by_marriage` one marriage in force may stand at either
 * end: kin of the spouse, or the spouse of kin. Of ways of one length the first in the order of
 * the register's edges is given, parents before children before spouses.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_FIND_PATH_H
#define LEDGER_QUERY_FIND_PATH_H

#include "ledger/view.h"

#include "civil/v1/kinship_service.pb-c.h"

enum { PATH_DEGREE_DEFAULT = 8, PATH_DEGREE_MAX = 16 };

/* STATUS_OK, also when there is no way; STATUS_INVALID no person, a negative degree, no day;
 * STATUS_NOT_FOUND when one of them is not registered on that day; STATUS_OUT_OF_RANGE known >
 * size. */
enum status query_find_path(struct view *view, Civil__V1__FindPathResponse **out,
                            const Civil__V1__FindPathRequest *request, int32_t today) NODISCARD;

#endif
