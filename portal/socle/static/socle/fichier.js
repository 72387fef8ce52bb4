/* Says which file was chosen: our button stands for the browser's, which would have said it. */
document.addEventListener("change", ({ target }) => {
  const choisi = target.id && document.querySelector(`.fichier__choisi[for="${CSS.escape(target.id)}"]`);
  if (choisi) choisi.textContent = target.files[0] ? target.files[0].name : "";
});
