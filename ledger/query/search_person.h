/* Who has, or had, a name (catalogue, Q5).
 *
 * The index of names gives candidates; each is folded at the day and position asked about, as the
 * reader sees it, and told only when that state fits: what is sealed is found by nobody. Two ids of
 * one person are one candidate. More than SEARCH_HITS_MAX who fit, or more candidates than are
 * looked at: nobody is told and the answer says "refine", so that nobody reads the register name by
 * name.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_SEARCH_PERSON_H
#define LEDGER_QUERY_SEARCH_PERSON_H

#include "ledger/view.h"

#include "civil/v1/query_service.pb-c.h"

enum {
	SEARCH_HITS_MAX = 50,
	SEARCH_CANDIDATES_MAX = 2000, /* persons that are folded */
	SEARCH_ROWS_MAX = 50000,      /* rows of the index, most of other years */
};

/* STATUS_OK; STATUS_INVALID no given name, a range that ends before it begins, a day that is none,
 * an area that is no code; STATUS_OUT_OF_RANGE known > size. */
enum status query_search_person(struct view *view, Civil__V1__SearchPersonResponse **out,
                                const Civil__V1__SearchPersonRequest *request,
                                int32_t today) NODISCARD;

#endif
