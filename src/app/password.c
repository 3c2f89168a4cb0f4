/* password.c — which passwords an officer may choose: long ones that nobody would guess. No composition rules, no
** expiry. The blocklist is of roots, not of passwords: what is typed is folded (case, p4ssw0rd, digits and signs at
** both ends), and refused when at most three roots are left, so that "Password123456!" and "letmeinletmein" go with
** one word each. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

enum { SHORTEST = 12, SHORTEST_SIGNER = 15, LONGEST = 128, BYTES_MAX = 512, DISTINCT_MIN = 5, ROOTS_MAX = 3 };

static const char roots[] =
    /* what everybody types first */
    "abc abcd abcde abcdef abcdefg abcdefgh abcdefghij abcdefghijkl access admin administrator adobe amanda "
    "andrew angel anthony apple arsenal ashley azerty babygirl bailey banana baseball basketball batman beautiful "
    "blink buster butterfly changeme change charlie cheese chelsea chocolate computer cookie daniel default "
    "donald dragon everton family flower football forever freedom friends george ginger guest hannah harley hello "
    "hockey hottie hunter iloveyou internet jasmine jennifer jessica jordan joshua justin killer letmein "
    "liverpool login love lovely loveme maggie manchester master matrix matthew merlin michael michelle monday "
    "monkey mustang mypassword myspace naruto newpassword ninja nothing oliver orange pass passphrase passw "
    "password passwort pepper pokemon princess purple qazwsx qazwsxedc qwe qweasd qweasdzxc qwer qwert qwerty "
    "qwertyui qwertyuiop rainbow rangers robert root samantha samsung secret september shadow snoopy soccer "
    "starwars summer sunday sunshine superman taylor temp temporary test tester testing thomas tigger trustno "
    "united user welcome whatever william winter zxcvbn zxcvbnm asdf asdfgh asdfghjkl tuesday wednesday thursday "
    "friday saturday january february march april june july august october november december spring autumn "
    "christmas england britain london "
    /* phrases that go round */
    "correcthorsebatterystaple correcthorse batterystaple letmeinplease openthedoor opensesame thisismypassword "
    "ilovemyself iloveyousomuch nevergonnagiveyouup maytheforcebewithyou thequickbrownfox quickbrownfox "
    "tobeornottobe itsasecret idontknow dontforget rememberme iforgot passwordpassword "
    /* the force, the borough, the program */
    "police policeman policing met metpolice metropolitan metropolitanpolice metropolitanpoliceservice mps "
    "service scotlandyard newscotlandyard scotland yard constable sergeant inspector detective superintendent "
    "officer warrant station custody borough barking dagenham barkinganddagenham walthamforest waltham forest "
    "romford ilford leyton leytonstone chingford walthamstow communitysafety communitysafetyunit community safety "
    "unit domestic violence domesticviolence domesticabuse abuse victim suspect crime criminal crimint cris cad "
    "marac idva book bookd bookabc report specss dash training trainingbook supervision response and the my is of "
    "new old ";
/* Rows of keys and of the alphabet: a run along one of them is no secret. */
static const char *const runs[] = {
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "01234567890123456789",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "zyxwvutsrqponmlkjihgfedcba",
    "98765432109876543210",
    "!\"#$%^&*()_+",
    "1q2w3e4r5t6y7u8i9o0p",
};

static const char signs[] = "0123456789 -_.,:;!?\"'#$%&*()+=/\\@[]{}<>~^|`";

/* Letters small and, to undo "p4ssw0rd", what stands at both ends cut off and digits for letters undone. Only for
** judging; what is hashed is what was typed. */
static void fold(const char *password, char *out, bool undo)
{
    static const char from[] = "0134578@$!", to[] = "oieastbasi";
    size_t first = undo ? strspn(password, signs) : 0, end = strlen(password), n = 0;

    while (undo && end > first && strchr(signs, password[end - 1])) end--;
    for (size_t i = first; i < end && n < BYTES_MAX; i++) {
        const char *at = undo ? strchr(from, password[i]) : NULL;
        out[n++] = at ? to[at - from] : (char)tolower((unsigned char)password[i]);
    }
    out[n] = '\0';
}

static void only_letters(char *s)
{
    char *to = s;

    for (const char *p = s; *p; p++)
        if (!strchr(signs, *p)) *to++ = *p;
    *to = '\0';
}

