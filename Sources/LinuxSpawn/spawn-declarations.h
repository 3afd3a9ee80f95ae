// Functions of the C library that its headers show only to programs that ask for GNU extensions, which Swift does not.
#pragma once
#include <spawn.h>

// The value of POSIX_SPAWN_SETSID.
static const short spawn_in_new_session = 0x80;

int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
