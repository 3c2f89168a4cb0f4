#!/usr/bin/env python3
"""Cases that were closed long ago, for the script about how long cases are kept. Made-up people."""

import json


def case(key, year, closed, offence, family, outcome, **more):
    at = f"{year}-01-02T10:00:00Z"
    doc = {
        "format": "book124.case/1", "id": key, "borough": "KG", "reported_at": at, "reported_how": "call", "kind": "crime",
        "offences": [{"class": offence, "at": at}],
        "people": [{"key": "v1", "role": "victim", "family": family, "given": "Anne", "born": "1961-03-04", "recorded_at": at}],
        "owners": [{"unit": "csu", "offered_at": at, "accepted_at": at}],
        "closed_at": closed, "outcome": outcome,
    }
    doc.update(more)
    print(json.dumps(doc, ensure_ascii=False))


case("KG-0LDAS", 1998, "1998-11-20T12:00:00Z", "rape", "Placeholder", "charged")
case("KG-0LDBS", 1999, "1999-05-03T12:00:00Z", "s20", "Example", "charged")
case("KG-0LDCS", 2001, "2001-03-09T12:00:00Z", "criminal-damage", "Nobody", "undetected")
case("KG-0LDDS", 2002, "2002-06-01T12:00:00Z", "criminal-damage", "Nobody", "cautioned")
case("KG-0LDES", 2003, "2003-09-30T12:00:00Z", "s47", "Mustermann", "charged")
