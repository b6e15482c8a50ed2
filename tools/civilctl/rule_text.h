/* What each rule of the register asks, in a sentence for people, English and Khmer.
 * Thread: constant table. */
#ifndef TOOLS_CIVILCTL_RULE_TEXT_H
#define TOOLS_CIVILCTL_RULE_TEXT_H

struct rule_text {
	const char *rule;
	const char *english;
	const char *khmer;
};

/* The text of a rule id such as "L05"; texts of an unknown rule are empty. Never NULL. */
const struct rule_text *rule_text_of(const char *rule);

#endif
