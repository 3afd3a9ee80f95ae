// readline's headers want the declarations of FILE before them.
#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>
