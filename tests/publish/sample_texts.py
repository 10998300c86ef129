"""Places, voices and texts of the hand-made view. The texts were written for these tests."""

from __future__ import annotations

from typing import Any

from harmledger.core.claim import Voice
from harmledger.core.document import Capture, Document
from harmledger.core.ids import document_id, sha256_of
from harmledger.core.place import Place

DARFUR = Place(
    as_written="North Darfur",
    name="Northern Darfur",
    gazetteer_id="admin1:SD.55",
    country="SDN",
    lat=15.6,
    lon=25.0,
    precision=4,
    kind="admin1",
)
SUDAN = Place(
    as_written="Sudan",
    name="Sudan",
    gazetteer_id="country:SDN",
    country="SDN",
    precision=6,
    kind="country",
)
GAZA = Place(
    as_written="غزة",
    name="Gaza",
    gazetteer_id="geonames:281133",
    country="PSE",
    lat=31.50161,
    lon=34.46672,
    precision=1,
    kind="town",
    disputed=True,
)
COUNCIL = Voice(
    name="city council",
    organisation="city council",
    side="civil_authority",
    verb="said",
    channel="Telegram",
    as_written="the city council",
)
MSF = Voice(
    name="Médecins Sans Frontières",
    organisation="MSF",
    side="humanitarian",
    verb="said",
    as_written="Médecins Sans Frontières (MSF)",
)
MINISTRY = Voice(name="وزارة الصحة", side="health", verb="قالت", as_written="وزارة الصحة")
ACCUSER = Voice(
    name="Ukrainian officials", side="belligerent:Ukraine", as_written="Ukrainian officials"
)

TEXTS = {
    "mariupol-1": (
        "This example was written for the tests and is no publication.\r\n\r\n"
        "# Three dead, one of them a girl, in Mariupol\r\n\r\n"
        "Three people, one of them a girl, were killed when a maternity hospital in Mariupol was "
        "bombed on Wednesday, the city council said on Thursday. In a message on Telegram it said "
        "17 people had been wounded, among them children.\r\n\r\n"
        "At least 1,207 people have died in Mariupol in nine days of siege, the council said. "
        "A 41-year-old engineer said 200 cars had left.\r\n\r\n"
        "Russia’s defence ministry said the attack was staged.\r\n\r\n"
        "Sign up for our 7 best stories"
    ),
    "mariupol-2": (
        '# <script>alert(1)</script> & "quoted" 18 wounded\n\n'
        "Eighteen people were wounded in the strike on a hospital in Mariupol on 9 March.\n\n"
        "In Zhytomyr two hospitals were damaged; nobody died, the mayor said.\n"
    ),
    "kunduz-1": (
        "Nine staff members of Médecins Sans Frontières were killed in Saturday's bombing in "
        "Kunduz, MSF said. Thirty-seven people were wounded.\n\n"
        "A spokesman for US forces said a strike may have resulted in collateral damage.\n"
    ),
    "kunduz-2": (
        "Nineteen people were killed, MSF said in the evening: 12 staff and seven patients.\n"
    ),
    "kunduz-3": (
        "MSF said on Sunday that 22 people were killed: 12 staff and 10 patients. "
        "General Campbell called the strike a mistake.\n"
    ),
    "kunduz-4": (
        "MSF now counts 42 dead: 14 staff, 24 patients and four caretakers. "
        "It calls the toll of 42 final.\n"
    ),
    "darfur": (
        "Dozens of villagers were killed in North Darfur last week, residents said. "
        "Across Sudan thousands have been displaced.\n"
    ),
    "gaza": "قالت وزارة الصحة إن 471 شخصا قتلوا في المستشفى الأهلي في غزة.\n",
}
ABOUT: dict[str, dict[str, Any]] = {
    "mariupol-1": {
        "title": "Three dead, one of them a girl, in Mariupol hospital strike",
        "source": "Notional News Agency",
        "published_at": "2022-03-10T08:45:00+02:00",
    },
    "mariupol-2": {
        "title": '<script>alert(1)</script> " onmouseover=x Eighteen wounded',
        "source": "The <b>Specimen</b> Courier",
        "published_at": "2022-03-10T12:00:00Z",
        "url": "javascript:alert(1)",
    },
    "kunduz-1": {
        "title": "Nine hospital staff killed in Kunduz",
        "source": "The Specimen Courier",
        "published_at": "2015-10-03T07:45:00Z",
        "url": "https://specimen-courier.example/kunduz",
    },
    "kunduz-2": {
        "title": "Nineteen killed in Kunduz trauma centre",
        "source": "The Template Tribune",
        "published_at": "2015-10-03T19:10:00Z",
    },
    "kunduz-3": {
        "title": "Correction: Kunduz trauma centre",
        "source": "The Template Tribune",
        "published_at": "2015-10-04T14:00:00Z",
    },
    "kunduz-4": {
        "title": "MSF counts 42 dead in Kunduz",
        "source": "Galley Proof Radio",
        "published_at": "2015-12-12T10:00:00Z",
    },
    "darfur": {"title": '=HYPERLINK("x") villages attacked', "source": "Sample Relief Watch"},
    "gaza": {
        "title": "وزارة الصحة: 471 قتيلا",
        "source": "Notional News Agency",
        "language": "ar",
        "published_at": "2023-10-18T18:00:00+03:00",
    },
}


def text_hash(text: str) -> str:
    return sha256_of(text.encode("utf-8"))


TEXT_OF = {text_hash(text): text for text in TEXTS.values()}


def sample_texts(sha: str) -> str:
    return TEXT_OF[sha]


def document(name: str) -> Document:
    content = sha256_of(f"bytes of {name}".encode())
    return Document(
        id=document_id(content),
        name=name,
        sha256=content,
        media_type="text/markdown",
        text_sha256=text_hash(TEXTS[name]),
        reader="markdown@1",
        origin_group=f"org_{name}",
        published_from="front_matter" if "published_at" in ABOUT[name] else None,
        example=name != "gaza",
        captures=(
            Capture(
                captured_at="2026-01-02T03:04:05Z",
                path=f"reports/{name}.md",
                method="file",
                tool="harmledger@0",
            ),
        ),
        **{"language": "en", **ABOUT[name]},
    )


DOCUMENTS = {name: document(name) for name in TEXTS}
