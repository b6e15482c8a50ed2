/* Parents by other ways than birth, guardians, new names, and children not born alive. */
#include "tools/populate/tale.h"

/* A child c of a, born on the first day; nobody is named as its father. */
#define BIRTH_OF_C                                                                                 \
	{ 3, "K", "declared birth",                                                                \
	  "case=c child=+c mother=a name=c sex=female date_of_birth=0 place_of_birth=commune "     \
	  "plurality=single mother_residence=village child_address=village "                       \
	  "nationality_at_birth[0].country=KHM nationality_at_birth[0].basis=descent as=x" },      \
	        { 4, "V", "verified birth",                                                        \
		  "case=c child=c mother=a declaration=@x kidc_source=allocate as=y" },            \
	{                                                                                          \
		6, "R", "registered birth",                                                        \
		        "case=c child=c mother=a declaration=@x verification=@y "                  \
		        "registration_number=B as=c"                                               \
	}

/* He says that the child is his, they marry, and the child is theirs. */
static const struct tale_act recognition[] = {
	BIRTH_OF_C,
	{ 20, "R", "recognition", "child=c father=b parent_role=father refused=L21" },
	{ 30, "R", "recognition", "child=c father=b parent_role=father mother_consent=true" },
	{ 40, "R", "marriage_notice", "spouse_a=b spouse_b=a until=50 as=n" },
	{ 60, "K", "declared marriage",
	  "case=m spouse_a=b spouse_b=a date_of_marriage=60 place=commune form=civil notice=@n "
	  "witnesses[0].name=2 witnesses[1].name=3 as=d" },
	{ 62, "R", "registered marriage",
	  "case=m spouse_a=b spouse_b=a declaration=@d registration_number=M as=e" },
	{ 70, "R", "legitimation", "child=c mother=a father=b marriage=@e" },
	{ 0 },
};

/* The court finds that another man is the father. */
static const struct tale_act parentage[] = {
	BIRTH_OF_C,
	{ 30, "R", "recognition", "child=c father=b parent_role=father mother_consent=true" },
	{ 90, "CC", "parentage_disputed", "child=c father=b" },
	{ 200, "R", "parentage_set",
	  "child=c father=d set[0].role=father set[0].person_id=d decision=@c refused=L09" },
	{ 210, "CC", "court_decision", "order=parentage_set persons=c,d as=d" },
	{ 215, "R", "parentage_set",
	  "child=c father=d set[0].role=father set[0].person_id=d decision=@d" },
	{ 0 },
};

/* New parents and a new name; the old ones are sealed. */
static const struct tale_act adoption_full[] = {
	{ 0, "CC", "court_decision", "order=adoption persons=k,b,a as=d" },
	{ 5, "R", "adoption",
	  "child=k adopter_a=b adopter_b=a form=full decision=@d date_final=0 new_name=1" },
	{ 0 },
};

/* A second pair of parents, and not for ever. */
static const struct tale_act adoption_simple[] = {
	{ 0, "CC", "court_decision", "order=adoption persons=k,a as=d" },
	{ 5, "R", "adoption", "child=k adopter_a=a form=simple decision=@d date_final=0 as=e" },
	{ 300, "CC", "court_decision", "order=adoption_revoked persons=k,a ordered=@e as=f" },
	{ 305, "R", "adoption_revoked",
	  "child=k adopter_a=a target=@e decision=@f date_final=300" },
	{ 0 },
};

static const struct tale_act guardianship[] = {
	{ 0, "R", "guardianship_set", "ward=k guardian=a scope=person decision=@k refused=L09" },
	{ 1, "CC", "court_decision", "order=guardianship_set persons=k,a as=d" },
	{ 5, "R", "guardianship_set", "ward=k guardian=a scope=person decision=@d as=g" },
	{ 100, "CC", "court_decision", "order=guardianship_ended persons=k,a ordered=@g as=e" },
	{ 105, "R", "guardianship_ended", "ward=k guardian=a target=@g decision=@e" },
	{ 110, "CC", "court_decision", "order=capacity_set persons=a as=f" },
	{ 115, "R", "capacity_set", "subject=a scope=property until=900 decision=@f" },
	{ 0 },
};

static const struct tale_act names[] = {
	{ 0, "R", "name_change", "holder=w old_name=w new_name=1 sort=after_marriage" },
	{ 5, "R", "name_change", "holder=h old_name=w new_name=2 sort=usage refused=S19" },
	{ 6, "R", "name_change", "holder=h old_name=h new_name=2 sort=usage" },
	{ 20, "CC", "court_decision", "order=name_change persons=h as=d" },
	{ 25, "R", "name_change", "holder=h old_name=h new_name=3 sort=replacement decision=@d" },
	{ 0 },
};

static const struct tale_act stillborn[] = {
	{ 0, "N", "notified foetal_death",
	  "case=f mother=w kind=foetal_death date=0 place=commune description=stillborn" },
	{ 2, "R", "declared foetal_death",
	  "case=f mother=w date=0 place=commune gestation_weeks=30 weight_g=1400 as=d" },
	{ 3, "R", "registered foetal_death",
	  "case=f mother=w declaration=@d registration_number=D" },
	{ 0 },
};

const struct tale tales_of_filiation[] = {
	{ "recognition", "aF24 bM28", NULL, recognition },
	{ "parentage", "aF24 bM28 dM31", NULL, parentage },
	{ "adoption_full", "kF1 aF38 bM40", NULL, adoption_full },
	{ "adoption_simple", "kF1 aM44", NULL, adoption_simple },
	{ "guardianship", "kF2 aF50", NULL, guardianship },
	{ "names", "", NULL, names },
	{ "stillborn", "", NULL, stillborn },
	{ 0 },
};
