# Civil Ledger. `make help` lists the targets; V=1 shows the commands.
MODE  ?= release
CC    := gcc
BUILD ?= build/$(MODE)
Q     := $(if $(V),,@)

.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

# Libraries by name: pkg-config --libs grpc prints a hundred that we do not use.
LIBS_LEDGER := -lrocksdb -lsodium -lprotobuf-c -lutf8proc -lpthread
LIBS_API    := -lgrpc -lgpr -ljansson -linih -lmicrohttpd

WARNINGS := -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wvla -Wundef -Wformat=2 \
            -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wswitch-enum -Werror
HARDENING := -fPIE -fvisibility=hidden -fstack-protector-strong -fstack-clash-protection \
             -fcf-protection

FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=3
FLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
                 -fno-sanitize-recover=all -DVERIFY_ENABLED -DFAILPOINTS_ENABLED
FLAGS_tsan    := -O1 -g -fsanitize=thread -DVERIFY_ENABLED -DFAILPOINTS_ENABLED
FLAGS_check   := -O1 -g -DVERIFY_ENABLED -DFAILPOINTS_ENABLED

CPPFLAGS := -I. -I$(BUILD)/proto -D_GNU_SOURCE
CFLAGS   := -std=c17 $(WARNINGS) $(HARDENING) $(FLAGS_$(MODE))
LDFLAGS  := -pie -Wl,-z,relro,-z,now $(filter -fsanitize=%,$(FLAGS_$(MODE)))

PROTOS   := $(shell find proto -name '*.proto')
PROTO_C  := $(PROTOS:proto/%.proto=$(BUILD)/proto/%.pb-c.c)
PROTO_O  := $(PROTO_C:.c=.o)
SRC_C    := $(shell find ledger node api tools -name '*.c')
MAINS    := tools/civild.c tools/civilctl/main.c tools/civil_verify.c
LIB_O    := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(MAINS),$(SRC_C)))
TESTS_C  := $(wildcard tests/unit/test_*.c)
TESTS    := $(TESTS_C:tests/unit/%.c=$(BUILD)/tests/unit/%)
SUPPORT_O := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
PROGRAMS := $(addprefix $(BUILD)/,$(if $(wildcard tools/civild.c),civild) \
            $(if $(wildcard tools/civilctl/main.c),civilctl) \
            $(if $(wildcard tools/civil_verify.c),civil-verify))

all: $(PROGRAMS) ## build the programs

$(BUILD)/proto/%.pb-c.c: proto/%.proto
	@mkdir -p $(@D)
	$(Q)protoc -Iproto --plugin=protoc-gen-c=/usr/bin/protoc-gen-c --c_out=$(BUILD)/proto $<

# Generated code is not held to our warnings.
$(BUILD)/proto/%.o: $(BUILD)/proto/%.c
	$(Q)$(CC) $(CPPFLAGS) -std=c17 $(HARDENING) $(FLAGS_$(MODE)) -w -MMD -MP -c -o $@ $<

$(BUILD)/%.o: %.c | $(PROTO_C)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libcivil.a: $(LIB_O) $(PROTO_O)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/civild: $(BUILD)/tools/civild.o $(BUILD)/libcivil.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS_API) $(LIBS_LEDGER)
$(BUILD)/civilctl: $(BUILD)/tools/civilctl/main.o $(BUILD)/libcivil.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS_API) $(LIBS_LEDGER)

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(SUPPORT_O) $(BUILD)/libcivil.a
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ -lcheck -lsubunit -lm -lrt $(LIBS_API) $(LIBS_LEDGER)

unit: $(TESTS) ## build and run the unit tests
	$(Q)set -e; for test in $(TESTS); do $$test; done

clean: ## remove what was built
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
