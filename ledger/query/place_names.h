/* Names of the places in a person's state. Internal to ledger/query. */
#ifndef LEDGER_QUERY_PLACE_NAMES_H
#define LEDGER_QUERY_PLACE_NAMES_H

#include "ledger/query/query.h"

/* Adds one entry for each (code, gazetteer) in response->state. Areas that the gazetteer does not
 * know are left out. STATUS_OK; STATUS_NO_MEMORY; trouble of the store. */
enum status place_names_add(struct query *query, Civil__V1__GetPersonResponse *response) NODISCARD;

#endif
