#include "api/rpc_tls.h"

#include "api/rpc_internal.h"
#include "ledger/base/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum tls_file { TLS_AUTHORITY, TLS_CERTIFICATE, TLS_KEY, TLS_FILES };

/* What tells one version of a file from the next. */
struct tls_stamp {
	ino_t inode;
	off_t size;
	struct timespec changed;
};

struct tls_text {
	char *text; /* NUL-terminated */
	size_t size;
};

struct rpc_tls {
	char *paths[TLS_FILES];
	pthread_mutex_t lock; /* the fields below */
	struct tls_stamp stamps[TLS_FILES];
	unsigned generation;
};

static const char *const pem_marks[TLS_FILES] = {
	[TLS_AUTHORITY] = "-----BEGIN CERTIFICATE-----",
	[TLS_CERTIFICATE] = "-----BEGIN CERTIFICATE-----",
	[TLS_KEY] = "PRIVATE KEY-----",
};

static void text_wipe(struct tls_text *text)
{
	if (text->text != NULL) {
		crypto_wipe(text->text, text->size);
		free(text->text);
	}
	*text = (struct tls_text){ 0 };
}

static enum status text_read(struct tls_text *text, int file, size_t size)
{
	size_t used = 0;

	text->text = calloc(1, size + 1);
	if (text->text == NULL) {
		return STATUS_NO_MEMORY;
	}
	text->size = size;
	while (used < size) {
		ssize_t got = read(file, text->text + used, size - used);

		if (got <= 0) {
			return STATUS_IO;
		}
		used += (size_t)got;
	}
	return STATUS_OK;
}

static enum status file_check(const struct stat *state, enum tls_file kind, const char *path,
                              struct detail *detail)
{
	if (!S_ISREG(state->st_mode) || state->st_size == 0 ||
	    state->st_size > TLS_FILE_BYTES_MAX) {
		detail_set(detail, path, "is not a file of 1 to %d bytes", TLS_FILE_BYTES_MAX);
		return STATUS_INVALID;
	}
	if (kind == TLS_KEY && (state->st_mode & (S_IRWXO | S_IWGRP)) != 0) {
		detail_set(detail, path, "may be used by others; chmod 600 it");
		return STATUS_DENIED;
	}
	return STATUS_OK;
}

/* Reads one file and what tells its version. On failure the text is empty. */
static enum status file_read(struct tls_text *text, struct tls_stamp *stamp, enum tls_file kind,
                             const char *path, struct detail *detail)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct stat state;
	enum status status = STATUS_IO;

	*text = (struct tls_text){ 0 };
	if (file < 0 || fstat(file, &state) != 0) {
		detail_set(detail, path, "cannot be read: %s", strerrordesc_np(errno));
		goto out;
	}
	status = file_check(&state, kind, path, detail);
	if (status != STATUS_OK) {
		goto out;
	}
	status = text_read(text, file, (size_t)state.st_size);
	if (status != STATUS_OK) {
		detail_set(detail, path, "cannot be read");
		goto out;
	}
	if (strstr(text->text, pem_marks[kind]) == NULL) {
		detail_set(detail, path, "holds no PEM block '%s'", pem_marks[kind]);
		status = STATUS_INVALID;
		goto out;
	}
	*stamp = (struct tls_stamp){ state.st_ino, state.st_size, state.st_mtim };
out:
	if (status != STATUS_OK) {
		text_wipe(text);
	}
	if (file >= 0) {
		(void)close(file);
	}
	return status;
}

static enum status tls_read(const struct rpc_tls *tls, struct tls_text texts[TLS_FILES],
                            struct tls_stamp stamps[TLS_FILES], struct detail *detail)
{
	for (enum tls_file kind = 0; kind < TLS_FILES; kind++) {
		enum status status =
		        file_read(&texts[kind], &stamps[kind], kind, tls->paths[kind], detail);

		if (status != STATUS_OK) {
			while (kind-- > 0) {
				text_wipe(&texts[kind]);
			}
			return status;
		}
	}
	return STATUS_OK;
}

static void tls_wipe(struct tls_text texts[TLS_FILES])
{
	for (enum tls_file kind = 0; kind < TLS_FILES; kind++) {
		text_wipe(&texts[kind]);
	}
}

