/* sample.c — the documents that the tests of the paper print. */
#include "sample.h"

#include <stdio.h>

static const PaperHead head = {
    .marking = "RESTRICTED",
    .title = "Report book 124D",
    .subject = "KG-7F3Q2 · book 7F3Q2-1 · version 2",
    .foot = "Printed Mon 1 Feb 2010 09:12 by 900007. Digest "
            "3f2a9c51d07be4486a1f0c92b35de7f4a8816c0e2b94d7735f61ac08e9d2b344",
};

const char *const sample_texts[] = { "Zoë Nobody-Example", "Łukasz Nikt", "Анна Никто", "Ελένη Κανένα",
    "14 Invented Row, Nowhere", "She asked that nobody telephones", "Kept by the reporting officer", "Sgt Nemo 900008",
    "Broken reading glasses", "Left upper arm", NULL };

static const char drawing[] = "        .-~~~-.                .-~~~-.\n"
                              "       ( front )              ( back  )\n"
                              "        `-. .-'                `-. .-'\n"
                              "      .---' '---.            .---' '---.\n"
                              "     /  |  1  |  \\          /  |     |  \\\n"
                              "    /  /|     |\\  \\        /  /|  2  |\\  \\\n"
                              "   '--' |     | '--'      '--' |     | '--'\n"
                              "        |  |  |                |  |  |\n"
                              "        |  |  |                |  |  |\n"
                              "        '--'--'                '--'--'\n"
                              "   1  Left upper arm: bruise, about 4 cm, yellow at the edge\n"
                              "   2  Right shoulder blade: graze";

static void people(Paper *p)
{
    paper_heading(p, 1, "Persons");
    paper_heading(p, 2, "Victim");
    paper_field(p, "Name", "Zoë Nobody-Example");
    paper_field(p, "Born", "3 Mar 1979");
    paper_field(p, "Address", "14 Invented Row, Nowhere\nBuilding C, second floor");
    paper_field(p, "Safe way to reach her",
        "She asked that nobody telephones after six in the evening; a text message to the "
        "number of her sister, who does not exist either, is safe at any time.");
    paper_field(p, "Other names in use", "Łukasz Nikt, Анна Никто, Ελένη Κανένα, محمد لا أحد, 王無名");
    paper_field(p, "Does anybody in the household need an interpreter, and in which language", "No");
    paper_field(p, "Occupation", "");
    paper_heading(p, 2, "What happened, in her own words");
    paper_field(p, "Account",
        "He came home at about ten. I had put the children to bed. We spoke about the rent, which was late again, and "
        "he threw the "
        "lamp at the wall beside me and then held me by the arm and shook me until the small one came down the "
        "stairs.\n\n"
        "Nobody in this account is real. It is written so that a page has an account of some length on it, with two "
        "paragraphs, and so that one sees how an answer stands below its label when it has more to say than the column "
        "holds.");
}

static void things(Paper *p)
{
    static const char *const heads[] = { "Exhibit", "What it is", "Where it is kept" };
    static const int shares[] = { 2, 6, 5 };
    static const char *const cells[] = { "ZNE/1", "Photographs of the injuries, six", "Kept by the reporting officer",
        "ZNE/2", "Broken reading glasses, both lenses gone, in an envelope that was sealed in her presence",
        "Property store", "ZNE/3", "A letter", "Property store" };

    paper_heading(p, 1, "Injuries and exhibits");
    paper_mono(p, drawing);
    paper_table(p, heads, shares, 3, cells, 3);
    paper_note(p, "Exhibits are listed as they were when this version was closed. What was added afterwards is in the "
                  "next version.");
}

Paper *sample_report(bool training)
{
    PaperHead h = head;
    Paper *p;

    h.training = training;
    p = paper_new(&h);
    people(p);
    things(p);
    paper_heading(p, 1, "Decisions");
    paper_text(p, "The suspect was arrested at the address and taken to a station that does not exist. The children "
                  "were seen, awake and "
                  "well, and went with their mother to her sister's. The duty inspector was told at 23:40.");
    paper_text(p, "This report is complete as far as it was known at the time of printing.");
    paper_rule(p);
    paper_field(p, "Supervised", "Yes, no further lines of enquiry");
    paper_space(p);
    paper_field(p, "Next review", "8 Feb 2010");
    paper_signature(p, "Reporting officer", NULL);
    paper_signature(p, "Supervising officer", "Sgt Nemo 900008, Mon 1 Feb 2010 08:55");
    return p;
}

Paper *sample_of_rows(size_t rows)
{
    static const char *heads[] = { "No.", "When", "What was done" };
    static const int shares[] = { 1, 3, 7 };
    const char *cells[3] = { "0", "Mon 1 Feb 2010 09:12",
        "Nothing was done, by nobody, and it is written here at some length" };
    static char number[32];
    Paper *p = paper_new(&head);

    paper_heading(p, 1, "Log");
    snprintf(number, sizeof number, "%zu", rows);
    cells[0] = number;
    for (size_t i = 0; i < rows; i += 50) {
        const char *many[150];
        for (size_t j = 0; j < 150; j++) many[j] = cells[j % 3];
        paper_table(p, heads, shares, 3, many, 50);
    }
    return p;
}

Paper *sample_of_odd_texts(void)
{
    static const char *const heads[] = { "Wide", "From the right", "Endless" };
    static const int shares[] = { 1, 1, 1 };
    static const char *const cells[] = { "王無名住在一個不存在的地方，那裡沒有人",
        "محمد لا أحد يسكن في مكان لا وجود له", "an-endless-word-without-a-blank-to-part-it-at" };
    Paper *p = paper_new(&(PaperHead){ .marking = "RESTRICTED", .title = "Odd texts", .subject = "nobody" });

    paper_field(p, "Wide", "王無名住在一個不存在的地方，那裡沒有人，也沒有任何人會去那裡。");
    paper_field(p, "From the right", "محمد لا أحد يسكن في مكان لا وجود له ولا يعرفه أحد");
    paper_field(p, "Joined",
        "Zoe\u0308 e\u0301\u0302\u0303 नमस्ते ภาษาไทย 👍🏽 🇬🇧 한국어");
    paper_field(p, "Hostile", "turned \u202Eround, \x1B[2J cleared, \x07 rung, broken \xFF and \xE2\x82");
    paper_field(p, "Endless", "an-endless-word-without-a-blank-to-part-it-at-which-therefore-ends-at-the-edge");
    paper_field(p, "王無名住在一個不存在的地方的名字", "a wide label");
    paper_table(p, heads, shares, 3, cells, 1);
    return p;
}
