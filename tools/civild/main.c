/* civild: a node of the civil ledger. See civild(8). */
#include "tools/civild/civild.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPTION_NAME_MAX = 64, CONFIG_BYTES_MAX = 65536 };

int civild_exit_code(enum status status)
{
	switch (status) {
	case STATUS_OK:
		return EXIT_CODE_OK;
	case STATUS_INVALID:
	case STATUS_UNSUPPORTED:
		return EXIT_CODE_USAGE;
	case STATUS_NOT_FOUND:
		return EXIT_CODE_NOT_FOUND;
	case STATUS_DENIED:
		return EXIT_CODE_DENIED;
	case STATUS_EXISTS:
	case STATUS_REFUSED:
		return EXIT_CODE_CONFLICT;
	case STATUS_BUSY:
	case STATUS_UNAVAILABLE:
	case STATUS_DISK_FULL:
		return EXIT_CODE_UNAVAILABLE;
	case STATUS_OUT_OF_RANGE:
	case STATUS_CORRUPT:
	case STATUS_DIVERGED:
		return EXIT_CODE_VERIFICATION;
	case STATUS_TIMEOUT:
		return EXIT_CODE_DEADLINE;
	case STATUS_IO:
	case STATUS_NO_MEMORY:
		return EXIT_CODE_ERROR;
	}
	return EXIT_CODE_ERROR;
}

void civild_complain(const char *what, enum status status, const struct detail *detail)
{
	if (detail == NULL || detail->text[0] == '\0') {
		(void)fprintf(stderr, "civild: %s: %s\n", what, status_name(status));
		return;
	}
	(void)fprintf(stderr, "civild: %s: %s%s%s\n", what, detail->path,
	              detail->path[0] == '\0' ? "" : ": ", detail->text);
}

static void print_help(void)
{
	(void)printf(
	        "civild: a node of the civil ledger\n\n"
	        "  civild format [--ledger-id HEX] [--node NAME] [--origin NAME] [options]\n"
	        "      make an empty node in a folder\n"
	        "  civild start [--demo] [options]\n"
	        "      serve it until SIGTERM\n"
	        "  civild --check-config [options]\n"
	        "      print the configuration as it would be used\n"
	        "  civild man 8 | 5\n"
	        "      print civild(8) or civild.conf(5) in roff\n"
	        "  civild --version | --help\n\n"
	        "Options: --config FILE, and every key of the file, such as\n"
	        "--node-data FOLDER for data in [node]; CIVIL_NODE_DATA in the environment.\n\n");
	for (const struct config_key *key = config_keys(); key->name != NULL; key++) {
		(void)printf("  %-20s %-16s %s%s%s\n", key->name,
		             key->default_value[0] == '\0' ? "(none)" : key->default_value,
		             key->unit, key->unit[0] == '\0' ? "" : " ", key->meaning);
	}
	(void)printf("\nExamples\n"
	             "  civild format --node-data /var/lib/civil-ledger --node pp1\n"
	             "  civild start --demo --node-data /tmp/trial\n");
}

/* Takes "--api-listen VALUE" as the key api.listen. */
static enum status take_key(struct config *config, const char *option, const char *value,
                            struct detail *detail)
{
	char name[OPTION_NAME_MAX];
	char *dash;

	(void)snprintf(name, sizeof(name), "%s", option + 2);
	dash = strchr(name, '-');
	if (dash != NULL) {
		*dash = '.';
	}
	for (char *c = name; *c != '\0'; c++) {
		*c = *c == '-' ? '_' : *c;
	}
	return config_set(config, name, value, detail);
}

/* Options that are no keys of the configuration. */
static const char **own_option(struct civild_arguments *arguments, const char *option)
{
	if (strcmp(option, "--node") == 0) {
		return &arguments->node;
	}
	if (strcmp(option, "--origin") == 0) {
		return &arguments->origin;
	}
	return strcmp(option, "--ledger-id") == 0 ? &arguments->ledger_hex : NULL;
}

