/* test_language.c — every construct of the language, said in small policies whose examples must come out.
** policy_parse runs the examples, so a test is a text: when the text is accepted, its examples hold. */
#include "policy_files.h"

#include "base/crypto.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define HEAD "policy test \"A test\"\nignore review with outcome returned\n"
#define DUTY "duty one \"A duty\"\n    cite   local\n    owner  csu-ds\n"
/* A case reported on a Monday. */
#define CASE(title) "    example \"" title "\"\n        reported 2010-02-01 10:00\n"

static void holds(const char *text)
{
    Policy *p;
    char *page = problems_of(text, strlen(text), &p);

    if (!p) fail_msg("%s", page);
    mem_free(page);
    policy_free(&p);
}

static void shifts_begin_when_the_file_says_or_at_seven_three_and_eleven(void **unused)
{
    static const char days[] = HEAD "shifts begin 06:30, 18:30\n" DUTY "    from   reported\n    due    after 1 hour\n    done   attended\n";
    static const char none[] = HEAD DUTY "    from   reported\n    due    after 1 hour\n    done   attended\n";
    Arena *a = arena_new();
    Policy *p, *usual, *standard = standard_policy();
    char *page = problems_of(days, strlen(days), &p), *other = problems_of(none, strlen(none), &usual);

    assert_string_equal(page, "");
    assert_string_equal(other, "");
    assert_int_equal(policy_shift_after(p, at("2010-02-01T06:29:59Z")), at("2010-02-01T06:30:00Z"));
    assert_int_equal(policy_shift_after(p, at("2010-02-01T06:30:00Z")), at("2010-02-01T18:30:00Z"));
    assert_int_equal(policy_shift_after(p, at("2010-02-28T18:30:00Z")), at("2010-03-01T06:30:00Z"));
    assert_int_equal(policy_shift_after(p, at("2010-03-28T05:29:59Z")), at("2010-03-28T05:30:00Z")); /* summer time: by the clock on the wall */
    assert_string_equal(policy_shift_words(p, a), "06:30 and 18:30");
    assert_int_equal(policy_shift_after(usual, at("2010-02-01T16:00:00Z")), at("2010-02-01T23:00:00Z"));
    assert_int_equal(policy_shift_after(standard, at("2010-02-01T08:00:00Z")), at("2010-02-01T15:00:00Z"));
    assert_string_equal(policy_shift_words(usual, a), policy_shift_words(standard, a));
    mem_free(page);
    mem_free(other);
    policy_free(&p);
    policy_free(&usual);
    policy_free(&standard);
    arena_free(&a);
}

static void hours_are_absolute_and_days_keep_the_wall_clock(void **unused)
{
    holds(HEAD DUTY
        "    from reported\n    due after 24 hours\n    done attended\n"
        "    example \"spring\"\n        reported 2010-03-27 10:00\n"
        "        at 2010-03-28 11:00 expect open due 2010-03-28 11:00\n        at 2010-03-28 11:00:01 expect overdue\n"
        "duty two \"Days\"\n cite x\n owner dci\n from reported\n due after 1 day\n done attended\n"
        " example \"spring\"\n  reported 2010-03-27 10:00\n  at 2010-03-28 10:00 expect open due 2010-03-28 10:00\n"
        " example \"a skipped time moves on\"\n  reported 2010-03-27 01:30\n  at 2010-03-27 10:00 expect open due "
        "2010-03-28 02:30\n"
        " example \"of two equal times the first\"\n  reported 2010-10-30 01:30\n  at 2010-10-30 10:00 expect open due "
        "2010-10-31 01:30\n"
        "duty three \"Weeks\"\n cite x\n owner dci\n from reported\n due after 2 weeks\n done attended\n"
        " example \"two\"\n  reported 2010-02-01 10:00\n  at 2010-02-02 10:00 expect open due 2010-02-15 10:00\n");
}

static void working_days_leave_out_weekends_and_bank_holidays(void **unused)
{
    holds(HEAD "bank holidays \"Easter\"\n    2010 2 Apr, 5 Apr\n    2011 3 Jan\n" DUTY
               "    from reported\n    due after 2 working days\n    done attended\n"
               "    example \"over Easter\"\n        reported 2010-04-01 10:00\n        at 2010-04-02 10:00 expect "
               "open due 2010-04-07 23:59:59\n"
               "    example \"from a Saturday\"\n        reported 2010-02-06 10:00\n        at 2010-02-06 11:00 expect "
               "open due 2010-02-09 23:59:59\n");
}

static void times_of_day_and_the_end_of_the_day(void **unused)
{
    holds(HEAD DUTY "    from reported\n    opens at next 09:00\n    due at 12:00\n    done review dmm\n" CASE(
        "after nine") "        at 2010-02-01 11:00 expect waiting due 2010-02-02 12:00\n        at 2010-02-02 09:00 "
                      "expect open\n"
                      "    example \"at nine sharp\"\n        reported 2010-02-01 09:00\n        at 2010-02-01 11:00 "
                      "expect waiting due 2010-02-02 12:00\n"
                      "    example \"before nine\"\n        reported 2010-02-01 08:59:59\n        at 2010-02-01 09:00 "
                      "expect open due 2010-02-01 12:00\n"
                      "duty two \"The day\"\n cite x\n owner dci\n from the reported\n due at the end of the day\n "
                      "done attended\n"
                      " example \"summer\"\n  reported 2010-07-01 00:30\n  at 2010-07-01 10:00 expect open due "
                      "2010-07-01 23:59:59\n");
}

