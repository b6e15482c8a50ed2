#include "node/disk.h"

#include <sys/statvfs.h>

enum status disk_free(const char *path, uint64_t *bytes)
{
	struct statvfs figures;

	if (statvfs(path, &figures) != 0) {
		return STATUS_IO;
	}
	*bytes = (uint64_t)figures.f_bavail * figures.f_frsize;
	return STATUS_OK;
}