enum status rpc_tls_open(struct rpc_tls **out, struct detail *detail,
                         const struct rpc_tls_files *files)
{
	const char *paths[TLS_FILES] = { files->authority, files->certificate, files->key };
	struct rpc_tls *tls = calloc(1, sizeof(*tls));
	struct tls_text texts[TLS_FILES];
	struct tls_stamp stamps[TLS_FILES];

	if (tls == NULL) {
		return STATUS_NO_MEMORY;
	}
	(void)pthread_mutex_init(&tls->lock, NULL);
	for (enum tls_file kind = 0; kind < TLS_FILES; kind++) {
		tls->paths[kind] = strdup(paths[kind]);
		if (tls->paths[kind] == NULL) {
			rpc_tls_close(tls);
			return STATUS_NO_MEMORY;
		}
	}
	enum status status = tls_read(tls, texts, stamps, detail);
	if (status != STATUS_OK) {
		rpc_tls_close(tls);
		return status;
	}
	tls_wipe(texts);
	*out = tls;
	return STATUS_OK;
}

void rpc_tls_close(struct rpc_tls *tls)
{
	if (tls == NULL) {
		return;
	}
	for (enum tls_file kind = 0; kind < TLS_FILES; kind++) {
		free(tls->paths[kind]);
	}
	(void)pthread_mutex_destroy(&tls->lock);
	free(tls);
}

unsigned rpc_tls_generation(struct rpc_tls *tls)
{
	(void)pthread_mutex_lock(&tls->lock);
	unsigned generation = tls->generation;
	(void)pthread_mutex_unlock(&tls->lock);
	return generation;
}

/* Three stat calls for each new connection; true when any file is another one than was read. */
static bool tls_has_changed(const struct rpc_tls *tls)
{
	for (enum tls_file kind = 0; kind < TLS_FILES; kind++) {
		const struct tls_stamp *stamp = &tls->stamps[kind];
		struct stat state;

		if (stat(tls->paths[kind], &state) != 0) {
			return false; /* in the middle of being replaced: keep what we have */
		}
		if (state.st_ino != stamp->inode || state.st_size != stamp->size ||
		    state.st_mtim.tv_sec != stamp->changed.tv_sec ||
		    state.st_mtim.tv_nsec != stamp->changed.tv_nsec) {
			return true;
		}
	}
	return false;
}

/* The core asks at the start and before each handshake. */
static grpc_ssl_certificate_config_reload_status tls_fetch(
        void *argument, grpc_ssl_server_certificate_config **config)
{
	struct rpc_tls *tls = argument;
	struct tls_text texts[TLS_FILES];
	struct tls_stamp stamps[TLS_FILES];
	grpc_ssl_certificate_config_reload_status result =
	        GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;

	(void)pthread_mutex_lock(&tls->lock);
	if (!tls_has_changed(tls)) {
		goto out;
	}
	if (tls_read(tls, texts, stamps, NULL) != STATUS_OK) {
		result = GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_FAIL;
		goto out;
	}
	grpc_ssl_pem_key_cert_pair pair = { texts[TLS_KEY].text, texts[TLS_CERTIFICATE].text };

	*config = grpc_ssl_server_certificate_config_create(texts[TLS_AUTHORITY].text, &pair, 1);
	memcpy(tls->stamps, stamps, sizeof(stamps));
	tls->generation++;
	tls_wipe(texts);
	result = GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
out:
	(void)pthread_mutex_unlock(&tls->lock);
	return result;
}

grpc_server_credentials *rpc_tls_server_credentials(struct rpc_tls *tls)
{
	/* A new server starts from nothing, also when another one has used these files. */
	(void)pthread_mutex_lock(&tls->lock);
	memset(tls->stamps, 0, sizeof(tls->stamps));
	(void)pthread_mutex_unlock(&tls->lock);
	return grpc_ssl_server_credentials_create_with_options(
	        grpc_ssl_server_credentials_create_options_using_config_fetcher(
	                GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY, tls_fetch,
	                tls));
}

grpc_channel_credentials *rpc_tls_channel_credentials(struct rpc_tls *tls)
{
	struct tls_text texts[TLS_FILES];
	struct tls_stamp stamps[TLS_FILES];

	if (tls_read(tls, texts, stamps, NULL) != STATUS_OK) {
		return NULL;
	}
	grpc_ssl_pem_key_cert_pair pair = { texts[TLS_KEY].text, texts[TLS_CERTIFICATE].text };
	grpc_channel_credentials *credentials =
	        grpc_ssl_credentials_create_ex(texts[TLS_AUTHORITY].text, &pair, NULL, NULL);

	tls_wipe(texts);
	return credentials;
}
