/* What the effects of governance share. Internal to ledger/authority.
 *
 * Thread and memory as ledger/authority/governance.h. */
#ifndef LEDGER_AUTHORITY_GOVERNANCE_EFFECT_H
#define LEDGER_AUTHORITY_GOVERNANCE_EFFECT_H

#include "ledger/authority/authority.h"
#include "ledger/base/buf.h"
#include "ledger/store/keys.h"

/* What every effect gets. */
struct effect {
	struct view *view;
	struct store_batch *batch;
	const struct event *event;
	uint64_t index;
	bool *reference_changed;
};

/* Writes a row and ends the buffer. Failures of the buffer. */
enum status governance_put(const struct effect *effect, const struct key *key,
                           struct buf *value) NODISCARD;
enum status governance_put_office(const struct effect *effect,
                                  const struct office *office) NODISCARD;
enum status governance_put_officer(const struct effect *effect,
                                   const struct officer_key *officer) NODISCARD;

/* Loads a key that a rule has found, to change it. STATUS_CORRUPT when it is not there. */
enum status governance_known_key(const struct effect *effect, struct officer_key *key,
                                 const ProtobufCBinaryData *public_key) NODISCARD;

/* governance_officer.c: offices that merge, officers whose scope or key changes. */
enum status effect_office_merged(const struct effect *effect) NODISCARD;
enum status effect_officer_scope_changed(const struct effect *effect) NODISCARD;
enum status effect_officer_key_rotated(const struct effect *effect) NODISCARD;
enum status effect_officer_key_compromised(const struct effect *effect) NODISCARD;
enum status effect_officer_retired(const struct effect *effect) NODISCARD;

/* governance_other.c: institutions, code lists, nodes. */
enum status effect_institution_authorised(const struct effect *effect) NODISCARD;
enum status effect_institution_revoked(const struct effect *effect) NODISCARD;
enum status effect_codelist_published(const struct effect *effect) NODISCARD;
enum status effect_node_admitted(const struct effect *effect) NODISCARD;
enum status effect_node_retired(const struct effect *effect) NODISCARD;

#endif
