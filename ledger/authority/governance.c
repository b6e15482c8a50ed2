#include "ledger/authority/governance.h"

#include "ledger/authority/authority_value.h"
#include "ledger/authority/governance_effect.h"
#include "ledger/authority/row_cache.h"
#include "ledger/authority/tables.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/event/partial_date.h"
#include "ledger/store/keys.h"

enum status governance_put(const struct effect *effect, const struct key *key, struct buf *value)
{
	enum status status = buf_status(value);

	if (status == STATUS_OK) {
		store_batch_put(effect->batch, STORE_AUTHORITY, key_bytes(key), buf_bytes(value));
	}
	buf_fini(value);
	return status;
}

enum status governance_put_office(const struct effect *effect, const struct office *office)
{
	struct key key;
	key_authority(&key, 'o', bytes_of_string(office->id));
	struct buf value;

	buf_init(&value, CONTENT_BYTES_MAX);
	authority_office_encode(&value, office);
	return governance_put(effect, &key, &value);
}

enum status governance_put_officer(const struct effect *effect, const struct officer_key *officer)
{
	struct key key;
	key_authority(&key, 'k', bytes_of(officer->public_key, PUBLIC_KEY_BYTES));
	struct buf value;

	buf_init(&value, CONTENT_BYTES_MAX);
	authority_key_encode(&value, officer);
	return governance_put(effect, &key, &value);
}

static enum status put_rule_set(const struct effect *effect, const Civil__V1__RuleSet *set)
{
	struct key key;
	key_authority(&key, 'l', bytes_of(NULL, 0));
	struct buf value;
	int32_t day = INT32_MIN;
	size_t size = civil__v1__rule_set__get_packed_size(set);

	(void)partial_date_day(&day, set->effective_on); /* without a date: from the beginning */
	key_day(&key, day);
	key_raw(&key, bytes_of_string(set->version));

	buf_init(&value, CONTENT_BYTES_MAX + 8);
	buf_append_u64(&value, effect->index);
	uint8_t *packed = buf_extend(&value, size);
	if (packed != NULL) {
		(void)civil__v1__rule_set__pack(set, packed);
	}
	*effect->reference_changed = true;
	return governance_put(effect, &key, &value);
}

static struct officer_key new_officer(const struct effect *effect, const uint8_t *public_key,
                                      const char *office, uint32_t ordinal)
{
	struct officer_key officer = {
		.officer = crypto_created_id(&effect->event->id, ordinal),
		.from_day = INT32_MIN,
		.until_day = INT32_MAX,
		.enrolled_index = effect->index,
		.suspended_index = UINT64_MAX,
		.compromised_index = UINT64_MAX,
	};

	memcpy(officer.public_key, public_key, PUBLIC_KEY_BYTES);
	memcpy(officer.office, office, strlen(office) + 1);
	return officer;
}

static enum status put_number_scheme(const struct effect *effect, const char *scheme)
{
	struct key key;
	struct buf value;

	key_authority(&key, 'n', bytes_of(NULL, 0));
	buf_init(&value, CONTENT_BYTES_MAX + 8);
	buf_append_u64(&value, effect->index);
	buf_append_string(&value, scheme);
	*effect->reference_changed = true;
	return governance_put(effect, &key, &value);
}

/* National offices named in genesis exist by it; their areas are the nation. */
static enum status genesis(const struct effect *effect)
{
	const Civil__V1__Genesis *genesis = effect->event->content->genesis;
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < genesis->n_officers; i++) {
		const Civil__V1__FoundingOfficer *founder = genesis->officers[i];
		struct officer_key officer = new_officer(effect, founder->public_key.data,
		                                         founder->office_id, (uint32_t)i + 1);
		struct office office = {
			.sort = CIVIL__V1__OFFICE_SORT__OFFICE_SORT_NATIONAL,
			.opened_day = INT32_MIN,
			.closed_day = INT32_MAX,
			.index = effect->index,
		};

		memcpy(office.id, founder->office_id, strlen(founder->office_id) + 1);
		officer.roles = ROLE_BIT(CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_NATIONAL);
		status = governance_put_officer(effect, &officer);
		if (status == STATUS_OK) {
			status = governance_put_office(effect, &office);
		}
	}
	for (size_t i = 0; status == STATUS_OK && i < genesis->n_rule_sets; i++) {
		status = put_rule_set(effect, genesis->rule_sets[i]);
	}
	return status == STATUS_OK ? put_number_scheme(effect, genesis->number_scheme) : status;
}

