/* populate: a made-up country, from a seed, for demo, tests and benchmarks.
 *
 *   populate --out FILE [--expect FILE] [--events N] [--seed N] [--communes N] [--refused PERCENT]
 *   populate --server ADDRESS [same options]
 * --people FILE lists the families that are whole: ids and numbers of wife and husband, and whether
 * they are divorced or she is widowed.
 *   populate [--seed N] --show-ledger
 * With --examples FOLDER it keeps one refused event of every rule there (example.h).
 * The file holds (u32 length || u64 recorded at in ms || SignedEvent)*, big-endian; the expectation
 * one JSON line an event. Sent to a server, every answer is compared with what was expected; exit
 * code 1 when one differs. Memory does not grow with the number of events. Events in a file name
 * the ledger that --show-ledger prints: what a node is formatted with that shall take them. */
#include "ledger/base/crypto.h"
#include "tools/populate/example.h"
#include "tools/populate/family.h"
#include "tools/populate/send.h"
#include "tools/populate/tale.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXIT_CODE_USAGE = 2, TALES_FIRST = 3, TALES_LATER = 20 /* families */ };

struct arguments {
	const char *out;
	const char *people;
	const char *expect;
	const char *server;
	const char *examples;
	const char *gazetteer;
	uint64_t events;
	uint64_t seed;
	uint64_t communes;
	uint64_t refused;
	uint64_t recorded_at_ms;
	bool show_ledger;
};

struct output {
	FILE *events;
	FILE *expect;
	FILE *people;
	struct sender *sender;
	const char *examples;
	uint64_t count;
	uint64_t accepted;
	uint64_t limit;
	bool progress;
};

static void show_progress(const struct output *output)
{
	if (output->progress && output->count % 500 == 0) {
		(void)fprintf(stderr, "\r%" PRIu64 " of %" PRIu64 " events", output->count,
		              output->limit);
	}
}

static bool write_event(void *context, struct bytes signed_event, int64_t recorded_at_ms,
                        const char *expected)
{
	struct output *output = context;
	uint8_t frame[12];
	bool going = true;

	if (output->events != NULL) {
		bytes_write_u32(frame, (uint32_t)signed_event.size);
		bytes_write_u64(frame + 4, (uint64_t)recorded_at_ms);
		going = fwrite(frame, sizeof(frame), 1, output->events) == 1 &&
		        fwrite(signed_event.data, signed_event.size, 1, output->events) == 1;
	}
	if (output->expect != NULL) {
		(void)fprintf(output->expect,
		              "{\"n\":%" PRIu64 ",\"status\":\"%s\",\"rules\":\"%s\"}\n",
		              output->count, expected[0] == '\0' ? "OK" : "REFUSED", expected);
	}
	if (output->sender != NULL) {
		going = sender_send(output->sender, signed_event, expected);
	}
	if (output->examples != NULL && expected[0] != '\0') {
		going = going &&
		        example_keep(output->examples, signed_event, expected, output->accepted);
	}
	output->accepted += expected[0] == '\0' ? 1 : 0;
	output->count++;
	show_progress(output);
	return going;
}

static bool take_number(uint64_t *out, const char *value)
{
	char *end;

	*out = strtoull(value, &end, 10);
	return value[0] != '\0' && *end == '\0';
}

static bool take_option(struct arguments *arguments, const char *name, const char *value)
{
	const struct {
		const char *name;
		const char **text;
		uint64_t *number;
	} options[] = {
		{ "--out", &arguments->out, NULL },
		{ "--people", &arguments->people, NULL },
		{ "--expect", &arguments->expect, NULL },
		{ "--server", &arguments->server, NULL },
		{ "--examples", &arguments->examples, NULL },
		{ "--gazetteer", &arguments->gazetteer, NULL },
		{ "--events", NULL, &arguments->events },
		{ "--seed", NULL, &arguments->seed },
		{ "--communes", NULL, &arguments->communes },
		{ "--refused", NULL, &arguments->refused },
		{ "--recorded-at", NULL, &arguments->recorded_at_ms },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (strcmp(options[i].name, name) == 0) {
			if (options[i].number != NULL) {
				return take_number(options[i].number, value);
			}
			*options[i].text = value;
			return true;
		}
	}
	return false;
}

static int usage(void)
{
	(void)fprintf(stderr,
	              "usage: populate --out FILE | --server ADDRESS | --show-ledger\n"
	              "                [--expect FILE] [--examples FOLDER]\n"
	              "                [--events N] [--seed N] [--communes N] [--refused PERCENT]\n"
	              "                [--gazetteer FILE] [--recorded-at MS] [--people FILE]\n");
	return EXIT_CODE_USAGE;
}

