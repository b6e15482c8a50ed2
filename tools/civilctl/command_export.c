/* civilctl export, checkpoint, watch */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/progress.h"
#include "tools/civilctl/records.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

#include "civil/v1/event.pb-c.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

struct exporting {
	FILE *file;
	struct progress progress;
	uint64_t written;
	bool failed;
};

static bool write_record(void *context, const Civil__V1__LogRecord *record)
{
	struct exporting *exporting = context;

	exporting->failed = !records_write(exporting->file, record);
	exporting->written++;
	progress_step(&exporting->progress, exporting->written);
	return !exporting->failed;
}

/* A file for its owner alone: it holds everybody's personal data. */
static FILE *create(const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

	return file < 0 ? NULL : fdopen(file, "wb");
}

static enum ctl_exit run_export(struct ctl *ctl)
{
	struct exporting exporting = { .written = 0 };
	const char *path = ctl->arguments[0];
	struct records_head head;
	enum ctl_exit code = records_head_of_node(ctl, &head);

	if (code != CTL_OK) {
		return code;
	}
	exporting.file = create(path);
	if (exporting.file == NULL) {
		ctl_say("export: %s: %s", path, strerror(errno));
		return errno == EEXIST ? CTL_CONFLICT : CTL_ERROR;
	}
	exporting.failed = !records_write_head(exporting.file, &head);
	progress_begin(&exporting.progress, ctl, "export", head.size);
	if (!exporting.failed) {
		code = records_watch(ctl, 0, head.size, write_record, &exporting);
	}
	progress_end(&exporting.progress);
	bool written = fflush(exporting.file) == 0 && fsync(fileno(exporting.file)) == 0;
	written = fclose(exporting.file) == 0 && written && !exporting.failed;
	if (code == CTL_OK && (!written || exporting.written != head.size)) {
		ctl_say("export: %s: %s", path,
		        written ? "the node sent too few records" : "cannot be written");
		code = CTL_ERROR;
	}
	if (code != CTL_OK) {
		(void)unlink(path); /* half an export is none */
		return code;
	}
	ctl_say("%" PRIu64 " records. Next: civilctl verify %s", exporting.written, path);
	return CTL_OK;
}

static enum ctl_exit run_checkpoint(struct ctl *ctl)
{
	Civil__V1__GetCheckpointRequest request;
	const ProtobufCMessage *response;

	civil__v1__get_checkpoint_request__init(&request);
	enum ctl_exit code =
	        ctl_option_number(ctl, "size", &request.size, 0, 1, (uint64_t)INT64_MAX);
	if (code == CTL_OK) {
		code = session_call(ctl, &response, "civil.v1.LogService/GetCheckpoint",
		                    &request.base, &civil__v1__get_checkpoint_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__GetCheckpointResponse *checkpoint =
	        (const Civil__V1__GetCheckpointResponse *)response;
	if (request.size > 0) {
		(void)printf("%s\n", format_hex(ctl, checkpoint->root));
		return CTL_OK;
	}
	if (checkpoint->note.len == 0) {
		ctl_say("checkpoint: the node has signed none yet");
		return CTL_NOT_FOUND;
	}
	(void)fwrite(checkpoint->note.data, 1, checkpoint->note.len, stdout);
	return CTL_OK;
}

/* One line a record: what a header tells, nothing personal. */
static bool print_record(void *context, const Civil__V1__LogRecord *log)
{
	struct ctl *ctl = context;
	ProtobufCAllocator *allocator = &ctl->arena.allocator;

	arena_reset(&ctl->arena);
	Civil__V1__Record *record =
	        civil__v1__record__unpack(allocator, log->record.len, log->record.data);
	Civil__V1__EventHeader *header =
	        record == NULL ? NULL
	                       : civil__v1__event_header__unpack(allocator, record->header.len,
	                                                         record->header.data);
	if (header == NULL) {
		ctl_say("record %" PRIu64 " does not parse", log->index);
		return false;
	}
	if (ctl->output == CTL_JSON) {
		return session_print_json(&log->base) == CTL_OK && fflush(stdout) == 0;
	}
	const char *event_class =
	        format_enum(ctl, &civil__v1__event_class__descriptor, (int)header->event_class);
	const char *step = format_enum(ctl, &civil__v1__event_step__descriptor, (int)header->step);
	const char *time = format_time(ctl, record->recorded_at_ms);
	int printed =
	        ctl->output == CTL_CSV
	                ? printf("%" PRIu64 ",%s,%s,%s,%s,%zu\r\n", log->index, time, event_class,
	                         step, header->office_id, header->n_subjects)
	                : printf("%8" PRIu64 "  %s  %-12s %-10s %-20s %zu persons\n", log->index,
	                         time, event_class, step, header->office_id, header->n_subjects);

	return printed > 0 && fflush(stdout) == 0;
}

static enum ctl_exit run_watch(struct ctl *ctl)
{
	uint64_t from;
	uint64_t until;
	enum ctl_exit code = ctl_option_number(ctl, "from", &from, 0, 0, INT64_MAX);

	if (code == CTL_OK) {
		code = ctl_option_number(ctl, "until", &until, 0, 1, INT64_MAX);
	}
	return code == CTL_OK ? records_watch(ctl, from, until, print_record, ctl) : code;
}

const struct command command_export = {
	.name = "export",
	.synopsis = "FILE",
	.summary = "write all records with their content to a file",
	.text = "Begins with size, root and the signed checkpoint, so that verify can audit it "
	        "anywhere. The file holds everybody's personal data; it is made for its owner "
	        "alone and never overwrites another.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl export ledger.export", "the whole ledger" },
	              { "civilctl --timeout 60 export ledger.export", "from a busy node" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_CONFLICT),
	.run = run_export,
};

const struct command command_checkpoint = {
	.name = "checkpoint",
	.synopsis = "",
	.summary = "print the newest signed checkpoint",
	.text = "A C2SP signed note of origin, size and root. Keep it elsewhere: it proves later "
	        "what the ledger held today. With --size the root of that size is printed instead.",
	.options = { { "size", "RECORDS", "print the root that the ledger had at this size" } },
	.examples = { { "civilctl checkpoint", "the note" },
	              { "civilctl checkpoint --size 1", "root of the first record" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_checkpoint,
};

const struct command command_watch = {
	.name = "watch",
	.synopsis = "",
	.summary = "print records as they come",
	.text = "One line a record with what its header tells: class, step, office. With -o json "
	        "the "
	        "whole record. Ends at --until or when interrupted.",
	.options = { { "from", "INDEX", "first record; 0" },
	             { "until", "RECORDS", "end when so many records exist; never" } },
	.examples = { { "civilctl watch --from 0 --until 10", "the first ten" },
	              { "civilctl -o json watch --from 0 --until 1", "genesis" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_VERIFICATION),
	.run = run_watch,
};
