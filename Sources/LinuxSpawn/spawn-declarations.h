// Functions of the C library that its headers show only to programs that ask for GNU extensions, which Swift does not.
#pragma once
#include <spawn.h>

int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
