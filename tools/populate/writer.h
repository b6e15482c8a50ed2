/* Composes, signs and hands on the events of a made-up country.
 *
 * One event at a time: build its content in writer_arena, call writer_emit, and everything in the
 * arena dies with the call. So memory does not grow with the number of events.
 * Thread: one owner. Memory: as said; the sink borrows bytes during its call. */
#ifndef TOOLS_POPULATE_WRITER_H
#define TOOLS_POPULATE_WRITER_H

#include "ledger/event/compose.h"
#include "tools/populate/random.h"

#include "civil/v1/content.pb-c.h"

enum { WRITER_KEYS_MAX = 4, WRITER_PARTS_MAX = 6 };

/* A key of the country, and where it signs. */
struct officer {
	struct compose_key key;
	struct id id; /* known once it is enrolled */
	char office[33];
};

/* A person in an event; NULL creates one, with ordinals 1, 2, ... in order. */
struct part {
	Civil__V1__SubjectRole role;
	const struct id *person;
};

/* What becomes of every event. False stops the population. */
struct writer_sink {
	/* `expected`: rule ids that must refuse it, separated by commas; "" when it must be
	 * accepted. */
	bool (*event)(void *context, struct bytes signed_event, int64_t recorded_at_ms,
	              const char *expected);
	void *context;
};

struct writer {
	struct writer_sink sink;
	struct random random;
	struct id ledger;
	struct arena arena;
	struct buf event;
	uint64_t count; /* events emitted */
	uint64_t limit; /* stop when so many are there; 0: no limit */
	int64_t now_ms; /* recorded_at of the next event */
	bool stopped;   /* by the sink, or at the limit */
};

/* One event, all but what the writer knows itself. */
struct draft {
	Civil__V1__EventClass event_class;
	Civil__V1__EventStep step; /* 0: REGISTERED */
	const struct id *case_id;  /* NULL: a fresh one */
	struct part parts[WRITER_PARTS_MAX];
	size_t part_count;
	const struct officer *signers[WRITER_KEYS_MAX];
	size_t signer_count;
	int32_t day; /* of signing; also of declaration unless the content says one */
	Civil__V1__Content *content;
	const char *expected; /* NULL: accepted */
	uint64_t version;     /* expected of the persons; 0: any */
	bool expired;         /* expires before it is recorded */
};

void writer_init(struct writer *writer, uint64_t seed, const struct writer_sink *sink);
void writer_fini(struct writer *writer);

/* Signs and hands on; returns the event id. Does nothing once stopped. */
struct hash writer_emit(struct writer *writer, const struct draft *draft);

/* A fresh id, such as that of a case. */
struct id writer_id(struct writer *writer);

/* Contents and their pieces, in the arena. They never fail: the arena has room for any event. */
Civil__V1__Content *writer_content(struct writer *writer, Civil__V1__Content__KindCase kind);
void *writer_new(struct writer *writer, const ProtobufCMessageDescriptor *descriptor);
Civil__V1__Date *writer_date(struct writer *writer, int32_t day);
Civil__V1__PartialDate *writer_partial(struct writer *writer, int32_t day);
Civil__V1__PartialDate *writer_year(struct writer *writer, int32_t year);
Civil__V1__Place *writer_place(struct writer *writer, const char *code, int32_t day);
Civil__V1__Address *writer_address(struct writer *writer, const char *code, int32_t day);
char *writer_text(struct writer *writer, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
ProtobufCBinaryData writer_bytes(struct writer *writer, struct bytes bytes);

/* Version of the made-up country's gazetteer in force on a day: KH-H before 2014, then KH-2014. */
const char *writer_gazetteer(int32_t day);

#endif