static void a_cap_that_is_earlier_or_lies_between(void **unused)
{
    holds(HEAD DUTY
        "    from reported\n    due after 24 hours, or cad closed if that is earlier\n    done attended\n" CASE(
            "earlier") "        cad closed 2010-02-01 09:00\n        at 2010-02-01 11:00 expect overdue due 2010-02-01 "
                       "09:00\n" CASE("later") "        cad closed 2010-02-03 09:00\n        at 2010-02-01 11:00 "
                                               "expect open due 2010-02-02 10:00\n"
                                               "duty two \"Between\"\n cite x\n owner dci\n from reported\n due after "
                                               "24 hours, or cad closed if that lies between\n done attended\n"
                                               " example \"before\"\n  reported 2010-02-01 10:00\n  cad closed "
                                               "2010-02-01 09:00\n  at 2010-02-01 11:00 expect open due 2010-02-02 "
                                               "10:00\n"
                                               " example \"between\"\n  reported 2010-02-01 10:00\n  cad closed "
                                               "2010-02-01 12:00\n"
                                               "  at 2010-02-01 11:00 expect open due 2010-02-02 10:00\n  at "
                                               "2010-02-01 13:00 expect overdue due 2010-02-01 12:00\n");
}

static void what_counts_as_done_depends_on_the_opening(void **unused)
{
    holds(HEAD DUTY
        "    from first book\n    due after 12 hours\n    done review ps-check\n" CASE("an earlier one does not count") "        review ps-check at 2010-02-01 11:00\n        book at 2010-02-01 12:00\n        at 2010-02-01 13:00 expect open\n" CASE(
            "the same second counts") "        review ps-check at 2010-02-01 12:00\n        book at 2010-02-01 12:00\n "
                                      "       at 2010-02-01 13:00 expect done\n" CASE("a returned one does not") "     "
                                                                                                                 "   "
                                                                                                                 "book "
                                                                                                                 "at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "12:"
                                                                                                                 "00\n "
                                                                                                                 "     "
                                                                                                                 "  "
                                                                                                                 "revie"
                                                                                                                 "w "
                                                                                                                 "ps-"
                                                                                                                 "check"
                                                                                                                 " at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "12:"
                                                                                                                 "30 "
                                                                                                                 "outco"
                                                                                                                 "me "
                                                                                                                 "retur"
                                                                                                                 "ned\n"
                                                                                                                 "     "
                                                                                                                 "   "
                                                                                                                 "at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "13:"
                                                                                                                 "00 "
                                                                                                                 "expec"
                                                                                                                 "t "
                                                                                                                 "open"
                                                                                                                 "\n"
                                                                                                                 "duty "
                                                                                                                 "two "
                                                                                                                 "\"Any"
                                                                                                                 " time"
                                                                                                                 "\"\n "
                                                                                                                 "cite "
                                                                                                                 "x\n "
                                                                                                                 "owner"
                                                                                                                 " dci"
                                                                                                                 "\n "
                                                                                                                 "from "
                                                                                                                 "first"
                                                                                                                 " book"
                                                                                                                 "\n "
                                                                                                                 "due "
                                                                                                                 "after"
                                                                                                                 " 12 "
                                                                                                                 "hours"
                                                                                                                 "\n "
                                                                                                                 "done "
                                                                                                                 "revie"
                                                                                                                 "w "
                                                                                                                 "ps-"
                                                                                                                 "check"
                                                                                                                 ", "
                                                                                                                 "any "
                                                                                                                 "outco"
                                                                                                                 "me, "
                                                                                                                 "any "
                                                                                                                 "time"
                                                                                                                 "\n"
                                                                                                                 " exam"
                                                                                                                 "ple "
                                                                                                                 "\"bef"
                                                                                                                 "ore "
                                                                                                                 "the "
                                                                                                                 "start"
                                                                                                                 "\"\n "
                                                                                                                 " repo"
                                                                                                                 "rted "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "10:"
                                                                                                                 "00\n "
                                                                                                                 " revi"
                                                                                                                 "ew "
                                                                                                                 "ps-"
                                                                                                                 "check"
                                                                                                                 " at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "11:"
                                                                                                                 "00 "
                                                                                                                 "outco"
                                                                                                                 "me "
                                                                                                                 "retur"
                                                                                                                 "ned\n"
                                                                                                                 "  "
                                                                                                                 "book "
                                                                                                                 "at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "12:"
                                                                                                                 "00\n "
                                                                                                                 " at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "13:"
                                                                                                                 "00 "
                                                                                                                 "expec"
                                                                                                                 "t "
                                                                                                                 "done"
                                                                                                                 "\n"
                                                                                                                 "duty "
                                                                                                                 "three"
                                                                                                                 " \"St"
                                                                                                                 "rictl"
                                                                                                                 "y "
                                                                                                                 "after"
                                                                                                                 "\"\n "
                                                                                                                 "cite "
                                                                                                                 "x\n "
                                                                                                                 "owner"
                                                                                                                 " dci"
                                                                                                                 "\n "
                                                                                                                 "from "
                                                                                                                 "first"
                                                                                                                 " book"
                                                                                                                 "\n "
                                                                                                                 "due "
                                                                                                                 "after"
                                                                                                                 " 12 "
                                                                                                                 "hours"
                                                                                                                 "\n "
                                                                                                                 "done "
                                                                                                                 "revie"
                                                                                                                 "w "
                                                                                                                 "ps-"
                                                                                                                 "check"
                                                                                                                 ", "
                                                                                                                 "after"
                                                                                                                 " the "
                                                                                                                 "start"
                                                                                                                 "\n"
                                                                                                                 " exam"
                                                                                                                 "ple "
                                                                                                                 "\"the"
                                                                                                                 " same"
                                                                                                                 " seco"
                                                                                                                 "nd "
                                                                                                                 "does "
                                                                                                                 "not "
                                                                                                                 "count"
                                                                                                                 "\"\n "
                                                                                                                 " repo"
                                                                                                                 "rted "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "10:"
                                                                                                                 "00\n "
                                                                                                                 " revi"
                                                                                                                 "ew "
                                                                                                                 "ps-"
                                                                                                                 "check"
                                                                                                                 " at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "12:"
                                                                                                                 "00\n "
                                                                                                                 " book"
                                                                                                                 " at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "12:"
                                                                                                                 "00\n "
                                                                                                                 " at "
                                                                                                                 "2010-"
                                                                                                                 "02-"
                                                                                                                 "01 "
                                                                                                                 "13:"
                                                                                                                 "00 "
                                                                                                                 "expec"
                                                                                                                 "t "
                                                                                                                 "open"
                                                                                                                 "\n");
}

