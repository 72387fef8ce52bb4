// Replaces the link to a video by its player when it is activated. Without this file the link leads to the provider.
for (const figure of document.querySelectorAll("figure[data-video]")) {
  const lien = figure.querySelector("a");
  lien.addEventListener("click", (evenement) => {
    if (evenement.ctrlKey || evenement.metaKey || evenement.shiftKey) return;
    evenement.preventDefault();
    const lecteur = document.createElement("iframe");
    lecteur.title = figure.dataset.titre;
    lecteur.allow = "autoplay; fullscreen; picture-in-picture";
    lecteur.allowFullscreen = true;
    lecteur.referrerPolicy = "strict-origin-when-cross-origin"; // players refuse a page that does not say its origin
    lecteur.src = figure.dataset.video;
    lien.replaceWith(lecteur);
    lecteur.focus();
  });
}