static enum status office_opened(const struct effect *effect)
{
	const Civil__V1__OfficeOpened *opened = effect->event->content->office_opened;
	struct office office = {
		.sort = opened->sort,
		.area_count = opened->n_areas,
		.closed_day = INT32_MAX,
		.index = effect->index,
	};

	office.areas = arena_array(effect->view->arena, opened->n_areas, sizeof(*office.areas));
	if (office.areas == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < opened->n_areas; i++) {
		office.areas[i] = opened->areas[i];
	}
	memcpy(office.id, opened->office_id, strlen(opened->office_id) + 1);
	(void)partial_date_day(&office.opened_day, opened->date); /* S07 saw to it */
	return governance_put_office(effect, &office);
}

static enum status office_closed(const struct effect *effect)
{
	const Civil__V1__OfficeClosed *closed = effect->event->content->office_closed;
	struct office office;
	enum status status = authority_office(effect->view, &office, closed->office_id);

	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status; /* S12 saw to it */
	}
	(void)partial_date_day(&office.closed_day, closed->date);
	return governance_put_office(effect, &office);
}

static enum status officer_enrolled(const struct effect *effect)
{
	const Civil__V1__OfficerEnrolled *enrolled = effect->event->content->officer_enrolled;
	struct officer_key officer =
	        new_officer(effect, enrolled->public_key.data, enrolled->office_id, 1);

	for (size_t i = 0; i < enrolled->n_roles; i++) {
		officer.roles |= ROLE_BIT((unsigned)enrolled->roles[i]);
	}
	(void)partial_date_day(&officer.from_day, enrolled->from);
	(void)partial_date_day(&officer.until_day, enrolled->until);
	if (effect->event->header->n_subjects > 0) {
		officer.has_person = true;
		officer.person = event_subject_id(effect->event, 0);
	}
	return governance_put_officer(effect, &officer);
}