static void a_duty_every_so_often_begins_again_when_it_is_done(void **unused)
{
    holds(HEAD DUTY "    while active\n    from reported\n    every 48 hours\n    done review qa\n" CASE(
        "twice") "        review qa at 2010-02-02 10:00\n        review qa at 2010-02-02 10:00\n        review qa at "
                 "2010-02-05 10:00\n"
                 "        at 2010-02-06 10:00 expect done cycle 0\n        at 2010-02-06 10:00 expect late cycle 1\n"
                 "        at 2010-02-06 10:00 expect open cycle 2 due 2010-02-07 10:00\n" CASE(
                     "until it is closed") "        review qa at 2010-02-02 10:00\n        closed 2010-02-03 10:00\n"
                                           "        at 2010-02-06 10:00 expect void cycle 1\n        at 2010-02-02 "
                                           "12:00 expect open cycle 1\n");
}

static void an_end_makes_void_or_missed_and_can_be_forgotten(void **unused)
{
    holds(HEAD
        "units ours is response, csu\n" DUTY
        "    while owner in ours\n    from reported\n    due after 24 hours\n    done review qa\n" CASE(
            "left "
            "in "
            "time") "        offer to csu at 2010-02-01 10:00 accepted 2010-02-01 10:00\n        offer to scd2 "
                    "at 2010-02-01 12:00 accepted 2010-02-02 10:00\n        at 2010-02-05 10:00 expect "
                    "void\n" CASE(
                        "left late") "        offer to scd2 at 2010-02-01 12:00 accepted 2010-02-02 "
                                     "10:00:01\n        at "
                                     "2010-02-05 10:00 expect missed\n" CASE(
                                         "only offered") "        offer to scd2 at "
                                                         "2010-02-01 12:00\n        at "
                                                         "2010-02-05 10:00 expect "
                                                         "overdue\n" CASE(
                                                             "closing is "
                                                             "no end of "
                                                             "this") "     "
                                                                     "   "
                                                                     "close"
                                                                     "d "
                                                                     "2010-"
                                                                     "02-"
                                                                     "01 "
                                                                     "12:"
                                                                     "00\n "
                                                                     "     "
                                                                     "  at "
                                                                     "2010-"
                                                                     "02-"
                                                                     "05 "
                                                                     "10:"
                                                                     "00 "
                                                                     "expec"
                                                                     "t "
                                                                     "overd"
                                                                     "ue"
                                                                     "\n" CASE(
                                                                         "came back") "        offer "
                                                                                      "to scd2 at "
                                                                                      "2010-02-01 "
                                                                                      "12:00 accepted "
                                                                                      "2010-02-01 "
                                                                                      "13:00\n        "
                                                                                      "offer to csu "
                                                                                      "at 2010-02-01 "
                                                                                      "14:00 accepted "
                                                                                      "2010-02-01 "
                                                                                      "15:00\n"
                                                                                      "        at "
                                                                                      "2010-02-01 "
                                                                                      "14:30 expect "
                                                                                      "void\n        "
                                                                                      "at 2010-02-05 "
                                                                                      "10:00 expect "
                                                                                      "overdue\n" CASE("done after the "
                                                                                                       "end") "        "
                                                                                                              "offer "
                                                                                                              "to scd2 "
                                                                                                              "at "
                                                                                                              "2010-02-"
                                                                                                              "01 "
                                                                                                              "12:00 "
                                                                                                              "accepted"
                                                                                                              " 2010-"
                                                                                                              "02-01 "
                                                                                                              "13:00\n "
                                                                                                              "       "
                                                                                                              "review "
                                                                                                              "qa at "
                                                                                                              "2010-02-"
                                                                                                              "01 "
                                                                                                              "13:00:"
                                                                                                              "01\n    "
                                                                                                              "    at "
                                                                                                              "2010-02-"
                                                                                                              "05 "
                                                                                                              "10:00 "
                                                                                                              "expect "
                                                                                                              "void"
                                                                                                              "\n" CASE(
                                                                                                                  "away"
                                                                                                                  " "
                                                                                                                  "befo"
                                                                                                                  "re "
                                                                                                                  "it "
                                                                                                                  "bega"
                                                                                                                  "n") "  "
                                                                                                                       "  "
                                                                                                                       "  "
                                                                                                                       "  "
                                                                                                                       "of"
                                                                                                                       "fe"
                                                                                                                       "r "
                                                                                                                       "to"
                                                                                                                       " s"
                                                                                                                       "cd"
                                                                                                                       "2 "
                                                                                                                       "at"
                                                                                                                       " 2"
                                                                                                                       "01"
                                                                                                                       "0-"
                                                                                                                       "02"
                                                                                                                       "-0"
                                                                                                                       "1 "
                                                                                                                       "09"
                                                                                                                       ":0"
                                                                                                                       "0 "
                                                                                                                       "ac"
                                                                                                                       "ce"
                                                                                                                       "pt"
                                                                                                                       "ed"
                                                                                                                       " 2"
                                                                                                                       "01"
                                                                                                                       "0-"
                                                                                                                       "02"
                                                                                                                       "-0"
                                                                                                                       "1 "
                                                                                                                       "10"
                                                                                                                       ":0"
                                                                                                                       "0"
                                                                                                                       "\n"
                                                                                                                       "  "
                                                                                                                       "  "
                                                                                                                       "  "
                                                                                                                       "  "
                                                                                                                       "at"
                                                                                                                       " 2"
                                                                                                                       "01"
                                                                                                                       "0-"
                                                                                                                       "02"
                                                                                                                       "-0"
                                                                                                                       "5 "
                                                                                                                       "10"
                                                                                                                       ":0"
                                                                                                                       "0 "
                                                                                                                       "ex"
                                                                                                                       "pe"
                                                                                                                       "ct"
                                                                                                                       " n"
                                                                                                                       "ot"
                                                                                                                       " a"
                                                                                                                       "sk"
                                                                                                                       "ed"
                                                                                                                       "\n");
}

