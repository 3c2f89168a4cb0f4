/* backup.h — a copy of the store that only a key elsewhere opens, and the way back. What is in a file: one line in the open (which
** store, when, where its log stood), then the store and its notes of heads as a stream sealed to a public key (base/crypto_stream.h). */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "app/app.h"
#include "base/crypto_stream.h"

typedef struct BackupInfo { /* the line in the open; bound to the stream behind it */
    char store[33], borough[8], hash[HASH_HEX], head[HASH_HEX], key[STREAM_NAME];
    Time made_at;
    int schema;
    int64_t entries, cases, bytes, heads; /* where its log stood; bytes of the store and of the notes */
} BackupInfo;

/* A whole copy (no writer waits for it), checked, sealed, written to `out`; not flushed. Whoever owns the store's files may make one,
** signed in or not; signed in: PERM_STORE_CARE. It is in the log before its first byte is written. */
bool app_backup(App *app, const uint8_t key[STREAM_KEY], FILE *out, BackupInfo *info, Err *err);
/* Only the line in the open: what the file says of itself. */
bool backup_info(FILE *in, BackupInfo *info, Err *err);
/* All of it opened and thrown away: is it whole, and of this key? ERR_DENIED: another key; ERR_CORRUPT. */
bool backup_check(FILE *in, const uint8_t secret[STREAM_KEY], BackupInfo *info, Err *err);
/* Into a directory that is not there, or empty. Afterwards there is the whole store, checked, or nothing. Then its log is proved: *out; a log that
** does not hold is ERR_CORRUPT, and the store stays for whoever looks into it. */
bool app_restore(const char *dir, FILE *in, const uint8_t secret[STREAM_KEY], const Progress *p, BackupInfo *info, AuditVerdict *out, Err *err);

/* Which of many to keep: all of the last hour, one an hour for a day, one a day for two weeks, one a week for twelve weeks; `times` newest first. */
void backup_thin(const Time *times, size_t n, Time now, bool *keep);

/* Keys as files: one line each. */
enum { BACKUP_KEY_LINE = 120 };
void backup_key_write(const uint8_t key[STREAM_KEY], bool secret, char out[BACKUP_KEY_LINE]);
bool backup_key_read(const char *text, bool secret, uint8_t out[STREAM_KEY], Err *err); /* ERR_INVALID says when it is the other one */

#endif
