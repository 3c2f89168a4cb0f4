/* cmd_audit.c — the log on the command line: proved, listed, asked who looked at a case, and sealed by the month. */
#include "cli_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* --- verify ---------------------------------------------------------------------------------- */
static bool anchors_given(Cli *cli, AuditAnchor **out, size_t *n, Err *err)
{
    const char *name = cli_value(cli, OPT_ANCHOR);
    FILE *in;
    bool ok;

    *out = NULL;
    *n = 0;
    if (!name) return true;
    in = cli_open_input(name, err);
    if (!in) return false;
    ok = audit_anchors_read(in, cli->arena, out, n, err);
    if (in != stdin) fclose(in);
    return ok;
}

static const Column verify_columns[] = { { "entries", "entries", AS_DATA, true }, { "first", "first", AS_DATA, false },
    { "last", "last", AS_DATA, false }, { "head", "head", AS_DATA, false }, { "cases", "cases", AS_DATA, true },
    { "anchored", "anchored", AS_DATA, true }, { "signed", "signed", AS_DATA, true },
    { "changed", "changed", AS_DATA, true }, { "unknown", "unknown", AS_DATA, true },
    { "unsigned", "unsigned", AS_DATA, true }, { "noted", "noted", AS_DATA, true } };

static bool verify_store(Cli *cli, Err *err)
{
    static const SignedStand stands[] = { SIGNED_VALID, SIGNED_CHANGED, SIGNED_UNKNOWN, SIGNED_NOT };
    Progress progress = cli_progress("audit verify");
    AuditVerdict v;
    AuditAnchor *anchors;
    size_t n;
    char first[CIVIL_TEXT], last[CIVIL_TEXT];
    Out *out;

    if (!anchors_given(cli, &anchors, &n, err) ||
        !app_audit_verify_with(cli->app, anchors, n, &progress, &v, err))
        return false;
    cli_progress_end();
    if (cli->format == FORMAT_TABLE) {
        cli_print(cli, "%lld entr%s, %s to %s: each follows the one before.\n%s\nHead of entry %lld: %s\n",
            (long long)v.entries, v.entries == 1 ? "y" : "ies", civil_words_full(v.first, first), civil_words_full(v.last, last),
            v.says, (long long)v.entries, v.head);
        return true;
    }
    out = cli_out(cli, verify_columns, ARRAY_LEN(verify_columns));
    out_int(out, v.entries);
    out_time(out, v.first);
    out_time(out, v.last);
    out_text(out, v.head);
    out_int(out, v.cases);
    out_int(out, v.anchored);
    for (size_t i = 0; i < ARRAY_LEN(stands); i++)
        out_int(out,
            v.signatures.books[stands[i]] + v.signatures.reviews[stands[i]] + v.signatures.others[stands[i]]);
    out_int(out, v.noted);
    out_row(out);
    return out_end(&out, err);
}

static const Column seal_columns[] = { { "month", "month", AS_DATA, false }, { "store", "store", AS_DATA, false },
    { "first", "first", AS_DATA, true }, { "last", "last", AS_DATA, true }, { "entries", "entries", AS_DATA, true },
    { "prev", "prev", AS_DATA, false }, { "head", "head", AS_DATA, false }, { "hash", "hash", AS_DATA, false } };

static bool show_seal(Cli *cli, const AuditSeal *s, Err *err)
{
    Out *out = cli_out(cli, seal_columns, ARRAY_LEN(seal_columns));

    out_text(out, s->month);
    out_text(out, s->store);
    out_int(out, s->first);
    out_int(out, s->last);
    out_int(out, s->entries);
    out_text(out, s->prev);
    out_text(out, s->head);
    out_text(out, s->hash);
    out_row(out);
    return out_end(&out, err);
}

/* Of a sealed month, what was noted of its entries must be so. The file alone cannot say that nobody wrote it anew. */
static bool seal_anchored(const AuditSeal *s, const AuditAnchor *anchors, size_t n, Err *err)
{
    uint8_t head[HASH_BYTES];

    for (size_t i = 0; i < n; i++)
        if (anchors[i].seq == s->last && crypto_unhex(s->head, head, HASH_BYTES) && memcmp(head, anchors[i].hash, anchors[i].n) != 0)
            return err_set(err, ERR_CORRUPT, "", "Entry %lld is not the one that was noted elsewhere: the month was written anew.",
                (long long)s->last);
    return true;
}

static bool verify_file(Cli *cli, const char *name, Err *err)
{
    AuditSeal s;
    AuditAnchor *anchors;
    size_t n;
    char shown[SHOWN_MAX];
    FILE *in;
    bool ok;

    if (!anchors_given(cli, &anchors, &n, err) || !(in = cli_open_input(name, err))) return false;
    ok = audit_seal_check(in, &s, err) && seal_anchored(&s, anchors, n, err);
    if (in != stdin) fclose(in);
    if (!ok) return false;
    if (cli->format != FORMAT_TABLE) return show_seal(cli, &s, err);
    cli_print(cli, "%s: entries %lld to %lld of %s, borough %s, store %s: each follows the one before.\nIt continues: %s\nHead of entry %lld: %s\nHash over the file: %s\n",
        cli_shown(name, shown), (long long)s.first, (long long)s.last, s.month, s.borough, s.store, s.prev, (long long)s.last, s.head, s.hash);
    return true;
}

bool cmd_audit_verify(Cli *cli, Err *err)
{
    if (cli->n_words > 0) return verify_file(cli, cli->words[0], err);
    if (!cli_has(cli, OPT_AS)) return err_set(err, ERR_USAGE, "as", "\"audit verify\" needs an officer: --as WARRANT; or the file of a sealed month.");
    return cli_open_store(cli, err) && cli_sign_in(cli, err) && verify_store(cli, err);
}

