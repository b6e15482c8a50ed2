/* The kin of a person up to a degree, and the spouse.
 *
 * Degrees as in civil law: steps up to the common ancestor and down again. The nearest way to each
 * person counts. Order: spouse, then by degree, within it by steps down, within those as the edges
 * stand in the register.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_KIN_H
#define LEDGER_QUERY_LIST_KIN_H

#include "ledger/view.h"

#include "civil/v1/kinship_service.pb-c.h"

enum { KIN_DEGREE_DEFAULT = 2, KIN_DEGREE_MAX = 8 };

/* STATUS_OK; STATUS_INVALID no person, a negative degree, no day, a bad page; STATUS_NOT_FOUND when
 * the person is not registered on that day; STATUS_OUT_OF_RANGE known > size. */
enum status query_list_kin(struct view *view, Civil__V1__ListKinResponse **out,
                           const Civil__V1__ListKinRequest *request, int32_t today) NODISCARD;

#endif
