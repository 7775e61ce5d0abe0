"""Danish and English words that do not tell what an idea is about, so that they are not compared (docs/rules.md section 9)."""

from __future__ import annotations

_DANISH_STOP_WORDS = frozenset(
    """
    ad af aldrig alle alt altid anden andet andre at bare begge blandt blev blive bliver både burde
    bør da de dem den denne der deres det dette dig din dine disse dit dog du efter ej eller en end
    endnu er et få får før for fordi fra gennem gerne går gør gøre ham han hans har havde have hele
    hen hende hendes her hinanden hos hun hvad hvem hver hvert hvilke hvilken hvis hvor hvordan
    hvorfor hvornår i igen ikke imellem ind inden ingen intet ja jeg jer jeres jo kan kom komme
    kommer kun kunne lad lade lave lidt lige man mange med meget mellem men mens mere mest mig min
    mindre mine mit mod må måske måtte ned nej nogen noget nogle nok nu når og også om omkring op os
    over på samme samt se selv selvom sig sin sine sit skal skulle slags som stadig så sådan ting
    til ud uden under var ved vi via vil ville vores være været
    """.split()  # noqa: SIM905
)

_DANISH_POLICY_WORDS = frozenset(
    """
    aktør aktører alment arbejde arbejder arbejdes bedre borger borgere borgerne borgernes fokus
    forbedre forbedring fremme fremtid fremtidens forslag flere færre god gode godt idé idéer
    indsats indsatser indsatsen kommune kommunal kommunale kommunen kommunens kommuner løsning
    løsninger mulighed muligheder muligt mål målet nye ny nyt område områder politik politikere
    politisk problem problemer projekt projekter ramme rammer sammen samarbejde sikre sikrer skabe
    skaber større styrke styrker støtte støtter understøtte understøtter udvikle udvikling øge øger
    """.split()  # noqa: SIM905
)

_ENGLISH_STOP_WORDS = frozenset(
    """
    a about above after again against all also always am an and another any are as at be because
    been before being below between both but by can could did do does doing down during each every
    few for from further get had has have having he her here hers him his how i if in into is it its
    itself just let like made make many me might more most much must my never no nor not now of off
    often on once one only or other our ours out over own per quite rather same shall she should
    since so some still such than that the their theirs them then there these they thing things this
    those through to too under until up upon us use used very via was we were what when where
    whether which while who whom why will with within without would yes yet you your yours
    """.split()  # noqa: SIM905
)

_ENGLISH_POLICY_WORDS = frozenset(
    """
    better citizen citizens collaborate collaboration council councils create creating develop
    development effort efforts ensure ensuring fewer focus framework future goal goals good great
    idea ideas improve improving improvement increase increasing initiative initiatives issue issues
    less municipal municipality new opportunities opportunity people policy policies political
    politicians possible problem problems project projects promote promoting proposal solution
    solutions strengthen strengthening support supporting together work working
    """.split()  # noqa: SIM905
)

DROPPED: dict[str, frozenset[str]] = {
    "da": _DANISH_STOP_WORDS | _DANISH_POLICY_WORDS,
    "en": _ENGLISH_STOP_WORDS | _ENGLISH_POLICY_WORDS,
}
"""The words dropped before comparing, by language."""
