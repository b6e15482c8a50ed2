#include "api/status_map.h"

#include "google/rpc/error_details.pb-c.h"
#include "google/rpc/status.pb-c.h"
#include "ledger/base/assert.h"

#include <stdio.h>

#define TYPE_PREFIX "type.googleapis.com/"

enum {
	DETAILS_MAX = 5, /* ErrorInfo, RetryInfo, BadRequest, PreconditionFailure, localized */
	VIOLATIONS_SENT_MAX = 64, /* far more than fit into STATUS_DETAILS_BYTES_MAX */
	CODES_COUNT = CODE_UNAUTHENTICATED + 1,
	RETRY_BUSY_MS = 100,
	RETRY_UNAVAILABLE_MS = 1000,
	RETRY_DISK_FULL_MS = 60000,
};

struct status_row {
	enum status_code code;
	uint32_t retry_after_ms;
	const char *english;
	const char *khmer;
};

static const struct status_row rows[] = {
	[STATUS_OK] = { CODE_OK, 0, "done", "បានសម្រេច" },
	[STATUS_INVALID] = { CODE_INVALID_ARGUMENT, 0, "the request is malformed",
	                     "សំណើមានទម្រង់មិនត្រឹមត្រូវ" },
	[STATUS_REFUSED] = { CODE_FAILED_PRECONDITION, 0, "rules of the register are broken",
	                     "សំណើត្រូវបានបដិសេធ ដោយសារផ្ទុយនឹងវិធាននៃបញ្ជី" },
	[STATUS_NOT_FOUND] = { CODE_NOT_FOUND, 0, "there is no such thing", "រកមិនឃើញ" },
	[STATUS_EXISTS] = { CODE_ALREADY_EXISTS, 0, "the request id was used with other bytes",
	                    "លេខសំណើនេះត្រូវបានប្រើរួចហើយ" },
	[STATUS_DENIED] = { CODE_PERMISSION_DENIED, 0, "the caller may not ask this",
	                    "គ្មានការអនុញ្ញាត" },
	[STATUS_UNSUPPORTED] = { CODE_UNIMPLEMENTED, 0, "not supported", "មិនមានមុខងារនេះទេ" },
	[STATUS_OUT_OF_RANGE] = { CODE_OUT_OF_RANGE, 0, "beyond what the ledger holds",
	                          "លើសពីអ្វីដែលបញ្ជីមាន" },
	[STATUS_BUSY] = { CODE_RESOURCE_EXHAUSTED, RETRY_BUSY_MS, "a queue is full",
	                  "ប្រព័ន្ធកំពុងរវល់ សូមព្យាយាមម្ដងទៀត" },
	[STATUS_UNAVAILABLE] = { CODE_UNAVAILABLE, RETRY_UNAVAILABLE_MS, "the node is not ready",
	                         "សេវាមិនទាន់អាចប្រើបាន សូមព្យាយាមម្ដងទៀត" },
	[STATUS_TIMEOUT] = { CODE_DEADLINE_EXCEEDED, 0,
	                     "the deadline passed and the outcome is unknown; repeat the request "
	                     "with the same id",
	                     "ហួសពេលកំណត់ សូមផ្ញើសំណើដដែលម្ដងទៀត" },
	[STATUS_DISK_FULL] = { CODE_RESOURCE_EXHAUSTED, RETRY_DISK_FULL_MS,
	                       "the disk is below its reserve", "ទំហំផ្ទុកមិនគ្រប់" },
	[STATUS_IO] = { CODE_INTERNAL, 0, "the node failed", "ប្រព័ន្ធមានបញ្ហា" },
	[STATUS_CORRUPT] = { CODE_DATA_LOSS, 0, "stored bytes are damaged", "ទិន្នន័យខូច" },
	[STATUS_DIVERGED] = { CODE_DATA_LOSS, 0, "histories contradict each other",
	                      "ប្រវត្តិបញ្ជីមិនស៊ីគ្នា" },
	[STATUS_NO_MEMORY] = { CODE_INTERNAL, 0, "the node is out of memory", "ប្រព័ន្ធមានបញ្ហា" },
};

static const struct {
	const char *name;
	enum status status;
} codes[CODES_COUNT] = {
	[CODE_OK] = { "OK", STATUS_OK },
	[CODE_CANCELLED] = { "CANCELLED", STATUS_UNAVAILABLE },
	[CODE_UNKNOWN] = { "UNKNOWN", STATUS_IO },
	[CODE_INVALID_ARGUMENT] = { "INVALID_ARGUMENT", STATUS_INVALID },
	[CODE_DEADLINE_EXCEEDED] = { "DEADLINE_EXCEEDED", STATUS_TIMEOUT },
	[CODE_NOT_FOUND] = { "NOT_FOUND", STATUS_NOT_FOUND },
	[CODE_ALREADY_EXISTS] = { "ALREADY_EXISTS", STATUS_EXISTS },
	[CODE_PERMISSION_DENIED] = { "PERMISSION_DENIED", STATUS_DENIED },
	[CODE_RESOURCE_EXHAUSTED] = { "RESOURCE_EXHAUSTED", STATUS_BUSY },
	[CODE_FAILED_PRECONDITION] = { "FAILED_PRECONDITION", STATUS_REFUSED },
	[CODE_ABORTED] = { "ABORTED", STATUS_REFUSED },
	[CODE_OUT_OF_RANGE] = { "OUT_OF_RANGE", STATUS_OUT_OF_RANGE },
	[CODE_UNIMPLEMENTED] = { "UNIMPLEMENTED", STATUS_UNSUPPORTED },
	[CODE_INTERNAL] = { "INTERNAL", STATUS_IO },
	[CODE_UNAVAILABLE] = { "UNAVAILABLE", STATUS_UNAVAILABLE },
	[CODE_DATA_LOSS] = { "DATA_LOSS", STATUS_CORRUPT },
	[CODE_UNAUTHENTICATED] = { "UNAUTHENTICATED", STATUS_DENIED },
};

