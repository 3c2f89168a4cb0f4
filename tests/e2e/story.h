/* story.h — a whole book 124D as keys, and the ways that every test of books goes with it. The story and everybody in it are made up. */
#ifndef TESTS_STORY_H
#define TESTS_STORY_H

#include "station.h"

#define PS     "900002"
#define CTRL_B "\002"
#define CTRL_G "\a"

/* clang-format off */
/* Up to what the child said, and the rest. */
static const char story_first_half[] =
    "\002a"
    "\r\rCAD 8123/01FEB10\r\r4212345/10\a0402\r0411\a0350\a"
    "12 Example Road, second floor\aB relief\at\at\r"
    "He is here again and he has got the kitchen knife, please hurry.\ay\aMadeup\a"
    "Beatrice\a4 mar 1980\af\aw\an\r\r\r\r\r\r"
    "12 Example Road, second floor\an\rWith her sister, 3 Sample Street\an\ay"
    "\at v \a020 7946 0123\aweekdays between 10 and 12\an\ay\a"
    "Fictional\aCharles Edward\r\r12 nov 1977\am\an\an\ao"
    "\aDrinks at the Imaginary Arms; his brother lives in Invented Lane. Drives a white van.\an"
    "\ag\ap cris \a"
    "One caution for common assault on an earlier partner; no firearms; no bail.\ay\a"
    "The kitchen knife he held; he took it with him.\an\aformer p\an\ay"
    "\ay\ay\ac\ay\aMadeup\aDora\r2 jun 2004\ay"
    "\ay\ay\an\ay\rDad shouted and Mum cried and then he pulled her hair.";

static const char story_second_half[] =
    "\ay\ay\r"
    "Number 10 heard shouting and a door broken at about ten to four; numbers 8 and 14 did not answer.\a"
    "c\aab d \aHe put his hands round my neck. I thought that I was going to die.\a"
    "The victim and the suspect parted in November after nine years. He has no key. At ten to four this "
    "morning she woke to knocking; he shouted that he wanted to see his daughter. She did not open. He "
    "kicked the door until the lock broke, came in with a kitchen knife in his right hand and shouted "
    "that she would never take the child from him. He put the knife on the table, pulled her by the hair "
    "into the hall, and pressed both hands round her neck until everything went dark. She came to on the "
    "floor. The daughter stood in the door of her room and cried. He then took the knife and left by the "
    "stairs. She called at once. It is the third time since November that he has come at night; the two "
    "earlier times were not reported. She says that each time was worse than the one before, and that he "
    "has said more than once that he would kill her and himself if she took the child away."
    "\an\an\an\an\ay\ay\am h ou \ay\ay"
    "\rImaginary General, seen at 0530\ane\ab r \aboth of his hands pressing"
    "\at\ay\ay\atoday\as t \a"
    "The lock of the flat door is torn out of the frame; splinters inside the hall. A chair lies on its "
    "side."
    "\an\ay\ay\athe victim's neck from the front\ad\a"
    "card 3 in the relief safe\aShaking, hoarse, hardly able to stand; kept looking at the door."
    "\aVery quiet. Held on to her mother all the time and would not look at us.\ay\r\r"
    "\r\r\r"
    "First time about two years ago, a push down the stairs; never reported. Worst and latest is tonight."
    "\an\ay\aParted in November; he wants the child and does not accept it.\an"
    "\ay\aThird time since November, each worse than the one before.\an\ay"
    "\aComes at night uninvited and waits outside her work.\an\an\an\ay"
    "\aKitchen knife in his hand tonight; taken away by him.\ay\a"
    "Both hands, until she passed out.\ay\a"
    "Would kill her and himself if she took the child away.\ay\a"
    "His words above; nothing more is known.\an\ak\an\a"
    "She is sure that he will come back, and that next time he will kill her.\ah\a"
    "Strangled until she passed out, a knife, threats to kill both, recent separation, getting worse, "
    "and he is at large."
    "\ay\ay\as\av c \a"
    "Victim and child are with her sister, whose address he does not know. Door boarded up. Night duty "
    "circulates him."
    "\al id \ag\ay\ay\anow\a\t";
/* clang-format on */

/* The number of the case that is written on the second line. */
static inline void story_number(Tt *t, char id[16])
{
    const char *at = strstr(tt_row(t, 1), "KG-");

    if (!at) fail_msg("no case on the second line: %s", tt_row(t, 1));
    snprintf(id, 16, "%.*s", (int)strcspn(at, " "), at);
}

static inline void story_command(Tt *t, const char *words, const char *id)
{
    tt_type(t, ":");
    tt_settle(t, 300);
    tt_type(t, words);
    tt_type(t, id);
    tt_type(t, ENTER);
}

static inline void story_read(Tt *t)
{
    for (int page = 0; page < 40 && !tt_has(t, "\u2713 all read"); page++) {
        tt_type(t, " ");
        tt_settle(t, 100); /* a page counts when it was drawn */
    }
    see(t, "\u2713 all read");
}

/* What is typed ahead of a question does not answer it. */
static inline void story_password(Tt *t)
{
    see(t, "Your password");
    tt_settle(t, 400);
    tt_type(t, "training-book124" ENTER);
    see_not(t, "Your password");
}

static inline void story_hand_in(Tt *t)
{
    tt_type(t, CTRL_R);
    see(t, "Cancel");
    tt_settle(t, 400);
    tt_type(t, "y");
    see(t, "the sergeant has it");
}

/* From the desk of a constable: a new incident, all of it written. */
static inline void story_write(Tt *t, char id[16])
{
    type_see(t, "n", "CAD");
    tt_type(t, ENTER);
    see(t, "(new)");
    story_number(t, id);
    tt_type(t, story_first_half);
    see(t, "pulled her hair");
    tt_type(t, CTRL_B "h");
    see(t, "Child 1 of 1");
    tt_type(t, story_second_half);
    see(t, "V\u2713");
}

/* --- the store as it was when the book was written: a draft, not handed in --------------------------------- */
static inline int story_copy(const char *from, const char *to)
{
    char command[600];

    snprintf(command, sizeof command, "rm -rf '%s' && cp -a '%s' '%s'", to, from, to);
    return system(command);
}

/* A station, the whole book in it as a draft, and a copy of its store in `written`. */
static inline int story_station(void **state, char id[16], char *written, size_t size)
{
    Station *s;
    Tt *t;

    station_setup(state);
    s = *state;
    t = station_desk(s, PC);
    story_write(t, id);
    type_see(t, "\023", "Saved 09:12"); /* Ctrl-S */
    station_leave(s, &t);
    snprintf(written, size, "%s/written", s->dir);
    return story_copy(s->store, written);
}

/* Whatever happened, the log holds together and what is derived is what the facts say. */
static inline int story_is_sound(void **state)
{
    Station *s = *state;

    for (size_t i = 0; i < sizeof s->open / sizeof s->open[0]; i++)
        if (s->open[i]) station_leave(s, &(Tt *){ s->open[i] });
    MUST(s, AUDITOR, "audit", "verify");
    MUST(s, KEEPER, "rebuild");
    return 0;
}

#endif
