/* script.h — a screen test as a file: keys in, screen text compared. The script is a Console; the
** loop that is given to
** it does not know the difference.
**
**   size 80 24                      the terminal; later: a resize
**   keys a b Enter "typed text" Ctrl-G Tab
**   paste "text\nmore"              \n \t \\ \" \xNN \u{202E}
**   wait 300                        seconds pass without a key
**   expect                          the following indented lines are the screen from the top;
**     text of row 0                 a line of three dots stands for any number of rows
**   cursor 3 14                     row and column of the cursor
**   status text                     the status line begins with this
**   style 3 14 overdue              style of a cell
**   hangup | suspend
** `#` begins a comment. Any other word is given to the caller: clock, login, ...
** With update, expect blocks are rewritten with what the screen says. */
#ifndef UI_SCRIPT_H
#define UI_SCRIPT_H

#include "base/err.h"
#include "ui/console.h"

typedef struct Script Script;
/* What the kit does not know: false and err for a word nobody knows. `rest` is the line behind the
** word. */
typedef bool (*ScriptWord)(void *of, const char *word, const char *rest, Err *err);

/* Reads the file and obeys its head: everything before the first keys, paste, wait or expect. */
Script *script_open(const char *path, ScriptWord word, void *of, Err *err);
Script *script_open_text(const char *name, const char *text, ScriptWord word, void *of, Err *err);
Console *script_console(Script *s);
void script_update(Script *s, bool update); /* instead of comparing */
void script_ascii(Script *s, bool ascii);   /* before the loop is made */
/* How it went: the number of failed expectations; their description is added to `report`. With
** update the new text of the
** file is in script_text (and written to its path by script_write). */
size_t script_failures(const Script *s, Str *report);
const char *script_text(Script *s);
bool script_write(Script *s, Err *err);
void script_free(Script **s);

#endif
