/* civilctl: what officers, courts and operators do with a civil ledger. See civilctl(1). */
#include "ledger/base/crypto.h"
#include "tools/civilctl/ctl.h"
#include "tools/civilctl/help.h"

#include <signal.h>
#include <stdio.h>

static enum ctl_exit run(struct ctl *ctl)
{
	if (ctl->command == NULL) {
		bool asked = ctl_option(ctl, "help") != NULL;

		help_print_all(asked ? stdout : stderr);
		return asked ? CTL_OK : CTL_USAGE;
	}
	if (ctl_option(ctl, "help") != NULL) {
		help_print(stdout, ctl->command);
		return CTL_OK;
	}
	if (crypto_init() != STATUS_OK) {
		return ctl_fail(STATUS_IO, "cryptography cannot start", NULL);
	}
	return ctl->command->run(ctl);
}

int main(int argc, char **argv)
{
	static struct ctl ctl; /* zeroed, and too large for the stack */
	(void)signal(SIGPIPE, SIG_IGN);
	enum ctl_exit code = ctl_parse(&ctl, argc, argv);

	if (code == CTL_OK) {
		code = run(&ctl);
	}
	ctl_fini(&ctl);
	if ((fflush(stdout) != 0 || ferror(stdout) != 0) && code == CTL_OK) {
		code = CTL_ERROR;
	}
	return (int)code;
}