/* --- seal ------------------------------------------------------------------------------------ */
bool cmd_audit_seal(Cli *cli, Err *err)
{
    AuditSeal s;
    Target target;
    bool ok;

    if (!cli_target_open(&target, cli_value(cli, OPT_OUTPUT), err)) return false;
    ok = app_audit_seal(cli->app, cli->words[0], target.file, &s, err) && cli_target_keep(&target, err);
    if (ok)
        cli_say("Entries %lld to %lld of %s are sealed. Note the head of entry %lld elsewhere: %s", (long long)s.first,
            (long long)s.last, s.month, (long long)s.last, s.head);
    cli_target_end(&target);
    return ok;
}

/* --- what is asked --------------------------------------------------------------------------- */
const char *cli_kind_words(size_t i)
{
    return i < AUDIT_KIND_COUNT ? audit_kind_word((AuditKind)i) : NULL;
}

static unsigned kinds_given(const Cli *cli)
{
    unsigned kinds = 0;
    AuditKind kind;

    for (size_t i = 0; i < cli->n_given; i++)
        if (cli->given[i].id == OPT_KIND && audit_kind_by_word(cli->given[i].value, &kind)) kinds |= 1u << kind;
    return kinds;
}

/* An entry by its number, a day (its first second, or its last), or a moment. */
static bool bound_given(const Cli *cli, OptId id, bool end, int64_t *seq, Time *at, Err *err)
{
    const char *text = cli_value(cli, id), *name;
    char *rest;
    Date day;

    *seq = 0;
    *at = TIME_NONE;
    if (!text) return true;
    name = cli_option(cli->command, id)->name;
    if (civil_parse_date(text, &day, NULL)) {
        *at = end ? civil_day_end(day) : civil_day_start(day);
        return true;
    }
    if (civil_parse_time(text, at, NULL)) return true;
    *seq = strtoll(text, &rest, 10);
    return (rest != text && !*rest && *seq > 0 && strspn(text, "0123456789") == strlen(text)) ||
           err_set(err, ERR_USAGE, name,
               "--%s takes the number of an entry, a day such as 2010-02-01, or a time such as 2010-02-01T09:00:00Z.", name);
}

static bool query_given(const Cli *cli, AuditQuery *q, Err *err)
{
    *q = (AuditQuery){ .who = cli_value(cli, OPT_OFFICER), .case_id = cli_value(cli, OPT_CASE), .kinds = kinds_given(cli),
        .newest = cli_has(cli, OPT_NEWEST) };
    return bound_given(cli, OPT_FROM, false, &q->from_seq, &q->from, err) &&
           bound_given(cli, OPT_TO, true, &q->to_seq, &q->to, err) &&
           cli_number(cli, OPT_LIMIT, 0, LIMIT_MAX, -1, &q->limit, err);
}

/* --- rows ------------------------------------------------------------------------------------ */
static const Column audit_columns[] = { { "seq", "entry", AS_ANY, true }, { "at", "when", AS_ANY, false },
    { "kind", "kind", AS_ANY, false }, { "who", "who", AS_ANY, false }, { "terminal", "terminal", AS_ANY, false },
    { "act", "act", AS_ANY, false }, { "case", "case", AS_ANY, false }, { "detail", "detail", AS_ANY, false },
    { "hash", "hash", AS_DATA, false } };

typedef struct AuditList {
    Cli *cli;
    Out *out;
    bool own; /* counted for themselves: no place in the chain */
} AuditList;

static bool audit_row(void *with, const AuditEntry *e)
{
    AuditList *list = with;
    char hex[HASH_HEX];

    if (cli_stopped()) return false;
    out_int(list->out, e->seq);
    out_time(list->out, e->at);
    out_text(list->out, audit_kind_word(e->kind));
    out_text(list->out, e->who);
    out_text(list->out, e->terminal);
    out_text(list->out, e->act);
    out_text(list->out, e->case_id);
    out_text(list->out, app_log_detail(list->cli->app, e, list->cli->arena));
    out_text(list->out, list->own ? NULL : crypto_hex(e->hash, HASH_BYTES, hex));
    return out_row(list->out);
}

typedef enum Asked { ASKED_ALL, ASKED_CASE, ASKED_OWN, ASKED_RESTRICTED } Asked;

static bool rows(Cli *cli, Asked what, Err *err)
{
    AuditList list = { .cli = cli, .own = what == ASKED_OWN };
    AuditQuery q;
    bool ok;

    if (!query_given(cli, &q, err)) return false;
    list.out = cli_out(cli, audit_columns, ARRAY_LEN(audit_columns));
    if (q.limit < 0) q.limit = 0; /* all of them */
    else if (q.limit == 0) return out_end(&list.out, err);
    switch (what) {
    case ASKED_CASE: ok = app_who_looked(cli->app, cli->words[0], &q, audit_row, &list, err); break;
    case ASKED_OWN: ok = app_my_record(cli->app, &q, audit_row, &list, err); break;
    case ASKED_RESTRICTED: ok = app_restricted_looks(cli->app, &q, audit_row, &list, err); break;
    default: ok = app_audit_find(cli->app, &q, audit_row, &list, err); break;
    }
    return out_end(&list.out, ok ? err : NULL) && ok;
}

bool cmd_audit_list(Cli *cli, Err *err)
{
    return rows(cli, ASKED_ALL, err);
}

bool cmd_audit_who_looked(Cli *cli, Err *err)
{
    return rows(cli, ASKED_CASE, err);
}

bool cmd_audit_my_record(Cli *cli, Err *err)
{
    return rows(cli, ASKED_OWN, err);
}

bool cmd_audit_restricted(Cli *cli, Err *err)
{
    return rows(cli, ASKED_RESTRICTED, err);
}
