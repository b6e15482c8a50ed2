/* How like each other two statements about one person are: a document and the register, or two
 * documents.
 *
 *     field        equivalent                     minor                         else
 *     name         a part without U+200B to       a part in a close spelling    conflict
 *                  U+200D; Latin without case,    (ledger/rules/spelling.h);
 *                  spaces, hyphens, apostrophes;  surname and given name
 *                  Latin left out by one side     exchanged
 *     sex          -                              -                             conflict
 *     birth        the days that one side may     the same year, and one of     conflict
 *                  mean lie within the other's    month and day, or both
 *                                                 exchanged
 *     nationality  -                              -                             conflict
 *     address      house and street without       the same commune              conflict
 *                  case and spaces
 *     number       -                              -                             conflict
 *
 * Minor is what an office may correct by itself (catalogue, D3) and what moving house explains; a
 * conflict is for a court, or means two people. A field that a document does not show is not
 * compared; one that the register does not know is a conflict.
 *
 * Thread: pure. Memory: the arena given. */
#ifndef LEDGER_QUERY_LIKENESS_H
#define LEDGER_QUERY_LIKENESS_H

#include "ledger/base/arena.h"

#include "civil/v1/consistency.pb-c.h"
#include "civil/v1/document.pb-c.h"

Civil__V1__Likeness likeness_of_names(const Civil__V1__Name *a, const Civil__V1__Name *b);
Civil__V1__Likeness likeness_of_births(const Civil__V1__PartialDate *a,
                                       const Civil__V1__PartialDate *b);
Civil__V1__Likeness likeness_of_addresses(const Civil__V1__Address *a, const Civil__V1__Address *b);

#endif