/* Loads a key that a rule has found, to change it. */
enum status governance_known_key(const struct effect *effect, struct officer_key *key,
                                 const ProtobufCBinaryData *public_key)
{
	enum status status =
	        authority_key(effect->view, key, bytes_of(public_key->data, public_key->len));

	return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

static enum status officer_suspended(const struct effect *effect)
{
	struct officer_key key;
	enum status status = governance_known_key(
	        effect, &key, &effect->event->content->officer_suspended->public_key);

	if (status != STATUS_OK) {
		return status;
	}
	key.suspended_index = effect->index;
	return governance_put_officer(effect, &key);
}

/* Lets readers see at once whether any identities were merged: the first merge says so. */
static enum status merge(const struct effect *effect)
{
	uint8_t index[8];
	struct key key;
	bool merged;
	enum status status = authority_any_merged(effect->view, &merged);

	if (status == STATUS_OK && !merged) {
		bytes_write_u64(index, effect->index);
		key_authority(&key, 'm', bytes_of(NULL, 0));
		store_batch_put(effect->batch, STORE_AUTHORITY, key_bytes(&key),
		                bytes_of(index, sizeof(index)));
		*effect->reference_changed = true;
	}
	return status;
}

static void put_area(const struct effect *effect, const char *version,
                     const Civil__V1__GazetteerArea *area, struct buf *value)
{
	struct key key;
	key_authority(&key, 'g', bytes_of(NULL, 0));

	key_string0(&key, bytes_of_string(version));
	key_raw(&key, bytes_of_string(area->code));
	buf_reset(value);
	buf_append_string(value, area->km);
	buf_append_u8(value, 0);
	buf_append_string(value, area->latin);
	store_batch_put(effect->batch, STORE_AUTHORITY, key_bytes(&key), buf_bytes(value));
}

static void put_succession(const struct effect *effect, const Civil__V1__AreaSuccession *succession,
                           struct buf *value)
{
	struct key key;
	key_authority(&key, 's', bytes_of(NULL, 0));
	int32_t day = 0;

	(void)partial_date_day(&day, succession->on);
	key_string0(&key, bytes_of_string(succession->old_code));
	key_day(&key, day);
	buf_reset(value);
	buf_append_u64(value, effect->index);
	buf_append_string(value, succession->new_code);
	store_batch_put(effect->batch, STORE_AUTHORITY, key_bytes(&key), buf_bytes(value));
}

/* Counts one more part of a version: value of 'v' as ledger/authority/reference.c reads it. */
static enum status put_version(const struct effect *effect,
                               const Civil__V1__GazetteerPublished *published)
{
	struct key key;
	key_authority(&key, 'v', bytes_of_string(published->version));
	struct buf value;
	uint32_t seen = 0;
	int32_t day = 0;

	buf_init(&value, 64);
	enum status status =
	        store_get(effect->view->store, &value, STORE_AUTHORITY, key_bytes(&key));
	if (status == STATUS_OK) {
		struct unpack unpack = unpack_of(buf_bytes(&value));

		(void)unpack_u64(&unpack); /* first day and number of parts */
		seen = unpack_u32(&unpack);
	} else if (status != STATUS_NOT_FOUND) {
		buf_fini(&value);
		return status;
	}
	(void)partial_date_day(&day, published->effective_on);
	buf_reset(&value);
	buf_append_u32(&value, (uint32_t)day ^ UINT32_C(0x80000000));
	buf_append_u32(&value, (uint32_t)published->parts);
	buf_append_u32(&value, seen + 1);
	buf_append_u64(&value, effect->index);
	return governance_put(effect, &key, &value);
}

static enum status gazetteer_published(const struct effect *effect)
{
	const Civil__V1__GazetteerPublished *published =
	        effect->event->content->gazetteer_published;
	struct buf value;

	buf_init(&value, CONTENT_BYTES_MAX);
	for (size_t i = 0; i < published->n_areas; i++) {
		put_area(effect, published->version, published->areas[i], &value);
	}
	for (size_t i = 0; i < published->n_successions; i++) {
		put_succession(effect, published->successions[i], &value);
	}
	enum status status = buf_status(&value);
	buf_fini(&value);
	if (status != STATUS_OK) {
		return status;
	}

	struct key key;
	key_authority(&key, 'p', bytes_of(NULL, 0));
	uint8_t index[8];

	key_string0(&key, bytes_of_string(published->version));
	key_u32(&key, (uint32_t)published->part);
	bytes_write_u64(index, effect->index);
	store_batch_put(effect->batch, STORE_AUTHORITY, key_bytes(&key),
	                bytes_of(index, sizeof(index)));
	*effect->reference_changed = true;
	return put_version(effect, published);
}

static enum status ruleset_published(const struct effect *effect)
{
	return put_rule_set(effect, effect->event->content->ruleset_published->rule_set);
}

static const struct {
	enum kind_id kind;
	enum status (*apply)(const struct effect *effect);
} effects[] = {
	{ KIND_GENESIS, genesis },
	{ KIND_OFFICE_OPENED, office_opened },
	{ KIND_OFFICE_CLOSED, office_closed },
	{ KIND_OFFICER_ENROLLED, officer_enrolled },
	{ KIND_OFFICER_SUSPENDED, officer_suspended },
	{ KIND_OFFICER_KEY_COMPROMISED, effect_officer_key_compromised },
	{ KIND_OFFICE_MERGED, effect_office_merged },
	{ KIND_OFFICER_SCOPE_CHANGED, effect_officer_scope_changed },
	{ KIND_OFFICER_KEY_ROTATED, effect_officer_key_rotated },
	{ KIND_OFFICER_RETIRED, effect_officer_retired },
	{ KIND_INSTITUTION_AUTHORISED, effect_institution_authorised },
	{ KIND_INSTITUTION_REVOKED, effect_institution_revoked },
	{ KIND_CODELIST_PUBLISHED, effect_codelist_published },
	{ KIND_NODE_ADMITTED, effect_node_admitted },
	{ KIND_NODE_RETIRED, effect_node_retired },
	{ KIND_MERGE, merge },
	{ KIND_GAZETTEER_PUBLISHED, gazetteer_published },
	{ KIND_RULESET_PUBLISHED, ruleset_published },
};

enum status governance_apply(struct view *view, struct store_batch *batch, bool *reference_changed,
                             const struct event *event, uint64_t index)
{
	const struct effect effect = { .view = view,
		                       .batch = batch,
		                       .event = event,
		                       .index = index,
		                       .reference_changed = reference_changed };

	for (size_t i = 0; event->kind != NULL && i < sizeof(effects) / sizeof(effects[0]); i++) {
		if (effects[i].kind == event->kind->id) {
			struct row_cache *rows = view->rows;

			view->rows = NULL; /* an effect sees what it wrote */
			enum status status = effects[i].apply(&effect);
			tables_changed(batch, index);
			row_cache_clear(rows);
			view->rows = rows;
			return status;
		}
	}
	return STATUS_OK;
}
