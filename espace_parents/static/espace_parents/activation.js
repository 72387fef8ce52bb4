// A scanned slip brings its two codes in the fragment of the address: put them in the form, then off the address bar.
(() => {
  const codes = /^#([A-Z][0-9]{9})\.([0-9A-Z]{10})$/.exec(location.hash);
  if (!codes) return;
  history.replaceState(null, "", location.pathname + location.search);
  const massar = document.getElementById("id_code_massar");
  const bordereau = document.getElementById("id_code_bordereau");
  if (!massar || !bordereau) return;
  massar.value = codes[1];
  bordereau.value = codes[2].slice(0, 5) + "-" + codes[2].slice(5);
  const suite = document.querySelector("[data-activation] button[type=submit]");
  if (suite) suite.focus();
})();
