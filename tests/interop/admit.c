/* Admits messages from elsewhere: the C half of run_protobuf.sh.
 *
 *     admit check < lines      reads "header HEX" or "content HEX", answers "ok" or the refusal
 *     admit samples            writes such lines: every kind, minimal and full */
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINE_BYTES_MAX = 2 * CONTENT_BYTES_MAX + 64, ARENA_BYTES = 64 * 1024 * 1024 };

static char line[LINE_BYTES_MAX];
static uint8_t bytes[CONTENT_BYTES_MAX];
static char hex[LINE_BYTES_MAX];

static void answer(struct arena *arena, const char *what, const char *digits)
{
	const bool is_header = strcmp(what, "header") == 0;
	const size_t size = strlen(digits) / 2;
	const struct canonical_source source = {
		.descriptor = is_header ? &civil__v1__event_header__descriptor
		                        : &civil__v1__content__descriptor,
		.bytes = bytes_of(bytes, size),
		.bytes_max = is_header ? HEADER_BYTES_MAX : CONTENT_BYTES_MAX,
		.path = what,
	};
	ProtobufCMessage *message = NULL;
	struct detail detail = { .path = "" };

	if (size > sizeof(bytes) || !bytes_from_hex(bytes, size, digits)) {
		puts("no hexadecimal digits");
	} else if (canonical_unpack(&message, &source, arena, &detail) == STATUS_OK) {
		puts("ok");
	} else {
		printf("%s %s\n", detail.path, detail.text);
	}
}

static void check(struct arena *arena)
{
	while (fgets(line, sizeof(line), stdin) != NULL) {
		char *digits = strchr(line, ' ');

		line[strcspn(line, "\n")] = '\0';
		if (digits == NULL) {
			puts("no line of ours");
			continue;
		}
		*digits = '\0';
		answer(arena, line, digits + 1);
		arena_reset(arena);
	}
}

static void write_line(const char *what, const ProtobufCMessage *message, struct arena *arena)
{
	struct bytes packed;

	if (canonical_pack(&packed, message, arena) == STATUS_OK) {
		bytes_to_hex(hex, packed);
		printf("%s %s\n", what, hex);
	}
}

static void samples(struct arena *arena)
{
	for (int i = 0; i < 2 * KINDS; i++) {
		const enum kind_id kind = (enum kind_id)(i / 2);
		const Civil__V1__Content *content = sample_content(kind, i % 2 == 1, arena);

		write_line("content", &content->base, arena);
		write_line("header", &sample_header(kind, content, arena)->base, arena);
		arena_reset(arena);
	}
}

int main(int argc, char **argv)
{
	struct arena arena;

	if (argc != 2 || crypto_init() != STATUS_OK) {
		return EXIT_FAILURE;
	}
	arena_init(&arena, ARENA_BYTES);
	if (strcmp(argv[1], "samples") == 0) {
		samples(&arena);
	} else {
		check(&arena);
	}
	arena_fini(&arena);
	return EXIT_SUCCESS;
}
