/* In the full editor, Enter in a field would press the first button, which publishes: it does nothing there. */
document.querySelector("form[data-edit-form]")?.addEventListener("keydown", (frappe) => {
  const champ = frappe.target;
  if (frappe.key === "Enter" && champ.localName === "input" && !["submit", "button"].includes(champ.type))
    frappe.preventDefault();
});
