/* civilctl restore */
#include "ledger/base/crypto.h"
#include "node/restore.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/pinned.h"
#include "tools/civilctl/progress.h"
#include "tools/civilctl/records.h"
#include "tools/civilctl/session.h"

#include <stdlib.h>

enum {
	SEEN_MAX = 32,        /* files, and peers */
	SEEN_NOTES_MAX = 512, /* theirs, and what each peer has witnessed */
	KEYS_MAX = 16,
};

/* What others have seen signed, and by whose keys that is believed. */
struct seen {
	struct bytes notes[SEEN_NOTES_MAX];
	size_t count;
	struct note_key keys[KEYS_MAX + 1]; /* the backup's own, and those pinned */
	size_t key_count;
};

static void show(void *context, uint64_t done, uint64_t total)
{
	struct progress *progress = context;

	progress->total = total >> 20;
	progress_step(progress, done >> 20);
}

/* Takes a note when one of the keys signed it. */
static bool take_signed(struct seen *seen, struct bytes note)
{
	for (size_t i = 0; i < seen->key_count; i++) {
		struct checkpoint checkpoint;

		if (checkpoint_open(&checkpoint, note, &seen->keys[i]) == STATUS_OK) {
			seen->notes[seen->count] = note;
			seen->count++;
			return true;
		}
	}
	return false;
}

static enum ctl_exit read_files(struct ctl *ctl, struct seen *seen)
{
	const char *paths[SEEN_MAX];
	size_t count = ctl_option_all(ctl, "seen", paths, SEEN_MAX);
	enum ctl_exit code = CTL_OK;

	for (size_t i = 0; code == CTL_OK && i < count; i++) {
		struct bytes note;

		code = ctl_read_file(ctl, &note, paths[i]);
		if (code == CTL_OK && !take_signed(seen, note)) {
			ctl_say("restore: %s: is no checkpoint signed by the node of the backup or "
			        "by a key of --log-key",
			        paths[i]);
			code = CTL_VERIFICATION;
		}
	}
	return code;
}

/* The peer's ledger must begin with the records of the backup, or be shorter. */
static enum ctl_exit compare_peer(const struct manifest *manifest, const struct records_head *peer,
                                  ProtobufCBinaryData root, const char *address)
{
	if (!id_equal(&peer->ledger, &manifest->ledger)) {
		ctl_say("restore: %s: holds another ledger than the backup", address);
		return CTL_VERIFICATION;
	}
	if (manifest->head.size > 0 && peer->size >= manifest->head.size &&
	    !bytes_equal(bytes_of(root.data, root.len), bytes_of_hash(&manifest->head.root))) {
		ctl_say("restore: %s: its first %llu records are not those of the backup; keep "
		        "both "
		        "and find out which one others have seen",
		        address, (unsigned long long)manifest->head.size);
		return CTL_VERIFICATION;
	}
	return CTL_OK;
}

/* What the peer has signed, by the key that it shows over its authenticated connection; and what it
 * has witnessed of the node that is lost, and of those whose keys are pinned. */
static enum ctl_exit take_notes(struct seen *seen, const struct records_head *peer,
                                const Civil__V1__GetCheckpointResponse *answer, const char *address)
{
	struct seen own = { .count = 0, .key_count = 1 };

	for (size_t i = 0; i < answer->n_witnessed && seen->count < SEEN_NOTES_MAX; i++) {
		struct bytes note = bytes_of(answer->witnessed[i].data, answer->witnessed[i].len);

		(void)take_signed(seen, note); /* other keys are not known here */
	}
	if (peer->note.size == 0 || seen->count == SEEN_NOTES_MAX) {
		return CTL_OK;
	}
	if (note_key_parse(&own.keys[0], bytes_of_string(peer->key)) != STATUS_OK ||
	    !take_signed(&own, peer->note)) {
		ctl_say("restore: %s: its checkpoint is not signed by the key that it shows",
		        address);
		return CTL_VERIFICATION;
	}
	seen->notes[seen->count] = peer->note;
	seen->count++;
	return CTL_OK;
}