/* The file comes first, whatever its place: environment and flags override it. */
static enum status read_config_file(struct civild_arguments *arguments, int argc, char **argv,
                                    struct detail *detail)
{
	for (int i = 0; i + 1 < argc; i++) {
		if (strcmp(argv[i], "--config") == 0) {
			arguments->config_path = argv[i + 1];
			return config_read(&arguments->config, argv[i + 1], detail);
		}
	}
	return STATUS_OK;
}

static enum status parse(struct civild_arguments *arguments, int argc, char **argv,
                         struct detail *detail)
{
	enum status status = read_config_file(arguments, argc, argv, detail);

	if (status == STATUS_OK) {
		status = config_environment(&arguments->config, detail);
	}
	for (int i = 0; status == STATUS_OK && i < argc; i++) {
		const char **own = own_option(arguments, argv[i]);

		if (strcmp(argv[i], "--demo") == 0) {
			arguments->demo = true;
			continue;
		}
		if (strncmp(argv[i], "--", 2) != 0 || i + 1 == argc) {
			detail_set(detail, argv[i], "is no option, or its value is missing");
			return STATUS_INVALID;
		}
		i++;
		if (own != NULL) {
			*own = argv[i];
		} else if (strcmp(argv[i - 1], "--config") != 0) {
			status = take_key(&arguments->config, argv[i - 1], argv[i], detail);
		}
	}
	return status;
}

static int check_config(const struct civild_arguments *arguments)
{
	struct detail detail = { "", "" };
	enum config_role role;
	struct buf out;

	enum status status = config_role(&arguments->config, &role, &detail);
	if (status != STATUS_OK) {
		civild_complain("--check-config", status, &detail);
		return EXIT_CODE_USAGE;
	}

	buf_init(&out, CONFIG_BYTES_MAX);
	config_print(&arguments->config, &out);
	(void)fwrite(out.data, 1, out.size, stdout);
	buf_fini(&out);
	return EXIT_CODE_OK;
}

/* A network server has no need of root; a demo on the loopback may be run by it. */
static bool is_root_refused(const struct civild_arguments *arguments)
{
	if (geteuid() != 0 || arguments->demo) {
		return false;
	}
	const char *allowed = getenv("CIVIL_ALLOW_ROOT");
	return allowed == NULL || strcmp(allowed, "1") != 0;
}

static int run(const char *command, const struct civild_arguments *arguments)
{
	if (strcmp(command, "format") == 0) {
		return civild_format(arguments);
	}
	if (strcmp(command, "--check-config") == 0) {
		return check_config(arguments);
	}
	if (strcmp(command, "start") != 0) {
		(void)fprintf(stderr, "civild: %s is no command; see civild --help\n", command);
		return EXIT_CODE_USAGE;
	}
	if (is_root_refused(arguments)) {
		(void)fprintf(stderr, "civild: start: run it as a user of its own, not as root "
		                      "(CIVIL_ALLOW_ROOT=1 if you must)\n");
		return EXIT_CODE_DENIED;
	}
	return civild_start(arguments);
}

int main(int argc, char **argv)
{
	struct civild_arguments arguments = { .node = "solo",
		                              .origin = "civil-ledger.example/solo" };
	struct detail detail = { "", "" };

	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		print_help();
		return argc < 2 ? EXIT_CODE_USAGE : EXIT_CODE_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		(void)printf("civild %s\n", CIVILD_VERSION);
		return EXIT_CODE_OK;
	}
	if (strcmp(argv[1], "man") == 0) {
		return civild_manual(argc < 3 ? "8" : argv[2]);
	}
	config_init(&arguments.config);
	enum status status = parse(&arguments, argc - 2, argv + 2, &detail);
	if (status != STATUS_OK) {
		civild_complain(argv[1], status, &detail);
		return EXIT_CODE_USAGE;
	}
	return run(argv[1], &arguments);
}