static void one_for_each_entry_in_order_of_time(void **unused)
{
    holds(HEAD DUTY
        "    for each offer after the first\n    from its offered\n    due after 24 hours\n    done its "
        "accepted\n" CASE(
            "three offers") "        offer to response at 2010-02-01 10:00 accepted 2010-02-01 10:00\n        offer to "
                            "csu at 2010-02-03 10:00\n"
                            "        offer to scd2 at 2010-02-02 10:00 accepted 2010-02-04 10:00\n"
                            "        at 2010-02-04 11:00 expect late cycle 0\n        at 2010-02-03 11:00 expect "
                            "overdue cycle 0\n        at 2010-02-04 11:00 expect overdue cycle 1\n" CASE(
                                "one offer") "        offer to csu at 2010-02-03 10:00\n        at 2010-02-04 11:00 "
                                             "expect not asked\n");
}

static void moments_can_be_compared(void **unused)
{
    holds(HEAD
        "moment both is later of first reference cris and first reference merlin\n" DUTY
        "    from earlier of both, (first book, else attended)\n    due after 1 hour\n    done closed, any time\n" CASE(
            "the earlier of what has come") "        reference cris at 2010-02-01 11:00\n        reference merlin at "
                                            "2010-02-01 14:00\n        attended 2010-02-01 12:00\n"
                                            "        at 2010-02-01 11:30 expect not asked\n        at 2010-02-01 12:30 "
                                            "expect open due 2010-02-01 13:00\n" CASE(
                                                "a book goes before") "        attended 2010-02-01 12:00\n        book "
                                                                      "at 2010-02-01 13:00\n        at 2010-02-01 "
                                                                      "13:10 expect open due 2010-02-01 14:00\n"
                                                                      "duty two \"If\"\n cite x\n owner dci\n from "
                                                                      "children answered if children is present\n due "
                                                                      "after 1 hour\n done closed\n"
                                                                      " example \"present\"\n  reported 2010-02-01 "
                                                                      "10:00\n  children present at 2010-02-01 11:00\n "
                                                                      " at 2010-02-01 11:30 expect open due 2010-02-01 "
                                                                      "12:00\n  at 2010-02-01 10:30 expect not asked\n"
                                                                      " example \"none\"\n  reported 2010-02-01 "
                                                                      "10:00\n  children none at 2010-02-01 11:00\n  "
                                                                      "at 2010-02-01 11:30 expect not asked\n");
}

static void the_start_of_the_present_run(void **unused)
{
    holds(HEAD
        "value grade is latest grade of assessment\n" DUTY
        "    when grade is high\n    from grade became high\n    due after 24 hours\n    done referral idva, any "
        "time\n" CASE(
            "high, medium, high, ungraded, high") "        assessment with grade high at 2010-02-01 11:00\n        "
                                                  "assessment with grade medium at 2010-02-02 11:00\n"
                                                  "        assessment with grade high at 2010-02-03 11:00\n        "
                                                  "assessment at 2010-02-03 12:00\n        assessment with grade high "
                                                  "at 2010-02-03 13:00\n"
                                                  "        at 2010-02-01 12:00 expect open due 2010-02-02 11:00\n      "
                                                  "  at 2010-02-02 12:00 expect not asked\n        at 2010-02-03 14:00 "
                                                  "expect open due 2010-02-04 11:00\n"
                                                  "duty two \"Each suspect\"\n cite x\n owner dci\n when latest status "
                                                  "of suspect is outstanding\n from latest status of suspect became "
                                                  "outstanding\n due after 24 hours\n done review roundup\n"
                                                  " example \"two suspects\"\n  reported 2010-02-01 10:00\n  suspect "
                                                  "s1\n  suspect s2\n  witness w1\n  status of w1 outstanding at "
                                                  "2010-02-01 10:00\n"
                                                  "  status of s1 outstanding at 2010-02-02 10:00\n  status of s2 "
                                                  "outstanding at 2010-02-01 12:00\n  status of s2 arrested at "
                                                  "2010-02-03 10:00\n"
                                                  "  at 2010-02-01 11:00 expect not asked\n  at 2010-02-01 13:00 "
                                                  "expect open due 2010-02-02 12:00\n  at 2010-02-03 10:00 expect open "
                                                  "due 2010-02-03 10:00\n");
}

