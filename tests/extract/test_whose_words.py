"""Who says it (reading rule 21), by families of sentences; "-" is the outlet itself."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.evals.names import voices_agree
from harmledger.extract import ClaimExtractor

NOBODY = "-"
SAID = [
    ("Parents, who keep a list of their own, say 63 pupils were taken by the gunmen.", "Parents"),
    ("It lost 22 soldiers in the ambush, according to a list seen by this newspaper.", "list"),
    ("Of the dead, 94 were children, the Mine Registry found.", "Mine Registry"),
    ("At least nine people died in the strike, by the account of two survivors.", "survivors"),
    ("By the hospital's count, 14 people were killed in the bombing.", "hospital"),
    ("Figures from the health ministry put the dead at 32 in the airstrike.", "health ministry"),
    ("A police statement put the number of killed in the bombing at nine.", "police"),
    ("A statement from the army said rebels had killed nine villagers.", "army"),
    ("In a statement, the army said rebels had killed nine villagers.", "army"),
    ("In a post on X, the mayor wrote that shelling had killed nine people.", "mayor"),
    ('"They shot nine of us," Amina Yusuf recalled.', "Amina Yusuf"),
    ('"They shot nine of us," says Amina, her hand on the grave.', "Amina"),
    ("Amina Yusuf counted nine bodies after gunmen attacked the market.", "Amina Yusuf"),
    ("Asked about the raid, the colonel replied that soldiers had killed nobody.", "colonel"),
    ("The mayor's office tells us that nine people were killed in the shelling.", "mayor's office"),
    ("The mayor confirmed to AFP that nine people were killed in the shelling.", "mayor"),
    ("Local media, quoting police, reported that gunmen killed nine people.", "police"),
    ("Local media reported, citing police, nine people killed by gunmen.", "police"),
    ("Reuters, citing two officials, reported that the strike killed nine.", "officials"),
    ("Citing witnesses, the Daily Post said gunmen killed nine people.", "witnesses"),
    ("Nine people were killed in the strike, the ministry announced on Telegram.", "ministry"),
    ("Nine people were killed in the strike (source: ministry of health).", "ministry of health"),
    ("As per the police, gunmen killed nine people.", "police"),
    ("The army maintains that nine fighters were killed in the raid.", "army"),
    ("The army insisted its raid had killed only fighters, nine in all.", "army"),
    ("The rights group documented nine killings by soldiers in Bama.", "rights group"),
    ("The monitor logged nine deaths from shelling in Taiz.", "monitor"),
    ("The hospital received nine bodies after the strike.", "hospital"),
    ("Doctors counted nine dead after the strike.", "Doctors"),
    ("The bishop spoke of nine dead in the attack.", "bishop"),
    ("The bishop lamented the killing of nine parishioners by gunmen.", "bishop"),
    ("The president condemned the attack in which nine people were killed.", "-"),
    ("The council is investigating the death of nine people in the strike.", "-"),
    ("The court found that soldiers had killed nine villagers in 1985.", "court"),
    ("The indictment alleges that soldiers killed nine villagers in 1985.", "indictment"),
    ("Prosecutors say soldiers killed nine villagers in 1985.", "Prosecutors"),
    ("The judges held that nine villagers were killed by soldiers in 1985.", "judges"),
    ("The witness testified that soldiers killed nine villagers.", "witness"),
    ("A survivor who asked not to be named said soldiers killed nine villagers.", "survivor"),
    ("One man who escaped through a window said gunmen shot nine people.", "man"),
    ("He added that gunmen shot nine people.", "He"),
    ('"Nine people died in the shelling," the surgeon, Ali Hassan, said.', "Ali Hassan"),
    ('"Nine people died in the shelling," Ali Hassan, the surgeon on duty, said.', "Ali Hassan"),
    ('"Nine people," she said, "were shot by the soldiers."', "she"),
    ('Said the mayor: "Nine people died in the shelling."', "mayor"),
    ('The mayor: "Nine people died in the shelling."', "mayor"),
    ("Mayor Ali Hassan: nine people died in the shelling.", "Ali Hassan"),
    ("Mayor's office: nine killed by shelling in Kherson", "Mayor's office"),
    ("Nine killed by shelling in Kherson, mayor says", "mayor"),
    ("Officials: nine killed by shelling in Kherson", "officials"),
    ("UN: nine civilians killed by shelling in Kherson", "UN"),
    ("Strike kills nine in Kherson, says ministry of health", "ministry of health"),
    ("The agency SANA said shelling killed nine people.", "SANA"),
    ("Nine people were killed in the strike, witnesses claimed.", "witnesses"),
    ("The rebels claimed to have killed nine soldiers.", "rebels"),
    ("The rebels claimed nine soldiers killed in the ambush.", "rebels"),
    ("The rebels boasted of killing nine soldiers.", "rebels"),
    ("The army acknowledged that its shells killed nine civilians.", "army"),
    ("The army admitted killing nine civilians in the raid.", "army"),
    ("The army conceded nine civilian deaths in the raid.", "army"),
    ("The army reported nine soldiers killed in an ambush.", "army"),
    ("The army announced the death of nine soldiers in an ambush.", "army"),
    ("The family confirmed the death of its three sons in the strike.", "family"),
    ("Neighbours describe nine people being shot by soldiers.", "Neighbours"),
    ("Neighbours recount how soldiers shot nine people.", "Neighbours"),
    ("Neighbours told how soldiers shot nine people.", "Neighbours"),
    ("The UN estimates that 900 people were killed in the siege.", "UN"),
    ("An estimated 900 people were killed in the siege, according to UN figures.", "UN"),
    ("UN figures show 900 people killed in the siege.", "UN"),
    ("Home Department figures show 87 people killed by bombs.", "Home Department"),
    ("The report says 900 people were killed in the siege.", "report"),
    ("A UN report published on Monday says 900 people were killed in the siege.", "UN"),
    ("An Amnesty report documents 900 killings in the siege.", "Amnesty"),
    ("Amnesty's researchers documented 900 killings in the siege.", "Amnesty's researchers"),
    ("Hospital sources told this newspaper of nine people killed by a drone.", "Hospital sources"),
    ("The morgue had taken in nine bodies from the strike by noon, its director said.", "director"),
    ("This reporter saw nine bodies after the strike.", "-"),
    ("We counted nine bodies after the strike, wrote the monks in a letter.", "monks"),
    ("In a letter to the Security Council, Chad said bandits had killed nine herders.", "Chad"),
    ("Chad accuses Sudanese bandits of killing nine herders.", "Chad"),
    ("Speaking by phone from Bama, a trader said gunmen shot nine people.", "trader"),
    ("Reached by phone, a trader said gunmen shot nine people.", "trader"),
    ("A trader reached by phone put the dead of the attack at nine.", "trader"),
    ("Ali Hassan of the Red Crescent gave a figure of nine killed in the strike.", "Ali Hassan"),
    ("A figure of nine killed in the strike was given by the Red Crescent.", "Red Crescent"),
    ("The Red Crescent's figure is nine killed in the strike.", "Red Crescent"),
    ("The Red Crescent had earlier spoken of nine killed in the strike.", "Red Crescent"),
    ("It was not clear who fired the shells that killed nine people, police said.", "police"),
    ("Nothing is known of the nine villagers abducted by gunmen, their families say.", "families"),
    ("Villagers told reporters of nine people shot by soldiers.", "Villagers"),
    ("Gunmen killed nine people, according to a list kept by the parish.", "parish"),
    ("Gunmen killed nine people, according to figures the parish gave this paper.", "parish"),
    ("The court was told that soldiers shot nine villagers.", "-"),
    ("# Nine killed by shelling in Kherson: mayor", "mayor"),
    ("# Nine killed by shelling in Kherson – officials", "officials"),
    ("# Officials: nine killed by shelling in Kherson", "officials"),
    ("# Nine killed by shelling in Kherson, says mayor", "mayor"),
    ("# Strike kills nine in Kherson, officials say", "officials"),
    ("# Police: gunmen kill nine in Kirkuk", "Police"),
    ("# Army says it killed nine civilians in error in Kirkuk", "Army"),
    ("# UN says nine civilians killed in Kherson", "UN"),
    ("# Red Cross: nine civilians killed in Kherson", "Red Cross"),
    ("# Nine civilians killed in Kherson - UN", "UN"),
    ("# Nine civilians killed in Kherson, according to UN", "UN"),
    ("# Nine civilians killed in Kherson | UN", "UN"),
    ("Kherson governor Oleksandr Prokudin said shelling killed nine people.", "Prokudin"),
    ("Shelling killed nine people, Kherson governor Oleksandr Prokudin said.", "Prokudin"),
    ("Shelling killed nine people, said Oleksandr Prokudin, the governor.", "Prokudin"),
    ("Regional head Oleksandr Prokudin: shelling killed nine people in Bilozerka.", "Prokudin"),
    ("According to the head of the region, shelling killed nine people in Bilozerka.", "head"),
    ("According to preliminary data from the police, shelling killed nine people.", "police"),
    ("According to preliminary information, shelling killed nine people in Bilozerka.", "-"),
    ("According to unconfirmed reports, shelling killed nine people in Bilozerka.", "-"),
    ("According to local residents, shelling killed nine people in Bilozerka.", "residents"),
    ("According to the victim's brother, soldiers shot him at a checkpoint in Bama.", "brother"),
    ("According to one account, soldiers shot nine people in Bama.", "-"),
    ("By all accounts, soldiers shot nine people in Bama.", "-"),
    ("Reportedly, soldiers shot nine people in Bama.", "-"),
    ("Soldiers are said to have shot nine people in Bama.", "-"),
    ("Soldiers are alleged to have shot nine people in Bama.", "-"),
    ("It is reported that soldiers shot nine people in Bama.", "-"),
    ("It was reported by the police that gunmen shot nine people in Bama.", "police"),
    ("Gunmen were reported by the police to have shot nine people in Bama.", "police"),
    ("The police reported gunmen shooting nine people dead in Bama.", "police"),
    ("The police reported the killing of nine people by gunmen in Bama.", "police"),
    ("The hospital said it had received nine dead and 14 wounded from the shelling.", "hospital"),
    ('"We received nine dead from the shelling," Dr Amal Saleh told the BBC.', "Amal Saleh"),
    ('"We received nine dead from the shelling," the BBC was told by Dr Amal Saleh.', "Amal Saleh"),
    ("The BBC was told by doctors that nine people were killed in the shelling.", "doctors"),
    ("The BBC has been told that nine people were killed in the shelling.", "-"),
    ("The BBC understands that nine people were killed in the shelling.", "BBC"),
    ("The Hamas-run health ministry put the toll of the strike at nine dead.", "health ministry"),
    ("The Israeli military said it had killed nine gunmen in the raid.", "Israeli military"),
    ("An Israeli military spokesperson said soldiers had killed nine gunmen.", "spokesperson"),
    ("The IDF said its soldiers killed nine gunmen in Jenin.", "IDF"),
    ("Israel says its soldiers killed nine gunmen in Jenin.", "Israel"),
    ("Kyiv says Russian shelling killed nine people in Kherson.", "Kyiv"),
    ("Moscow said Ukrainian shelling killed nine people in Donetsk.", "Moscow"),
    ("Ukraine said Russian shelling killed nine people in Kherson.", "Ukraine"),
    ("Russian-installed officials said shelling killed nine people in Donetsk.", "officials"),
    ("Separatist officials in Donetsk said shelling killed nine people.", "officials"),
    ("State news agency IRNA said the strike killed nine people.", "IRNA"),
    ("Iran's state news agency said the strike killed nine people.", "state news agency"),
    ("Iranian state television said the strike killed nine people.", "state television"),
    ("Nine people were killed in the strike, Iranian media reported.", "Iranian media"),
    ("Nine people were killed in the strike, the official news agency WAFA reported.", "WAFA"),
    ("A Palestinian official said the strike killed nine people.", "Palestinian official"),
    ("Two residents, a nurse and an imam, said the strike killed nine people.", "residents"),
    ("Three witnesses said soldiers shot nine people.", "witnesses"),
    ("Witnesses and medics said soldiers shot nine people.", "Witnesses"),
    ("A medic and two witnesses said soldiers shot nine people.", "medic"),
    ("Nurse Amina Bello said soldiers shot nine people.", "Amina Bello"),
    ("Amina Bello, a nurse, said soldiers shot nine people.", "Amina Bello"),
    ("Amina, 34, said soldiers shot nine people.", "Amina"),
    ("One of the survivors, Amina Bello, said soldiers shot nine people.", "Amina Bello"),
    ("A spokesman for the rebels, Ali Musa, said they had killed nine soldiers.", "Ali Musa"),
    ("Rebel spokesman Ali Musa denied killing nine villagers.", "Ali Musa"),
    ("The rebels denied that they had killed nine villagers.", "rebels"),
    ("The rebels, for their part, said the army had shot nine villagers.", "rebels"),
    ("The army for its part said nine rebels were killed.", "army"),
    ("In turn, the army said nine rebels were killed.", "army"),
    ("The army put its own losses at nine dead.", "army"),
    ("The army gave its losses as nine dead.", "army"),
    ("The army would say only that nine soldiers had been killed in the ambush.", "army"),
    ("The army did not say how the nine soldiers were killed in the ambush.", "-"),
    ("Asked how many, the colonel said nine soldiers were killed in the ambush.", "colonel"),
    ("Interviewed by phone, the colonel said nine soldiers were killed in the ambush.", "colonel"),
    ("Human Rights Watch said soldiers killed nine villagers.", "Human Rights Watch"),
    ("HRW has documented the killing of nine villagers by soldiers.", "HRW"),
    ("The inquiry concluded that soldiers killed nine villagers.", "inquiry"),
    ("The report concluded that soldiers killed nine villagers.", "report"),
    ("The verdict states that soldiers killed nine villagers.", "verdict"),
    ("Prosecutors charge him with killing nine villagers in 1985.", "Prosecutors"),
    ("He is accused by prosecutors of killing nine villagers in 1985.", "prosecutors"),
    ("He is accused of killing nine villagers in 1985.", "-"),
    (
        "Nine people were killed when drones hit a bakery in Bara on Monday, the regional "
        "health ministry said, hours after shells fell.",
        "regional health ministry",
    ),
    (
        "Insurgents beheaded five fishermen near Pemba, a relative and two security sources "
        "said on Tuesday, in the fourth raid in ten days.",
        "relative",
    ),
    (
        "Four of the dead were vendors, Col. Ali Musa, the police director, told reporters "
        "after the bombing in Bama.",
        "Ali Musa",
    ),
    (
        "Thirty people were wounded in the bombing of Bama, the health directorate said, and "
        "of those three have since died.",
        "health directorate",
    ),
    (
        "Nine people were shot, the force said, and two rioters shot in Bama needed treatment.",
        "force",
    ),
    (
        "A patrol was ambushed near Bama, leaving nine soldiers dead, the army said; two "
        "others were wounded.",
        "army",
    ),
    (
        "After shelling killed nine people in Bama, the mayor said help was on its way.",
        "-",
    ),
    (
        "On Monday, the mayor said, shelling killed nine people in Bama.",
        "mayor",
    ),
    (
        "In Bama, the mayor said shelling had killed nine people.",
        "mayor",
    ),
    (
        "Chad's border service put its losses in the ambush at five soldiers dead. It said a "
        "mortar round had killed nine people in Bama.",
        "border service",
    ),
    ('"They shot nine of us," the imam said. "They took four girls to the hills."', "imam"),
    (
        '"They came at night," said Amina Yusuf, a teacher in Bama. "They shot nine of us."',
        "Amina Yusuf",
    ),
    (
        "The army raided Bama on Monday, the ministry said. Nine civilians were killed, it added.",
        "ministry",
    ),
    (
        "According to the mayor, shelling began at dawn. He said nine people were killed in Bama.",
        "mayor",
    ),
]


def names(claim: Claim) -> list[str]:
    first = claim.voice[0]
    return [n for n in (first.name, first.organisation, first.role, first.as_written) if n]


@pytest.mark.parametrize(("body", "voice"), SAID, ids=[s[0][:60] for s in SAID])
def test_voice(extractor: ClaimExtractor, body: str, voice: str) -> None:
    claims = read_report(extractor, body).claims
    assert claims
    for claim in claims:
        if voice == NOBODY:
            assert not claim.voice
        else:
            assert claim.voice
            assert voices_agree(voice, names(claim))


NO_VICTIMS = [
    "Reuters, citing two officials, reported that the strike in Idlib killed nine.",
    "At least nine people died in the strike in Idlib, by the account of two survivors.",
    "Nine people died in the strike in Idlib, according to three doctors.",
]


@pytest.mark.parametrize("body", NO_VICTIMS)
def test_who_tells_it_is_not_counted(extractor: ClaimExtractor, body: str) -> None:
    assert [c.quantity.low for c in read_report(extractor, body).of("killed")] == [9]