static enum ctl_exit ask_peer(struct ctl *ctl, struct seen *seen, const struct manifest *manifest,
                              const char *address)
{
	Civil__V1__GetCheckpointRequest request;
	const ProtobufCMessage *message;
	struct records_head peer;
	enum ctl_exit code = session_open_at(ctl, address);

	if (code == CTL_OK) {
		code = records_head_of_node(ctl, &peer);
	}
	if (code != CTL_OK) {
		return code;
	}
	civil__v1__get_checkpoint_request__init(&request);
	request.size = peer.size < manifest->head.size ? 0 : manifest->head.size;
	code = session_call(ctl, &message, "civil.v1.LogService/GetCheckpoint", &request.base,
	                    &civil__v1__get_checkpoint_response__descriptor);
	if (code != CTL_OK) {
		return code;
	}
	const Civil__V1__GetCheckpointResponse *answer =
	        (const Civil__V1__GetCheckpointResponse *)message;
	code = compare_peer(manifest, &peer, answer->root, address);
	if (code == CTL_OK && peer.size > manifest->head.size &&
	    ctl_option(ctl, "catch-up") == NULL) {
		ctl_say("restore: %s holds %llu records and this backup %llu; restore a newer one, "
		        "or, for a node that fetches the rest from its cluster, say --catch-up",
		        address, (unsigned long long)peer.size,
		        (unsigned long long)manifest->head.size);
		return CTL_CONFLICT;
	}
	return code == CTL_OK ? take_notes(seen, &peer, answer, address) : code;
}

static enum ctl_exit gather(struct ctl *ctl, struct seen *seen, const struct manifest *manifest)
{
	const char *vkeys[KEYS_MAX];
	const char *peers[SEEN_MAX];
	size_t count = ctl_option_all(ctl, "log-key", vkeys, KEYS_MAX);

	seen->keys[0] = manifest->key;
	seen->key_count = 1;
	for (size_t i = 0; i < count; i++) {
		enum ctl_exit code = pinned_key(&seen->keys[seen->key_count], vkeys[i]);

		if (code != CTL_OK) {
			return code;
		}
		seen->key_count++;
	}
	enum ctl_exit code = read_files(ctl, seen);
	count = ctl_option_all(ctl, "peer", peers, SEEN_MAX);
	for (size_t i = 0; code == CTL_OK && i < count; i++) {
		code = ask_peer(ctl, seen, manifest, peers[i]);
	}
	return code;
}

static void tell(struct ctl *ctl, const struct restore_made *made, const char *to)
{
	struct buf key;

	buf_init(&key, 512);
	note_key_format(&key, &made->key);
	buf_append_u8(&key, 0);
	if (ctl->output == CTL_JSON) {
		session_print_fields((const char *const[]){
		        "folder", to, "node", made->node, "records",
		        format_u64(ctl, made->head.size), "seen", format_u64(ctl, made->seen_size),
		        "logKey", buf_status(&key) == STATUS_OK ? (const char *)key.data : "",
		        NULL });
	} else {
		(void)printf("Restored %s: node %s, %llu records.\n"
		             "Its new key, to be pinned instead of the old one:\n  %s\n",
		             to, made->node, (unsigned long long)made->head.size,
		             buf_status(&key) == STATUS_OK ? (const char *)key.data : "");
		if (made->seen_size > made->head.size) {
			(void)printf("It signs nothing before it has fetched %llu records.\n",
			             (unsigned long long)made->seen_size);
		}
		(void)printf("Next: civild start --node-data %s, and never start the old node "
		             "again.\n",
		             to);
	}
	buf_fini(&key);
}

/* Exit 5 for what the state of the register forbids. */
static enum ctl_exit fail(enum status status, const struct detail *detail)
{
	enum ctl_exit code = ctl_fail(status, "restore", detail);

	return status == STATUS_OUT_OF_RANGE ? CTL_CONFLICT : code;
}

static enum ctl_exit restore_from(struct ctl *ctl, const struct backup *backup,
                                  struct restore_options *options)
{
	struct detail detail = { "", "" };
	struct progress progress;
	struct restore_made made;
	struct manifest manifest;
	struct seen seen = { .count = 0 };
	uint8_t seed[32];