static void people_are_picked_by_what_is_known_and_by_each_other(void **unused)
{
    holds(HEAD
        "relationships near is spouse, partner\n" DUTY "    when suspect with sex female or male, relationship in near "
        "to victim with same sex\n    from reported\n    due after 1 "
        "hour\n    done attended\n" CASE(
            "same") "        victim v1 "
                    "with sex male\n       "
                    " suspect s1 with sex "
                    "male, relationship "
                    "spouse to v1\n        "
                    "at 2010-02-01 10:30 "
                    "expect open\n" CASE("o"
                                         "t"
                                         "h"
                                         "e"
                                         "r") "        victim v1 with sex male\n        suspect s1 with sex female, "
                                              "relationship spouse to v1\n        at 2010-02-01 10:30 expect not "
                                              "asked\n" CASE("unknown") "        victim v1 with sex unknown\n        "
                                                                        "suspect s1 with sex unknown, relationship "
                                                                        "spouse to v1\n        at 2010-02-01 10:30 "
                                                                        "expect not asked\n" CASE("to a child") "    "
                                                                                                                "    "
                                                                                                                "chil"
                                                                                                                "d "
                                                                                                                "c1 "
                                                                                                                "with"
                                                                                                                " sex"
                                                                                                                " mal"
                                                                                                                "e\n "
                                                                                                                "    "
                                                                                                                "   "
                                                                                                                "susp"
                                                                                                                "ect "
                                                                                                                "s1 "
                                                                                                                "with"
                                                                                                                " sex"
                                                                                                                " mal"
                                                                                                                "e, "
                                                                                                                "rela"
                                                                                                                "tion"
                                                                                                                "ship"
                                                                                                                " spo"
                                                                                                                "use "
                                                                                                                "to "
                                                                                                                "c1\n"
                                                                                                                "    "
                                                                                                                "    "
                                                                                                                "at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "10:"
                                                                                                                "30 "
                                                                                                                "expe"
                                                                                                                "ct "
                                                                                                                "not "
                                                                                                                "aske"
                                                                                                                "d\n"
                                                                                                                "duty"
                                                                                                                " two"
                                                                                                                " \"S"
                                                                                                                "taff"
                                                                                                                "\"\n"
                                                                                                                " cit"
                                                                                                                "e "
                                                                                                                "x\n "
                                                                                                                "owne"
                                                                                                                "r "
                                                                                                                "dci"
                                                                                                                "\n "
                                                                                                                "from"
                                                                                                                " fir"
                                                                                                                "st "
                                                                                                                "vict"
                                                                                                                "im "
                                                                                                                "or "
                                                                                                                "susp"
                                                                                                                "ect "
                                                                                                                "with"
                                                                                                                " pol"
                                                                                                                "ice "
                                                                                                                "staf"
                                                                                                                "f\n "
                                                                                                                "due "
                                                                                                                "afte"
                                                                                                                "r 1 "
                                                                                                                "hour"
                                                                                                                "\n "
                                                                                                                "done"
                                                                                                                " fla"
                                                                                                                "g "
                                                                                                                "pe, "
                                                                                                                "any "
                                                                                                                "time"
                                                                                                                "\n"
                                                                                                                " exa"
                                                                                                                "mple"
                                                                                                                " \"r"
                                                                                                                "ecor"
                                                                                                                "ded "
                                                                                                                "late"
                                                                                                                "r\""
                                                                                                                "\n  "
                                                                                                                "repo"
                                                                                                                "rted"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "10:"
                                                                                                                "00\n"
                                                                                                                "  "
                                                                                                                "susp"
                                                                                                                "ect "
                                                                                                                "s1 "
                                                                                                                "with"
                                                                                                                " pol"
                                                                                                                "ice "
                                                                                                                "staf"
                                                                                                                "f, "
                                                                                                                "reco"
                                                                                                                "rded"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "12:"
                                                                                                                "00\n"
                                                                                                                "  "
                                                                                                                "vict"
                                                                                                                "im "
                                                                                                                "v1 "
                                                                                                                "with"
                                                                                                                " pol"
                                                                                                                "ice "
                                                                                                                "staf"
                                                                                                                "f, "
                                                                                                                "reco"
                                                                                                                "rded"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "11:"
                                                                                                                "00\n"
                                                                                                                "  "
                                                                                                                "at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "10:"
                                                                                                                "30 "
                                                                                                                "expe"
                                                                                                                "ct "
                                                                                                                "not "
                                                                                                                "aske"
                                                                                                                "d\n "
                                                                                                                " at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "11:"
                                                                                                                "30 "
                                                                                                                "expe"
                                                                                                                "ct "
                                                                                                                "open"
                                                                                                                " due"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "12:"
                                                                                                                "00\n"
                                                                                                                " exa"
                                                                                                                "mple"
                                                                                                                " \"w"
                                                                                                                "itho"
                                                                                                                "ut "
                                                                                                                "a "
                                                                                                                "time"
                                                                                                                " it "
                                                                                                                "coun"
                                                                                                                "ts "
                                                                                                                "from"
                                                                                                                " the"
                                                                                                                " rep"
                                                                                                                "ort"
                                                                                                                "\"\n"
                                                                                                                "  "
                                                                                                                "repo"
                                                                                                                "rted"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "10:"
                                                                                                                "00\n"
                                                                                                                "  "
                                                                                                                "susp"
                                                                                                                "ect "
                                                                                                                "s1 "
                                                                                                                "with"
                                                                                                                " pol"
                                                                                                                "ice "
                                                                                                                "staf"
                                                                                                                "f\n "
                                                                                                                " at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "10:"
                                                                                                                "30 "
                                                                                                                "expe"
                                                                                                                "ct "
                                                                                                                "open"
                                                                                                                " due"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "11:"
                                                                                                                "00\n"
                                                                                                                "duty"
                                                                                                                " thr"
                                                                                                                "ee "
                                                                                                                "\"Re"
                                                                                                                "leas"
                                                                                                                "ed\""
                                                                                                                "\n "
                                                                                                                "cite"
                                                                                                                " x\n"
                                                                                                                " own"
                                                                                                                "er "
                                                                                                                "dci"
                                                                                                                "\n "
                                                                                                                "from"
                                                                                                                " fir"
                                                                                                                "st "
                                                                                                                "even"
                                                                                                                "t "
                                                                                                                "rele"
                                                                                                                "ase "
                                                                                                                "of "
                                                                                                                "susp"
                                                                                                                "ect "
                                                                                                                "with"
                                                                                                                " sex"
                                                                                                                " mal"
                                                                                                                "e\n "
                                                                                                                "due "
                                                                                                                "afte"
                                                                                                                "r 1 "
                                                                                                                "hour"
                                                                                                                "\n "
                                                                                                                "done"
                                                                                                                " not"
                                                                                                                "ice "
                                                                                                                "dvip"
                                                                                                                "-lea"
                                                                                                                "flet"
                                                                                                                "\n"
                                                                                                                " exa"
                                                                                                                "mple"
                                                                                                                " \"a"
                                                                                                                " man"
                                                                                                                " and"
                                                                                                                " a "
                                                                                                                "woma"
                                                                                                                "n\""
                                                                                                                "\n  "
                                                                                                                "repo"
                                                                                                                "rted"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "10:"
                                                                                                                "00\n"
                                                                                                                "  "
                                                                                                                "susp"
                                                                                                                "ect "
                                                                                                                "s1 "
                                                                                                                "with"
                                                                                                                " sex"
                                                                                                                " fem"
                                                                                                                "ale"
                                                                                                                "\n  "
                                                                                                                "susp"
                                                                                                                "ect "
                                                                                                                "s2 "
                                                                                                                "with"
                                                                                                                " sex"
                                                                                                                " mal"
                                                                                                                "e\n"
                                                                                                                "  "
                                                                                                                "even"
                                                                                                                "t "
                                                                                                                "rele"
                                                                                                                "ase "
                                                                                                                "of "
                                                                                                                "s1 "
                                                                                                                "at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "11:"
                                                                                                                "00\n"
                                                                                                                "  "
                                                                                                                "even"
                                                                                                                "t "
                                                                                                                "rele"
                                                                                                                "ase "
                                                                                                                "of "
                                                                                                                "s2 "
                                                                                                                "at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "12:"
                                                                                                                "00\n"
                                                                                                                "  "
                                                                                                                "at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "11:"
                                                                                                                "30 "
                                                                                                                "expe"
                                                                                                                "ct "
                                                                                                                "not "
                                                                                                                "aske"
                                                                                                                "d\n "
                                                                                                                " at "
                                                                                                                "2010"
                                                                                                                "-02-"
                                                                                                                "01 "
                                                                                                                "12:"
                                                                                                                "30 "
                                                                                                                "expe"
                                                                                                                "ct "
                                                                                                                "open"
                                                                                                                " due"
                                                                                                                " 201"
                                                                                                                "0-"
                                                                                                                "02-"
                                                                                                                "01 "
                                                                                                                "13:"
                                                                                                                "00"
                                                                                                                "\n");
}

