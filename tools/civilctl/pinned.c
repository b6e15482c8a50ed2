#include "tools/civilctl/pinned.h"

#include "tools/civilctl/ctl.h"

enum ctl_exit pinned_key(struct note_key *key, const char *vkey)
{
	if (note_key_parse(key, bytes_of_string(vkey)) == STATUS_OK) {
		return CTL_OK;
	}
	ctl_say("'%s' is no public key of a log: it looks like name+8 hexadecimal digits+base64",
	        vkey);
	return CTL_USAGE;
}
