"""Invented names in several scripts, planted wherever a document or a decision can hold a name."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

SYLLABLES = {
    "latin": "zor vek tul brin dax mop quel yav hrot fen skal wib ",
    "cyrillic": "зор век тул брин дак моп квел яв хрот фен скал виб ",
    "arabic": "زور فيك تول برن داك موب كول ياف روت فين ",
    "hebrew": "זור ויק טול ברן דאק מופ קול יאב רות פין ",
    "devanagari": "ज़ोर वेक तूल ब्रिन डैक मोप क्वेल याव ",
    "ethiopic": "ዞር ቬክ ቱል ብሪን ዳክ ሞፕ ኬል ያቭ ",
    "han": "佐 薇 图 宾 达 莫 魁 雅 罗 芬 斯 维 ",
    "georgian": "ზორ ვეკ ტულ ბრინ დაკ მოპ ყველ იავ ",
}
SENTENCES = (
    "A resident, {0}, said 4 people were killed and 9 injured when shells hit a market in {town} "
    "on 3 May 2023. Among the dead was {1}, 34, a teacher.",
    "{0}, who lost his brother, told us that soldiers killed three men in {town} on 4 May 2023. "
    "The wounded included {1} and her daughter {2}.",
    "Neighbours blamed {0} for the shooting of five people in {town} on 5 May 2023, said {1}.",
    "An air strike hit the hospital in {town} on 6 May 2023 and killed 12 patients, {0} said. "
    "Among the dead was {1}.",
    "The body of {0} was found in {town} on 7 May 2023 with six others, her husband {1} said.",
)
TOWNS = ("Kunduz", "Kharkiv", "Sumy", "Goma", "Aleppo", "Mopti", "Maiduguri", "Zaporizhzhia")


def make_names(count: int, seed: int = 7) -> tuple[str, ...]:
    """``count`` different names of two words, the scripts in turn."""
    chance, found = random.Random(seed), dict[str, None]()
    scripts = list(SYLLABLES)
    while len(found) < count:
        syllables = SYLLABLES[scripts[len(found) % len(scripts)]].split()
        words = ["".join(chance.choices(syllables, k=3)) for _ in range(2)]
        found[" ".join(word[:1].upper() + word[1:] for word in words)] = None
    return tuple(found)


def plant(names: tuple[str, ...], folder: Path) -> dict[str, str]:
    """Reports below ``folder`` with a name in text, title, source, file name and address each.

    Gives name -> where it was planted.
    """
    folder.mkdir(parents=True)
    left = iter(names)
    planted: dict[str, str] = {}

    def take(where: str) -> str:
        name = next(left)
        planted[name] = where
        return name

    for number in range(len(names) // 6):
        sentence = SENTENCES[number % len(SENTENCES)]
        told = [take("text") for _ in range(3)]
        body = sentence.format(*told, town=TOWNS[number % len(TOWNS)])
        address = f"https://reuters.com/world/{quote(take('address').replace(' ', '-'))}"
        head = f"title: {json.dumps('Mourning ' + take('title'), ensure_ascii=False)}\n"
        head += f"url: {address}\nsource: News desk\npublished: 2023-05-08\nlanguage: en\n"
        path = folder / f"{number:03} {take('file name')}.md"
        path.write_text(f"---\n{head}---\n{body}\n", encoding="utf-8")
    return planted


def spellings(name: str) -> tuple[bytes, ...]:
    """The ways a name may stand in a file: plain, escaped for JSON, HTML and addresses, and the
    slug a program would make of it."""
    forms = {
        name,
        json.dumps(name)[1:-1],
        html.escape(name),
        quote(name),
        quote(name.replace(" ", "-")),
        name.replace(" ", "-"),
        name.lower().replace(" ", "-"),
        *(word for word in name.split() if len(word) > 3),
    }
    return tuple(form.encode("utf-8") for form in sorted(forms))


def iter_leaks(content: bytes, names: dict[str, str]) -> Iterator[str]:
    """Every planted name that ``content`` holds in any spelling."""
    for name, where in names.items():
        if any(form in content for form in spellings(name)):
            yield f"{name} ({where})"


def find_leaks(folder: Path, names: dict[str, str]) -> list[str]:
    """Names in the contents or the file names below ``folder``."""
    return [
        f"{path.name}: {leak}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for leak in iter_leaks(path.name.encode() + b"\n" + path.read_bytes(), names)
    ]
