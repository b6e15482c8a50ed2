#include "ledger/base/status.h"

#include "ledger/base/assert.h"

enum status_class status_class(enum status status)
{
	switch (status) {
	case STATUS_OK:
		return STATUS_CLASS_DONE;
	case STATUS_INVALID:
	case STATUS_REFUSED:
	case STATUS_NOT_FOUND:
	case STATUS_EXISTS:
	case STATUS_DENIED:
	case STATUS_UNSUPPORTED:
	case STATUS_OUT_OF_RANGE:
		return STATUS_CLASS_REFUSAL;
	case STATUS_BUSY:
	case STATUS_UNAVAILABLE:
	case STATUS_TIMEOUT:
	case STATUS_DISK_FULL:
		return STATUS_CLASS_RETRY;
	case STATUS_IO:
	case STATUS_CORRUPT:
	case STATUS_DIVERGED:
	case STATUS_NO_MEMORY:
		return STATUS_CLASS_FATAL;
	}
	ASSERT(!"a status outside its enum");
	return STATUS_CLASS_FATAL;
}

bool status_is_fatal(enum status status)
{
	return status_class(status) == STATUS_CLASS_FATAL;
}

const char *status_name(enum status status)
{
	switch (status) {
	case STATUS_OK:
		return "OK";
	case STATUS_INVALID:
		return "INVALID";
	case STATUS_REFUSED:
		return "REFUSED";
	case STATUS_NOT_FOUND:
		return "NOT_FOUND";
	case STATUS_EXISTS:
		return "EXISTS";
	case STATUS_DENIED:
		return "DENIED";
	case STATUS_UNSUPPORTED:
		return "UNSUPPORTED";
	case STATUS_OUT_OF_RANGE:
		return "OUT_OF_RANGE";
	case STATUS_BUSY:
		return "BUSY";
	case STATUS_UNAVAILABLE:
		return "UNAVAILABLE";
	case STATUS_TIMEOUT:
		return "TIMEOUT";
	case STATUS_DISK_FULL:
		return "DISK_FULL";
	case STATUS_IO:
		return "IO";
	case STATUS_CORRUPT:
		return "CORRUPT";
	case STATUS_DIVERGED:
		return "DIVERGED";
	case STATUS_NO_MEMORY:
		return "NO_MEMORY";
	}
	return "UNKNOWN";
}
