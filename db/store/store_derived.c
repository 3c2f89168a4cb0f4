/* store_derived.c — all that is derived, as one digest: equal wherever the facts are. */
#include "inside.h"

#include "base/mem.h"

/* Every value of every row, as text; an absent one is told from an empty one. */
static bool rows_digest(Store *s, SqlId id, Hasher *h, Err *err)
{
    Stmt *q = stmt(s, id);

    crypto_hash_add(h, sql_texts[id].name, 4);
    while (stmt_row(q)) {
        for (int at = 0, n = s->engine->columns(q->raw); at < n; at++) {
            EngText t = s->engine->get_text(q->raw, at);
            crypto_hash_add(h, t.p ? "=" : "-", 1);
            crypto_hash_add(h, t.p ? t.p : "", t.n);
        }
    }
    return stmt_end(q, err);
}

bool store_derived_digest(Store *s, uint8_t out[HASH_BYTES], Err *err)
{
    static const SqlId all[] = { SQL_DUTY_ALL, SQL_BADGE_ALL, SQL_DUTY_COUNT_ALL, SQL_SEARCH_KEY_ALL, SQL_ALERT_ALL, SQL_STRETCH_ALL, SQL_TALLY_ALL,
        SQL_OUTSTANDING_ALL };
    Hasher h;
    bool ok = true;

    if (!read_begin(s, err)) return false;
    crypto_hash_start(&h, "book124-derived-v2");
    for (size_t i = 0; ok && i < ARRAY_LEN(all); i++) ok = rows_digest(s, all[i], &h, err);
    crypto_hash_end(&h, out);
    read_end(s);
    return ok;
}
