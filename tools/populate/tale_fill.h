/* Contents from words: sets fields of any message by path, as their types want it.
 *
 * A path names fields with dots; an element of a list has its place in brackets, which is below 8:
 * `orders[0].kind`. Values by type:
 *     Date, PartialDate    days from the first of the tale, such as -3; a letter: that birth
 *     Name                 the letter of a person, or a digit for a fresh name
 *     Place, Address       commune; village and home of the couple; other: another house there;
 *                          far: another province; former: the commune as it was before 2014
 *     RegistrationNumber   B, D or M: the next of that register
 *     bytes                @a act a, #u what act u created, #home the couple's unit; the letter of
 *                          a person, K or R the officer, X or Y the key of one; digest
 *     enum                 the word after its prefix, in lower case
 *     string               itself, with marks: * the serial of the tale; %c, %d and %p the codes of
 *                          commune, district and province; &w the personal number of w, $w the
 *                          number of her card; ^b the first number of the block of act b
 *     integer, bool        the number; true
 * A list of such takes several, separated by commas. The words come from tables of this program, so
 * one that does not fit is a fault of ours. */
#ifndef TOOLS_POPULATE_TALE_FILL_H
#define TOOLS_POPULATE_TALE_FILL_H

#include "tools/populate/tale.h"

/* Sets the field at `path`; making the messages on the way. */
void tale_put(const struct told *told, ProtobufCMessage *message, const char *path,
              const char *value);

/* Fills what the words left out. */
void tale_complete(const struct told *told, ProtobufCMessage *message);

/* A text with its marks resolved, in the arena. */
char *tale_text(const struct told *told, const char *text);

/* The value of a bytes field, in the arena. */
ProtobufCBinaryData tale_reference(const struct told *told, const char *text);

/* Place of a letter in the tale's tables. */
size_t tale_letter(char letter);

#endif