static void unknown_is_not_no(void **unused)
{
    holds(HEAD DUTY "    when case is crime\n    from reported\n    due after 1 hour\n    done attended\n" CASE(
        "never answered") "        at 2010-02-01 10:30 expect not asked\n"
                          "duty two \"Is not\"\n cite x\n owner dci\n when case is not crime\n from reported\n due "
                          "after 1 hour\n done attended\n"
                          " example \"never answered\"\n  reported 2010-02-01 10:00\n  at 2010-02-01 10:30 expect "
                          "open\n"
                          "duty three \"Not\"\n cite x\n owner dci\n when not (case is crime)\n from reported\n due "
                          "after 1 hour\n done attended\n"
                          " example \"never answered\"\n  reported 2010-02-01 10:00\n  at 2010-02-01 10:30 expect not "
                          "asked\n"
                          " example \"answered\"\n  reported 2010-02-01 10:00\n  case incident\n  at 2010-02-01 10:30 "
                          "expect open\n"
                          "duty four \"Answered\"\n cite x\n owner dci\n when children is not answered and case is "
                          "answered\n from reported\n due after 1 hour\n done attended\n"
                          " example \"unknown is no answer\"\n  reported 2010-02-01 10:00\n  case incident\n  children "
                          "unknown at 2010-02-01 10:10\n  at 2010-02-01 10:30 expect open\n"
                          " example \"none is one\"\n  reported 2010-02-01 10:00\n  case incident\n  children none at "
                          "2010-02-01 10:10\n  at 2010-02-01 10:05 expect open\n  at 2010-02-01 10:30 expect not "
                          "asked\n");
}

