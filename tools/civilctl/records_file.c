/* Records in an export. */
#include "tools/civilctl/records.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#define EXPORT_HEAD "civil-ledger-export/v1"

enum {
	LINE_BYTES_MAX = 512,
	FRAME_BYTES_MAX = 2 * SIGNED_EVENT_BYTES_MAX, /* a record and its content */
	FRAME_ARENA_BYTES = 16 * FRAME_BYTES_MAX,
};

bool records_write_head(FILE *file, const struct records_head *head)
{
	char ledger[2 * ID_BYTES + 1];
	char root[2 * HASH_BYTES + 1];
	char last[2 * HASH_BYTES + 1];

	bytes_to_hex(ledger, bytes_of_id(&head->ledger));
	bytes_to_hex(root, bytes_of_hash(&head->root));
	bytes_to_hex(last, bytes_of_hash(&head->head));
	return fprintf(file,
	               EXPORT_HEAD "\nledger %s\nsize %" PRIu64
	                           "\nroot %s\nhead %s\nkey %s\ncheckpoint %zu\n",
	               ledger, head->size, root, last, head->key, head->note.size) > 0 &&
	       fwrite(head->note.data, 1, head->note.size, file) == head->note.size;
}

bool records_write(FILE *file, const Civil__V1__LogRecord *record)
{
	uint8_t frame[4 + FRAME_BYTES_MAX];
	size_t size = civil__v1__log_record__get_packed_size(record);

	if (size > FRAME_BYTES_MAX) {
		return false;
	}
	bytes_write_u32(frame, (uint32_t)size);
	(void)civil__v1__log_record__pack(record, frame + 4);
	return fwrite(frame, 1, 4 + size, file) == 4 + size;
}

/* The value of the next line, which must begin with `name`; NULL when it does not. */
static char *read_line(struct ctl *ctl, FILE *file, const char *name)
{
	char line[LINE_BYTES_MAX];
	size_t length = strlen(name);

	if (fgets(line, sizeof(line), file) == NULL) {
		return NULL;
	}
	char *end = strchr(line, '\n');
	if (end == NULL || strncmp(line, name, length) != 0 ||
	    (line[length] != ' ' && line[length] != '\n')) {
		return NULL;
	}
	*end = '\0';
	return arena_string(&ctl->arena, line[length] == ' ' ? line + length + 1 : "");
}

static bool read_number(uint64_t *out, const char *text)
{
	char *end;

	if (text == NULL || *text < '0' || *text > '9') {
		return false;
	}
	errno = 0;
	*out = strtoull(text, &end, 10);
	return *end == '\0' && errno == 0;
}

static bool read_hex(uint8_t *out, size_t size, const char *text)
{
	return text != NULL && bytes_from_hex(out, size, text);
}

static bool read_head(struct ctl *ctl, FILE *file, struct records_head *head)
{
	uint64_t note_size;

	*head = (struct records_head){ .size = 0 };
	if (read_line(ctl, file, EXPORT_HEAD) == NULL ||
	    !read_hex(head->ledger.bytes, ID_BYTES, read_line(ctl, file, "ledger")) ||
	    !read_number(&head->size, read_line(ctl, file, "size")) ||
	    !read_hex(head->root.bytes, HASH_BYTES, read_line(ctl, file, "root")) ||
	    !read_hex(head->head.bytes, HASH_BYTES, read_line(ctl, file, "head"))) {
		return false;
	}
	head->key = read_line(ctl, file, "key");
	if (head->key == NULL || !read_number(&note_size, read_line(ctl, file, "checkpoint")) ||
	    note_size > CHECKPOINT_NOTE_MAX) {
		return false;
	}
	uint8_t *note = arena_alloc(&ctl->arena, (size_t)note_size);
	head->note = bytes_of(note, (size_t)note_size);
	return note != NULL && fread(note, 1, head->note.size, file) == head->note.size;
}

enum ctl_exit records_open_file(struct ctl *ctl, FILE **file, struct records_head *head,
                                const char *path)
{
	*file = fopen(path, "rb");
	if (*file == NULL) {
		ctl_say("%s: %s", path, strerror(errno));
		return errno == ENOENT ? CTL_NOT_FOUND : CTL_ERROR;
	}
	if (!read_head(ctl, *file, head)) {
		ctl_say("%s: is no export, or its first lines are damaged", path);
		(void)fclose(*file);
		return CTL_VERIFICATION;
	}
	return CTL_OK;
}

static enum ctl_exit damaged(uint64_t index, const char *what)
{
	ctl_say("record %llu: %s", (unsigned long long)index, what);
	return CTL_VERIFICATION;
}

enum ctl_exit records_read_file(struct ctl *ctl, FILE *file, const struct records_head *head,
                                records_take *take, void *context)
{
	uint8_t *frame = arena_alloc(&ctl->arena, FRAME_BYTES_MAX);
	enum ctl_exit code = CTL_OK;
	bool going = frame != NULL;
	struct arena arena;

	arena_init(&arena, FRAME_ARENA_BYTES);
	for (uint64_t i = 0; code == CTL_OK && going && i < head->size; i++) {
		uint8_t prefix[4];

		arena_reset(&arena);
		if (fread(prefix, 1, sizeof(prefix), file) != sizeof(prefix)) {
			code = damaged(i, "is not there: the file ends");
			break;
		}
		uint32_t size = bytes_read_u32(prefix);
		if (size > FRAME_BYTES_MAX || fread(frame, 1, size, file) != size) {
			code = damaged(i, "its length is wrong, or the file ends");
			break;
		}
		const Civil__V1__LogRecord *record =
		        civil__v1__log_record__unpack(&arena.allocator, size, frame);
		if (record == NULL) {
			code = damaged(i, "does not parse");
			break;
		}
		going = take(context, record);
	}
	if (code == CTL_OK && going && fgetc(file) != EOF) {
		ctl_say("the file goes on behind its last record");
		code = CTL_VERIFICATION;
	}
	arena_fini(&arena);
	return code;
}