/* "letmeinletmein" is "letmein": cut s to what it repeats. */
static void once(char *s)
{
    size_t n = strlen(s);

    for (size_t period = 1; period <= n / 2; period++) {
        if (n % period != 0 || memcmp(s, s + period, n - period) != 0) continue;
        s[period] = '\0';
        return;
    }
}

/* How few roots s can be made of, counted from the end; more than ROOTS_MAX when it cannot be. */
static int roots_in(const char *s)
{
    int fewest[BYTES_MAX + 1];
    size_t n = strlen(s), length;

    fewest[n] = 0;
    for (size_t at = n; at-- > 0;) {
        fewest[at] = BYTES_MAX;
        for (const char *root = roots; *root; root += length + 1) {
            length = strcspn(root, " ");
            if (strncmp(s + at, root, length) == 0 && fewest[at + length] + 1 < fewest[at])
                fewest[at] = fewest[at + length] + 1;
        }
    }
    return fewest[0];
}

/* Four common words in a row are a good password; up to three are a phrase that goes round. */
static bool guessable(const char *password, bool undo)
{
    char letters[BYTES_MAX + 1];
    bool found;

    fold(password, letters, undo);
    only_letters(letters);
    once(letters);
    found = letters[0] && roots_in(letters) <= ROOTS_MAX;
    crypto_wipe(letters, sizeof letters);
    return found;
}

static bool along_a_run(const char *password)
{
    char folded[BYTES_MAX + 1];
    bool found = false;

    fold(password, folded, false);
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) found = found || strstr(runs[i], folded) != NULL;
    crypto_wipe(folded, sizeof folded);
    return found;
}

static bool few_characters(const char *password)
{
    bool seen[256] = { false };
    int n = 0;

    for (const unsigned char *p = (const unsigned char *)password; *p; p++) {
        n += !seen[*p];
        seen[*p] = true;
    }
    return n < DISTINCT_MIN;
}

/* The officer's own warrant number or a name of four letters or more: worth nothing as a secret. */
static bool names_officer(const char *password, const char *warrant, const char *name)
{
    char words[128], *save = NULL;

    if (warrant && strlen(warrant) >= 4 && strcasestr(password, warrant)) return true;
    snprintf(words, sizeof words, "%s", name ? name : "");
    for (char *w = strtok_r(words, " .-'", &save); w; w = strtok_r(NULL, " .-'", &save))
        if (strlen(w) >= 4 && strcasestr(password, w)) return true;
    return false;
}

static size_t characters(const char *s, size_t bytes)
{
    size_t n = 0;

    for (size_t at = 0, len; at < bytes; at += len, n++) utf8_decode(s + at, bytes - at, &len);
    return n;
}

static bool refuse(Err *err, const char *why)
{
    return err_set(err, ERR_INVALID, "password", "%s", why);
}

int app_password_least(RoleSet roles)
{
    return role_signs(roles) ? SHORTEST_SIGNER : SHORTEST;
}

bool password_rules(const char *password, RoleSet roles, const char *warrant, const char *name, bool training, Err *err)
{
    size_t bytes = strlen(password), n;
    size_t least = (size_t)app_password_least(roles);

    if (training && str_eq(password, TRAINING_PASSWORD)) return true; /* it is printed on the screen */
    if (!utf8_valid(password, bytes, NULL) || !utf8_is_safe(password, bytes, false))
        return refuse(err,
            "A password is letters, digits, signs and spaces; this one holds something that cannot be typed again.");
    n = characters(password, bytes);
    if (n < least)
        return err_set(err, ERR_INVALID, "password",
            "The password is too short: at least %zu characters%s, and it has %zu. Four or five unrelated words are "
            "easy to remember.",
            least, least == SHORTEST_SIGNER ? " for an officer who signs" : "", n);
    if (n > LONGEST || bytes > BYTES_MAX) return refuse(err, "The password is too long: at most 128 characters.");
    if (few_characters(password)) return refuse(err, "The password repeats too few characters to be a secret.");
    if (names_officer(password, warrant, name))
        return refuse(err, "The password holds the officer's own name or warrant number.");
    if (along_a_run(password) || guessable(password, false) || guessable(password, true))
        return refuse(err, "The password is among the first that anybody would try. Four or five unrelated words are "
                           "easy to remember.");
    return true;
}