	options->progress = (struct backup_progress){ .step = show, .context = &progress };
	if (options->number == 0) {
		options->number = backup->numbers[backup->count - 1];
	}
	manifest_init(&manifest);
	enum status status =
	        backup_manifest(backup, &manifest, NULL, options->number, options->pinned, &detail);
	enum ctl_exit code = status == STATUS_OK ? gather(ctl, &seen, &manifest)
	                                         : ctl_fail(status, "restore", &detail);
	manifest_fini(&manifest);
	if (code != CTL_OK) {
		return code;
	}
	options->seen = seen.notes;
	options->seen_count = seen.count;
	options->seed = seed;
	crypto_random(seed, sizeof(seed));
	progress_begin(&progress, ctl, "restore, MiB", 0);
	status = restore_make(backup, &made, options, &detail);
	progress_end(&progress);
	crypto_wipe(seed, sizeof(seed));
	if (status != STATUS_OK) {
		return fail(status, &detail);
	}
	tell(ctl, &made, options->to);
	return CTL_OK;
}

/* What was asked for, without the backup. */
static enum ctl_exit read_options(struct ctl *ctl, struct restore_options *options)
{
	*options = (struct restore_options){ .to = ctl_option(ctl, "to"),
		                             .node = ctl_option(ctl, "name"),
		                             .catch_up = ctl_option(ctl, "catch-up") != NULL };
	if (options->to == NULL) {
		ctl_say("restore: name the new folder: --to FOLDER");
		return CTL_USAGE;
	}
	if (ctl_option(ctl, "seen") == NULL && ctl_option(ctl, "peer") == NULL &&
	    ctl_option(ctl, "alone") == NULL) {
		ctl_say("restore: what have others seen signed? Name a checkpoint with --seen, a "
		        "peer with --peer, or say --alone when there is nobody to ask: what was "
		        "registered after the backup is then lost");
		return CTL_USAGE;
	}
	return ctl_option_number(ctl, "number", &options->number, 0, 1, UINT32_MAX);
}

static enum ctl_exit run_restore(struct ctl *ctl)
{
	struct detail detail = { "", "" };
	struct restore_options options;
	struct backup *backup = NULL;
	struct note_key pinned;
	enum ctl_exit code = read_options(ctl, &options);

	if (code == CTL_OK && ctl_option(ctl, "backup-key") != NULL) {
		code = pinned_key(&pinned, ctl_option(ctl, "backup-key"));
		options.pinned = &pinned;
	}
	if (code != CTL_OK) {
		return code;
	}
	backup = calloc(1, sizeof(*backup));
	enum status status = backup == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	if (status == STATUS_OK) {
		status = backup_open(backup, ctl->arguments[0], false, &detail);
	}
	if (status == STATUS_OK) {
		code = restore_from(ctl, backup, &options);
		backup_close(backup);
	} else {
		code = ctl_fail(status, "restore", &detail);
	}
	free(backup);
	return code;
}

const struct command command_restore = {
	.name = "restore",
	.synopsis = "FOLDER",
	.summary = "make a node again from a backup",
	.text = "Makes a new node folder and checks every file and the ledger. The node gets a new "
	        "key, so that nothing the old key signed is ever signed twice. Refuses to go "
	        "behind "
	        "what others have seen signed, told by --seen and --peer; a node of a cluster is "
	        "restored with --catch-up and signs nothing before it has fetched the rest.",
	.options = { { "to", "FOLDER", "the new node's folder, which must not be there" },
	             { "seen", "FILE", "checkpoint that somebody kept, a signed note; repeatable" },
	             { "peer", "ADDRESS", "node of the ledger to ask; repeatable" },
	             { "alone", NULL, "nobody is there to ask" },
	             { "catch-up", NULL, "the rest comes from the cluster" },
	             { "number", "NUMBER", "which backup; the newest" },
	             { "name", "NAME", "name of the node; that of the old one" },
	             { "backup-key", "VKEY", "key that must have signed the backup" },
	             { "log-key", "VKEY", "key of another node whose --seen counts; repeatable" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl restore backups --to restored --alone", "of a node by itself" },
	              { "civilctl restore backups --to again --peer 127.0.0.1:7431 --catch-up",
	                "of a node in a cluster" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_CONFLICT) |
	         CTL_BIT(CTL_VERIFICATION),
	.run = run_restore,
};
