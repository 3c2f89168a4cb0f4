/* engine.h — what the store asks of a database engine: a const struct of functions, and nothing of SQL in it but the
** texts that the statements table and the migrations bring along.
** sqlite.c is the engine; fault.c wraps another one and makes its n-th step fail, for tests. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Engine Engine;
typedef struct EngConn EngConn;
typedef struct EngStmt EngStmt;

typedef enum EngResult {
    ENG_DONE,       /* no more rows, or it is done           */
    ENG_ROW,        /* a row is there to be read             */
    ENG_BUSY,       /* somebody else holds it                */
    ENG_STALE,      /* the snapshot is too old to write from */
    ENG_CONSTRAINT, /* a rule of the schema says no          */
    ENG_DENIED,     /* the connection may not do this        */
    ENG_FULL,       /* the disk is full                      */
    ENG_READONLY,   /* it cannot be written                  */
    ENG_IO,         /* the disk failed                       */
    ENG_CORRUPT,    /* the file is not what it should be     */
    ENG_STOPPED,    /* it was interrupted                    */
    ENG_BUG         /* our own mistake                       */
} EngResult;

typedef enum EngOpen {
    ENG_OPEN,  /* there already; checked and hardened    */
    ENG_CREATE /* made; the file must not be there yet   */
} EngOpen;

typedef struct EngText {
    const char *p;
    size_t n;
} EngText;

struct Engine {
    const char *name;

    /* --- a connection --- on failure `why` says what was wrong (at most 199 bytes). */
    EngResult (*open)(const Engine *e, const char *path, EngOpen how, EngConn **out, char why[200]);
    /* With `checkpoint` the last one out folds the write-ahead log in; only inside the gate. */
    void (*close)(EngConn **c, bool checkpoint);
    const char *(*message)(EngConn *c); /* of the last failure, in the engine's own words */
    /* From now on this connection refuses to change the schema, the settings, or facts. */
    EngResult (*seal)(EngConn *c);
    /* While on, the texts of facts may be changed and the door of the schema opened (store_rewrite.c). Off, statements that do so are refused
    ** again, those that were prepared too. */
    EngResult (*rewrite)(EngConn *c, bool on);
    /* Each hardening setting as "name=value wanted=value", until it returns false. */
    bool (*setting)(EngConn *c, int i, char out[80], bool *holds);

    /* --- transactions --- */
    EngResult (*begin)(EngConn *c, bool write);
    EngResult (*commit)(EngConn *c);
    void (*rollback)(EngConn *c);
    EngResult (*part)(EngConn *c, char what); /* 'b'egin, 'k'eep, 'd'rop: one level of savepoint */

    /* --- statements --- */
    EngResult (*prepare)(EngConn *c, const char *text, EngStmt **out);
    void (*finalize)(EngStmt *s);
    int (*parameter)(EngStmt *s, const char *name); /* 0 when there is none of this name */
    void (*bind_int)(EngStmt *s, int at, int64_t v);
    void (*bind_text)(EngStmt *s, int at, const char *p, size_t n); /* borrowed until the next reset */
    void (*bind_blob)(EngStmt *s, int at, const void *p, size_t n); /* the same */
    void (*bind_null)(EngStmt *s, int at);
    EngResult (*step)(EngStmt *s);
    void (*reset)(EngStmt *s);
    int (*columns)(EngStmt *s);
    bool (*is_null)(EngStmt *s, int at);
    int64_t (*get_int)(EngStmt *s, int at);
    EngText (*get_text)(EngStmt *s, int at); /* NULL stays NULL; lives until the next step */
    EngText (*get_blob)(EngStmt *s, int at);
    int64_t (*changes)(EngConn *c); /* rows of the last statement */

    /* --- care --- */
    EngResult (*script)(EngConn *c, const char *text); /* a migration */
    EngResult (*version)(EngConn *c, int *get, const int *set);
    EngResult (*checkpoint)(EngConn *c, bool *whole); /* only inside the gate */
    EngResult (*copy)(EngConn *c, const char *path);
    /* "" when sound, else the first thing wrong. */
    EngResult (*check)(EngConn *c, bool thorough, char says[200]);
    /* "" when the schema is the one that these steps make from nothing, else the first thing that differs. */
    EngResult (*schema)(EngConn *c, const char *const *steps, int n, char says[200]);
    /* The plan of a statement, one step a line: for the test that forbids full scans. */
    EngResult (*plan)(EngConn *c, const char *text, char *out, size_t n);
};

extern const Engine engine_sqlite;
extern const char *engine_sqlite_vfs; /* the file layer below: "unix"; tests put theirs in between */

/* An engine that does what `inner` does, except that its n-th step or commit from now on fails. */
extern const Engine engine_fault;
void engine_fault_over(const Engine *inner);
void engine_fault_at(int64_t n, EngResult with); /* 0: never     */
int64_t engine_fault_seen(void);                 /* steps so far */

#endif
