/* civild man: the manual pages civild(8) and civild.conf(5), from the tables that the program uses.
 */
#include "tools/civild/civild.h"

#include <stdio.h>
#include <string.h>

/* A plain dash is a hyphen to roff, and a dot at the beginning of a line a request. */
static void print_text(const char *text)
{
	if (*text == '.' || *text == '\'') {
		(void)fputs("\\&", stdout);
	}
	for (; *text != '\0'; text++) {
		if (*text == '\\') {
			(void)fputs("\\e", stdout);
		} else if (*text == '-') {
			(void)fputs("\\-", stdout);
		} else {
			(void)putchar(*text);
		}
	}
}

static void print_entry(const char *name, const char *text)
{
	(void)fputs(".TP\n\\fB", stdout);
	print_text(name);
	(void)fputs("\\fR\n", stdout);
	print_text(text);
	(void)putchar('\n');
}

static const struct {
	const char *name;
	const char *text;
} codes[] = {
	{ "0", "it was done, or the node was stopped" },
	{ "1", "a disk, a port or memory failed; the log says which" },
	{ "2", "the command line or the configuration is wrong" },
	{ "3", "there is no node in the folder" },
	{ "4", "not allowed: root without a need, or a key that others may read" },
	{ "5", "something is there already" },
	{ "6", "another process has the folder open" },
	{ "7", "the ledger is not what was committed or signed here" },
	{ "8", "something took too long" },
};

static void print_civild(void)
{
	(void)fputs(
	        ".TH CIVILD 8 \"\" \"Civil Ledger\"\n"
	        ".SH NAME\ncivild \\- a node of the civil ledger\n"
	        ".SH SYNOPSIS\n"
	        "\\fBcivild format\\fR [\\fB\\-\\-ledger\\-id\\fR \\fIHEX\\fR] "
	        "[\\fB\\-\\-node\\fR \\fINAME\\fR] [\\fB\\-\\-origin\\fR \\fINAME\\fR] "
	        "[\\fIoptions\\fR]\n.br\n"
	        "\\fBcivild start\\fR [\\fB\\-\\-demo\\fR] [\\fIoptions\\fR]\n.br\n"
	        "\\fBcivild \\-\\-check\\-config\\fR [\\fIoptions\\fR]\n"
	        ".SH DESCRIPTION\n"
	        "\\fBformat\\fR makes an empty node in a folder; the nodes of one ledger share\n"
	        "its id. \\fBstart\\fR serves it until SIGTERM; SIGHUP reads the log level\n"
	        "again, certificates are looked at with every new connection. A node is\n"
	        "\\fIsolo\\fR, one of the \\fIcore\\fR nodes of a cluster whose order etcd\n"
	        "keeps, or a \\fIreplica\\fR that follows others and believes none of them.\n"
	        ".PP\n"
	        "It ends when it can no longer trust its disk or its order, with one line in\n"
	        "the log; what is on disk is whole, and the next start checks it.\n"
	        ".SH OPTIONS\n",
	        stdout);
	print_entry("--config FILE", "read this file, see civild.conf(5)");
	print_entry("--demo",
	            "plaintext on the loopback, no access control; never with real people");
	print_entry(
	        "--SECTION-KEY VALUE",
	        "a key of civild.conf(5), before the environment and the file; --node-data FOLDER "
	        "is data in [node]");
	(void)fputs(".SH EXIT STATUS\n", stdout);
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		print_entry(codes[i].name, codes[i].text);
	}
	(void)fputs(".SH ENVIRONMENT\n", stdout);
	print_entry("CIVIL_SECTION_KEY", "a key of civild.conf(5), before the file");
	print_entry("CIVIL_ALLOW_ROOT", "1 lets root start a node that is no demo");
	(void)fputs(".SH FILES\n", stdout);
	print_entry("node.key, identity", "who the node is; the key signs its checkpoints");
	print_entry("store/, floor, checkpoint",
	            "the ledger, how far it came, what was signed last");
	print_entry("outbox/, witnessed, evidence/",
	            "of a replica: events on their way, what others signed, contradictions");
	(void)fputs(".SH SEE ALSO\n\\fBcivilctl\\fR(1), \\fBcivild.conf\\fR(5)\n", stdout);
}

static void print_conf(void)
{
	char section[64] = "";

	(void)fputs(".TH CIVILD.CONF 5 \"\" \"Civil Ledger\"\n"
	            ".SH NAME\ncivild.conf \\- configuration of a node of the civil ledger\n"
	            ".SH DESCRIPTION\n"
	            "Sections in brackets, and lines \\fIkey = value\\fR in them. What the\n"
	            "environment says comes before the file, and the command line before both. A\n"
	            "key that is not known is refused with its line and the nearest that is.\n"
	            "\\fBcivild \\-\\-check\\-config\\fR prints what would be used.\n",
	            stdout);
	for (const struct config_key *key = config_keys(); key->name != NULL; key++) {
		size_t size = strcspn(key->name, ".");

		if (strncmp(section, key->name, size) != 0 || section[size] != '\0') {
			(void)snprintf(section, sizeof(section), "%.*s", (int)size, key->name);
			(void)printf(".SH [%s]\n", section);
		}
		(void)printf(".TP\n\\fB%s\\fR = \\fI", key->name + size + 1);
		print_text(key->default_value);
		(void)fputs("\\fR\n", stdout);
		print_text(key->unit);
		(void)fputs(key->unit[0] == '\0' ? "" : " ", stdout);
		print_text(key->meaning);
		(void)putchar('\n');
	}
	(void)fputs(".SH SEE ALSO\n\\fBcivild\\fR(8)\n", stdout);
}

int civild_manual(const char *section)
{
	if (strcmp(section, "8") == 0) {
		print_civild();
	} else if (strcmp(section, "5") == 0) {
		print_conf();
	} else {
		(void)fprintf(stderr, "civild: man: the pages are 5 and 8\n");
		return EXIT_CODE_USAGE;
	}
	return EXIT_CODE_OK;
}
