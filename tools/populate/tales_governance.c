/* What changes in offices over the years. The officers X and Y, and the offices with the serial in
 * their names, are there for one tale alone. */
#include "tools/populate/tale.h"

#define ENROL_X                                                                                    \
	{                                                                                          \
		0, "P+V", "officer_enrolled", "public_key=X roles=clerk office_id=%c"              \
	}

/* Stands in for the registrar, changes the key, leaves. */
static const struct tale_act career[] = {
	ENROL_X,
	{ 100, "P+V", "officer_scope_changed",
	  "public_key=X roles=registrar office_id=%c until=130" },
	{ 200, "P+V+X", "officer_key_rotated", "public_key=X new_public_key=Y" },
	{ 300, "P+V", "officer_retired", "public_key=Y" },
	{ 0 },
};

/* Suspended; and then it shows that others have the key. */
static const struct tale_act misuse[] = {
	ENROL_X,
	{ 20, "P+V", "officer_suspended", "public_key=X reason=investigation" },
	{ 21, "X", "proof_of_life", "subject=w how=in_person office_id=%c refused=S01,S02" },
	{ 30, "P", "officer_key_compromised", "public_key=X since_ms=1 reason=stolen" },
	{ 0 },
};

static const struct tale_act offices[] = {
	{ 0, "G1+G2", "office_opened", "office_id=post-* sort=commune areas=%c" },
	{ 0, "G1+G2", "office_opened", "office_id=pier-* sort=commune areas=%c" },
	{ 10, "G1+G2", "office_merged", "office_id=post-* into=pier-*" },
	{ 11, "G1+G2", "office_merged", "office_id=post-* into=pier-* refused=S14" },
	{ 20, "G1+G2", "office_opened", "office_id=desk-* sort=document" },
	{ 30, "G1+G2", "office_closed", "office_id=desk-*" },
	{ 31, "G1+G2", "office_opened", "office_id=desk-* sort=document refused=S15" },
	{ 0 },
};

static const struct tale_act institution[] = {
	{ 0, "G1+G2", "office_opened", "office_id=bank-* sort=institution" },
	{ 5, "G1+G2", "institution_authorised",
	  "institution=bank-* certificate_fingerprint=digest purposes=credit "
	  "packages[0].name=identity packages[0].fields=names,birth.date" },
	{ 90, "G1", "disclosure",
	  "institution=bank-* purpose=credit selection=all output_digest=digest count=12" },
	{ 200, "G1+G2", "institution_revoked", "institution=bank-* reason=misuse" },
	{ 0 },
};

static const struct tale_act node[] = {
	{ 0, "G1+G2", "node_admitted",
	  "node_id=node-* public_key=X cosigner_key=X role=core office_id=nat-registry" },
	{ 1, "X", "access_anchor", "node_id=node-* head=digest count=3 from_ms=1 to_ms=2" },
	{ 2, "X", "checkpoint_epoch", "node_id=node-* size=1 root=digest map_root=digest" },
	{ 9, "G1+G2", "node_retired", "node_id=node-*" },
	{ 0 },
};

static const struct tale_act published[] = {
	{ 0, "G1+G2", "codelist_published",
	  "list=site version=* effective_on=30 part=1 parts=1 entries[0].code=hospital "
	  "entries[0].km=hospital entries[0].en=hospital" },
	{ 0, "V", "block_reserved", "office_id=%c scheme=kidc count=5 expires=200 as=b" },
	{ 9, "V", "block_returned", "block=@b unused_count=4 refused=S07" },
	{ 9, "V", "block_returned", "block=@b unused_count=5" },
	{ 0 },
};

const struct tale tales_of_governance[] = {
	{ "career", "", NULL, career },
	{ "misuse", "", NULL, misuse },
	{ "offices", "", NULL, offices },
	{ "institution", "", NULL, institution },
	{ "node", "", "nat-registry", node },
	{ "published", "", NULL, published },
	{ 0 },
};
