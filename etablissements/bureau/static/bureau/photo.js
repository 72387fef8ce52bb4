/* Without this script everything works; with it a photo weighs little on a slow line, and is seen before it is sent. */
(() => {
  const COTE = 2000;
  const QUALITE = 0.85;
  const champ = document.getElementById("id_photo");
  if (!champ) return;
  if (!window.createImageBitmap || !window.DataTransfer) return;

  const reduire = async (fichier) => {
    const image = await createImageBitmap(fichier, { imageOrientation: "from-image" });
    const echelle = Math.min(1, COTE / Math.max(image.width, image.height));
    const toile = document.createElement("canvas");
    toile.width = Math.round(image.width * echelle);
    toile.height = Math.round(image.height * echelle);
    toile.getContext("2d").drawImage(image, 0, 0, toile.width, toile.height);
    return new Promise((rendre) => toile.toBlob(rendre, "image/jpeg", QUALITE));
  };

  const montrer = (fichier) => {
    let vue = champ.form.querySelector(".redaction__vignette");
    if (!vue) {
      vue = document.createElement("img");
      vue.className = "redaction__vignette";
      champ.closest(".saisie").before(vue);
    }
    URL.revokeObjectURL(vue.src);
    vue.alt = "";
    vue.src = URL.createObjectURL(fichier);
  };

  let enCours = null;

  const alleger = async (fichier) => {
    try {
      const leger = await reduire(fichier);
      if (leger && leger.size < fichier.size) {
        const envoi = new DataTransfer();
        envoi.items.add(new File([leger], fichier.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }));
        champ.files = envoi.files;
      }
      montrer(champ.files[0]);
    } catch {
      /* Not an image that this browser reads: the server says so. */
    }
    enCours = null;
  };

  champ.addEventListener("change", () => {
    if (champ.files[0]) enCours = alleger(champ.files[0]);
  });
  champ.form.addEventListener("submit", async (envoi) => {
    if (!enCours) return;
    envoi.preventDefault();
    await enCours;
    champ.form.requestSubmit(envoi.submitter);
  });
})();
