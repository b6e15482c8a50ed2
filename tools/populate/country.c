#include "tools/populate/country.h"

#include "ledger/base/crypto.h"
#include "tools/populate/gazetteer_rows.h"

#include <stdio.h>
#include <stdlib.h>

/* The key of an officer: SHA-256(seed, office, role) is its Ed25519 seed. */
static void make_officer(struct officer *officer, uint64_t seed, const char *office,
                         const char *role)
{
	char text[96];
	int length =
	        snprintf(text, sizeof(text), "%llu/%s/%s", (unsigned long long)seed, office, role);
	struct hash hash = crypto_sha256(bytes_of(text, (size_t)length));

	compose_key_of_seed(&officer->key, hash.bytes);
	(void)snprintf(officer->office, sizeof(officer->office), "%s", office);
}

static void copy_code(char out[AREA_TEXT_MAX], const char *code, size_t length)
{
	memcpy(out, code, length);
	out[length] = '\0';
}

static void prefixed(char out[33], const char *prefix, const char *code)
{
	(void)snprintf(out, 33, "%s%s", prefix, code);
}

static struct province *province_of(struct country *country, const char *code, uint64_t seed)
{
	char office[33];

	for (size_t i = 0; i < country->province_count; i++) {
		if (strncmp(country->provinces[i].code, code, 2) == 0) {
			return &country->provinces[i];
		}
	}
	struct province *province = &country->provinces[country->province_count];
	country->province_count++;
	copy_code(province->code, code, 2);
	make_officer(&province->registrar, seed, province->code, "P");
	prefixed(office, "court-", province->code);
	make_officer(&province->court, seed, office, "CC");
	prefixed(office, "hospital-", province->code);
	make_officer(&province->notifier, seed, office, "N");
	return province;
}

static struct district *district_of(struct country *country, const char *code, uint64_t seed)
{
	for (size_t i = 0; i < country->district_count; i++) {
		if (strncmp(country->districts[i].code, code, 4) == 0) {
			return &country->districts[i];
		}
	}
	struct district *district = &country->districts[country->district_count];
	country->district_count++;
	copy_code(district->code, code, 4);
	district->province = province_of(country, code, seed);
	make_officer(&district->verifier, seed, district->code, "V");
	make_officer(&district->verifier2, seed, district->code, "V2");
	make_officer(&district->police, seed, district->code, "PD");
	return district;
}

static void add_villages(const struct country *country, struct commune *commune)
{
	for (size_t i = 0; i < country->row_count && commune->village_count < VILLAGES_MAX; i++) {
		const char *code = country->rows[i].code;

		if (strlen(code) == 8 && strncmp(code, commune->code, 6) == 0) {
			copy_code(commune->villages[commune->village_count], code, 8);
			commune->village_count++;
		}
	}
}

static void add_commune(struct country *country, const char *code, uint64_t seed)
{
	struct commune *commune = &country->communes[country->commune_count];

	copy_code(commune->code, code, 6);
	add_villages(country, commune);
	if (commune->village_count == 0) {
		return;
	}
	country->commune_count++;
	commune->district = district_of(country, code, seed);
	make_officer(&commune->clerk, seed, commune->code, "K");
	make_officer(&commune->registrar, seed, commune->code, "R");
	make_officer(&commune->police, seed, commune->code, "PC");
}

/* Every nth commune of the list, so that the choice is spread over the country. */
static void choose_communes(struct country *country, size_t wanted, uint64_t seed)
{
	size_t all = 0;
	size_t seen = 0;

	for (size_t i = 0; i < country->row_count; i++) {
		const char *code = country->rows[i].code;

		all += strlen(code) == 6 && strncmp(code, "25", 2) != 0;
	}
	wanted = wanted > all ? all : wanted;
	for (size_t i = 0; i < country->row_count && country->commune_count < wanted; i++) {
		const char *code = country->rows[i].code;

		if (strlen(code) != 6 || strncmp(code, "25", 2) == 0) {
			continue;
		}
		if (seen * wanted / all != (seen + 1) * wanted / all) {
			add_commune(country, code, seed);
		}
		seen++;
	}
}

enum status country_new(struct country **out, const char *gazetteer, size_t communes, uint64_t seed,
                        struct detail *detail)
{
	struct country *country = calloc(1, sizeof(*country));

	if (country == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = gazetteer_rows_read(country, gazetteer, detail);
	if (status != STATUS_OK) {
		country_free(country);
		return status;
	}
	country->provinces = calloc(32, sizeof(*country->provinces));
	country->districts = calloc(256, sizeof(*country->districts));
	country->communes = calloc(communes + 1, sizeof(*country->communes));
	if (country->provinces == NULL || country->districts == NULL || country->communes == NULL) {
		country_free(country);
		return STATUS_NO_MEMORY;
	}
	make_officer(&country->nation[0], seed, "nat-registry", "G1");
	make_officer(&country->nation[1], seed, "nat-identification", "G2");
	make_officer(&country->nation[2], seed, "nat-registry", "G3");
	make_officer(&country->cards, seed, "nat-cards", "IC");
	make_officer(&country->passports, seed, "nat-passports", "PP");
	make_officer(&country->immigration, seed, "nat-immigration", "IM");
	make_officer(&country->nationality, seed, "nat-nationality", "NA");
	make_officer(&country->coder, seed, "nat-health", "HC");
	make_officer(&country->desk, seed, "nat-desk", "ES");
	choose_communes(country, communes, seed);
	*out = country;
	return STATUS_OK;
}

void country_free(struct country *country)
{
	if (country != NULL) {
		free(country->provinces);
		free(country->districts);
		free(country->communes);
		free(country->rows);
		free(country->text);
		free(country);
	}
}