enum status_code status_map_code(enum status status)
{
	return rows[status].code;
}

enum status status_map_status(enum status_code code)
{
	return (size_t)code < CODES_COUNT ? codes[code].status : STATUS_IO;
}

const char *status_map_code_name(enum status_code code)
{
	return (size_t)code < CODES_COUNT ? codes[code].name : "UNKNOWN";
}

/* Shortens a text that snprintf cut inside a UTF-8 sequence. */
static void message_trim(char *text)
{
	size_t length = strlen(text);
	size_t start = length;

	while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) {
		start--;
	}
	if (start == 0) {
		return;
	}
	unsigned char lead = (unsigned char)text[start - 1];
	size_t needed = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
	if (length - start < needed) {
		text[start - 1] = '\0';
	}
}

void status_map_message(char out[STATUS_MESSAGE_BYTES_MAX], const struct failure *failure)
{
	const struct detail *detail = failure->detail;
	bool has_text = detail != NULL && detail->text[0] != '\0';
	bool has_path = detail != NULL && detail->path[0] != '\0';
	size_t used = 0;

	used += (size_t)snprintf(out, STATUS_MESSAGE_BYTES_MAX, "%s%s%s",
	                         has_path ? detail->path : "", has_path ? ": " : "",
	                         has_text ? detail->text : rows[failure->status].english);
	for (size_t i = 0; i < failure->violations_count && used < STATUS_MESSAGE_BYTES_MAX; i++) {
		const struct violation *violation = &failure->violations[i];

		used += (size_t)snprintf(out + used, STATUS_MESSAGE_BYTES_MAX - used, "%s%s %s: %s",
		                         i == 0 ? ": " : "; ", violation->type, violation->subject,
		                         violation->description);
	}
	message_trim(out);
}

/* google.rpc messages point to char without const; they are only packed. */
static char *borrow(const char *string)
{
	return (char *)(uintptr_t)string;
}

static bool details_add(Google__Rpc__Status *status, struct arena *arena,
                        const ProtobufCMessage *message)
{
	Google__Protobuf__Any *any = arena_alloc(arena, sizeof(*any));
	uint8_t *value = arena_alloc(arena, protobuf_c_message_get_packed_size(message));
	char *url = arena_printf(arena, TYPE_PREFIX "%s", message->descriptor->name);

	if (any == NULL || value == NULL || url == NULL) {
		return false;
	}
	google__protobuf__any__init(any);
	any->type_url = url;
	any->value.data = value;
	any->value.len = protobuf_c_message_pack(message, value);
	ASSERT(status->n_details < DETAILS_MAX);
	status->details[status->n_details++] = any;
	return true;
}

static bool details_add_info(Google__Rpc__Status *status, struct arena *arena,
                             const struct failure *failure, size_t facts, size_t violations)
{
	Google__Rpc__ErrorInfo info;
	Google__Rpc__ErrorInfo__MetadataEntry entries[FAILURE_FACTS_MAX + 1];
	Google__Rpc__ErrorInfo__MetadataEntry *pointers[FAILURE_FACTS_MAX + 1];
	char omitted[24];

	google__rpc__error_info__init(&info);
	info.reason =
	        borrow(failure->reason != NULL ? failure->reason : status_name(failure->status));
	info.domain = borrow(STATUS_DOMAIN);
	info.metadata = pointers;
	for (size_t i = 0; i < facts; i++) {
		pointers[i] = &entries[i];
		google__rpc__error_info__metadata_entry__init(&entries[i]);
		entries[i].key = borrow(failure->facts[i].name);
		entries[i].value = borrow(failure->facts[i].value);
	}
	info.n_metadata = facts;
	if (violations < failure->violations_count) {
		(void)snprintf(omitted, sizeof(omitted), "%zu",
		               failure->violations_count - violations);
		pointers[facts] = &entries[facts];
		google__rpc__error_info__metadata_entry__init(&entries[facts]);
		entries[facts].key = borrow("violations_omitted");
		entries[facts].value = omitted;
		info.n_metadata++;
	}
	return details_add(status, arena, &info.base);
}

