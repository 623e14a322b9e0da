#pragma once

/* Spawns a program with its three streams on /dev/null and waits for its end. Returns its wait status, or -1 with errno
   set. This is the least that running a program can cost. */
int cspawn_run(const char *path, char *const arguments[]);
