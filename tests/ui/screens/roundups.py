#!/usr/bin/env python3
"""Cases for the scripts about Operation Roundup: one suspect with warnings, an address and attempts, one whose address is the victim's too,
and one whose bail failed. Made-up people."""

import json

WHEN = "2010-01-%02dT10:00:00Z"


def case(key, day, grade, suspect, **more):
    doc = {
        "format": "book124.case/1", "id": key, "borough": "KG", "reported_at": WHEN % day, "reported_how": "call", "kind": "crime",
        "incident": {"from": WHEN % (day - 1), "place": "12 Example Road"},
        "offences": [{"class": "s47", "at": WHEN % day}],
        "flags": [{"flag": "dv", "at": WHEN % day}],
        "people": [
            {"key": "v1", "role": "victim", "family": "Example", "given": "Anne", "recorded_at": WHEN % day},
            {"key": "s1", "role": "suspect", "born": "1976-03-04", "sex": "male", "recorded_at": WHEN % day,
             "status": [{"status": "outstanding", "at": WHEN % day}], **suspect},
        ],
        "assessments": [{"instrument": "specss-plus", "stage": "initial", "by": "900001", "at": WHEN % day, "grade": grade,
                         "rationale": "He said that he would come back."}],
        "owners": [{"unit": "csu", "offered_at": WHEN % day, "accepted_at": WHEN % day}],
    }
    doc.update(more)
    print(json.dumps(doc, ensure_ascii=False))


case("KG-R0ADS", 4, "high",
     {"family": "Placeholder", "given": "Paul", "address": "Flat 3, 40 Made-up Mews",
      "warnings": "Violent to police; a large dog in the hall."},
     attempts=[
         {"person": "s1", "place": "Flat 3, 40 Made-up Mews", "result": "no-reply", "by": "900006", "at": "2010-01-12T06:10:00Z"},
         {"person": "s1", "place": "His mother's, 9 Fictitious Close", "result": "information", "by": "900006",
          "at": "2010-01-20T06:30:00Z", "text": "He works at the market on Saturdays."}])
case("KG-H0MES", 11, "high",
     {"family": "Nobody", "given": "Ivan", "address": "71 Hidden Lane"},
     safe_contacts=[{"person": "v1", "way": "letter", "value": "71 Hidden Lane", "rule": "do-not-use", "voicemail": False, "by": "900006",
                     "at": WHEN % 11}])
case("KG-BA1LS", 18, "medium",
     {"family": "Testperson", "given": "Ewan", "address": "5 Nowhere Hill"},
     bail=[{"key": "b1", "person": "s1", "conditions": ["no-contact"], "until": "2010-01-25T10:00:00Z", "by": "900006", "at": WHEN % 19}],
     breaches=[{"of": "b1", "by": "900006", "at": "2010-01-22T21:00:00Z", "text": "He waited outside the school."}])
