#include "tools/populate/writer.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/base/date.h"
#include "ledger/base/limits.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	ARENA_BYTES = 32 * SIGNED_EVENT_BYTES_MAX,
	MS_PER_MINUTE = 60000,
	MINUTES_PER_DAY = 1440,
	WORKING_MINUTES = 9 * 60, /* 08:00 to 17:00 in Phnom Penh, which is 01:00 to 10:00 UTC */
};
#define FAR_FUTURE_MS                                                                              \
	INT64_C(4102444800000) /* 2100-01-01: the population is replayed for years                 \
	                        */

void writer_init(struct writer *writer, uint64_t seed, const struct writer_sink *sink)
{
	*writer = (struct writer){ .sink = *sink, .random = { .state = seed } };
	arena_init(&writer->arena, ARENA_BYTES);
	buf_init(&writer->event, SIGNED_EVENT_BYTES_MAX);
	writer->ledger = writer_id(writer);
}

void writer_fini(struct writer *writer)
{
	arena_fini(&writer->arena);
	buf_fini(&writer->event);
}

struct id writer_id(struct writer *writer)
{
	struct id id;

	bytes_write_u64(id.bytes, random_next(&writer->random));
	bytes_write_u64(id.bytes + 8, random_next(&writer->random));
	return id;
}

static void *must(void *memory)
{
	ASSERT(memory != NULL);
	return memory;
}

void *writer_new(struct writer *writer, const ProtobufCMessageDescriptor *descriptor)
{
	void *message = must(arena_alloc(&writer->arena, descriptor->sizeof_message));

	protobuf_c_message_init(descriptor, message);
	return message;
}

ProtobufCBinaryData writer_bytes(struct writer *writer, struct bytes bytes)
{
	return (ProtobufCBinaryData){ .len = bytes.size,
		                      .data = must(arena_copy(&writer->arena, bytes)) };
}

char *writer_text(struct writer *writer, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return must(arena_string(&writer->arena, text));
}

Civil__V1__Date *writer_date(struct writer *writer, int32_t day)
{
	Civil__V1__Date *date = writer_new(writer, &civil__v1__date__descriptor);
	struct civil_date civil = date_of_day(day);

	date->year = civil.year;
	date->month = civil.month;
	date->day = civil.day;
	return date;
}

Civil__V1__PartialDate *writer_partial(struct writer *writer, int32_t day)
{
	Civil__V1__PartialDate *date = writer_new(writer, &civil__v1__partial_date__descriptor);
	struct civil_date civil = date_of_day(day);

	date->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY;
	date->basis = CIVIL__V1__DATE_BASIS__DATE_BASIS_DECLARED;
	date->year = civil.year;
	date->month = civil.month;
	date->day = civil.day;
	return date;
}

Civil__V1__PartialDate *writer_year(struct writer *writer, int32_t year)
{
	Civil__V1__PartialDate *date = writer_new(writer, &civil__v1__partial_date__descriptor);

	date->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR;
	date->basis = CIVIL__V1__DATE_BASIS__DATE_BASIS_DECLARED;
	date->year = year;
	return date;
}

const char *writer_gazetteer(int32_t day)
{
	return day < date_to_day((struct civil_date){ 2014, 1, 1 }) ? "KH-H" : "KH-2014";
}

Civil__V1__Place *writer_place(struct writer *writer, const char *code, int32_t day)
{
	Civil__V1__Place *place = writer_new(writer, &civil__v1__place__descriptor);

	place->code = writer_text(writer, "%s", code);
	place->gazetteer = writer_text(writer, "%s", writer_gazetteer(day));
	return place;
}

Civil__V1__Address *writer_address(struct writer *writer, const char *code, int32_t day)
{
	Civil__V1__Address *address = writer_new(writer, &civil__v1__address__descriptor);

	address->code = writer_text(writer, "%s", code);
	address->gazetteer = writer_text(writer, "%s", writer_gazetteer(day));
	return address;
}

Civil__V1__Content *writer_content(struct writer *writer, Civil__V1__Content__KindCase kind)
{
	Civil__V1__Content *content = writer_new(writer, &civil__v1__content__descriptor);

	content->common = writer_new(writer, &civil__v1__common__descriptor);
	content->common->language = CIVIL__V1__LANGUAGE__LANGUAGE_KM;
	content->kind_case = kind;
	return content;
}

/* Header of a draft; a signing time within working hours of its day. */
static Civil__V1__EventHeader *make_header(struct writer *writer, const struct draft *draft)
{
	Civil__V1__EventHeader *header = writer_new(writer, &civil__v1__event_header__descriptor);
	struct id request = writer_id(writer);
	struct id fresh = writer_id(writer);
	uint32_t ordinal = 0;
	int64_t minute = MINUTES_PER_DAY / 24 + random_below(&writer->random, WORKING_MINUTES);

	header->ledger_id = writer_bytes(writer, bytes_of_id(&writer->ledger));
	header->request_id = writer_bytes(writer, bytes_of_id(&request));
	header->case_id =
	        writer_bytes(writer, bytes_of_id(draft->case_id == NULL ? &fresh : draft->case_id));
	header->event_class = draft->event_class;
	header->step =
	        draft->step == 0 ? CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED : draft->step;
	header->office_id = writer_text(writer, "%s", draft->signers[0]->office);
	header->signed_at_ms = ((int64_t)draft->day * MINUTES_PER_DAY + minute) * MS_PER_MINUTE;
	header->expires_at_ms = draft->expired ? header->signed_at_ms + 1 : FAR_FUTURE_MS;
	header->n_subjects = draft->part_count;
	header->subjects =
	        must(arena_array(&writer->arena, draft->part_count, sizeof(Civil__V1__Subject *)));
	for (size_t i = 0; i < draft->part_count; i++) {
		Civil__V1__Subject *subject = writer_new(writer, &civil__v1__subject__descriptor);

		subject->role = draft->parts[i].role;
		subject->expected_version = draft->version;
		if (draft->parts[i].person == NULL) {
			ordinal++;
			subject->ordinal = ordinal;
		} else {
			subject->person_id =
			        writer_bytes(writer, bytes_of_id(draft->parts[i].person));
		}
		header->subjects[i] = subject;
	}
	return header;
}

struct hash writer_emit(struct writer *writer, const struct draft *draft)
{
	struct compose_key keys[WRITER_KEYS_MAX];
	struct composition composition = { .content = draft->content,
		                           .keys = keys,
		                           .key_count = draft->signer_count };
	struct hash id = { { 0 } };

	if (!writer->stopped) {
		for (size_t i = 0; i < draft->signer_count; i++) {
			keys[i] = draft->signers[i]->key;
		}
		if (draft->content->common->date_of_declaration == NULL) {
			draft->content->common->date_of_declaration =
			        writer_date(writer, draft->day);
		}
		composition.header = make_header(writer, draft);
		for (size_t i = 0; i < OPENING_BYTES; i += 8) {
			bytes_write_u64(composition.opening + i, random_next(&writer->random));
		}
		enum status status =
		        compose_event(&writer->event, &id, &composition, &writer->arena);
		ASSERT(status == STATUS_OK);
		writer->now_ms++;
		writer->stopped = !writer->sink.event(
		        writer->sink.context, buf_bytes(&writer->event), writer->now_ms,
		        draft->expected == NULL ? "" : draft->expected);
		writer->count++;
		if (writer->limit != 0 && writer->count >= writer->limit) {
			writer->stopped = true;
		}
	}
	arena_reset(&writer->arena);
	return id;
}