static void list_family(FILE *people, const struct family *family)
{
	char wife[2 * ID_BYTES + 1];
	char husband[2 * ID_BYTES + 1];

	bytes_to_hex(wife, bytes_of_id(&family->wife.id));
	bytes_to_hex(husband, bytes_of_id(&family->husband.id));
	(void)fprintf(people, "%s %s %s %s %s\n", wife, family->wife.number, husband,
	              family->husband.number,
	              family->divorced  ? "divorced"
	              : family->widowed ? "widowed"
	                                : "married");
}

/* Every tale is told early; what is rare is rarer in what follows. */
static void live(struct country *country, struct writer *writer, uint64_t refused, FILE *people)
{
	uint64_t tales = 0;
	uint64_t serial = 24; /* two syllables and more */

	country_found(country, writer);
	for (uint64_t number = 1; !writer->stopped; number++) {
		struct family family = { .country = country,
			                 .writer = writer,
			                 .serial = &serial,
			                 .refused = (uint32_t)refused };

		if (number % (tales < tale_count() ? TALES_FIRST : TALES_LATER) == 0) {
			family_tell(&family, tales);
			tales++;
			continue;
		}
		family_live(&family);
		if (people != NULL && !writer->stopped) {
			list_family(people, &family);
		}
	}
}

static bool open_file(FILE **out, const char *path)
{
	*out = path == NULL ? NULL : fopen(path, "wb");
	if (path != NULL && *out == NULL) {
		perror(path);
		return false;
	}
	return true;
}

static bool close_file(FILE *file)
{
	return file == NULL || fclose(file) == 0;
}

static int populate(const struct arguments *arguments)
{
	struct output output = { .examples = arguments->examples,
		                 .limit = arguments->events,
		                 .progress = isatty(STDERR_FILENO) != 0 };
	struct detail detail = { "", "" };
	struct country *country;
	struct writer writer;
	enum status status = country_new(&country, arguments->gazetteer,
	                                 (size_t)arguments->communes, arguments->seed, &detail);

	if (status != STATUS_OK) {
		(void)fprintf(stderr, "populate: %s: %s\n", detail.path, detail.text);
		return EXIT_FAILURE;
	}
	bool good = open_file(&output.events, arguments->out) &&
	            open_file(&output.expect, arguments->expect) &&
	            open_file(&output.people, arguments->people) &&
	            (arguments->server == NULL ||
	             sender_open(&output.sender, arguments->server, &detail));
	if (good) {
		const struct writer_sink sink = { .event = write_event, .context = &output };

		writer_init(&writer, arguments->seed, &sink);
		writer.limit = arguments->events;
		writer.now_ms = (int64_t)arguments->recorded_at_ms;
		if (output.sender != NULL) {
			writer.ledger = sender_ledger(output.sender);
		}
		live(country, &writer, arguments->refused, output.people);
		good = writer.count == arguments->events;
		writer_fini(&writer);
	}
	good = sender_close(output.sender, &detail) && good;
	good = close_file(output.events) && close_file(output.expect) &&
	       close_file(output.people) && good;
	country_free(country);
	if (!good) {
		(void)fprintf(stderr, "populate: %s %s\n", detail.path, detail.text);
	}
	(void)fprintf(stderr, "%s%" PRIu64 " events\n", output.progress ? "\r" : "", output.count);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The ledger's id is the first thing that the seed gives. */
static int show_ledger(uint64_t seed)
{
	const struct writer_sink nowhere = { .event = NULL };
	char hex[2 * ID_BYTES + 1];
	struct writer writer;

	writer_init(&writer, seed, &nowhere);
	bytes_to_hex(hex, bytes_of_id(&writer.ledger));
	writer_fini(&writer);
	return printf("%s\n", hex) > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	struct arguments arguments = {
		.gazetteer = "tools/data/gazetteer.tsv",
		.events = 3000,
		.seed = 1,
		.communes = 20,
		.refused = 5,
		.recorded_at_ms = UINT64_C(1790000000000), /* 2026-09-21 */
	};

	if (argc > 1 && strcmp(argv[argc - 1], "--show-ledger") == 0) {
		arguments.show_ledger = true;
		argc--;
	}
	if (argc % 2 == 0) {
		return usage();
	}
	for (int i = 1; i < argc; i += 2) {
		if (!take_option(&arguments, argv[i], argv[i + 1])) {
			return usage();
		}
	}
	if (arguments.show_ledger) {
		return show_ledger(arguments.seed);
	}
	if ((arguments.out == NULL && arguments.server == NULL) || arguments.refused > 100 ||
	    arguments.communes == 0 || arguments.events == 0 || crypto_init() != STATUS_OK) {
		return usage();
	}
	return populate(&arguments);
}
