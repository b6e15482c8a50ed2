/* Reads google.rpc.Status, ours or another server's. */
#include "api/status_map.h"
#include "google/rpc/error_details.pb-c.h"
#include "google/rpc/status.pb-c.h"

#include <stdio.h>

/* What is unpacked for one type of detail. */
struct reading {
	struct failure *failure;
	struct detail *detail;
	struct arena *arena;
};

static bool unpack_info(struct reading *reading, const ProtobufCMessage *message)
{
	const Google__Rpc__ErrorInfo *info = (const Google__Rpc__ErrorInfo *)message;
	struct failure *failure = reading->failure;

	failure->reason = info->reason;
	for (size_t i = 0; i < info->n_metadata && i < FAILURE_FACTS_MAX; i++) {
		failure->facts[i] = (struct fact){
			.name = info->metadata[i]->key,
			.value = info->metadata[i]->value,
		};
		failure->facts_count = i + 1;
	}
	return true;
}

static bool unpack_retry(struct reading *reading, const ProtobufCMessage *message)
{
	const Google__Rpc__RetryInfo *retry = (const Google__Rpc__RetryInfo *)message;
	const Google__Protobuf__Duration *delay = retry->retry_delay;

	if (delay != NULL && delay->seconds >= 0 && delay->seconds < UINT32_MAX / 1000 &&
	    delay->nanos >= 0 && delay->nanos < 1000000000) {
		reading->failure->retry_after_ms =
		        (uint32_t)delay->seconds * 1000 + (uint32_t)delay->nanos / 1000000;
	}
	return true;
}

static struct violation *unpack_reserve(struct reading *reading, size_t count)
{
	struct violation *violations = arena_array(reading->arena, count, sizeof(struct violation));

	if (violations != NULL) {
		reading->failure->violations = violations;
		reading->failure->violations_count = count;
	}
	return violations;
}

/* Field violations have no type; ours are of one kind. */
static bool unpack_fields(struct reading *reading, const ProtobufCMessage *message)
{
	const Google__Rpc__BadRequest *request = (const Google__Rpc__BadRequest *)message;
	struct violation *violations = unpack_reserve(reading, request->n_field_violations);

	if (violations == NULL) {
		return false;
	}
	for (size_t i = 0; i < request->n_field_violations; i++) {
		violations[i] = (struct violation){
			.type = "FIELD",
			.subject = request->field_violations[i]->field,
			.description = request->field_violations[i]->description,
		};
	}
	if (request->n_field_violations > 0) {
		(void)snprintf(reading->detail->path, DETAIL_PATH_MAX, "%s", violations[0].subject);
	}
	return true;
}

static bool unpack_rules(struct reading *reading, const ProtobufCMessage *message)
{
	const Google__Rpc__PreconditionFailure *rules =
	        (const Google__Rpc__PreconditionFailure *)message;
	struct violation *violations = unpack_reserve(reading, rules->n_violations);

	if (violations == NULL) {
		return false;
	}
	for (size_t i = 0; i < rules->n_violations; i++) {
		violations[i] = (struct violation){
			.type = rules->violations[i]->type,
			.subject = rules->violations[i]->subject,
			.description = rules->violations[i]->description,
		};
	}
	return true;
}

static bool unpack_localized(struct reading *reading, const ProtobufCMessage *message)
{
	const Google__Rpc__LocalizedMessage *localized =
	        (const Google__Rpc__LocalizedMessage *)message;

	if (strncmp(localized->locale, "km", 2) == 0) {
		reading->failure->message_km = localized->message;
	}
	return true;
}

static const struct {
	const ProtobufCMessageDescriptor *type;
	bool (*unpack)(struct reading *reading, const ProtobufCMessage *message);
} unpackers[] = {
	{ &google__rpc__error_info__descriptor, unpack_info },
	{ &google__rpc__retry_info__descriptor, unpack_retry },
	{ &google__rpc__bad_request__descriptor, unpack_fields },
	{ &google__rpc__precondition_failure__descriptor, unpack_rules },
	{ &google__rpc__localized_message__descriptor, unpack_localized },
};

/* Details of other types are passed over. */
static bool unpack_detail(struct reading *reading, const Google__Protobuf__Any *any)
{
	const char *slash = strrchr(any->type_url, '/');
	const char *name = slash == NULL ? any->type_url : slash + 1;

	for (size_t i = 0; i < sizeof(unpackers) / sizeof(unpackers[0]); i++) {
		if (strcmp(unpackers[i].type->name, name) != 0) {
			continue;
		}
		ProtobufCMessage *message =
		        protobuf_c_message_unpack(unpackers[i].type, &reading->arena->allocator,
		                                  any->value.len, any->value.data);
		return message != NULL && unpackers[i].unpack(reading, message);
	}
	return true;
}

/* Several statuses share a code; our own reason tells which it was. */
static enum status unpack_status(enum status_code code, const char *reason)
{
	for (enum status status = STATUS_OK; status <= STATUS_NO_MEMORY; status++) {
		if (reason != NULL && status_map_code(status) == code &&
		    strcmp(status_name(status), reason) == 0) {
			return status;
		}
	}
	return status_map_status(code);
}

enum status status_map_unpack(struct failure *failure, struct detail *detail, struct arena *arena,
                              struct bytes packed)
{
	struct failure read = { .detail = detail };
	struct detail told;
	struct reading reading = { .failure = &read, .detail = &told, .arena = arena };
	Google__Rpc__Status *status =
	        google__rpc__status__unpack(&arena->allocator, packed.size, packed.data);

	if (status == NULL) {
		return STATUS_INVALID;
	}
	detail_set(&told, "", "%s", status->message);
	for (size_t i = 0; i < status->n_details; i++) {
		if (!unpack_detail(&reading, status->details[i])) {
			return STATUS_INVALID;
		}
	}
	read.status = unpack_status((enum status_code)status->code, read.reason);
	*failure = read;
	*detail = told;
	return STATUS_OK;
}
