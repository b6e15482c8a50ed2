#include "tests/support/certificates.h"

#include <check.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

enum { COMMAND_MAX = 2048 };

static void shell(const char *command)
{
	char text[COMMAND_MAX];
	char *arguments[] = { "sh", "-c", text, NULL };
	pid_t child;
	int status;

	ck_assert_int_lt(snprintf(text, sizeof(text), "%s", command), COMMAND_MAX);
	ck_assert_int_eq(posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, environ), 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "failed: %s", command);
}

void certificate_make(const struct folder *folder, const struct certificate *certificate)
{
	const char *path = folder->path;
	const char *name = certificate->name;
	char command[COMMAND_MAX];
	char signer[2 * FOLDER_PATH_MAX] = "";

	if (certificate->authority != NULL) {
		(void)snprintf(signer, sizeof(signer), "-CA %s.pem -CAkey %s.key -CAcreateserial",
		               certificate->authority, certificate->authority);
	} else {
		(void)snprintf(signer, sizeof(signer), "-signkey %s.key", name);
	}
	int length = snprintf(
	        command, sizeof(command),
	        "exec 2>%s/%s.log; cd %s && umask 077 && "
	        "openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt "
	        "-out %s.new && mv %s.new %s.key && "
	        "openssl req -new -key %s.key -subj '/CN=%s/O=Civil Test' -out %s.csr && "
	        "printf 'subjectAltName=%s\\nbasicConstraints=CA:%s\\n' >%s.ext && "
	        "openssl x509 -req -in %s.csr %s -days %d -extfile %s.ext -out %s.new && "
	        "mv %s.new %s.pem",
	        path, name, path, name, name, name, name, name, name,
	        certificate->names == NULL ? "DNS:test" : certificate->names,
	        certificate->authority == NULL ? "TRUE" : "FALSE", name, name, signer,
	        certificate->days, name, name, name, name);
	ck_assert_int_lt(length, COMMAND_MAX);
	shell(command);
}

void certificate_fingerprint(char hex[65], const struct folder *folder, const char *name)
{
	char command[COMMAND_MAX];
	char path[FOLDER_PATH_MAX];
	char text[256] = "";

	(void)snprintf(command, sizeof(command),
	               "cd %s && openssl x509 -in %s.pem -outform DER | sha256sum >%s.sum",
	               folder->path, name, name);
	shell(command);
	(void)snprintf(text, sizeof(text), "%s.sum", name);
	folder_file(path, folder, text);
	ck_assert_uint_gt(folder_read(path, text, sizeof(text) - 1), 64);
	memcpy(hex, text, 64);
	hex[64] = '\0';
}
