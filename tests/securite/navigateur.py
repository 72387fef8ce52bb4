"""A real browser that reads a page as the web does, and says what in it runs or could run a script."""

from playwright.sync_api import Page

from .poison import CANARI

# What a text became when it was taken for HTML, wherever it stands in a document, templates included.
_FAUTES = """(racine) => {
  const fautes = [], adresse = /^[\\s\\u0000-\\u0020]*(javascript|vbscript|livescript|data(?!:image\\/)):/i;
  // The only scripts that Wagtail writes in its pages: a call with data where nothing is HTML.
  const inerte = /^(init\\w+|new \\w+)\\("[\\w-]+", \\{[^<>]*\\}\\);$/;
  const nos = /^\\/(statiques\\/|..\\/gestion\\/jsi18n\\/$)/;
  const noter = (e) => fautes.push(e.outerHTML.slice(0, 300));
  const visiter = (noeud) => {
    for (const e of noeud.querySelectorAll("*")) {
      const nom = e.localName;
      if (nom === "template") visiter(e.content);
      if (nom.startsWith("CANARI")) noter(e);
      if (nom === "script" && /json/.test(e.type)) {
        // Data that no browser runs: it is still the object that was written.
        try { JSON.parse(e.textContent); } catch { noter(e); }
      } else if (nom === "script" && !nos.test(e.getAttribute("src") || "") && !inerte.test(e.textContent)) {
        noter(e);
      }
      if (nom === "iframe" && e.hasAttribute("src")) noter(e);
      if (["object", "embed", "style", "base", "applet", "frame", "frameset", "math", "marquee"].includes(nom))
        noter(e);
      if (nom === "form" && e.closest("[data-essai], .redige")) noter(e);
      if (nom === "meta" && (e.httpEquiv || "").toLowerCase() === "refresh") noter(e);
      for (const a of e.attributes) {
        if (/^on/i.test(a.name) || a.name === "srcdoc" || a.name.startsWith("CANARI")) noter(e);
        if (a.name === "style" && /alert|javascript|expression|url/i.test(a.value)) noter(e);
        if (/href|src|action|data$|ping|poster/i.test(a.name) && adresse.test(a.value)) noter(e);
      }
    }
  };
  visiter(racine);
  return fautes;
}""".replace("CANARI", CANARI)


# What a page leads to: every attribute that is an address.
_LIENS = """(racine) => [...racine.querySelectorAll("*")].flatMap((e) => [...e.attributes])
  .filter((a) => /^(href|action|src|formaction)$|url$|url-value$|src-value$/.test(a.name)).map((a) => a.value)"""
_LU = "html => { const lu = new DOMParser().parseFromString(html, 'text/html'); return "


def lire(onglet: Page, html: str) -> tuple[list[str], list[str]]:
    """Return what a page holds that could run, without running it, and where it leads."""
    return tuple(onglet.evaluate(f"{_LU} [({_FAUTES})(lu), ({_LIENS})(lu)]; }}", html))


def ouvrir(onglet: Page, html: str) -> list[str]:
    """Load a page, wake every element up, and return what ran or could run."""
    onglet.set_content(html, wait_until="domcontentloaded")
    fautes = onglet.evaluate(f"() => ({_FAUTES})(document)")
    onglet.evaluate(
        """() => { for (const e of document.querySelectorAll("body *"))
          for (const nom of ["click", "mouseover", "focus", "error", "load", "toggle", "animationstart"])
            if (!(nom === "click" && e.localName === "a")) e.dispatchEvent(new Event(nom)); }"""
    )
    return fautes + [f"ran: {x}" for x in onglet.evaluate("window.executions || []")]