static bool details_add_retry(Google__Rpc__Status *status, struct arena *arena,
                              const struct failure *failure)
{
	uint32_t delay_ms = failure->retry_after_ms != 0 ? failure->retry_after_ms
	                                                 : rows[failure->status].retry_after_ms;
	Google__Rpc__RetryInfo retry;
	Google__Protobuf__Duration delay;

	if (delay_ms == 0) {
		return true;
	}
	google__rpc__retry_info__init(&retry);
	google__protobuf__duration__init(&delay);
	delay.seconds = delay_ms / 1000;
	delay.nanos = (int32_t)(delay_ms % 1000) * 1000000;
	retry.retry_delay = &delay;
	return details_add(status, arena, &retry.base);
}

/* Field violations: the field of `detail` first, then the others. */
static bool details_add_fields(Google__Rpc__Status *status, struct arena *arena,
                               const struct failure *failure, size_t count)
{
	Google__Rpc__BadRequest request;
	Google__Rpc__BadRequest__FieldViolation fields[VIOLATIONS_SENT_MAX + 1];
	Google__Rpc__BadRequest__FieldViolation *pointers[VIOLATIONS_SENT_MAX + 1];

	google__rpc__bad_request__init(&request);
	request.field_violations = pointers;
	if (failure->detail != NULL && failure->detail->path[0] != '\0') {
		google__rpc__bad_request__field_violation__init(&fields[0]);
		fields[0].field = borrow(failure->detail->path);
		fields[0].description = borrow(failure->detail->text);
		pointers[request.n_field_violations++] = &fields[0];
	}
	for (size_t i = 0; i < count; i++) {
		google__rpc__bad_request__field_violation__init(&fields[i + 1]);
		fields[i + 1].field = borrow(failure->violations[i].subject);
		fields[i + 1].description = borrow(failure->violations[i].description);
		pointers[request.n_field_violations++] = &fields[i + 1];
	}
	return request.n_field_violations == 0 || details_add(status, arena, &request.base);
}

static bool details_add_rules(Google__Rpc__Status *status, struct arena *arena,
                              const struct failure *failure, size_t count)
{
	Google__Rpc__PreconditionFailure precondition;
	Google__Rpc__PreconditionFailure__Violation rules[VIOLATIONS_SENT_MAX];
	Google__Rpc__PreconditionFailure__Violation *pointers[VIOLATIONS_SENT_MAX];

	google__rpc__precondition_failure__init(&precondition);
	precondition.violations = pointers;
	precondition.n_violations = count;
	for (size_t i = 0; i < count; i++) {
		google__rpc__precondition_failure__violation__init(&rules[i]);
		rules[i].type = borrow(failure->violations[i].type);
		rules[i].subject = borrow(failure->violations[i].subject);
		rules[i].description = borrow(failure->violations[i].description);
		pointers[i] = &rules[i];
	}
	return count == 0 || details_add(status, arena, &precondition.base);
}

static bool details_add_khmer(Google__Rpc__Status *status, struct arena *arena,
                              const struct failure *failure)
{
	Google__Rpc__LocalizedMessage localized;

	google__rpc__localized_message__init(&localized);
	localized.locale = borrow("km-KH");
	localized.message = borrow(failure->message_km != NULL ? failure->message_km
	                                                       : rows[failure->status].khmer);
	return details_add(status, arena, &localized.base);
}

/* Builds the status with the first facts and violations only. */
static bool details_build(Google__Rpc__Status *status, struct arena *arena,
                          const struct failure *failure, size_t facts, size_t violations)
{
	bool fields = failure->status == STATUS_INVALID;

	status->n_details = 0;
	return details_add_info(status, arena, failure, facts, violations) &&
	       details_add_retry(status, arena, failure) &&
	       (fields ? details_add_fields(status, arena, failure, violations)
	               : details_add_rules(status, arena, failure, violations)) &&
	       details_add_khmer(status, arena, failure);
}

enum status status_map_pack(struct bytes *out, struct arena *arena, const struct failure *failure)
{
	Google__Rpc__Status status;
	Google__Protobuf__Any *details[DETAILS_MAX];
	char message[STATUS_MESSAGE_BYTES_MAX];
	size_t facts = failure->facts_count;
	size_t violations = failure->violations_count;

	ASSERT(facts <= FAILURE_FACTS_MAX);
	status_map_message(message, failure);
	google__rpc__status__init(&status);
	status.code = (int32_t)status_map_code(failure->status);
	status.message = message;
	status.details = details;
	if (violations > VIOLATIONS_SENT_MAX) {
		violations = VIOLATIONS_SENT_MAX;
	}
	for (;;) {
		if (!details_build(&status, arena, failure, facts, violations)) {
			return STATUS_NO_MEMORY;
		}
		size_t size = google__rpc__status__get_packed_size(&status);
		if (size <= STATUS_DETAILS_BYTES_MAX || (violations == 0 && facts == 0)) {
			break;
		}
		if (violations > 0) {
			violations--;
		} else {
			facts--;
		}
	}
	uint8_t *packed = arena_alloc(arena, google__rpc__status__get_packed_size(&status));
	if (packed == NULL) {
		return STATUS_NO_MEMORY;
	}
	*out = bytes_of(packed, google__rpc__status__pack(&status, packed));
	return STATUS_OK;
}
