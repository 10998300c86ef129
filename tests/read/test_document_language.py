"""The language by script and commonest words; None rather than a wrong one."""

import pytest

from harmledger.read.language import find_language, guess_language, normalise_tag

SAMPLES = {
    "en": "Three people were killed and nine wounded when a shell hit the market.",
    "uk": "Три людини загинули внаслідок авіаудару по лікарні, повідомила міська рада. Є поранені.",
    "ru": "Три человека погибли при авиаударе, сообщил городской совет. Есть ещё раненые.",
    "ar": "قتل ثلاثة أشخاص في غارة جوية على مستشفى في المدينة وقال المجلس إن العدد من القتلى",
    "fr": "Trois personnes ont été tuées et neuf blessées dans la ville, selon le maire.",
    "es": "Tres personas murieron y nueve resultaron heridas en la ciudad, según el alcalde.",
    "de": "Drei Menschen wurden bei dem Angriff auf die Stadt getötet und neun verletzt.",
    "he": "שלושה בני אדם נהרגו בתקיפה על בית החולים בעיר",
    "my": "လူသုံးဦး သေဆုံးခဲ့သည်ဟု မြို့တော်ဝန်က ပြောသည်",
    "ja": "空爆で三人が死亡したと市長は述べた。",
    "zh": "市长说空袭造成三人死亡九人受伤。",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_guess(language: str) -> None:
    assert guess_language(SAMPLES[language]) == language


def test_capitals_make_no_difference() -> None:
    assert guess_language(SAMPLES["en"].upper()) == "en"


@pytest.mark.parametrize("text", ["", "123 456", "Xyzzy plugh", "Kabul", "en 5"])
def test_unsure_is_none(text: str) -> None:
    assert guess_language(text) is None


@pytest.mark.parametrize(
    ("declared", "tag"),
    [("en-GB", "en"), ("UKR", "uk"), ("en_US.UTF-8", "en"), ("English", "en"), ("ua", "uk"),
     ("no", "no"), ("ckb", "ckb"), ("und", None), ("", None), (None, None), ("12", None),
     ("gibberish", None)],
)  # fmt: skip
def test_tags(declared: str | None, tag: str | None) -> None:
    assert normalise_tag(declared) == tag


def test_a_declared_language_holds_unless_the_script_forbids_it() -> None:
    assert find_language("fr-FR", "Kabul") == "fr"
    assert find_language("fr", SAMPLES["en"]) == "fr"
    assert find_language("en", SAMPLES["uk"]) == "uk"
    assert find_language("uk", SAMPLES["en"]) == "en"
    assert find_language("he", SAMPLES["he"]) == "he"
    assert find_language(None, SAMPLES["en"]) == "en"
