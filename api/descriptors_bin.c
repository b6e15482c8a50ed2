/* The FileDescriptorSet that the Makefile builds from proto/, as bytes of the program. */
#include "api/descriptors.h"

__asm__(".section .rodata\n"
        ".global descriptors_begin\n"
        ".hidden descriptors_begin\n"
        "descriptors_begin:\n"
        ".incbin \"descriptors.bin\"\n"
        ".global descriptors_end\n"
        ".hidden descriptors_end\n"
        "descriptors_end:\n"
        ".byte 0\n"
        ".text\n");

extern const uint8_t descriptors_begin[];
extern const uint8_t descriptors_end[];

struct bytes descriptors_embedded(void)
{
	const size_t size = (uintptr_t)descriptors_end - (uintptr_t)descriptors_begin;

	return bytes_of(descriptors_begin, size);
}
