/* The country in which the population lives: communes of the gazetteer, their offices and officers.
 *
 * Every commune has an office with K, R and PC; every district V, V2 and PD; every province P, CC
 * and N (a hospital); the nation G1, G2, G3, IC, PP, IM, NA, HC and ES. Keys come from the seed.
 * Memory: country_free. Thread: constant after country_found. */
#ifndef TOOLS_POPULATE_COUNTRY_H
#define TOOLS_POPULATE_COUNTRY_H

#include "ledger/base/detail.h"
#include "tools/populate/writer.h"

enum { VILLAGES_MAX = 32, AREA_TEXT_MAX = 9, REGISTERS = 3, REGISTER_YEARS = 8 };
enum { REGISTER_BIRTH, REGISTER_DEATH, REGISTER_MARRIAGE };
enum { REGISTER_YEAR_FIRST = 2020 };

struct province {
	char code[AREA_TEXT_MAX];
	struct officer registrar; /* P */
	struct officer court;     /* CC */
	struct officer notifier;  /* N */
};

struct district {
	char code[AREA_TEXT_MAX];
	struct province *province;
	struct officer verifier;  /* V */
	struct officer verifier2; /* V2 */
	struct officer police;    /* PD */
};

struct commune {
	char code[AREA_TEXT_MAX];
	struct district *district;
	char villages[VILLAGES_MAX][AREA_TEXT_MAX];
	size_t village_count;
	struct officer clerk;                        /* K */
	struct officer registrar;                    /* R */
	struct officer police;                       /* PC */
	uint32_t numbers[REGISTERS][REGISTER_YEARS]; /* last registration number */
};

struct country {
	struct officer nation[3];   /* G1 and G3 in nat-registry, G2 in nat-identification */
	struct officer cards;       /* IC */
	struct officer passports;   /* PP */
	struct officer immigration; /* IM */
	struct officer nationality; /* NA */
	struct officer coder;       /* HC */
	struct officer desk;        /* ES */
	struct province *provinces;
	size_t province_count;
	struct district *districts;
	size_t district_count;
	struct commune *communes;
	size_t commune_count;
	struct gazetteer_row *rows;
	size_t row_count;
	char *text; /* what the rows point into */
};

/* Reads the gazetteer and chooses about `communes` of them, spread over the country (province 25,
 * which is younger than some of the people, is left out). STATUS_NOT_FOUND, STATUS_INVALID. */
enum status country_new(struct country **out, const char *gazetteer, size_t communes, uint64_t seed,
                        struct detail *detail) NODISCARD;
void country_free(struct country *country);

/* Emits genesis, gazetteers, offices and officers. */
void country_found(struct country *country, struct writer *writer);

#endif
