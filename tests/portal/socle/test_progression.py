"""The progress bar, on a terminal and in a log."""

from portal.socle import progression
from portal.socle.progression import Progression


def dessiner(total: int, *, terminal: bool, pas: int = 1) -> str:
    ecrits: list[str] = []
    with Progression(libelle="Écoles", total=total, ecrire=ecrits.append, terminal=terminal) as barre:
        for _rang in range(total // pas):
            barre.avancer(pas)
    return "".join(ecrits)


def test_dans_un_journal_une_ligne_par_dixieme() -> None:
    assert dessiner(1000, terminal=False).splitlines() == [f"Écoles {rang}00/1000" for rang in range(1, 11)]
    assert dessiner(3, terminal=False).splitlines() == ["Écoles 1/3", "Écoles 2/3", "Écoles 3/3"]


def test_sur_un_terminal_une_seule_ligne_redessinee(monkeypatch) -> None:
    monkeypatch.setattr(progression.time, "monotonic", lambda: 0.0)
    texte = dessiner(1000, terminal=True)
    assert texte == "\rÉcoles " + "█" * 30 + " 1000/1000\n"


def test_le_terminal_se_redessine_avec_le_temps(monkeypatch) -> None:
    instants = iter(range(1, 100))
    monkeypatch.setattr(progression.time, "monotonic", lambda: float(next(instants)))
    assert dessiner(2, terminal=True).startswith("\rÉcoles " + "█" * 15 + "·" * 15 + " 1/2\r")


def test_sans_rien_a_faire_rien_ne_se_dessine() -> None:
    assert dessiner(0, terminal=False) == dessiner(0, terminal=True) == ""
    ecrits: list[str] = []
    Progression(libelle="x", total=0, ecrire=ecrits.append, terminal=False).avancer()
    assert ecrits == []
