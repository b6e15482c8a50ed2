/* Certificates made by the openssl program in a test's folder: two authorities, and what each
 * signed. All have Ed25519 or P-256 keys; names are the file names without ".pem". */
#ifndef TESTS_SUPPORT_CERTIFICATES_H
#define TESTS_SUPPORT_CERTIFICATES_H

#include "tests/support/folder.h"

/* One certificate to make. */
struct certificate {
	const char *name;      /* also its common name */
	const char *authority; /* name of the signer; NULL: it is an authority itself */
	const char *names;     /* subject alternative names, "IP:127.0.0.1,URI:spiffe://x/y" */
	int days;              /* negative: it has expired */
};

/* Writes folder/name.pem and folder/name.key (mode 0600). Fails the test when openssl does. */
void certificate_make(const struct folder *folder, const struct certificate *certificate);

/* SHA-256 of the certificate's DER as openssl computes it: 64 lower-case digits. */
void certificate_fingerprint(char hex[65], const struct folder *folder, const char *name);

#endif