static void conditions_over_entries_and_moments(void **unused)
{
    holds(HEAD DUTY
        "    when (flag dv or attended) and no review qa and active and not closed\n    from reported\n    due after 1 "
        "hour\n    done restricted\n" CASE("attended") "        attended 2010-02-01 10:10\n        at 2010-02-01 10:30 "
                                                       "expect open\n        at 2010-02-01 10:05 expect not "
                                                       "asked\n" CASE("reviewed") "        flag dv at 2010-02-01 "
                                                                                  "10:10\n        review qa at "
                                                                                  "2010-02-01 10:20\n        at "
                                                                                  "2010-02-01 10:15 expect open\n      "
                                                                                  "  at 2010-02-01 10:30 expect not "
                                                                                  "asked\n" CASE(
                                                                                      "closed") "        flag dv at "
                                                                                                "2010-02-01 10:10\n    "
                                                                                                "    closed 2010-02-01 "
                                                                                                "10:20\n        at "
                                                                                                "2010-02-01 10:30 "
                                                                                                "expect not asked\n"
                                                                                                "duty two \"Owner\"\n "
                                                                                                "cite x\n owner dci\n "
                                                                                                "when owner is csu or "
                                                                                                "scd2\n from "
                                                                                                "reported\n due after "
                                                                                                "1 hour\n done "
                                                                                                "restricted\n"
                                                                                                " example "
                                                                                                "\"accepted\"\n  "
                                                                                                "reported 2010-02-01 "
                                                                                                "10:00\n  offer to csu "
                                                                                                "at 2010-02-01 10:00 "
                                                                                                "accepted 2010-02-01 "
                                                                                                "10:20\n  at "
                                                                                                "2010-02-01 10:10 "
                                                                                                "expect not asked\n  "
                                                                                                "at 2010-02-01 10:30 "
                                                                                                "expect open\n"
                                                                                                "duty three "
                                                                                                "\"Consent\"\n cite "
                                                                                                "x\n owner dci\n when "
                                                                                                "latest answer of "
                                                                                                "consent to "
                                                                                                "victim-support is "
                                                                                                "given\n from "
                                                                                                "reported\n due after "
                                                                                                "1 hour\n done "
                                                                                                "restricted\n"
                                                                                                " example \"given\"\n  "
                                                                                                "reported 2010-02-01 "
                                                                                                "10:00\n  consent to "
                                                                                                "marac answer "
                                                                                                "refused\n  consent to "
                                                                                                "victim-support answer "
                                                                                                "given\n  at "
                                                                                                "2010-02-01 10:30 "
                                                                                                "expect open\n");
}

static void fields_can_be_given_or_not(void **unused)
{
    holds(HEAD DUTY
        "    when assessment without grade and reference with number \"7\"\n    from reported\n    due after 1 hour\n  "
        "  done referral marac without restricted, any time\n" CASE(
            "ungraded") "        assessment at 2010-02-01 10:10\n        reference cris number \"7\" at 2010-02-01 "
                        "10:10\n        referral marac restricted at 2010-02-01 10:11\n        at 2010-02-01 10:30 "
                        "expect open\n" CASE("another number") "        assessment at 2010-02-01 10:10\n        "
                                                               "reference cris number \"8\" at 2010-02-01 10:10\n      "
                                                               "  at 2010-02-01 10:30 expect not asked\n");
}

static void duties_can_wait_for_duties_in_any_order(void **unused)
{
    holds(HEAD "duty x \"Last\"\n cite x\n owner dci\n from duty y fulfilled, else duty y due\n due after 1 hour\n "
               "done review qa\n"
               " example \"lies ahead\"\n  reported 2010-02-01 10:00\n  at 2010-02-01 10:30 expect waiting due "
               "2010-02-01 13:00\n  at 2010-02-01 12:30 expect open\n"
               " example \"done\"\n  reported 2010-02-01 10:00\n  attended 2010-02-01 11:30\n  at 2010-02-01 11:45 "
               "expect open due 2010-02-01 12:30\n"
               "duty y \"Middle\"\n cite x\n owner dci\n when duty z asked\n from duty z opens\n due after 2 hours\n "
               "done attended\n"
               "duty z \"First\"\n cite x\n owner dci\n from reported\n due after 1 hour\n done attended\n");
}

static void what_all_duties_need_and_the_duty_that_needs_it_not(void **unused)
{
    holds(HEAD "all duties \"Domestic\"\n    cite BD 1.13\n    when cad result is not not-domestic\n" DUTY
               "    from reported\n    due after 1 hour\n    done attended\n" CASE(
                   "not domestic") "        cad result not-domestic\n        at 2010-02-01 10:30 expect not asked\n"
                                   "duty two \"Any case\"\n cite x\n owner dci\n any case\n from reported\n due after "
                                   "1 hour\n done attended\n"
                                   " example \"not domestic\"\n  reported 2010-02-01 10:00\n  cad result "
                                   "not-domestic\n  at 2010-02-01 10:30 expect open\n");
}

static void a_file_can_add_words(void **unused)
{
    static const char text[] =
        HEAD "vocabulary review adds peer \"Peer review\", threat-to-life \"Threat to life\"\n" DUTY
             "    from first review peer\n    due after 1 hour\n    done review threat-to-life\n" CASE(
                 "a new word") "        review peer at 2010-02-01 11:00\n        at 2010-02-01 11:30 expect open\n";
    Policy *p;
    char *page = problems_of(text, sizeof text - 1, &p);

    assert_string_equal(page, "");
    assert_int_not_equal(vocab_code(policy_vocabs(p), VOCAB_REVIEW, "peer"), CODE_NONE);
    assert_string_equal(policy_duty(p, 0)->review, "threat-to-life");
    mem_free(page);
    policy_free(&p);
}

