#pragma once
/* Runs the launcher's loop on the control socket; returns the exit status. */
int csandbox_launcher_main(int argc, char **argv);
