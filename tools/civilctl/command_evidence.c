/* civilctl evidence list, show, settle */
#include "node/evidence_check.h"
#include "node/witness.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

#include <stdlib.h>

enum { NAMES_MAX = 4096 };

struct listing {
	struct ctl *ctl;
	struct ctl_table *table;
	size_t unsettled;
	bool failed;
};

/* Names are "<milliseconds>-<kind>". */
static void add_piece(void *context, const char *name, bool settled)
{
	struct listing *listing = context;
	struct ctl *ctl = listing->ctl;
	const char *dash = strchr(name, '-');

	listing->unsettled += !settled;
	listing->failed =
	        listing->failed ||
	        !table_add(listing->table,
	                   (const char *const[]){ format_text(ctl, "%s", name),
	                                          format_time(ctl, strtoll(name, NULL, 10)),
	                                          format_text(ctl, "%s", dash + 1),
	                                          settled ? "settled" : "open" });
}

static enum ctl_exit run_list(struct ctl *ctl)
{
	struct detail detail = { "", "" };
	struct ctl_table table;
	struct listing listing = { .ctl = ctl, .table = &table };

	table_init(&table, ctl,
	           (const char *const[]){ "EVIDENCE", "FOUND", "KIND", "STATE", NULL });
	enum status status = evidence_list(ctl_node_folder(ctl), add_piece, &listing, &detail);
	if (status == STATUS_OK && listing.failed) {
		status = STATUS_NO_MEMORY;
	}
	if (status != STATUS_OK) {
		return ctl_fail(status, "evidence list", &detail);
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%zu open. The node follows nobody while one is open.\n",
		             listing.unsettled);
	}
	return CTL_OK;
}

static const char *describe(struct ctl *ctl, const struct evidence_statement *statement,
                            const struct note_key keys[])
{
	return statement->is_signed
	               ? format_text(ctl, "signed by %s, %llu records", keys[statement->key].name,
	                             (unsigned long long)statement->head.size)
	               : "not signed by any of these keys";
}

static const char *verdict_without_proof(const struct evidence_verdict *verdict)
{
	return verdict->kind == EVIDENCE_RECORD && verdict->theirs.is_signed
	               ? "Checked: the statement is signed; that it covers this record is the "
	                 "witness's word. Ask its signer for the record and the proof."
	               : "Checked: these keys and proofs do not show it.";
}

static enum ctl_exit print_verdict(struct ctl *ctl, struct bytes text, const char *path)
{
	struct note_key *keys = arena_array(&ctl->arena, WITNESS_KEYS_MAX, sizeof(*keys));
	struct detail detail = { "", "" };
	struct evidence_verdict verdict;
	struct bytes lines;
	size_t count = 0;
	enum ctl_exit code = ctl_read_file(ctl, &lines, path);

	if (code != CTL_OK) {
		return code;
	}
	enum status status =
	        keys == NULL ? STATUS_NO_MEMORY : witness_read_keys(keys, &count, lines, &detail);
	if (status == STATUS_OK) {
		status = evidence_check(&verdict, text, keys, count, &detail);
	}
	if (status != STATUS_OK) {
		return ctl_fail(status, "evidence show", &detail);
	}
	(void)printf("\nOurs:   %s\nTheirs: %s\n%s\n", describe(ctl, &verdict.ours, keys),
	             describe(ctl, &verdict.theirs, keys),
	             verdict.convicts ? "Checked: the signed statements show it."
	                              : verdict_without_proof(&verdict));
	return verdict.convicts ? CTL_OK : CTL_VERIFICATION;
}

static enum ctl_exit run_show(struct ctl *ctl)
{
	const char *keys = ctl_option(ctl, "keys");
	struct detail detail = { "", "" };
	enum ctl_exit code = CTL_OK;
	struct buf text;

	buf_init(&text, EVIDENCE_BYTES_MAX);
	enum status status = evidence_read(ctl_node_folder(ctl), ctl->arguments[0], &text, &detail);
	if (status != STATUS_OK) {
		code = ctl_fail(status, "evidence show", &detail);
	} else {
		(void)fwrite(text.data, 1, text.size, stdout);
		code = keys == NULL ? CTL_OK : print_verdict(ctl, buf_bytes(&text), keys);
	}
	buf_fini(&text);
	return code;
}

static enum ctl_exit run_settle(struct ctl *ctl)
{
	struct detail detail = { "", "" };

	if (!ctl_confirm(ctl, "Let the node follow others again, in spite of this")) {
		return CTL_USAGE;
	}
	enum status status = evidence_settle(ctl_node_folder(ctl), ctl->arguments[0], &detail);
	if (status != STATUS_OK) {
		return ctl_fail(status, "evidence settle", &detail);
	}
	(void)printf("Settled. Start the node again; the evidence stays in its folder.\n");
	return CTL_OK;
}

#define NODE_OPTION                                                                                \
	{                                                                                          \
		"node", "FOLDER", "folder of the node; CIVIL_NODE_DATA, else civil-data"           \
	}
#define EVIDENCE_EXITS CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_VERIFICATION)

const struct command command_evidence_list = {
	.name = "evidence list",
	.synopsis = "",
	.summary = "list contradictions that a node of this machine has found",
	.text = "A node keeps what others have signed. When signed statements contradict its "
	        "records it stops following, goes on serving what it has verified, and keeps both "
	        "statements here.",
	.options = { NODE_OPTION },
	.examples = { { "civilctl evidence list --node node", "what is open and what is settled" },
	              { "civilctl -o json evidence list --node node", "for a program" } },
	.exits = EVIDENCE_EXITS,
	.run = run_list,
};

const struct command command_evidence_show = {
	.name = "evidence show",
	.synopsis = "NAME",
	.summary = "show a contradiction, and check it",
	.text = "Prints both signed statements as they were given. With --keys the signatures and "
	        "proofs are checked here, believing the keys of the file alone; exit code 7 says "
	        "that they do not show what the evidence says.",
	.options = { NODE_OPTION,
	             { "keys", "FILE", "trusted keys, one a line, as upstream.trusted_keys" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl evidence show 1790000000000-fork --node node", "as it is kept" },
	              { "civilctl evidence show 1790000000000-fork --node node --keys keys",
	                "checked" } },
	.exits = EVIDENCE_EXITS,
	.run = run_show,
};

const struct command command_evidence_settle = {
	.name = "evidence settle",
	.synopsis = "NAME",
	.summary = "say that a contradiction has been dealt with",
	.text = "The node follows others again after its next start. The evidence is kept. Find "
	        "out "
	        "first who signed what: two histories were shown to somebody.",
	.options = { NODE_OPTION },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl evidence settle 1790000000000-fork --node node --yes",
	                "after the court has a copy" },
	              { "civilctl evidence settle 1790000000000-rollback --node node --yes",
	                "after the other node was restored on purpose" } },
	.exits = EVIDENCE_EXITS,
	.run = run_settle,
};