static void layout_is_free_where_it_can_be(void **unused)
{
    holds("\xEF\xBB\xBFpolicy test \"CRLF, tabs, a mark in front\"\r\n# note\r\nduty one \"A \\\"duty\\\"\" # "
          "note\r\n\tcite   local # note\r\n\towner  csu-ds\r\n"
          "\twhen   case is crime\r\n\t\tand flag dv   # continued\r\n\t\tand (flag sso\r\n\t\t\tor flag pe)\r\n\tfrom "
          "  later of\r\n\t\treported,\r\n\t\tattended\r\n\tdue after 1 hour\r\n\tdone restricted");
}

/* ---- what the forms are told ---- */

static void a_duty_says_which_form_fulfils_it(void **unused)
{
    static const struct {
        const char *id, *review, *preset;
        CaseListId list;
    } rows[] = {
        { "attend", NULL, "attended_at", LIST_COUNT },
        { "book-124d", NULL, "", LIST_BOOKS },
        { "book-index", NULL, "", LIST_BOOKS },
        { "cris-merlin-xref", NULL, "in=cris to=merlin", LIST_CROSS_REFERENCES },
        { "cris-carries-risk", NULL, "in=cris to=risk", LIST_CROSS_REFERENCES },
        { "cris-number", NULL, "system=cris", LIST_REFERENCES },
        { "ds-supervision", "ds-supervision", "kind=ds-supervision", LIST_REVIEWS },
        { "dmm", "dmm", "kind=dmm", LIST_REVIEWS },
        { "high-risk-referral", NULL, "to=idva", LIST_REFERRALS },
        { "hbv-restricted-marac", NULL, "to=marac restricted=yes", LIST_REFERRALS },
        { "hbv-high", NULL, "grade=high", LIST_ASSESSMENTS },
        { "initial-risk", NULL, "stage=initial", LIST_ASSESSMENTS },
        { "marac-dash", NULL, "instrument=dash-2009", LIST_ASSESSMENTS },
        { "transfer-acceptance", NULL, "", LIST_OWNERS },
        { "scd2-offer", NULL, "unit=scd2", LIST_OWNERS },
        { "staff-pe-flag", NULL, "flag=pe", LIST_FLAGS },
        { "staff-restricted", NULL, "restricted_at", LIST_COUNT },
        { "victim-update", NULL, "with=victim result=spoke kind=update", LIST_CONTACTS },
        { "wcu-safe-contact", NULL, "to=wcu", LIST_NOTICES },
    };
    Policy *p = standard_policy();

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const PolicyDuty *d = policy_duty_by_id(p, rows[i].id);
        assert_non_null(d);
        assert_string_equal(d->preset, rows[i].preset);
        assert_int_equal(d->list, rows[i].list);
        assert_true(str_eq(d->review, rows[i].review));
    }
    policy_free(&p);
}

static void the_standard_policy_has_its_53_duties_in_order_with_short_titles(void **unused)
{
    Policy *p = standard_policy();

    assert_string_equal(policy_id(p), POLICY_STANDARD);
    assert_int_equal(strlen(policy_hash(p)), 64);
    assert_int_equal(policy_duty_count(p), 53);
    for (size_t i = 0; i < 53; i++) {
        const PolicyDuty *d = policy_duty(p, i);
        assert_true(i == 0 || strcmp(policy_duty(p, i - 1)->id, d->id) < 0);
        assert_in_range(strlen(d->title), 1, 40);
        assert_true(strncmp(d->cite, "BD ", 3) == 0 || strncmp(d->cite, "WF ", 3) == 0);
        assert_true(strncmp(d->text, "duty ", 5) == 0 && d->line > 0);
    }
    assert_null(policy_duty_by_id(p, "no-such-duty"));
    policy_free(&p);
    policy_free(&p);
}

static int start(void **unused)
{
    Err err;

    return crypto_start(&err) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_absolute_and_days_keep_the_wall_clock),
        cmocka_unit_test(working_days_leave_out_weekends_and_bank_holidays),
        cmocka_unit_test(times_of_day_and_the_end_of_the_day),
        cmocka_unit_test(a_cap_that_is_earlier_or_lies_between),
        cmocka_unit_test(what_counts_as_done_depends_on_the_opening),
        cmocka_unit_test(a_duty_every_so_often_begins_again_when_it_is_done),
        cmocka_unit_test(an_end_makes_void_or_missed_and_can_be_forgotten),
        cmocka_unit_test(one_for_each_entry_in_order_of_time),
        cmocka_unit_test(moments_can_be_compared),
        cmocka_unit_test(the_start_of_the_present_run),
        cmocka_unit_test(people_are_picked_by_what_is_known_and_by_each_other),
        cmocka_unit_test(unknown_is_not_no),
        cmocka_unit_test(conditions_over_entries_and_moments),
        cmocka_unit_test(fields_can_be_given_or_not),
        cmocka_unit_test(duties_can_wait_for_duties_in_any_order),
        cmocka_unit_test(what_all_duties_need_and_the_duty_that_needs_it_not),
        cmocka_unit_test(a_file_can_add_words),
        cmocka_unit_test(shifts_begin_when_the_file_says_or_at_seven_three_and_eleven),
        cmocka_unit_test(layout_is_free_where_it_can_be),
        cmocka_unit_test(a_duty_says_which_form_fulfils_it),
        cmocka_unit_test(the_standard_policy_has_its_53_duties_in_order_with_short_titles),
    };

    return cmocka_run_group_tests_name("policy language", tests, start, NULL);
}
