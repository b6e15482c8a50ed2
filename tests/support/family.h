/* A couple known from papers, their child by the full procedure, and an officer's key enrolled: the
 * ground of the tests of questions. */
#ifndef TESTS_SUPPORT_FAMILY_H
#define TESTS_SUPPORT_FAMILY_H

#include "tests/support/life_act.h"

struct family {
	struct life life;
	struct id woman; /* lives in 07080301 */
	struct id man;
	struct id child;            /* born 2020-01-01, act B 2020/7 of office 070803 */
	struct life_case_open open; /* the child's case */
	struct hash birth;          /* its registration */
};

/* Key 1, which signs everything, is enrolled as R and V of office 070803. */
void family_begin(struct family *family);
void family_end(struct family *family);

/* The parts of the child's birth, in order. */
void family_birth_parts(const struct family *family, struct part parts[3]);

/* Says that key 1 was compromised from the beginning. */
void family_compromise(struct family *family);

ProtobufCBinaryData family_id(struct id *id);

#endif
