#include "tools/civilctl/rule_text.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
static const struct rule_text texts[] = {
	{ "S01", "The signer's key is not enrolled, or no longer active", "កូនសោរបស់អ្នកចុះហត្ថលេខាមិនទាន់ចុះបញ្ជី ឬលែងមានសុពលភាព" },
	{ "S02", "The signer's role may not sign this act at this step", "មន្ត្រីនេះគ្មានសិទ្ធិចុះហត្ថលេខាលើលិខិតនេះ" },
	{ "S03", "The place lies outside the area of the signer's office", "ទីកន្លែងនៅក្រៅដែនសមត្ថកិច្ចរបស់ការិយាល័យ" },
	{ "S04", "The signer is a party to the act, or close kin of one", "មន្ត្រីជាសាមីខ្លួន ឬញាតិជិតស្និទ្ធ" },
	{ "S05", "Too few different officers have signed", "ចំនួនមន្ត្រីចុះហត្ថលេខាមិនគ្រប់គ្រាន់" },
	{ "S06", "The step does not follow from the state of the case", "ជំហាននេះមិនត្រូវតាមលំដាប់នៃសំណុំរឿង" },
	{ "S07", "A field is missing, malformed or does not fit", "ព័ត៌មានបាត់ ឬមិនត្រឹមត្រូវ" },
	{ "S08", "A name is missing or not written as names are", "ឈ្មោះបាត់ ឬសរសេរមិនត្រឹមត្រូវ" },
	{ "S09", "The dates are not in their order", "កាលបរិច្ឆេទមិនត្រូវតាមលំដាប់" },
	{ "S10", "The area code is not in force on that day", "លេខកូដភូមិសាស្ត្រមិនមានសុពលភាពនៅថ្ងៃនោះ" },
	{ "S11", "A person named is not registered", "បុគ្គលមិនទាន់បានចុះបញ្ជី" },
	{ "S12", "An act, office or key named does not exist", "លិខិត ការិយាល័យ ឬកូនសោដែលយោងគ្មានទេ" },
	{ "S13", "The act named is of another kind", "លិខិតដែលយោងជាប្រភេទផ្សេង" },
	{ "S14", "The act or document named is not in force", "លិខិត ឬឯកសារដែលយោងលែងមានសុពលភាព" },
	{ "S15", "The number was used before", "លេខនេះត្រូវបានប្រើរួចហើយ" },
	{ "S16", "A person that the act needs is missing or named twice", "បុគ្គលដែលត្រូវមាន បាត់ ឬមានពីរដង" },
	{ "S17", "Somebody would become their own ascendant", "ខ្សែស្រឡាយវិលជុំ" },
	{ "S18", "The office is not open", "ការិយាល័យមិនបើកដំណើរការ" },
	{ "S19", "The old value is not the one in force", "តម្លៃចាស់មិនត្រូវនឹងតម្លៃកំពុងមានសុពលភាព" },
	{ "S20", "The event has expired", "សំណើហួសសុពលភាព" },
	{ "S21", "A person was not born yet on that day", "បុគ្គលមិនទាន់កើតនៅថ្ងៃនោះ" },
	{ "S22", "The district has not verified the declaration", "ស្រុកមិនទាន់ផ្ទៀងផ្ទាត់ការប្រកាស" },
	{ "S23", "A parent of that age is impossible", "អាយុឪពុកម្តាយមិនអាចទៅរួច" },
	{ "S24", "The births of one delivery do not agree", "ព័ត៌មានកូនភ្លោះមិនត្រូវគ្នា" },
	{ "L01", "The child's birth is registered already", "កំណើតបានចុះបញ្ជីរួចហើយ" },
	{ "L02", "The death is registered already", "មរណភាពបានចុះបញ្ជីរួចហើយ" },
	{ "L03", "The person was dead on that day", "បុគ្គលបានស្លាប់មុនថ្ងៃនោះ" },
	{ "L04", "A spouse is married to somebody else at that time", "សហព័ទ្ធមានអាពាហ៍ពិពាហ៍ផ្សេងរួចហើយ" },
	{ "L05", "A spouse is below the age of marriage", "សហព័ទ្ធមិនទាន់គ្រប់អាយុរៀបការ" },
	{ "L06", "The law forbids a marriage between the two", "ច្បាប់ហាមឃាត់អាពាហ៍ពិពាហ៍នេះ" },
	{ "L07", "The waiting period is not over", "រយៈពេលរង់ចាំមិនទាន់ផុត" },
	{ "L08", "The public notice is missing or too recent", "ការផ្សាយជាសាធារណៈបាត់ ឬមិនគ្រប់ថ្ងៃ" },
	{ "L09", "A final court decision that orders it is missing", "ខ្វះសាលក្រមស្ថាពររបស់តុលាការ" },
	{ "L10", "Only a court may correct this field", "មានតែតុលាការទេដែលអាចកែចំណុចនេះ" },
	{ "L11", "A late declaration needs a higher officer", "ការប្រកាសយឺតត្រូវការមន្ត្រីថ្នាក់លើ" },
	{ "L12", "The holder has another live document", "សាមីខ្លួនមានឯកសារមានសុពលភាពផ្សេងរួចហើយ" },
	{ "L13", "The holder is too young for the document", "សាមីខ្លួនមិនទាន់គ្រប់អាយុ" },
	{ "L14", "The holder is not a national", "សាមីខ្លួនមិនមានសញ្ជាតិខ្មែរ" },
	{ "L15", "The residence does not agree with the register", "លំនៅឋានមិនត្រូវនឹងបញ្ជី" },
	{ "L16", "The family book does not agree", "សៀវភៅគ្រួសារមិនត្រូវគ្នា" },
	{ "L17", "The person would have no nationality", "បុគ្គលនឹងគ្មានសញ្ជាតិ" },
	{ "L18", "An objection is open", "មានការជំទាស់មិនទាន់ដោះស្រាយ" },
	{ "L19", "A court holds the person or the act", "តុលាការបានទប់ស្កាត់" },
	{ "L20", "The child has another parent in that role", "កូនមានឪពុក ឬម្តាយផ្សេងរួចហើយ" },
	{ "L21", "A consent is missing", "ខ្វះការយល់ព្រម" },
	{ "L22", "The adopter's age does not fit", "អាយុអ្នកសុំកូនមិនត្រូវលក្ខខណ្ឌ" },
	{ "L23", "The temporary stay is too long", "ការស្នាក់នៅបណ្តោះអាសន្នយូរពេក" },
	{ "L24", "The place left has not released the person", "ទីលំនៅចាស់មិនទាន់អនុញ្ញាតឲ្យចេញ" },
	{ "L25", "The holder is a national and needs no permit", "សាមីខ្លួនជាជនជាតិខ្មែរ មិនត្រូវការប័ណ្ណទេ" },
	{ "L26", "The act is disputed, held or sealed", "លិខិតមានវិវាទ ត្រូវទប់ស្កាត់ ឬបិទត្រា" },
	{ "L27", "The two identities contradict each other", "អត្តសញ្ញាណទាំងពីរផ្ទុយគ្នា" },
	{ "P01", "The mother's age is unusual", "អាយុម្តាយមិនធម្មតា" },
	{ "P02", "The father's age is unusual", "អាយុឪពុកមិនធម្មតា" },
	{ "P03", "Another birth of the mother is too near", "កំណើតមុនរបស់ម្តាយជិតពេក" },
	{ "P04", "A parent was not alive", "ឪពុក ឬម្តាយមិននៅរស់" },
	{ "P05", "It may have been registered before", "អាចជាការចុះបញ្ជីស្ទួន" },
	{ "P06", "Another office has an open case of this birth", "ការិយាល័យផ្សេងមានសំណុំរឿងនេះរួចហើយ" },
	{ "P07", "The person would be older than 110 years", "បុគ្គលមានអាយុលើស១១០ឆ្នាំ" },
	{ "P08", "The register has changed since the signer looked", "បញ្ជីបានផ្លាស់ប្តូរក្រោយពេលមន្ត្រីមើល" },
	{ "P09", "The father declared is not the mother's husband", "ឪពុកដែលប្រកាសមិនមែនជាប្តីរបស់ម្តាយ" },
	{ "P10", "This key registers unusually fast", "កូនសោនេះចុះបញ្ជីញឹកញាប់ខុសធម្មតា" },
	{ "P11", "What is printed differs from the register", "ព័ត៌មានលើឯកសារខុសពីបញ្ជី" },
	{ "W01", "Signed outside office hours", "ចុះហត្ថលេខាក្រៅម៉ោងធ្វើការ" },
	{ "W02", "Many acts by this key within an hour", "លិខិតច្រើនក្នុងមួយម៉ោងដោយកូនសោនេះ" },
	{ "W03", "The lunar date does not agree", "ថ្ងៃខែចន្ទគតិមិនត្រូវគ្នា" },
	{ "W04", "No cause of death is given", "គ្មានមូលហេតុមរណភាព" },
};
/* clang-format on */

const struct rule_text *rule_text_of(const char *rule)
{
	static const struct rule_text unknown = { "", "", "" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcmp(texts[i].rule, rule) == 0) {
			return &texts[i];
		}
	}
	return &unknown;
}
