/* Who is at the other end, found once for each connection.
 *
 * The core gives every call of a connection the same auth context, and the certificate in it as
 * PEM. Decoding and hashing that for each call would cost more than most calls. So each queue
 * remembers contexts by address in a table where a new one pushes out the old one of its slot. A
 * slot owns a reference on its context: the address cannot be given to another connection as long
 * as the slot knows it. */
#include "api/rpc_internal.h"
#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"

#include <stdio.h>
#include <stdlib.h>

enum { CERTIFICATE_BYTES_MAX = 16384 };

static const char pem_begin[] = "-----BEGIN CERTIFICATE-----";
static const char pem_end[] = "-----END CERTIFICATE-----";

static int base64_digit(char c)
{
	static const char digits[] =
	        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = c == '\0' ? NULL : strchr(digits, c);

	return found == NULL ? -1 : (int)(found - digits);
}

/* Bytes of the first certificate in a PEM text; 0 when there is none. The core has parsed it
 * before, so this only has to agree with it on honest text, and stay inside its buffers on any. */
static size_t pem_decode(uint8_t out[CERTIFICATE_BYTES_MAX], const char *pem, size_t size)
{
	const char *at = memmem(pem, size, pem_begin, strlen(pem_begin));
	uint32_t bits = 0;
	unsigned bits_count = 0;
	size_t length = 0;

	if (at == NULL) {
		return 0;
	}
	at += strlen(pem_begin);
	const char *end = memmem(at, size - (size_t)(at - pem), pem_end, strlen(pem_end));
	if (end == NULL) {
		return 0;
	}
	for (; at < end && *at != '='; at++) {
		int digit = base64_digit(*at);

		if (digit < 0) {
			continue; /* line ends */
		}
		bits = bits << 6 | (uint32_t)digit;
		bits_count += 6;
		if (bits_count >= 8) {
			if (length == CERTIFICATE_BYTES_MAX) {
				return 0;
			}
			bits_count -= 8;
			out[length++] = (uint8_t)(bits >> bits_count);
		}
	}
	return length;
}

static const grpc_auth_property *peer_property(const grpc_auth_context *context, const char *name)
{
	grpc_auth_property_iterator found =
	        grpc_auth_context_find_properties_by_name(context, name);

	return grpc_auth_property_iterator_next(&found);
}

static void peer_read_names(struct rpc_peer *peer, const grpc_auth_context *context)
{
	grpc_auth_property_iterator found =
	        grpc_auth_context_find_properties_by_name(context, GRPC_X509_SAN_PROPERTY_NAME);
	const grpc_auth_property *name;

	while (peer->names_count < PEER_NAMES_MAX &&
	       (name = grpc_auth_property_iterator_next(&found)) != NULL) {
		/* A name that was cut could equal another one: left out instead. A NUL inside would
		 * cut it too. */
		if (name->value_length < PEER_NAME_MAX &&
		    memchr(name->value, '\0', name->value_length) == NULL) {
			memcpy(peer->names[peer->names_count], name->value, name->value_length);
			peer->names[peer->names_count++][name->value_length] = '\0';
		}
	}
}

/* Leaves a peer without a certificate as it is: not authenticated, all else empty. */
static void peer_read(struct rpc_peer *peer, const grpc_auth_context *context)
{
	const grpc_auth_property *pem = peer_property(context, GRPC_X509_PEM_CERT_PROPERTY_NAME);
	uint8_t der[CERTIFICATE_BYTES_MAX];

	if (pem == NULL || !grpc_auth_context_peer_is_authenticated(context)) {
		return;
	}
	size_t size = pem_decode(der, pem->value, pem->value_length);
	if (size == 0) {
		return;
	}
	peer->fingerprint = crypto_sha256(bytes_of(der, size));
	const grpc_auth_property *subject = peer_property(context, GRPC_X509_SUBJECT_PROPERTY_NAME);
	if (subject != NULL) {
		(void)snprintf(peer->subject, sizeof(peer->subject), "%s", subject->value);
	}
	peer_read_names(peer, context);
	peer->authenticated = true;
}

static struct rpc_peer_shared *peer_new(const grpc_auth_context *context)
{
	struct rpc_peer_shared *shared = calloc(1, sizeof(*shared));

	if (shared != NULL) {
		atomic_store(&shared->references, 1);
		if (context != NULL) {
			peer_read(&shared->peer, context);
		}
	}
	return shared;
}

struct rpc_peer_shared *rpc_peer_of(struct rpc_queue *queue, grpc_call *call)
{
	grpc_auth_context *context = grpc_call_auth_context(call);
	size_t hash = (size_t)((uintptr_t)context >> 4);
	struct rpc_peer_slot *slot = &queue->peers[(hash ^ hash >> 8) % PEER_CACHE_SLOTS];

	if (context == NULL) {
		return peer_new(NULL);
	}
	if (slot->connection == context) {
		grpc_auth_context_release(context);
	} else {
		struct rpc_peer_shared *peer = peer_new(context);

		if (peer == NULL) {
			grpc_auth_context_release(context);
			return NULL;
		}
		if (slot->connection != NULL) {
			grpc_auth_context_release(slot->connection);
			rpc_peer_unref(slot->peer);
		}
		slot->connection = context;
		slot->peer = peer;
	}
	atomic_fetch_add(&slot->peer->references, 1);
	return slot->peer;
}

void rpc_peer_unref(struct rpc_peer_shared *peer)
{
	if (atomic_fetch_sub(&peer->references, 1) == 1) {
		free(peer);
	}
}

void rpc_peer_cache_fini(struct rpc_queue *queue)
{
	for (size_t i = 0; i < PEER_CACHE_SLOTS; i++) {
		if (queue->peers[i].connection != NULL) {
			grpc_auth_context_release(queue->peers[i].connection);
			rpc_peer_unref(queue->peers[i].peer);
		}
	}
}
