/* Keeps in this tab what is being written, until the portal has it: a session ends, a page is loaded again, a telephone
   closes what it does not show. The token of the form is kept too: what was sent already is changed, not made twice. */
(() => {
  const ENVOI = "redaction:envoi";
  const FAIT = "redaction:fait";
  const EXCLUS = ["csrfmiddlewaretoken", "depot_photo"]; // of this page alone
  const lire = (cle) => JSON.parse(sessionStorage.getItem(cle));
  const ecrire = (cle, valeur) => {
    try {
      sessionStorage.setItem(cle, JSON.stringify(valeur));
    } catch {
      /* No room, or a browser that keeps nothing: the form works without. */
    }
  };
  const envoi = lire(ENVOI);
  sessionStorage.removeItem(ENVOI);

  const form = document.querySelector("form[data-auteur]");
  if (!form) {
    if (envoi && document.querySelector(".messages .success")) {
      sessionStorage.removeItem(envoi.cle);
      ecrire(FAIT, envoi.jeton);
    }
    return;
  }

  const cle = `redaction:${form.dataset.auteur}:${location.pathname.replace(/^\/\w+\//, "/")}`;
  const champs = [...form.elements].filter(
    (champ) => champ.name && !["file", "checkbox", "submit"].includes(champ.type) && !EXCLUS.includes(champ.name),
  );
  const visibles = champs.filter((champ) => champ.type !== "hidden");
  const valeurs = () => Object.fromEntries(champs.map((champ) => [champ.name, champ.value]));
  const dire = (quoi) => {
    form.querySelector(`[data-dire="${quoi}"]`).hidden = false;
  };
  const { jeton } = form.elements;

  const garde = lire(cle);
  if (form.dataset.renvoye) {
    ecrire(cle, valeurs());
  } else if (garde && visibles.some((champ) => (garde[champ.name] ?? "") !== champ.value)) {
    for (const champ of champs) if (champ.name in garde) champ.value = garde[champ.name];
    dire("retrouve");
  } else if (jeton && history.state?.jeton) {
    jeton.value = history.state.jeton;
    if (jeton.value === lire(FAIT)) dire("fait");
  }
  if (jeton) history.replaceState({ ...history.state, jeton: jeton.value }, "");

  form.addEventListener("input", () => ecrire(cle, valeurs()));
  form.addEventListener("submit", () => {
    ecrire(cle, valeurs());
    ecrire(ENVOI, { cle, jeton: jeton?.value });
  });
  form.querySelectorAll("[data-jeter]").forEach((bouton) =>
    bouton.addEventListener("click", () => {
      sessionStorage.removeItem(cle);
      history.replaceState(null, "");
      location.replace(location.pathname);
    }),
  );
})();
