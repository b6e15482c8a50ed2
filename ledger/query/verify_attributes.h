/* Whether statements about a person hold: yes, no or unknown, and nothing else.
 *
 *     attribute      answer
 *     age            by the date of birth and the day asked about, both as far as known
 *     birth          the same
 *     alive          yes alive, no dead or presumed dead, unknown missing
 *     sex            as registered
 *     civil status   as registered on that day; undetermined is unknown
 *     nationality    held on that day; unknown when none is registered at all
 *     residence      the registered address lies in the area, by the code then or now
 *     number         one of the person's live numbers
 * An attribute that the state does not hold, or that the day asked about leaves open, is unknown
 * (catalogue, section G). Age and birth have an order; the others are equal or not.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_VERIFY_ATTRIBUTES_H
#define LEDGER_QUERY_VERIFY_ATTRIBUTES_H

#include "ledger/view.h"

#include "civil/v1/attestation_service.pb-c.h"

enum { STATEMENTS_MAX = 32 };

/* STATUS_OK; STATUS_INVALID no person, no statement or more than STATEMENTS_MAX, a statement
 * without attribute, with a value that is none or an order where there is none; STATUS_NOT_FOUND
 * when the person is not registered on that day; STATUS_OUT_OF_RANGE known > size. */
enum status query_verify_attributes(struct view *view, Civil__V1__VerifyAttributesResponse **out,
                                    const Civil__V1__VerifyAttributesRequest *request,
                                    int32_t today) NODISCARD;

#endif
